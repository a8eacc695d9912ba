//! Takes the pages out of a file, whatever it is: one page, packed or not, or many in an archive.
//!
//! What a file is, its content tells. It is read from start to end and never held whole, unless it
//! is one page.

use std::io::{self, BufRead, Cursor, Read};

use chrono::{DateTime, Utc};
use dateline_event::SourceId;

use crate::capture::{Capture, Reading};
use crate::read::read_page;
use crate::warning::{Warning, WarningKind};
use unpack::UnpackError;

mod http;
mod records;
mod unpack;
mod warc;

/// Largest page that is read, in bytes after unpacking. The mean news page has 340 KB, the largest
/// that archives of news hold have a few MB; what is larger is no page. Two pages of this size fit
/// into the memory that a run is allowed, with all that is made of them.
pub const MAX_PAGE_BYTES: usize = 16 * 1024 * 1024;

/// How much of a file is looked at to tell what it is, in bytes.
const PEEK_BYTES: usize = 64 * 1024;

/// A page that was found in a file, or what stands for one that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A page.
    Page(Box<FoundPage>),
    /// There is a page, or were some, and none could be taken out.
    Unread {
        /// File name, and record where there are records.
        name: String,
        /// Why.
        warning: Warning,
    },
}

/// A page that was found in a file, with what the file says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPage {
    /// File name, and record where there are records.
    pub name: String,
    /// Who publishes it, where the record says so.
    pub source: Option<SourceId>,
    /// Its address, where the record says so.
    pub address: Option<String>,
    /// When it was captured, where the record says so.
    pub captured: Option<DateTime<Utc>>,
    /// The media type that the server declared, where the record carries it.
    pub content_type: Option<String>,
    /// The page itself.
    pub bytes: Vec<u8>,
    /// What was wrong on the way to it.
    pub warnings: Vec<Warning>,
}

impl FoundPage {
    /// A page of which nothing is known but its name.
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            source: None,
            address: None,
            captured: None,
            content_type: None,
            bytes,
            warnings: Vec::new(),
        }
    }

    /// Reads the page; `source` publishes it unless the record says who does.
    pub fn read(&self, source: &SourceId) -> Reading {
        let capture = Capture {
            name: &self.name,
            source: self.source.as_ref().unwrap_or(source),
            address: self.address.as_deref(),
            captured: self.captured,
            content_type: self.content_type.as_deref(),
            bytes: &self.bytes,
        };
        let mut reading = read_page(&capture);
        reading.warnings.splice(0..0, self.warnings.iter().cloned());
        reading
    }
}

/// The pages in the file `name`, whose bytes `reader` gives, in the order of the file. Never fails:
/// where the file cannot be read on, the last thing found is the reason.
pub fn captures<'r>(name: &str, reader: impl Read + 'r) -> Captures<'r> {
    Captures { name: name.to_owned(), state: State::Closed(Box::new(reader)) }
}

/// The pages of one file; see [`captures`].
pub struct Captures<'r> {
    name: String,
    state: State<'r>,
}

type Bytes<'r> = Box<dyn BufRead + 'r>;

enum State<'r> {
    /// Nothing was read yet.
    Closed(Box<dyn Read + 'r>),
    /// A record on each line.
    Lines(records::Lines<'r>),
    /// A web archive.
    Warc(warc::Records<'r>),
    /// No page is left.
    Done,
}

impl Iterator for Captures<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Closed(reader) => {
                let found = self.open(reader);
                found.unwrap_or_else(|why| Some(unread(&self.name, &why)))
            }
            State::Warc(mut records) => {
                let found = records.next();
                self.state = State::Warc(records);
                found
            }
            State::Lines(mut lines) => {
                let found = lines.next();
                self.state = State::Lines(lines);
                found
            }
            State::Done => None,
        }
    }
}

impl<'r> Captures<'r> {
    /// The first page that `reader` gives; it tells what kind of file it is.
    fn open(&mut self, reader: Box<dyn Read + 'r>) -> Result<Option<Found>, UnpackError> {
        let unpacked = unpack::unpacked(reader)?;
        let (head, unpacked) = peeked(unpacked);
        if warc::is_warc(&head) {
            self.state = State::Warc(warc::Records::new(&self.name, unpacked));
            return Ok(self.next());
        }
        if records::is_records(&head) {
            self.state = State::Lines(records::Lines::new(&self.name, unpacked));
            return Ok(self.next());
        }
        Ok(Some(single(&self.name, unpacked)))
    }
}

/// The first bytes that `reader` gives, and a reader that gives them again.
fn peeked(mut reader: Bytes<'_>) -> (Vec<u8>, Bytes<'_>) {
    let mut head = Vec::new();
    let limit = u64::try_from(PEEK_BYTES).unwrap_or(u64::MAX);
    let error = reader.by_ref().take(limit).read_to_end(&mut head).err();
    (head.clone(), Box::new(Again { head: Cursor::new(head), error, reader }))
}

/// Gives what was looked at again, with the error that ended it.
struct Again<'r> {
    head: Cursor<Vec<u8>>,
    error: Option<io::Error>,
    reader: Bytes<'r>,
}

impl Again<'_> {
    fn is_left(&mut self) -> io::Result<bool> {
        let is_left = self.head.fill_buf().is_ok_and(|it| !it.is_empty());
        if is_left { Ok(true) } else { self.error.take().map_or(Ok(false), Err) }
    }
}

impl Read for Again<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_left()? { self.head.read(buffer) } else { self.reader.read(buffer) }
    }
}

impl BufRead for Again<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.is_left()? { self.head.fill_buf() } else { self.reader.fill_buf() }
    }

    fn consume(&mut self, count: usize) {
        if self.head.fill_buf().is_ok_and(|it| !it.is_empty()) {
            self.head.consume(count);
        } else {
            self.reader.consume(count);
        }
    }
}

/// The one page that `reader` gives. What could be read of a damaged file is the page.
fn single(name: &str, reader: Bytes<'_>) -> Found {
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_PAGE_BYTES).unwrap_or(u64::MAX);
    let outcome = reader.take(limit + 1).read_to_end(&mut bytes);
    let damage = match outcome.map_err(|why| UnpackError::of(&why)) {
        Ok(_) => None,
        Err(why) if bytes.is_empty() || why.is_refusal() => return unread(name, &why),
        Err(why) => Some(why.warning()),
    };
    if bytes.len() > MAX_PAGE_BYTES {
        return Found::Unread { name: name.to_owned(), warning: too_large() };
    }
    if records::is_record(&bytes) {
        return records::page(name, &bytes);
    }
    let mut page = FoundPage::new(name, bytes);
    page.warnings.extend(damage);
    Found::Page(Box::new(page))
}

fn too_large() -> Warning {
    let limit = MAX_PAGE_BYTES / (1024 * 1024);
    let message = format!("the page is too large to be one, at most {limit} MiB are read");
    Warning::of_page(WarningKind::Limit, message)
}

fn unread(name: &str, why: &UnpackError) -> Found {
    Found::Unread { name: name.to_owned(), warning: why.warning() }
}
