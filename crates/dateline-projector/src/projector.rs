//! Keeps views up with the log: catches up from the checkpoint, rebuilds beside the serving view, stops at what it
//! cannot read.

use std::num::NonZeroUsize;
use std::sync::Arc;

use dateline_event::Position;
use dateline_log::{LogReader, ReadError};
use thiserror::Error;

use crate::annotate::Annotate;
use crate::fold::{Fold, FoldError};
use crate::progress::{Cancelled, Progress, Step, Watch};
use crate::view::View;
use crate::views::Views;

/// Envelopes that are asked of the log at once.
const READ_EVENTS: usize = 1024;

/// Why the projector does not go on. What it read before that is published, and readers go on with it.
#[derive(Debug, Error)]
pub enum FollowError {
    /// An event cannot be taken in; the position stands in the message.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Why a rebuild came to nothing. Readers go on with what they had.
#[derive(Debug, Error)]
pub enum RebuildError {
    /// The log has an event that cannot be read, or cannot be read itself.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// The watch ended it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Folds one log into views and publishes them.
pub struct Projector {
    log: Arc<dyn LogReader>,
    annotate: Arc<dyn Annotate>,
    threads: NonZeroUsize,
    fold: Fold,
    views: Views,
}

impl Projector {
    /// A projector that has read nothing yet. It annotates on up to `threads` threads; their number never shows in a
    /// view.
    pub fn new(
        log: Arc<dyn LogReader>,
        annotate: Arc<dyn Annotate>,
        threads: NonZeroUsize,
    ) -> Self {
        let fold = Fold::new(Arc::clone(&annotate), threads);
        Self { log, annotate, threads, fold, views: Views::default() }
    }

    /// The door to the views, for readers on any thread.
    pub fn views(&self) -> Views {
        self.views.clone()
    }

    /// Takes in every event up to the head of the log at the time of the call, and publishes one view at that
    /// position. Gives the checkpoint then.
    ///
    /// # Errors
    /// At an event that cannot be taken in, and when the log cannot be read. What stands before it is published, and
    /// [`Views::status`] says what happened; a later call tries that event again.
    pub fn catch_up(&mut self) -> Result<Option<Position>, FollowError> {
        let head = self.log.head();
        self.views.saw_head(head);
        let before = self.fold.next_position();
        let result = replay(&mut self.fold, &*self.log, head, &crate::progress::unwatched);
        if self.fold.next_position() != before {
            self.views.publish(self.fold.view());
        }
        match result {
            Ok(()) => {
                self.views.failed(None);
                Ok(self.views.current().position())
            }
            Err(Stopped::Follow(why)) => {
                tracing::error!(%why, "the projector stopped; the last good view goes on serving");
                self.views.failed(Some(why.to_string()));
                Err(why)
            }
            // Nobody watches, so nobody cancels.
            Err(Stopped::Cancelled(Cancelled)) => Ok(self.views.current().position()),
        }
    }

    /// A rebuild from position 1, which may run on another thread while this projector goes on.
    pub fn rebuild(&self) -> Rebuild {
        let fold = Fold::new(Arc::clone(&self.annotate), self.threads);
        Rebuild { log: Arc::clone(&self.log), fold }
    }

    /// Puts what was rebuilt in the place of the serving view, in one step, after taking in what the log got
    /// meanwhile. Readers never see an earlier position than before.
    ///
    /// # Errors
    /// As [`Projector::catch_up`]. What was rebuilt serves then if it has come as far as the view before it.
    pub fn adopt(&mut self, rebuilt: Rebuilt) -> Result<Option<Position>, FollowError> {
        let mut fold = rebuilt.fold;
        let head = self.log.head();
        let caught_up = replay(&mut fold, &*self.log, head, &crate::progress::unwatched);
        if fold.next_position() >= self.fold.next_position() {
            self.fold = fold;
            self.views.publish(self.fold.view());
        }
        match caught_up {
            Err(Stopped::Follow(why)) => {
                self.views.failed(Some(why.to_string()));
                Err(why)
            }
            Ok(()) | Err(Stopped::Cancelled(Cancelled)) => self.catch_up(),
        }
    }
}

/// A rebuild that has not run yet.
pub struct Rebuild {
    log: Arc<dyn LogReader>,
    fold: Fold,
}

/// A rebuild that has run: a whole new fold of the log.
pub struct Rebuilt {
    fold: Fold,
    view: View,
}

impl Rebuild {
    /// Replays the log up to its head at the time of the call, telling `watch` how far it is.
    ///
    /// # Errors
    /// At an event that cannot be taken in, when the log cannot be read, and when `watch` ends it.
    pub fn run(self, watch: Watch<'_>) -> Result<Rebuilt, RebuildError> {
        let Self { log, mut fold } = self;
        replay(&mut fold, &*log, log.head(), watch).map_err(|stopped| match stopped {
            Stopped::Follow(why) => RebuildError::Follow(why),
            Stopped::Cancelled(why) => RebuildError::Cancelled(why),
        })?;
        let view = fold.watched_view(watch)?;
        Ok(Rebuilt { fold, view })
    }
}

impl Rebuilt {
    /// The view that would serve after [`Projector::adopt`], to compare it with the one that does.
    pub const fn view(&self) -> &View {
        &self.view
    }
}

enum Stopped {
    Follow(FollowError),
    Cancelled(Cancelled),
}

/// Takes the events of `log` up to `head` into `fold`.
fn replay(
    fold: &mut Fold,
    log: &dyn LogReader,
    head: Option<Position>,
    watch: Watch<'_>,
) -> Result<(), Stopped> {
    let count = |it: u64| usize::try_from(it).unwrap_or(usize::MAX);
    let total = count(head.map_or(0, Position::get));
    while head.is_some_and(|head| fold.next_position() <= head) {
        let from = fold.next_position();
        let done = count(from.get() - 1);
        if watch(Progress::new(Step::Replaying, done, total)).is_break() {
            return Err(Stopped::Cancelled(Cancelled));
        }
        for envelope in log.read(from, READ_EVENTS.min(total - done)) {
            let envelope = envelope.map_err(|why| Stopped::Follow(why.into()))?;
            fold.apply(&envelope).map_err(|why| Stopped::Follow(why.into()))?;
        }
        if fold.next_position() == from {
            // The log says that there are events up to `head` and gives none.
            let error = FoldError::Missing { wanted: from };
            return Err(Stopped::Follow(error.into()));
        }
    }
    Ok(())
}
