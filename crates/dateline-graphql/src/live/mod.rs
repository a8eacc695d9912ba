//! Live feeds: what changed in a timeline since a place in the log, and then whatever changes.
//!
//! ```text
//!            about (events behind a place)                    view
//!   log ───────────────────────────────────► Steps ◄──────────────────── projector
//!                                              │ one timeline
//!            ┌──────── replay ◄────────────────┤
//!            ▼                                 ▼
//!   Feed ── last place ── seam ◄── Channel (bounded) ◄── Hub, once a question and change
//! ```
//!
//! A feed first joins its channel, which tells the place from which on it will hear everything, then replays up to
//! that place, and then listens. Feeds that ask the same share a channel, and a change is put into words once for all
//! of them. A feed that does not keep up loses its place in the channel and ends with that word; what it has missed is
//! in the log, so it costs no memory.

mod change;
mod channel;
mod feed;
mod gate;
mod hub;
mod listening;
mod place;
mod rebuilds;
mod wording;

use std::time::Duration;

use dateline_event::Position;

pub use change::About;
pub(crate) use change::{Change, What};
pub(crate) use feed::Feed;
pub(crate) use gate::{Gate, Pass};
pub(crate) use hub::Hub;
pub(crate) use listening::Listening;
pub(crate) use place::Place;
pub(crate) use rebuilds::{RebuildFeed, RebuildState};

/// Tells what the events of the log are about. It is how live feeds go on from the past without knowing the log.
pub trait History: Send + Sync + 'static {
    /// What the events behind `after` (from the first on, for `None`) and up to `until` are about, at most `limit` of
    /// them, in order and without a gap. It may block for as long as it takes to read them.
    ///
    /// # Errors
    /// In words for the operator, when the log cannot be read.
    fn about(
        &self,
        after: Option<Position>,
        until: Position,
        limit: usize,
    ) -> Result<Vec<About>, String>;
}

/// What live feeds may cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveLimits {
    /// Open streams: server-sent events and WebSockets together.
    pub streams: usize,
    /// Operations that are under way at once on one WebSocket.
    pub operations_per_socket: usize,
    /// Changes that a slow reader may be behind before it is told to ask anew.
    pub behind: usize,
    /// Events of the log that a feed replays at most; an older cursor has expired.
    pub replay_events: u64,
    /// Longest time from the opening of a WebSocket to its `connection_init`.
    pub init_timeout: Duration,
    /// Time without a word after which a stream is sent a sign of life.
    pub keep_alive: Duration,
    /// Longest time for which the client of a WebSocket may stop reading.
    pub stall: Duration,
}

impl Default for LiveLimits {
    fn default() -> Self {
        Self {
            streams: 20_000,
            operations_per_socket: 100,
            behind: 64,
            replay_events: 100_000,
            init_timeout: Duration::from_secs(5),
            keep_alive: Duration::from_secs(15),
            stall: Duration::from_secs(30),
        }
    }
}
