//! All that dateline asks of sled: put a block, make it durable, get blocks back. The only file
//! that names sled.
//!
//! A block is some values for its body and one for its head, written in this order. sled comes back
//! from a crash with a prefix of what was written, so a head that is there has all of its body; a
//! body without a head was never acknowledged and is removed at open. A sled batch would promise
//! the same, and costs a write of its own that is waited for. A body is cut into chunks because sled moves a page of its
//! tree into a file of its own (`blobs/…`, which it never syncs) once the page is longer than a
//! quarter of a segment: a page holds up to 17 values, so each must stay below 1/17 of that.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use dateline_event::Position;

use super::directory::sync_directory;
use crate::block::{Head, Packed};
use crate::limits::SLED_CACHE_BYTES;

/// Bytes of one chunk of a body. 17 of them with their keys stay below a quarter of a segment of
/// 512 KiB.
const CHUNK_BYTES: usize = 7_400;

const HEAD: u8 = b'h';
const BODY: u8 = b'b';

/// How often sled's own thread cleans half-empty segments, in milliseconds. Without it a log takes
/// 2.5 times the disk.
const CLEAN_EVERY_MS: u64 = 500;

/// How often to try to open sled's files while its lock on them is held, and the pause in between.
const OPEN_TRIES: u32 = 200;
const OPEN_PAUSE: Duration = Duration::from_millis(10);

/// A step of a commit that the disk can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Put,
    Flush,
    Sync,
}

/// Asked before each step; an error is taken as the disk's. Tests put their faults here.
pub(super) type Faults = Box<dyn Fn(Step) -> io::Result<()> + Send + Sync>;

/// The real disk, with whatever faults it has of its own.
pub(super) fn no_faults() -> Faults {
    Box::new(|_| Ok(()))
}

/// A stored head as read back, with the position it stands under.
pub(super) type StoredHead = (Position, Result<Head, String>);

pub(super) struct Store {
    db: sled::Db,
    /// sled's data file, opened by us: each open file is told of a failed write once, so what
    /// sled's own thread swallows is still reported here.
    data: File,
    data_path: PathBuf,
    faults: Faults,
}

impl Store {
    /// Opens or makes the store in `directory`, and makes its files durable as far as they are
    /// there.
    pub(super) fn open(directory: &Path, faults: Faults) -> io::Result<Self> {
        let db = open_db(directory).map_err(plain)?;
        db.flush().map_err(plain)?;
        let data_path = directory.join("db");
        let data = File::open(&data_path)?;
        data.sync_all()?;
        File::open(directory.join("conf"))?.sync_all()?;
        sync_directory(directory)?;
        Ok(Self { db, data, data_path, faults })
    }

    /// Puts a block under its first position. Not durable before [`Store::flush`] and then
    /// [`Store::sync`].
    pub(super) fn put(&self, first: Position, packed: &Packed) -> io::Result<()> {
        (self.faults)(Step::Put)?;
        for (chunk, number) in packed.body.chunks(CHUNK_BYTES).zip(0u16..) {
            self.db.insert(body_key(first, number), chunk).map_err(plain)?;
        }
        self.db.insert(head_key(first), packed.head.encode(first)).map_err(plain)?;
        Ok(())
    }

    /// Gives everything that was put to the system. It leaves the file's metadata and the disk's
    /// cache behind, so it is not durable yet.
    pub(super) fn flush(&self) -> io::Result<()> {
        (self.faults)(Step::Flush)?;
        self.db.flush().map_err(plain).map(drop)
    }

    /// Makes everything durable that was flushed.
    pub(super) fn sync(&self) -> io::Result<()> {
        (self.faults)(Step::Sync)?;
        self.data.sync_data()
    }

    /// Removes what was put of a block whose head is not there: everything from `next` on. Says how
    /// many values that were.
    pub(super) fn remove_headless(&self, next: Position) -> io::Result<usize> {
        let mut removed = 0;
        for found in self.db.range(key(BODY, next)..vec![BODY + 1]).keys() {
            self.db.remove(found.map_err(plain)?).map_err(plain)?;
            removed += 1;
        }
        Ok(removed)
    }

    /// The file that a failure of [`Store::sync`] is about.
    pub(super) fn data_path(&self) -> &Path {
        &self.data_path
    }

