//! The answer of a server as an archive keeps it: its head, and the page once chunks and packing
//! are undone.

use std::io::{self, Read};

use super::MAX_PAGE_BYTES;
use crate::warning::{Warning, WarningKind};

/// Most bytes of the head of an answer.
const MAX_HEAD_BYTES: usize = 256 * 1024;

/// Most times that a server may pack a page over itself.
const MAX_CODINGS: usize = 3;

/// Bytes of the buffer in which pages packed with brotli are unpacked.
const BROTLI_BUFFER_BYTES: usize = 16 * 1024;

/// A page as a server sent it.
#[derive(Debug)]
pub(super) struct Answer {
    /// The page.
    pub(super) body: Vec<u8>,
    /// Its media type, with the charset.
    pub(super) content_type: Option<String>,
    /// What was wrong on the way.
    pub(super) warnings: Vec<Warning>,
}

/// Why an answer gives no page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoPage {
    /// It is no page: a failure, a redirection, a picture, and the like.
    OfNoConcern,
    /// It cannot be read.
    Broken(String),
}

/// Media types of what may be a page. What it is, its content tells later.
const PAGE_TYPES: &[&str] = &[
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/xml",
    "application/xml",
    "application/rss+xml",
    "application/rdf+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/json",
    "application/octet-stream",
];

/// Whether something of the media type `content_type` may be a page; where none is given, it may.
pub(super) fn is_page_type(content_type: Option<&str>) -> bool {
    let Some(content_type) = content_type else { return true };
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.is_empty() || PAGE_TYPES.iter().any(|it| kind.eq_ignore_ascii_case(it))
}

/// The page in `block`, a server's answer.
pub(super) fn page(mut block: Vec<u8>) -> Result<Answer, NoPage> {
    let (head, length) = Head::of(&block)?;
    if head.status != 200 || !is_page_type(head.content_type.as_deref()) {
        return Err(NoPage::OfNoConcern);
    }
    block.drain(..length);
    let mut answer = Answer { body: block, content_type: head.content_type, warnings: Vec::new() };
    if head.chunked {
        answer.undo("its chunks are damaged", unchunked);
    }
    for coding in head.codings.iter().rev().take(MAX_CODINGS) {
        match coding.as_str() {
            "gzip" | "x-gzip" => answer.undo("its gzip is damaged", gunzipped),
            "deflate" => answer.undo("its deflate is damaged", inflated),
            "br" => answer.undo("its brotli is damaged", unbrotlied),
            "zstd" => answer.undo("its zstd is damaged", unzstded),
            "identity" | "" => {}
            other => return Err(NoPage::Broken(format!("its coding `{other}` is not known"))),
        }
        if answer.body.len() > MAX_PAGE_BYTES {
            let limit = MAX_PAGE_BYTES / (1024 * 1024);
            return Err(NoPage::Broken(format!("it unpacks to more than {limit} MiB")));
        }
    }
    Ok(answer)
}

impl Answer {
    /// Replaces the body by what `step` makes of it. Where it can make nothing of it, the archive
    /// holds the page with that step undone already, as many do, and the body stays.
    fn undo(&mut self, damage: &str, step: impl FnOnce(&[u8]) -> (Vec<u8>, bool)) {
        let (body, whole) = step(&self.body);
        if whole || !body.is_empty() {
            self.body = body;
        }
        if !whole && !self.body.is_empty() && !looks_plain(&self.body) {
            self.warnings.push(Warning::of_page(WarningKind::Damaged, damage));
        }
    }
}

/// Whether `body` reads like a page that is not packed.
fn looks_plain(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    start.first().is_some_and(|it| matches!(it, b'<' | b'{' | b'['))
        || start.starts_with(b"\xef\xbb\xbf")
}

/// What the head of an answer says.
#[derive(Default)]
struct Head {
    status: u16,
    content_type: Option<String>,
    chunked: bool,
    /// How the page was packed, the first step first.
    codings: Vec<String>,
}

