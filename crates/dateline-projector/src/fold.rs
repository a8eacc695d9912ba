//! Takes in events one after the other, and makes a view of them when asked.
//!
//! Taking in an event only writes down what it says of its story. Making a view reads the stories that have something
//! new, each as a whole and under the registry of the view. So a view is a function of the log up to its position, and
//! not of the steps in which it was made. An event that changes the registry is not taken in: it changes what every
//! story says, so the whole log is folded again ([`crate::bulk`]).

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;

use dateline_annotate::Annotation;
use dateline_event::{DecodeError, Envelope, Event, Position, StoryId};
use thiserror::Error;

use crate::annotate::{Annotate, Prepared};
use crate::bulk::{Bulk, InHand, Stopped};
use crate::facts::{At, Facts};
use crate::ordered::in_order;
use crate::pack::Pack;
use crate::page::Scope;
use crate::part::{About, Part};
use crate::progress::{Cancelled, unwatched};
use crate::projector::FollowError;
use crate::record::StoryRecord;
use crate::shelf::{SAMPLE_STORIES, Shelf};
use crate::slot::MAX_POSITION;
use crate::stored::{Listing, Stored};
use crate::timeline::Timeline;
use crate::view::View;

/// Why an event cannot be taken in. Nothing has changed.
#[derive(Debug, Clone, Error)]
pub enum FoldError {
    /// The event cannot be read: its position, type and version stand in the message.
    #[error(transparent)]
    Decode(#[from] Arc<DecodeError>),
    /// The log left out or repeated an event.
    #[error("the log gave position {found}, wanted position {wanted}")]
    Gap {
        /// The position that came.
        found: Position,
        /// The position that follows the last one.
        wanted: Position,
    },
    /// The log has a head at or behind this position and gives no event there.
    #[error("the log gave nothing at position {wanted}, which is not behind its head")]
    Missing {
        /// The position that was asked for.
        wanted: Position,
    },
    /// The log is longer than a view can hold.
    #[error(
        "the event at position {found} is behind position {MAX_POSITION}, the last one that a view can hold"
    )]
    TooFar {
        /// The position that came.
        found: Position,
    },
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Applied {
    Yes,
    /// It changes the registry, so it was not taken in.
    ChangesRegistry,
}

impl View {
    /// The view of events that are at hand all at once, in order from position 1: those of a test or an example, which
    /// have no log.
    ///
    /// # Errors
    /// At the first event that cannot be taken in.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "an annotator is passed on like this everywhere"
    )]
    pub fn of_events<'a>(
        events: impl IntoIterator<Item = &'a Envelope>,
        annotate: Arc<dyn Annotate>,
    ) -> Result<Self, FollowError> {
        let source = &InHand(events.into_iter().collect());
        let head = u64::try_from(source.0.len()).ok().and_then(Position::new);
        let (annotate, threads) = (&*annotate, NonZeroUsize::MIN);
        match (Bulk { source, head, supposed: &[], annotate, threads }).run(&unwatched) {
            Ok(made) => Ok(made.view),
            Err(Stopped::At { why, .. }) => Err(why),
            // Nobody watches, so nobody cancels.
            Err(Stopped::Cancelled(Cancelled)) => Ok(Self::default()),
        }
    }
}

/// The state of a fold.
pub(crate) struct Fold {
    prepared: Prepared,
    threads: NonZeroUsize,
    /// Stories with events that are not in `view` yet.
    waiting: BTreeMap<StoryId, Facts>,
    /// Its position runs ahead of its stories until the next call of [`Fold::view`].
    view: View,
}

impl Fold {
    /// Goes on from `view`, whose annotations are those of `annotate`.
    pub(crate) fn new(view: View, annotate: &dyn Annotate, threads: NonZeroUsize) -> Self {
        let prepared = annotate.prepare(view.registry());
        Self { prepared, threads, waiting: BTreeMap::new(), view }
    }

    /// The same with an annotator that is ready for the registry of `view`.
    pub(crate) const fn with(view: View, prepared: Prepared, threads: NonZeroUsize) -> Self {
        Self { prepared, threads, waiting: BTreeMap::new(), view }
    }

    /// Position of the next event.
    pub(crate) fn next_position(&self) -> Position {
        next_after(self.view.position)
    }

    /// How many stories wait to be read.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Takes in the next event, or says that it cannot since it changes the registry.
    pub(crate) fn apply(&mut self, envelope: &Envelope) -> Result<Applied, FoldError> {
        let event = decode(envelope, self.next_position())?;
        let at = At { position: envelope.position, recorded: envelope.recorded };
        match About::of(event) {
            About::Registry(event) => {
                if !self.view.registry().has(&event) {
                    return Ok(Applied::ChangesRegistry);
                }
            }
            About::Story(story, part) => {
                if let (Some(other), Part::Ruling(ruling)) = (part.other(story), &part) {
                    self.facts(other).rule(at, ruling.clone());
                }
                self.facts(story).take(at, part);
            }
        }
        self.view.position = Some(at.position);
        self.view.recorded = Some(at.recorded);
        self.view.instants.insert(at.recorded, at.position);
        Ok(Applied::Yes)
    }

