//! The log on disk: who may open it, and what it finds again.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of tests fail as tests do")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use chrono::DateTime;
use dateline_event::{ExpectedPosition, Payload, Position};
use dateline_log::conformance::event;
use dateline_log::{Clock, EventLog, LogReader, LogWriter, NewEvents, OpenError, SledLog};

fn clock() -> Clock {
    Box::new(|| DateTime::UNIX_EPOCH)
}

fn open(directory: &Path) -> SledLog {
    SledLog::open(directory, clock()).unwrap()
}

fn refusal(directory: &Path) -> OpenError {
    match SledLog::open(directory, clock()) {
        Ok(_) => panic!("the log in {} opened", directory.display()),
        Err(error) => error,
    }
}

fn one(stream: &str, text: &str) -> NewEvents {
    vec![(event(stream, text), ExpectedPosition::Any)]
}

#[test]
fn a_reopened_log_has_what_was_acknowledged_and_goes_on() {
    let directory = tempfile::tempdir().unwrap();
    let log = open(directory.path());
    for number in 0..40 {
        log.append(one(&format!("story-{}", number % 3), &number.to_string())).unwrap();
    }
    let before = log.verify(&mut |_| {}).unwrap();
    drop(log);
    let log = open(directory.path());
    assert_eq!(log.verify(&mut |_| {}).unwrap(), before);
    let stream = event("story-1", "").stream;
    assert_eq!(log.stream_end(&stream), Position::new(38));
    assert_eq!(log.stream(&stream).count(), 13);
    assert_eq!(log.append(one("story-1", "40")).unwrap().first.get(), 41);
}

#[test]
fn a_second_owner_is_told_which_directory_is_in_use() {
    let directory = tempfile::tempdir().unwrap();
    let log = open(directory.path());
    let error = refusal(directory.path());
    assert!(matches!(error, OpenError::InUse { .. }), "{error}");
    assert!(error.to_string().contains(&*directory.path().to_string_lossy()), "{error}");
    drop(log);
    drop(open(directory.path()));
}

#[test]
fn a_newer_format_is_refused_with_both_versions() {
    let directory = tempfile::tempdir().unwrap();
    drop(open(directory.path()));
    fs::write(directory.path().join("format"), "dateline-log 7\n").unwrap();
    let error = refusal(directory.path()).to_string();
    assert!(error.contains("version 7") && error.contains("version 2"), "{error}");
}

#[test]
fn a_directory_of_something_else_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let letter = directory.path().join("letter.txt");
    fs::write(&letter, "dear Varegia").unwrap();
    assert!(matches!(refusal(directory.path()), OpenError::NotALog { .. }));
    assert_eq!(fs::read_to_string(letter).unwrap(), "dear Varegia");
    assert!(!directory.path().join("sled").exists());
}

#[test]
fn a_place_where_no_directory_can_be_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "").unwrap();
    let error = refusal(&file.join("log")).to_string();
    assert!(error.contains("file/log"), "{error}");
}

/// sled keeps long pages in files that nobody syncs: an acknowledged event there does not survive a
/// power cut. So not one may come to be, however long the events are and however badly they
/// compress.
#[test]
fn long_events_stay_in_the_file_that_is_synced() {
    let directory = tempfile::tempdir().unwrap();
    let log = open(directory.path());
    let mut state = 1u64;
    let mut noise = |bytes: usize| {
        let mut text = String::with_capacity(bytes + 16);
        while text.len() < bytes {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            write!(text, "{state:016x}").unwrap();
        }
        text
    };
    for bytes in [10, 1_000_000, 7_000, 15_000, 200_000].repeat(6) {
        let mut long = event("story-1", "x");
        long.data = Payload::of(&noise(bytes)).unwrap();
        log.append(vec![(long, ExpectedPosition::Any)]).unwrap();
    }
    drop(log);
    let log = open(directory.path());
    assert_eq!(log.verify(&mut |_| {}).unwrap().events, 30);
    assert_eq!(fs::read_dir(directory.path().join("sled/blobs")).unwrap().count(), 0);
}

#[test]
fn a_log_that_lost_acknowledged_events_does_not_open() {
    let directory = tempfile::tempdir().unwrap();
    let early = tempfile::tempdir().unwrap();
    let log = open(directory.path());
    log.append(one("story-1", "a")).unwrap();
    drop(log);
    copy(&directory.path().join("sled"), early.path());
    let log = open(directory.path());
    log.append(one("story-1", "b")).unwrap();
    drop(log);
    fs::remove_dir_all(directory.path().join("sled")).unwrap();
    copy(early.path(), &directory.path().join("sled"));
    let error = refusal(directory.path());
    let OpenError::Damaged { damage, .. } = &error else { panic!("{error}") };
    assert_eq!(damage.first.get(), 2);
    assert!(error.to_string().contains("position 2 was acknowledged"), "{error}");
}

#[test]
fn a_log_with_another_history_than_was_acknowledged_does_not_open() {
    let ours = tempfile::tempdir().unwrap();
    let theirs = tempfile::tempdir().unwrap();
    open(ours.path()).append(one("story-1", "a")).unwrap();
    open(theirs.path()).append(one("story-1", "b")).unwrap();
    fs::copy(theirs.path().join("witness"), ours.path().join("witness")).unwrap();
    let error = refusal(ours.path());
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
