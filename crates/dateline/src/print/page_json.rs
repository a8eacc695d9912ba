//! What was understood of one page, as one JSON object: the form of `dateline read --json`.
//!
//! Spans are lists of `[start, end)` in Unicode code points of the page.

use dateline_annotate::{Annotation, Appearance, Resolved, Statement, TopicMatch};
use dateline_event::story::Story;
use serde_json::{Value, json};

/// The JSON object of a page with its stories and their annotations, in order.
pub(crate) fn page(name: &str, stories: &[(Story, Annotation)], warnings: &[String]) -> Value {
    let stories: Vec<Value> = stories.iter().map(|(it, found)| story(it, found)).collect();
    json!({ "page": name, "stories": stories, "warnings": warnings })
}

fn story(story: &Story, found: &Annotation) -> Value {
    let speakers = &found.appearances;
    json!({
        "role": story.role,
        "title": story.title.as_ref().map(|it| &it.text),
        "body": story.body,
        "spans": story.pieces.iter().map(|it| it.page).collect::<Vec<_>>(),
        "language": story.language,
        "published": resolved(&found.published),
        "happened": resolved(&found.happened),
        "place": found.place.as_ref().map(|it| &it.name),
        "agency": found.agency.as_ref().map(|it| &it.name),
        "dateline": story.dateline,
        "officials": speakers.iter().map(appearance).collect::<Vec<_>>(),
        "statements": found.statements.iter().map(|it| statement(it, speakers)).collect::<Vec<_>>(),
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
