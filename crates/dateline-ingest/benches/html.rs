//! HTML pages a second on one core: decoding, reading and provenance, as `read_page` does it.
//!
//! The pages of `fixtures/html` are measured always. Where a folder of captured pages is named by the
//! variable `DATELINE_PAGES`, those are read too, and their figure is printed.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark is told where pages are, and tells its figures"
)]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline_event::SourceId;
use dateline_ingest::{Capture, read_page};

/// Most pages of a folder that are read.
const MAX_PAGES: usize = 1_000;

fn pages(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .map(|entries| entries.filter_map(Result::ok).map(|it| it.path()).collect())
        .unwrap_or_default();
    paths.sort();
    paths.into_iter().take(MAX_PAGES).filter_map(|it| fs::read(it).ok()).collect()
}

fn read_all(source: &SourceId, pages: &[Vec<u8>]) -> usize {
    let read = |it: &Vec<u8>| read_page(&Capture::new("page.html", source, it)).stories.len();
    pages.iter().map(read).sum()
}

fn html(criterion: &mut Criterion) {
    let source = SourceId::new("bench").expect("a valid id");
    let own = pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/html"));
    let mut group = criterion.benchmark_group("html");
    group.throughput(Throughput::Elements(u64::try_from(own.len()).unwrap_or(0)));
    group.bench_function("fixtures", |it| it.iter(|| black_box(read_all(&source, &own))));
    group.finish();
    if let Ok(folder) = std::env::var("DATELINE_PAGES") {
        let captured = pages(Path::new(&folder));
        let bytes: usize = captured.iter().map(Vec::len).sum();
        let start = Instant::now();
        let stories = black_box(read_all(&source, &captured));
        let seconds = start.elapsed().as_secs_f64();
        let count = u32::try_from(captured.len()).unwrap_or(0);
        println!(
            "{count} captured pages, {} KB each, {stories} stories: {:.0} pages a second",
            bytes / captured.len().max(1) / 1000,
            f64::from(count) / seconds
        );
    }
}

criterion_group!(benches, html);
criterion_main!(benches);