    /// All heads in the order of their positions.
    pub(super) fn heads(&self) -> impl Iterator<Item = io::Result<StoredHead>> + Send + use<> {
        self.db.scan_prefix([HEAD]).map(|found| {
            let (key, value) = found.map_err(plain)?;
            let first = position_in(&key)?;
            Ok((first, Head::decode(first, &value)))
        })
    }

    /// The head of the block that starts at `first`.
    pub(super) fn head(&self, first: Position) -> io::Result<Option<Result<Head, String>>> {
        let value = self.db.get(head_key(first)).map_err(plain)?;
        Ok(value.map(|value| Head::decode(first, &value)))
    }

    /// The body of the block that starts at `first`, as far as it is there.
    ///
    /// Chunks are fetched one by one and not by a scan: sled counts each fetch as a use of the
    /// page, and looks at the size of its cache only after many uses. A replay of 1.4 GB by scans
    /// held 400 MB of pages, whatever the size that was set.
    pub(super) fn body(&self, first: Position, head: &Head) -> io::Result<Vec<u8>> {
        let bytes = usize::try_from(head.body_bytes).unwrap_or(usize::MAX);
        let mut body = Vec::new();
        for number in 0u16.. {
            if body.len() >= bytes {
                break;
            }
            let Some(chunk) = self.db.get(body_key(first, number)).map_err(plain)? else { break };
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// How many values there are that belong to no head or body.
    pub(super) fn strangers(&self) -> io::Result<u64> {
        let mut strangers = 0;
        for range in [(None, Some(BODY)), (Some(BODY + 1), Some(HEAD)), (Some(HEAD + 1), None)] {
            let from = range.0.map_or(Vec::new(), |it| vec![it]);
            let to = range.1.map_or(vec![u8::MAX; 16], |it| vec![it]);
            for found in self.db.range(from..to) {
                found.map_err(plain)?;
                strangers += 1;
            }
        }
        Ok(strangers)
    }
}

/// Opens sled's files. sled's own lock on them may outlive the log that was closed last in this
/// process for a moment, while a thread of its pool ends; the lock on the directory is ours by
/// then.
fn open_db(directory: &Path) -> sled::Result<sled::Db> {
    let config = sled::Config::new()
        .path(directory)
        .cache_capacity(SLED_CACHE_BYTES)
        .mode(sled::Mode::LowSpace)
        .flush_every_ms(Some(CLEAN_EVERY_MS));
    let mut tries = 1;
    loop {
        match config.open() {
            Err(sled::Error::Io(error))
                if tries < OPEN_TRIES && error.to_string().contains("acquire lock") =>
            {
                tries += 1;
                thread::sleep(OPEN_PAUSE);
            }
            outcome => return outcome,
        }
    }
}

fn head_key(first: Position) -> Vec<u8> {
    key(HEAD, first)
}

fn body_key(first: Position, chunk: u16) -> Vec<u8> {
    let mut key = key(BODY, first);
    key.extend_from_slice(&chunk.to_be_bytes());
    key
}

/// Big-endian, so that the order of keys is the order of positions.
fn key(kind: u8, first: Position) -> Vec<u8> {
    let mut key = vec![kind];
    key.extend_from_slice(&first.get().to_be_bytes());
    key
}

fn position_in(key: &[u8]) -> io::Result<Position> {
    key.get(1..)
        .and_then(|number| number.try_into().ok())
        .and_then(|number| Position::new(u64::from_be_bytes(number)))
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a key is not a position"))
}

/// sled's error as one that keeps the kind that callers act on: corruption is invalid data.
fn plain(error: sled::Error) -> io::Error {
    match error {
        // sled keeps only the kind and the debug form of an error that one of its threads met.
        sled::Error::Io(error) if error.kind() != io::ErrorKind::Other => error.kind().into(),
        sled::Error::Io(error) => error,
        sled::Error::Corruption { .. } => {
            io::Error::new(io::ErrorKind::InvalidData, "a page of the store does not match its sum")
        }
        error @ (sled::Error::CollectionNotFound(_)
        | sled::Error::Unsupported(_)
        | sled::Error::ReportableBug(_)) => io::Error::other(error.to_string()),
    }
}
