//! A story with its whole history.

use std::collections::BTreeSet;
use std::sync::Arc;

use dateline_annotate::Registry;
use dateline_event::{Position, StoryId};

use crate::facts::Facts;
use crate::readings::readings;
use crate::story::{Reading, Revision, RulingRecord, Sighted, StoryStatus};

/// A story with everything that the log says of it. Nothing that it ever said is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryRecord {
    id: StoryId,
    facts: Facts,
    readings: Vec<Arc<Reading>>,
}

impl StoryRecord {
    /// The record of `facts`, read under `registry`; `None` while the story has not been reported.
    pub(crate) fn new(id: StoryId, facts: Facts, registry: &Registry) -> Option<Self> {
        Self::of(id, facts, registry).ok()
    }

    /// The same, which gives the facts back while the story has not been reported.
    pub(crate) fn of(id: StoryId, facts: Facts, registry: &Registry) -> Result<Self, Facts> {
        let readings = readings(id, &facts, registry);
        if readings.is_empty() { Err(facts) } else { Ok(Self { id, facts, readings }) }
    }

    /// A record that says nothing.
    #[cfg(test)]
    pub(crate) fn of_nothing(facts: Facts) -> Self {
        Self { id: StoryId::from_bytes([0; 16]), facts, readings: Vec::new() }
    }

    pub(crate) const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Position of the first report.
    pub(crate) fn reported_at(&self) -> Position {
        self.facts.revisions.first().map_or(Position::FIRST, |it| it.position)
    }

    /// Which story.
    pub const fn id(&self) -> StoryId {
        self.id
    }

    /// Every text that it had, oldest first; never empty. A digest of each says whether a text is new.
    pub fn revisions(&self) -> &[Arc<Revision>] {
        &self.facts.revisions
    }

    /// Every reading of them, oldest first; never empty. At most the last one counts now.
    pub fn readings(&self) -> &[Arc<Reading>] {
        &self.readings
    }

    /// The reading that counts at the view's position; `None` when the story is retracted.
    pub fn current(&self) -> Option<&Arc<Reading>> {
        self.readings.last().filter(|it| it.superseded().is_none())
    }

    /// The reading that counted at `position`; `None` before the story was reported and while it was retracted.
    pub fn at(&self, position: Position) -> Option<&Arc<Reading>> {
        self.readings.iter().rev().find(|it| it.counts_at(position))
    }

    /// The reading that counted right before `position`.
    pub(crate) fn before(&self, position: Position) -> Option<&Arc<Reading>> {
        let before = Position::new(position.get() - 1);
        before.and_then(|it| self.at(it))
    }

    /// What became of it, at the view's position.
    pub fn status(&self) -> StoryStatus {
        let last = Position::new(u64::MAX).unwrap_or(Position::FIRST);
        self.status_at(last).unwrap_or(StoryStatus::Reported)
    }

    /// What had become of it at `position`; `None` before it was reported.
    pub fn status_at(&self, position: Position) -> Option<StoryStatus> {
        let facts = &self.facts;
        let revisions = facts.revisions.iter().filter(|it| it.position <= position).count();
        let retracted = facts.retractions.iter().rfind(|it| it.position <= position);
        match (revisions, retracted) {
            (0, _) => None,
            (_, Some(it)) if self.at(position).is_none() => {
                let (at, reason) = (it.position, it.reason.as_ref().to_owned());
                Some(StoryStatus::Retracted { at, reason })
            }
            (1, _) => Some(StoryStatus::Reported),
            (_, _) => Some(StoryStatus::Revised),
        }
    }

    /// The pages on which it had been seen by `position`, each once, the first one first.
    pub fn sightings_at(&self, position: Position) -> Vec<Sighted<'_>> {
        let revisions = self.facts.revisions.iter().map(|it| Sighted::from(it.as_ref()));
        let repeats = self.facts.sightings.iter().map(|it| Sighted::from(it.as_ref()));
        let mut all: Vec<_> =
            revisions.chain(repeats).filter(|it| it.position <= position).collect();
        all.sort_by_key(|it| it.position);
        let mut pages = BTreeSet::new();
        all.retain(|it| pages.insert(it.page.identity()));
        all
    }

    /// What editors decided about it, oldest first, those that changed nothing and those on its copies included.
    pub fn rulings(&self) -> &[Arc<RulingRecord>] {
        &self.facts.rulings
    }
}
