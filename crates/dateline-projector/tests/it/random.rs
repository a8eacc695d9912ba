//! Random logs of the invented world: few stories, officials and topics, so that events meet often.

use dateline_event::Event;
use dateline_event::event::Verdict;
use dateline_event::story::StoryRole;
use proptest::prelude::*;

use crate::world::{
    PROSE, recorded_office, recorded_official, recorded_tenure, recorded_topic, reported_by,
    retracted, revised_by, ruled_same, ruled_statement, ruled_topic, withdrawn_official,
    withdrawn_topic,
};

pub(crate) const STORIES: [&str; 5] = ["s1", "s2", "s3", "s4", "s5"];
pub(crate) const SOURCES: [&str; 2] = ["toskar-news", "lamun-post"];
pub(crate) const OFFICIALS: [&str; 3] = ["ket", "orlin", "tosk"];
pub(crate) const TOPICS: [&str; 3] = ["bridge", "roads", "works"];

fn one_of(names: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(names)
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => one_of(&OFFICIALS).prop_map(ToOwned::to_owned),
        4 => (one_of(&OFFICIALS), one_of(&["yes", "no"])).prop_map(|(who, it)| format!("{who}:{it}")),
        1 => Just("nobody:yes".to_owned()),
        3 => one_of(&TOPICS).prop_map(|it| format!("#{it}")),
        3 => one_of(&["@2031-05-02", "@2031-05", "@XXXX-05-02", "@2030-01-01/2030-02-01"])
            .prop_map(ToOwned::to_owned),
        2 => one_of(&["^2031-05-03", "^2031-05-02"]).prop_map(ToOwned::to_owned),
        1 => Just("?2029,2030".to_owned()),
    ]
}

/// Half of the bodies end with a long text, with some words of it missing: those with the same one are copies.
fn body() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(word(), 1..5).prop_map(|words| words.join(" "));
    let prose = prop::option::of((one_of(&PROSE), 28..36_usize));
    (words, prose).prop_map(|(words, prose)| match prose {
        Some((prose, most)) => {
            let kept: Vec<&str> = prose.split(' ').take(most).collect();
            format!("{words} {}", kept.join(" "))
        }
        None => words,
    })
}

/// Who puts a story out, and as what: always the same.
fn origin(story: &str) -> (&'static str, StoryRole) {
    match story {
        "s1" | "s3" => (SOURCES[0], StoryRole::Article),
        "s5" => (SOURCES[0], StoryRole::Teaser),
        _ => (SOURCES[1], StoryRole::Article),
    }
}

fn told(story: &str, body: &str, tell: fn(&str, &str, StoryRole, &str) -> Event) -> Event {
    let (source, role) = origin(story);
    tell(source, story, role, body)
}

fn verdict() -> impl Strategy<Value = Verdict> {
    prop_oneof![Just(Verdict::Is), Just(Verdict::IsNot)]
}

fn about_a_story() -> impl Strategy<Value = Event> {
    let story = || one_of(&STORIES);
    let span = (0..24_u32, 1..8_u32).prop_map(|(start, len)| (start, start + len));
    prop_oneof![
        6 => (story(), body()).prop_map(|(it, body)| told(it, &body, reported_by)),
        4 => (story(), body()).prop_map(|(it, body)| told(it, &body, revised_by)),
        2 => story().prop_map(|it| retracted(it, "wrong")),
        2 => (story(), one_of(&TOPICS), verdict()).prop_map(|(it, topic, verdict)| {
            ruled_topic(it, topic, verdict)
        }),
        2 => (story(), span, one_of(&OFFICIALS), verdict())
            .prop_map(|(it, span, who, verdict)| ruled_statement(it, span, who, verdict)),
        2 => (story(), story(), verdict()).prop_map(|(it, other, verdict)| {
            ruled_same(it, other, verdict)
        }),
    ]
}

fn about_the_registry() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => one_of(&OFFICIALS).prop_map(recorded_official),
        1 => one_of(&OFFICIALS).prop_map(withdrawn_official),
        4 => (one_of(&TOPICS), prop::sample::subsequence(&TOPICS[..], 0..3))
            .prop_map(|(it, broader)| recorded_topic(it, &broader)),
        1 => one_of(&TOPICS).prop_map(withdrawn_topic),
        1 => Just(recorded_office("minister")),
        1 => one_of(&OFFICIALS).prop_map(|it| recorded_tenure(it, "minister", "2020")),
    ]
}

/// A log of up to 30 events, with some of them repeated word for word right behind each other or later.
pub(crate) fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![3 => about_a_story(), 1 => about_the_registry()];
    let events = prop::collection::vec(event, 0..26);
    (
        events,
        prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..5),
    )
        .prop_map(|(mut events, repeats)| {
            for (from, to) in repeats {
                if !events.is_empty() {
                    let event = events[from.index(events.len())].clone();
                    events.insert(to.index(events.len() + 1), event);
                }
            }
            events
        })
}

/// Whether `event` is about the registry.
pub(crate) fn is_registry(event: &Event) -> bool {
    !matches!(
        event,
        Event::StoryReported(_)
            | Event::StoryRevised(_)
            | Event::StoryRetracted(_)
            | Event::StorySighted(_)
            | Event::RulingMade(_)
    )
}
