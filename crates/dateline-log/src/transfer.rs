//! Taking events out of a log and into another: as lines of CloudEvents JSON, or from log to log.
//!
//! Both keep positions and times, so that the chain of the copy is that of the log it came from.
//! Packing the lines (gzip, zstd) is up to the caller, who brings the reader and the writer.

use std::io::{self, BufRead, Read as _, Write};
use std::ops::RangeInclusive;
use std::path::Path;

use dateline_event::{Envelope, Position};
use thiserror::Error;

use crate::admit::stored_bytes;
use crate::append::AppendError;
use crate::block::line_of;
use crate::contract::{EventLog, LogReader};
use crate::limits::{MAX_COMMIT_BYTES, MAX_COMMIT_EVENTS, MAX_EVENT_BYTES};
use crate::read::{Progress, ReadError, Verified};
use crate::sled_log::{OpenError, SledLog};

/// Why events could not be written out.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The log could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The lines could not be written.
    #[error("cannot write the event at position {position}: {source}")]
    Write {
        /// The position of the event.
        position: Position,
        /// What the system said.
        source: io::Error,
    },
}

/// Writes the events at `positions` to `out`, a line each, and says how many there were. Positions
/// beyond the head are left out.
pub fn export(
    log: &dyn LogReader,
    positions: RangeInclusive<Position>,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(Progress),
) -> Result<u64, ExportError> {
    let (from, to) = positions.into_inner();
    let last = log.head().map_or(0, |head| head.min(to).get());
    let total = (last + 1).saturating_sub(from.get());
    let mut done = 0;
    for envelope in log.read(from, usize::try_from(total).unwrap_or(usize::MAX)) {
        let envelope = envelope?;
        let position = envelope.position;
        writeln!(out, "{}", line_of(&envelope))
            .map_err(|source| ExportError::Write { position, source })?;
        done += 1;
        progress(Progress { done, total });
    }
    Ok(done)
}

/// Why lines could not be taken into a log.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The lines could not be read. Nothing was written.
    #[error("cannot read line {line}: {source}")]
    Input {
        /// The line, from 1.
        line: u64,
        /// What the system said.
        source: io::Error,
    },
    /// A line is not an exported event. Nothing was written.
    #[error("line {line} is not an exported event: {reason}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// A line is an event that does not come next. Nothing was written.
    #[error("line {line} is the event at position {found}, wanted position {wanted}")]
    Order {
        /// The line, from 1.
        line: u64,
        /// The position that it says.
        found: Position,
        /// The position that comes next.
        wanted: Position,
    },
    /// The log did not take the events.
    #[error("line {line}: {source}")]
    Append {
        /// The last line of those that were given to the log together.
        line: u64,
        /// Why it did not.
        source: AppendError,
    },
}

/// Opens the lines to import; called twice, so that nothing is written before every line was seen.
pub type ImportLines<'a> = &'a mut dyn FnMut() -> io::Result<Box<dyn BufRead>>;

/// Says why an event is not wanted in the log, although its line is in order.
pub type Accept<'a> = &'a dyn Fn(&Envelope) -> Result<(), String>;

/// Takes exported lines into `log`, which they must continue exactly: an empty log takes the lines
/// from position 1 on. Says how many events were written.
///
/// # Errors
/// The first line that is no exported event, does not come next, or that `accept` refuses. All
/// lines are checked before the first is written.
pub fn import(
    log: &SledLog,
    lines: ImportLines<'_>,
    accept: Accept<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<u64, ImportError> {
    let next = log.head().map_or(Position::FIRST, Position::next);
    let mut total = 0;
    each_line(lines, next, &mut |line, envelope| {
        total += 1;
        accept(&envelope).map_err(|reason| ImportError::Line { line, reason })
    })?;
    let mut together = Together::default();
    let mut done = 0;
    let mut last_line = 0;
    each_line(lines, next, &mut |line, envelope| {
        last_line = line;
        done +=
            together.add(log, envelope).map_err(|source| ImportError::Append { line, source })?;
        progress(Progress { done, total });
        Ok(())
    })?;
    done +=
        together.write(log).map_err(|source| ImportError::Append { line: last_line, source })?;
    progress(Progress { done, total });
    Ok(done)
}

type EachLine<'a> = &'a mut dyn FnMut(u64, Envelope) -> Result<(), ImportError>;

/// Calls `each` with every line, checked.
fn each_line(
    lines: ImportLines<'_>,
    first: Position,
    each: EachLine<'_>,
) -> Result<(), ImportError> {
    let mut input = lines().map_err(|source| ImportError::Input { line: 1, source })?;
    let mut wanted = first;
    let mut before = None;
    let longest = u64::try_from(MAX_LINE_BYTES).expect("the limit of a line is small");
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        (&mut input)
            .take(longest)
            .read_until(b'\n', &mut bytes)
            .map_err(|source| ImportError::Input { line, source })?;
        if bytes.is_empty() {
            break;
        }
        let envelope = whole(&bytes)
            .and_then(exported)
            .map_err(|reason| ImportError::Line { line, reason })?;
        let found = envelope.position;
        if found != wanted {
            return Err(ImportError::Order { line, found, wanted });
        }
        if before > Some(envelope.recorded) {
            let reason = "it was recorded before the event of the line in front".to_owned();
            return Err(ImportError::Line { line, reason });
        }
        before = Some(envelope.recorded);
        wanted = wanted.next();
        each(line, envelope)?;
    }
    Ok(())
}

