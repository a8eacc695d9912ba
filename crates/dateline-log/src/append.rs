//! The outcomes of an append: [`Written`], [`Refused`] and [`Unknown`].

use dateline_event::{ExpectedPosition, Position, StreamId};
use thiserror::Error;

use crate::limits::{MAX_COMMIT_BYTES, MAX_COMMIT_EVENTS, MAX_EVENT_BYTES};

/// The events of an append are in the log, next to each other, and survive a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Position of the first event of the append.
    pub first: Position,
    /// Position of its last event; the same as `first` for an append of one.
    pub last: Position,
}

/// Why an append did not end in [`Written`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AppendError {
    /// Nothing was written, for certain.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The events may be in the log or not; only opening it again tells.
    #[error(transparent)]
    Unknown(#[from] Unknown),
}

/// The log wrote nothing of an append.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// The stream does not end where the writer believed.
    #[error("stream `{stream}` {}, the writer expected {expected}", ends(*.actual))]
    Expectation {
        /// The stream.
        stream: StreamId,
        /// Where it ends; `None` if it has no event.
        actual: Option<Position>,
        /// What the writer stated.
        expected: ExpectedPosition,
    },
    /// An append of no events.
    #[error("an append has no events, wanted at least one")]
    Empty,
    /// One event is longer than [`MAX_EVENT_BYTES`].
    #[error(
        "an event of stream `{stream}` has {bytes} bytes, at most {MAX_EVENT_BYTES} are allowed"
    )]
    EventTooLarge {
        /// The stream of the event.
        stream: StreamId,
        /// Its length in stored form, in bytes.
        bytes: usize,
    },
    /// More events than fit into one commit.
    #[error("an append has {events} events, at most {MAX_COMMIT_EVENTS} are allowed")]
    TooManyEvents {
        /// How many were given.
        events: usize,
    },
    /// More bytes than fit into one commit.
    #[error("an append has {bytes} bytes, at most {MAX_COMMIT_BYTES} are allowed")]
    AppendTooLarge {
        /// Their length in stored form, in bytes.
        bytes: usize,
    },
    /// Events of another log that do not continue this one.
    #[error("the events start at position {first}, the log goes on at position {next}")]
    OutOfPlace {
        /// Position of the first event.
        first: Position,
        /// Position that comes next in this log.
        next: Position,
    },
    /// Events of another log that were recorded before what this one holds, or not in order.
    #[error("an event from position {first} on was recorded before the one in front of it")]
    TimeGoesBack {
        /// Position of the first of the events given.
        first: Position,
    },
    /// An earlier append ended in [`Unknown`], and the log takes nothing until it is opened again.
    #[error("the log refuses appends until it is opened again, because {reason}")]
    Poisoned {
        /// What failed then.
        reason: String,
    },
}

fn ends(actual: Option<Position>) -> String {
    actual.map_or("has no event yet".to_owned(), |at| format!("ends at position {at}"))
}

/// A commit failed half way: what it held may be durable or not, so the log is poisoned.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "it is unknown whether the events were written, because {reason}; open the log again to see"
)]
pub struct Unknown {
    /// What failed, with the path.
    pub reason: String,
}
