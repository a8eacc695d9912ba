//! What an event changed in a timeline. It follows from what the event is about and from one view, so a feed that
//! replays and one that was there say the same.

use std::sync::Arc;

use dateline_event::{Position, StoryId};
use dateline_projector::{AsOf, Entry, EntryKey, Filter, Query, Scope, Slice, Turned, View};

use super::place::Place;

/// What one event of the log is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Place of the event in the log.
    pub position: Position,
    /// The stories that it is about, in an order that is always the same; mostly one.
    pub stories: Vec<StoryId>,
    /// Whether it is about the registry or the scheme of topics, so that any story may read otherwise from it on.
    pub registry: bool,
}

/// The entries that a feed tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Whose timeline.
    pub(crate) scope: Scope,
    /// Which of its entries.
    pub(crate) filter: Filter,
}

/// What happened to a timeline at one place.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) place: Place,
    pub(crate) what: What,
}

#[derive(Debug, Clone)]
pub(crate) enum What {
    /// A story came into the timeline.
    Added { entry: Arc<Entry> },
    /// A story that is in the timeline reads otherwise, or has other sources.
    Revised { entry: Arc<Entry>, before: Arc<Entry> },
    /// A story is in the timeline no longer.
    Removed { before: Arc<Entry> },
    /// The registry or the scheme of topics is another one, so all of the timeline may be.
    Reread,
    /// Nothing: everything up to this place was told.
    Checkpoint,
}

/// The changes that an event brought to stories, worked out once for all timelines.
#[derive(Debug)]
pub(crate) struct Steps {
    about: About,
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    place: Place,
    turned: Turned,
}

impl Steps {
    /// What the event did to its stories and their copies, as `view` has it, which must have come as far.
    pub(crate) fn of(view: &View, about: About) -> Self {
        let turned = view.turned(about.position, &about.stories).into_iter().enumerate();
        let step = |(nth, turned)| {
            let place = Place::behind_story(about.position, nth);
            Step { place, turned }
        };
        Self { steps: turned.map(step).collect(), about }
    }

    /// Behind all that the event is about.
    pub(crate) fn end(&self) -> Place {
        Place::behind(Some(self.about.position))
    }

    /// What the event did to the entries of a timeline that are `wanted`, in order, from behind `after` on.
    pub(crate) fn in_timeline(&self, view: &View, wanted: &Wanted, after: Place) -> Vec<Change> {
        let at = self.about.position;
        let mut changes = Vec::new();
        for step in self.steps.iter().filter(|it| it.place > after) {
            let Turned { before, now } = step.turned;
            let before = earlier(at).and_then(|it| entry(view, wanted, before?, it));
            let now = now.and_then(|it| entry(view, wanted, it, at));
            let what = match (before, now) {
                (None, None) => continue,
                (None, Some(entry)) => What::Added { entry },
                (Some(before), Some(entry)) => What::Revised { entry, before },
                (Some(before), None) => What::Removed { before },
            };
            changes.push(Change { place: step.place, what });
        }
        if self.about.registry && self.end() > after {
            changes.push(Change { place: self.end(), what: What::Reread });
        }
        changes
    }
}

fn earlier(position: Position) -> Option<Position> {
    Position::new(position.get() - 1)
}

/// The entry under `key`, if it counted at `position` and is wanted.
fn entry(view: &View, wanted: &Wanted, key: EntryKey, position: Position) -> Option<Arc<Entry>> {
    let slice = Slice::after(key.just_before(), 1);
    let (filter, as_of) = (wanted.filter.clone(), Some(AsOf::Position(position)));
    let found =
        view.timeline(&wanted.scope, &Query { filter, as_of, slice }).items.into_iter().next()?;
    (found.key() == key).then_some(found)
}
