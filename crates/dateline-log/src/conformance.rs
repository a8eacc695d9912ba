//! One suite that every log passes. A case opens an empty log, uses only the contract, and asserts.
//!
//! ```ignore
//! dateline_log::conformance::run(&mut |clock| Box::new(MemoryLog::new(clock)));
//! ```

#![expect(
    clippy::missing_panics_doc,
    reason = "these are tests: to panic is how they say that a log does not conform"
)]

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use chrono::{DateTime, Utc};
use dateline_event::{Envelope, ExpectedPosition, NewEvent, Payload, Position, StreamId};
use uuid::Uuid;

use crate::limits::{MAX_COMMIT_EVENTS, MAX_EVENT_BYTES};
use crate::{AppendError, Clock, EventLog, Follower, Refused, Written};

/// Makes an empty log that takes the time of recording from the clock given.
pub type NewLog<'a> = &'a mut dyn FnMut(Clock) -> Box<dyn EventLog>;

/// Runs every case.
pub fn run(new_log: NewLog<'_>) {
    an_empty_log_has_no_head(new_log);
    positions_are_dense_from_one(new_log);
    events_of_a_kind_are_those_that_reading_gives(new_log);
    what_was_appended_is_read_as_it_was(new_log);
    a_stale_expectation_writes_nothing(new_log);
    expectations_see_earlier_events_of_the_same_append(new_log);
    limits_refuse_and_write_nothing(new_log);
    recorded_never_goes_back(new_log);
    a_stream_has_its_own_events_in_order(new_log);
    reading_starts_and_stops_where_told(new_log);
    of_writers_that_expect_the_same_end_one_wins(new_log);
    a_follower_sees_each_event_once(new_log);
    waiting_ends_with_the_timeout(new_log);
    a_payload_on_several_lines_keeps_its_meaning(new_log);
    verify_gives_the_same_chain_for_the_same_events(new_log);
}

const SHORT: Duration = Duration::from_millis(1);
const LONG: Duration = Duration::from_secs(30);

fn steady() -> Clock {
    Box::new(|| DateTime::UNIX_EPOCH)
}

/// An event of `stream` whose payload names `text`.
pub fn event(stream: &str, text: &str) -> NewEvent {
    NewEvent {
        id: Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()),
        stream: StreamId::new(stream).expect("the suite uses good names"),
        kind: "story.reported".to_owned(),
        version: 1,
        source: "https://arpo.example/".to_owned(),
        time: DateTime::<Utc>::UNIX_EPOCH,
        correlation: None,
        causation: None,
        data: Payload::of(&text).expect("a text is JSON"),
    }
}

fn at(position: u64) -> Position {
    Position::new(position).expect("the suite counts from 1")
}

fn any(stream: &str, text: &str) -> (NewEvent, ExpectedPosition) {
    (event(stream, text), ExpectedPosition::Any)
}

fn all(log: &dyn EventLog) -> Vec<Envelope> {
    let read: Result<Vec<_>, _> = log.read(Position::FIRST, usize::MAX).collect();
    read.expect("the log can be read")
}

fn append(log: &dyn EventLog, events: Vec<(NewEvent, ExpectedPosition)>) -> Written {
    log.append(events).expect("the append is good")
}

fn an_empty_log_has_no_head(new_log: NewLog<'_>) {
    let log = new_log(steady());
    assert_eq!(log.head(), None);
    assert_eq!(log.get(Position::FIRST), Ok(None));
    assert_eq!(log.read(Position::FIRST, 10).count(), 0);
    let stream = event("story-1", "a").stream;
    assert_eq!(log.stream_end(&stream), None);
    assert_eq!(log.stream(&stream).count(), 0);
    assert_eq!(log.verify(&mut |_| {}).map(|it| (it.head, it.events)), Ok((None, 0)));
}

