//! The door to the latest view, for readers on any thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::{ArcSwap, ArcSwapOption};
use dateline_event::Position;

use crate::view::View;

/// Gives the latest view. Readers never wait, neither for a projector nor for each other; a clone leads to the same
/// views. When the projector stops at an event that it cannot read, the last good view goes on being served.
#[derive(Debug, Clone)]
pub struct Views(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    current: ArcSwap<View>,
    /// Position of the newest event of the log, as last seen; zero for none.
    head: AtomicU64,
    failure: ArcSwapOption<String>,
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
    /// Why the projector stopped, in words for an operator; `None` while all is well.
    pub failure: Option<Arc<String>>,
}

impl Views {
    /// Views that serve `view` until a projector publishes another one.
    pub fn new(view: View) -> Self {
        let head = AtomicU64::new(view.position().map_or(0, Position::get));
        let current = ArcSwap::from_pointee(view);
        Self(Arc::new(Shared { current, head, failure: ArcSwapOption::empty() }))
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
            failure: self.0.failure.load_full(),
        }
    }

    pub(crate) fn publish(&self, view: View) {
        self.0.current.store(Arc::new(view));
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
