//! Opening the log on disk: who may, and what must hold.

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, RwLock};
use std::{io, panic, thread};

use chrono::{DateTime, Utc};
use dateline_event::Position;
use thiserror::Error;

use super::cache::BlockCache;
use super::committer::{Committer, THREADS};
use super::directory::{FORMAT_VERSION, claim, sync_directory};
use super::draft::Drafter;
use super::queue::Queue;
use super::reader::{envelope_in, last_of, storage};
use super::store::{Faults, Store};
use super::witness::{Acknowledged, Testimony, Witness};
use super::{Shared, SledLog};
use crate::block::Head;
use crate::chain::ChainHead;
use crate::contract::Clock;
use crate::index::Index;
use crate::read::{Damage, ReadError};

/// Why a log could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Another process, or another part of this one, has it open.
    #[error("the log in `{}` is in use by another process", .directory.display())]
    InUse {
        /// The directory.
        directory: PathBuf,
    },
    /// There is something that no log put there.
    #[error(
        "`{}` is not the mark of a dateline log, and the directory is not empty",
        .path.display()
    )]
    NotALog {
        /// The file that should say `dateline-log` and a version.
        path: PathBuf,
    },
    /// It was written in a layout that this program does not know.
    #[error(
        "the log in `{}` has format version {found}, this program reads version {FORMAT_VERSION}",
        .directory.display()
    )]
    Version {
        /// The directory.
        directory: PathBuf,
        /// The version that was found.
        found: u32,
    },
    /// What is stored is not what was written. Nothing was repaired or cut off.
    #[error("the log in `{}` cannot be opened: {damage}", .directory.display())]
    Damaged {
        /// The directory.
        directory: PathBuf,
        /// Where, and what.
        damage: Damage,
    },
    /// The store does not know its own files again, so that no position can be named.
    #[error("the store `{}` is damaged: {reason}", .path.display())]
    StoreDamaged {
        /// The directory of the store.
        path: PathBuf,
        /// What it said.
        reason: String,
    },
    /// The disk refused.
    #[error("cannot open `{}`: {reason}", .path.display())]
    Disk {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        reason: String,
        /// Its kind.
        kind: io::ErrorKind,
    },
}

impl OpenError {
    pub(super) fn at(path: &Path, error: &io::Error) -> Self {
        Self::Disk { path: path.to_owned(), reason: error.to_string(), kind: error.kind() }
    }

    fn damaged(directory: &Path, position: Position, what: String) -> Self {
        let damage = Damage { first: position, last: position, what };
        Self::Damaged { directory: directory.to_owned(), damage }
    }

    fn reading(directory: &Path, error: ReadError) -> Self {
        match error {
            ReadError::Damaged(damage) => Self::Damaged { directory: directory.to_owned(), damage },
            ReadError::Storage { reason, .. } => {
                Self::Disk { path: directory.to_owned(), reason, kind: io::ErrorKind::Other }
            }
        }
    }
}

pub(super) fn open(directory: &Path, clock: Clock, faults: Faults) -> Result<SledLog, OpenError> {
    let lock = claim(directory)?;
    let store = open_store(directory, faults)?;
    let (index, chain, last_head) = read_heads(directory, &store)?;
    let witness_path = directory.join("witness");
    let (mut witness, testimony) =
        Witness::open(&witness_path).map_err(|error| OpenError::at(&witness_path, &error))?;
    let durable = Acknowledged { events: index.events(), chain };
    heed(directory, &store, testimony, durable)?;
    witness
        .note(durable)
        .and_then(|()| witness.sync())
        .and_then(|()| sync_directory(directory))
        .map_err(|error| OpenError::at(&witness_path, &error))?;
    let head = index.head();
    let next = index.next();
    let headless = store
        .remove_headless(next)
        .map_err(|error| OpenError::reading(directory, storage(next, &error)))?;
    if headless > 0 {
        tracing::info!(%next, headless, "removed what an unfinished commit left");
    }
    let shared = Arc::new(Shared {
        directory: directory.to_owned(),
        store,
        index: RwLock::new(index),
        head: Mutex::new(head),
        grown: Condvar::new(),
        cache: Mutex::new(BlockCache::new()),
        poison: Mutex::new(None),
    });
    let recorded =
        last_recorded(&shared, last_head).map_err(|error| OpenError::reading(directory, error))?;
    let drafter = Drafter::new(clock, next, chain, recorded)
        .map_err(|error| OpenError::at(directory, &error))?;
    let queue = Arc::new(Queue::new());
    let committer = Arc::new(Committer {
        shared: Arc::clone(&shared),
        queue: Arc::clone(&queue),
        drafter: Mutex::new(drafter),
        witness: Mutex::new(witness),
    });
    let mut log = SledLog { shared, queue, committer, threads: Vec::new(), _lock: lock };
    for number in 1..=THREADS {
        let committer = Arc::clone(&log.committer);
        let thread = thread::Builder::new()
            .name(format!("dateline-log-{number}"))
            .spawn(move || committer.run())
            .map_err(|error| OpenError::at(directory, &error))?;
        log.threads.push(thread);
    }
    Ok(log)
}

