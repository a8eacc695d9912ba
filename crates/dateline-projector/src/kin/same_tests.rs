//! What a view keeps of kinship: the same groups, in bounded memory, and through a snapshot.

use chrono::DateTime;
use dateline_event::story::StoryRole;
use dateline_event::{Position, StoryId};
use proptest::prelude::*;

use super::events::LIVE_TEXTS;
use super::tests::{Step, id, step, story};
use super::*;
use crate::facts::At;
use crate::pack::{Pack, Unpacker};

fn at(position: usize) -> At {
    let position = Position::new(u64::try_from(position).unwrap()).unwrap();
    At { position, recorded: DateTime::UNIX_EPOCH }
}

fn text(name: &str, source: &str, body: &str) -> Said {
    let content = story(StoryRole::Article, "", body, None);
    Said::Text(id(name), Box::new(Sketch::for_copies(&content, source)))
}

fn said(step: &Step) -> Said {
    match step {
        Step::Text(name, body) => text(&name.to_string(), &format!("source {}", name % 4), body),
        Step::Retract(name) => Said::Retracted(id(&name.to_string())),
        Step::Rule(a, b, is) => {
            let verdict = if *is { Verdict::Is } else { Verdict::IsNot };
            Said::Ruled(id(&a.to_string()), id(&b.to_string()), verdict)
        }
    }
}

fn saved(same: &SameStory) -> SameStory {
    let (mut head, mut texts) = (Vec::new(), Vec::new());
    same.packed().pack(&mut head);
    same.live().for_each(|it| it.pack(&mut texts));
    let head = PackedSame::unpack(&mut Unpacker::new(&head)).unwrap();
    let (mut from, mut live) = (Unpacker::new(&texts), Vec::new());
    while !from.is_empty() {
        live.push(LiveText::unpack(&mut from).unwrap());
    }
    SameStory::unpacked(head, live).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_state_that_was_saved_goes_on_as_if_it_had_not_been(
        steps in prop::collection::vec(step(), 1..30),
        cut in any::<prop::sample::Index>(),
    ) {
        let (mut whole, mut again) = (SameStory::default(), SameStory::default());
        let cut = cut.index(steps.len());
        for (nth, step) in steps.iter().enumerate() {
            if nth == cut {
                again = saved(&again);
            }
            // Nothing is forgotten so soon, so nobody is asked.
            let take = |same: &mut SameStory| {
                same.take(at(nth + 1), said(step), &|_| false).map(|it| it.groups)
            };
            prop_assert_eq!(take(&mut whole), take(&mut again));
        }
        prop_assert_eq!(whole.bytes(), again.bytes());
        prop_assert_eq!(saved(&whole).bytes(), whole.bytes());
    }

    #[test]
    fn a_view_and_kinship_have_the_same_groups(steps in prop::collection::vec(step(), 1..30)) {
        let (mut same, mut kinship) = (SameStory::default(), Kinship::default());
        for (nth, step) in steps.iter().enumerate() {
            same.take(at(nth + 1), said(step), &|_| false);
            kinship.take(at(nth + 1).position, said(step));
        }
        let end = at(steps.len()).position;
        let mut joined: Vec<Vec<StoryId>> = same.joined().collect();
        let groups = kinship.stories_at(end).map(|it| it.1).filter(|it| it.len() > 1);
        let mut groups: Vec<Vec<StoryId>> = groups.collect();
        joined.sort();
        groups.sort();
        prop_assert_eq!(joined, groups);
    }
}

#[test]
fn a_story_that_fell_out_of_the_latest_ones_is_forgotten_and_a_ruling_still_joins_it() {
    let mut same = SameStory::default();
    let always = |_: &StoryId| true;
    let count = LIVE_TEXTS + 3;
    for nth in 1..=count {
        same.take(at(nth), text(&nth.to_string(), "north", &format!("story {nth}")), &always);
    }
    assert_eq!(same.groups.current(&id("2")), None);
    assert_eq!(same.groups.current(&id("4")), Some(4));
    assert_eq!(same.live().count(), LIVE_TEXTS);
    let joined = same.take(at(count + 1), Said::Ruled(id("2"), id("9"), Verdict::Is), &always);
    let mut pair = vec![id("2"), id("9")];
    pair.sort_unstable();
    assert_eq!(joined.unwrap().groups, [pair]);
    let ruled = Said::Ruled(id("never"), id("9"), Verdict::Is);
    same.take(at(count + 2), ruled, &|it| *it != id("never"));
    assert_eq!(same.joined().map(|it| it.len()).collect::<Vec<_>>(), [2]);
    let again = saved(&same);
    assert_eq!(again.bytes(), same.bytes());
    let parted = Said::Ruled(id("9"), id("2"), Verdict::IsNot);
    assert_eq!(same.take(at(count + 3), parted, &always).unwrap().groups.len(), 2);
}
