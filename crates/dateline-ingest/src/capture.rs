//! What the reader is given, and what it gives back.

use chrono::{DateTime, Utc};
use dateline_event::SourceId;
use dateline_event::story::{PageRef, Story};

use crate::warning::Warning;

/// A page as it was captured.
#[derive(Debug, Clone, Copy)]
pub struct Capture<'a> {
    /// File name or record name.
    pub name: &'a str,
    /// Who publishes the page.
    pub source: &'a SourceId,
    /// Its canonical address, where the capture carries one.
    pub address: Option<&'a str>,
    /// When it was captured, where the capture says so.
    pub captured: Option<DateTime<Utc>>,
    /// The media type that the server declared, such as `text/html; charset=koi8-r`, where the
    /// capture carries it. It helps to tell the charset; what the page is, its content tells.
    pub content_type: Option<&'a str>,
    /// The capture itself, of any content.
    pub bytes: &'a [u8],
}

impl<'a> Capture<'a> {
    /// A capture that carries nothing but its bytes.
    pub const fn new(name: &'a str, source: &'a SourceId, bytes: &'a [u8]) -> Self {
        Self { name, source, address: None, captured: None, content_type: None, bytes }
    }
}

/// What was understood of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The page.
    pub page: PageRef,
    /// Its stories, in the order of the page. Spans count code points of the decoded text.
    pub stories: Vec<Story>,
    /// What could not be read or placed, in the order of the page.
    pub warnings: Vec<Warning>,
}

impl Reading {
    /// Whether all of the page could be read as text. A page that could and holds no story is
    /// readable.
    pub fn is_readable(&self) -> bool {
        !self.warnings.iter().any(|it| it.kind.is_unread())
    }
}
