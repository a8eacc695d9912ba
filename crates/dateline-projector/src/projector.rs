//! Keeps views up with the log: catches up from the checkpoint, rebuilds beside the serving view, stops at what it
//! cannot read.

use std::io::Read;
use std::num::NonZeroUsize;
use std::sync::Arc;

use dateline_annotate::Registry;
use dateline_event::{Event, Position};
use dateline_log::{LogReader, ReadError};
use thiserror::Error;

use crate::annotate::Annotate;
use crate::bulk::{Bulk, Made, Stopped};
use crate::fold::{Applied, Fold, FoldError, next_after};
use crate::progress::{Cancelled, Watch, unwatched};
use crate::snapshot::{Snapshot, SnapshotError};
use crate::view::View;
use crate::views::Views;

/// Envelopes that are asked of the log at once.
const READ_EVENTS: usize = 1024;

/// Stories that wait unpacked while the projector catches up.
const MAX_WAITING_STORIES: usize = 4096;

/// Why the projector does not go on. What it read before that is published, and readers go on with it.
#[derive(Debug, Clone, Error)]
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

/// How far a projector came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caught {
    /// The view has all of the log, up to this position.
    Up(Option<Position>),
    /// The event at this position changes the registry, and with it what every story says. The view stands before it
    /// until a rebuild is adopted.
    RegistryChanges(Position),
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
        let made = Made {
            view: View::default(),
            same: Arc::default(),
            prepared: annotate.prepare(&Registry::default()),
        };
        Self::from_made(made, log, annotate, threads)
    }

    /// A projector that goes on from a snapshot, if that is one of this log, made by this version of the projector and of
    /// the annotator. It has not caught up yet.
    ///
    /// # Errors
    /// [`SnapshotError`] says why the snapshot is not used; [`Projector::new`] folds the log instead.
    pub fn from_snapshot(
        snapshot: impl Read + Send,
        log: Arc<dyn LogReader>,
        annotate: Arc<dyn Annotate>,
        threads: NonZeroUsize,
    ) -> Result<Self, SnapshotError> {
        let made = crate::snapshot::read(snapshot, &*log, &*annotate, threads)?;
        Ok(Self::from_made(made, log, annotate, threads))
    }

    /// What serves now, ready to be saved.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn snapshot(&self) -> Result<Snapshot, ReadError> {
        let (view, same) = (self.views.current(), Arc::clone(self.fold.same()));
        Snapshot::new((view, same), &*self.log, self.annotate.version())
    }

    /// A projector that goes on from what was made of this log by this annotator.
    fn from_made(
        made: Made,
        log: Arc<dyn LogReader>,
        annotate: Arc<dyn Annotate>,
        threads: NonZeroUsize,
    ) -> Self {
        let views = Views::new(made.view.clone());
        let fold = Fold::new(made, threads);
        Self { log, annotate, threads, fold, views }
    }

    /// The door to the views, for readers on any thread.
    pub fn views(&self) -> Views {
        self.views.clone()
    }

    /// Takes in every event up to the head of the log at the time of the call, and publishes one view at that
    /// position. Gives the checkpoint then. A changed registry makes it fold the whole log again, which readers do not
    /// wait for.
    ///
    /// # Errors
    /// At an event that cannot be taken in, and when the log cannot be read. What stands before it is published, and
    /// [`Views::status`] says what happened; a later call tries that event again.
    pub fn catch_up(&mut self) -> Result<Option<Position>, FollowError> {
        let head = self.log.head();
        let from_scratch = head.is_some() && self.fold.next_position() == Position::FIRST;
        if !from_scratch && let Caught::Up(position) = self.advance()? {
            return Ok(position);
        }
        self.views.saw_head(head);
        let rebuild = self.rebuild();
        let result = rebuild.up_to(head, &unwatched);
        let (rebuilt, failure) = match result {
            Ok(rebuilt) => (Some(rebuilt), None),
            Err(Stopped::At { good, why }) => {
                (self.rebuild().up_to(good, &unwatched).ok(), Some(why))
            }
            // Nobody watches, so nobody cancels.
            Err(Stopped::Cancelled(Cancelled)) => (None, None),
        };
        if let Some(Rebuilt(made)) = rebuilt {
            self.take_over(made);
        }
        self.end(failure)?;
        Ok(self.views.current().position())
    }

    /// Takes in events up to the head of the log, or up to the first one that changes the registry, and publishes one
    /// view at that position. This is quick where [`Projector::catch_up`] may take as long as a rebuild.
    ///
    /// # Errors
    /// As [`Projector::catch_up`].
    pub fn advance(&mut self) -> Result<Caught, FollowError> {
        let head = self.log.head();
        self.views.saw_head(head);
        let before = self.fold.next_position();
        let (views, log) = (&self.views, &*self.log);
        let result = follow(&mut self.fold, log, head, &|at| views.waits_since(Some(at)));
        if self.fold.next_position() != before {
            self.views.publish(self.fold.view());
        }
        let changes = result.as_ref().is_ok_and(|it| *it == Applied::ChangesRegistry);
        self.end(result.err())?;
        if changes {
            return Ok(Caught::RegistryChanges(self.fold.next_position()));
        }
        Ok(Caught::Up(self.views.current().position()))
    }

    /// Takes down how it ended.
    fn end(&self, failure: Option<FollowError>) -> Result<(), FollowError> {
        match failure {
            None => {
                self.views.failed(None);
                Ok(())
            }
            Some(why) => {
                tracing::error!(%why, "the projector stopped; the last good view goes on serving");
                self.views.failed(Some(why.to_string()));
                Err(why)
            }
        }
    }

    /// A rebuild from position 1, which may run on another thread while this projector goes on.
    pub fn rebuild(&self) -> Rebuild {
        let (log, annotate) = (Arc::clone(&self.log), Arc::clone(&self.annotate));
        Rebuild { log, annotate, threads: self.threads }
    }

    /// The view that there would be if `events`, which are about the registry, stood at the end of the log. Events
    /// about stories change nothing in it. It is made like a rebuild and never serves: it is there to be compared.
    ///
    /// # Errors
    /// As [`Rebuild::run`].
    pub fn suppose(&self, events: &[Event], watch: Watch<'_>) -> Result<View, RebuildError> {
        let head = self.views.current().position();
        self.rebuild().suppose(events, head, watch)
    }

    /// Puts what was rebuilt in the place of the serving view, in one step, after taking in what the log got
    /// meanwhile. Readers never see an earlier position than before: what came to an end before the serving view is
    /// thrown away.
    ///
    /// # Errors
    /// As [`Projector::catch_up`]. What was rebuilt serves then if it has come as far as the view before it.
    pub fn adopt(&mut self, rebuilt: Rebuilt) -> Result<Caught, FollowError> {
        let mut fold = Fold::new(rebuilt.0, self.threads);
        // What stopped it stops the next step too, which says so.
        let _ = follow(&mut fold, &*self.log, self.log.head(), &|_| ());
        if fold.next_position() >= self.fold.next_position() {
            self.fold = fold;
            self.views.publish(self.fold.view());
        }
        self.advance()
    }

    fn take_over(&mut self, made: Made) {
        if next_after(made.view.position()) >= self.fold.next_position() {
            self.fold = Fold::new(made, self.threads);
            self.views.publish(self.fold.view());
        }
    }
}

