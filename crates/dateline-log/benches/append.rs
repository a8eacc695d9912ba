//! Appends, each acknowledged when it is durable, beside the same events on a plain append-only
//! file with one `fdatasync` a batch, in the same run. Prints the ratio of the two.
//!
//! The plain file does the least that the promise needs: it has no index, no digests and no
//! expectations, and it does not compress.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark tells its figures")]

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dateline_event::{ExpectedPosition, Payload};
use dateline_log::conformance::event;
use dateline_log::limits::{MAX_COMMIT_EVENTS, QUEUE_LENGTH};
use dateline_log::{LogWriter, SledLog};

/// Appends of one event that are timed together.
const APPENDS: u64 = 512;

/// Something that takes one event of this writer and returns when it is durable.
type Append<'a> = &'a (dyn Fn(u64, &str) + Sync);

/// Text of `bytes` bytes with the repetitions of news: words of a vocabulary of 2,000.
fn text(seed: u64, bytes: usize) -> String {
    let mut state = seed;
    let mut text = String::with_capacity(bytes + 16);
    while text.len() < bytes {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        let word = (state >> 33) % 2_000;
        let syllables = ["ket", "var", "pola", "tos", "arp", "mili", "gov", "sen"];
        let digits = [word % 8, word / 8 % 8, word / 64 % 8];
        for digit in digits {
            text.push_str(syllables.get(usize::try_from(digit).unwrap()).unwrap());
        }
        text.push(' ');
    }
    text.truncate(bytes);
    text
}

/// The time that `writers` take for [`APPENDS`] appends, one after the other each.
fn timed(writers: u64, texts: &[String], append: Append<'_>) -> Duration {
    let start = Instant::now();
    thread::scope(|scope| {
        for writer in 0..writers {
            scope.spawn(move || {
                let each = usize::try_from(APPENDS / writers).unwrap();
                // Each writer starts elsewhere, so that what waits together is not the same text.
                let skip = usize::try_from(writer).unwrap();
                texts.iter().cycle().skip(skip).take(each).for_each(|text| append(writer, text));
            });
        }
    });
    start.elapsed()
}

fn sled_log(directory: &Path, writers: u64, texts: &[String], rounds: u64) -> Duration {
    let log = SledLog::open(directory, Box::new(|| chrono::DateTime::UNIX_EPOCH)).unwrap();
    let append = |writer: u64, text: &str| {
        let mut event = event(&format!("story-{writer}"), "x");
        event.data = Payload::of(&text).unwrap();
        log.append(vec![(event, ExpectedPosition::Any)]).unwrap();
    };
    (0..rounds).map(|_| timed(writers, texts, &append)).sum()
}

/// Appends of `writers` writers in a new log or file in a directory, some rounds of them.
type Run = fn(&Path, u64, &[String], u64) -> Duration;

type Line = (String, SyncSender<()>);

fn plain_file(directory: &Path, writers: u64, texts: &[String], rounds: u64) -> Duration {
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
    let append = |writer: u64, text: &str| {
        let (answer, answered) = sync_channel(1);
        queue.send((format!("story-{writer} {text}\n"), answer)).unwrap();
        answered.recv().unwrap();
    };
    let time = (0..rounds).map(|_| timed(writers, texts, &append)).sum();
    drop(queue);
    committer.join().unwrap();
    time
}

fn append(criterion: &mut Criterion) {
    for (bytes, writers) in [(300, 1), (300, 64), (2_000, 1), (2_000, 64)] {
        let texts: Vec<String> = (0..64).map(|seed| text(seed, bytes)).collect();
        let mut group = criterion.benchmark_group(format!("append {bytes} bytes"));
        group.sample_size(10).throughput(Throughput::Elements(APPENDS));
        let mut rate = |name, run: Run| {
            let (mut time, mut appends) = (Duration::ZERO, 0);
            group.bench_function(BenchmarkId::new(name, writers), |bencher| {
                bencher.iter_custom(|rounds| {
                    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
                    let took = run(directory.path(), writers, &texts, rounds);
                    time += took;
                    appends += rounds * APPENDS;
                    took
                });
            });
            f64::from(u32::try_from(appends).unwrap()) / time.as_secs_f64()
        };
        let (log, plain) = (rate("log", sled_log), rate("plain file", plain_file));
        group.finish();
        // Both are no numbers when a filter left them out.
        if log.is_nan() || plain.is_nan() {
            continue;
        }
        println!(
            "{bytes} bytes, {writers} writers: {log:.0}/s, plain file {plain:.0}/s, ratio {:.2}",
            log / plain
        );
    }
}

criterion_group!(benches, append);
criterion_main!(benches);
