//! Reading the log on disk.

use std::io;
use std::sync::{Arc, PoisonError, RwLockReadGuard};
use std::time::Duration;

use dateline_event::{Envelope, Position, StreamId};

use super::cache::Lines;
use super::{Shared, SledLog};
use crate::block::{Head, envelope_of, unpack};
use crate::contract::LogReader;
use crate::index::{Index, stream_key};
use crate::read::{Damage, Envelopes, ReadError};

impl LogReader for SledLog {
    fn head(&self) -> Option<Position> {
        self.shared.index().head()
    }

    fn read(&self, from: Position, limit: usize) -> Envelopes<'_> {
        let until = self.head();
        Envelopes::new(
            Replay { shared: &self.shared, next: from, until, block: None, ended: false }
                .take(limit),
        )
    }

    fn get(&self, position: Position) -> Result<Option<Envelope>, ReadError> {
        self.shared.get(position)
    }

    fn stream(&self, stream: &StreamId) -> Envelopes<'_> {
        let positions = self.shared.index().positions(&stream_key(stream));
        let found = positions.into_iter().filter_map(|at| self.shared.get(at).transpose());
        Envelopes::new(found)
    }

    fn stream_end(&self, stream: &StreamId) -> Option<Position> {
        self.shared.index().end(&stream_key(stream))
    }

    fn wait_behind(&self, seen: Option<Position>, timeout: Duration) -> Option<Position> {
        let head = self.shared.head.lock().unwrap_or_else(PoisonError::into_inner);
        let (head, _) = self
            .shared
            .grown
            .wait_timeout_while(head, timeout, |head| *head <= seen)
            .unwrap_or_else(PoisonError::into_inner);
        head.filter(|head| Some(*head) > seen)
    }
}

impl Shared {
    pub(super) fn index(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, position: Position) -> Result<Option<Envelope>, ReadError> {
        let Some(first) = self.index().block_of(position) else { return Ok(None) };
        let cached = self.cache.lock().unwrap_or_else(PoisonError::into_inner).get(first);
        let lines = if let Some(lines) = cached {
            lines
        } else {
            let lines = Arc::new(self.lines(first)?);
            let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            cache.put(first, Arc::clone(&lines));
            lines
        };
        envelope_in(&lines, first, position).map(Some)
    }

    /// The block that starts at `first`, read and checked.
    fn lines(&self, first: Position) -> Result<Lines, ReadError> {
        let head = match self.store.head(first).map_err(|error| storage(first, &error))? {
            Some(Ok(head)) => head,
            Some(Err(what)) => return Err(Damage { first, last: first, what }.into()),
            None => {
                let what = "the head of the block is missing".to_owned();
                return Err(Damage { first, last: first, what }.into());
            }
        };
        self.lines_under(first, &head)
    }

    /// The lines of the block with this head, checked.
    pub(super) fn lines_under(&self, first: Position, head: &Head) -> Result<Lines, ReadError> {
        let body = self.store.body(first, head).map_err(|error| storage(first, &error))?;
        let damage = |what| Damage { first, last: last_of(first, head.streams.len()), what };
        let lines = Lines::new(unpack(first, head, &body).map_err(damage)?);
        if lines.count() == head.streams.len() {
            return Ok(lines);
        }
        let what = format!("the block has {} events, wanted {}", lines.count(), head.streams.len());
        Err(damage(what).into())
    }
}

/// Last position of a block of `count` events.
pub(super) fn last_of(first: Position, count: usize) -> Position {
    let more = u64::try_from(count).unwrap_or(1).saturating_sub(1);
    Position::new(first.get().saturating_add(more)).unwrap_or(first)
}

pub(super) fn envelope_in(
    lines: &Lines,
    first: Position,
    position: Position,
) -> Result<Envelope, ReadError> {
    let damage = |what| Damage { first: position, last: position, what };
    usize::try_from(position.get() - first.get())
        .ok()
        .and_then(|number| lines.line(number))
        .ok_or_else(|| damage("the event is missing in its block".to_owned()))
        .and_then(|line| envelope_of(line, position).map_err(damage))
        .map_err(ReadError::from)
}

pub(super) fn storage(position: Position, error: &io::Error) -> ReadError {
    if error.kind() == io::ErrorKind::InvalidData {
        Damage { first: position, last: position, what: error.to_string() }.into()
    } else {
        ReadError::Storage { position, reason: error.to_string() }
    }
}

/// Sequential reading: one block in hand at a time, past the cache, which is for point reads.
struct Replay<'log> {
    shared: &'log Shared,
    next: Position,
    until: Option<Position>,
    block: Option<(Position, Lines)>,
    ended: bool,
}

impl Replay<'_> {
    fn envelope(&mut self) -> Result<Envelope, ReadError> {
        let held = self.block.as_ref().is_some_and(|(first, lines)| {
            (first.get()..=last_of(*first, lines.count()).get()).contains(&self.next.get())
        });
        if !held {
            let first = self.shared.index().block_of(self.next).unwrap_or(self.next);
            self.block = Some((first, self.shared.lines(first)?));
        }
        let (first, lines) = self.block.as_ref().expect("a block was just put there");
        envelope_in(lines, *first, self.next)
    }
}

impl Iterator for Replay<'_> {
    type Item = Result<Envelope, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended || Some(self.next) > self.until {
            return None;
        }
        let found = self.envelope();
        self.ended = found.is_err();
        self.next = self.next.next();
        Some(found)
    }
}
