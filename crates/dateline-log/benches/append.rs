//! Appends, each acknowledged when it is durable, beside the same events on a plain append-only
//! file with one `fdatasync` a batch, in the same run. Prints the ratio of the two.
//!
//! Both are given the same events, made beforehand, and store them as the same JSON. The plain file
//! does the least that the promise needs: it has no positions, no index, no digests and no
//! expectations, and it does not compress.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark tells its figures"
)]

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dateline_event::cloud_event::OpenLine;
use dateline_event::{ExpectedPosition, NewEvent, Payload};
use dateline_log::conformance::event;
use dateline_log::limits::{MAX_COMMIT_EVENTS, QUEUE_LENGTH};
use dateline_log::{LogWriter, SledLog};

/// Appends of one event by each writer that are timed together.
const EACH: u64 = 32;

/// Rounds of both, one after the other, that the ratio is taken from.
const ROUNDS: usize = 41;

/// Something that takes one event and returns when it is durable.
type Append<'a> = &'a (dyn Fn(NewEvent) + Sync);

/// The text of the invented news pages, one after the other.
fn news() -> String {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/layouts/pages");
    let mut paths: Vec<_> = fs::read_dir(pages).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// About `bytes` bytes of `news`, another part for each `number`.
fn text(news: &str, number: u64, bytes: usize) -> &str {
    let from = usize::try_from(number * 997).unwrap() % (news.len() - bytes);
    let start = character_at(news, from);
    &news[start..character_at(news, start + bytes)]
}

/// Where the character starts that the byte at `at` is of.
fn character_at(news: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| news.is_char_boundary(*at)).unwrap()
}

/// Appends by some writers, one after the other each.
struct Work {
    /// For each writer, what it appends.
    events: Vec<Vec<NewEvent>>,
}

impl Work {
    fn new(news: &str, bytes: usize, writers: u64) -> Self {
        let one = |writer, number| new_event(writer, text(news, writer * EACH + number, bytes));
        let of = |writer| (0..EACH).map(|number| one(writer, number)).collect();
        Self { events: (0..writers).map(of).collect() }
    }

    fn appends(&self) -> u64 {
        u64::try_from(self.events.iter().map(Vec::len).sum::<usize>()).unwrap()
    }

    fn time(&self, append: Append<'_>) -> Duration {
        let events = self.events.clone();
        let start = Instant::now();
        thread::scope(|scope| {
            for events in events {
                scope.spawn(move || events.into_iter().for_each(append));
            }
        });
        start.elapsed()
    }
}

fn new_event(writer: u64, text: &str) -> NewEvent {
    let mut event = event(&format!("story-{writer}"), "x");
    event.data = Payload::of(&text).unwrap();
    event
}

fn open_log(directory: &Path) -> SledLog {
    SledLog::open(directory, Box::new(|| chrono::DateTime::UNIX_EPOCH)).unwrap()
}

/// The least that the promise needs: a file, a thread that writes what waits and syncs it.
struct PlainFile {
    queue: Option<SyncSender<Line>>,
    committer: Option<thread::JoinHandle<()>>,
}

type Line = (String, SyncSender<()>);

impl PlainFile {
    fn create(directory: &Path) -> Self {
        let mut file = File::create(directory.join("plain")).unwrap();
        let (queue, lines): (SyncSender<Line>, Receiver<Line>) = sync_channel(QUEUE_LENGTH);
        let committer = thread::spawn(move || {
            while let Ok(first) = lines.recv() {
                let mut batch = vec![first];
                batch.extend(lines.try_iter().take(MAX_COMMIT_EVENTS - 1));
                let text: String = batch.iter().map(|(line, _)| line.as_str()).collect();
                file.write_all(text.as_bytes()).unwrap();
                file.sync_data().unwrap();
                for (_, answer) in &batch {
                    answer.send(()).unwrap();
                }
            }
        });
        Self { queue: Some(queue), committer: Some(committer) }
    }

    fn append(&self, event: &NewEvent) {
        let (answer, answered) = sync_channel(1);
        let line = OpenLine::of(event).as_str().to_owned() + "}\n";
        self.queue.as_ref().unwrap().send((line, answer)).unwrap();
        answered.recv().unwrap();
    }
}

impl Drop for PlainFile {
    fn drop(&mut self) {
        drop(self.queue.take());
        self.committer.take().unwrap().join().unwrap();
    }
}

fn append(criterion: &mut Criterion) {
    let news = news();
    for (bytes, writers) in [(300, 1), (300, 64), (2_000, 1), (2_000, 64)] {
        let work = Work::new(&news, bytes, writers);
        let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let log = open_log(directory.path());
        let plain = PlainFile::create(directory.path());
        let on_log = |event| {
            log.append(vec![(event, ExpectedPosition::Any)]).unwrap();
        };
        let on_file = |event| plain.append(&event);
        let mut group = criterion.benchmark_group(format!("append {bytes} bytes"));
        group.sample_size(10).throughput(Throughput::Elements(work.appends()));
        let mut wanted = 0;
        let both: [(&str, Append<'_>); 2] = [("log", &on_log), ("plain file", &on_file)];
        for (name, append) in both {
            group.bench_function(BenchmarkId::new(name, writers), |bencher| {
                wanted += 1;
                bencher.iter_custom(|rounds| (0..rounds).map(|_| work.time(append)).sum());
            });
        }
        group.finish();
        // A filter left them out.
        if wanted > 0 {
            println!("{bytes} bytes, {writers} writers: {}", compare(&work, &on_log, &on_file));
        }
    }
}

/// Rounds of both in turns, so that what else the machine does falls on both: the median of each,
/// and the quartiles of the ratio of neighbours.
fn compare(work: &Work, log: Append<'_>, plain: Append<'_>) -> String {
    let pairs: Vec<(f64, f64)> = (0..ROUNDS)
        .map(|_| (work.time(log).as_secs_f64(), work.time(plain).as_secs_f64()))
        .collect();
    let appends = f64::from(u32::try_from(work.appends()).unwrap());
    let log = sorted(pairs.iter().map(|(log, _)| appends / log));
    let plain = sorted(pairs.iter().map(|(_, plain)| appends / plain));
    let ratios = sorted(pairs.iter().map(|(log, plain)| plain / log));
    let at = |of: &[f64], quarter: usize| of[(of.len() - 1) * quarter / 4];
    format!(
        "{:.0}/s, plain file {:.0}/s, ratio {:.2} (half of the rounds: {:.2} to {:.2})",
        at(&log, 2),
        at(&plain, 2),
        at(&ratios, 2),
        at(&ratios, 1),
        at(&ratios, 3)
    )
}

fn sorted(figures: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<f64> = figures.collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

criterion_group!(benches, append);
criterion_main!(benches);
