//! The index of words beside the log, in `search` of the data directory. It may be deleted at any time.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use dateline_event::Position;
use dateline_log::LogReader;
use dateline_projector::{View, log_mark};
use dateline_search::{Index, SearchError};

use crate::exit::{Exit, Failure};
use crate::views;

/// The folder in the data directory.
const FOLDER: &str = "search";

/// The index of one log.
pub(crate) struct WordsIndex {
    index: Index,
    log: Arc<dyn LogReader>,
}

impl WordsIndex {
    /// The index in `data` of `log`, which may lack what is new. One that cannot be used is made anew, with a warning.
    pub(crate) fn open(data: &Path, log: Arc<dyn LogReader>) -> Result<Self, Failure> {
        let folder = data.join(FOLDER);
        let (index, not_used) =
            Index::open(&folder, &|position| mark(&*log, position)).map_err(failed)?;
        if let Some(why) = not_used {
            tracing::warn!("{} is not used, and made anew: {why}", folder.display());
        }
        Ok(Self { index, log })
    }

    /// The index, to be asked.
    pub(crate) const fn index(&self) -> &Index {
        &self.index
    }

    /// Brings it up to `view`.
    pub(crate) fn follow(&self, view: &Arc<View>) -> Result<(), SearchError> {
        self.index.follow(view, &|position| mark(&*self.log, position), views::threads())
    }
}

/// Tells a log at a position from others.
fn mark(log: &dyn LogReader, position: Position) -> Option<String> {
    let mark = log_mark(log, position).ok().flatten()?;
    Some(mark.iter().fold(String::new(), |mut text, byte| {
        // A text takes what is written to it.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// An index that cannot be used.
pub(crate) fn failed(why: SearchError) -> Failure {
    Failure::new(Exit::Storage, why)
}