fn positions_are_dense_from_one(new_log: NewLog<'_>) {
    let log = new_log(steady());
    let one = append(&*log, vec![any("story-1", "a")]);
    let more = append(&*log, vec![any("story-2", "b"), any("story-1", "c"), any("story-3", "d")]);
    assert_eq!((one.first, one.last), (at(1), at(1)));
    assert_eq!((more.first, more.last), (at(2), at(4)));
    assert_eq!(log.head(), Some(at(4)));
    let positions: Vec<u64> = all(&*log).iter().map(|it| it.position.get()).collect();
    assert_eq!(positions, [1, 2, 3, 4]);
}

fn events_of_a_kind_are_those_that_reading_gives(new_log: NewLog<'_>) {
    let log = new_log(steady());
    let of = |stream: &str, kind: &str| {
        let mut event = event(stream, "x");
        kind.clone_into(&mut event.kind);
        (event, ExpectedPosition::Any)
    };
    append(&*log, vec![of("s-1", "story.reported"), of("t-1", "topic.recorded")]);
    append(&*log, vec![of("s-2", "story.reported"), of("t-2", "topic.withdrawn")]);
    let wanted = |kind: &str| kind.starts_with("topic.");
    for (from, limit) in [(1, 4), (1, 2), (2, 2), (3, 9), (5, 1)] {
        let read = log
            .read(at(from), limit)
            .filter(|it| it.as_ref().is_ok_and(|it| wanted(&it.event.kind)));
        let found = log.read_kinds(at(from), limit, wanted);
        assert_eq!(found.collect::<Vec<_>>(), read.collect::<Vec<_>>(), "{limit} from {from}");
    }
}

fn what_was_appended_is_read_as_it_was(new_log: NewLog<'_>) {
    let log = new_log(steady());
    let mut given = event("story-1", "Ket signs the \"Varegia\" accord\n—Токса");
    given.version = 7;
    given.correlation = Some(Uuid::from_u128(1));
    given.causation = Some(Uuid::from_u128(2));
    "https://arpo.example/?q=\"a\\b\"".clone_into(&mut given.source);
    append(&*log, vec![any("story-0", "x"), (given.clone(), ExpectedPosition::NoneYet)]);
    let read = log.get(at(2)).expect("it can be read").expect("it is there");
    assert_eq!(read.event, given);
    assert_eq!(Some(&read), all(&*log).get(1));
}

fn a_stale_expectation_writes_nothing(new_log: NewLog<'_>) {
    let log = new_log(steady());
    append(&*log, vec![any("story-1", "a"), any("story-2", "b")]);
    let stale = |expected| {
        let outcome = log.append(vec![any("story-9", "x"), (event("story-1", "c"), expected)]);
        let stream = event("story-1", "c").stream;
        let refused = Refused::Expectation { stream, actual: Some(at(1)), expected };
        assert_eq!(outcome, Err(AppendError::Refused(refused)));
    };
    stale(ExpectedPosition::NoneYet);
    stale(ExpectedPosition::At(at(2)));
    assert_eq!(log.head(), Some(at(2)), "a refused append moved the head");
    assert_eq!(log.stream_end(&event("story-9", "x").stream), None);
    let met = log.append(vec![(event("story-1", "c"), ExpectedPosition::At(at(1)))]);
    assert_eq!(met, Ok(Written { first: at(3), last: at(3) }));
}

fn expectations_see_earlier_events_of_the_same_append(new_log: NewLog<'_>) {
    let log = new_log(steady());
    let twice = |second| {
        vec![(event("story-1", "a"), ExpectedPosition::NoneYet), (event("story-1", "b"), second)]
    };
    assert!(matches!(
        log.append(twice(ExpectedPosition::NoneYet)),
        Err(AppendError::Refused(Refused::Expectation { actual: Some(_), .. }))
    ));
    assert_eq!(log.head(), None, "half of an append was written");
    append(&*log, twice(ExpectedPosition::At(at(1))));
    assert_eq!(log.head(), Some(at(2)));
}

