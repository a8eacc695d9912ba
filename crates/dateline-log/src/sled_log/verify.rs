//! The check of the whole log on disk.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use dateline_event::Position;

use super::reader::{envelope_in, last_of, storage};
use super::{Shared, SledLog};
use crate::block::Head;
use crate::chain::ChainHead;
use crate::contract::EventLog;
use crate::index::{StreamKey, stream_key};
use crate::read::{Damage, Progress, ReadError, Verified};

impl EventLog for SledLog {
    fn verify(&self, progress: &mut dyn FnMut(Progress)) -> Result<Verified, ReadError> {
        let until = self.shared.index().head();
        let total = until.map_or(0, Position::get);
        let mut walk = Walk::default();
        for found in self.shared.store.heads() {
            if Some(walk.next) > until {
                break;
            }
            let (first, head) = found.map_err(|error| storage(walk.next, &error))?;
            walk.block(&self.shared, first, head)?;
            progress(Progress { done: walk.next.get() - 1, total });
        }
        if Some(walk.next) <= until {
            return Err(damage(walk.next, format!("the log ends before its head {total}")).into());
        }
        walk.check_ends(&self.shared)?;
        if self.shared.store.strangers().map_err(|error| storage(walk.next, &error))? > 0 {
            let what = "the store holds values that are no part of the log".to_owned();
            return Err(damage(walk.next, what).into());
        }
        Ok(Verified { head: until, chain: walk.chain, events: total })
    }
}

fn damage(position: Position, what: String) -> Damage {
    Damage { first: position, last: position, what }
}

/// What holds between one event and the next.
struct Walk {
    next: Position,
    chain: ChainHead,
    recorded: Option<DateTime<Utc>>,
    /// Last position so far of each stream.
    ends: HashMap<StreamKey, Position>,
}

impl Default for Walk {
    fn default() -> Self {
        let ends = HashMap::new();
        Self { next: Position::FIRST, chain: ChainHead::EMPTY, recorded: None, ends }
    }
}

impl Walk {
    fn block(
        &mut self,
        shared: &Shared,
        first: Position,
        head: Result<Head, String>,
    ) -> Result<(), ReadError> {
        if first != self.next {
            let what = format!("the next block starts at position {first}");
            return Err(damage(self.next, what).into());
        }
        let head = head.map_err(|what| damage(first, what))?;
        let last = last_of(first, head.streams.len());
        let whole = |what: &str| Damage { first, last, what: what.to_owned() };
        if head.chain_before != self.chain {
            return Err(whole("the chain does not continue from the block before").into());
        }
        let lines = shared.lines_under(first, &head)?;
        for (number, key) in head.streams.iter().enumerate() {
            let line = lines.line(number).unwrap_or_default();
            self.chain = self.chain.after_line(line);
            let envelope = envelope_in(&lines, first, self.next)?;
            self.envelope(shared, key, &stream_key(&envelope.event.stream), envelope.recorded)?;
        }
        if head.chain_after != self.chain {
            return Err(whole("the chain does not match the events of the block").into());
        }
        Ok(())
    }

    fn envelope(
        &mut self,
        shared: &Shared,
        stated: &StreamKey,
        actual: &StreamKey,
        recorded: DateTime<Utc>,
    ) -> Result<(), Damage> {
        let before = self.ends.insert(*actual, self.next);
        if stated != actual || shared.index().before(self.next) != before {
            return Err(damage(self.next, "the index names another stream".to_owned()));
        }
        if let Some(before) = self.recorded.filter(|before| *before > recorded) {
            let what = format!("it was recorded at {recorded}, before {before} of the one before");
            return Err(damage(self.next, what));
        }
        self.recorded = Some(recorded);
        self.next = self.next.next();
        Ok(())
    }

    /// Checks where the index says that the streams end. Streams may have grown since the check
    /// began.
    fn check_ends(&self, shared: &Shared) -> Result<(), Damage> {
        let index = shared.index();
        let missing = self.ends.iter().filter(|(key, end)| index.end(key) < Some(**end));
        match missing.map(|(_, end)| *end).min() {
            None => Ok(()),
            Some(end) => Err(damage(end, "the index does not know the event".to_owned())),
        }
    }
}
