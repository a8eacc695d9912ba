//! A child process appends from many threads and is killed at a random acknowledgement, or its disk
//! fills up. What it acknowledged is there afterwards.
//!
//! The child is this test program itself, told to run one ignored test in a directory of its own.
//! It prints a line for each acknowledgement, so nothing here waits for a clock.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use chrono::DateTime;
use dateline_event::{ExpectedPosition, Position};
use dateline_log::conformance::event;
use dateline_log::{EventLog, LogReader, LogWriter, SledLog};
use proptest::prelude::*;

const WRITERS: u64 = 8;

/// The file that tells the child that the directory is for it.
const MARK: &str = "append-here";

fn open(directory: &Path) -> SledLog {
    SledLog::open(directory, Box::new(|| DateTime::UNIX_EPOCH)).unwrap()
}

#[test]
#[ignore = "run by the other tests here, as their child"]
fn child_that_appends_until_it_is_stopped() {
    if !Path::new(MARK).exists() {
        return; // Somebody runs all ignored tests: this one would never end.
    }
    let log = open(Path::new("log"));
    let stopped = AtomicU64::new(0);
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (log, stopped) = (&log, &stopped);
            scope.spawn(move || {
                for number in 0.. {
                    let text = format!("{writer}-{number}-{}", "Varegia ".repeat(50));
                    let one = (event(&format!("story-{writer}"), &text), ExpectedPosition::Any);
                    match log.append(vec![one]) {
                        // One write, so that a line is there as a whole or not at all.
                        Ok(written) => println!("{}", format_args!("ack {} {text}", written.last)),
                        Err(error) => {
                            println!("{}", format_args!("stopped {error}"));
                            stopped.fetch_add(1, Ordering::SeqCst);
                            return;
                        }
                    }
                }
            });
        }
    });
    assert_eq!(stopped.into_inner(), WRITERS);
}

/// Starts the child in `directory`, through a shell that first runs `prepare`.
fn child(directory: &Path, prepare: &str) -> Child {
    std::fs::write(directory.join(MARK), "").unwrap();
    let program = std::env::current_exe().unwrap();
    Command::new("sh")
        .args(["-c", &format!("{prepare} exec \"$@\""), "sh"])
        .arg(program)
        .args(["--exact", "child_that_appends_until_it_is_stopped", "--ignored", "--nocapture"])
        .current_dir(directory)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The acknowledgements among the lines of a child, by position.
fn acknowledged(line: &str, into: &mut BTreeMap<u64, String>) {
    let Some((position, text)) = line.strip_prefix("ack ").and_then(|it| it.split_once(' ')) else {
        return;
    };
    assert!(into.insert(position.parse().unwrap(), text.to_owned()).is_none(), "given twice");
}

/// Opens what the child left, and checks that each acknowledged event is where it was acknowledged.
fn check(directory: &Path, acknowledged: &BTreeMap<u64, String>) {
    let log = open(&directory.join("log"));
    let verified = log.verify(&mut |_| {}).unwrap();
    let last = acknowledged.keys().next_back().copied().unwrap_or(0);
    assert!(verified.events >= last, "{} events, {last} acknowledged", verified.events);
    for (position, text) in acknowledged {
        let found = log.get(Position::new(*position).unwrap()).unwrap().unwrap();
        assert_eq!(found.event.data.as_json(), format!("\"{text}\""));
    }
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let config = ProptestConfig { cases: 6, failure_persistence: None, ..Default::default() };
    proptest!(config, |(rounds in prop::collection::vec(1usize..400, 1..4))| {
        let directory = tempfile::tempdir().unwrap();
        let mut known = BTreeMap::new();
        for acknowledgements in rounds {
            let mut child = child(directory.path(), "");
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            for line in lines.by_ref().take(acknowledgements) {
                acknowledged(&line.unwrap(), &mut known);
            }
            child.kill().unwrap();
            // What was printed before the kill was acknowledged too; the last line may be cut.
            let rest: Vec<String> = lines.map_while(Result::ok).collect();
            for line in rest.iter().filter(|it| it.ends_with("Varegia ")) {
                acknowledged(line, &mut known);
            }
            child.wait().unwrap();
            check(directory.path(), &known);
        }
    });
}

/// The limit on the size of a file makes the kernel write short, and then refuse: as on a full
/// disk, without one.
#[test]
fn what_was_acknowledged_survives_a_file_that_can_grow_no_more() {
    let directory = tempfile::tempdir().unwrap();
    let child = child(directory.path(), "trap '' XFSZ; ulimit -f 3000;");
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut known = BTreeMap::new();
    text.lines().for_each(|line| acknowledged(line, &mut known));
    let stopped: Vec<&str> = text.lines().filter_map(|it| it.strip_prefix("stopped ")).collect();
    assert_eq!(stopped.len(), 8, "not every writer was told: {stopped:?}");
    assert!(stopped.iter().any(|it| it.contains("unknown whether")), "{stopped:?}");
    assert!(stopped.iter().all(|it| it.contains("log/sled/db")), "{stopped:?}");
    assert!(known.len() > 100, "only {} were acknowledged", known.len());
    check(directory.path(), &known);
}
