//! Reading the log on disk.

use std::io;
use std::sync::{Arc, PoisonError, RwLockReadGuard};
use std::time::Duration;

use dateline_event::cloud_event::kind_of_line;
use dateline_event::{Envelope, Position, StreamId};

use super::cache::Lines;
use super::{Shared, SledLog};
use crate::block::{Head, envelope_of, unpack};
use crate::chain::ChainHead;
use crate::contract::LogReader;
use crate::index::{Index, stream_key};
use crate::read::{Damage, Envelopes, ReadError};

impl LogReader for SledLog {
    fn head(&self) -> Option<Position> {
        self.shared.index().head()
    }

    fn read(&self, from: Position, limit: usize) -> Envelopes<'_> {
        Envelopes::new(self.replay(from).take(limit))
    }

    fn read_kinds(&self, from: Position, limit: usize, wanted: fn(&str) -> bool) -> Envelopes<'_> {
        let mut replay = self.replay(from);
        let steps = (0..limit).map_while(move |_| replay.next_if(wanted));
        Envelopes::new(steps.flatten())
    }

    fn get(&self, position: Position) -> Result<Option<Envelope>, ReadError> {
        self.shared.get(position)
    }

    fn chain_at(&self, position: Position) -> Result<Option<ChainHead>, ReadError> {
        self.shared.chain_at(position)
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

impl SledLog {
    /// All that stands from `from` up to the head.
    fn replay(&self, from: Position) -> Replay<'_> {
        let until = self.head();
        Replay { shared: &self.shared, next: from, until, block: None, ended: false }
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

    /// Heads of blocks carry the chain before and after them; inside a block it is made again from its lines.
    fn chain_at(&self, position: Position) -> Result<Option<ChainHead>, ReadError> {
        let Some(first) = self.index().block_of(position) else { return Ok(None) };
        let head = self.block_head(first)?;
        if position == last_of(first, head.streams.len()) {
            return Ok(Some(head.chain_after));
        }
        let lines = self.lines_under(first, &head)?;
        let numbers = 0..=usize::try_from(position.get() - first.get()).unwrap_or(usize::MAX);
        let lines = numbers.map_while(|number| lines.line(number));
        Ok(Some(lines.fold(head.chain_before, ChainHead::after_line)))
    }

    /// The block that starts at `first`, read and checked.
    fn lines(&self, first: Position) -> Result<Lines, ReadError> {
        self.lines_under(first, &self.block_head(first)?)
    }

    /// The head of the block that starts at `first`.
    fn block_head(&self, first: Position) -> Result<Head, ReadError> {
        let found = self.store.head(first).map_err(|error| storage(first, &error))?;
        let head = found.unwrap_or_else(|| Err("the head of the block is missing".to_owned()));
        head.map_err(|what| Damage { first, last: first, what }.into())
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
    /// The block with the next position in it, and where that begins.
    fn block(&mut self) -> Result<(Position, &Lines), ReadError> {
        let held = self.block.as_ref().is_some_and(|(first, lines)| {
            (first.get()..=last_of(*first, lines.count()).get()).contains(&self.next.get())
        });
        if !held {
            let first = self.shared.index().block_of(self.next).unwrap_or(self.next);
            self.block = Some((first, self.shared.lines(first)?));
        }
        let (first, lines) = self.block.as_ref().expect("a block was just put there");
        Ok((*first, lines))
    }

    fn envelope(&mut self) -> Result<Envelope, ReadError> {
        let next = self.next;
        let (first, lines) = self.block()?;
        envelope_in(lines, first, next)
    }

    /// Whether the type of the next event is `wanted`, as far as that can be told without reading all of it. When it
    /// cannot, it may be.
    fn may_be(&mut self, wanted: fn(&str) -> bool) -> Result<bool, ReadError> {
        let next = self.next;
        let (first, lines) = self.block()?;
        let number = usize::try_from(next.get() - first.get()).unwrap_or(usize::MAX);
        Ok(lines.line(number).and_then(kind_of_line).is_none_or(wanted))
    }

    /// The next event if its type is `wanted`, and `None` in its place if not. At the end, `None`.
    #[expect(clippy::option_option, reason = "an event that is passed over is not the end")]
    fn next_if(&mut self, wanted: fn(&str) -> bool) -> Option<Option<Result<Envelope, ReadError>>> {
        if self.ended || Some(self.next) > self.until {
            return None;
        }
        if self.may_be(wanted) == Ok(false) {
            self.next = self.next.next();
            return Some(None);
        }
        let found = self.next()?;
        Some(Some(found).filter(|it| it.as_ref().map_or(true, |it| wanted(&it.event.kind))))
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
