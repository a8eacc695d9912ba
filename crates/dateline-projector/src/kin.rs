//! Which stories are the same, and which report one event.
//!
//! ```text
//!   text ──► sketch ──┬──► copies ──► groups ──► same story      one entry with all its sources
//!            (threads)└──► vector ──► events ──► same event      entries that belong together
//!                          in the order of the log
//! ```
//!
//! Both are functions of the log up to a position: nothing of the registry, of the annotator or of what came later bears
//! on them. What a story belonged to is kept with the position from which on it did, so a past state can be asked for.

mod best;
mod bond;
mod chains;
mod copies;
mod events;
mod groups;
mod of_log;
mod packed;
mod same;
mod sketch;
mod vector;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dateline_event::event::{Ruling, Verdict};
use dateline_event::story::Story;
use dateline_event::{Event, Position, StoryId};

pub(crate) use best::rank;
pub use bond::{Bond, EventGroup, StoryGroup};
pub(crate) use copies::LiveText;
use events::Events;
pub(crate) use packed::PackedSame;
pub(crate) use same::{Regrouped, SameStory};
use sketch::Sketch;
pub(crate) use words::WordReader;

/// What an event says that bears on kinship.
#[derive(Debug)]
pub(crate) enum Said {
    /// A story has this text.
    Text(StoryId, Box<Sketch>),
    Retracted(StoryId),
    Ruled(StoryId, StoryId, Verdict),
    Nothing,
}

impl Said {
    /// What `event` says. This is the dear part, and can be done on any thread.
    pub(crate) fn of(event: &Event, reader: &WordReader) -> Self {
        Self::with(event, &|content, source| Sketch::of(content, source, reader))
    }

    /// The same with what tells copies alone.
    pub(crate) fn of_copies(event: &Event) -> Self {
        Self::with(event, &Sketch::for_copies)
    }

    fn with(event: &Event, sketch: &dyn Fn(&Story, &str) -> Sketch) -> Self {
        let text = |story, content, source: &dateline_event::SourceId| {
            Self::Text(story, Box::new(sketch(content, source.as_str())))
        };
        match event {
            Event::StoryReported(it) => text(it.story, &it.content, &it.source),
            Event::StoryRevised(it) => text(it.story, &it.content, &it.source),
            Event::StoryRetracted(it) => Self::Retracted(it.story),
            Event::RulingMade(Ruling::Same { story, other, verdict }) => {
                Self::Ruled(*story, *other, *verdict)
            }
            Event::RulingMade(Ruling::Statement { .. } | Ruling::Topic { .. })
            | Event::StorySighted(_)
            | Event::OfficialRecorded(_)
            | Event::OfficialWithdrawn(_)
            | Event::OrganisationRecorded(_)
            | Event::OrganisationWithdrawn(_)
            | Event::OfficeRecorded(_)
            | Event::OfficeWithdrawn(_)
            | Event::TenureRecorded(_)
            | Event::TenureWithdrawn(_)
            | Event::TopicRecorded(_)
            | Event::TopicWithdrawn(_) => Self::Nothing,
        }
    }
}

/// The kinship of all stories, folded event by event.
#[derive(Debug, Clone, Default)]
pub struct Kinship {
    position: Option<Position>,
    same: SameStory,
    events: Events,
    /// Of each text, in the order of their numbers.
    texts: Vec<TextPlace>,
    /// What each story belonged to, and since when; `None` while it did not count.
    bonds: HashMap<StoryId, Vec<(Position, Option<Bond>)>>,
    /// Stories that each group ever had.
    stories: BTreeMap<StoryGroup, BTreeSet<StoryId>>,
    occasions: BTreeMap<EventGroup, BTreeSet<StoryId>>,
}

/// Where a text stands in the log, and which text opened the group of its event.
#[derive(Debug, Clone, Copy)]
struct TextPlace {
    position: Position,
    event: u32,
}

impl Kinship {
    /// Position of the last event that was taken in; `None` before the first.
    pub const fn position(&self) -> Option<Position> {
        self.position
    }

    /// What `story` belonged to at `position`; `None` before it was reported and while it was retracted.
    pub fn bond(&self, story: &StoryId, position: Position) -> Option<Bond> {
        let bonds = self.bonds.get(story)?;
        bonds.iter().rev().find(|it| it.0 <= position)?.1
    }

