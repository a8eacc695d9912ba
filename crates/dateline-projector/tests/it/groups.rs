//! Copies of one story are one entry with all its sources.

use std::sync::Arc;

use dateline_event::Event;
use dateline_event::event::Verdict::{Is, IsNot};
use dateline_event::story::StoryRole::{Article, Teaser};
use dateline_projector::{AsOf, Entry, Filter, Query, Scope, SupersededBy, View};

use crate::world::{
    Log, PROSE, official, position, recorded_official, recorded_topic, reported_by, retracted,
    revised_by, ruled_same, story, topic, view,
};

const NORTH: &str = "north-news";
const SOUTH: &str = "south-post";

/// A text that is the same as others with these words in front.
fn bridge(words: &str) -> String {
    format!("{words} {}", PROSE[0])
}

fn after(events: impl IntoIterator<Item = Event>) -> Arc<View> {
    let world =
        [recorded_official("ket"), recorded_official("orlin"), recorded_topic("bridge", &[])];
    view(&Log::of(world.into_iter().chain(events)))
}

/// Position of the `nth` event behind the registry, from 1.
fn at(nth: u64) -> AsOf {
    AsOf::Position(position(nth + 3))
}

fn entries(view: &View, scope: &Scope, as_of: impl Into<Option<AsOf>>) -> Vec<Arc<Entry>> {
    let as_of = as_of.into();
    let page = view.timeline(scope, &Query { as_of, ..Query::newest(99) }).items;
    assert_eq!(view.count(scope, &Filter::default(), as_of), page.len());
    page
}

fn source(id: &str) -> Scope {
    Scope::Source(id.parse().expect("an id"))
}

/// Of each entry, the sources with the story that is shown in front of them.
fn told(view: &View, scope: &Scope, as_of: impl Into<Option<AsOf>>) -> Vec<String> {
    let name = |entry: &Arc<Entry>| {
        let sources: Vec<_> = entry.sources().map(|it| it.source().to_string()).collect();
        assert_eq!(sources.len(), entry.source_count());
        format!("{}: {}", entry.source(), sources.join(" "))
    };
    entries(view, scope, as_of).iter().map(name).collect()
}

fn two_copies() -> [Event; 2] {
    [
        reported_by(NORTH, "n", Article, &bridge("ket:yes @2031-05-02 ^2031-05-03")),
        reported_by(SOUTH, "s", Article, &bridge("ket:yes #bridge @2031-05-02 ^2031-05-02")),
    ]
}

#[test]
fn copies_make_one_entry_in_the_timelines_of_all_of_them() {
    let view = after(two_copies());
    let scopes =
        [official("ket"), topic("bridge"), source(NORTH), source(SOUTH), Scope::Everything];
    for scope in &scopes {
        assert_eq!(entries(&view, scope, None).len(), 1, "{scope:?}");
        assert_eq!(entries(&view, scope, None)[0].source_count(), 2, "{scope:?}");
    }
    // The one that was published first gives the entry its place, and is shown where it is in the timeline.
    assert_eq!(told(&view, &official("ket"), None), ["south-post: south-post north-news"]);
    assert_eq!(told(&view, &source(NORTH), None), ["north-news: south-post north-news"]);
    let both = Filter { also: vec![topic("bridge")], ..Filter::default() };
    assert_eq!(view.count(&official("ket"), &both, None), 1);
}

#[test]
fn before_the_copy_came_the_entry_had_one_source() {
    let view = after(two_copies());
    assert_eq!(told(&view, &official("ket"), at(1)), ["north-news: north-news"]);
    assert!(told(&view, &source(SOUTH), at(1)).is_empty());
    assert!(told(&view, &topic("bridge"), at(1)).is_empty());
    let before = &entries(&view, &official("ket"), at(1))[0];
    let superseded = before.superseded().unwrap();
    assert_eq!((superseded.at, superseded.by), (position(5), SupersededBy::Copy));
    let now = &entries(&view, &official("ket"), None)[0];
    assert_eq!(now.recorded_at(), position(5));
    assert_eq!(now.recorded(), now.sources().next().unwrap().recorded());
}

