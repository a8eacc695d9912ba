//! Answers of servers as archives keep them.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::*;

const PAGE: &str = "<p>The envoys met in Narovets.</p>";

fn answer(fields: &str, body: &[u8]) -> Result<Answer, NoPage> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{fields}\r\n");
    page([head.as_bytes(), body].concat())
}

/// The page in an answer, which must be whole.
fn whole(fields: &str, body: &[u8]) -> String {
    let answer = answer(fields, body).unwrap();
    assert_eq!(answer.warnings, []);
    String::from_utf8(answer.body).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// What a public brotli encoder makes of `PAGE` in one stored block.
fn brotli(text: &str) -> Vec<u8> {
    // Window bits 16; then one meta-block of 4 nibbles, not the last, stored; then the empty last.
    let length = u32::try_from(text.len() - 1).unwrap();
    let bits = (length << 4) | (1 << 20);
    let mut bytes = bits.to_le_bytes()[..3].to_vec();
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(3);
    bytes
}

#[test]
fn a_page_is_the_same_however_it_was_sent() {
    assert_eq!(whole("", PAGE.as_bytes()), PAGE);
    let chunks = format!(
        "{:X};x=1\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        10,
        &PAGE[..10],
        PAGE.len() - 10,
        &PAGE[10..]
    );
    assert_eq!(whole("Transfer-Encoding: chunked\r\n", chunks.as_bytes()), PAGE);
    assert_eq!(whole("content-encoding: gzip\r\n", &gzip(PAGE.as_bytes())), PAGE);
    assert_eq!(whole("content-encoding: br\r\n", &brotli(PAGE)), PAGE);
    let packed = zstd::encode_all(PAGE.as_bytes(), 3).unwrap();
    assert_eq!(whole("content-encoding: zstd\r\n", &packed), PAGE);
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(PAGE.as_bytes()).unwrap();
    assert_eq!(whole("content-encoding: deflate\r\n", &zlib.finish().unwrap()), PAGE);
    let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
    bare.write_all(PAGE.as_bytes()).unwrap();
    assert_eq!(whole("content-encoding: deflate\r\n", &bare.finish().unwrap()), PAGE);
    assert_eq!(whole("content-encoding: gzip, gzip\r\n", &gzip(&gzip(PAGE.as_bytes()))), PAGE);
}

#[test]
fn a_page_that_the_archive_keeps_unpacked_is_left_as_it_is() {
    let fields = "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n";
    assert_eq!(whole(fields, PAGE.as_bytes()), PAGE);
}

#[test]
fn what_is_damaged_is_read_as_far_as_it_goes_and_told() {
    let chunks = format!("{:x}\r\n{PAGE}", PAGE.len() + 500);
    let cut = answer("Transfer-Encoding: chunked\r\n", chunks.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(cut.body).unwrap(), PAGE);
    let mut packed = gzip("Envoys met. ".repeat(300).as_bytes());
    packed.truncate(packed.len() - 9);
    let cut = answer("Content-Encoding: gzip\r\n", &packed).unwrap();
    assert!(cut.body.starts_with(b"Envoys met. Envoys"));
    assert_eq!(cut.warnings[0].to_string(), "its gzip is damaged");
}

#[test]
fn what_is_no_page_is_passed_over_and_what_is_broken_is_named() {
    let status = |line: &str| page(format!("{line}\r\n\r\nx").into_bytes()).unwrap_err();
    assert_eq!(status("HTTP/1.1 404 Not Found"), NoPage::OfNoConcern);
    assert_eq!(status("HTTP/1.0 301"), NoPage::OfNoConcern);
    assert_eq!(status("nonsense"), NoPage::Broken("it is no answer of a server".to_owned()));
    let picture = page(b"HTTP/1.1 200 OK\nContent-Type: image/png\n\nx".to_vec());
    assert_eq!(picture.unwrap_err(), NoPage::OfNoConcern);
    let endless = page(b"HTTP/1.1 200 OK\r\nA: b\r\n".to_vec());
    assert!(matches!(endless, Err(NoPage::Broken(_))));
    let unknown = answer("Content-Encoding: pack200\r\n", b"x");
    assert!(matches!(unknown, Err(NoPage::Broken(_))));
}

#[test]
fn a_bomb_in_an_answer_is_refused() {
    let bomb = gzip(&vec![0; MAX_PAGE_BYTES + 10]);
    let refused = answer("Content-Encoding: gzip\r\n", &bomb).unwrap_err();
    assert_eq!(refused, NoPage::Broken("it unpacks to more than 16 MiB".to_owned()));
}