fn limits_refuse_and_write_nothing(new_log: NewLog<'_>) {
    let log = new_log(steady());
    let refused = |events| {
        let outcome = log.append(events);
        let Err(AppendError::Refused(refused)) = outcome else {
            unreachable!("wanted a refusal, found {outcome:?}")
        };
        refused
    };
    assert_eq!(refused(Vec::new()), Refused::Empty);
    let large = "a".repeat(MAX_EVENT_BYTES + 1);
    assert!(matches!(
        refused(vec![any("story-1", "a"), any("story-2", &large)]),
        Refused::EventTooLarge { stream, .. } if stream.as_str() == "story-2"
    ));
    let many = vec![any("story-1", "a"); MAX_COMMIT_EVENTS + 1];
    assert_eq!(refused(many), Refused::TooManyEvents { events: MAX_COMMIT_EVENTS + 1 });
    let heavy = "a".repeat(MAX_EVENT_BYTES * 3 / 4);
    assert!(matches!(refused(vec![any("story-1", &heavy); 3]), Refused::AppendTooLarge { .. }));
    assert_eq!(log.head(), None);
    append(&*log, vec![any("story-1", &heavy)]);
    append(&*log, vec![any("story-1", "a"); MAX_COMMIT_EVENTS]);
    assert_eq!(all(&*log).len(), MAX_COMMIT_EVENTS + 1);
}

fn recorded_never_goes_back(new_log: NewLog<'_>) {
    let seconds = Arc::new(AtomicI64::new(1_000));
    let hands = Arc::clone(&seconds);
    let log = new_log(Box::new(move || {
        DateTime::from_timestamp(hands.load(Ordering::SeqCst), 0).expect("a small time")
    }));
    for now in [1_000, 2_000, 1_500, 3_000] {
        seconds.store(now, Ordering::SeqCst);
        append(&*log, vec![any("story-1", "a")]);
    }
    let recorded: Vec<i64> = all(&*log).iter().map(|it| it.recorded.timestamp()).collect();
    assert_eq!(recorded, [1_000, 2_000, 2_000, 3_000]);
}

fn a_stream_has_its_own_events_in_order(new_log: NewLog<'_>) {
    let log = new_log(steady());
    append(&*log, vec![any("story-1", "a"), any("story-2", "b"), any("story-1", "c")]);
    append(&*log, vec![any("story-2", "d")]);
    append(&*log, vec![any("story-1", "e")]);
    let stream = event("story-1", "a").stream;
    let found: Vec<u64> =
        log.stream(&stream).map(|it| it.expect("it can be read").position.get()).collect();
    assert_eq!(found, [1, 3, 5]);
    assert_eq!(log.stream_end(&stream), Some(at(5)));
}

fn reading_starts_and_stops_where_told(new_log: NewLog<'_>) {
    let log = new_log(steady());
    append(&*log, vec![any("story-1", "a"), any("story-2", "b"), any("story-3", "c")]);
    append(&*log, vec![any("story-4", "d"), any("story-5", "e")]);
    let read = |from, limit| {
        let found = log.read(at(from), limit).map(|it| it.map(|it| it.position.get()));
        found.collect::<Result<Vec<u64>, _>>().expect("it can be read")
    };
    assert_eq!(read(2, 3), [2, 3, 4]);
    assert_eq!(read(5, 9), [5]);
    assert_eq!(read(6, 9), [0u64; 0]);
    assert_eq!(read(1, 0), [0u64; 0]);
    assert_eq!(read(u64::MAX, 1), [0u64; 0]);
}

fn of_writers_that_expect_the_same_end_one_wins(new_log: NewLog<'_>) {
    const WRITERS: usize = 8;
    let log = new_log(steady());
    let start = Barrier::new(WRITERS);
    let won = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    log.append(vec![(event("story-1", "a"), ExpectedPosition::NoneYet)]).is_ok()
                })
            })
            .collect();
        writers.into_iter().filter_map(|it| it.join().ok()).filter(|won| *won).count()
    });
    assert_eq!(won, 1);
    assert_eq!(log.head(), Some(at(1)));
}

