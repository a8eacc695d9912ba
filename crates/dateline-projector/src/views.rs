//! The door to the latest view, for readers on any thread.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::{DateTime, Utc};
use dateline_event::Position;

use crate::progress::{Pace, Progress};
use crate::view::View;

/// Gives the latest view. Readers never wait, neither for a projector nor for each other; a clone leads to the same
/// views. When the projector stops at an event that it cannot read, the last good view goes on being served.
#[derive(Debug, Clone)]
pub struct Views(Arc<Shared>);

struct Shared {
    current: ArcSwap<View>,
    /// Position of the newest event of the log, as last seen; zero for none.
    head: AtomicU64,
    /// When the log took the first event that the view lacks.
    waits_since: ArcSwapOption<DateTime<Utc>>,
    failure: ArcSwapOption<String>,
    rebuilding: ArcSwapOption<Rebuilding>,
    hooks: Mutex<Vec<Hook>>,
}

/// Is called with each view that is published, by the projector's thread, so it should only pass it on.
pub type Hook = Box<dyn Fn(&Arc<View>) + Send + Sync>;

/// A rebuild that runs beside the serving view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilding {
    /// Why, in words for an operator.
    pub reason: String,
    /// How far it has come.
    pub progress: Progress,
    /// How fast it goes.
    pub pace: Pace,
}

/// How the views stand to the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogStatus {
    /// Position of the newest event of the log, as last seen by the projector; `None` for an empty log.
    pub head: Option<Position>,
    /// Position of the view that is served; `None` where it has no event yet.
    pub checkpoint: Option<Position>,
    /// Events that the view lacks: head minus checkpoint.
    pub lag: u64,
    /// When the log took the first event that the view lacks; `None` while the view has all. The time since then is the
    /// lag in seconds.
    pub waits_since: Option<DateTime<Utc>>,
    /// Why the projector stopped, in words for an operator; `None` while all is well.
    pub failure: Option<Arc<String>>,
    /// The rebuild that runs beside the serving view, where one does.
    pub rebuilding: Option<Arc<Rebuilding>>,
}

impl Views {
    /// Views that serve `view` until a projector publishes another one.
    pub fn new(view: View) -> Self {
        let head = AtomicU64::new(view.position().map_or(0, Position::get));
        let current = ArcSwap::from_pointee(view);
        Self(Arc::new(Shared {
            current,
            head,
            waits_since: ArcSwapOption::empty(),
            failure: ArcSwapOption::empty(),
            rebuilding: ArcSwapOption::empty(),
            hooks: Mutex::default(),
        }))
    }

    /// The latest view. Take it once a request, so that all of its answer stands at one position.
    pub fn current(&self) -> Arc<View> {
        self.0.current.load_full()
    }

    /// How the views stand to the log.
    pub fn status(&self) -> LogStatus {
        let checkpoint = self.current().position();
        let seen = self.0.head.load(Ordering::Acquire);
        let applied = checkpoint.map_or(0, Position::get);
        LogStatus {
            head: Position::new(seen.max(applied)),
            checkpoint,
            lag: seen.saturating_sub(applied),
            waits_since: self.0.waits_since.load_full().map(|it| *it).filter(|_| seen > applied),
            failure: self.0.failure.load_full(),
            rebuilding: self.0.rebuilding.load_full(),
        }
    }

    /// Has `hook` called with each view that is published from now on: for live feeds, which read on from there.
    pub fn on_publish(&self, hook: Hook) {
        self.0.hooks.lock().unwrap_or_else(PoisonError::into_inner).push(hook);
    }

    /// Takes down how far a rebuild beside the serving view is, or that none runs.
    pub fn rebuilds(&self, rebuilding: Option<Rebuilding>) {
        self.0.rebuilding.store(rebuilding.map(Arc::new));
    }

    pub(crate) fn publish(&self, view: View) {
        let view = Arc::new(view);
        self.0.current.store(Arc::clone(&view));
        let hooks = self.0.hooks.lock().unwrap_or_else(PoisonError::into_inner);
        hooks.iter().for_each(|hook| hook(&view));
    }

    pub(crate) fn waits_since(&self, instant: Option<DateTime<Utc>>) {
        self.0.waits_since.store(instant.map(Arc::new));
    }

    pub(crate) fn saw_head(&self, head: Option<Position>) {
        self.0.head.store(head.map_or(0, Position::get), Ordering::Release);
    }

    pub(crate) fn failed(&self, why: Option<String>) {
        self.0.failure.store(why.map(Arc::new));
    }
}

impl Default for Views {
    /// Views of an empty log.
    fn default() -> Self {
        Self::new(View::default())
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Views")
            .field("position", &self.current.load().position())
            .finish_non_exhaustive()
    }
}
