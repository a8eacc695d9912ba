//! A generated log of 1,000,000 stories of 2 KB, on the disk: how fast it is folded on all cores, beside what limits
//! that (decoding alone, a search for all names alone), how long a page takes, how soon a live event is seen, how long
//! a start from a snapshot takes, and what the view takes of memory.
//!
//! `cargo bench -p dateline-projector -- 20000` takes another number of stories.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a benchmark tells its figures, and stops where something is missing"
)]

mod generated;
mod pages;
mod saved;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use aho_corasick::{AhoCorasick, MatchKind};
use chrono::{DateTime, Utc};
use dateline_event::{Event, ExpectedPosition, Position};
use dateline_log::limits::MAX_COMMIT_EVENTS;
use dateline_log::{LogReader, LogWriter, SledLog};
use dateline_projector::{Projector, Standard};

use generated::World;
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const SEED: u64 = 20_261_128;
const STORIES: u64 = 1_000_000;

/// Stories that are searched for the pattern scan alone: enough to know its rate.
const SCANNED: u64 = 50_000;

/// Events that a thread decodes at once.
const SHARE: u64 = 4_096;

fn main() {
    if saved::is_child() {
        return saved::child();
    }
    let stories = std::env::args().skip(1).find_map(|it| it.parse().ok()).unwrap_or(STORIES);
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let world = World::new(SEED, stories);
    let log = open(directory.path());
    let (events, seconds) = timed(|| fill(&log, &world, stories));
    println!("log: {stories} stories, {events} events, written in {seconds:.1} s");
    let log = Arc::new(log);
    let decoded = costed("decoding alone", events, || decode_alone(&log));
    let scanned = stories.min(SCANNED);
    let scanned = costed("search alone", scanned, || scan_alone(&world, scanned));
    pages::run(&log, stories);
    let mut projector = projector(&log);
    let before = resident();
    let (rebuilt, seconds) = costed("rebuild", stories, || {
        timed(|| projector.rebuild().run(&|_| ControlFlow::Continue(())))
    });
    let rate = float(stories) / seconds;
    // Decoding and searching one after the other, each on all cores.
    let limit = 1.0 / (1.0 / decoded + 1.0 / scanned);
    println!(
        "rebuild: {rate:.0} stories/s end to end on {} threads; decoding alone {decoded:.0}/s, search alone \
         {scanned:.0}/s, both {limit:.0}/s: ratio {:.3}",
        threads(),
        rate / limit
    );
    println!("memory: {} MB more after the rebuild, {} MB at most", resident() - before, peak());
    projector.adopt(rebuilt.unwrap()).unwrap();
    saved::run(&projector, &log, &world, directory.path());
    live(projector, &log, &world, stories);
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed().as_secs_f64())
}

/// Does `work` and tells how much time of all cores it took for each of `count`: what a busy machine disturbs least.
fn costed<T>(what: &str, count: u64, work: impl FnOnce() -> T) -> T {
    let before = processor_seconds();
    let done = work();
    let micros = (processor_seconds() - before) * 1e6 / float(count);
    println!("  {what}: {micros:.1} µs of processor each");
    done
}

/// Time that all threads of this process had a core, as far as the system counts it (in hundredths of a second).
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    let fields = behind_name.split_whitespace().skip(11).take(2);
    fields.filter_map(|it| it.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn float(number: u64) -> f64 {
    f64::from(u32::try_from(number).unwrap())
}

fn threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap()
}

fn open(directory: &Path) -> SledLog {
    SledLog::open(&directory.join("log"), Box::new(Utc::now)).unwrap()
}

fn projector(log: &Arc<SledLog>) -> Projector {
    let log: Arc<dyn LogReader> = log.clone();
    Projector::new(log, Arc::new(Standard), threads())
}

/// The kilobytes that `field` of the process's status has, in MB.
fn status(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix(field));
    let kilobytes = line.and_then(|it| it.split_whitespace().nth(1)?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}

fn resident() -> u64 {
    status("RssAnon")
}

fn peak() -> u64 {
    status("VmHWM")
}

/// Appends the registry and the stories, and says how many events there are then.
fn fill(log: &SledLog, world: &World, stories: u64) -> u64 {
    let all = world.registry().into_iter().chain((0..stories).flat_map(|it| world.story(it)));
    let mut commit = Vec::with_capacity(MAX_COMMIT_EVENTS);
    for event in all {
        commit.push((event.into_new("bench", DateTime::UNIX_EPOCH), ExpectedPosition::Any));
        if commit.len() == MAX_COMMIT_EVENTS {
            log.append(std::mem::take(&mut commit)).unwrap();
        }
    }
    if !commit.is_empty() {
        log.append(commit).unwrap();
    }
    log.head().map_or(0, Position::get)
}

/// Does `work` for the numbers from 0 up to `jobs` on all cores.
fn on_all_cores(jobs: u64, work: impl Fn(u64) + Sync) {
    let next = std::sync::atomic::AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads().get() {
            scope.spawn(|| {
                loop {
                    let job = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    if job >= jobs {
                        return;
                    }
                    work(job);
                }
            });
        }
    });
}

/// Events a second that all cores read and decode, and do nothing else.
fn decode_alone(log: &SledLog) -> f64 {
    let events = log.head().map_or(0, Position::get);
    let ((), seconds) = timed(|| {
        on_all_cores(events.div_ceil(SHARE), |job| {
            let from = Position::new(job * SHARE + 1).unwrap();
            for envelope in log.read(from, usize::try_from(SHARE).unwrap()) {
                std::hint::black_box(Event::decode(&envelope.unwrap()).unwrap());
            }
        });
    });
    float(events) / seconds
}

/// Stories a second that all cores search for every name, office and term at once.
fn scan_alone(world: &World, stories: u64) -> f64 {
    let mut builder = AhoCorasick::builder();
    let builder = builder.match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true);
    let search = builder.build(world.patterns()).unwrap();
    let bodies: Vec<String> = (0..stories.min(5_000)).map(|it| world.body_of(it)).collect();
    let rounds = stories.div_ceil(u64::try_from(bodies.len()).unwrap());
    let ((), seconds) = timed(|| {
        on_all_cores(rounds, |_| {
            for body in &bodies {
                std::hint::black_box(search.find_iter(body).count());
            }
        });
    });
    float(rounds) * float(u64::try_from(bodies.len()).unwrap()) / seconds
}

/// Live events: from the answer to the writer until readers see them.
fn live(mut projector: Projector, log: &Arc<SledLog>, world: &World, stories: u64) {
    const EVENTS: u64 = 500;
    let views = projector.views();
    let done = std::sync::atomic::AtomicBool::new(false);
    let mut times = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Acquire) {
                let seen = views.current().position();
                log.wait_behind(seen, std::time::Duration::from_millis(50));
                projector.advance().unwrap();
            }
        });
        for at in 0..EVENTS {
            let event = world.story(stories + at).swap_remove(0);
            let event = (event.into_new("bench", DateTime::UNIX_EPOCH), ExpectedPosition::Any);
            let written = log.append(vec![event]).unwrap();
            let start = Instant::now();
            while views.current().position() < Some(written.last) {
                std::thread::yield_now();
            }
            times.push(start.elapsed());
        }
        done.store(true, std::sync::atomic::Ordering::Release);
    });
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    println!("live event until it is seen: p50 {:?}, p99 {:?}", at(50), at(99));
}
