//! Takes in events one after the other, and makes a view of them when asked.
//!
//! Taking in an event only writes down what it says of its story. Making a view reads the stories that have something
//! new, each as a whole and under the registry of the view. So a view is a function of the log up to its position, and
//! not of the steps in which it was made. An event that changes the registry is not taken in: it changes what every
//! story says, so the whole log is folded again ([`crate::bulk`]).

mod put;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;

use dateline_annotate::Annotation;
use dateline_event::{DecodeError, Envelope, Event, Position, StoryId};
use thiserror::Error;

use crate::annotate::{Annotate, Prepared};
use crate::bulk::{Bulk, InHand, Made, Stopped};
use crate::facts::{At, Facts};
use crate::kin::{Regrouped, Said, SameStory};
use crate::ordered::in_order;
use crate::pack::Pack;
use crate::part::{About, Part};
use crate::progress::{Cancelled, unwatched};
use crate::projector::FollowError;
use crate::shelf::{SAMPLE_STORIES, Shelf};
use crate::slot::MAX_POSITION;
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
    /// Which stories are the same.
    same: Arc<SameStory>,
    /// Stories with events that are not in `view` yet.
    waiting: BTreeMap<StoryId, Facts>,
    /// Changes of groups that are not in `view` yet.
    changes: Vec<Regrouped>,
    /// Position up to which the stories of `view` have everything.
    read_up_to: Option<Position>,
    /// Its position runs ahead of its stories until the next call of [`Fold::view`].
    view: View,
}

impl Fold {
    /// Goes on from what was made up to its position.
    pub(crate) fn new(made: Made, threads: NonZeroUsize) -> Self {
        let Made { view, same, prepared } = made;
        let (waiting, changes, read_up_to) = (BTreeMap::new(), Vec::new(), view.position);
        Self { prepared, threads, same, waiting, changes, read_up_to, view }
    }

    /// What the next event is compared with, as of the last one.
    pub(crate) const fn same(&self) -> &Arc<SameStory> {
        &self.same
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
        self.regroup(at, Said::of_copies(&event));
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

    fn regroup(&mut self, at: At, said: Said) {
        let named =
            if let Said::Ruled(one, other, _) = said { vec![one, other] } else { Vec::new() };
        let counting: Vec<StoryId> =
            named.into_iter().filter(|it| self.facts(*it).counts()).collect();
        let same = Arc::make_mut(&mut self.same);
        self.changes.extend(same.take(at, said, &|it| counting.contains(it)));
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
        let waiting = std::mem::take(&mut self.waiting);
        let changes = std::mem::take(&mut self.changes);
        self.view.put(waiting, &changes, self.read_up_to);
        self.read_up_to = self.view.position;
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
