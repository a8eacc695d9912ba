//! The reader: a capture in, stories and warnings out.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dateline_event::story::{PageRef, Story, digest};

use crate::capture::{Capture, Reading};
use crate::page::Page;
use crate::sniff::{self, Form};
use crate::warning::{Warning, WarningKind};
use crate::{assemble, decode, feed, json, layout, row};

/// Reads a page of any kind, told by its content. Never fails: what could not be read or placed is
/// a warning. A panic of a reader, which is a bug of ours, ends here as a warning too, so that one
/// page cannot stop the others.
pub fn read_page(capture: &Capture<'_>) -> Reading {
    let page = PageRef {
        name: capture.name.to_owned(),
        address: capture.address.map(str::to_owned),
        digest: digest(capture.bytes),
        captured: capture.captured,
    };
    // Nothing that the reader changes outlives it, so nothing half changed can be seen.
    let read = catch_unwind(AssertUnwindSafe(|| read_text(capture)));
    let (stories, mut warnings) = read.unwrap_or_else(|_| (Vec::new(), vec![bug()]));
    if stories.is_empty() && !warnings.iter().any(|it| it.kind.is_unread()) {
        warnings.push(Warning::of_page(WarningKind::NoStory, "no story was found on the page"));
    }
    warnings.sort_by_key(|it| it.span.map_or(0, |it| it.start));
    Reading { page, stories, warnings }
}

fn bug() -> Warning {
    let message = "the reader failed on this page, which is a bug of dateline; please report it \
        with the page";
    Warning::of_page(WarningKind::Bug, message)
}

/// Stories and warnings of one kind of page.
type Read = (Vec<Story>, Vec<Warning>);

fn read_text(capture: &Capture<'_>) -> Read {
    let (text, mut warnings) = match decode::decode(capture.bytes, capture.content_type) {
        Ok(decoded) => decoded,
        Err(warning) => return (Vec::new(), vec![warning]),
    };
    let (stories, more) = match sniff::form(&text) {
        Form::Text => plain(&text),
        Form::Html => unread("HTML"),
        Form::XmlFeed => feed::read(&text),
        Form::Json => json::read(&text),
    };
    warnings.extend(more);
    (stories, warnings)
}

fn unread(what: &str) -> Read {
    let message = format!("the page is {what}, which this reader does not read yet");
    (Vec::new(), vec![Warning::of_page(WarningKind::UnreadFormat, message)])
}

/// Reads text without markup.
fn plain(text: &str) -> Read {
    let (lines, mut warnings) = Page::new(text);
    let mut rows = row::rows(&lines);
    let layout = layout::layout(&mut rows);
    let stories = assemble::stories(&lines, &layout.drafts);
    for range in &layout.unplaced {
        let shown: String = lines.slice(range).chars().take(60).collect();
        let message = format!("this line belongs to no story: `{shown}`");
        warnings.push(Warning::at(WarningKind::Unplaced, lines.span(range), message));
    }
    (stories, warnings)
}
