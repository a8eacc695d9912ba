//! Web archives: the pages of the response and resource records of a WARC file, versions 1.0 and
//! 1.1, one after the other.
//!
//! The archive is never held, only one record of it. Lengths are believed only as far as they can
//! be checked: a record that is not followed by a line end and another record is broken, and the
//! search for the next one starts behind it.
//!
//! <https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/>

use std::io::{self, BufRead as _, Cursor, Read as _};

use chrono::{DateTime, Utc};

use super::unpack::UnpackError;
use super::{Bytes, Found, FoundPage, http};
use crate::warning::{Warning, WarningKind};

mod header;

use header::Header;

/// Most bytes of the head of a record. Heads have hundreds of bytes; addresses may have thousands.
const MAX_HEADER_BYTES: usize = 64 * 1024;

/// Most bytes of a record that is held, twice those of a page: pages may be sent in small chunks.
const MAX_RECORD_BYTES: u64 = 32 * 1024 * 1024;

/// How each record starts.
const START: &[u8] = b"WARC/";

/// How a record starts behind another.
const RECORD: &[u8] = b"\nWARC/1.";

/// What is told of a record that another one does not follow.
const WRONG_LENGTH: &str = "its length is wrong";

/// Whether a file that starts with `head` is a WARC archive.
pub(super) fn is_warc(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(START)
}

/// The pages of an archive.
pub(super) struct Records<'r> {
    name: String,
    reader: Bytes<'r>,
    /// Bytes of the archive, as unpacked, that were read.
    read: u64,
    /// Number of the record, from 1.
    number: u64,
    /// Where the record starts, in bytes of the archive as unpacked.
    start: u64,
    /// Memory of a block that was passed over, for the next one.
    spare: Vec<u8>,
    /// Whether the last record was told to be broken, so that what follows it says nothing new.
    lost: bool,
    done: bool,
}

/// What reading a record comes to.
enum Outcome {
    /// A page.
    Page(Box<FoundPage>),
    /// A record that holds no page.
    Passed,
    /// A record that is broken, and why.
    Broken(String),
    /// The archive ends here, as it should.
    End,
}

impl Iterator for Records<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while !self.done {
            match self.record() {
                Ok(Outcome::Page(page)) => {
                    self.lost = false;
                    return Some(Found::Page(page));
                }
                Ok(Outcome::Passed) => self.lost = false,
                Ok(Outcome::End) => self.done = true,
                Ok(Outcome::Broken(why)) => {
                    let first = !std::mem::replace(&mut self.lost, true);
                    if first {
                        return Some(self.broken(&why));
                    }
                }
                Err(error) => {
                    let why = UnpackError::of(&error);
                    self.done = !why.goes_on();
                    self.lost = true;
                    return Some(self.broken(&why.to_string()));
                }
            }
        }
        None
    }
}

impl<'r> Records<'r> {
    /// The pages in the archive `name` that `reader` gives.
    pub(super) fn new(name: &str, reader: Bytes<'r>) -> Self {
        let name = name.to_owned();
        let spare = Vec::new();
        Self { name, reader, read: 0, number: 0, start: 0, spare, lost: false, done: false }
    }

    fn broken(&self, why: &str) -> Found {
        let message = format!("record {} at byte {}: {why}", self.number, self.start);
        let warning = Warning::of_page(WarningKind::Damaged, message);
        Found::Unread { name: self.name.clone(), warning }
    }

    /// Reads the next record, wherever it starts.
    fn record(&mut self) -> io::Result<Outcome> {
        self.number += 1;
        self.start = self.read;
        if !self.seek()? {
            return Ok(Outcome::End);
        }
        let mut lines = Vec::new();
        if !self.head(&mut lines)? {
            return Ok(Outcome::Broken("its head has no end".to_owned()));
        }
        let header = match Header::of(&lines) {
            Ok(header) => header,
            Err(why) => return Ok(Outcome::Broken(why)),
        };
        let wanted = header.may_hold_page();
        if header.length > MAX_RECORD_BYTES {
            let passed = self.pass(header.length)?;
            let limit = MAX_RECORD_BYTES / (1024 * 1024);
            let why = format!("it has {} bytes, at most {limit} MiB are read", header.length);
            let is_missed = wanted && matches!(passed, Outcome::Passed);
            return Ok(if is_missed { Outcome::Broken(why) } else { passed });
        }
        let mut block = std::mem::take(&mut self.spare);
        block.clear();
        let count = self.reader.by_ref().take(header.length).read_to_end(&mut block)?;
        self.count(count);
        let missing = header.length - u64::try_from(count).unwrap_or(u64::MAX).min(header.length);
        if missing > 0 || !self.ends_well()? {
            self.give_back(&block);
            return Ok(Outcome::Broken(match missing {
                0 => WRONG_LENGTH.to_owned(),
                _ => format!("the archive ends {missing} bytes before it does"),
            }));
        }
        if wanted {
            return Ok(self.page(header, block));
        }
        self.spare = block;
        Ok(Outcome::Passed)
    }

