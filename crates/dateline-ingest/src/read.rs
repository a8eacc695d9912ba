//! The reader: a capture in, stories and warnings out.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dateline_event::story::{PageRef, Story, digest};

use crate::capture::{Capture, Reading};
use crate::page::Page;
use crate::sniff::{self, Form};
use crate::story_limits::{MAX_STORIES, cut_to_size, left_out};
use crate::warning::{Warning, WarningKind};
use crate::{assemble, decode, feed, html, json, languages, layout, refused, row};

/// Reads a page of any kind, told by its content. Never fails: what could not be read or placed is
/// a warning. A panic of a reader, which is a bug of ours, ends here as a warning too, so that one
/// page cannot stop the others.
pub fn read_page(capture: &Capture<'_>) -> Reading {
    // Nothing that the reader changes outlives it, so nothing half changed can be seen.
    let read = catch_unwind(AssertUnwindSafe(|| read_text(capture)));
    let Read { stories, mut warnings, address } =
        read.unwrap_or_else(|_| Read { warnings: vec![bug()], ..Read::default() });
    if stories.is_empty() && !warnings.iter().any(|it| it.kind.is_unread()) {
        warnings.push(Warning::of_page(WarningKind::NoStory, "no story was found on the page"));
    }
    warnings.sort_by_key(|it| it.span.map_or(0, |it| it.start));
    let page = PageRef {
        name: capture.name.to_owned(),
        address: capture.address.map(str::to_owned).or(address),
        digest: digest(capture.bytes),
        captured: capture.captured,
    };
    Reading { page, stories, warnings }
}

fn bug() -> Warning {
    let message = "the reader failed on this page, which is a bug of dateline; please report it \
        with the page";
    Warning::of_page(WarningKind::Bug, message)
}

/// What was read of one page.
#[derive(Default)]
pub(crate) struct Read {
    /// Its stories, in the order of the page.
    pub(crate) stories: Vec<Story>,
    /// What could not be read or placed.
    pub(crate) warnings: Vec<Warning>,
    /// The address that the page gives as its own.
    pub(crate) address: Option<String>,
}

impl From<(Vec<Story>, Vec<Warning>)> for Read {
    fn from((stories, warnings): (Vec<Story>, Vec<Warning>)) -> Self {
        Self { stories, warnings, address: None }
    }
}

fn read_text(capture: &Capture<'_>) -> Read {
    let (text, warnings) = match decode::decode(capture.bytes, capture.content_type) {
        Ok(decoded) => decoded,
        Err(warning) => return Read { warnings: vec![warning], ..Read::default() },
    };
    let mut read = match sniff::form(&text) {
        Form::Text => plain(&text).into(),
        Form::Html => html::read_html(&text, capture.address, capture.captured),
        Form::XmlFeed => feed::read(&text).into(),
        Form::Json => json::read(&text).into(),
    };
    read.warnings.extend(warnings);
    read.warnings.extend(refused::refuse_far(&mut read.stories, capture.captured));
    read.warnings.extend(cut_to_size(&mut read.stories));
    languages::mark_passages(&mut read.stories);
    read
}

/// Reads text without markup.
fn plain(text: &str) -> (Vec<Story>, Vec<Warning>) {
    let (lines, mut warnings) = Page::new(text);
    let mut rows = row::rows(&lines);
    warnings.extend(rows.iter().filter_map(|it| refused::impossible(&lines, it)));
    let mut layout = layout::layout(&mut rows);
    warnings.extend(left_out(layout.drafts.len().saturating_sub(MAX_STORIES)));
    layout.drafts.truncate(MAX_STORIES);
    let stories = assemble::stories(&lines, &rows, &layout.drafts);
    for range in &layout.unplaced {
        let shown: String = lines.slice(range).chars().take(60).collect();
        let message = format!("this line belongs to no story: `{shown}`");
        warnings.push(Warning::at(WarningKind::Unplaced, lines.span(range), message));
    }
    (stories, warnings)
}
