//! One event of the log on one line.

use dateline_event::event::Ruling;
use dateline_event::{Envelope, Event};

use super::wrap::one_line;

/// Characters that the words about an event may have.
const ABOUT: usize = 72;

/// Position, time, type and stream of an event, and what it is about.
pub(crate) fn line(envelope: &Envelope, about: &str) -> String {
    let recorded = envelope.recorded.format("%Y-%m-%dT%H:%M:%SZ");
    let kind = &envelope.event.kind;
    format!("{:>6}  {recorded}  {kind:<22} {}", envelope.position, one_line(about, ABOUT))
}

/// What an event is about, in words.
pub(crate) fn about(event: &Event) -> String {
    match event {
        Event::StoryReported(it) => story(&it.source, &it.content),
        Event::StoryRevised(it) => story(&it.source, &it.content),
        Event::StoryRetracted(it) => format!("{}: {}", it.story, it.reason),
        Event::StorySighted(it) => format!("{}: on {}", it.story, it.page.name),
        Event::OfficialRecorded(it) => format!("{} {}", it.id, it.name),
        Event::OfficialWithdrawn(it) => format!("{}: {}", it.id, it.reason),
        Event::OrganisationRecorded(it) => format!("{} {}", it.id, it.name),
        Event::OrganisationWithdrawn(it) => format!("{}: {}", it.id, it.reason),
        Event::OfficeRecorded(it) => format!("{} {}", it.id, it.label),
        Event::OfficeWithdrawn(it) => format!("{}: {}", it.id, it.reason),
        Event::TenureRecorded(it) => {
            let from = it.from.map_or_else(|| "…".to_owned(), |it| it.to_string());
            let until = it.until.map_or_else(|| "…".to_owned(), |it| it.to_string());
            format!("{} is {} [{from}, {until})", it.official, it.office)
        }
        Event::TenureWithdrawn(it) => format!("{}: {}", it.id, it.reason),
        Event::TopicRecorded(it) => {
            let label = it.labels.first().map_or("", |it| it.text.as_str());
            format!("{} {label}", it.id)
        }
        Event::TopicWithdrawn(it) => format!("{}: {}", it.id, it.reason),
        Event::RulingMade(it) => ruling(it),
    }
}

fn story(source: &dateline_event::SourceId, content: &dateline_event::story::Story) -> String {
    let title = content.title.as_ref().map_or(content.body.as_str(), |it| it.text.as_str());
    format!("{source}: {title}")
}

fn ruling(it: &Ruling) -> String {
    match it {
        Ruling::Statement { story, official, verdict, .. } => {
            format!("a statement of {story} {verdict} by {official}")
        }
        Ruling::Topic { story, topic, verdict } => format!("{story} {verdict} on {topic}"),
        Ruling::Same { story, other, verdict } => format!("{story} {verdict} the same as {other}"),
    }
}
