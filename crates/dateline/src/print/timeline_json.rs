//! A timeline as JSON, for programs: the form of `dateline timeline --json`.

use std::sync::Arc;

use dateline_annotate::Statement;
use dateline_event::link::{story_link, text_link};
use dateline_projector::{Entry, Reading, Sighted};
use serde_json::{Value, json};

use super::page_json::{resolved, statement};

/// One entry with everything that shows where it comes from. Positions are strings, as in the API.
pub(crate) fn entry(it: &Entry, seen: &[Sighted<'_>]) -> Value {
    let reading = it.reading();
    json!({
        "day": it.key().day(),
        "day_basis": it.day_basis().as_str(),
        "happened": resolved(it.happened()),
        "published": resolved(it.published()),
        "story": it.story(),
        "title": it.title(),
        "role": it.story_role(),
        "language": it.language(),
        "place": it.place(),
        "agency": it.agency(),
        "source": it.source(),
        "page": it.page(),
        "link": story_link(it.page(), it.reading().content()),
        "sources": it.sources().map(|one| source(one, it)).collect::<Vec<_>>(),
        "seen_on": seen.iter().map(sighted).collect::<Vec<_>>(),
        "spans": reading.content().pieces.iter().map(|it| it.page).collect::<Vec<_>>(),
        "official": it.appearance(),
        "statements": it.statements().map(|said| linked(it, said)).collect::<Vec<_>>(),
        "topics": it.topics(),
        "recorded_at": it.recorded_at().to_string(),
        "recorded": it.recorded(),
        "superseded_at": it.superseded_at().map(|it| it.to_string()),
        "superseded_by": it.superseded().map(|it| it.by.as_str()),
    })
}

/// One of those who put the story out.
fn source(reading: &Arc<Reading>, entry: &Entry) -> Value {
    let (page, content) = (reading.page(), reading.content());
    json!({
        "source": reading.source(),
        "story": reading.story(),
        "role": content.role,
        "address": content.address.as_ref().or(page.address.as_ref()),
        "page": page,
        "published": resolved(&reading.annotation().published),
        "link": story_link(page, content),
        "recorded_at": reading.recorded_at().to_string(),
        "shown": Arc::ptr_eq(reading, entry.reading()),
    })
}

/// A page on which the story was seen.
fn sighted(it: &Sighted<'_>) -> Value {
    json!({
        "page": it.page,
        "role": it.role,
        "published": it.published,
        "recorded_at": it.position.to_string(),
    })
}

/// A statement with a link to its words, where the page has an address.
fn linked(it: &Entry, said: &Statement) -> Value {
    let mut value = statement(said, it.appearances());
    let link = text_link(it.page(), it.reading().content(), &said.spans);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("link".to_owned(), json!(link));
    }
    value
}