/// Longest line that is read, in bytes with its end.
const MAX_LINE_BYTES: usize = MAX_EVENT_BYTES + 1;

/// The text of a line without its end.
fn whole(bytes: &[u8]) -> Result<&str, String> {
    let Some(text) = bytes.strip_suffix(b"\n") else {
        return Err(if bytes.len() > MAX_EVENT_BYTES {
            format!("it is longer than {MAX_EVENT_BYTES} bytes")
        } else {
            "it has no line end, so the input is cut off".to_owned()
        });
    };
    std::str::from_utf8(text).map_err(|error| error.to_string())
}

/// The event of a line that an export could have written, byte for byte.
fn exported(line: &str) -> Result<Envelope, String> {
    let envelope: Envelope = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let bytes = stored_bytes(&envelope.event);
    if bytes > MAX_EVENT_BYTES {
        return Err(format!("it has {bytes} bytes, at most {MAX_EVENT_BYTES} are allowed"));
    }
    if line_of(&envelope) == line {
        Ok(envelope)
    } else {
        Err("it has attributes or a form that no export writes".to_owned())
    }
}

/// Envelopes that go into one commit.
#[derive(Default)]
struct Together {
    envelopes: Vec<Envelope>,
    bytes: usize,
}

impl Together {
    /// Adds an envelope, and writes those before it if they fill a commit. Says how many it wrote.
    fn add(&mut self, log: &SledLog, envelope: Envelope) -> Result<u64, AppendError> {
        let bytes = stored_bytes(&envelope.event);
        let full =
            self.envelopes.len() == MAX_COMMIT_EVENTS || self.bytes + bytes > MAX_COMMIT_BYTES;
        let written = if full { self.write(log)? } else { 0 };
        self.bytes += bytes;
        self.envelopes.push(envelope);
        Ok(written)
    }

    fn write(&mut self, log: &SledLog) -> Result<u64, AppendError> {
        let Self { envelopes, .. } = std::mem::take(self);
        if envelopes.is_empty() {
            return Ok(0);
        }
        log.continue_with(envelopes).map(|it| it.last.get() - it.first.get() + 1)
    }
}

/// Why a copy of a log could not be made.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The log that is copied, or the copy, could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The copy could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is a log already that holds something.
    #[error("the log in `{directory}` holds events up to position {head}, wanted an empty place")]
    NotEmpty {
        /// The directory of the copy.
        directory: String,
        /// Its head.
        head: Position,
    },
    /// The copy did not take the events.
    #[error("the copy in `{directory}`: {source}")]
    Append {
        /// The directory of the copy.
        directory: String,
        /// Why it did not.
        source: AppendError,
    },
}

/// Copies `log`, up to its head at the time of the call, into a new log in `directory`, and
/// verifies the copy. Writers may go on meanwhile. To restore is to copy the copy.
pub fn backup(
    log: &dyn LogReader,
    directory: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<Verified, BackupError> {
    // Every time is that of the log that is copied, so the copy needs no clock.
    let copy = SledLog::open(directory, Box::new(|| chrono::DateTime::UNIX_EPOCH))?;
    let name = || directory.display().to_string();
    if let Some(head) = copy.head() {
        return Err(BackupError::NotEmpty { directory: name(), head });
    }
    let total = log.head().map_or(0, Position::get);
    let mut together = Together::default();
    let mut done = 0;
    for envelope in log.read(Position::FIRST, usize::try_from(total).unwrap_or(usize::MAX)) {
        done += together
            .add(&copy, envelope?)
            .map_err(|source| BackupError::Append { directory: name(), source })?;
        progress(Progress { done, total });
    }
    done += together
        .write(&copy)
        .map_err(|source| BackupError::Append { directory: name(), source })?;
    progress(Progress { done, total });
    Ok(copy.verify(&mut |_| {})?)
}
