//! What was taken out of a log and into another is the same log.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::io::{BufRead, Cursor};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::DateTime;
use dateline_event::{ExpectedPosition, Payload, Position};
use dateline_log::conformance::event;
use dateline_log::{
    BackupError, EventLog, ImportError, LogReader, LogWriter, SledLog, backup, export, import,
};
use proptest::prelude::*;

fn at(position: u64) -> Position {
    Position::new(position).unwrap()
}

/// Opens a log whose clock moves on by a fraction of a second a commit.
fn open(directory: &Path) -> SledLog {
    let now = AtomicI64::new(1_700_000_000_000_000_000);
    let clock =
        move || DateTime::from_timestamp_nanos(now.fetch_add(987_654_321, Ordering::SeqCst));
    SledLog::open(directory, Box::new(clock)).unwrap()
}

fn fill(log: &SledLog, texts: &[String]) {
    for (commit, texts) in texts.chunks(3).enumerate() {
        let events = texts.iter().map(|text| {
            let mut event = event(&format!("story-{}", commit % 4), text);
            event.data = Payload::of(text).unwrap();
            (event, ExpectedPosition::Any)
        });
        log.append(events.collect()).unwrap();
    }
}

fn exported(log: &SledLog, from: u64, to: u64) -> String {
    let mut out = Vec::new();
    export(log, at(from)..=at(to), &mut out, &mut |_| {}).unwrap();
    String::from_utf8(out).unwrap()
}

fn taken(log: &SledLog, text: &str) -> Result<u64, ImportError> {
    let text = text.to_owned();
    let mut lines = move || {
        let lines: Box<dyn BufRead> = Box::new(Cursor::new(text.clone()));
        Ok(lines)
    };
    import(log, &mut lines, &|_| Ok(()), &mut |_| {})
}

fn ten() -> Vec<String> {
    (0..10).map(|number| format!("Polavia and Ket sign accord {number}")).collect()
}

#[test]
fn importing_what_was_exported_is_an_identity() {
    let config = ProptestConfig { cases: 8, failure_persistence: None, ..Default::default() };
    proptest!(config, |(texts in prop::collection::vec(".{0,40}", 1..30), cut in 0u64..30)| {
        let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (log, copy) = (open(ours.path()), open(theirs.path()));
        fill(&log, &texts);
        let total = u64::try_from(texts.len()).unwrap();
        let cut = cut.clamp(1, total);
        // In two pieces: the second continues a log that is not empty.
        taken(&copy, &exported(&log, 1, cut)).unwrap();
        taken(&copy, &exported(&log, cut + 1, u64::MAX)).unwrap();
        prop_assert_eq!(copy.verify(&mut |_| {}).unwrap(), log.verify(&mut |_| {}).unwrap());
        prop_assert_eq!(exported(&copy, 1, u64::MAX), exported(&log, 1, u64::MAX));
    });
}

#[test]
fn a_bad_line_is_named_and_nothing_is_written() {
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (log, copy) = (open(ours.path()), open(theirs.path()));
    fill(&log, &ten());
    let good = exported(&log, 1, 10);
    let lines: Vec<&str> = good.lines().collect();
    let with = |number: usize, line: &str| {
        let mut lines = lines.clone();
        lines[number - 1] = line;
        lines.join("\n")
    };
    let short = &lines[6][..lines[6].len() / 2];
    let cases = [
        ("cut off", with(7, short), "line 7 "),
        (
            "a gap",
            lines[..4].iter().chain(&lines[5..]).copied().collect::<Vec<_>>().join("\n"),
            "line 5 ",
        ),
        ("a repeat", with(4, lines[2]), "line 4 "),
        ("wrong order", with(9, lines[9]), "line 9 "),
        ("not ours", with(2, "{\"hello\":\"world\"}"), "line 2 "),
        ("a future version", with(3, &lines[2].replace("\"1.0\"", "\"2.0\"")), "line 3 "),
        ("one more attribute", with(3, &lines[2].replacen('{', "{\"x\":1,", 1)), "line 3 "),
        ("time goes back", with(8, &lines[7].replace("2023", "2022")), "line 8 "),
        ("not from the start", lines[1..].join("\n"), "line 1 "),
        ("an empty line", with(6, ""), "line 6 "),
        ("no line end", good.trim_end().to_owned(), "line 10 "),
        ("a line without end", with(5, &"x".repeat(2_000_000)), "line 5 "),
    ];
    for (what, text, named) in cases {
        let error = taken(&copy, &text).expect_err(what).to_string();
        assert!(error.starts_with(named), "{what}: {error}");
        assert_eq!(copy.head(), None, "{what}: something was written");
    }
    assert_eq!(taken(&copy, &good).unwrap(), 10);
    assert!(matches!(taken(&copy, &good), Err(ImportError::Order { line: 1, .. })), "taken twice");
}

#[test]
fn a_backup_made_beside_a_writer_is_the_log_up_to_some_head() {
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let log = open(ours.path());
    fill(&log, &ten());
    let copied = std::thread::scope(|scope| {
        let writer = scope.spawn(|| (0..20).for_each(|_| fill(&log, &ten())));
        let copied = backup(&log, theirs.path(), &mut |_| {}).unwrap();
        writer.join().unwrap();
        copied
    });
    assert!(copied.events >= 10);
    let copy = open(theirs.path());
    let whole = exported(&log, 1, copied.events);
    assert_eq!(exported(&copy, 1, u64::MAX), whole);
    drop(copy);
    let again = backup(&log, theirs.path(), &mut |_| {});
    assert!(matches!(again, Err(BackupError::NotEmpty { .. })));
}