    /// The stories that were one at `position`, by id; a story alone is a group of itself.
    pub fn same_story(&self, group: StoryGroup, position: Position) -> Vec<StoryId> {
        let within = |it: &&StoryId| self.bond(it, position).is_some_and(|it| it.story == group);
        self.stories.get(&group).into_iter().flatten().filter(within).copied().collect()
    }

    /// The stories that reported one event at `position`, by id, copies included.
    pub fn same_event(&self, group: EventGroup, position: Position) -> Vec<StoryId> {
        let within = |it: &&StoryId| self.bond(it, position).is_some_and(|it| it.event == group);
        self.occasions.get(&group).into_iter().flatten().filter(within).copied().collect()
    }

    /// Every story with its copies as of `position`, in the order of the groups: the stories of one group that counted
    /// then, and what they reported.
    pub fn stories_at(&self, position: Position) -> impl Iterator<Item = (Bond, Vec<StoryId>)> {
        self.stories.keys().filter_map(move |group| {
            let all = self.same_story(*group, position);
            Some((self.bond(all.first()?, position)?, all))
        })
    }

    /// Takes in what the event at `position` said.
    pub(crate) fn take(&mut self, position: Position, said: Said) {
        self.position = Some(position);
        match said {
            Said::Text(story, sketch) => self.text(position, story, *sketch),
            Said::Retracted(story) => self.leave(position, story),
            Said::Ruled(one, other, verdict) => {
                let touched = self.same.rule(one, other, verdict);
                self.note(position, &touched);
            }
            Said::Nothing => {}
        }
    }

    fn text(&mut self, position: Position, story: StoryId, mut sketch: Sketch) {
        // The same text again, as it is when a story is read on a second page.
        if self.same.repeats(&story, sketch.digest) {
            return;
        }
        let before = self.same.groups.current(&story);
        let had = before.and_then(|it| self.place(it)).map(|it| it.event);
        if before.is_some() {
            self.leave(position, story);
        }
        let Some((number, touched)) = self.same.enter(story, &mut sketch) else { return };
        let group = self.same.groups.of(number);
        let known = (group != number).then(|| self.place(group)).flatten().map(|it| it.event);
        let had = had.filter(|it| !self.events.has(*it));
        let event = self.events.add(number, &sketch, known, had);
        self.texts.push(TextPlace { position, event });
        self.note(position, &touched);
    }

    fn leave(&mut self, position: Position, story: StoryId) {
        let Some(number) = self.same.groups.current(&story) else { return };
        self.events.remove(number);
        let touched = self.same.leave(&story);
        self.put(position, story, None);
        self.note(position, &touched);
    }

    /// Writes down what the stories of `touched` belong to now.
    fn note(&mut self, position: Position, touched: &[u32]) {
        for number in touched {
            let groups = &self.same.groups;
            let oldest = groups.of(*number);
            let (story, first) = (groups.story(*number), groups.story(oldest));
            let (Some(story), Some(first), Some(place)) = (story, first, self.place(oldest)) else {
                continue;
            };
            let event = self.place(place.event).map_or(place.position, |it| it.position);
            let reported = self.bonds.get(&first).and_then(|it| it.first());
            let reported = reported.map_or(place.position, |it| it.0);
            let bond = Bond { story: StoryGroup(reported), event: EventGroup(event) };
            self.put(position, story, Some(bond));
        }
    }

    fn put(&mut self, position: Position, story: StoryId, bond: Option<Bond>) {
        let bonds = self.bonds.entry(story).or_default();
        bonds.pop_if(|it| it.0 == position);
        if bonds.last().map(|it| it.1) == Some(bond) {
            return;
        }
        bonds.push((position, bond));
        if let Some(Bond { story: group, event }) = bond {
            self.stories.entry(group).or_default().insert(story);
            self.occasions.entry(event).or_default().insert(story);
        }
    }

    fn place(&self, number: u32) -> Option<&TextPlace> {
        self.texts.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }
}

#[cfg(test)]
mod same_tests;
#[cfg(test)]
mod tests;
