//! Stories that were ever in a group together, read as a whole.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use dateline_event::StoryId;

use crate::directory::Directory;
use crate::facts::At;
use crate::kin::Regrouped;
use crate::record::StoryRecord;
use crate::shelf::Shelf;
use crate::slot::{Slot, Traits};
use crate::standing::{Family, Standing, Turn};
use crate::stored::{Listing, Mark, Stored};
use crate::timeline::PastKey;

/// Stories that were ever in a group together, with the changes of their groups in order.
#[derive(Debug, Default)]
pub(super) struct Kindred {
    pub(super) stories: Vec<StoryId>,
    pub(super) changes: Vec<Regrouped>,
}

/// `changes` by the stories that they are about, in the order of the log.
pub(super) fn families(changes: Vec<Regrouped>) -> Vec<Kindred> {
    let mut families: Vec<Kindred> = Vec::new();
    let mut family_of: HashMap<StoryId, usize> = HashMap::new();
    for change in changes {
        let named: Vec<StoryId> = change.groups.iter().flatten().copied().collect();
        let mut met: Vec<usize> =
            named.iter().filter_map(|it| family_of.get(it).copied()).collect();
        met.sort_unstable();
        met.dedup();
        let size = |it: &usize| families.get(*it).map_or(0, |it| it.stories.len());
        // The largest one takes in the others.
        let stays = met.iter().copied().max_by_key(size).unwrap_or(families.len());
        if stays == families.len() {
            families.push(Kindred::default());
        }
        let mut moved = Kindred::default();
        for other in met.into_iter().filter(|it| *it != stays) {
            let other = families.get_mut(other).map(std::mem::take).unwrap_or_default();
            moved.stories.extend(other.stories);
            moved.changes.extend(other.changes);
        }
        let Some(family) = families.get_mut(stays) else { continue };
        for story in moved.stories.into_iter().chain(named) {
            if family_of.insert(story, stays) != Some(stays) {
                family.stories.push(story);
            }
        }
        family.changes.extend(moved.changes);
        family.changes.push(change);
    }
    families.retain(|it| !it.stories.is_empty());
    for family in &mut families {
        family.changes.sort_by_key(|it| it.at.position);
    }
    families
}

/// The stories of a family as a view holds them, and the lists that they are in.
pub(super) fn whole(
    records: &BTreeMap<StoryId, Arc<StoryRecord>>,
    changes: &[Regrouped],
    (shelf, directory): (&Shelf, &Directory),
) -> (Vec<Stored>, Listing) {
    let turns = Family { records, directory, before: &|_| None }.turns(None, changes).0;
    let stored = records.iter().map(|(id, record)| {
        let stored = Stored::new(record, shelf).with_entries_of(None);
        (*id, stored)
    });
    let mut book = Book { stored: stored.collect(), ..Book::default() };
    for turn in turns {
        match turn {
            Turn::Begins(standing, at) => book.begin(standing, at),
            Turn::Ends(standing, superseded) => book.end(&standing, superseded),
        }
    }
    for (standing, mark, amended) in book.open.into_values() {
        let slots = standing.concerns.into_iter();
        let slots = slots.map(|(it, traits)| (it, Slot::new(mark.place, traits.with(amended))));
        book.listing.current.extend(slots);
    }
    (book.stored.into_values().collect(), book.listing)
}

/// Takes down turns.
#[derive(Default)]
struct Book {
    stored: BTreeMap<StoryId, Stored>,
    /// Entries that have not ended, under the stories that are shown.
    open: BTreeMap<StoryId, (Standing, Mark, Traits)>,
    listing: Listing,
}

impl Book {
    fn begin(&mut self, standing: Standing, at: At) {
        let shown = standing.shown.story();
        let begun = self.stored.get_mut(&shown).map(|it| it.begin(&standing, at));
        for story in [shown].iter().chain(&standing.others) {
            if let Some(stored) = self.stored.get_mut(story) {
                stored.stands_behind(shown, at.position);
            }
        }
        if let Some((mark, amended)) = begun {
            self.open.insert(shown, (standing, mark, amended));
        }
    }

    fn end(&mut self, standing: &Standing, superseded: crate::story::Superseded) {
        let shown = standing.shown.story();
        self.open.remove(&shown);
        let Some(mark) = self.stored.get_mut(&shown).and_then(|it| it.end(superseded)) else {
            return;
        };
        let key = PastKey::new(mark.place, mark.recorded_at, superseded.at);
        let past = standing.concerns.iter().map(|(it, traits)| (it.clone(), key, *traits));
        self.listing.past.extend(past);
    }
}
