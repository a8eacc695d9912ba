//! Web archives: which records are pages, and what is told of broken ones.

use std::io::Write as _;

use dateline_ingest::{Found, FoundPage, captures};
use flate2::Compression;
use flate2::write::GzEncoder;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// A record with a head of `fields`.
fn record(fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.1\r\n{fields}Content-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// The record of a page, as a crawler of news writes it.
fn response(address: &str, text: &str) -> Vec<u8> {
    let fields = format!(
        "WARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-06-03T10:00:00Z\r\n\
        Content-Type: application/http; msgtype=response\r\n"
    );
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}");
    record(&fields, block.as_bytes())
}

fn found(archive: &[u8]) -> (Vec<FoundPage>, Vec<String>) {
    let (mut pages, mut warnings) = (Vec::new(), Vec::new());
    for it in captures("news.warc", archive) {
        match it {
            Found::Page(page) => pages.push(*page),
            Found::Unread { warning, .. } => warnings.push(warning.to_string()),
        }
    }
    (pages, warnings)
}

/// The text of each page of an archive without a broken record.
fn texts(archive: &[u8]) -> Vec<String> {
    let (pages, warnings) = found(archive);
    assert_eq!(warnings, Vec::<String>::new());
    pages.into_iter().map(|it| String::from_utf8(it.bytes).expect("it was text")).collect()
}

#[test]
fn a_page_carries_what_its_record_says() {
    let (pages, _) = found(&response("https://news.example/drill", "Drill ends"));
    let page = &pages[0];
    assert_eq!(page.name, "news.warc:1");
    assert_eq!(page.address.as_deref(), Some("https://news.example/drill"));
    assert_eq!(
        page.captured.map(|it| it.to_rfc3339()).as_deref(),
        Some("2024-06-03T10:00:00+00:00")
    );
    assert_eq!(page.content_type.as_deref(), Some("text/plain; charset=utf-8"));
    assert_eq!(page.bytes, b"Drill ends");
}

#[test]
fn only_pages_that_were_served_well_are_read() {
    let http = "Content-Type: application/http\r\n";
    let of = |kind: &str, rest: &str, block: &str| {
        let fields =
            format!("WARC-Type: {kind}\r\nWARC-Target-URI: <https://news.example/a>\r\n{rest}");
        record(&fields, block.as_bytes())
    };
    let archive = [
        record("WARC-Type: warcinfo\r\n", b"software: a crawler"),
        of("request", http, "GET /a HTTP/1.1\r\n\r\n"),
        of("revisit", http, "HTTP/1.1 200 OK\r\n\r\n"),
        of("response", http, "HTTP/1.1 404 Not Found\r\n\r\nno such page"),
        of("response", http, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nno picture"),
        of("response", "Content-Type: text/dns\r\n", "news.example"),
        of("metadata", "Content-Type: text/plain\r\n", "a note"),
        of("resource", "Content-Type: text/html\r\n", "<p>a resource"),
        response("https://news.example/robots.txt", "User-agent: *"),
        response("https://news.example/b", "an answer"),
    ]
    .concat();
    assert_eq!(texts(&archive), ["<p>a resource", "an answer"]);
}

#[test]
fn an_archive_is_the_same_however_it_is_packed() {
    let records: Vec<Vec<u8>> = (0..5)
        .map(|it| response(&format!("https://news.example/{it}"), &format!("page {it}")))
        .collect();
    let wanted: Vec<String> = (0..5).map(|it| format!("page {it}")).collect();
    let plain = records.concat();
    assert_eq!(texts(&plain), wanted);
    assert_eq!(texts(&gzip(&plain)), wanted);
    let members: Vec<Vec<u8>> = records.iter().map(|it| gzip(it)).collect();
    assert_eq!(texts(&members.concat()), wanted);
    let frames: Vec<Vec<u8>> =
        records.iter().map(|it| zstd::encode_all(it.as_slice(), 3).expect("memory")).collect();
    assert_eq!(texts(&frames.concat()), wanted);
    // Version 1.0, and line ends that an editor has changed.
    let edited = String::from_utf8(plain).expect("text").replace("1.1\r\nWARC", "1.0\r\nWARC");
    assert_eq!(texts(edited.replace("\r\n\r\nWARC", "\nWARC").as_bytes()), wanted);
}

#[test]
fn a_dictionary_at_the_start_of_a_zstd_archive_is_used() {
    let records: Vec<Vec<u8>> = (0..200)
        .map(|it| response(&format!("https://news.example/{it}"), &format!("page {it}")))
        .collect();
    // Bytes that are no made dictionary serve as one as they are.
    let dictionary = records[0].clone();
    let length = u32::try_from(dictionary.len()).expect("it is small").to_le_bytes();
    let mut archive = [&0x184d_2a5d_u32.to_le_bytes(), &length, dictionary.as_slice()].concat();
    for record in &records {
        let mut packer =
            zstd::bulk::Compressor::with_dictionary(3, &dictionary).expect("it is good");
        archive.extend(packer.compress(record).expect("memory takes it"));
    }
    assert_eq!(texts(&archive).len(), 200);
}

#[test]
fn a_damaged_member_is_told_and_the_next_page_is_read() {
    let page = |name: &str| gzip(&response(&format!("https://news.example/{name}"), name));
    let mut broken = page("broken");
    let middle = broken.len() / 2;
    broken[middle..middle + 4].fill(0xff);
    let (pages, warnings) = found(&[page("one"), broken, page("three")].concat());
    let names: Vec<_> = pages.iter().map(|it| String::from_utf8_lossy(&it.bytes)).collect();
    assert_eq!(names, ["one", "three"]);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].starts_with("record 2 at byte 2"), "{warnings:?}");
}

