//! The log on disk, in one directory that one process owns.
//!
//! ```text
//! DIR/format   which version of this layout it is
//! DIR/lock     held by the process that owns the directory
//! DIR/witness  the head and chain last acknowledged: a log that lost its end does not match
//! DIR/sled/    the blocks, in sled's own files
//! ```

mod answer;
mod cache;
mod committer;
mod directory;
mod draft;
#[cfg(test)]
mod fault_tests;
mod open;
mod queue;
mod reader;
mod request;
mod store;
mod verify;
mod witness;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, RwLock};
use std::thread::JoinHandle;

use dateline_event::{Envelope, ExpectedPosition, Position};

use crate::append::{AppendError, Refused, Unknown, Written};
use crate::contract::{Clock, LogWriter, NewEvents};
use crate::index::Index;
use cache::BlockCache;
use committer::Committer;
use directory::Lock;
use queue::Queue;
use request::{Request, Stamps};
use store::Store;

pub use open::OpenError;

/// The embedded log: blocks in sled, and one committer that makes many appends durable with one
/// sync.
pub struct SledLog {
    shared: Arc<Shared>,
    queue: Arc<Queue>,
    committer: Arc<Committer>,
    threads: Vec<JoinHandle<()>>,
    /// Released last, when nothing writes any more.
    _lock: Lock,
}

/// What readers and the committer use together.
struct Shared {
    directory: PathBuf,
    store: Store,
    /// Holds what is durable and nothing else.
    index: RwLock<Index>,
    /// The head, for those who wait for it.
    head: Mutex<Option<Position>>,
    grown: Condvar,
    cache: Mutex<BlockCache>,
    /// Why the log is poisoned, once it is.
    poison: Mutex<Option<String>>,
}

impl SledLog {
    /// Opens the log in `directory`, which is made if it is not there, and takes the time of
    /// recording from `clock`.
    ///
    /// # Errors
    /// Each names the directory or file: it is in use, cannot be read or written, is of another
    /// version, holds something else, or is damaged. Nothing is repaired or cut off.
    pub fn open(directory: &Path, clock: Clock) -> Result<Self, OpenError> {
        open::open(directory, clock, store::no_faults())
    }

    /// The directory that the log is in.
    pub fn directory(&self) -> &Path {
        &self.shared.directory
    }

    /// Why the log refuses appends until it is opened again; `None` while it takes them.
    pub fn poisoned(&self) -> Option<String> {
        self.shared.poisoned()
    }
}

impl LogWriter for SledLog {
    fn append(&self, events: NewEvents) -> Result<Written, AppendError> {
        self.submit(events, Stamps::Fresh)
    }
}

impl SledLog {
    /// Writes envelopes of another log where and when that one had them. They must follow each
    /// other and continue this log exactly.
    pub(crate) fn continue_with(&self, envelopes: Vec<Envelope>) -> Result<Written, AppendError> {
        let first = envelopes.first().map_or(Position::FIRST, |it| it.position);
        let recorded = envelopes.iter().map(|it| it.recorded).collect();
        let events = envelopes.into_iter().map(|it| (it.event, ExpectedPosition::Any)).collect();
        self.submit(events, Stamps::Given { first, recorded })
    }

    fn submit(&self, events: NewEvents, stamps: Stamps) -> Result<Written, AppendError> {
        crate::admit::check_limits(&events)?;
        let (answer, answered) = answer::answer();
        if !self.queue.push(Request::new(events, stamps, answer)) {
            return Err(Refused::Poisoned { reason: self.shared.reason() }.into());
        }
        answered.wait().unwrap_or_else(|| Err(Unknown { reason: self.shared.reason() }.into()))
    }
}

impl Drop for SledLog {
    fn drop(&mut self) {
        self.queue.close();
        for thread in self.threads.drain(..) {
            // A committer that panicked has answered nobody; its writers were told that the outcome
            // is unknown.
            if thread.join().is_err() {
                let directory = self.shared.directory.display();
                tracing::error!(%directory, "the committer panicked");
            }
        }
        self.committer.end();
    }
}
