//! One byte of a closed log is changed, many times over: each change is found at open or by
//! `verify`, or all events are as they were.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]
#![expect(clippy::disallowed_methods, reason = "the environment says how often to try")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use dateline_event::{Envelope, ExpectedPosition, Position};
use dateline_log::conformance::event;
use dateline_log::{Clock, EventLog, LogReader, LogWriter, SledLog};
use proptest::prelude::*;
use tempfile::TempDir;

fn clock() -> Clock {
    Box::new(|| DateTime::UNIX_EPOCH)
}

fn all(log: &SledLog) -> Vec<Envelope> {
    log.read(Position::FIRST, usize::MAX).map(Result::unwrap).collect()
}

/// A closed log of commits of one to 40 events, opened once in between, so that sled has written a
/// snapshot.
fn closed_log() -> (TempDir, Vec<Envelope>) {
    let directory = tempfile::tempdir().unwrap();
    for round in 0..2u32 {
        let log = SledLog::open(directory.path(), clock()).unwrap();
        for commit in 0..80u32 {
            let events = (0..=commit % 40).map(|number| {
                let text = format!("Toskarbaliev spoke in Ket, {round}.{commit}.{number}");
                (event(&format!("story-{}", number % 7), &text), ExpectedPosition::Any)
            });
            log.append(events.collect()).unwrap();
        }
    }
    let log = SledLog::open(directory.path(), clock()).unwrap();
    let events = all(&log);
    drop(log);
    (directory, events)
}

fn files_in(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_in(&path));
        } else if fs::metadata(&path).unwrap().len() > 0 {
            files.push(path);
        }
    }
    files.sort();
    files
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

/// Where a change was found.
#[derive(Debug, PartialEq, Eq)]
enum Finding {
    AtOpen(String),
    ByVerify(String),
    Nowhere(Vec<Envelope>),
}

fn change(file: &Path, place: u64, mask: u8) {
    let file = fs::File::options().read(true).write(true).open(file).unwrap();
    let mut byte = [0];
    file.read_exact_at(&mut byte, place).unwrap();
    file.write_all_at(&byte.map(|it| it ^ mask), place).unwrap();
}

fn examine(directory: &Path) -> Finding {
    let log = match SledLog::open(directory, clock()) {
        Ok(log) => log,
        Err(error) => return Finding::AtOpen(error.to_string()),
    };
    match log.verify(&mut |_| {}) {
        Ok(_) => Finding::Nowhere(all(&log)),
        Err(error) => Finding::ByVerify(error.to_string()),
    }
}

#[test]
fn a_changed_byte_is_found_or_touches_no_event() {
    let (pristine, events) = closed_log();
    let mut files = files_in(pristine.path());
    // The file with the events is one of five, and matters most.
    files.extend(vec![pristine.path().join("sled/db"); 2 * files.len()]);
    let flips = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1..=u8::MAX);
    let cases = std::env::var("DATELINE_FLIPS").map_or(60, |it| it.parse().unwrap());
    let config = ProptestConfig { cases, failure_persistence: None, ..Default::default() };
    let tally = RefCell::new(BTreeMap::<String, [u32; 3]>::new());
    proptest!(config, |((file, place, mask) in flips)| {
        let damaged = tempfile::tempdir().unwrap();
        copy(pristine.path(), damaged.path());
        let file = file.get(&files).strip_prefix(pristine.path()).unwrap();
        // The name of a snapshot ends in a number of sled's own.
        let name = file.with_extension("").display().to_string();
        let file = damaged.path().join(file);
        let bytes = usize::try_from(fs::metadata(&file).unwrap().len()).unwrap();
        change(&file, place.index(bytes).try_into().unwrap(), mask);
        let finding = examine(damaged.path());
        let column = match &finding {
            Finding::AtOpen(_) => 0,
            Finding::ByVerify(_) => 1,
            Finding::Nowhere(_) => 2,
        };
        tally.borrow_mut().entry(name).or_default()[column] += 1;
        if let Finding::Nowhere(found) = finding {
            prop_assert!(found == events, "an event changed and nobody said so");
        }
    });
    println!("file: found at open, found by verify, touches no event");
    for (file, [at_open, by_verify, nowhere]) in tally.into_inner() {
        println!("{file}: {at_open}, {by_verify}, {nowhere}");
    }
}
