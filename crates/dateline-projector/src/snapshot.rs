//! A view saved, so that a start does not fold the whole log. It may be deleted at any time, and is never trusted: one
//! that is damaged, of another version or of another log is refused with the reason, and the log is folded instead.
//!
//! ```text
//!   "dateline view\n"
//!   section  head            versions, position, mark of the log, number of sections
//!   section  registry        as events
//!   section  dictionary
//!   section  instants
//!   section  stories         many of them, in the order of their reports: what timelines ask for, then the packed facts
//!   section  unreported
//!   section  timelines       many of them
//!   section  groups          which stories are the same
//!   section  texts           many of them: those that the next ones are compared with
//!   a section: kind u8 │ bytes u32 │ BLAKE3 of kind, number and bytes 32 │ bytes
//! ```

mod read;
mod section;
mod write;

use std::io;
use std::sync::Arc;

use dateline_event::{Envelope, Position};
use dateline_log::{LogReader, ReadError};
use thiserror::Error;

use crate::VERSION;
use crate::kin::SameStory;
use crate::pack::{Pack, packed_struct};
use crate::view::View;

pub(crate) use read::read;

/// How a file begins that is a snapshot.
const MAGIC: &[u8; 14] = b"dateline view\n";

/// Version of the layout of the file.
const FORMAT: u32 = 4;

/// A view that is ready to be saved.
#[derive(Debug, Clone)]
pub struct Snapshot {
    view: Arc<View>,
    same: Arc<SameStory>,
    versions: Versions,
    mark: Option<LogMark>,
}

/// Why a snapshot is not used. The log is folded instead, so each of these is a warning.
#[derive(Debug, Error)]
pub enum SnapshotError {
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It does not begin as one.
    #[error("it is no snapshot of a view")]
    NotASnapshot,
    /// It was made by another version of the program.
    #[error("its {what} is version {found}, wanted version {wanted}")]
    Version {
        /// What of the program has another version.
        what: &'static str,
        /// The version that made it.
        found: u32,
        /// The version of this program.
        wanted: u32,
    },
    /// It is not what was written.
    #[error("it is damaged: {what}")]
    Damaged {
        /// What was found.
        what: String,
    },
    /// It was made of another log, or of a part of this one that is gone.
    #[error("it is of another log, or of events that this log no longer has")]
    OtherLog,
    /// The log cannot be read at the place that it names.
    #[error(transparent)]
    Log(#[from] ReadError),
}

/// What has to be the same for a view to be the one that this program would make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Versions {
    pub(crate) format: u32,
    pub(crate) projector: u32,
    pub(crate) annotator: u32,
}

/// Tells a log from others, and from itself with another past: a digest of its first event and of the one at the
/// checkpoint, with the times at which the log took them.
pub(crate) type LogMark = [u8; DIGEST_BYTES];

const DIGEST_BYTES: usize = 32;

/// The first section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) versions: Versions,
    pub(crate) position: Option<Position>,
    pub(crate) recorded: Option<chrono::DateTime<chrono::Utc>>,
    pub(crate) mark: Option<LogMark>,
    /// How many sections follow.
    pub(crate) sections: u64,
}

packed_struct!(Versions { format, projector, annotator });
packed_struct!(Head { versions, position, recorded, mark, sections });

impl Pack for LogMark {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }

    fn unpack(from: &mut crate::pack::Unpacker<'_>) -> Option<Self> {
        from.bytes(DIGEST_BYTES)?.try_into().ok()
    }
}

impl Versions {
    pub(crate) const fn with_annotator(annotator: u32) -> Self {
        Self { format: FORMAT, projector: VERSION, annotator }
    }

    pub(crate) fn check(self, wanted: Self) -> Result<(), SnapshotError> {
        let differ = |what, found, wanted| SnapshotError::Version { what, found, wanted };
        if self.format != wanted.format {
            return Err(differ("layout", self.format, wanted.format));
        }
        if self.projector != wanted.projector {
            return Err(differ("projector", self.projector, wanted.projector));
        }
        if self.annotator != wanted.annotator {
            return Err(differ("annotator", self.annotator, wanted.annotator));
        }
        Ok(())
    }
}

impl Snapshot {
    /// A snapshot of a view and of what tells copies at its position, made of `log` by an annotator of this version.
    pub(crate) fn new(
        (view, same): (Arc<View>, Arc<SameStory>),
        log: &dyn LogReader,
        annotator: u32,
    ) -> Result<Self, ReadError> {
        let mark = view.position().map(|it| mark_of(log, it)).transpose()?.flatten();
        Ok(Self { view, same, versions: Versions::with_annotator(annotator), mark })
    }

    /// The position that it was made at.
    pub fn position(&self) -> Option<Position> {
        self.view.position()
    }
}

/// What tells `log` at `position` from other logs, and from itself with another past; `None` when it has not come that
/// far. Whoever keeps something made of a log beside it can keep this with it.
///
/// # Errors
/// When the log cannot be read.
pub fn log_mark(log: &dyn LogReader, position: Position) -> Result<Option<[u8; 32]>, ReadError> {
    mark_of(log, position)
}

/// The mark of `log` at `position`; `None` when it has not come that far.
pub(crate) fn mark_of(
    log: &dyn LogReader,
    position: Position,
) -> Result<Option<LogMark>, ReadError> {
    let mut hasher = blake3::Hasher::new();
    for at in [Position::FIRST, position] {
        let Some(envelope) = log.get(at)? else { return Ok(None) };
        let Envelope { position, recorded, event } = envelope;
        let told = format!("{position} {} {} {}\n", recorded.to_rfc3339(), event.id, event.stream);
        hasher.update(told.as_bytes());
        hasher.update(event.data.as_json().as_bytes());
    }
    Ok(Some(*hasher.finalize().as_bytes()))
}
