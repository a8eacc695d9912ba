//! However a log is folded, the same view comes out, byte for byte.

use proptest::prelude::*;

use crate::random::events;
use dateline_projector::{StoryStatus, View};

use crate::world::{
    Log, official, position, projector, recorded_official, recorded_topic, reported, retracted,
    revised, story, text, topic, view, withdrawn_official,
};

proptest! {
    #[test]
    fn event_by_event_in_batches_and_rebuilt_give_the_same_bytes(
        events in events(),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
    ) {
        let whole = text(&view(&Log::of(events.clone())));

        let log = Log::of([]);
        let mut stepwise = projector(&log, 1);
        for event in events.clone() {
            log.append(event);
            stepwise.catch_up().unwrap();
        }
        prop_assert_eq!(&text(&stepwise.views().current()), &whole);

        let mut cuts: Vec<_> = cuts.iter().map(|it| it.index(events.len() + 1)).collect();
        cuts.push(events.len());
        cuts.sort_unstable();
        let log = Log::of([]);
        let mut batched = projector(&log, 2);
        let mut from = 0;
        for cut in cuts {
            events[from..cut].iter().cloned().for_each(|it| log.append(it));
            batched.catch_up().unwrap();
            from = cut;
        }
        prop_assert_eq!(&text(&batched.views().current()), &whole);

        let rebuilt = batched.rebuild().run(&|_| std::ops::ControlFlow::Continue(())).unwrap();
        prop_assert_eq!(&text(rebuilt.view()), &whole);
        batched.adopt(rebuilt).unwrap();
        prop_assert_eq!(&text(&batched.views().current()), &whole);
    }

    #[test]
    fn a_view_that_a_reader_holds_never_changes(events in events()) {
        let log = Log::of([]);
        let mut projector = projector(&log, 1);
        let mut held = Vec::new();
        for event in events {
            log.append(event);
            projector.catch_up().unwrap();
            let view = projector.views().current();
            held.push((text(&view), view));
        }
        for (before, view) in held {
            prop_assert_eq!(before, text(&view));
        }
    }
}

#[test]
fn many_stories_on_many_threads_keep_their_order() {
    let report =
        |at: u32| reported(&format!("s{at}"), &format!("ket:word{at} #bridge @2031-05-02"));
    let registry = [recorded_official("ket"), recorded_topic("bridge", &[])];
    let log = Log::of(registry.into_iter().chain((0..500).map(report)));
    let mut one = projector(&log, 1);
    let mut four = projector(&log, 4);
    one.catch_up().unwrap();
    four.catch_up().unwrap();
    let (one, four) = (one.views().current(), four.views().current());
    assert_eq!(text(&one), text(&four));
    for at in 0..500 {
        let record = four.story(&story(&format!("s{at}"))).unwrap();
        let said = &record.current().unwrap().annotation().statements[0].text;
        assert_eq!(said, &format!("word{at}"));
    }
}

#[test]
fn a_text_or_a_retraction_that_is_repeated_adds_nothing() {
    let report = reported("s1", "ket:yes");
    let view = view(&Log::of([
        recorded_official("ket"),
        report.clone(),
        report.clone(),
        revised("s1", "ket:yes"),
        retracted("s1", "wrong"),
        retracted("s1", "wrong again"),
    ]));
    let record = view.story(&story("s1")).unwrap();
    assert_eq!((record.revisions().len(), record.readings().len()), (1, 1));
    assert_eq!(record.status(), StoryStatus::Retracted { at: position(5), reason: "wrong".into() });
}

#[test]
fn a_story_reported_again_after_its_retraction_counts_again() {
    let report = reported("s1", "ket:yes");
    let view = view(&Log::of([
        recorded_official("ket"),
        report.clone(),
        retracted("s1", "wrong"),
        report,
    ]));
    let record = view.story(&story("s1")).unwrap();
    assert_eq!(record.status().as_str(), "revised");
    assert_eq!(record.current().unwrap().recorded_at(), position(4));
    assert_eq!(view.entries(&official("ket")), 1);
}

#[test]
fn a_corrected_registry_changes_the_timelines_of_stories_reported_before() {
    let log = Log::of([reported("s1", "ket:yes #bridge")]);
    let mut projector = projector(&log, 1);
    projector.catch_up().unwrap();
    let counts = |view: &View| (view.entries(&official("ket")), view.entries(&topic("bridge")));
    assert_eq!(counts(&projector.views().current()), (0, 0));
    log.append(recorded_official("ket"));
    log.append(recorded_topic("bridge", &[]));
    projector.catch_up().unwrap();
    assert_eq!(counts(&projector.views().current()), (1, 1));
    log.append(withdrawn_official("ket"));
    projector.catch_up().unwrap();
    assert_eq!(counts(&projector.views().current()), (0, 1));
}
