//! What reading gives: envelopes in order, or the place where the log is damaged.

use dateline_event::{Envelope, Position};
use thiserror::Error;

use crate::chain::ChainHead;

/// Envelopes in the order of their positions. After an error it ends.
pub struct Envelopes<'log>(Box<dyn Iterator<Item = Result<Envelope, ReadError>> + Send + 'log>);

impl<'log> Envelopes<'log> {
    /// Wraps what a log's own reader yields.
    pub fn new(envelopes: impl Iterator<Item = Result<Envelope, ReadError>> + Send + 'log) -> Self {
        Self(Box::new(envelopes))
    }
}

impl Iterator for Envelopes<'_> {
    type Item = Result<Envelope, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

/// Why events cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// What is stored is not what was written.
    #[error(transparent)]
    Damaged(#[from] Damage),
    /// The store or its disk gave an error.
    #[error("cannot read position {position}: {reason}")]
    Storage {
        /// The position that was wanted.
        position: Position,
        /// What the store said.
        reason: String,
    },
}

/// A place where the log is not what it was. The events from `first` to `last` were stored
/// together, so one changed byte puts all of them in doubt.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the log is damaged at {}: {what}", place(*.first, *.last))]
pub struct Damage {
    /// First position in doubt.
    pub first: Position,
    /// Last position in doubt.
    pub last: Position,
    /// What was found and what was wanted.
    pub what: String,
}

fn place(first: Position, last: Position) -> String {
    if first == last { format!("position {first}") } else { format!("positions {first} to {last}") }
}

/// How far a check of the whole log has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Events checked.
    pub done: u64,
    /// Events to check.
    pub total: u64,
}

/// What a check of the whole log found when nothing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Position of the newest event; `None` for a log that holds nothing.
    pub head: Option<Position>,
    /// The chain over all events up to `head`.
    pub chain: ChainHead,
    /// How many events there are.
    pub events: u64,
}