#[test]
fn a_teaser_goes_into_the_entry_of_its_article_which_is_shown() {
    let view = after([
        reported_by(NORTH, "t", Teaser, &bridge("ket ^2031-05-01")),
        reported_by(NORTH, "a", Article, &bridge("ket:yes ^2031-05-02")),
    ]);
    let all = entries(&view, &official("ket"), None);
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].story_role(), all[0].source_count()), (Article, 2));
    assert_eq!(all[0].statements().count(), 1);
}

#[test]
fn a_retraction_of_the_story_that_is_shown_leaves_the_entry_to_its_copies() {
    let view = after(two_copies().into_iter().chain([retracted("s", "wrong")]));
    assert_eq!(told(&view, &official("ket"), None), ["north-news: north-news"]);
    assert!(told(&view, &topic("bridge"), None).is_empty());
    assert_eq!(told(&view, &topic("bridge"), at(2)), ["south-post: south-post north-news"]);
    let before = &entries(&view, &topic("bridge"), at(2))[0];
    assert_eq!(before.superseded().unwrap().by, SupersededBy::Retraction);
    assert_eq!(view.counts().retracted, 1);
}

#[test]
fn a_copy_that_is_revised_into_another_story_leaves_and_one_that_is_not_stays() {
    let other = format!("orlin ^2031-05-02 {}", PROSE[1]);
    let view = after(two_copies().into_iter().chain([
        revised_by(SOUTH, "s", Article, &bridge("ket:no #bridge ^2031-05-02")),
        revised_by(SOUTH, "s", Article, &other),
    ]));
    assert_eq!(told(&view, &official("ket"), at(3)), ["south-post: south-post north-news"]);
    let said = |as_of: Option<AsOf>| {
        let all = entries(&view, &official("ket"), as_of);
        all.iter().flat_map(|it| it.statements()).map(|it| it.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        (said(Some(at(2))), said(Some(at(3))), said(None)),
        (vec!["yes".to_owned()], vec!["no".to_owned()], vec!["yes".to_owned()])
    );
    assert_eq!(told(&view, &official("ket"), None), ["north-news: north-news"]);
    assert_eq!(told(&view, &official("orlin"), None), ["south-post: south-post"]);
}

#[test]
fn rulings_join_and_part_entries_and_the_past_stays() {
    let view = after(two_copies().into_iter().chain([
        reported_by("east", "e", Article, "ket:maybe ^2031-05-09"),
        ruled_same("e", "n", Is),
        ruled_same("n", "s", IsNot),
    ]));
    assert_eq!(told(&view, &official("ket"), at(3)).len(), 2);
    assert_eq!(told(&view, &official("ket"), at(4)), ["south-post: south-post north-news east"]);
    let now = told(&view, &official("ket"), None);
    assert_eq!(now, ["south-post: south-post", "north-news: north-news east"]);
    let joined = &entries(&view, &official("ket"), at(4))[0];
    assert_eq!(joined.superseded().unwrap().by, SupersededBy::Ruling);
    assert_eq!(view.story(&story("e")).unwrap().rulings().len(), 1);
}

#[test]
fn an_entry_that_shows_another_copy_is_one_change_and_not_two() {
    let view = after(two_copies());
    let turned = view.turned(position(5), &[story("s")]);
    assert_eq!(turned.len(), 1);
    let entry = |as_of: Option<AsOf>| entries(&view, &official("ket"), as_of)[0].key();
    assert_eq!((turned[0].before, turned[0].now), (Some(entry(Some(at(1)))), Some(entry(None))));
    assert_eq!(view.turned(position(4), &[story("n")])[0].before, None);
    assert_eq!(view.turned(position(4), &[story("s")]), []);
}
