//! Files of JSON records, one a line, and records that hold a whole page.

use std::io::{self, BufRead as _, Read as _};

use chrono::{DateTime, Utc};
use dateline_event::SourceId;

use super::unpack::UnpackError;
use super::{Bytes, Found, FoundPage, MAX_PAGE_BYTES, too_large};
use crate::json::Located;
use crate::warning::{Warning, WarningKind};

/// Lines at the start of a file that are looked at to tell whether each is a record.
const PROBE_LINES: usize = 5;

/// Whether a file that starts with `head` has a record on each line: one of its first lines is a
/// JSON object, whole.
pub(super) fn is_records(head: &[u8]) -> bool {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if !start.starts_with(b"{") {
        return false;
    }
    let lines = start.split_inclusive(|it| *it == b'\n').take(PROBE_LINES);
    let whole = |line: &[u8]| {
        let line = std::str::from_utf8(line).ok().map(str::trim);
        line.is_some_and(|it| matches!(Located::read(it), Ok(Located::Object(_))))
    };
    lines.into_iter().filter(|it| it.ends_with(b"\n")).any(whole)
}

/// Whether a file is one JSON object.
pub(super) fn is_record(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{")
        && std::str::from_utf8(bytes).is_ok_and(|it| Located::read(it).is_ok())
}

/// The pages in a file of records.
pub(super) struct Lines<'r> {
    name: String,
    reader: Bytes<'r>,
    number: u64,
    done: bool,
}

impl<'r> Lines<'r> {
    pub(super) fn new(name: &str, reader: Bytes<'r>) -> Self {
        Self { name: name.to_owned(), reader, number: 0, done: false }
    }

    /// The next line that is not empty, without its end; `None` behind the last.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let limit = u64::try_from(MAX_PAGE_BYTES).unwrap_or(u64::MAX);
        loop {
            let mut line = Vec::new();
            self.number += 1;
            if self.reader.by_ref().take(limit + 1).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            if line.len() > MAX_PAGE_BYTES && !line.ends_with(b"\n") {
                self.skip_line()?;
            }
            if !line.trim_ascii().is_empty() {
                return Ok(Some(line));
            }
        }
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let ahead = self.reader.fill_buf()?;
            let end = ahead.iter().position(|it| *it == b'\n');
            let taken = end.map_or(ahead.len(), |it| it + 1);
            self.reader.consume(taken);
            if end.is_some() || taken == 0 {
                return Ok(());
            }
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if self.done {
            return None;
        }
        let line = self.line();
        let name = format!("{}:{}", self.name, self.number);
        match line {
            Ok(None) => {
                self.done = true;
                None
            }
            Ok(Some(line)) if line.len() > MAX_PAGE_BYTES => {
                Some(Found::Unread { name, warning: too_large() })
            }
            Ok(Some(line)) => Some(page(&name, &line)),
            Err(error) => {
                let why = UnpackError::of(&error);
                self.done = !why.goes_on();
                Some(Found::Unread { name, warning: why.warning() })
            }
        }
    }
}

/// The page of one record, `bytes`. A record with `html` or `text` holds a page; any other is one.
pub(super) fn page(name: &str, bytes: &[u8]) -> Found {
    let broken = |message: String| {
        let warning = Warning::of_page(WarningKind::Damaged, message);
        Found::Unread { name: name.to_owned(), warning }
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        return broken("the record is not UTF-8".to_owned());
    };
    let record = match Located::read(text) {
        Ok(record) => record,
        Err(why) => return broken(why.to_string()),
    };
    let field = |name: &str| record.get(name).and_then(Located::text).filter(|it| !it.is_empty());
    let source = field("source");
    let source = source.as_deref().map(|it| SourceId::new(&it.replace(char::is_whitespace, "-")));
    let source = match source.transpose() {
        Ok(source) => source,
        Err(why) => return broken(format!("its source is none: {why}")),
    };
    let (html, plain) = (field("html"), field("text"));
    let content_type =
        html.as_ref().or(plain.as_ref()).map(|_| "text/html; charset=utf-8".to_owned());
    let captured = field("captured").and_then(|it| DateTime::parse_from_rfc3339(&it).ok());
    let address = field("address").or_else(|| field("url")).filter(|_| content_type.is_some());
    let found = FoundPage {
        name: field("name").filter(|_| content_type.is_some()).unwrap_or_else(|| name.to_owned()),
        source,
        address,
        captured: captured.map(|it| it.with_timezone(&Utc)),
        content_type,
        bytes: html.or(plain).map_or_else(|| bytes.to_vec(), String::into_bytes),
        warnings: Vec::new(),
    };
    Found::Page(Box::new(found))
}
