//! Undoes gzip and zstd, however many members or frames a file has, and refuses bombs.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::rc::Rc;

use thiserror::Error;

use super::{Bytes, peeked};
use crate::warning::{Warning, WarningKind};

mod gzip;
mod zstandard;

/// Most times that a file may be packed over itself; a capture of a packed archive that a server
/// packed once more has two.
const MAX_LAYERS: usize = 3;

/// How many bytes a file may unpack to without regard to its own size.
const FREE_BYTES: u64 = 64 * 1024 * 1024;

/// How many bytes each byte of a file may unpack to beyond [`FREE_BYTES`]. Archives of pages have
/// less than 20; deflate itself ends at 1,032, zstd far beyond.
const MAX_RATIO: u64 = 250;

/// Bytes that are read from a file at once.
const BUFFER_BYTES: usize = 128 * 1024;

/// Why a file could not be unpacked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum UnpackError {
    /// The file itself could not be read.
    #[error("the file cannot be read: {0}")]
    Read(String),
    /// It is packed over and over.
    #[error("the file is packed more than {MAX_LAYERS} times over, which is refused")]
    Layers,
    /// It unpacks to far more than a file of its size would.
    #[error("the file unpacks to more than {MAX_RATIO} times its size, which is refused")]
    Bomb,
    /// It ends in the middle.
    #[error("the file ends in the middle of packed data")]
    CutShort,
    /// What is packed cannot be unpacked.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// One member of a gzip file is damaged; reading goes on behind it.
    #[error("a part of the file is damaged: {0}")]
    DamagedMember(String),
}

impl UnpackError {
    /// What `error` stands for.
    pub(super) fn of(error: &io::Error) -> Self {
        let inner = error.get_ref().and_then(|it| it.downcast_ref::<Self>());
        let is_cut = error.kind() == ErrorKind::UnexpectedEof;
        let other = || if is_cut { Self::CutShort } else { Self::Read(error.to_string()) };
        inner.cloned().unwrap_or_else(other)
    }

    /// Whether nothing that was unpacked should be used.
    pub(super) const fn is_refusal(&self) -> bool {
        matches!(self, Self::Layers | Self::Bomb)
    }

    /// Whether there may be more behind the damage.
    pub(super) const fn goes_on(&self) -> bool {
        matches!(self, Self::DamagedMember(_))
    }

    pub(super) fn warning(&self) -> Warning {
        let kind = if self.is_refusal() { WarningKind::Limit } else { WarningKind::Damaged };
        Warning::of_page(kind, self.to_string())
    }
}

impl From<UnpackError> for io::Error {
    fn from(error: UnpackError) -> Self {
        Self::other(error)
    }
}

/// What `reader` gives, unpacked as often as it is packed.
pub(super) fn unpacked<'r>(reader: Box<dyn Read + 'r>) -> Result<Bytes<'r>, UnpackError> {
    let fail = |error: io::Error| UnpackError::of(&error);
    let read = Rc::new(Cell::new(0));
    let counted = Counted { reader, read: Rc::clone(&read) };
    let mut bytes: Bytes<'r> = Box::new(BufReader::with_capacity(BUFFER_BYTES, counted));
    for _ in 0..=MAX_LAYERS {
        let start = bytes.fill_buf().map_err(fail)?;
        // A pipe may give a single byte at first.
        let head = if start.len() < 4 {
            let (head, again) = peeked(bytes);
            bytes = again;
            head
        } else {
            start.get(..4).unwrap_or_default().to_vec()
        };
        let layer: Box<dyn Read + 'r> = if head.starts_with(&gzip::MAGIC) {
            Box::new(gzip::Members::new(bytes))
        } else if zstandard::is_magic(&head) {
            zstandard::frames(&head, bytes).map_err(fail)?
        } else {
            return Ok(bytes);
        };
        let guard = Guard { reader: layer, read: Rc::clone(&read), given: 0 };
        bytes = Box::new(BufReader::with_capacity(BUFFER_BYTES, guard));
    }
    Err(UnpackError::Layers)
}

/// Counts the bytes of the file.
struct Counted<R> {
    reader: R,
    read: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.read.set(self.read.get() + u64::try_from(count).unwrap_or(u64::MAX));
        Ok(count)
    }
}

/// Ends a bomb.
struct Guard<R> {
    reader: R,
    /// Bytes of the file so far.
    read: Rc<Cell<u64>>,
    /// Bytes unpacked so far.
    given: u64,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.given += u64::try_from(count).unwrap_or(u64::MAX);
        if self.given > FREE_BYTES + self.read.get().saturating_mul(MAX_RATIO) {
            return Err(UnpackError::Bomb.into());
        }
        Ok(count)
    }
}
