//! Entries that somebody else chose, such as a search, as one more timeline that others are intersected with.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;

use dateline_event::Position;

use crate::page::AsOf;
use crate::record::StoryRecord;
use crate::slot::{Slot, Traits};
use crate::stored::{Mark, Stored};
use crate::timeline::{PastKey, Timeline};
use crate::view::View;

/// The entries of some stories in one view and one state of the record, for [`crate::Filter::among`].
#[derive(Debug, Clone, Default)]
pub struct Matches {
    pub(crate) timeline: Timeline,
}

impl PartialEq for Matches {
    fn eq(&self, other: &Self) -> bool {
        self.timeline.current.iter().eq(other.timeline.current.iter())
            && self.timeline.past.iter().eq(other.timeline.past.iter())
    }
}

impl Eq for Matches {}

/// What tells whether a story reads as it did when somebody took it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryStamp {
    /// Position of the first report, which names the story in a view.
    pub reported_at: Position,
    /// Position of the last event that bears on how it reads.
    pub changed_at: Position,
    /// Digest of what the annotator finds in its texts.
    pub found: u64,
}

impl View {
    /// The entries that stand for the stories which were first reported at `reported`, in the state of the record that
    /// `as_of` means. A story that did not count then has none.
    pub fn matches(
        &self,
        as_of: Option<AsOf>,
        reported: impl IntoIterator<Item = Position>,
    ) -> Matches {
        let at = as_of.map(|it| self.position_at(it));
        let Some(at) = at.map_or(Some(None), |it| it.map(Some)) else { return Matches::default() };
        let at = at.filter(|it| self.position.is_none_or(|last| *it < last));
        let (mut current, mut past) = (Vec::new(), Vec::new());
        for stored in reported.into_iter().filter_map(|it| self.stories.get(&it)) {
            let Some(mark) = self.mark_of(stored, at) else { continue };
            match mark.superseded {
                // Whether an entry that counts now did then is looked up for each that is marked so.
                None => current.push(Slot::new(
                    mark.place,
                    if at.is_some() { Traits::AMENDED } else { Traits::default() },
                )),
                Some(it) => {
                    let key = PastKey::new(mark.place, mark.recorded_at, it.at);
                    past.push((key, Traits::default()));
                }
            }
        }
        current.sort_unstable();
        current.dedup();
        Matches { timeline: Timeline::of(current, past) }
    }

    /// The entry that stands for a story.
    fn mark_of(&self, stored: &Arc<Stored>, at: Option<Position>) -> Option<Mark> {
        let last = || Position::new(u64::MAX).unwrap_or(Position::FIRST);
        let shown = stored.shown_by(at.unwrap_or_else(last));
        let shown = if shown == stored.id { stored } else { self.stored(&shown)? };
        match at {
            None => shown.current().copied(),
            Some(at) => shown.mark_at(at).copied(),
        }
    }

    /// Of every story ever reported, in the order of the reports, what tells whether it reads as it did.
    pub fn stamps(&self) -> impl Iterator<Item = StoryStamp> {
        self.stories.iter().map(|(_, it)| it.stamp())
    }

    /// The same of the stories on which an event behind `position` bears.
    pub fn stamps_behind(&self, position: Option<Position>) -> Vec<StoryStamp> {
        let from = position.as_ref().map_or(Bound::Unbounded, Bound::Excluded);
        let new = self.stories.ascending(from).map(|(_, it)| it.stamp());
        let last = position.map(|it| (it, Position::new(u64::MAX).unwrap_or(it)));
        let from = last.as_ref().map_or(Bound::Unbounded, Bound::Excluded);
        let amended = self.amended.ascending(from).filter_map(|((_, at), ())| self.stories.get(at));
        let all: BTreeSet<StoryStamp> = new.chain(amended.map(|it| it.stamp())).collect();
        all.into_iter().collect()
    }

    /// The story that was first reported at `position`, with its whole history.
    pub fn story_reported_at(&self, position: Position) -> Option<Arc<StoryRecord>> {
        self.stories.get(&position)?.record(&self.shelf, self.registry())
    }
}

impl Stored {
    const fn stamp(&self) -> StoryStamp {
        let Self { reported_at, changed_at, found, .. } = *self;
        StoryStamp { reported_at, changed_at, found }
    }
}
