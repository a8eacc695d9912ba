//! Random logs of the invented world: few stories, officials and topics, so that events meet often.

use dateline_event::Event;
use dateline_event::event::Verdict;
use proptest::prelude::*;

use crate::world::{
    recorded_office, recorded_official, recorded_tenure, recorded_topic, reported, retracted,
    revised, ruled_same, ruled_statement, ruled_topic, withdrawn_official, withdrawn_topic,
};

pub(crate) const STORIES: [&str; 4] = ["s1", "s2", "s3", "s4"];
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

fn body() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..5).prop_map(|words| words.join(" "))
}

fn verdict() -> impl Strategy<Value = Verdict> {
    prop_oneof![Just(Verdict::Is), Just(Verdict::IsNot)]
}

fn about_a_story() -> impl Strategy<Value = Event> {
    let story = || one_of(&STORIES);
    let span = (0..24_u32, 1..8_u32).prop_map(|(start, len)| (start, start + len));
    prop_oneof![
        6 => (story(), body()).prop_map(|(it, body)| reported(it, &body)),
        4 => (story(), body()).prop_map(|(it, body)| revised(it, &body)),
        2 => story().prop_map(|it| retracted(it, "wrong")),
        2 => (story(), one_of(&TOPICS), verdict()).prop_map(|(it, topic, verdict)| {
            ruled_topic(it, topic, verdict)
        }),
        2 => (story(), span, one_of(&OFFICIALS), verdict())
            .prop_map(|(it, span, who, verdict)| ruled_statement(it, span, who, verdict)),
        1 => (story(), story(), verdict()).prop_map(|(it, other, verdict)| {
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
