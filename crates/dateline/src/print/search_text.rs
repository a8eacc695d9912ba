//! What a search found, for people: each entry with its day, the words in their lines, and all sources.

use dateline_projector::Entry;
use dateline_search::Evidence;

use super::style::{BOLD, Styled};
use super::timeline_text;

/// One entry with the places of the words.
pub(crate) fn entry(it: &Entry, found: &[Evidence]) -> String {
    let mut lines = vec![timeline_text::first_line(it)];
    lines.extend(found.iter().filter(|it| !it.in_title).map(|it| {
        let words = Styled(BOLD, &it.words);
        timeline_text::indented(&format!("… {}{words}{} …", it.before, it.after))
    }));
    lines.extend(timeline_text::sources(it, 1));
    lines.join("\n")
}
