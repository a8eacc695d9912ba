//! The index on the disk: opened if it can be used, made anew if not.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use dateline_event::Position;
use dateline_projector::View;
use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyError};
use thiserror::Error;

use crate::VERSION;
use crate::schema::{Fields, schema};

/// Bytes that documents may take before they go to the disk, for each thread that takes them in.
const WRITER_BYTES: usize = 48 * 1024 * 1024;

/// Threads that take documents in. The words are cut by others.
const WRITER_THREADS: usize = 1;

/// An index in a folder of its own. Cheap to ask from many threads; changes wait for each other.
pub struct Index {
    pub(crate) fields: Fields,
    pub(crate) reader: IndexReader,
    pub(crate) writing: Mutex<Writing>,
    pub(crate) current: Mutex<Arc<Current>>,
}

/// What changes the index.
pub(crate) struct Writing {
    pub(crate) writer: IndexWriter,
    /// The view that it was brought up to; `None` for what an earlier process left.
    pub(crate) followed: Option<Arc<View>>,
}

/// What searches see: a view and a searcher at the position of it, or further.
pub(crate) struct Current {
    /// `None` until a view was followed.
    pub(crate) view: Option<Arc<View>>,
    pub(crate) searcher: Searcher,
}

/// What is written down with every commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    version: u32,
    position: Position,
    /// Tells the log from others, and from itself with another past.
    log: String,
}

/// Why an index that was there is not used. It is made anew, so each of these is a warning.
#[derive(Debug, Error)]
pub enum NotUsed {
    /// It cannot be opened.
    #[error("it cannot be opened: {0}")]
    Unreadable(String),
    /// Files of it are not what was written.
    #[error("it is damaged: {0} of its files have another checksum than what was written")]
    Damaged(usize),
    /// It was made by another version of the program, or by something else.
    #[error("it is of another version, or was never finished")]
    Version,
    /// It was made of another log, or of events that are gone.
    #[error("it is of another log, or of events that this log no longer has")]
    OtherLog,
}

/// Why the index cannot be asked or changed.
#[derive(Debug, Error)]
pub enum SearchError {
    /// The disk, or what is on it.
    #[error("the index of words cannot be used: {0}")]
    Storage(String),
    /// It has not come as far as the view.
    #[error(
        "the index of words is being made and has not come as far as the view; ask again later"
    )]
    Behind,
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        Self::Storage(error.to_string())
    }
}

impl From<io::Error> for SearchError {
    fn from(error: io::Error) -> Self {
        Self::Storage(error.to_string())
    }
}

/// Gives what tells a log at a position from others; `None` where the log has not come that far.
pub type LogMark<'a> = &'a dyn Fn(Position) -> Option<String>;

impl Index {
    /// The index in `folder`, which is made where it is missing. One that is there and cannot be used is removed and told
    /// with the reason.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn open(folder: &Path, mark: LogMark<'_>) -> Result<(Self, Option<NotUsed>), SearchError> {
        let not_used = if folder.exists() {
            match usable(folder, mark) {
                Ok(index) => return Ok((Self::of(&index)?, None)),
                Err(why) => Some(why),
            }
        } else {
            None
        };
        if not_used.is_some() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
        let index = tantivy::Index::open_or_create(directory, schema().0)?;
        Ok((Self::of(&index)?, not_used))
    }

    fn of(index: &tantivy::Index) -> Result<Self, SearchError> {
        let reader: IndexReader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let budget = WRITER_BYTES * WRITER_THREADS;
        let writer = index.writer_with_num_threads(WRITER_THREADS, budget)?;
        let current = Current { view: None, searcher: reader.searcher() };
        Ok(Self {
            fields: schema().1,
            reader,
            writing: Mutex::new(Writing { writer, followed: None }),
            current: Mutex::new(Arc::new(current)),
        })
    }

    pub(crate) fn current(&self) -> Arc<Current> {
        Arc::clone(&self.current.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Opens what is there, and trusts none of it.
fn usable(folder: &Path, mark: LogMark<'_>) -> Result<tantivy::Index, NotUsed> {
    let unreadable = |why: TantivyError| NotUsed::Unreadable(why.to_string());
    let index = tantivy::Index::open_in_dir(folder).map_err(unreadable)?;
    let metas = index.load_metas().map_err(unreadable)?;
    if metas.schema != schema().0 {
        return Err(NotUsed::Version);
    }
    if metas.payload.is_none() && metas.segments.is_empty() {
        // It was made, and there was nothing to take in yet.
        return Ok(index);
    }
    let checkpoint = serde_json::from_str(&metas.payload.unwrap_or_default());
    let checkpoint: Checkpoint = checkpoint.map_err(|_| NotUsed::Version)?;
    if checkpoint.version != VERSION {
        return Err(NotUsed::Version);
    }
    if mark(checkpoint.position).is_none_or(|it| it != checkpoint.log) {
        return Err(NotUsed::OtherLog);
    }
    let damaged = index.validate_checksum().map_err(unreadable)?;
    if !damaged.is_empty() {
        return Err(NotUsed::Damaged(damaged.len()));
    }
    Ok(index)
}

impl Checkpoint {
    pub(crate) const fn new(position: Position, log: String) -> Self {
        Self { version: VERSION, position, log }
    }
}