#[test]
fn a_wrong_length_is_told_and_costs_no_other_page() {
    let (one, two) =
        (response("https://news.example/1", "one"), response("https://news.example/2", "two"));
    for length in ["3", "99999", "18446744073709551615", "-1", "many"] {
        let text = String::from_utf8(one.clone()).expect("text");
        let start = text.find("Content-Length: ").expect("it has one");
        let end = start + text[start..].find("\r\n").expect("a line ends");
        let lying = format!("{}Content-Length: {length}{}", &text[..start], &text[end..]);
        let archive = [two.clone(), lying.into_bytes(), two.clone(), two.clone()].concat();
        let (pages, warnings) = found(&archive);
        let after: Vec<_> = pages.iter().map(|it| String::from_utf8_lossy(&it.bytes)).collect();
        // A length beyond what is ever held is passed over, with what lies behind it.
        if length != "18446744073709551615" {
            assert_eq!(after, ["two"; 3], "{length}: {warnings:?}");
        }
        assert_eq!(warnings.len(), 1, "{length}: {warnings:?}");
        assert!(warnings[0].starts_with("record 2 at byte "), "{warnings:?}");
    }
}

#[test]
fn an_archive_that_is_cut_says_so_and_keeps_what_it_has() {
    let archive =
        [response("https://news.example/1", "one"), response("https://news.example/2", "two")]
            .concat();
    let (pages, warnings) = found(&archive[..archive.len() - 6]);
    assert_eq!(pages.len(), 1);
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].contains("the archive ends 2 bytes before it does"), "{warnings:?}");
    for end in 0..archive.len() {
        let (pages, _) = found(&archive[..end]);
        assert!(pages.len() <= 2);
    }
}

#[test]
fn a_page_of_which_only_the_start_was_kept_is_read_with_a_warning() {
    let cut = String::from_utf8(response("https://news.example/1", "one")).expect("text");
    let cut = cut.replace("WARC-Date", "WARC-Truncated: length\r\nWARC-Date");
    let (pages, _) = found(cut.as_bytes());
    assert_eq!(pages[0].warnings[0].to_string(), "the archive holds only the start of the page");
}

#[test]
fn no_byte_that_is_changed_stops_the_reading() {
    let archive: Vec<u8> = (0..3)
        .flat_map(|it| gzip(&response(&format!("https://news.example/{it}"), "text of it")))
        .collect();
    // By its first record the archive is known as one.
    for at in archive.len() / 3 + 1..archive.len() {
        let mut changed = archive.clone();
        changed[at] ^= 0x55;
        let (pages, warnings) = found(&changed);
        // Damage may reach into the start of the member behind it, and no further.
        assert!(pages.len() >= 2 || !warnings.is_empty(), "byte {at}: {warnings:?}");
        assert!(!pages.is_empty(), "byte {at}: {warnings:?}");
    }
}
