//! The one thread that writes: it takes what waits, makes one block of it, makes that durable, then
//! answers.

use std::io;
use std::iter;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender};
use std::sync::{Arc, PoisonError};

use chrono::{DateTime, Utc};
use dateline_event::{Envelope, Position};

use super::Shared;
use super::witness::{Acknowledged, Witness};
use crate::admit::Pending;
use crate::append::{AppendError, Refused, Unknown, Written};
use crate::block::{line_of, pack};
use crate::chain::ChainHead;
use crate::contract::{Clock, NewEvents};
use crate::limits::{MAX_COMMIT_BYTES, MAX_COMMIT_EVENTS};

/// One append that waits.
pub(super) struct Request {
    pub(super) events: NewEvents,
    /// An upper bound of its size in stored form.
    pub(super) bytes: usize,
    pub(super) stamps: Stamps,
    pub(super) answer: SyncSender<Outcome>,
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
    fn check(&self, next: Position, before: Option<DateTime<Utc>>) -> Result<(), Refused> {
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
    fn times(&self) -> impl Iterator<Item = Option<DateTime<Utc>>> + '_ {
        let given: &[_] = match self {
            Self::Given { recorded, .. } => recorded,
            Self::Fresh => &[],
        };
        given.iter().copied().map(Some).chain(iter::repeat(None))
    }
}

/// What an append became of.
pub(super) type Outcome = Result<Written, AppendError>;

impl Request {
    fn answer(self, outcome: Outcome) {
        // A writer that no longer waits does not want the answer.
        drop(self.answer.send(outcome));
    }
}

pub(super) struct Committer {
    pub(super) shared: Arc<Shared>,
    pub(super) requests: Receiver<Request>,
    pub(super) witness: Witness,
    pub(super) clock: Clock,
    /// The chain up to the head.
    pub(super) chain: ChainHead,
    /// When the newest event was recorded.
    pub(super) recorded: Option<DateTime<Utc>>,
}

/// What one commit became of: who gets which answer, and the text to store.
#[derive(Default)]
struct Draft {
    answers: Vec<(SyncSender<Outcome>, Outcome)>,
    pending: Pending,
    text: String,
}

impl Committer {
    /// Works until the log is dropped.
    pub(super) fn run(mut self) {
        let mut carried = None;
        while let Some(first) = carried.take().or_else(|| self.requests.recv().ok()) {
            let requests = self.collect(first, &mut carried);
            match self.shared.poisoned() {
                Some(reason) => refuse_all(requests, &reason),
                None => self.commit(requests),
            }
        }
        if let Err(error) = self.witness.sync() {
            let path = self.witness.path().display();
            tracing::warn!(%path, %error, "cannot sync the witness");
        }
    }

    /// Takes what waits, up to the limits of one commit. An append that no longer fits is carried
    /// over.
    fn collect(&self, first: Request, carried: &mut Option<Request>) -> Vec<Request> {
        let mut events = first.events.len();
        let mut bytes = first.bytes;
        let mut requests = vec![first];
        while let Ok(request) = self.requests.try_recv() {
            events += request.events.len();
            bytes += request.bytes;
            if events > MAX_COMMIT_EVENTS || bytes > MAX_COMMIT_BYTES {
                *carried = Some(request);
                break;
            }
            requests.push(request);
        }
        requests
    }

    fn commit(&mut self, requests: Vec<Request>) {
        let first = self.shared.index().next();
        let draft = self.draft(requests, first);
        if !draft.pending.streams.is_empty() {
            if let Err(reason) = self.store(first, &draft) {
                tracing::error!(%reason, "the log is poisoned");
                self.shared.poison(reason.clone());
                let unknown = AppendError::Unknown(Unknown { reason });
                for (answer, outcome) in draft.answers {
                    drop(answer.send(outcome.and(Err(unknown.clone()))));
                }
                return;
            }
            self.shared.publish(&draft.pending);
        }
        for (answer, outcome) in draft.answers {
            drop(answer.send(outcome));
        }
    }

    /// Checks the appends in order and writes the lines of those that are taken.
    fn draft(&mut self, requests: Vec<Request>, first: Position) -> Draft {
        let now = (self.clock)();
        let mut draft = Draft::default();
        let mut next = first;
        let index = self.shared.index();
        for Request { events, stamps, answer, .. } in requests {
            let admitted = stamps
                .check(next, self.recorded)
                .and_then(|()| draft.pending.take(&index, &events, next));
            let behind = match admitted {
                Ok(behind) => behind,
                Err(refused) => {
                    draft.answers.push((answer, Err(refused.into())));
                    continue;
                }
            };
            let first = next;
            let mut last = first;
            for ((event, _), given) in events.into_iter().zip(stamps.times()) {
                let recorded = given.unwrap_or_else(|| self.recorded.map_or(now, |it| it.max(now)));
                self.recorded = Some(recorded);
                draft.text.push_str(&line_of(&Envelope { position: next, recorded, event }));
                draft.text.push('\n');
                last = next;
                next = next.next();
            }
            debug_assert_eq!(next, behind, "positions were given as they were checked");
            draft.answers.push((answer, Ok(Written { first, last })));
        }
        drop(index);
        draft
    }

    /// Stores one block and makes it durable. An error leaves it unknown whether it is.
    fn store(&mut self, first: Position, draft: &Draft) -> Result<(), String> {
        let store = &self.shared.store;
        let failed = |doing: &str, path: &Path, error: &io::Error| {
            format!("{doing} `{}` failed: {error}", path.display())
        };
        let packed = pack(first, &draft.text, draft.pending.streams.clone(), self.chain)
            .map_err(|error| failed("packing a block for", store.data_path(), &error))?;
        store.put(first, &packed).map_err(|error| failed("writing", store.data_path(), &error))?;
        store.sync().map_err(|error| failed("flushing", store.data_path(), &error))?;
        self.chain = packed.head.chain_after;
        let added = u64::try_from(draft.pending.streams.len()).unwrap_or(u64::MAX);
        let acknowledged = Acknowledged { events: first.get() - 1 + added, chain: self.chain };
        self.witness
            .note(acknowledged)
            .map_err(|error| failed("writing", self.witness.path(), &error))
    }
}

fn refuse_all(requests: Vec<Request>, reason: &str) {
    for request in requests {
        request.answer(Err(Refused::Poisoned { reason: reason.to_owned() }.into()));
    }
}

impl Shared {
    /// Shows the events of a durable commit to readers.
    fn publish(&self, pending: &Pending) {
        let head = {
            let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
            index.push_block(&pending.streams);
            index.head()
        };
        *self.head.lock().unwrap_or_else(PoisonError::into_inner) = head;
        self.grown.notify_all();
    }

    fn poison(&self, reason: String) {
        *self.poison.lock().unwrap_or_else(PoisonError::into_inner) = Some(reason);
    }

    pub(super) fn poisoned(&self) -> Option<String> {
        self.poison.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Why nothing comes back from the committer.
    pub(super) fn reason(&self) -> String {
        self.poisoned().unwrap_or_else(|| "the committer ended".to_owned())
    }
}
