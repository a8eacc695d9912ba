//! Files as users have them: packed or not, whole or damaged, and packed to do harm.
#![expect(clippy::indexing_slicing, reason = "in the helpers of a test a panic is a failure")]
#![expect(clippy::panic, reason = "in the helpers of a test a panic is a failure")]

use std::io::{self, Read, Write as _};

use dateline_event::SourceId;
use dateline_ingest::{Found, WarningKind, captures};
use flate2::Compression;
use flate2::write::GzEncoder;

const PAGE: &str = "Envoys meet in Narovets\n\nThe envoys met in Narovets on 3 June 2024.\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).expect("memory takes it")
}

fn found(bytes: &[u8]) -> Vec<Found> {
    captures("page", bytes).collect()
}

/// The one page of a file: its bytes, and what was wrong on the way.
fn page(bytes: &[u8]) -> (Vec<u8>, Vec<String>) {
    let mut all = found(bytes);
    assert_eq!(all.len(), 1, "{all:?}");
    let Found::Page(page) = all.remove(0) else { panic!("no page") };
    (page.bytes, page.warnings.iter().map(ToString::to_string).collect())
}

/// Why the one page of a file could not be read.
fn refusal(bytes: &[u8]) -> (WarningKind, String) {
    let mut all = found(bytes);
    assert_eq!(all.len(), 1, "{all:?}");
    let Found::Unread { warning, .. } = all.remove(0) else { panic!("a page") };
    (warning.kind, warning.to_string())
}

/// Gives one byte at a time, as a slow pipe does.
struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(1);
        self.0.read(&mut buffer[..count])
    }
}

#[test]
fn a_page_is_the_same_however_it_is_packed() {
    let plain = PAGE.as_bytes();
    let (half, rest) = plain.split_at(30);
    for packed in [
        plain.to_vec(),
        gzip(plain),
        [gzip(half), gzip(rest)].concat(),
        zstd(plain),
        [zstd(half), zstd(rest)].concat(),
        gzip(&zstd(plain)),
        gzip(&gzip(&gzip(plain))),
    ] {
        assert_eq!(page(&packed), (plain.to_vec(), vec![]));
        let slow: Vec<Found> = captures("page", Slow(&packed)).collect();
        assert_eq!(slow, found(&packed));
    }
}

#[test]
fn an_empty_file_is_an_empty_page() {
    let all = found(b"");
    let Found::Page(page) = &all[0] else { panic!("no page") };
    let source = SourceId::new("example.org").expect("it is an id");
    assert_eq!(page.read(&source).warnings[0].to_string(), "the page is empty");
}

#[test]
fn what_can_be_read_of_a_damaged_file_is_read_with_a_warning() {
    let long = PAGE.repeat(500);
    for packed in [gzip(long.as_bytes()), zstd(long.as_bytes())] {
        let (_, warnings) = page(&[packed.as_slice(), b"rubbish behind it"].concat());
        assert_eq!(warnings.len(), 1, "{warnings:?}");
    }
    let mut random = 7_u32;
    let noisy: String = (0..20_000)
        .map(|_| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + random.to_be_bytes()[0] % 26)
        })
        .collect();
    let packed = gzip(noisy.as_bytes());
    let (bytes, warnings) = page(&packed[..packed.len() / 2]);
    assert!(noisy.as_bytes().starts_with(&bytes) && bytes.len() > 5000);
    assert_eq!(warnings, ["the file ends in the middle of packed data"]);
}

#[test]
fn a_bomb_is_refused_in_one_line() {
    let zeros = vec![0; 1024 * 1024];
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..100 {
        encoder.write_all(&zeros).expect("memory takes it");
    }
    let bomb = encoder.finish().expect("memory takes it");
    let (kind, message) = refusal(&bomb);
    assert_eq!(kind, WarningKind::Limit);
    assert_eq!(message, "the page is too large to be one, at most 16 MiB are read");
    // Packed once more, so that its own size is small as well.
    assert_eq!(refusal(&zstd(&bomb)).0, WarningKind::Limit);
}

#[test]
fn a_file_that_is_packed_over_and_over_is_refused() {
    let mut packed = PAGE.as_bytes().to_vec();
    for _ in 0..4 {
        packed = gzip(&packed);
    }
    let (kind, message) = refusal(&packed);
    assert_eq!(kind, WarningKind::Limit);
    assert_eq!(message, "the file is packed more than 3 times over, which is refused");
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is on fire"))
        }
    }
    let all: Vec<Found> = captures("page", Broken).collect();
    let Found::Unread { warning, .. } = &all[0] else { panic!("a page") };
    assert_eq!(warning.to_string(), "the file cannot be read: the disk is on fire");
    assert_eq!(all.len(), 1);
}
