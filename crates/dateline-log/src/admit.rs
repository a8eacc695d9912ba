//! What a log checks before it takes an append: limits, and what the writer believes about the
//! streams.

use std::collections::HashMap;

use dateline_event::{ExpectedPosition, NewEvent, Position, StreamId};

use crate::append::Refused;
use crate::contract::NewEvents;
use crate::index::StreamKey;
use crate::limits::{ENVELOPE_BYTES, MAX_COMMIT_BYTES, MAX_COMMIT_EVENTS, MAX_EVENT_BYTES};

/// An upper bound for the bytes of the stored form of `event`.
pub(crate) fn stored_bytes(event: &NewEvent) -> usize {
    event.data.as_json().len()
        + 2 * event.kind.len()
        + 2 * event.source.len()
        + 2 * event.stream.as_str().len()
        + ENVELOPE_BYTES
}

/// Checks the limits of one append and gives its size in bytes.
pub(crate) fn check_limits(events: &NewEvents) -> Result<usize, Refused> {
    if events.is_empty() {
        return Err(Refused::Empty);
    }
    if events.len() > MAX_COMMIT_EVENTS {
        return Err(Refused::TooManyEvents { events: events.len() });
    }
    let mut total = 0;
    for (event, _) in events {
        let bytes = stored_bytes(event);
        if bytes > MAX_EVENT_BYTES {
            return Err(Refused::EventTooLarge { stream: event.stream.clone(), bytes });
        }
        total += bytes;
    }
    if total > MAX_COMMIT_BYTES {
        return Err(Refused::AppendTooLarge { bytes: total });
    }
    Ok(total)
}

/// What the writer of one event believes about its stream.
pub(crate) struct Claim<'a> {
    pub(crate) stream: &'a StreamId,
    pub(crate) key: StreamKey,
    pub(crate) expected: ExpectedPosition,
}

/// Where streams end once the appends taken so far are written.
#[derive(Default)]
pub(crate) struct Pending {
    ends: HashMap<StreamKey, Position>,
    /// The stream of each event taken so far, in order.
    pub(crate) streams: Vec<StreamKey>,
}

impl Pending {
    /// Takes all events of an append that come to stand from `first` on, or none. `end` tells where
    /// a stream ended before all that is pending here.
    pub(crate) fn take<'a>(
        &mut self,
        claims: impl Iterator<Item = Claim<'a>>,
        first: Position,
        end: impl Fn(&StreamKey) -> Option<Position>,
    ) -> Result<Position, Refused> {
        let mut taken: Vec<(StreamKey, Position)> = Vec::with_capacity(claims.size_hint().0);
        let mut next = first;
        for Claim { stream, key, expected } in claims {
            let in_append = taken.iter().rev().find(|it| it.0 == key).map(|it| it.1);
            let actual = in_append.or_else(|| self.end(&key)).or_else(|| end(&key));
            if !meets(expected, actual) {
                return Err(Refused::Expectation { stream: stream.clone(), actual, expected });
            }
            taken.push((key, next));
            next = next.next();
        }
        self.streams.extend(taken.iter().map(|it| it.0));
        self.ends.extend(taken);
        Ok(next)
    }

    /// Where a stream ends by what is pending; `None` if nothing pending is of it.
    pub(crate) fn end(&self, key: &StreamKey) -> Option<Position> {
        self.ends.get(key).copied()
    }
}

fn meets(expected: ExpectedPosition, actual: Option<Position>) -> bool {
    match expected {
        ExpectedPosition::Any => true,
        ExpectedPosition::NoneYet => actual.is_none(),
        ExpectedPosition::At(position) => actual == Some(position),
    }
}