/// A rebuild that has not run yet.
pub struct Rebuild {
    log: Arc<dyn LogReader>,
    annotate: Arc<dyn Annotate>,
    threads: NonZeroUsize,
}

/// A rebuild that has run: a whole new fold of the log.
pub struct Rebuilt(Made);

impl Rebuild {
    /// Replays the log up to its head at the time of the call, telling `watch` how far it is.
    ///
    /// # Errors
    /// At an event that cannot be taken in, when the log cannot be read, and when `watch` ends it.
    pub fn run(self, watch: Watch<'_>) -> Result<Rebuilt, RebuildError> {
        let head = self.log.head();
        Ok(self.up_to(head, watch)?)
    }

    /// The view that there would be if `events` stood behind the event at `head`, as [`Projector::suppose`] makes it; on
    /// another thread, while the projector goes on.
    ///
    /// # Errors
    /// As [`Rebuild::run`].
    pub fn suppose(
        self,
        events: &[Event],
        head: Option<Position>,
        watch: Watch<'_>,
    ) -> Result<View, RebuildError> {
        let bulk = Bulk {
            source: &&*self.log,
            head,
            supposed: events,
            annotate: &*self.annotate,
            threads: self.threads,
        };
        Ok(bulk.run(watch)?.view)
    }

    fn up_to(&self, head: Option<Position>, watch: Watch<'_>) -> Result<Rebuilt, Stopped> {
        let bulk = Bulk {
            source: &&*self.log,
            head,
            supposed: &[],
            annotate: &*self.annotate,
            threads: self.threads,
        };
        bulk.run(watch).map(Rebuilt)
    }
}

impl Rebuilt {
    /// The view that would serve after [`Projector::adopt`], to compare it with the one that does.
    pub const fn view(&self) -> &View {
        &self.0.view
    }
}

impl From<Stopped> for RebuildError {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::At { why, .. } => Self::Follow(why),
            Stopped::Cancelled(why) => Self::Cancelled(why),
        }
    }
}

/// Takes the events of `log` up to `head` into `fold`, and tells `saw` when the first of them was recorded.
fn follow(
    fold: &mut Fold,
    log: &dyn LogReader,
    head: Option<Position>,
    saw: &dyn Fn(chrono::DateTime<chrono::Utc>),
) -> Result<Applied, FollowError> {
    let mut first = true;
    while head.is_some_and(|head| fold.next_position() <= head) {
        let from = fold.next_position();
        let left = head.map_or(0, |it| it.get() - from.get() + 1);
        let limit = READ_EVENTS.min(usize::try_from(left).unwrap_or(READ_EVENTS));
        for envelope in log.read(from, limit) {
            let envelope = envelope?;
            if std::mem::take(&mut first) {
                saw(envelope.recorded);
            }
            if fold.apply(&envelope)? == Applied::ChangesRegistry {
                return Ok(Applied::ChangesRegistry);
            }
        }
        if fold.next_position() == from {
            // The log says that there are events up to `head` and gives none.
            return Err(FoldError::Missing { wanted: from }.into());
        }
        if fold.waiting() >= MAX_WAITING_STORIES {
            fold.view();
        }
    }
    Ok(Applied::Yes)
}
