//! What pages and stories are handed in with.

use async_graphql::{InputObject, OneofObject};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use dateline_event::SourceId;
use serde::Serialize;

use super::problem::{Problem, invalid};
use crate::commands::PageGiven;
use crate::schema::scalar::Instant;

/// Most pages of one `ingestPages`.
const MAX_PAGES: usize = 50;

/// Pages to be read.
#[derive(InputObject)]
pub(super) struct IngestPagesInput {
    /// What you call this change, so that asking twice changes once; a UUID, say.
    pub(super) idempotency_key: Option<String>,
    /// 1 to 50 pages, which report at most 256 stories and 2 MiB in all.
    pages: Vec<PageInput>,
    /// Who published them, such as `toskar-news`.
    source: String,
}

/// A page to be read.
#[derive(InputObject)]
struct PageInput {
    /// The address from which it was captured.
    address: Option<String>,
    /// When it was captured.
    captured: Option<Instant>,
    /// The capture.
    content: PageContent,
    /// What the capture is called.
    name: String,
}

/// A capture of any kind that is read (docs/INPUTS.md): exactly one of the two.
#[derive(OneofObject)]
enum PageContent {
    /// Its bytes in base64 (RFC 4648, section 4), in any charset.
    Base64(String),
    /// Its text.
    Text(String),
}

impl IngestPagesInput {
    pub(super) fn given(&self) -> Result<(SourceId, Vec<PageGiven>), Problem> {
        let source = source(&self.source)?;
        let count = self.pages.len();
        if !(1..=MAX_PAGES).contains(&count) {
            let message = format!("{count} pages, wanted 1 to {MAX_PAGES} at once");
            return Err(invalid("pages", message));
        }
        let pages = self.pages.iter().enumerate().map(|(index, it)| it.given(index));
        Ok((source, pages.collect::<Result<_, _>>()?))
    }
}

impl PageInput {
    fn given(&self, index: usize) -> Result<PageGiven, Problem> {
        let field = |name: &str| format!("pages[{index}].{name}");
        if self.name.trim().is_empty() {
            return Err(invalid(&field("name"), "a capture has a name"));
        }
        let bytes = match &self.content {
            PageContent::Text(text) => text.clone().into_bytes(),
            PageContent::Base64(text) => STANDARD
                .decode(text)
                .map_err(|why| invalid(&field("content.base64"), format!("no base64: {why}")))?,
        };
        let (name, address) = (self.name.clone(), self.address.clone());
        Ok(PageGiven { name, address, captured: self.captured.as_ref().map(|it| it.0), bytes })
    }
}

/// A story to be appended.
#[derive(InputObject)]
pub(super) struct ReportStoryInput {
    /// Where it was published. A story that has one is known by it, and reporting it again with another text revises it.
    address: Option<String>,
    /// Its text, paragraphs apart by empty lines.
    body: String,
    /// What you call this change, so that asking twice changes once; a UUID, say.
    pub(super) idempotency_key: Option<String>,
    /// Its language (ISO 639-1); it is guessed where nothing is said.
    language: Option<String>,
    /// When it was published.
    published: Option<Instant>,
    /// Who put it out, such as `toskar-news`.
    source: String,
    /// Its headline.
    title: Option<String>,
}

/// An item of ninjs, in the fields that the reader knows.
#[derive(Serialize)]
struct Item<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    versioncreated: Option<String>,
    body_text: &'a str,
}

impl ReportStoryInput {
    pub(super) fn given(&self) -> Result<(SourceId, PageGiven), Problem> {
        let source = source(&self.source)?;
        if self.body.trim().is_empty() {
            return Err(invalid("body", "a story has a text"));
        }
        if let Some(it) = &self.address
            && !(it.starts_with("https://") || it.starts_with("http://"))
        {
            return Err(invalid("address", "wanted an address that starts with http"));
        }
        let item = Item {
            uri: self.address.as_deref(),
            headline: self.title.as_deref(),
            language: self.language.as_deref(),
            versioncreated: self.published.as_ref().map(|it| rfc3339(it.0)),
            body_text: &self.body,
        };
        let bytes = serde_json::to_vec(&item).map_err(|why| invalid("body", why.to_string()))?;
        let page =
            PageGiven { name: "story.json".to_owned(), address: None, captured: None, bytes };
        Ok((source, page))
    }
}

fn rfc3339(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn source(text: &str) -> Result<SourceId, Problem> {
    SourceId::new(text).map_err(|it| invalid("source", it.to_string()))
}
