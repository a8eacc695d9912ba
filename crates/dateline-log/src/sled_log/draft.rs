//! A commit before it is stored: appends are checked in order, get their positions, and become the
//! lines of one block.

use std::io;

use chrono::{DateTime, Utc};
use dateline_event::Position;
use dateline_event::cloud_event::{closing, recorded_text};

use super::Shared;
use super::answer::Answer;
use super::queue::{Load, Next, Queue, Ready, Turn};
use super::request::{Encoded, Outcome, Request};
use crate::admit::Pending;
use crate::append::Written;
use crate::block::{Body, Compressor, Packed};
use crate::chain::ChainHead;
use crate::contract::Clock;

/// Makes one commit after the other; the next one beside the writing of the one before.
pub(super) struct Drafter {
    clock: Clock,
    compressor: Compressor,
    /// Position of the next event.
    next: Position,
    /// The chain up to it.
    chain: ChainHead,
    /// When the event before it was recorded.
    recorded: Option<DateTime<Utc>>,
    /// What the last two commits hold, the newer first: they may not be durable yet, so that the
    /// index, which readers see, does not have them. A third cannot be under way.
    ahead: [Pending; 2],
}

/// A commit that is ready for the disk, and what to answer when it is there.
pub(super) struct Commit {
    pub(super) answers: Vec<(Answer, Outcome)>,
    /// `None` when every append was refused.
    pub(super) block: Option<Block>,
}

/// The events of one commit.
pub(super) struct Block {
    pub(super) first: Position,
    pub(super) packed: io::Result<Packed>,
}

#[derive(Default)]
struct Draft {
    load: Load,
    answers: Vec<(Answer, Outcome)>,
    pending: Pending,
    body: Body,
}

impl Drafter {
    pub(super) fn new(
        clock: Clock,
        next: Position,
        chain: ChainHead,
        recorded: Option<DateTime<Utc>>,
    ) -> io::Result<Self> {
        let compressor = Compressor::new()?;
        Ok(Self { clock, compressor, next, chain, recorded, ahead: Default::default() })
    }

    /// The next commit, with the turn to write it; `None` when the log is closed. It takes in what
    /// waits until the commit before is written, so that a slow disk makes large commits.
    pub(super) fn commit<'queue>(
        &mut self,
        queue: &'queue Queue,
        shared: &Shared,
    ) -> Option<(Commit, Turn<'queue>)> {
        let (first, before) = (self.next, self.chain);
        let mut draft = Draft::default();
        let mut failed = Ok(());
        loop {
            let ready =
                if failed.is_ok() && draft.body.fills_frame() { Ready::No } else { Ready::Yes };
            match queue.next(draft.load, ready) {
                Next::Draft(requests) => {
                    for request in requests {
                        self.take(request, &mut draft, shared);
                    }
                }
                Next::Prepare => {
                    failed = failed.and_then(|()| draft.body.end_frame(&mut self.compressor));
                }
                Next::Write(turn) => {
                    let ended = failed.and_then(|()| draft.body.end_frame(&mut self.compressor));
                    let streams = draft.pending.streams.clone();
                    let block = (!streams.is_empty()).then(|| {
                        let chains = (before, self.chain);
                        let packed = ended.and_then(|()| draft.body.pack(first, streams, chains));
                        Block { first, packed }
                    });
                    self.ahead.rotate_right(1);
                    let [newer, _] = &mut self.ahead;
                    *newer = draft.pending;
                    return Some((Commit { answers: draft.answers, block }, turn));
                }
                Next::End => return None,
            }
        }
    }

    /// Checks an append and writes its lines, or notes why it is refused.
    fn take(&mut self, request: Request, draft: &mut Draft, shared: &Shared) {
        draft.load.add(&request);
        let first = self.next;
        let index = shared.index();
        let admitted = request.stamps.check(first, self.recorded).and_then(|()| {
            let [newer, older] = &self.ahead;
            let end =
                |key: &_| newer.end(key).or_else(|| older.end(key)).or_else(|| index.end(key));
            draft.pending.take(request.claims(), first, end)
        });
        drop(index);
        let outcome = match admitted {
            Ok(next) => {
                let last = self.write(&request, draft);
                debug_assert_eq!(next, self.next, "positions were given as they were checked");
                Ok(Written { first, last })
            }
            Err(refused) => Err(refused.into()),
        };
        draft.answers.push((request.answer, outcome));
    }

    /// Writes the lines of an append and gives the position of the last.
    fn write(&mut self, request: &Request, draft: &mut Draft) -> Position {
        let now = (self.clock)();
        let now = self.recorded.map_or(now, |before| before.max(now));
        let mut last = self.next;
        let mut text = None;
        for (Encoded { line, digest, .. }, given) in
            request.events.iter().zip(request.stamps.times())
        {
            let recorded = given.unwrap_or(now);
            if self.recorded != Some(recorded) || text.is_none() {
                text = Some(recorded_text(recorded));
                self.recorded = Some(recorded);
            }
            last = self.next;
            let closing = closing(text.as_deref().unwrap_or_default(), last);
            self.chain = self.chain.after(digest, &closing);
            draft.body.push_line(line, &closing);
            self.next = last.next();
        }
        last
    }
}
