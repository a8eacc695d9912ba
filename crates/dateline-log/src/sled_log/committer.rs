//! The committer: three threads that take turns, so that no two of the three parts of a commit wait
//! for each other: one is drafted, the one before is written, the one before that is synced.
//!
//! ```text
//! thread 1   draft A │ write A │ sync A, answer │ draft D …
//! thread 2           │ draft B │ write B        │ sync B, answer │ draft E …
//! thread 3           │         │ draft C        │ write C        │ sync C, answer │ …
//! ```
//!
//! At most one commit is in each part at any time, and none overtakes another: a thread holds its
//! turn until it has the next one.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use dateline_event::Position;

use super::Shared;
use super::answer::Answer;
use super::draft::{Block, Commit, Drafter};
use super::queue::{Queue, Turn};
use super::request::Outcome;
use super::witness::{Acknowledged, Witness};
use crate::append::{AppendError, Refused, Unknown};
use crate::block::Head;
use crate::index::StreamKey;

pub(super) struct Committer {
    pub(super) shared: Arc<Shared>,
    pub(super) queue: Arc<Queue>,
    /// Whoever holds it drafts.
    pub(super) drafter: Mutex<Drafter>,
    /// Whoever holds it syncs.
    pub(super) witness: Mutex<Witness>,
}

/// How many commits are under way at most, one in each part.
pub(super) const THREADS: usize = 3;

impl Committer {
    /// Works until the log is dropped. [`THREADS`] threads run this.
    pub(super) fn run(&self) {
        let _guard = Abandon(&self.queue);
        loop {
            let mut drafter = self.drafter.lock().unwrap_or_else(PoisonError::into_inner);
            let Some((commit, turn)) = drafter.commit(&self.queue, &self.shared) else { break };
            drop(drafter);
            self.store(commit, turn);
        }
    }

    /// Makes sure that what was last acknowledged is on the disk. Called when nothing writes any
    /// more.
    pub(super) fn end(&self) {
        let witness = self.witness();
        if let Err(error) = witness.sync() {
            let path = witness.path().display();
            tracing::warn!(%path, %error, "cannot sync the witness");
        }
    }

    fn witness(&self) -> MutexGuard<'_, Witness> {
        self.witness.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a commit durable, shows it to readers and answers its writers.
    fn store(&self, Commit { answers, block }: Commit, turn: Turn<'_>) {
        if let Some(reason) = self.shared.poisoned() {
            return refuse(answers, &reason);
        }
        let written = block.map(|block| self.write(block)).transpose();
        let mut witness = self.witness();
        drop(turn);
        // The commit before may have failed while this one was written. The disk does not tell
        // twice of a failure, so a sync from here on would prove nothing.
        let synced = self.shared.poisoned().map_or(written, Err).and_then(|block| {
            let Some((acknowledged, streams)) = block else { return Ok(()) };
            self.sync(&mut witness, acknowledged)?;
            self.shared.publish(&streams);
            Ok(())
        });
        match synced {
            Ok(()) => answer(answers, |outcome| outcome),
            Err(reason) => {
                tracing::error!(%reason, "the log is poisoned");
                self.shared.poison(&reason);
                unknown(answers, &reason);
            }
        }
    }

    /// Writes one block, and says what there will be to acknowledge once it is synced. An error
    /// leaves it unknown whether it is written.
    fn write(&self, block: Block) -> Result<(Acknowledged, Vec<StreamKey>), String> {
        let store = &self.shared.store;
        let Block { first, packed } = block;
        let packed = packed.map_err(|it| failed("packing a block for", store.data_path(), &it))?;
        store.put(first, &packed).map_err(|it| failed("writing", store.data_path(), &it))?;
        store.flush().map_err(|it| failed("flushing", store.data_path(), &it))?;
        let Head { streams, chain_after: chain, .. } = packed.head;
        let added = u64::try_from(streams.len()).unwrap_or(u64::MAX);
        Ok((Acknowledged { events: first.get() - 1 + added, chain }, streams))
    }

    /// Makes durable what was written and takes it down.
    fn sync(&self, witness: &mut Witness, acknowledged: Acknowledged) -> Result<(), String> {
        let store = &self.shared.store;
        store.sync().map_err(|it| failed("flushing", store.data_path(), &it))?;
        witness.note(acknowledged).map_err(|it| failed("writing", witness.path(), &it))
    }
}

fn failed(doing: &str, path: &Path, error: &io::Error) -> String {
    format!("{doing} `{}` failed: {error}", path.display())
}

type Answers = Vec<(Answer, Outcome)>;

/// Nothing of a commit was written, and its refusals may rest on events that are not there either.
fn refuse(answers: Answers, reason: &str) {
    let refused = AppendError::from(Refused::Poisoned { reason: reason.to_owned() });
    answer(answers, |_| Err(refused.clone()));
}

/// A commit may be written or not. What was refused is certain, but not why: that may rest on
/// events of the commit before.
fn unknown(answers: Answers, reason: &str) {
    let refused = AppendError::from(Refused::Poisoned { reason: reason.to_owned() });
    let unknown = AppendError::from(Unknown { reason: reason.to_owned() });
    answer(answers, |outcome| Err(if outcome.is_ok() { unknown.clone() } else { refused.clone() }));
}

fn answer(answers: Answers, say: impl Fn(Outcome) -> Outcome) {
    for (answer, outcome) in answers {
        answer.say(say(outcome));
    }
}

/// Tells all who wait when a thread of the committer panics, since nobody would answer them.
struct Abandon<'queue>(&'queue Queue);

impl Drop for Abandon<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.abandon();
        }
    }
}

impl Shared {
    /// Shows the events of a durable commit to readers.
    fn publish(&self, streams: &[StreamKey]) {
        let head: Option<Position> = {
            let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
            index.push_block(streams);
            index.head()
        };
        *self.head.lock().unwrap_or_else(PoisonError::into_inner) = head;
        self.grown.notify_all();
    }

    /// Takes down why; the first reason stays.
    fn poison(&self, reason: &str) {
        let mut poison = self.poison.lock().unwrap_or_else(PoisonError::into_inner);
        poison.get_or_insert_with(|| reason.to_owned());
    }

    pub(super) fn poisoned(&self) -> Option<String> {
        self.poison.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Why nothing comes back from the committer.
    pub(super) fn reason(&self) -> String {
        self.poisoned().unwrap_or_else(|| "the committer ended".to_owned())
    }
}
