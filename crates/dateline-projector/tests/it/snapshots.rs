//! A view that was saved is the view, or is refused with the reason.

use std::num::NonZeroUsize;
use std::sync::Arc;

use dateline_annotate::Registry;
use dateline_event::Event;
use dateline_event::event::Verdict;
use dateline_projector::{Annotate, Prepared, Projector, SnapshotError};
use proptest::prelude::*;

use crate::random::events;
use crate::world::{
    Log, annotator, position, projector, recorded_official, recorded_topic, reported, revised,
    ruled_topic, text,
};

fn saved(projector: &Projector) -> Vec<u8> {
    let mut bytes = Vec::new();
    projector.snapshot().unwrap().write(&mut bytes).unwrap();
    bytes
}

fn opened(bytes: &[u8], log: &Arc<Log>, threads: usize) -> Result<Projector, SnapshotError> {
    let threads = NonZeroUsize::new(threads).unwrap();
    Projector::from_snapshot(bytes, log.clone(), annotator(), threads)
}

proptest! {
    #[test]
    fn a_fold_that_starts_from_snapshots_over_and_over_gives_the_same_bytes(
        events in events(),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
    ) {
        let whole = Log::of(events.clone());
        let mut at_once = projector(&whole, 2);
        at_once.catch_up().unwrap();
        let mut cuts: Vec<_> = cuts.iter().map(|it| it.index(events.len() + 1)).collect();
        cuts.push(events.len());
        cuts.sort_unstable();
        let log = Log::of([]);
        let mut saves = saved(&projector(&log, 1));
        let mut from = 0;
        for cut in cuts {
            events[from..cut].iter().cloned().for_each(|it| log.append(it));
            let mut projector = opened(&saves, &log, 1 + from % 2).unwrap();
            projector.catch_up().unwrap();
            saves = saved(&projector);
            from = cut;
        }
        let last = opened(&saves, &log, 1).unwrap();
        prop_assert_eq!(text(&last.views().current()), text(&at_once.views().current()));
    }
}

/// More stories than a dictionary is made of, one with a history, and a ruling about a story that never came.
fn world() -> (Arc<Log>, Projector) {
    let registry = [recorded_official("ket"), recorded_topic("bridge", &[])];
    let stories = (0..300).map(|at| reported(&format!("s{at}"), &format!("ket:word{at} #bridge")));
    let later =
        [revised("s7", "ket:other @2031-05-02"), ruled_topic("never-came", "bridge", Verdict::Is)];
    let log = Log::of(registry.into_iter().chain(stories).chain(later));
    let mut projector = projector(&log, 2);
    projector.catch_up().unwrap();
    (log, projector)
}

#[test]
fn a_snapshot_holds_all_of_a_view() {
    let (log, projector) = world();
    let again = opened(&saved(&projector), &log, 2).unwrap();
    assert_eq!(text(&again.views().current()), text(&projector.views().current()));
    assert_eq!(projector.snapshot().unwrap().position(), Some(position(304)));
}

#[test]
fn no_changed_byte_and_no_lost_end_of_a_snapshot_goes_unseen() {
    let (log, projector) = world();
    let bytes = saved(&projector);
    for at in (0..bytes.len()).step_by(bytes.len() / 300 + 1) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        assert!(opened(&damaged, &log, 2).is_err(), "byte {at} of {}", bytes.len());
        assert!(opened(&bytes[..at], &log, 1).is_err(), "cut at {at} of {}", bytes.len());
    }
}

#[test]
fn a_snapshot_of_another_log_or_of_events_that_are_gone_is_refused() {
    let (log, projector) = world();
    let bytes = saved(&projector);
    let other = Log::of((0..400).map(|at| reported(&format!("t{at}"), "ket")));
    let shorter = Log::of([recorded_official("ket"), recorded_topic("bridge", &[])]);
    for log in [other, shorter] {
        let why = opened(&bytes, &log, 1).err().unwrap();
        assert!(matches!(why, SnapshotError::OtherLog), "{why}");
    }
    assert!(opened(&bytes, &log, 1).is_ok());
    let why = opened(b"{\"a\": \"file of something else\"}", &log, 1).err().unwrap();
    assert_eq!(why.to_string(), "it is no snapshot of a view");
}

/// The annotator of this world in a later version.
struct Later;

impl Annotate for Later {
    fn prepare(&self, registry: &Registry) -> Prepared {
        annotator().prepare(registry)
    }

    fn version(&self) -> u32 {
        7
    }
}

#[test]
fn a_snapshot_by_an_earlier_annotator_is_refused() {
    let (log, projector) = world();
    let bytes = saved(&projector);
    let result = Projector::from_snapshot(&*bytes, log.clone(), Arc::new(Later), NonZeroUsize::MIN);
    let why = result.err().unwrap().to_string();
    assert_eq!(why, "its annotator is version 0, wanted version 7");
    let mut later = Projector::new(log.clone(), Arc::new(Later), NonZeroUsize::MIN);
    later.catch_up().unwrap();
    let bytes = saved(&later);
    assert!(Projector::from_snapshot(&*bytes, log, Arc::new(Later), NonZeroUsize::MIN).is_ok());
}

#[test]
fn a_projector_from_a_snapshot_goes_on_with_a_changed_registry() {
    let (log, projector) = world();
    let mut again = opened(&saved(&projector), &log, 2).unwrap();
    let before: Event = recorded_official("orlin");
    log.append(before);
    log.append(reported("new", "orlin:later ket"));
    again.catch_up().unwrap();
    let mut fresh = crate::world::projector(&log, 1);
    fresh.catch_up().unwrap();
    assert_eq!(text(&again.views().current()), text(&fresh.views().current()));
}
