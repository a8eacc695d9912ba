//! The reader: a capture in, stories and warnings out.

use dateline_event::story::{PageRef, Story, digest};

use crate::capture::{Capture, Reading};
use crate::page::Page;
use crate::warning::{Warning, WarningKind};
use crate::{assemble, decode, html, layout, row};

/// Reads a capture of plain text or HTML. Never fails: what could not be read or placed is a warning.
pub fn read_page(capture: &Capture<'_>) -> Reading {
    let mut page = PageRef {
        name: capture.name.to_owned(),
        address: capture.address.map(str::to_owned),
        digest: digest(capture.bytes),
        captured: capture.captured,
    };
    let (text, mut warnings) = match decode::decode(capture.bytes) {
        Ok(decoded) => decoded,
        Err(warning) => return Reading { page, stories: Vec::new(), warnings: vec![warning] },
    };
    if decode::looks_like_html(&text) {
        let html = html::read_html(&text, capture.address, capture.captured);
        page.address = page.address.or(html.address);
        warnings.extend(html.warnings);
        return finish(page, html.stories, warnings);
    }
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
    finish(page, stories, warnings)
}

fn finish(page: PageRef, stories: Vec<Story>, mut warnings: Vec<Warning>) -> Reading {
    if stories.is_empty() && !warnings.iter().any(|it| it.kind.is_unread()) {
        warnings.push(Warning::of_page(WarningKind::NoStory, "no story was found on the page"));
    }
    warnings.sort_by_key(|it| it.span.map_or(0, |it| it.start));
    Reading { page, stories, warnings }
}
