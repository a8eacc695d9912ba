//! What the record said at an earlier position.

use std::sync::Arc;

use dateline_event::{Event, Position};
use dateline_projector::{AsOf, Entry, Filter, Interval, Query, Reading, Scope, View};
use proptest::prelude::*;

use crate::random::{OFFICIALS, SOURCES, STORIES, TOPICS, events, is_registry};
use crate::world::{
    Log, instant, official, position, recorded_official, recorded_topic, reported, retracted,
    revised, story, topic, view,
};

fn entries(view: &View, scope: &Scope, as_of: Option<AsOf>) -> Vec<Arc<Entry>> {
    view.timeline(scope, &Query { as_of, ..Query::newest(1000) }).items
}

/// What a reader sees of entries, but for what superseded them later.
fn shown(entries: &[Arc<Entry>]) -> Vec<String> {
    let line = |it: &Arc<Entry>| {
        let statements: Vec<_> =
            it.statements().map(|it| (&it.text, it.speaker, &it.rule)).collect();
        let matched: Vec<_> = it.matched_topics().map(|it| &it.topic).collect();
        let (key, story, page) = (it.key(), it.story(), it.page());
        let (who, all, topics) = (it.appearance(), it.appearances(), it.topics());
        let times = (it.happened(), it.published(), it.recorded(), it.recorded_at());
        let sources: Vec<_> =
            it.sources().map(|it| (it.story(), it.source(), it.page(), it.recorded_at())).collect();
        format!(
            "{key} {story} {page:?} {who:?} {all:?} {statements:?} {topics:?} {matched:?} {times:?} {sources:?}"
        )
    };
    entries.iter().map(line).collect()
}

proptest! {
    #[test]
    fn as_of_a_position_is_the_view_of_the_log_cut_there_under_the_same_registry(events in events()) {
        let whole = view(&Log::of(events.clone()));
        for cut in 1..=events.len() {
            // The rest of the registry follows the cut, so that both views are read under the same one.
            let registry = events[cut..].iter().filter(|it| is_registry(it)).cloned();
            let log: Vec<Event> = events[..cut].iter().cloned().chain(registry).collect();
            let then = view(&Log::of(log));
            let at = position(u64::try_from(cut).unwrap());
            same_timelines(&whole, &then, at)?;
            same_stories(&whole, &then, at)?;
        }
    }
}

fn same_timelines(whole: &View, then: &View, at: Position) -> Result<(), TestCaseError> {
    let scopes = OFFICIALS.into_iter().map(official).chain(TOPICS.into_iter().map(topic));
    let sources = SOURCES.into_iter().map(|it| Scope::Source(it.parse().unwrap()));
    for scope in scopes.chain(sources).chain([Scope::Everything]) {
        let none = Filter::default();
        let past = Some(AsOf::Position(at));
        prop_assert_eq!(whole.count(&scope, &none, past), then.count(&scope, &none, None));
        let days = |view: &View, as_of| view.chart(&scope, &none, as_of, Interval::Month);
        prop_assert_eq!(days(whole, past), days(then, None), "{:?} at {}", scope, at);
        let asked = entries(whole, &scope, Some(AsOf::Position(at)));
        let said = entries(then, &scope, None);
        prop_assert_eq!(shown(&asked), shown(&said), "{:?} at {}", scope, at);
    }
    Ok(())
}

fn same_stories(whole: &View, then: &View, at: Position) -> Result<(), TestCaseError> {
    for name in STORIES {
        let id = story(name);
        let asked = whole.story_at(&id, AsOf::Position(at));
        let said = then.story(&id).and_then(|it| it.current().cloned());
        let shown = |it: &Option<Arc<Reading>>| {
            it.as_ref().map(|it| (it.annotation().clone(), it.page().clone()))
        };
        prop_assert_eq!(shown(&asked), shown(&said));
        let asked = whole.story(&id).and_then(|it| it.status_at(at));
        prop_assert_eq!(asked, then.story(&id).map(|it| it.status()));
    }
    Ok(())
}

fn a_story_that_changes_and_goes() -> Arc<View> {
    view(&Log::of([
        recorded_official("ket"),
        recorded_topic("bridge", &[]),
        reported("s1", "ket:yes @2031-05-02"),
        revised("s1", "ket:no @2031-05-02"),
        reported("s2", "ket #bridge @2031-05-01"),
        retracted("s1", "it was another man"),
    ]))
}

fn said(view: &View, at: Option<AsOf>) -> Vec<String> {
    let said = entries(view, &official("ket"), at);
    said.iter()
        .flat_map(|it| it.statements().map(|it| it.text.clone()).collect::<Vec<_>>())
        .collect()
}

#[test]
fn a_revision_and_a_retraction_supersede_and_erase_nothing() {
    let view = a_story_that_changes_and_goes();
    assert_eq!(said(&view, None), Vec::<String>::new());
    assert_eq!(said(&view, Some(AsOf::Position(position(3)))), ["yes"]);
    assert_eq!(said(&view, Some(AsOf::Position(position(4)))), ["no"]);
    assert_eq!(said(&view, Some(AsOf::Position(position(6)))), Vec::<String>::new());
    let first = &entries(&view, &official("ket"), Some(AsOf::Position(position(3))))[0];
    assert_eq!((first.recorded_at(), first.superseded_at()), (position(3), Some(position(4))));
    let record = view.story(&story("s1")).unwrap();
    assert_eq!(record.status().as_str(), "retracted");
    assert_eq!(record.status_at(position(5)).unwrap().as_str(), "revised");
    assert_eq!(record.revisions().len(), 2);
}

#[test]
fn an_instant_means_the_last_event_recorded_by_then() {
    let view = a_story_that_changes_and_goes();
    // Positions 2 and 3 share an instant, as do 4 and 5.
    assert_eq!(view.position_at(AsOf::Instant(instant(2))), Some(position(3)));
    assert_eq!(said(&view, Some(AsOf::Instant(instant(2)))), ["yes"]);
    assert_eq!(said(&view, Some(AsOf::Instant(instant(5)))), ["no"]);
    let before = instant(0) - chrono::TimeDelta::seconds(1);
    assert_eq!(view.position_at(AsOf::Instant(before)), None);
    assert!(entries(&view, &official("ket"), Some(AsOf::Instant(before))).is_empty());
}

#[test]
fn a_position_behind_the_head_is_the_present() {
    let view = a_story_that_changes_and_goes();
    let later = Some(AsOf::Position(position(99)));
    assert_eq!(
        shown(&entries(&view, &topic("bridge"), later)),
        shown(&entries(&view, &topic("bridge"), None))
    );
    assert_eq!(entries(&view, &topic("bridge"), later).len(), 1);
}
