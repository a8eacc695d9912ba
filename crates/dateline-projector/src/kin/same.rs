//! Which stories are the same, folded event by event in bounded memory: what a view needs of kinship.

use std::collections::BTreeMap;

use dateline_event::StoryId;
use dateline_event::event::Verdict;

use super::Said;
use super::copies::Copies;
use super::events::LIVE_TEXTS;
use super::groups::Groups;
use super::sketch::Sketch;
use crate::facts::At;

/// Stories that are one after an event and may have been others before it.
#[derive(Debug, Clone)]
pub(crate) struct Regrouped {
    /// The event.
    pub(crate) at: At,
    /// Whether an editor decided it.
    pub(crate) ruled: bool,
    /// The groups as they are now, each with its stories by id. A story that counts no longer is alone.
    pub(crate) groups: Vec<Vec<StoryId>>,
}

/// The latest texts, and the groups of all stories that are in one with others.
///
/// A story that is alone, in no ruling and older than the latest [`LIVE_TEXTS`] texts is forgotten: nothing can join it
/// but a ruling, and whoever tells of that can say whether it still counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct SameStory {
    pub(super) texts: u32,
    /// How many stories were forgotten and are known again since a ruling names them.
    pub(super) recalled: u32,
    pub(super) copies: Copies,
    pub(super) groups: Groups,
}

/// What is said of a story that bears on its groups.
struct Touched {
    numbers: Vec<u32>,
    /// Stories that the event names.
    named: Vec<StoryId>,
    /// Whether one of those was in a group with others.
    was_joined: bool,
    ruled: bool,
}

impl SameStory {
    /// Takes in what the event at `at` said. `counts` says of a story that may have been forgotten whether it was
    /// reported and is not retracted. `None` where no story is in another group than before: mostly, since most stories
    /// are alone.
    pub(crate) fn take(
        &mut self,
        at: At,
        said: Said,
        counts: &dyn Fn(&StoryId) -> bool,
    ) -> Option<Regrouped> {
        let touched = match said {
            Said::Text(story, sketch) => self.text(story, *sketch)?,
            Said::Retracted(story) => {
                let (named, was_joined) = (vec![story], self.groups.is_joined(&story));
                let numbers = self.leave(&story);
                Touched { numbers, named, was_joined, ruled: false }
            }
            Said::Ruled(one, other, verdict) => {
                self.recall(one, counts);
                self.recall(other, counts);
                let named = vec![one, other];
                let was_joined = named.iter().any(|it| self.groups.is_joined(it));
                let numbers = self.rule(one, other, verdict);
                Touched { numbers, named, was_joined, ruled: true }
            }
            Said::Nothing => return None,
        };
        self.regrouped(at, &touched)
    }

    fn text(&mut self, story: StoryId, mut sketch: Sketch) -> Option<Touched> {
        if self.repeats(&story, sketch.digest) {
            return None;
        }
        let (named, was_joined) = (vec![story], self.groups.is_joined(&story));
        let mut numbers = self.leave(&story);
        if let Some((number, entered)) = self.enter(story, &mut sketch) {
            numbers.extend(entered);
            self.forget(number);
        }
        Some(Touched { numbers, named, was_joined, ruled: false })
    }

    fn regrouped(&self, at: At, touched: &Touched) -> Option<Regrouped> {
        let mut groups: BTreeMap<u32, Vec<StoryId>> = BTreeMap::new();
        let mut numbers = touched.numbers.clone();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            if let Some(story) = self.groups.story(number) {
                groups.entry(self.groups.of(number)).or_default().push(story);
            }
        }
        if !touched.was_joined && groups.values().all(|it| it.len() < 2) {
            return None;
        }
        let mut groups: Vec<_> = groups.into_values().collect();
        for group in &mut groups {
            group.sort_unstable();
        }
        let gone = touched.named.iter().filter(|it| self.groups.current(it).is_none());
        groups.extend(gone.map(|it| vec![*it]));
        Some(Regrouped { at, ruled: touched.ruled, groups })
    }

    /// Every group of two and more stories, each by id.
    pub(crate) fn joined(&self) -> impl Iterator<Item = Vec<StoryId>> {
        self.groups.joined()
    }

    /// Whether `story` has a text with this digest now.
    pub(super) fn repeats(&self, story: &StoryId, digest: u64) -> bool {
        self.groups.current(story).is_some_and(|it| self.groups.digest(it) == Some(digest))
    }

    /// Gives `story`, which has none, the text of `sketch`, whose shingles are taken out. Gives the number of the text,
    /// and the texts whose group may be another one now. `None` where no number is left, beyond what a log can hold.
    pub(super) fn enter(&mut self, story: StoryId, sketch: &mut Sketch) -> Option<(u32, Vec<u32>)> {
        let number = self.texts.checked_add(1).filter(|it| *it < u32::MAX - self.recalled)?;
        self.texts = number;
        let links = self.copies.find(number, sketch);
        let touched = self.groups.add(story, (number, sketch.digest), &links);
        self.copies.add(number, sketch);
        Some((number, touched))
    }

    /// Takes the text of `story` away. Gives the texts whose group may be another one now.
    pub(super) fn leave(&mut self, story: &StoryId) -> Vec<u32> {
        if let Some(number) = self.groups.current(story) {
            self.copies.remove(number);
        }
        self.groups.remove(story)
    }

    /// Takes in what an editor decided. Gives the texts whose group may be another one now.
    pub(super) fn rule(&mut self, one: StoryId, other: StoryId, verdict: Verdict) -> Vec<u32> {
        self.groups.rule(one, other, verdict)
    }

    /// Knows `story` again if it was forgotten. Its text has a number behind those of all others and is compared with
    /// none.
    fn recall(&mut self, story: StoryId, counts: &dyn Fn(&StoryId) -> bool) {
        if self.groups.current(&story).is_some() || !counts(&story) {
            return;
        }
        let number = u32::MAX - self.recalled;
        self.recalled += 1;
        self.groups.add(story, (number, 0), &[]);
    }

    /// Forgets the text that is no longer live now that `newest` has come, unless it is in a group or a ruling.
    fn forget(&mut self, newest: u32) {
        let live = u32::try_from(LIVE_TEXTS).unwrap_or(u32::MAX);
        if let Some(old) = newest.checked_sub(live).filter(|it| *it > 0) {
            self.groups.forget(old);
        }
    }
}
