//! One append on its way: encoded by its writer, and answered when it is durable or refused.

use std::iter;

use chrono::{DateTime, Utc};
use dateline_event::cloud_event::OpenLine;
use dateline_event::{ExpectedPosition, Position, StreamId};

use super::answer::Answer;
use crate::admit::Claim;
use crate::append::{AppendError, Refused, Written};
use crate::chain::EventDigest;
use crate::contract::NewEvents;
use crate::index::{StreamKey, stream_key};

/// What an append became of.
pub(super) type Outcome = Result<Written, AppendError>;

/// One append that waits.
pub(super) struct Request {
    pub(super) events: Vec<Encoded>,
    pub(super) stamps: Stamps,
    pub(super) answer: Answer,
    /// Bytes of its lines, at most.
    pub(super) bytes: usize,
}

/// One event with all that can be known before it has its position. Made on the thread of its
/// writer, so that many are made at once.
pub(super) struct Encoded {
    pub(super) line: OpenLine,
    pub(super) digest: EventDigest,
    stream: StreamId,
    key: StreamKey,
    expected: ExpectedPosition,
}

impl Request {
    pub(super) fn new(events: NewEvents, stamps: Stamps, answer: Answer) -> Self {
        let events: Vec<Encoded> = events
            .into_iter()
            .map(|(event, expected)| {
                let line = OpenLine::of(&event);
                let digest = EventDigest::of(line.as_str());
                let key = stream_key(&event.stream);
                Encoded { line, digest, stream: event.stream, key, expected }
            })
            .collect();
        let bytes = events.iter().map(|event| event.line.most_bytes()).sum();
        Self { events, stamps, answer, bytes }
    }

    pub(super) fn claims(&self) -> impl ExactSizeIterator<Item = Claim<'_>> {
        self.events.iter().map(|it| Claim {
            stream: &it.stream,
            key: it.key,
            expected: it.expected,
        })
    }
}

/// Where events go and when they were recorded.
pub(super) enum Stamps {
    /// Behind the head, now.
    Fresh,
    /// Where and when another log had them.
    Given {
        /// The position of the first; the others follow.
        first: Position,
        /// A time for each event, ascending.
        recorded: Vec<DateTime<Utc>>,
    },
}

impl Stamps {
    pub(super) fn check(
        &self,
        next: Position,
        before: Option<DateTime<Utc>>,
    ) -> Result<(), Refused> {
        match self {
            Self::Given { first, .. } if *first != next => {
                Err(Refused::OutOfPlace { first: *first, next })
            }
            Self::Given { first, recorded } => {
                let times = before.iter().chain(recorded);
                if times.is_sorted() {
                    Ok(())
                } else {
                    Err(Refused::TimeGoesBack { first: *first })
                }
            }
            Self::Fresh => Ok(()),
        }
    }

    /// The time given for each event; `None` for those that are recorded now.
    pub(super) fn times(&self) -> impl Iterator<Item = Option<DateTime<Utc>>> + '_ {
        let given: &[_] = match self {
            Self::Given { recorded, .. } => recorded,
            Self::Fresh => &[],
        };
        given.iter().copied().map(Some).chain(iter::repeat(None))
    }
}
