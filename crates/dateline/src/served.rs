//! The views of a server as the API asks for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use dateline_event::Position;
use dateline_graphql::ViewSource;
use dateline_log::{LogReader as _, SledLog};
use dateline_projector::{AsOf, LogStatus, Matches, Rebuilding, View, Views};
use dateline_search::{Query, SearchError};

use crate::words_index::WordsIndex;

/// Views with the number of rebuilds that made them.
pub(crate) struct Served {
    pub(crate) views: Views,
    pub(crate) log: Arc<SledLog>,
    pub(crate) rebuilds: Arc<AtomicU64>,
    /// `None` where words cannot be searched.
    pub(crate) words: Option<Arc<WordsIndex>>,
}

impl Served {
    fn status(&self) -> LogStatus {
        self.views.status()
    }
}

impl ViewSource for Served {
    fn current(&self) -> Arc<View> {
        self.views.current()
    }

    fn head(&self) -> Option<Position> {
        self.status().head
    }

    fn chain_at(&self, position: Position) -> Result<Option<String>, String> {
        let chain = self.log.chain_at(position).map_err(|why| why.to_string())?;
        Ok(chain.map(|it| it.to_string()))
    }

    fn find(
        &self,
        view: &Arc<View>,
        query: &Query,
        as_of: Option<AsOf>,
    ) -> Result<Matches, SearchError> {
        self.words.as_ref().ok_or(SearchError::Behind)?.find(view, query, as_of)
    }

    fn failure(&self) -> Option<String> {
        self.status().failure.map(|it| it.as_str().to_owned())
    }

    fn waits_since(&self) -> Option<DateTime<Utc>> {
        self.status().waits_since
    }

    fn rebuilding(&self) -> Option<Arc<Rebuilding>> {
        self.status().rebuilding
    }

    fn rebuilds(&self) -> u64 {
        self.rebuilds.load(Ordering::Relaxed)
    }
}
