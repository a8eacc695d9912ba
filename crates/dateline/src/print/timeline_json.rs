//! A timeline as JSON, for programs: the form of `dateline timeline --json`.

use dateline_projector::Entry;
use serde_json::{Value, json};

use super::page_json::{resolved, statement};

/// One entry with everything that shows where it comes from. Positions are strings, as in the API.
pub(crate) fn entry(it: &Entry) -> Value {
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
        "spans": reading.content().pieces.iter().map(|it| it.page).collect::<Vec<_>>(),
        "official": it.appearance(),
        "statements": it.statements().map(|said| statement(said, it.appearances())).collect::<Vec<_>>(),
        "topics": it.topics(),
        "recorded_at": it.recorded_at().to_string(),
        "recorded": it.recorded(),
        "superseded_at": it.superseded_at().map(|it| it.to_string()),
        "superseded_by": it.superseded().map(|it| it.by.as_str()),
    })
}
