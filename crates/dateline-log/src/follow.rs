//! Catching up from a position and going on live.

use std::time::Duration;

use dateline_event::{Envelope, Position};

use crate::contract::LogReader;
use crate::read::ReadError;

/// Gives every envelope from a position on exactly once and in order: first those that are there,
/// then each new one.
///
/// There is no seam between the two: it keeps only the position of what comes next, and always
/// reads from there.
pub struct Follower<'log> {
    log: &'log dyn LogReader,
    next: Position,
}

impl<'log> Follower<'log> {
    /// Follows `log` from `from` on, which may be beyond its head.
    pub fn new(log: &'log dyn LogReader, from: Position) -> Self {
        Self { log, next: from }
    }

    /// Position of the envelope that comes next.
    pub fn next_position(&self) -> Position {
        self.next
    }

    /// Up to `limit` of the next envelopes. Waits for the first of them for at most `timeout`, and
    /// is empty after it.
    ///
    /// # Errors
    /// As [`LogReader::read`]; the follower stays where it was, so that nothing is skipped.
    pub fn next_batch(
        &mut self,
        limit: usize,
        timeout: Duration,
    ) -> Result<Vec<Envelope>, ReadError> {
        let seen = Position::new(self.next.get() - 1);
        if self.log.wait_behind(seen, timeout).is_none() {
            return Ok(Vec::new());
        }
        let batch = self.log.read(self.next, limit).collect::<Result<Vec<_>, _>>()?;
        if let Some(last) = batch.last() {
            self.next = last.position.next();
        }
        Ok(batch)
    }
}
