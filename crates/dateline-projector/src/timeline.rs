//! The entries of one timeline: those that count now apart from those that are superseded, so that the present never
//! pays for the past.

use std::cmp::Reverse;

use dateline_event::Position;

use crate::slot::{Place, Slot, Traits};
use crate::slots::Slots;
use crate::tree::Tree;

#[derive(Debug, Clone, Default)]
pub(crate) struct Timeline {
    pub(crate) current: Slots,
    pub(crate) past: Tree<PastKey, Traits>,
}

/// A superseded entry. They are in the order of a timeline: within a place, what was recorded later comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PastKey {
    pub(crate) place: Place,
    recorded_at: Reverse<Position>,
    /// From which position on it no longer counts. It follows from the two before it.
    pub(crate) until: Position,
}

impl PastKey {
    pub(crate) const fn new(place: Place, recorded_at: Position, until: Position) -> Self {
        Self { place, recorded_at: Reverse(recorded_at), until }
    }

    /// The first key that a superseded entry at `place` can have.
    pub(crate) fn first_at(place: Place) -> Self {
        Self::new(place, Position::new(u64::MAX).unwrap_or(Position::FIRST), Position::FIRST)
    }

    pub(crate) const fn recorded_at(&self) -> Position {
        self.recorded_at.0
    }

    pub(crate) fn counted_at(&self, position: Position) -> bool {
        self.recorded_at.0 <= position && self.until > position
    }
}

impl Timeline {
    /// A timeline of entries in any order.
    pub(crate) fn of(mut current: Vec<Slot>, past: Vec<(PastKey, Traits)>) -> Self {
        current.sort_unstable();
        let mut tree = Tree::default();
        for (key, traits) in past {
            tree.insert(key, traits);
        }
        Self { current: Slots::from_sorted(&current), past: tree }
    }
}
