//! 10,000 live subscribers of 1,000 timelines on one server: how long after an append each of those hears of it that
//! care, and what memory a subscriber takes.
//!
//! The server is the program itself, in a process of its own; this one opens the streams (server-sent events) and
//! appends with mutations. A time counts from before the mutation is sent, so making the event durable, annotating it and
//! folding it are in it.

#![expect(clippy::print_stdout, reason = "a benchmark says what it measured")]
#![expect(clippy::panic, reason = "a benchmark that cannot go on says why")]

mod editor;
mod listener;
#[path = "../running/mod.rs"]
mod running;
mod world;

use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::time::{sleep, timeout_at};

use editor::Editor;
use listener::{Heard, News};
use running::Running;

const SUBSCRIBERS: usize = 10_000;
const TIMELINES: usize = 1_000;

/// Files that either process has open beside one connection for each subscriber.
const OTHER_FILES: usize = 100;

/// Longest time that the slowest in a hundred may wait for what was appended.
const WANTED: Duration = Duration::from_millis(250);

/// After this what was not heard counts as lost.
const LOST: Duration = Duration::from_secs(10);

/// Pause between appends.
const PAUSE: Duration = Duration::from_millis(100);

/// Of each kind: what is appended, how many timelines care, and how often.
const KINDS: [(&str, usize, u32); 3] = [
    ("a story of one official", 1, 100),
    ("a story of 20 officials", 20, 20),
    ("an official, who may be in any story", TIMELINES, 5),
];

fn main() -> ExitCode {
    let files = open_files();
    if files < SUBSCRIBERS + OTHER_FILES {
        println!(
            "{SUBSCRIBERS} subscribers want {} open files, and the limit is {files}: raise it with `ulimit -n`",
            SUBSCRIBERS + OTHER_FILES
        );
        return ExitCode::FAILURE;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    if runtime.expect("a runtime").block_on(measured()) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// How many files a process may have open.
fn open_files() -> usize {
    let limits = fs::read_to_string("/proc/self/limits").expect("the kernel tells limits");
    let line = limits.lines().find_map(|it| it.strip_prefix("Max open files"));
    let soft = line.and_then(|it| it.split_whitespace().next());
    soft.and_then(|it| it.parse().ok()).unwrap_or(usize::MAX)
}

/// Prints what was measured, and says whether all was as wanted.
async fn measured() -> bool {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let key = world::prepare(folder.path(), TIMELINES);
    // More than the defaults: one address has all subscribers, and there are connections beside theirs.
    let settings = ["--connections", "20000", "--streams", "20000", "--address-rate", "0"];
    let server = Running::start(folder.path(), &[&settings[..], &["--open-reading"]].concat());
    let before = server.kilobytes("VmRSS");
    let (told, mut news) = mpsc::unbounded_channel();
    let opening = Instant::now();
    listener::open(server.address, SUBSCRIBERS, TIMELINES, &told).await;
    let after = server.kilobytes("VmRSS");
    println!(
        "{SUBSCRIBERS} subscribers of {TIMELINES} timelines, open after {:.1} s; memory {before} kB before, {after} kB with \
         them: {:.1} kB each",
        opening.elapsed().as_secs_f64(),
        kilobytes_each(after.saturating_sub(before)),
    );
    let mut editor = Editor::new(server.address, key).await;
    let mut is_well = true;
    for (what, timelines, times) in KINDS {
        let mut row = Row::default();
        for _ in 0..times {
            row.append(&mut editor, timelines, &mut news).await;
            sleep(PAUSE).await;
        }
        is_well &= row.print(what);
    }
    let most = server.kilobytes("VmHWM");
    println!("most memory {most} kB: {:.1} kB each", kilobytes_each(most.saturating_sub(before)));
    is_well
}

fn kilobytes_each(all: u64) -> f64 {
    let count = |it: u64| f64::from(u32::try_from(it).unwrap_or(u32::MAX));
    count(all) / count(u64::try_from(SUBSCRIBERS).unwrap_or(u64::MAX))
}

/// Times of appends of one kind.
#[derive(Default)]
struct Row {
    acknowledged: Vec<Duration>,
    heard: Vec<Duration>,
    lost: usize,
}

impl Row {
    /// Appends something about so many `timelines`, and waits until all subscribers of those have heard of it.
    async fn append(
        &mut self,
        editor: &mut Editor,
        timelines: usize,
        news: &mut mpsc::UnboundedReceiver<Heard>,
    ) {
        let sent = Instant::now();
        let wanted = if timelines == TIMELINES {
            editor.official().await
        } else {
            editor.story(timelines).await
        };
        self.acknowledged.push(sent.elapsed());
        let mut missing = timelines * (SUBSCRIBERS / TIMELINES);
        while missing > 0 {
            match timeout_at((sent + LOST).into(), news.recv()).await {
                Ok(Some(Heard { what, at })) if what == wanted => {
                    missing -= 1;
                    self.heard.push(at.saturating_duration_since(sent));
                }
                Ok(Some(Heard { what: News::Broken(why), .. })) => panic!("a stream broke: {why}"),
                Ok(Some(_)) => panic!("a subscriber heard of what it did not ask for"),
                Ok(None) | Err(_) => break,
            }
        }
        self.lost += missing;
    }

    fn print(&mut self, what: &str) -> bool {
        self.heard.sort();
        self.acknowledged.sort();
        let at = |of: &[Duration], part: usize| {
            let it = of.get((of.len() * part / 100).min(of.len().saturating_sub(1)));
            it.copied().unwrap_or_default()
        };
        let (p50, p99, most) = (at(&self.heard, 50), at(&self.heard, 99), at(&self.heard, 100));
        let is_well = self.lost == 0 && p99 <= WANTED;
        println!(
            "{what:<38} {:>6} heard, {} lost; p50 {:>6.1} ms, p99 {:>6.1} ms, most {:>6.1} ms; acknowledged p50 {:.1} ms{}",
            self.heard.len(),
            self.lost,
            millis(p50),
            millis(p99),
            millis(most),
            millis(at(&self.acknowledged, 50)),
            if is_well { "" } else { ": MISSED" },
        );
        is_well
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
