//! Time to open a log of 1,000,000 events of 2 KB, after `kill -9` and after a clean end, the rate of a full replay on
//! one thread, and the memory that it took. `DATELINE_EVENTS` asks for another number of events.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark tells its figures")]
#![expect(clippy::disallowed_methods, reason = "the environment says how much to measure")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs, thread};

use dateline_event::{ExpectedPosition, Payload, Position};
use dateline_log::conformance::event;
use dateline_log::limits::MAX_COMMIT_EVENTS;
use dateline_log::{LogReader, LogWriter, SledLog};

/// Names the directory to a child that is to fill it.
const FILL: &str = "DATELINE_BENCH_FILL";

const EVENT_BYTES: usize = 2_000;

fn main() {
    if let Ok(directory) = env::var(FILL) {
        fill(Path::new(&directory));
        println!("full");
        loop {
            thread::park(); // Until it is killed.
        }
    }
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let start = Instant::now();
    let mut child = Command::new(env::current_exe().unwrap())
        .env(FILL, directory.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "full\n");
    let filled = start.elapsed().as_secs_f64();
    child.kill().unwrap();
    child.wait().unwrap();
    let events = number_of_events();
    println!("filled: {events} events in {filled:.1} s");
    let start = Instant::now();
    let log = open(directory.path());
    println!("opened after kill -9: {:.2} s", start.elapsed().as_secs_f64());
    drop(log);
    let start = Instant::now();
    let log = open(directory.path());
    println!("opened after a clean end: {:.2} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let read = log.read(Position::FIRST, usize::MAX).map(Result::unwrap).count();
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(u32::try_from(read).unwrap(), events);
    println!("replayed: {read} events in {seconds:.2} s, {:.0}/s", f64::from(events) / seconds);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|it| it.starts_with("VmHWM") || it.starts_with("RssAnon")) {
        println!("{line}");
    }
}

fn number_of_events() -> u32 {
    env::var("DATELINE_EVENTS").map_or(1_000_000, |it| it.parse().unwrap())
}

fn open(directory: &Path) -> SledLog {
    SledLog::open(directory, Box::new(|| chrono::DateTime::UNIX_EPOCH)).unwrap()
}

fn fill(directory: &Path) {
    let log = open(directory);
    let numbers: Vec<u32> = (0..number_of_events()).collect();
    for commit in numbers.chunks(MAX_COMMIT_EVENTS) {
        let one = |number: &u32| {
            let mut event = event(&format!("story-{}", number % 50_000), "x");
            event.data = Payload::of(&text(u64::from(*number), EVENT_BYTES)).unwrap();
            (event, ExpectedPosition::Any)
        };
        log.append(commit.iter().map(one).collect()).unwrap();
    }
}

/// Text of `bytes` bytes with the repetitions of news: words of a vocabulary of 512.
fn text(seed: u64, bytes: usize) -> String {
    let syllables = ["ket", "var", "pola", "tos", "arp", "mili", "gov", "sen"];
    let mut state = seed;
    let mut text = String::with_capacity(bytes + 16);
    while text.len() < bytes {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        let word = usize::try_from((state >> 33) % 512).unwrap();
        for digit in [word % 8, word / 8 % 8, word / 64 % 8] {
            text.push_str(syllables.get(digit).unwrap());
        }
        text.push(' ');
    }
    text.truncate(bytes);
    text
}
