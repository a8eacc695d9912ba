//! What a projector needs of a log.

use dateline_event::{Envelope, Position};
use thiserror::Error;

/// The half of a log that a projector uses.
pub trait LogReader: Send + Sync {
    /// Position of the newest event; `None` while the log holds nothing.
    fn head(&self) -> Option<Position>;

    /// Up to `limit` envelopes in order, from `from` to the head at the time of the call.
    fn read(&self, from: Position, limit: usize) -> Envelopes<'_>;
}

/// Envelopes in the order of their positions.
pub type Envelopes<'log> = Box<dyn Iterator<Item = Result<Envelope, ReadError>> + Send + 'log>;

/// Why events cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct ReadError(pub String);
