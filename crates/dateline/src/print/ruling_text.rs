//! What a ruling is about, for the editor to see before it is written.

use dateline_event::event::Ruling;
use dateline_event::{Span, StoryId, TopicId};
use dateline_projector::{Reading, StoryRecord, View};

use super::evidence;
use super::wrap::one_line;

/// Longest line of evidence, in characters.
const WIDTH: usize = 160;

/// Lines that say what was read so far, and what is decided.
pub(crate) fn evidence(ruling: &Ruling, record: &StoryRecord, view: &View) -> Vec<String> {
    let mut lines = story(view, ruling.story());
    let reading = record.current().or(record.readings().last());
    match ruling {
        Ruling::Statement { span, official, verdict, .. } => {
            let name = view.official(official).map(|it| it.official.name.clone());
            if let Some(reading) = reading {
                lines.extend(statement(reading, *span));
            }
            let name = name.unwrap_or_else(|| official.to_string());
            lines.push(format!("ruling: this {verdict} a statement of {name} ({official})"));
        }
        Ruling::Topic { topic, verdict, .. } => {
            lines.extend(reading.map(|it| on_topic(it, topic)));
            lines.push(format!("ruling: the story {verdict} on `{topic}`"));
        }
        Ruling::Same { other, verdict, .. } => {
            lines.extend(story(view, *other));
            lines.push(format!("ruling: the second {verdict} the same story as the first"));
        }
    }
    lines
}

fn story(view: &View, id: StoryId) -> Vec<String> {
    let Some(record) = view.story(&id) else { return Vec::new() };
    let Some(reading) = record.current().or(record.readings().last()) else { return Vec::new() };
    let title = reading.title().unwrap_or(&reading.content().body);
    let page = reading.page();
    let place = page.address.as_deref().unwrap_or(&page.name);
    let status = if record.current().is_some() { "" } else { ", retracted" };
    vec![format!("story {id}: {} ({}, {place}{status})", one_line(title, WIDTH), reading.source())]
}

/// The words at a span, and the statements there as they were read.
fn statement(reading: &Reading, span: Span) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(words) = reading.words_at(span) {
        lines.push(format!("words at {}..{}: {}", span.start, span.end, one_line(&words, WIDTH)));
    }
    let annotation = reading.annotation();
    let touches = |it: &Span| it.start < span.end && span.start < it.end;
    for said in annotation.statements.iter().filter(|it| it.spans.iter().any(touches)) {
        let speaker = said.speaker.and_then(|it| annotation.appearances.get(it));
        let speaker = speaker.map_or("nobody named", |it| it.name.as_str());
        let (kind, rule) = (said.kind.as_str(), &said.rule);
        lines.push(format!(
            "read so far: {kind} statement of {speaker} by rule `{rule}`: {}",
            one_line(&said.text, WIDTH)
        ));
    }
    if lines.len() < 2 {
        lines.push("read so far: no statement there".to_owned());
    }
    lines
}

fn on_topic(reading: &Reading, topic: &TopicId) -> String {
    let found = reading.annotation().topics.iter().find(|it| it.topic == *topic);
    match found {
        None => format!("read so far: not on `{topic}`"),
        Some(found) if found.evidence.is_empty() => {
            format!("read so far: on `{topic}` by a ruling")
        }
        Some(found) => {
            let words = evidence::words(found.evidence.iter());
            format!("read so far: on `{topic}` because of {}", one_line(&words, WIDTH))
        }
    }
}
