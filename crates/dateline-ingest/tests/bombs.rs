//! Files of a few kilobytes that unpack to gigabytes: one clear warning, and next to nothing of the
//! file is read. Memory is bounded by what is held, a page at most; `just bombs` measures it.

use std::io::{self, Read, Write as _};

use dateline_event::SourceId;
use dateline_ingest::{Capture, Found, WarningKind, captures, read_page};
use flate2::Compression;
use flate2::write::GzEncoder;

const MIB: usize = 1024 * 1024;

/// What a bomb unpacks to, in bytes.
const BOMB_BYTES: usize = 10_000 * MIB;

const PAGE: &str = "Envoys meet in Narovets\n\nThe envoys met in Narovets on 3 June 2024.\n";

const TOO_LARGE: &str = "the page is too large to be one, at most 16 MiB are read";
const BOMB: &str = "the file unpacks to more than 250 times its size, which is refused";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).expect("memory takes it")
}

/// Ten gigabytes of zeros: a packed block of them, over and over.
fn zeros(pack: fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let block = 16 * MIB;
    pack(&vec![0; block]).repeat(BOMB_BYTES / block)
}

/// The pages of a file by their text, why others were not read, and how much of the file was.
fn found(file: &[u8]) -> (Vec<String>, Vec<(WarningKind, String)>, usize) {
    let (mut pages, mut warnings, mut rest) = (Vec::new(), Vec::new(), file);
    let reader: &mut dyn Read = &mut rest;
    for it in captures("bomb", reader) {
        match it {
            Found::Page(page) => pages.push(String::from_utf8_lossy(&page.bytes).into_owned()),
            Found::Unread { warning, .. } => warnings.push((warning.kind, warning.to_string())),
        }
    }
    (pages, warnings, file.len() - rest.len())
}

/// Refused in one line, and at most a megabyte of the file is looked at.
fn is_refused(file: &[u8], message: &str) {
    let (pages, warnings, read) = found(file);
    assert_eq!(pages, Vec::<String>::new());
    assert_eq!(warnings, [(WarningKind::Limit, message.to_owned())]);
    assert!(read <= MIB, "{read} bytes of the file were read");
}

#[test]
fn ten_gigabytes_of_zeros_are_refused_however_they_are_packed() {
    let gzipped = zeros(gzip);
    is_refused(&gzipped, TOO_LARGE);
    is_refused(&zeros(zstd), TOO_LARGE);
    is_refused(&gzip(&gzipped), TOO_LARGE);
    is_refused(&gzip(&gzip(&gzipped)), TOO_LARGE);
    is_refused(&zstd(&gzipped), TOO_LARGE);
}

#[test]
fn an_archive_with_a_record_of_ten_gigabytes_keeps_the_page_before_it() {
    let record = |length: usize, text: &str| {
        let kind = "WARC-Type: resource\r\nWARC-Target-URI: https://news.example/a\r\nContent-Type: text/plain\r\n";
        format!("WARC/1.1\r\n{kind}Content-Length: {length}\r\n\r\n{text}")
    };
    let start = format!("{}\r\n\r\n{}", record(PAGE.len(), PAGE), record(BOMB_BYTES, ""));
    for file in [
        [gzip(start.as_bytes()), zeros(gzip)].concat(),
        [zstd(start.as_bytes()), zeros(zstd)].concat(),
        gzip(&[gzip(start.as_bytes()), zeros(gzip)].concat()),
    ] {
        let (pages, warnings, read) = found(&file);
        assert_eq!(pages, [PAGE]);
        let [(_, message)] = warnings.as_slice() else { unreachable!("one line: {warnings:?}") };
        assert!(message.starts_with("record 2 at byte ") && message.ends_with(BOMB), "{message}");
        assert!(read <= MIB, "{read} bytes of the file were read");
    }
}

#[test]
fn records_with_a_line_of_ten_gigabytes_keep_the_page_before_it() {
    let start = "{\"title\": \"Envoys meet\", \"body\": \"The envoys met.\"}\n";
    let (pages, warnings, _) = found(&[gzip(start.as_bytes()), zeros(gzip)].concat());
    assert_eq!(pages, [start]);
    assert_eq!(warnings, [(WarningKind::Limit, BOMB.to_owned())]);
}

