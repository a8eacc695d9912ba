//! `dateline log drill` as the child of a test: what it acknowledged must be in the log afterwards.

#![expect(
    clippy::disallowed_methods,
    reason = "the environment says how often to try, and the time is the seed when it names none"
)]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::program::{Ended, binary};

/// What was acknowledged: the id of the event at each position.
#[derive(Default)]
pub(crate) struct Acknowledged(BTreeMap<u64, String>);

impl Acknowledged {
    /// Takes down one line of a drill. A line that was cut by a kill is no acknowledgement that anyone has read.
    pub(crate) fn note(&mut self, line: &str) {
        let mut words = line.strip_prefix("ack ").unwrap_or_default().split(' ');
        let (Some(position), Some(id)) = (words.next(), words.next()) else { return };
        if id.len() == 36 {
            let position = position.parse().expect("a position is a number");
            let before = self.0.insert(position, id.to_owned());
            assert_eq!(before, None, "position {position} was given twice");
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// A drill in `data`; its lines come from standard output.
pub(crate) fn start(data: &Path, writers: u64) -> Child {
    command(data, &["log", "drill", "--writers", &writers.to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// Reads acknowledgements of a running drill until `enough` of them are there.
pub(crate) fn read_some(child: &mut Child, enough: usize, known: &mut Acknowledged) {
    // Byte by byte would be slow, and a reader that is dropped takes along what it read ahead: so the child keeps one
    // pipe, and what is left in the reader is read here too.
    let mut out = BufReader::new(child.stdout.as_mut().expect("standard output is a pipe"));
    let mut line = String::new();
    let wanted = known.len() + enough;
    while known.len() < wanted || !out.buffer().is_empty() {
        line.clear();
        assert_ne!(out.read_line(&mut line).expect("the drill prints text"), 0, "it ended");
        known.note(line.trim_end());
    }
}

/// Kills the drill, and reads what it still said.
pub(crate) fn kill(mut child: Child, known: &mut Acknowledged) {
    child.kill().expect("the drill runs");
    let out = BufReader::new(child.stdout.take().expect("standard output is a pipe"));
    for line in out.split(b'\n') {
        known.note(&String::from_utf8_lossy(&line.expect("the pipe can be read")));
    }
    child.wait().expect("the drill ends");
}

/// Opens and verifies what is in `data`, and checks that it is dense, readable, and has each acknowledged event at its
/// position. Gives the number of events.
pub(crate) fn check(data: &Path, known: &Acknowledged) -> u64 {
    let verified = ended(data, &["log", "verify", "--json"]);
    let found: Value = serde_json::from_str(&verified).expect("verify prints JSON");
    let events = found["events"].as_u64().expect("a number of events");
    let all = ended(data, &["log", "export", "-"]);
    let mut ids = BTreeMap::new();
    for (position, line) in (1u64..).zip(all.lines()) {
        let event: Value = serde_json::from_str(line).expect("an event is JSON");
        assert_eq!(event["position"], position.to_string(), "a gap or a repeat");
        ids.insert(position, event["id"].as_str().expect("an event has an id").to_owned());
    }
    assert_eq!(u64::try_from(ids.len()).ok(), Some(events));
    for (position, id) in &known.0 {
        assert_eq!(
            ids.get(position),
            Some(id),
            "acknowledged at position {position} and not there"
        );
    }
    events
}

fn ended(data: &Path, args: &[&str]) -> String {
    let ended = Ended::of(command(data, args).output().expect("the program starts"));
    assert_eq!(ended.code, Some(0), "{args:?}: {}", ended.stderr);
    ended.stdout
}

fn command(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.arg("--data").arg(data).args(args);
    command.env_remove("DATELINE_DATA").env_remove("DATELINE_LOG").stdin(Stdio::null());
    command
}

/// Random numbers from a seed (an LCG of Knuth), so that a round can be had again.
pub(crate) struct Dice(u64);

impl Dice {
    /// The seed is `DATELINE_SEED`, or the time.
    pub(crate) fn of_environment() -> Self {
        let seed = number_of("DATELINE_SEED").unwrap_or_else(|| {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            u64::from(now.expect("the clock is right").subsec_nanos())
        });
        eprintln!("DATELINE_SEED={seed}");
        Self(seed)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) % end
    }
}

/// The number in an environment variable, if it is set.
pub(crate) fn number_of(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is `{text}`, wanted a number")))
}
