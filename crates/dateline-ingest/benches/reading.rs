//! How fast pages are read and archives are taken apart, on one core.
//!
//! `cargo bench -p dateline-ingest`. The pages are the invented ones of `fixtures`; the archive is
//! made of them, one gzip member a record, and read as plain gzip in the same run, so that the
//! ratio does not depend on the machine.
//!
//! `DATELINE_WARC=FILE` with `DATELINE_WARC_BYTES=N` writes such an archive instead, and ends.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use dateline_event::SourceId;
use dateline_ingest::{Capture, Found, captures, read_page};
use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;

/// Where the noise in the archive starts.
const SEED: u64 = 88_172_645_463_325_252;

/// Bytes of the archive that is measured, as unpacked.
const ARCHIVE_BYTES: usize = 64 * 1024 * 1024;

/// The invented text captures.
fn pages() -> Vec<Vec<u8>> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let mut paths = Vec::new();
    for folder in ["layouts/pages", "more-layouts/pages"] {
        let entries = fs::read_dir(fixtures.join(folder)).expect("the folder is there");
        paths.extend(entries.map(|it| it.expect("an entry").path()));
    }
    paths.sort();
    paths.iter().map(|it| fs::read(it).expect("the page is there")).collect()
}

fn text(bench: &mut Criterion) {
    let (pages, source) = (pages(), SourceId::new("bench").expect("it is an id"));
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let mut group = bench.benchmark_group("pages");
    group.throughput(Throughput::Bytes(u64::try_from(bytes).expect("they are small")));
    group.bench_function("text captures", |it| {
        it.iter(|| {
            for page in &pages {
                black_box(read_page(&Capture::new("page", &source, page)));
            }
        });
    });
    group.finish();
}

/// Writes an archive of about `size` bytes as unpacked: pages of news, each with some noise, so
/// that they do not pack too well.
fn write_archive(size: usize, out: &mut impl Write) {
    let (pages, mut unpacked, mut random) = (pages(), 0, SEED);
    for (number, page) in pages.iter().cycle().enumerate() {
        if unpacked >= size {
            return;
        }
        let mut body = page.repeat(3);
        for _ in 0..1500 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            write!(body, " {random:x}").expect("memory takes it");
        }
        let start = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".as_slice();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n\
            WARC-Date: 2024-06-03T10:00:00Z\r\nContent-Type: application/http\r\n\
            Content-Length: {}\r\n\r\n",
            start.len() + body.len()
        );
        let mut encoder = GzEncoder::new(&mut *out, Compression::fast());
        for part in [head.as_bytes(), start, &body, b"\r\n\r\n"] {
            encoder.write_all(part).expect("the archive takes it");
            unpacked += part.len();
        }
        encoder.finish().expect("the archive takes it");
    }
}

/// Unpacks all of it, and gives its size.
fn unpack(archive: &[u8]) -> u64 {
    io::copy(&mut MultiGzDecoder::new(archive), &mut io::sink()).expect("it is whole")
}

fn take_apart(archive: &[u8]) -> usize {
    captures("news.warc.gz", archive).filter(|it| matches!(it, Found::Page(_))).count()
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let once = |()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    [(); 7].map(once).into_iter().min().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "a benchmark prints what it found")]
fn container(bench: &mut Criterion) {
    let mut archive = Vec::new();
    write_archive(ARCHIVE_BYTES, &mut archive);
    let size = unpack(&archive);
    let mut group = bench.benchmark_group("archive");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(size));
    group.bench_function("plain gzip", |it| it.iter(|| black_box(unpack(&archive))));
    group.bench_function("pages of a WARC", |it| it.iter(|| black_box(take_apart(&archive))));
    group.finish();
    let plain = fastest(|| {
        black_box(unpack(&archive));
    });
    let apart = fastest(|| {
        black_box(take_apart(&archive));
    });
    let ratio = plain.as_secs_f64() / apart.as_secs_f64();
    let pages = take_apart(&archive);
    println!("{pages} pages of a WARC at {ratio:.2} of the rate of plain gzip");
}

fn main() {
    if let Some(file) = std::env::var_os("DATELINE_WARC") {
        let bytes = std::env::var_os("DATELINE_WARC_BYTES");
        let bytes = bytes.and_then(|it| it.to_str()?.parse().ok()).unwrap_or(ARCHIVE_BYTES);
        let mut out = BufWriter::new(File::create(file).expect("the file can be made"));
        write_archive(bytes, &mut out);
        return out.flush().expect("the disk takes it");
    }
    let mut bench = Criterion::default().configure_from_args();
    text(&mut bench);
    container(&mut bench);
    bench.final_summary();
}