fn a_follower_sees_each_event_once(new_log: NewLog<'_>) {
    const WRITERS: u64 = 4;
    const EACH: u64 = 25;
    let log = new_log(steady());
    append(&*log, vec![any("story-0", "there before")]);
    let seen = thread::scope(|scope| {
        let follower = scope.spawn(|| {
            let mut follower = Follower::new(&*log, Position::FIRST);
            let mut seen = Vec::new();
            while follower.next_position() <= at(1 + WRITERS * EACH) {
                let batch = follower.next_batch(7, LONG).expect("it can be read");
                assert!(!batch.is_empty(), "nothing came in {LONG:?}");
                seen.extend(batch.iter().map(|it| it.position.get()));
            }
            seen
        });
        for writer in 0..WRITERS {
            let log = &log;
            scope.spawn(move || {
                for number in 0..EACH {
                    append(&**log, vec![any(&format!("story-{writer}"), &number.to_string())]);
                }
            });
        }
        follower.join().expect("the follower ends")
    });
    assert_eq!(seen, (1..=1 + WRITERS * EACH).collect::<Vec<_>>());
}

fn waiting_ends_with_the_timeout(new_log: NewLog<'_>) {
    let log = new_log(steady());
    assert_eq!(log.wait_behind(None, SHORT), None);
    append(&*log, vec![any("story-1", "a"), any("story-2", "b")]);
    assert_eq!(log.wait_behind(None, SHORT), Some(at(2)));
    assert_eq!(log.wait_behind(Some(at(1)), SHORT), Some(at(2)));
    assert_eq!(log.wait_behind(Some(at(2)), SHORT), None);
    let mut beyond = Follower::new(&*log, at(9));
    assert_eq!(beyond.next_batch(1, SHORT), Ok(Vec::new()));
    assert_eq!(beyond.next_position(), at(9));
}

fn a_payload_on_several_lines_keeps_its_meaning(new_log: NewLog<'_>) {
    let log = new_log(steady());
    let mut pretty = event("story-1", "a");
    pretty.data = Payload::from_json("{\n  \"a\": 1,\r\n  \"b\": \"x\\ny\"\n}".to_owned())
        .expect("it is JSON");
    append(&*log, vec![(pretty, ExpectedPosition::Any), any("story-2", "b")]);
    let read = all(&*log);
    assert_eq!(read.len(), 2);
    let data = read.first().map(|it| it.event.data.as_json().replace(' ', ""));
    assert_eq!(data.as_deref(), Some("{\"a\":1,\"b\":\"x\\ny\"}"));
}

fn verify_gives_the_same_chain_for_the_same_events(new_log: NewLog<'_>) {
    let mut chain = |cuts: &[usize]| {
        let log = new_log(steady());
        let mut next = 0..;
        for cut in cuts {
            let texts: Vec<usize> = next.by_ref().take(*cut).collect();
            append(&*log, texts.iter().map(|it| any("story-1", &it.to_string())).collect());
        }
        let mut last = None;
        let verified = log.verify(&mut |progress| last = Some(progress)).expect("it is whole");
        assert_eq!(last.map(|it| (it.done, it.total)), Some((4, 4)));
        assert_eq!((verified.head, verified.events), (Some(at(4)), 4));
        let chains = [1, 2, 3, 4].map(|it| log.chain_at(at(it)).expect("it is whole"));
        assert_eq!(chains.last(), Some(&Some(verified.chain)));
        assert_eq!(log.chain_at(at(5)), Ok(None));
        chains
    };
    let whole = chain(&[4]);
    assert_eq!(whole, chain(&[1, 2, 1]), "the chain depends on how events were committed");
    assert_ne!(whole.first(), whole.last());
}