/// sled checks some of what it reads with assertions, so a damaged file can end in a panic, which
/// is damage all the same.
fn open_store(directory: &Path, faults: Faults) -> Result<Store, OpenError> {
    let path = directory.join("sled");
    match panic::catch_unwind(AssertUnwindSafe(|| Store::open(&path, faults))) {
        Ok(Ok(store)) => Ok(store),
        Ok(Err(error)) if error.kind() == io::ErrorKind::InvalidData => {
            Err(OpenError::StoreDamaged { path, reason: error.to_string() })
        }
        Ok(Err(error)) => Err(OpenError::at(&path, &error)),
        Err(_) => {
            let reason = "it cannot read its own files".to_owned();
            Err(OpenError::StoreDamaged { path, reason })
        }
    }
}

type LastHead = Option<(Position, Head)>;

/// Builds the index from all heads, which must follow each other without a gap.
fn read_heads(directory: &Path, store: &Store) -> Result<(Index, ChainHead, LastHead), OpenError> {
    let mut index = Index::default();
    let mut chain = ChainHead::EMPTY;
    let mut last_head = None;
    for found in store.heads() {
        let next = index.next();
        let (first, head) =
            found.map_err(|error| OpenError::reading(directory, storage(next, &error)))?;
        let head = head.map_err(|what| OpenError::damaged(directory, first, what))?;
        if first != next || head.streams.is_empty() {
            let what = format!("the next block starts at position {first}");
            return Err(OpenError::damaged(directory, next, what));
        }
        if head.chain_before != chain {
            let what = "the chain does not continue from the block before".to_owned();
            return Err(OpenError::damaged(directory, first, what));
        }
        chain = head.chain_after;
        index.push_block(&head.streams);
        last_head = Some((first, head));
    }
    Ok((index, chain, last_head))
}

/// Compares what the store holds with what was acknowledged.
fn heed(
    directory: &Path,
    store: &Store,
    testimony: Testimony,
    durable: Acknowledged,
) -> Result<(), OpenError> {
    let next = durable.head().map_or(Position::FIRST, Position::next);
    let said = match testimony {
        Testimony::Absent if durable.events == 0 => return Ok(()),
        Testimony::Absent | Testimony::Broken => {
            let what = "the witness of what was acknowledged is missing or damaged".to_owned();
            return Err(OpenError::damaged(directory, next, what));
        }
        Testimony::Says(said) => said,
    };
    let Some(head) = said.head() else { return Ok(()) };
    if said.events > durable.events {
        let what = format!("the log ends before it, but position {head} was acknowledged");
        return Err(OpenError::damaged(directory, next, what));
    }
    let chain = chain_at(store, said.events, durable)
        .map_err(|error| OpenError::reading(directory, storage(head, &error)))?;
    if chain == Some(said.chain) {
        Ok(())
    } else {
        let what = "the chain is not the one that was acknowledged".to_owned();
        Err(OpenError::damaged(directory, head, what))
    }
}

/// The chain after `events` events, which must be the end of a block.
fn chain_at(store: &Store, events: u64, durable: Acknowledged) -> io::Result<Option<ChainHead>> {
    if events == durable.events {
        return Ok(Some(durable.chain));
    }
    let next = Position::new(events).map(Position::next);
    let head = next.map(|next| store.head(next)).transpose()?.flatten();
    Ok(head.and_then(Result::ok).map(|head| head.chain_before))
}

/// When the newest event was recorded. Reads the newest block, so a log whose end is damaged does
/// not open.
fn last_recorded(shared: &Shared, last_head: LastHead) -> Result<Option<DateTime<Utc>>, ReadError> {
    let Some((first, head)) = last_head else { return Ok(None) };
    let lines = shared.lines_under(first, &head)?;
    let last = last_of(first, head.streams.len());
    envelope_in(&lines, first, last).map(|envelope| Some(envelope.recorded))
}
