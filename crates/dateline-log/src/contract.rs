//! The contract: what every log promises to its readers and writers.

use std::time::Duration;

use chrono::{DateTime, Utc};
use dateline_event::{Envelope, ExpectedPosition, NewEvent, Position, StreamId};

use crate::append::{AppendError, Written};
use crate::chain::ChainHead;
use crate::read::{Envelopes, Progress, ReadError, Verified};

/// The events of one append, each with what the writer believes the end of its stream is.
pub type NewEvents = Vec<(NewEvent, ExpectedPosition)>;

/// Tells the present moment. The log asks it once an append, and never records a time before the
/// one it recorded last.
pub type Clock = Box<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The half of a log that readers use.
///
/// A reader sees an event only when it is durable, so nothing that it has seen can vanish. All of
/// this may be called from any thread, beside writers.
pub trait LogReader: Send + Sync {
    /// Position of the newest event; `None` while the log holds nothing.
    fn head(&self) -> Option<Position>;

    /// Up to `limit` envelopes in order, from `from` to the head at the time of the call. Empty if
    /// `from` is beyond it.
    fn read(&self, from: Position, limit: usize) -> Envelopes<'_>;

    /// Of the envelopes that [`LogReader::read`] gives, those whose type is `wanted`. A log that can tell the type of
    /// an event without reading all of it is quicker than a filter.
    fn read_kinds(&self, from: Position, limit: usize, wanted: fn(&str) -> bool) -> Envelopes<'_> {
        let keep = move |it: &Result<Envelope, ReadError>| {
            it.as_ref().map_or(true, |it| wanted(&it.event.kind))
        };
        Envelopes::new(self.read(from, limit).filter(keep))
    }

    /// The envelope at `position`; `None` beyond the head.
    fn get(&self, position: Position) -> Result<Option<Envelope>, ReadError>;

    /// The chain over all events up to `position`, as it was recorded; `None` beyond the head. Two logs that give the
    /// same have the same events up to there.
    fn chain_at(&self, position: Position) -> Result<Option<ChainHead>, ReadError>;

    /// All envelopes of one stream in order, up to the head at the time of the call.
    fn stream(&self, stream: &StreamId) -> Envelopes<'_>;

    /// Position of the last event of `stream`; `None` if it has none.
    fn stream_end(&self, stream: &StreamId) -> Option<Position>;

    /// Waits until there is an event behind `seen` (any event, for `None`) and gives the head then,
    /// or `None` after `timeout`.
    fn wait_behind(&self, seen: Option<Position>, timeout: Duration) -> Option<Position>;
}

/// The half of a log that writers use.
pub trait LogWriter: Send + Sync {
    /// Writes `events` next to each other in this order, all or nothing, and returns when they are
    /// durable.
    ///
    /// Expectations are checked in order, as if the events were written one by one: the second
    /// event of a stream in one append finds the first one there. Whether an event with the same id
    /// was written before is not the log's business.
    ///
    /// # Errors
    /// [`AppendError::Refused`]: nothing was written. [`AppendError::Unknown`]: the commit failed
    /// half way, and the log is poisoned until it is opened again.
    fn append(&self, events: NewEvents) -> Result<Written, AppendError>;
}

/// A log: the one ordered list of all envelopes.
///
/// ```text
///   writer ─┐ append        one commit: batch, flush, fdatasync          ┌─ read, get, stream
///   writer ─┼──► queue ──► committer ──► block ──► durable ──► head ──►──┤
///   writer ─┘     ▲             │                     │                  └─ wait_behind, follow
///                 │             ▼                     ▼
///              answers:      Refused           Written │ Unknown (poisoned)
///
///   position     1    2    3    4    5    6    7  ◄── head
///   commit      └────block─────┘    └──block───┘
///   stream a     1         3              6         stream_end(a) = 6
///   stream b          2         4                   stream_end(b) = 4
///   chain        c1 ─ c2 ─ c3 ─ c4 ─ …              c(n) = BLAKE3(c(n-1) event n)
/// ```
///
/// Positions are dense from 1. An append is written, refused or unknown, and each is a type of its
/// own. `recorded` never goes back from one position to the next.
pub trait EventLog: LogReader + LogWriter {
    /// Reads everything and checks every digest, the chain, that positions are dense and in order,
    /// that times do not go back, and the index of streams. Calls `progress` now and then.
    ///
    /// # Errors
    /// The first damage found, with its positions.
    fn verify(&self, progress: &mut dyn FnMut(Progress)) -> Result<Verified, ReadError>;
}
