//! HTML pages a second on one core, decoding, reading and provenance as `read_page` does it, and the
//! share of each step.
//!
//! The pages of `fixtures/html` are measured always. The captured pages of news publishers beside the
//! checkout, where they are, are measured too, and so is a folder that the variable `DATELINE_PAGES`
//! names. Nothing of them is kept.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark is told where pages are, takes the time and tells its figures"
)]

use std::fs;
use std::hint::black_box;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline_event::SourceId;
use dateline_ingest::{Capture, HtmlStep, html_steps, html_tokens, read_page};

/// Most pages of a folder that are read.
const MAX_PAGES: usize = 1_000;

/// How often captured pages are read; the fastest round counts.
const ROUNDS: usize = 3;

const STEPS: [(HtmlStep, &str); 5] = [
    (HtmlStep::Decoded, "charset and decoding"),
    (HtmlStep::Declared, "what the page declares"),
    (HtmlStep::Tree, "tree"),
    (HtmlStep::MainText, "main text"),
    (HtmlStep::Stories, "stories and their places"),
];

/// The pages in a folder and the folders in it, unpacked.
fn pages(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths = Vec::new();
    gather(folder, &mut paths);
    paths.sort();
    paths.truncate(MAX_PAGES);
    paths.iter().filter_map(|it| page(it)).collect()
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()) {
        let name = path.to_string_lossy();
        if path.is_dir() {
            gather(&path, paths);
        } else if [".html", ".htm", ".html.gz"].iter().any(|end| name.ends_with(end)) {
            paths.push(path);
        }
    }
}

fn page(path: &Path) -> Option<Vec<u8>> {
    let bytes = fs::read(path).ok()?;
    if path.extension().is_none_or(|it| it != "gz") {
        return Some(bytes);
    }
    let mut page = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut page).ok()?;
    Some(page)
}

fn read_all(source: &SourceId, pages: &[Vec<u8>]) -> usize {
    let read = |it: &Vec<u8>| read_page(&Capture::new("page.html", source, it)).stories.len();
    pages.iter().map(read).sum()
}

fn fastest(mut run: impl FnMut()) -> Duration {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    rounds.min().unwrap_or_default()
}

/// Prints pages a second, and the share of each step of one reading.
fn tell(name: &str, source: &SourceId, pages: &[Vec<u8>]) {
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let took = fastest(|| {
        black_box(read_all(source, pages));
    });
    println!(
        "{name}: {} pages, {} KB each: {:.0} pages a second",
        pages.len(),
        bytes / pages.len().max(1) / 1000,
        f64::from(u32::try_from(pages.len()).unwrap_or(0)) / took.as_secs_f64()
    );
    let mut spent = [Duration::ZERO; STEPS.len()];
    for page in pages {
        let mut last = Instant::now();
        black_box(html_steps(page, |step| {
            let now = Instant::now();
            let of_step = STEPS.iter().zip(&mut spent).find(|(it, _)| it.0 == step);
            if let Some((_, sum)) = of_step {
                *sum += now - last;
            }
            last = now;
        }));
    }
    let all = spent.iter().sum::<Duration>().as_secs_f64();
    for ((_, step), sum) in STEPS.iter().zip(spent) {
        println!("{:>6.1} %  {step}", 100.0 * sum.as_secs_f64() / all);
    }
    let cut = fastest(|| {
        black_box(pages.iter().map(|it| html_tokens(it)).sum::<usize>());
    });
    let decoding = spent.first().map_or(0.0, Duration::as_secs_f64);
    let share = 100.0 * (cut.as_secs_f64() - decoding).max(0.0) / all;
    println!("{share:>6.1} %  cutting into tokens, which both the second and the third step do");
    println!("   all of it is code of this crate: no crate for extraction is used");
}

/// The captured pages beside the checkout, unpacked in a folder that is deleted after.
fn captured() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let pack = root.join("../shared/corpus/packs/pages_fundus_dev.tar.gz");
    if !pack.exists() {
        return Vec::new();
    }
    let folder = std::env::temp_dir().join(format!("dateline-bench-{}", std::process::id()));
    let unpacked = fs::create_dir(&folder).is_ok()
        && Command::new("tar")
            .arg("xzf")
            .arg(&pack)
            .arg("-C")
            .arg(&folder)
            .status()
            .is_ok_and(|it| it.success());
    let found = if unpacked { pages(&folder) } else { Vec::new() };
    if fs::remove_dir_all(&folder).is_err() {
        println!("the folder {} was not deleted", folder.display());
    }
    found
}

fn html(criterion: &mut Criterion) {
    let source = SourceId::new("bench").expect("a valid id");
    let own = pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/html"));
    let mut group = criterion.benchmark_group("html");
    group.throughput(Throughput::Elements(u64::try_from(own.len()).unwrap_or(0)));
    group.bench_function("fixtures", |it| it.iter(|| black_box(read_all(&source, &own))));
    group.finish();
    tell("invented pages", &source, &own);
    let captured = captured();
    if !captured.is_empty() {
        tell("captured pages of news publishers", &source, &captured);
    }
    if let Ok(folder) = std::env::var("DATELINE_PAGES") {
        tell(&folder, &source, &pages(Path::new(&folder)));
    }
}

criterion_group!(benches, html);
criterion_main!(benches);
