//! Stories for people: an event a paragraph, a line for each story on it, and one for each copy of that.

use std::sync::Arc;

use dateline_projector::Reading;

use super::style::{BOLD, DIM, Styled};
use super::wrap::one_line;

/// Widest line that is printed, in characters.
const WIDTH: usize = 100;

/// The stories on one event, each with its copies, the one to show first.
pub(crate) fn event(stories: &[&[Arc<Reading>]]) -> String {
    let mut lines = Vec::new();
    for copies in stories {
        let Some((shown, others)) = copies.split_first() else { continue };
        lines.push(Styled(BOLD, headline(shown)).to_string());
        lines.push(Styled(DIM, origin(shown)).to_string());
        lines.extend(
            others.iter().map(|it| Styled(DIM, format!("also {}", origin(it))).to_string()),
        );
    }
    lines.push(String::new());
    lines.join("\n")
}

fn headline(it: &Reading) -> String {
    one_line(it.title().unwrap_or(&it.content().body), WIDTH)
}

fn origin(it: &Reading) -> String {
    let address = it.content().address.as_ref().or(it.page().address.as_ref());
    let place = address.unwrap_or(&it.page().name);
    let day = it.annotation().published.edtf.map_or_else(String::new, |it| format!(", {it}"));
    let (source, role) = (it.source(), it.content().role.as_str());
    format!("  {role} by {source}{day}, {place} (position {})", it.recorded_at())
}
