//! However a log is folded, the same view comes out, byte for byte.

use std::sync::Arc;

use proptest::prelude::*;

use crate::random::events;
use crate::world::{Log, projector, text, view};

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
    let story = |at: u32| {
        crate::world::reported(&format!("s{at}"), &format!("ket:word{at} #bridge @2031-05-02"))
    };
    let registry =
        [crate::world::recorded_official("ket"), crate::world::recorded_topic("bridge", &[])];
    let log = Log::of(registry.into_iter().chain((0..500).map(story)));
    let mut one = projector(&log, 1);
    let mut four = projector(&log, 4);
    one.catch_up().unwrap();
    four.catch_up().unwrap();
    let (one, four): (Arc<_>, Arc<_>) = (one.views().current(), four.views().current());
    assert_eq!(text(&one), text(&four));
    assert_eq!(one.entries(&crate::world::official("ket")), 500);
}
