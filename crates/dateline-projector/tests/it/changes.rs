//! What another registry would change, and nothing else.

use dateline_event::Event;
use dateline_projector::{Changes, Scope, TimelineChanges, View};

use crate::world::{
    Log, official, projector, recorded_office, recorded_official, recorded_tenure, recorded_topic,
    reported, topic,
};

fn supposed(log: &std::sync::Arc<Log>, events: &[Event]) -> (Changes, std::sync::Arc<View>) {
    let mut projector = projector(log, 2);
    projector.catch_up().unwrap();
    let before = projector.views().current();
    let after = projector.suppose(events, &|_| std::ops::ControlFlow::Continue(())).unwrap();
    assert_eq!(projector.views().current().position(), before.position());
    (Changes::between(&before, &after), before)
}

fn world() -> std::sync::Arc<Log> {
    Log::of([
        recorded_official("ket"),
        recorded_office("minister"),
        recorded_topic("bridge", &[]),
        reported("one", "ket:yes #bridge @2031-05-02"),
        reported("two", "orlin:no @2031-05-03"),
        reported("three", "nobody #bridge @2031-05-04"),
    ])
}

fn summary(changes: &Changes) -> Vec<(Scope, [usize; 4])> {
    let line = |it: &TimelineChanges| {
        let counts = [it.added.len(), it.removed.len(), it.moved.len(), it.changed.len()];
        (it.scope.clone(), counts)
    };
    changes.timelines.iter().map(line).collect()
}

#[test]
fn the_same_registry_changes_nothing() {
    let (changes, _) = supposed(&world(), &[recorded_official("ket")]);
    assert!(changes.is_empty());
}

#[test]
fn one_tenure_more_changes_the_entries_of_its_holder_and_adds_those_of_the_office() {
    let (changes, _) = supposed(&world(), &[recorded_tenure("ket", "minister", "2020")]);
    let office = Scope::Office("minister".parse().unwrap());
    assert_eq!(summary(&changes), [(official("ket"), [0, 0, 0, 1]), (office, [1, 0, 0, 0])]);
    assert_eq!((changes.reattributed.len(), changes.stories), (0, 1));
}

#[test]
fn an_official_more_gets_the_entries_and_statements_that_were_nobodys() {
    let (changes, _) = supposed(&world(), &[recorded_official("orlin")]);
    assert_eq!(summary(&changes), [(official("orlin"), [1, 0, 0, 0])]);
    let words: Vec<_> = changes.reattributed.iter().map(|it| it.words.as_str()).collect();
    assert_eq!(words, ["orlin", "no"]);
    assert!(changes.reattributed.iter().all(|it| it.from.is_none() && it.to.is_some()));
}

#[test]
fn a_topic_above_another_adds_its_timeline() {
    let more = [recorded_topic("works", &[]), recorded_topic("bridge", &["works"])];
    let (changes, before) = supposed(&world(), &more);
    assert_eq!(summary(&changes), [(topic("works"), [2, 0, 0, 0])]);
    assert_eq!(before.entries(&topic("works")), 0);
}
