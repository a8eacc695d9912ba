//! The log as clients see it: where it ends, and how far the view has come.

#![expect(clippy::unused_async, reason = "async-graphql wants every resolver to be async")]

use async_graphql::{Object, SimpleObject};
use chrono::{DateTime, Utc};

use super::scalar::{Instant, Position};
use super::{Moment, change_cursor};
use crate::error::{ErrorCode, FieldError};
use crate::live::Place;

/// A place in the log with the time at which it was taken.
#[derive(SimpleObject)]
#[graphql(name = "LogPoint", serial)]
pub(crate) struct LogPoint {
    /// When the log took the event.
    instant: Instant,
    /// The place of the event in the log.
    position: Position,
}

impl LogPoint {
    /// The event at `position`, taken at `instant`.
    pub(crate) const fn new(position: dateline_event::Position, instant: DateTime<Utc>) -> Self {
        Self { instant: Instant(instant), position: Position(position) }
    }
}

/// How the view stands to the log.
pub(crate) struct LogObject<'a>(pub(crate) &'a Moment);

/// The log of all events, and how far the view that answers has read it.
#[Object(name = "Log", serial)]
impl LogObject<'_> {
    /// The digest over all events up to `head`, as 64 hexadecimal digits; null while the log has none. Two logs with the
    /// same one hold the same events in the same order. `dateline log verify` computes it anew from the events and prints it.
    async fn chain_head(&self) -> Result<Option<String>, FieldError> {
        let Some(head) = self.0.end() else { return Ok(None) };
        self.0.views.chain_at(head).map_err(|why| {
            tracing::error!(%why, "the chain of the log cannot be read");
            FieldError::new(ErrorCode::Internal, "the chain of the log cannot be read")
        })
    }

    /// Behind all of this answer: the `after` with which `timelineChanges` goes on from here, for any timeline.
    async fn changes_cursor(&self) -> String {
        change_cursor(Place::behind(self.0.view.position()))
    }

    /// Position of the view that gave this answer; null while it has no event. All of one answer stands at it.
    async fn checkpoint(&self) -> Option<Position> {
        self.0.view.position().map(Position)
    }

    /// Position of the newest event; null while the log has none. It is never before `checkpoint`.
    async fn head(&self) -> Option<Position> {
        self.0.end().map(Position)
    }

    /// Events that the view lacks: `head` minus `checkpoint`. At most 2147483647 is shown.
    async fn lag(&self) -> i32 {
        i32::try_from(self.0.lag()).unwrap_or(i32::MAX)
    }
}

impl Moment {
    /// Position of the newest event of the log; never before the view, which may have come after `head` was looked up.
    pub(crate) fn end(&self) -> Option<dateline_event::Position> {
        self.head.max(self.view.position())
    }

    /// Events of the log that the view lacks.
    pub(crate) fn lag(&self) -> u64 {
        let place =
            |it: Option<dateline_event::Position>| it.map_or(0, dateline_event::Position::get);
        place(self.head).saturating_sub(place(self.view.position()))
    }
}