/// Writes bits, the lowest of a byte first, as brotli has them.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    free: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            let last = self.bytes.last_mut().expect("one was pushed");
            *last |= u8::from(value & (1 << bit) != 0) << (8 - self.free);
            self.free -= 1;
        }
    }
}

/// `blocks` times 16 MiB of zeros in brotli, each in 20 bytes or so: five zeros, copied on and on.
/// Made by hand after RFC 7932, since nobody here packs with brotli.
fn brotli_zeros(blocks: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.put(0, 1); // window of 64 KiB
    for _ in 0..blocks {
        bits.put(0, 1); // not the last
        bits.put(2, 2); // its length has six digits
        bits.put((1 << 24) - 1, 24);
        bits.put(0, 1); // packed
        bits.put(0, 3); // one type each of literals, commands and distances
        bits.put(0, 6); // no direct distances
        bits.put(0, 2); // context mode
        bits.put(0, 2); // one tree each for literals and distances
        for (symbol, width) in [(0, 8), (384 + 5 * 8 + 7, 10), (0, 6)] {
            bits.put(1, 2); // a simple code
            bits.put(0, 2); // of one symbol, which then takes no bits
            bits.put(symbol, width);
        }
        bits.put((1 << 24) - 5 - 2118, 24); // how much more than 2,118 bytes is copied
    }
    bits.put(3, 2); // the last, and empty
    bits.bytes
}

/// An archive of one answer, packed with `coding`.
fn answer(coding: &str, body: &[u8]) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n");
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/a\r\nContent-Type: application/http; msgtype=response\r\n\
        Content-Length: {}\r\n\r\n",
        http.len() + body.len()
    );
    [head.as_bytes(), http.as_bytes(), body, b"\r\n\r\n"].concat()
}

#[test]
fn a_bomb_in_the_answer_of_a_server_is_refused_and_the_next_page_is_read() {
    let small = brotli_zeros(1);
    let (pages, warnings, _) = found(&answer("br", &small));
    assert_eq!((pages.len(), warnings.len()), (1, 0), "16 MiB are a page: the bomb is well made");
    assert!(pages.iter().all(|it| it.len() == 16 * MIB));
    let bombs: [(&str, Vec<u8>); 4] = [
        ("br", brotli_zeros(BOMB_BYTES / (16 * MIB))),
        ("gzip", zeros(gzip)),
        ("zstd", zeros(zstd)),
        ("gzip, br, gzip", gzip(&brotli_zeros(BOMB_BYTES / (16 * MIB)))),
    ];
    for (coding, bomb) in bombs {
        let next = answer("identity", PAGE.as_bytes());
        let (pages, warnings, _) = found(&[answer(coding, &bomb), next].concat());
        assert_eq!(pages, [PAGE], "{coding}");
        let refused = "record 1 at byte 0: it unpacks to more than 16 MiB".to_owned();
        assert_eq!(warnings, [(WarningKind::Damaged, refused)], "{coding}");
    }
}

#[test]
fn entities_of_a_feed_are_not_multiplied() {
    let mut entities = "<!ENTITY a0 \"envoys\">".to_owned();
    for level in 1..12 {
        let before = format!("&a{};", level - 1).repeat(10);
        entities.extend(["<!ENTITY a", &level.to_string(), " \"", &before, "\">"]);
    }
    let feed = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [{entities}]><rss version=\"2.0\"><channel><item>\
        <title>Envoys meet</title><description>&a11;</description></item></channel></rss>"
    );
    let source = SourceId::new("varegia-today").expect("it is an id");
    let reading = read_page(&Capture::new("feed.xml", &source, feed.as_bytes()));
    assert!(reading.stories.iter().all(|it| it.body.len() < 100), "{:?}", reading.stories);
}

#[test]
fn a_source_that_never_ends_is_left() {
    struct Endless;
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            buffer.fill(b'x');
            Ok(buffer.len())
        }
    }
    let all: Vec<Found> = captures("endless", Endless).collect();
    let [Found::Unread { warning, .. }] = all.as_slice() else { unreachable!("one line") };
    assert_eq!((warning.kind, warning.to_string()), (WarningKind::Limit, TOO_LARGE.to_owned()));
}
