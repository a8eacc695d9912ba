//! The reader: a capture in, stories and warnings out.

use dateline_event::story::{PageRef, digest};

use crate::capture::{Capture, Reading};
use crate::page::Page;
use crate::warning::{Warning, WarningKind};
use crate::{assemble, decode, layout, row};

/// Reads a plain-text capture. Never fails: what could not be read or placed is a warning.
pub fn read_page(capture: &Capture<'_>) -> Reading {
    let page = PageRef {
        name: capture.name.to_owned(),
        address: capture.address.map(str::to_owned),
        digest: digest(capture.bytes),
        captured: capture.captured,
    };
    let (text, mut warnings) = match decode::decode(capture.bytes) {
        Ok(decoded) => decoded,
        Err(warning) => return Reading { page, stories: Vec::new(), warnings: vec![warning] },
    };
    let (lines, limits) = Page::new(&text);
    warnings.extend(limits);
    let mut rows = row::rows(&lines);
    let layout = layout::layout(&mut rows);
    let stories = assemble::stories(&lines, &layout.drafts);
    for range in &layout.unplaced {
        let shown: String = lines.slice(range).chars().take(60).collect();
        let message = format!("this line belongs to no story: `{shown}`");
        warnings.push(Warning::at(WarningKind::Unplaced, lines.span(range), message));
    }
    if stories.is_empty() && !warnings.iter().any(|it| it.kind.is_unread()) {
        warnings.push(Warning::of_page(WarningKind::NoStory, "no story was found on the page"));
    }
    warnings.sort_by_key(|it| it.span.map_or(0, |it| it.start));
    Reading { page, stories, warnings }
}
