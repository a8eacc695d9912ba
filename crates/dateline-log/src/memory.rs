//! A log in memory, for tests. It keeps every promise of the contract but those about disks.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use dateline_event::{Envelope, Position, StreamId};

use crate::admit::{Claim, Pending, check_limits};
use crate::append::{AppendError, Written};
use crate::block::{envelope_of, line_of};
use crate::chain::ChainHead;
use crate::contract::{Clock, EventLog, LogReader, LogWriter, NewEvents};
use crate::index::{Index, stream_key};
use crate::read::{Envelopes, Progress, ReadError, Verified};

/// A log that ends with its process.
pub struct MemoryLog {
    clock: Clock,
    state: Mutex<State>,
    grown: Condvar,
}

#[derive(Default)]
struct State {
    envelopes: Vec<Envelope>,
    index: Index,
    recorded: Option<DateTime<Utc>>,
}

impl MemoryLog {
    /// A log that holds nothing, and takes the time of recording from `clock`.
    pub fn new(clock: Clock) -> Self {
        Self { clock, state: Mutex::default(), grown: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The chain over the first `events`.
    fn chain(&self, events: usize) -> ChainHead {
        let lines = self.envelopes.iter().take(events).map(line_of);
        lines.fold(ChainHead::EMPTY, |chain, line| chain.after_line(&line))
    }

    fn get(&self, position: Position) -> Option<Envelope> {
        usize::try_from(position.get() - 1).ok().and_then(|at| self.envelopes.get(at)).cloned()
    }
}

impl LogReader for MemoryLog {
    fn head(&self) -> Option<Position> {
        self.state().index.head()
    }

    fn read(&self, from: Position, limit: usize) -> Envelopes<'_> {
        let skip = usize::try_from(from.get() - 1).unwrap_or(usize::MAX);
        let found: Vec<Envelope> =
            self.state().envelopes.iter().skip(skip).take(limit).cloned().collect();
        Envelopes::new(found.into_iter().map(Ok))
    }

    fn get(&self, position: Position) -> Result<Option<Envelope>, ReadError> {
        Ok(self.state().get(position))
    }

    fn chain_at(&self, position: Position) -> Result<Option<ChainHead>, ReadError> {
        let state = self.state();
        if state.index.head() < Some(position) {
            return Ok(None);
        }
        Ok(Some(state.chain(usize::try_from(position.get()).unwrap_or(usize::MAX))))
    }

    fn stream(&self, stream: &StreamId) -> Envelopes<'_> {
        let state = self.state();
        let positions = state.index.positions(&stream_key(stream));
        let found: Vec<Envelope> = positions.into_iter().filter_map(|at| state.get(at)).collect();
        Envelopes::new(found.into_iter().map(Ok))
    }

    fn stream_end(&self, stream: &StreamId) -> Option<Position> {
        self.state().index.end(&stream_key(stream))
    }

    fn wait_behind(&self, seen: Option<Position>, timeout: Duration) -> Option<Position> {
        let (state, _) = self
            .grown
            .wait_timeout_while(self.state(), timeout, |state| state.index.head() <= seen)
            .unwrap_or_else(PoisonError::into_inner);
        state.index.head().filter(|head| Some(*head) > seen)
    }
}

impl LogWriter for MemoryLog {
    fn append(&self, events: NewEvents) -> Result<Written, AppendError> {
        check_limits(&events)?;
        let mut state = self.state();
        let first = state.index.next();
        let mut pending = Pending::default();
        let claims = events.iter().map(|(event, expected)| Claim {
            stream: &event.stream,
            key: stream_key(&event.stream),
            expected: *expected,
        });
        pending.take(claims, first, |key| state.index.end(key))?;
        let now = (self.clock)();
        let recorded = state.recorded.map_or(now, |last| last.max(now));
        state.recorded = Some(recorded);
        let mut last = first;
        for (at, (event, _)) in events.into_iter().enumerate() {
            last = if at == 0 { first } else { last.next() };
            // Through the stored form and back, so that tests see what a log on disk would give.
            let line = line_of(&Envelope { position: last, recorded, event });
            let envelope = envelope_of(&line, last).expect("a line that was just made can be read");
            state.envelopes.push(envelope);
        }
        state.index.push_block(&pending.streams);
        drop(state);
        self.grown.notify_all();
        Ok(Written { first, last })
    }
}

impl EventLog for MemoryLog {
    fn verify(&self, progress: &mut dyn FnMut(Progress)) -> Result<Verified, ReadError> {
        let state = self.state();
        let chain = state.chain(state.envelopes.len());
        let events = state.index.events();
        progress(Progress { done: events, total: events });
        Ok(Verified { head: state.index.head(), chain, events })
    }
}
