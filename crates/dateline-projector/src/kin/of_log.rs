//! Kinship read straight from a log.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use dateline_event::{Event, Position};
use dateline_log::LogReader;

use super::{Kinship, Said, WordReader};
use crate::fold::next_after;
use crate::ordered::in_order;
use crate::{FoldError, FollowError};

/// Events that a thread takes at once.
const SHARE_EVENTS: usize = 256;

impl Kinship {
    /// The kinship of all stories that `log` has. Texts are read on up to `threads` threads, whose number never shows.
    ///
    /// # Errors
    /// At an event that cannot be read, and when the log cannot be read.
    pub fn of_log(log: &dyn LogReader, threads: NonZeroUsize) -> Result<Self, FollowError> {
        let mut kinship = Self::default();
        kinship.follow(log, threads)?;
        Ok(kinship)
    }

    /// Takes in what `log` has got since.
    ///
    /// # Errors
    /// As [`Kinship::of_log`]. What stands before the event is taken in.
    pub fn follow(
        &mut self,
        log: &dyn LogReader,
        threads: NonZeroUsize,
    ) -> Result<(), FollowError> {
        let from = next_after(self.position).get();
        let head = log.head().map_or(0, Position::get);
        let events = usize::try_from((head + 1).saturating_sub(from)).unwrap_or(usize::MAX);
        let reader = WordReader::default();
        let work = |job: usize| {
            let before = job * SHARE_EVENTS;
            let first = u64::try_from(before).ok().and_then(|it| Position::new(from + it));
            let limit = SHARE_EVENTS.min(events - before);
            read(log, first.unwrap_or(Position::FIRST), limit, &reader)
        };
        let ended = in_order(events.div_ceil(SHARE_EVENTS), threads, &work, &mut |share| {
            for (position, said) in share.0 {
                self.take(position, said);
            }
            share.1.map_or(ControlFlow::Continue(()), ControlFlow::Break)
        });
        match ended {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(why) => Err(why),
        }
    }
}

/// What the events of a share said, up to the first one that cannot be read, and why that one cannot.
type Share = (Vec<(Position, Said)>, Option<FollowError>);

fn read(log: &dyn LogReader, first: Position, limit: usize, reader: &WordReader) -> Share {
    let (mut read, mut wanted) = (Vec::with_capacity(limit), first);
    for envelope in log.read(first, limit) {
        let said = envelope.map_err(FollowError::from).and_then(|it| {
            let event: Event = crate::fold::decode(&it, wanted)?;
            Ok(Said::of(&event, reader))
        });
        match said {
            Ok(said) => read.push((wanted, said)),
            Err(why) => return (read, Some(why)),
        }
        wanted = wanted.next();
    }
    let missing = (read.len() < limit).then(|| FoldError::Missing { wanted }.into());
    (read, missing)
}
