//! How fast pages are read and archives are taken apart, on one core.
//!
//! `cargo bench -p dateline-ingest`. The pages are the invented ones of `fixtures`; the archive is
//! made of them, one gzip member a record, and read as plain gzip in the same run, so that the
//! ratio does not depend on the machine.
//!
//! `DATELINE_WARC=FILE` with `DATELINE_WARC_BYTES=N` writes such an archive instead, and ends.

use std::fmt::Write as _;
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

/// Shortest line that is taken for a paragraph, in bytes.
const MIN_PARAGRAPH_BYTES: usize = 120;

/// How long a longer capture is at least, in bytes.
const LONGER_BYTES: usize = 5 * 1024;

/// Captures of about the length of an article in a newspaper: each of `pages` with the paragraphs of those behind it
/// under its own first one.
fn longer(pages: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let is_paragraph = |line: &&[u8]| line.len() >= MIN_PARAGRAPH_BYTES;
    let lines =
        |page: &'_ [u8]| page.split(|it| *it == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
    let paragraphs = |page: &Vec<u8>| {
        lines(page).into_iter().filter(|it| is_paragraph(&it.as_slice())).collect::<Vec<_>>()
    };
    let mut longer = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let mut lines = lines(page);
        let Some(first) = lines.iter().position(|it| is_paragraph(&it.as_slice())) else {
            continue;
        };
        let mut others = pages.iter().cycle().skip(number + 1).flat_map(paragraphs);
        let mut size = page.len();
        let mut at = first + 1;
        while size < LONGER_BYTES {
            let Some(other) = others.next() else { break };
            size += other.len() + 2;
            lines.splice(at..at, [Vec::new(), other]);
            at += 2;
        }
        longer.push(lines.join(&b'\n'));
    }
    longer
}

fn text(bench: &mut Criterion) {
    let short = pages();
    let longer = longer(&short);
    let source = SourceId::new("bench").expect("it is an id");
    let mut group = bench.benchmark_group("text captures");
    for (name, pages) in [("short", short), ("longer", longer)] {
        let bytes: usize = pages.iter().map(Vec::len).sum();
        group.throughput(Throughput::BytesDecimal(u64::try_from(bytes).expect("they are small")));
        group.bench_function(name, |it| {
            it.iter(|| {
                for page in &pages {
                    black_box(read_page(&Capture::new("page", &source, page)));
                }
            });
        });
    }
    group.finish();
}

/// Bytes of scripts and styles on each side of the text of a page. With its links a page has about 340 KB, the mean of
/// captured pages of news.
const SCRIPT_BYTES: usize = 150 * 1024;

/// Links of the menu of a page, and of other stories under its article.
const LINKS: usize = 150;

/// What scripts hold: names that repeat, and values that do not.
fn script(random: &mut u64, out: &mut String) {
    let end = out.len() + SCRIPT_BYTES;
    out.push_str("<script>");
    while out.len() < end {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        let value = *random;
        let line = writeln!(
            out,
            "window.page=window.page||{{}};page.part({{id:\"{value:x}\",place:\"aside\",if:function(a,b){{return a<b}}}});"
        );
        line.expect("memory takes it");
    }
    out.push_str("</script>");
}

fn part(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.write_fmt(text).expect("memory takes it");
}

/// A page of a site with the lines of `text` for its article, among menus, scripts and other stories.
fn markup(text: &[u8], number: usize, random: &mut u64) -> String {
    let text = String::from_utf8_lossy(text).replace('&', "&amp;").replace('<', "&lt;");
    let mut lines = text.lines().filter(|it| !it.trim().is_empty());
    let title = lines.next().unwrap_or_default();
    let mut page =
        format!("<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title>");
    script(random, &mut page);
    page.push_str("</head><body><nav><ul>");
    for link in 0..LINKS {
        part(
            &mut page,
            format_args!(
                "<li class=\"menu-item\"><a href=\"/section/{link}\">Section {link}</a></li>"
            ),
        );
    }
    part(
        &mut page,
        format_args!(
            "</ul></nav><main><article><h1>{title}</h1><time datetime=\"2024-06-03\">3 June 2024</time>"
        ),
    );
    lines.for_each(|it| part(&mut page, format_args!("<p>{it}</p>\n")));
    page.push_str("</article></main><aside>");
    for link in 0..LINKS {
        part(
            &mut page,
            format_args!(
                "<div class=\"card\"><a href=\"/2024/{number}/{link}\"><h3>Envoys meet in Narovets for the {link}th time</h3></a></div>"
            ),
        );
    }
    page.push_str("</aside><footer>All rights reserved</footer>");
    script(random, &mut page);
    page.push_str("</body></html>");
    page
}

/// Writes an archive of about `size` bytes as unpacked: answers of servers with pages of news as large as those of news
/// sites, one gzip member each.
fn write_archive(size: usize, out: &mut impl io::Write) {
    let (pages, mut unpacked, mut random) = (pages(), 0, SEED);
    for (number, page) in pages.iter().cycle().enumerate() {
        if unpacked >= size {
            return;
        }
        let body = markup(page, number, &mut random);
        let start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".as_slice();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n\
            WARC-Date: 2024-06-03T10:00:00Z\r\nContent-Type: application/http\r\n\
            Content-Length: {}\r\n\r\n",
            start.len() + body.len()
        );
        let mut encoder = GzEncoder::new(&mut *out, Compression::fast());
        for part in [head.as_bytes(), start, body.as_bytes(), b"\r\n\r\n"] {
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
