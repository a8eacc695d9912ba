//! The index of words beside the log, in `search` of the data directory. It may be deleted at any time.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, SyncSender};

use dateline_event::Position;
use dateline_log::LogReader;
use dateline_projector::{AsOf, Matches, View, Views, log_mark};
use dateline_search::{Index, Query, SearchError};

use crate::exit::{Exit, Failure};
use crate::views;

/// The folder in the data directory.
const FOLDER: &str = "search";

/// Stories that a search waits for where the index lacks them.
const MAX_STORIES_TO_WAIT_FOR: usize = 100;

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

    /// Brings it up to `view`.
    pub(crate) fn follow(&self, view: &Arc<View>) -> Result<(), SearchError> {
        self.index.follow(view, &|position| mark(&*self.log, position), views::threads())
    }

    /// What matches in `view`. An index that lacks a few stories takes them in first.
    pub(crate) fn find(
        &self,
        view: &Arc<View>,
        query: &Query,
        as_of: Option<AsOf>,
    ) -> Result<Matches, SearchError> {
        match self.index.find(view, query, as_of) {
            Err(SearchError::Behind) if self.index.lag(view) <= MAX_STORIES_TO_WAIT_FOR => {
                self.follow(view)?;
                self.index.find(view, query, as_of)
            }
            found => found,
        }
    }
}

/// Follows views on a thread of its own until it is dropped. Nobody waits for what it is doing then: what is not committed
/// is done again by the next one.
pub(crate) struct WordsFollowing {
    bell: SyncSender<()>,
    stopped: Arc<AtomicBool>,
}

/// Has `words` follow `views`.
pub(crate) fn follow(words: Arc<WordsIndex>, views: &Views) -> WordsFollowing {
    // One ring that waits is enough: whoever hears it looks for the latest view.
    let (bell, rung) = mpsc::sync_channel(1);
    let (ring, of) = (bell.clone(), views.clone());
    let _ = ring.try_send(());
    let stopped = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&stopped);
    views.on_publish(Box::new(move |_| {
        let _ = ring.try_send(());
    }));
    std::thread::spawn(move || {
        while rung.recv().is_ok() && !stop.load(Ordering::Acquire) {
            if let Err(why) = words.follow(&of.current()) {
                tracing::error!("words of new stories are not searched: {why}");
            }
        }
    });
    WordsFollowing { bell, stopped }
}

impl Drop for WordsFollowing {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Release);
        let _ = self.bell.try_send(());
    }
}

/// The index in `data` for a server, which goes on without one, with a warning.
pub(crate) fn served(data: &Path, log: Arc<dyn LogReader>) -> Option<Arc<WordsIndex>> {
    match WordsIndex::open(data, log) {
        Ok(words) => Some(Arc::new(words)),
        Err(why) => {
            tracing::warn!("words cannot be searched: {:#}", why.error);
            None
        }
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
