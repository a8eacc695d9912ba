//! What the log does when a step of a commit fails.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use dateline_event::{ExpectedPosition, Position};

use super::store::{Faults, Step};
use super::{SledLog, open};
use crate::append::{AppendError, Refused};
use crate::conformance::event;
use crate::contract::{Clock, EventLog, LogReader, LogWriter, NewEvents};

fn clock() -> Clock {
    Box::new(|| DateTime::<Utc>::UNIX_EPOCH)
}

fn one(text: &str) -> NewEvents {
    vec![(event("story-1", text), ExpectedPosition::Any)]
}

/// The disk fails `step` of the commit after `good` ones, once.
fn failing(step: Step, good: u64) -> Faults {
    let seen = Arc::new(AtomicU64::new(0));
    Box::new(move |at| {
        if at == step && seen.fetch_add(1, Ordering::SeqCst) == good {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    })
}

fn open_failing(directory: &Path, step: Step) -> SledLog {
    open::open(directory, clock(), failing(step, 2)).unwrap()
}

#[test]
fn a_failed_step_poisons_the_log_and_loses_nothing_acknowledged() {
    for step in [Step::Put, Step::Flush, Step::Sync] {
        let directory = tempfile::tempdir().unwrap();
        let log = open_failing(directory.path(), step);
        log.append(one("a")).unwrap();
        log.append(one("b")).unwrap();
        let Err(AppendError::Unknown(unknown)) = log.append(one("c")) else {
            panic!("a failed {step:?} was not reported as unknown")
        };
        assert!(unknown.reason.contains("sled/db"), "{} names no file", unknown.reason);
        assert!(unknown.reason.contains("no storage space"), "{} names no cause", unknown.reason);
        let refused = log.append(one("d"));
        let reason = unknown.reason.clone();
        assert_eq!(refused, Err(AppendError::Refused(Refused::Poisoned { reason })));
        assert_eq!(log.poisoned(), Some(unknown.reason));
        assert_eq!(log.head(), Position::new(2), "a reader sees an event that may vanish");
        assert_eq!(log.read(Position::FIRST, 9).flatten().count(), 2);
        drop(log);

        let log = SledLog::open(directory.path(), clock()).unwrap();
        let verified = log.verify(&mut |_| {}).unwrap();
        assert!((2..=3).contains(&verified.events), "{verified:?} after a failed {step:?}");
        log.append(one("e")).unwrap();
    }
}

#[test]
fn every_writer_of_a_failed_commit_is_told_and_no_position_is_given_twice() {
    let directory = tempfile::tempdir().unwrap();
    let log = open::open(directory.path(), clock(), failing(Step::Sync, 0)).unwrap();
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8).map(|_| scope.spawn(|| log.append(one("a")))).collect();
        writers.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert!(outcomes.iter().all(Result::is_err), "{outcomes:?}");
    assert!(outcomes.iter().any(|it| matches!(it, Err(AppendError::Unknown(_)))));
    assert_eq!(log.head(), None);
}