    /// A length that is wrong may have swallowed the next records: those are read again.
    fn give_back(&mut self, block: &[u8]) {
        let next = block.windows(RECORD.len()).position(|it| it == RECORD);
        if let Some(rest) = next.and_then(|at| block.get(at + 1..)) {
            self.read -= u64::try_from(rest.len()).unwrap_or_default();
            let reader = std::mem::replace(&mut self.reader, Box::new(io::empty()));
            self.reader = Box::new(Cursor::new(rest.to_vec()).chain(reader));
        }
    }

    fn count(&mut self, bytes: usize) {
        self.read += u64::try_from(bytes).unwrap_or(u64::MAX);
    }

    /// Goes to where the next record starts; `false` at the end of the archive. White space
    /// between records is passed over, anything else too, after one warning for all of it.
    fn seek(&mut self) -> io::Result<bool> {
        let mut line_start = true;
        loop {
            let ahead = self.reader.fill_buf()?;
            if ahead.is_empty() {
                return Ok(false);
            }
            if line_start && ahead.first() == START.first() {
                self.start = self.read;
                if self.starts_record()? {
                    return Ok(true);
                }
                line_start = false;
                continue;
            }
            let end = ahead.iter().position(|it| *it == b'\n');
            let taken = end.map_or(ahead.len(), |it| it + 1);
            line_start = end.is_some();
            self.reader.consume(taken);
            self.count(taken);
        }
    }

    /// Takes the first word of a record, where it stands here.
    fn starts_record(&mut self) -> io::Result<bool> {
        for wanted in START {
            if self.reader.fill_buf()?.first() != Some(wanted) {
                return Ok(false);
            }
            self.reader.consume(1);
            self.count(1);
        }
        Ok(true)
    }

    /// Takes the lines of the head up to the empty one. Says whether there was one.
    fn head(&mut self, lines: &mut Vec<u8>) -> io::Result<bool> {
        loop {
            let before = lines.len();
            let room = MAX_HEADER_BYTES.saturating_sub(before);
            let limit = u64::try_from(room).unwrap_or(u64::MAX);
            let count = self.reader.by_ref().take(limit).read_until(b'\n', lines)?;
            self.count(count);
            let line = lines.get(before..).unwrap_or_default();
            if !line.ends_with(b"\n") {
                return Ok(false);
            }
            if line.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }

    /// Passes over the block of a record that is too large to be held.
    fn pass(&mut self, length: u64) -> io::Result<Outcome> {
        let mut left = length;
        while left > 0 {
            let ahead = self.reader.fill_buf()?.len();
            if ahead == 0 {
                let why = format!("the archive ends {left} bytes before it does");
                return Ok(Outcome::Broken(why));
            }
            let taken = usize::try_from(left).unwrap_or(usize::MAX).min(ahead);
            self.reader.consume(taken);
            self.count(taken);
            left -= u64::try_from(taken).unwrap_or(left);
        }
        let well = self.ends_well()?;
        Ok(if well { Outcome::Passed } else { Outcome::Broken(WRONG_LENGTH.to_owned()) })
    }

    /// Whether a line ends here, or the archive does.
    fn ends_well(&mut self) -> io::Result<bool> {
        let next = self.reader.fill_buf()?;
        Ok(next.first().is_none_or(|it| matches!(it, b'\r' | b'\n')))
    }

    /// The page in the block of a record.
    fn page(&self, header: Header, block: Vec<u8>) -> Outcome {
        let mut page = FoundPage::new(&format!("{}:{}", self.name, self.number), Vec::new());
        if header.is_http {
            match http::page(block) {
                Ok(answer) => {
                    page.bytes = answer.body;
                    page.content_type = answer.content_type;
                    page.warnings = answer.warnings;
                }
                Err(http::NoPage::OfNoConcern) => return Outcome::Passed,
                Err(http::NoPage::Broken(why)) => return Outcome::Broken(why),
            }
        } else {
            page.bytes = block;
            page.content_type = header.content_type;
        }
        if header.truncated {
            let message = "the archive holds only the start of the page";
            page.warnings.push(Warning::of_page(WarningKind::Damaged, message));
        }
        page.address = header.address;
        page.captured = header.captured;
        Outcome::Page(Box::new(page))
    }
}

/// The moment that a `WARC-Date` names.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|it| it.with_timezone(&Utc))
}
