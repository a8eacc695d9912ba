//! Editors overrule the annotator.

use std::sync::Arc;

use dateline_event::event::Verdict::{Is, IsNot};
use dateline_projector::{AsOf, Query, SupersededBy, View};

use crate::world::{
    Log, official, position, recorded_official, recorded_topic, reported, revised, ruled_same,
    ruled_statement, ruled_topic, story, topic, view,
};

fn after(events: impl IntoIterator<Item = dateline_event::Event>) -> Arc<View> {
    let world =
        [recorded_official("ket"), recorded_official("orlin"), recorded_topic("bridge", &[])];
    view(&Log::of(world.into_iter().chain(events)))
}

fn said(view: &View, who: &str) -> Vec<(String, String)> {
    let page = view.timeline(&official(who), &Query::newest(9));
    page.items
        .iter()
        .flat_map(|it| {
            it.statements().map(|it| (it.text.clone(), it.rule.clone())).collect::<Vec<_>>()
        })
        .collect()
}

fn pair(text: &str, rule: &str) -> (String, String) {
    (text.into(), rule.into())
}

#[test]
fn a_statement_that_is_by_another_official_moves_there() {
    let view = after([reported("s1", "ket:yes orlin"), ruled_statement("s1", (0, 7), "orlin", Is)]);
    assert_eq!(said(&view, "ket"), []);
    assert_eq!(said(&view, "orlin"), [pair("yes", "ruling")]);
    let ket = &view.timeline(&official("ket"), &Query::newest(9)).items[0];
    assert_eq!(ket.appearance().unwrap().role.as_str(), "mentioned");
}

#[test]
fn a_statement_that_is_not_by_its_speaker_has_none() {
    let view = after([reported("s1", "ket:yes"), ruled_statement("s1", (0, 7), "ket", IsNot)]);
    assert_eq!(said(&view, "ket"), []);
    assert_eq!(view.counts().statements, 1);
}

#[test]
fn a_ruling_makes_the_statement_and_the_appearance_that_the_annotator_missed() {
    let view = after([
        reported("s1", "he \u{201c}agrees\u{201d}"),
        ruled_statement("s1", (4, 10), "ket", Is),
    ]);
    let entry = &view.timeline(&official("ket"), &Query::newest(9)).items[0];
    let statement = entry.statements().next().unwrap();
    assert_eq!((statement.text.as_str(), statement.kind.as_str()), ("agrees", "direct"));
    assert_eq!(entry.appearance().unwrap().name, "Official ket");
}

#[test]
fn a_ruling_goes_with_its_words_into_a_later_text_and_ends_with_them() {
    let ruled = [reported("s1", "ket:yes orlin"), ruled_statement("s1", (0, 7), "orlin", Is)];
    let moved = after(ruled.iter().cloned().chain([revised("s1", "today orlin ket:yes")]));
    assert_eq!(said(&moved, "orlin"), [pair("yes", "ruling")]);
    let gone = after(ruled.into_iter().chain([revised("s1", "ket:no! orlin")]));
    assert_eq!(said(&gone, "orlin"), []);
    assert_eq!(said(&gone, "ket"), [pair("no!", "colon")]);
}

#[test]
fn a_topic_is_given_and_taken_and_the_record_remembers_both() {
    let view = after([
        reported("s1", "ket #bridge"),
        ruled_topic("s1", "bridge", IsNot),
        ruled_topic("s1", "bridge", Is),
    ]);
    let at = |value| Query { as_of: Some(AsOf::Position(position(value))), ..Query::newest(9) };
    let words = |query: &Query| {
        let page = view.timeline(&topic("bridge"), query);
        page.items
            .iter()
            .flat_map(|it| it.topics().iter().map(|it| it.evidence.len()).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    assert_eq!(words(&at(4)), [1]);
    assert_eq!(words(&at(5)), Vec::<usize>::new());
    // The last ruling gives back what the first one took.
    assert_eq!(words(&Query::newest(9)), [0]);
    let ket = &view.timeline(&official("ket"), &at(4)).items[0];
    assert_eq!(ket.superseded().unwrap().by, SupersededBy::Ruling);
}

#[test]
fn a_ruling_that_changes_nothing_supersedes_nothing() {
    let view = after([reported("s1", "ket #bridge"), ruled_topic("s1", "bridge", Is)]);
    let entry = &view.timeline(&topic("bridge"), &Query::newest(9)).items[0];
    assert_eq!((entry.recorded_at(), entry.superseded_at()), (position(4), None));
    assert_eq!(view.story(&story("s1")).unwrap().rulings().len(), 1);
}

#[test]
fn a_ruling_made_before_the_report_applies_to_it() {
    let view = after([ruled_topic("s1", "bridge", Is), reported("s1", "ket")]);
    assert_eq!(view.entries(&topic("bridge")), 1);
}

#[test]
fn two_stories_ruled_the_same_both_say_so() {
    let view = after([reported("s1", "ket"), reported("s2", "ket"), ruled_same("s1", "s2", Is)]);
    for name in ["s1", "s2"] {
        assert_eq!(view.story(&story(name)).unwrap().rulings().len(), 1);
    }
}
