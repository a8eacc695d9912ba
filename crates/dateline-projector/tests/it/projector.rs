//! Following a log, stopping at what cannot be read, rebuilding beside the serving view.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use dateline_event::{Envelope, Payload};
use dateline_projector::{Caught, Query, RebuildError, Step};

use crate::world::{
    Log, envelope, official, position, projector, recorded_official, reported, text,
};

fn unreadable() -> Envelope {
    let mut it = envelope(position(3), reported("s2", "ket:no"));
    it.event.data = Payload::from_json("{}".into()).unwrap();
    it
}

#[test]
fn an_empty_log_gives_an_empty_view() {
    let mut projector = projector(&Log::of([]), 1);
    assert_eq!(projector.catch_up().unwrap(), None);
    assert_eq!(projector.views().current().position(), None);
    assert_eq!(projector.views().status().lag, 0);
}

#[test]
fn an_event_that_cannot_be_decoded_stops_the_projector_there_and_the_last_good_view_serves() {
    let log = Log::of([recorded_official("ket"), reported("s1", "ket:yes")]);
    log.push(unreadable());
    log.push(envelope(position(4), reported("s3", "ket:later")));
    let mut projector = projector(&log, 1);
    let error = projector.catch_up().unwrap_err().to_string();
    assert_eq!(
        error,
        "the event at position 3 is no `story.reported` version 2: missing field `story` at line 1 column 2"
    );
    let (view, status) = (projector.views().current(), projector.views().status());
    assert_eq!((view.position(), view.entries(&official("ket"))), (Some(position(2)), 1));
    assert_eq!(
        (status.head, status.checkpoint, status.lag),
        (Some(position(4)), Some(position(2)), 2)
    );
    assert_eq!(status.failure.unwrap().as_str(), error);

    log.set(2, envelope(position(3), reported("s2", "ket:no")));
    assert_eq!(projector.catch_up().unwrap(), Some(position(4)));
    assert_eq!(projector.views().status().failure, None);
    assert_eq!(projector.views().current().entries(&official("ket")), 3);
}

#[test]
fn a_gap_in_the_log_is_found_and_not_served() {
    let log = Log::of([recorded_official("ket")]);
    log.push(envelope(position(3), reported("s1", "ket")));
    let error = projector(&log, 1).catch_up().unwrap_err().to_string();
    assert_eq!(error, "the log gave position 3, wanted position 2");
}

#[test]
fn a_rebuild_tells_its_progress_and_takes_in_what_came_meanwhile() {
    let log = Log::of([recorded_official("ket"), reported("s1", "ket:yes")]);
    let mut projector = projector(&log, 2);
    projector.catch_up().unwrap();
    let steps = Mutex::new(Vec::new());
    let rebuilt = projector
        .rebuild()
        .run(&|it| {
            steps.lock().unwrap().push((it.step, it.total));
            ControlFlow::Continue(())
        })
        .unwrap();
    let steps = steps.into_inner().unwrap();
    let mut of = steps.iter().map(|it| it.0).collect::<Vec<_>>();
    of.dedup();
    assert_eq!(of, [Step::Replaying, Step::Annotating, Step::Folding]);
    assert!(steps.iter().all(|it| it.0 == Step::Folding || it.1 == 2), "{steps:?}");

    log.append(reported("s2", "ket:no"));
    projector.catch_up().unwrap();
    let before = text(&projector.views().current());
    assert_eq!(projector.adopt(rebuilt).unwrap(), Caught::Up(Some(position(3))));
    assert_eq!(text(&projector.views().current()), before);
}

#[test]
fn a_cancelled_rebuild_changes_nothing() {
    let log = Log::of([recorded_official("ket"), reported("s1", "ket:yes")]);
    let mut projector = projector(&log, 1);
    projector.catch_up().unwrap();
    for stop in [Step::Replaying, Step::Annotating, Step::Folding] {
        let watch = |it: dateline_projector::Progress| {
            if it.step == stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let result = projector.rebuild().run(&watch);
        assert!(matches!(result, Err(RebuildError::Cancelled(_))), "{stop:?}");
    }
    assert_eq!(projector.views().current().entries(&official("ket")), 1);
}

/// Longest time for a view and a page of it while events are folded and views swapped: a reader waits for nobody, so all
/// of it is its own work and that of other programs on a busy machine.
const MAX_READ: Duration = Duration::from_secs(2);

#[test]
fn readers_see_one_position_at_a_time_through_appends_and_rebuilds() {
    let log = Log::of([recorded_official("ket")]);
    let mut projector = projector(&log, 2);
    projector.catch_up().unwrap();
    let (views, done) = (projector.views(), AtomicBool::new(false));
    // Every event behind the first is a story with the official, so the position says how many entries there are.
    let read = || {
        let mut last = 0;
        loop {
            let over = done.load(Ordering::Acquire);
            let start = Instant::now();
            let view = views.current();
            let newest = view.timeline(&official("ket"), &Query::newest(20)).items.len();
            assert!(start.elapsed() < MAX_READ, "a page took {:?}", start.elapsed());
            let position = usize::try_from(view.position().unwrap().get()).unwrap();
            assert!(position >= last, "position {position} came after {last}");
            assert_eq!(view.entries(&official("ket")), position - 1);
            assert_eq!(newest, 20.min(position - 1));
            let page = view.timeline(&official("ket"), &Query::newest(1000));
            assert_eq!(page.items.len(), position - 1);
            last = position;
            if over {
                return last;
            }
        }
    };
    std::thread::scope(|scope| {
        let readers = [scope.spawn(read), scope.spawn(read)];
        for at in 0..60 {
            let rebuild = projector.rebuild();
            log.append(reported(&format!("s{at}"), "ket:yes @2031-05-02"));
            projector.catch_up().unwrap();
            let rebuilt = rebuild.run(&|_| ControlFlow::Continue(())).unwrap();
            log.append(reported(&format!("t{at}"), "ket:no @2031-05-01"));
            projector.adopt(rebuilt).unwrap();
        }
        done.store(true, Ordering::Release);
        for reader in readers {
            assert_eq!(reader.join().unwrap(), 121);
        }
    });
    assert_eq!(views.current().position(), Some(position(121)));
}