    /// The events of a story, to be added to.
    fn facts(&mut self, id: StoryId) -> &mut Facts {
        let view = &mut self.view;
        self.waiting.entry(id).or_insert_with(|| match view.stored(&id) {
            Some(stored) => stored.facts(&view.shelf),
            None => view.unreported.remove(&id).map_or_else(Facts::default, |it| (*it).clone()),
        })
    }

    /// The view at the position of the last event.
    pub(crate) fn view(&mut self) -> View {
        self.annotate();
        for (id, facts) in std::mem::take(&mut self.waiting) {
            self.put(id, facts);
        }
        self.view.make_dictionary();
        self.view.clone()
    }

    /// Annotates the texts that are waiting for it.
    fn annotate(&mut self) {
        let unread = |it: &Facts| it.revisions.get(it.found.len()..).unwrap_or_default().to_vec();
        let texts: Vec<_> = self.waiting.values().flat_map(unread).collect();
        let shares: Vec<_> = texts.chunks(SHARE).collect();
        let work = |job: usize| {
            let share = shares.get(job).copied().unwrap_or_default();
            share.iter().map(|it| Arc::new((self.prepared)(&it.content))).collect::<Vec<_>>()
        };
        let mut found: Vec<Arc<Annotation>> = Vec::with_capacity(texts.len());
        let _ = in_order(shares.len(), self.threads, &work, &mut |part| {
            found.extend(part);
            ControlFlow::<()>::Continue(())
        });
        let mut found = found.into_iter();
        for facts in self.waiting.values_mut() {
            let missing = facts.revisions.len() - facts.found.len();
            facts.found.extend(found.by_ref().take(missing));
        }
    }

    /// Puts a story into the view in place of what the view has of it.
    fn put(&mut self, id: StoryId, facts: Facts) {
        if let Some(old) = self.view.stored(&id).cloned() {
            self.view.take_out(&old);
        }
        if facts.revisions.is_empty() {
            self.view.unreported.insert(id, Arc::new(facts));
        } else if let Some(record) = StoryRecord::new(id, facts, self.view.registry()) {
            self.view.put_in(&record);
        }
    }
}

/// Texts that a thread takes at once: few enough to share them out evenly.
const SHARE: usize = 8;

/// The event of `envelope`, which is wanted at position `wanted`.
pub(crate) fn decode(envelope: &Envelope, wanted: Position) -> Result<Event, FoldError> {
    let found = envelope.position;
    if found != wanted {
        return Err(FoldError::Gap { found, wanted });
    }
    if found.get() > MAX_POSITION {
        return Err(FoldError::TooFar { found });
    }
    Ok(Event::decode(envelope).map_err(Arc::new)?)
}

/// The position behind `last`.
pub(crate) fn next_after(last: Option<Position>) -> Position {
    last.map_or(Position::FIRST, Position::next)
}

impl View {
    fn put_in(&mut self, record: &StoryRecord) {
        let stored = Stored::new(record, &self.shelf);
        let listing = Listing::of(record, &self.directory);
        for (scope, slot) in listing.current {
            self.timeline_mut(&scope).current.insert(slot);
        }
        for (scope, key, traits) in listing.past {
            self.timeline_mut(&scope).past.insert(key, traits);
        }
        self.tally.add(&stored);
        self.reported.insert(stored.id, stored.reported_at);
        self.stories.insert(stored.reported_at, Arc::new(stored));
    }

    fn take_out(&mut self, stored: &Stored) {
        let listing = stored
            .record(&self.shelf, self.registry())
            .map_or_else(Listing::default, |it| Listing::of(&it, &self.directory));
        let mut emptied = Vec::new();
        for (scope, slot) in listing.current {
            let timeline = self.timeline_mut(&scope);
            timeline.current.remove(slot.place());
            if timeline.is_empty() {
                emptied.push(scope);
            }
        }
        for (scope, key, _) in listing.past {
            let timeline = self.timeline_mut(&scope);
            timeline.past.remove(&key);
            if timeline.is_empty() {
                emptied.push(scope);
            }
        }
        for scope in emptied {
            self.timelines.remove(&scope);
        }
        self.tally.subtract(stored);
        self.reported.remove(&stored.id);
        self.stories.remove(&stored.reported_at);
    }

    fn timeline_mut(&mut self, scope: &Scope) -> &mut Timeline {
        self.timelines.get_mut_or_insert(scope)
    }

    /// Makes the first stories the dictionary of those to come, once there are enough of them.
    fn make_dictionary(&mut self) {
        if !self.shelf.has_dictionary() && self.stories.len() >= SAMPLE_STORIES {
            let mut samples = Vec::new();
            for (_, stored) in self.stories.iter().take(SAMPLE_STORIES) {
                stored.facts(&self.shelf).pack(&mut samples);
            }
            self.shelf = Shelf::with_samples(samples);
        }
    }
}
