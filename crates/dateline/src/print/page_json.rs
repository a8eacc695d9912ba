//! What was understood of one page, as one JSON object: the form of `dateline read --json`.
//!
//! Spans are lists of `[start, end)` in Unicode code points of the page, whose digest stands beside them. A link leads a
//! browser to the very words, where the page or the story has an address.

use dateline_annotate::{Annotation, Appearance, Resolved, Statement, TopicMatch};
use dateline_event::link::{story_link, text_link};
use dateline_event::story::{PageRef, Story};
use serde_json::{Value, json};

/// The JSON object of a page with its stories and their annotations, in order.
pub(crate) fn page(page: &PageRef, stories: &[(Story, Annotation)], warnings: &[String]) -> Value {
    let stories: Vec<Value> = stories.iter().map(|(it, found)| story(page, it, found)).collect();
    json!({
        "page": page.name,
        "address": page.address,
        "captured": page.captured,
        "digest": page.digest,
        "stories": stories,
        "warnings": warnings,
    })
}

/// Longest text whose statements are linked one by one, in bytes. Each link is looked for in all of the text, so that the
/// time grows with its square; long articles have a tenth of this.
const LINKED_UP_TO: usize = 64 * 1024;

fn story(page: &PageRef, story: &Story, found: &Annotation) -> Value {
    let speakers = &found.appearances;
    let is_linked = story.body.len() <= LINKED_UP_TO;
    let said = |it: &Statement| {
        let mut said = statement(it, speakers);
        let link = is_linked.then(|| text_link(page, story, &it.spans)).flatten();
        if let Some(fields) = said.as_object_mut() {
            fields.insert("link".to_owned(), json!(link));
        }
        said
    };
    json!({
        "address": story.address,
        "link": story_link(page, story),
        "role": story.role,
        "title": story.title.as_ref().map(|it| &it.text),
        "body": story.body,
        "spans": story.pieces.iter().map(|it| it.page).collect::<Vec<_>>(),
        "language": story.language,
        "passages": story.passages,
        "published": resolved(&found.published),
        "happened": resolved(&found.happened),
        "place": found.place.as_ref().map(|it| &it.name),
        "agency": found.agency.as_ref().map(|it| &it.name),
        "dateline": story.dateline,
        "officials": speakers.iter().map(appearance).collect::<Vec<_>>(),
        "statements": found.statements.iter().map(said).collect::<Vec<_>>(),
        "topics": found.topics.iter().map(|it| &it.topic).collect::<Vec<_>>(),
        "topic_evidence": found.topics.iter().map(topic).collect::<Vec<_>>(),
    })
}

/// A date with what gave it, how it follows, and the years that remain.
pub(crate) fn resolved(date: &Resolved) -> Value {
    json!({
        "edtf": date.edtf,
        "basis": date.basis,
        "how": date.how,
        "years": date.years,
        "evidence": date.evidence,
    })
}

fn appearance(it: &Appearance) -> Value {
    json!({
        "name": it.name,
        "id": it.official,
        "candidates": it.candidates,
        "as_written": it.as_written,
        "span": it.span,
        "other_forms": it.other_forms,
        "office_as_written": it.office_as_written,
        "office_span": it.office_span,
        "rank": it.rank,
        "held": it.held,
        "disagreement": it.disagreement,
        "role": it.role,
    })
}

/// A statement with its speaker by name, as the page's appearances give it.
pub(crate) fn statement(it: &Statement, speakers: &[Appearance]) -> Value {
    let speaker = it.speaker.and_then(|index| speakers.get(index));
    json!({
        "speaker": speaker.map(|it| &it.name),
        "speaker_id": speaker.and_then(|it| it.official.as_ref()),
        "kind": it.kind,
        "verb": it.verb,
        "text": it.text,
        "span": it.spans,
        "speaker_span": it.speaker_span,
        "cue_span": it.cue_span,
        "rule": it.rule,
    })
}

fn topic(it: &TopicMatch) -> Value {
    json!({ "topic": it.topic, "score": it.score, "evidence": it.evidence })
}
