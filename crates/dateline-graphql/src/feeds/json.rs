//! Timelines as JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>), with what feeds have no word for under
//! `_dateline`.

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use dateline_projector::{Entry, Reading};
use serde::Serialize;

use super::Feed;
use super::form::Form;
use super::item::{Item, link};

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    feed_url: String,
    items: Vec<JsonItem>,
}

#[derive(Serialize)]
struct JsonItem {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    title: String,
    content_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    date_modified: String,
    authors: Vec<Author>,
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(rename = "_dateline")]
    own: Own,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

/// Dates as precise as they are known, and where the entry comes from.
#[derive(Serialize)]
struct Own {
    happened: Option<String>,
    published: Option<String>,
    day_basis: &'static str,
    digest: String,
    recorded_at: String,
    sources: Vec<Origin>,
}

/// One of those who put the story out.
#[derive(Serialize)]
struct Origin {
    source: String,
    url: Option<String>,
    published: Option<String>,
    story: String,
    digest: String,
    shown: bool,
}

pub(super) fn write(feed: &Feed) -> Vec<u8> {
    let json = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        feed_url: feed.address(Form::Json),
        items: feed.entries.iter().map(|it| item(it)).collect(),
    };
    serde_json::to_vec_pretty(&json).expect("texts and numbers can be written")
}

fn item(entry: &Entry) -> JsonItem {
    let item = Item(entry);
    let edtf = |date: Option<dateline_event::date::Edtf>| date.map(|it| it.to_string());
    JsonItem {
        id: item.id(),
        url: item.link(),
        title: item.title(),
        content_text: item.text(),
        date_published: item.published().map(instant),
        date_modified: instant(entry.recorded()),
        authors: item.source_names().into_iter().map(|name| Author { name }).collect(),
        tags: entry.topics().iter().map(|it| it.topic.to_string()).collect(),
        language: Some(entry.language().to_owned()).filter(|it| it != "und"),
        own: Own {
            happened: edtf(entry.happened().edtf),
            published: edtf(entry.published().edtf),
            day_basis: entry.day_basis().as_str(),
            digest: entry.page().digest.clone(),
            recorded_at: entry.recorded_at().to_string(),
            sources: entry.sources().map(|it| source(it, entry)).collect(),
        },
    }
}

fn source(reading: &Arc<Reading>, entry: &Entry) -> Origin {
    Origin {
        source: reading.source().to_string(),
        url: link(reading),
        published: reading.annotation().published.edtf.map(|it| it.to_string()),
        story: reading.story().to_string(),
        digest: reading.page().digest.clone(),
        shown: Arc::ptr_eq(reading, entry.reading()),
    }
}

fn instant(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