impl Head {
    /// The head that starts `block`, and its length in bytes.
    fn of(block: &[u8]) -> Result<(Self, usize), NoPage> {
        let broken = |why: &str| NoPage::Broken(why.to_owned());
        let (mut head, mut at) = (Self::default(), 0);
        loop {
            let rest = block.get(at..MAX_HEAD_BYTES.min(block.len())).unwrap_or_default();
            let end = rest.iter().position(|it| *it == b'\n');
            let end = end.ok_or_else(|| broken("the head of the server's answer has no end"))?;
            let line = rest.get(..end).unwrap_or_default().trim_ascii();
            if at == 0 {
                head.status = status(line).ok_or_else(|| broken("it is no answer of a server"))?;
            } else if line.is_empty() {
                return Ok((head, at + end + 1));
            } else {
                head.field(line);
            }
            at += end + 1;
        }
    }

    fn field(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        let words = || value.split(',').map(|it| it.trim().to_ascii_lowercase());
        match name.trim_end().to_ascii_lowercase().as_str() {
            "content-type" => self.content_type = Some(value.to_owned()),
            "content-encoding" => self.codings.extend(words()),
            "transfer-encoding" => {
                for word in words() {
                    if word == "chunked" {
                        self.chunked = true;
                    } else {
                        self.codings.push(word);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The status of an answer, out of its first line.
fn status(line: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(line).ok()?;
    let rest = line.strip_prefix("HTTP/")?;
    rest.split_ascii_whitespace().nth(1)?.parse().ok()
}

/// The chunks of `body` put together, and whether all of them were there.
fn unchunked(body: &[u8]) -> (Vec<u8>, bool) {
    let (mut whole, mut rest) = (Vec::with_capacity(body.len()), body);
    loop {
        let Some(end) = rest.iter().take(1024).position(|it| *it == b'\n') else {
            return (whole, false);
        };
        let line = rest.get(..end).unwrap_or_default();
        let size = line.split(|it| *it == b';').next().unwrap_or_default().trim_ascii();
        let size = std::str::from_utf8(size).ok();
        let Some(size) = size.and_then(|it| usize::from_str_radix(it, 16).ok()) else {
            return (whole, false);
        };
        if size == 0 {
            return (whole, true);
        }
        let behind = rest.get(end + 1..).unwrap_or_default();
        let Some(chunk) = behind.get(..size) else {
            whole.extend_from_slice(behind);
            return (whole, false);
        };
        whole.extend_from_slice(chunk);
        rest = behind.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
}

/// As much of a page as `reader` gives, one byte over the limit at most, and whether it ended well.
fn limited(reader: impl Read) -> (Vec<u8>, bool) {
    let limit = u64::try_from(MAX_PAGE_BYTES).unwrap_or(u64::MAX);
    let mut page = Vec::new();
    let outcome: io::Result<usize> = reader.take(limit + 1).read_to_end(&mut page);
    (page, outcome.is_ok())
}

fn gunzipped(body: &[u8]) -> (Vec<u8>, bool) {
    limited(flate2::bufread::MultiGzDecoder::new(body))
}

/// `deflate` means zlib, and many servers send it bare.
fn inflated(body: &[u8]) -> (Vec<u8>, bool) {
    let (page, whole) = limited(flate2::bufread::ZlibDecoder::new(body));
    if whole && !page.is_empty() {
        return (page, whole);
    }
    let bare = limited(flate2::bufread::DeflateDecoder::new(body));
    if bare.0.len() > page.len() { bare } else { (page, whole) }
}

fn unbrotlied(body: &[u8]) -> (Vec<u8>, bool) {
    limited(brotli_decompressor::Decompressor::new(body, BROTLI_BUFFER_BYTES))
}

fn unzstded(body: &[u8]) -> (Vec<u8>, bool) {
    zstd::stream::read::Decoder::with_buffer(body).map_or((Vec::new(), false), limited)
}

#[cfg(test)]
mod tests;
