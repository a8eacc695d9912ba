//! Puts stories into a view: those that have something new, and the entries that change with them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use dateline_event::{Position, StoryId};

use crate::facts::{At, Facts};
use crate::kin::Regrouped;
use crate::page::Scope;
use crate::record::StoryRecord;
use crate::slot::Slot;
use crate::standing::{Family, Standing, Turn};
use crate::stored::Stored;
use crate::story::Superseded;
use crate::timeline::{PastKey, Timeline};
use crate::view::View;

/// Stories with something new, and those that are in a group with them.
#[derive(Default)]
struct Stories {
    records: BTreeMap<StoryId, Arc<StoryRecord>>,
    /// Those that change.
    stored: BTreeMap<StoryId, Stored>,
}

impl View {
    /// Puts in stories with all that is known of them, and the `changes` of groups behind `after`, up to which the view
    /// has everything.
    pub(super) fn put(
        &mut self,
        waiting: BTreeMap<StoryId, Facts>,
        changes: &[Regrouped],
        after: Option<Position>,
    ) {
        let mut stories = Stories::default();
        for (id, facts) in waiting {
            self.read(id, facts, &mut stories);
        }
        self.add_kin(&mut stories, changes, after);
        let (turns, groups) = {
            let before = |it: &StoryId| self.kin.get(it).map(Arc::clone);
            let (records, directory) = (&stories.records, &*self.directory);
            Family { records, directory, before: &before }.turns(after, changes)
        };
        for turn in turns {
            match turn {
                Turn::Ends(standing, superseded) => self.end(&mut stories, &standing, superseded),
                Turn::Begins(standing, at) => self.begin(&mut stories, &standing, at),
            }
        }
        for stored in stories.stored.into_values() {
            self.reported.insert(stored.id, stored.reported_at);
            self.stories.insert(stored.reported_at, Arc::new(stored));
        }
        for (story, group) in groups {
            if group.len() > 1 {
                self.kin.insert(story, group);
            } else {
                self.kin.remove(&story);
            }
        }
    }

    fn read(&mut self, id: StoryId, facts: Facts, stories: &mut Stories) {
        match StoryRecord::of(id, facts, self.registry()) {
            Ok(record) => {
                let old = self.stored(&id).cloned();
                let stored = Stored::new(&record, &self.shelf).with_entries_of(old.as_deref());
                if let Some(old) = old {
                    self.tally.subtract(&old);
                    self.amended.remove(&(old.changed_at, old.reported_at));
                }
                self.tally.add(&stored);
                if stored.changed_at != stored.reported_at {
                    self.amended.insert((stored.changed_at, stored.reported_at), ());
                }
                stories.records.insert(id, Arc::new(record));
                stories.stored.insert(id, stored);
            }
            Err(facts) => {
                self.unreported.insert(id, Arc::new(facts));
            }
        }
    }

    /// Reads the stories that are in a group with those whose entries may change, or will be.
    fn add_kin(&self, stories: &mut Stories, changes: &[Regrouped], after: Option<Position>) {
        let is_new = |record: &StoryRecord| {
            let last = record.readings().last();
            last.is_some_and(|it| {
                Some(it.recorded_at()) > after
                    || it.superseded().is_some_and(|it| Some(it.at) > after)
            })
        };
        let news = stories.records.iter().filter(|it| is_new(it.1)).map(|it| *it.0);
        let joined = changes.iter().flat_map(|it| it.groups.iter().flatten()).copied();
        let touched: Vec<StoryId> = news.chain(joined).collect();
        for story in touched {
            let group = self.kin.get(&story);
            let group = group.map_or_else(|| std::slice::from_ref(&story), |it| &**it);
            for id in group {
                if !stories.records.contains_key(id)
                    && let Some(record) = self.story(id)
                {
                    stories.records.insert(*id, record);
                }
            }
        }
    }

    fn stored_mut<'s>(&self, stories: &'s mut Stories, id: StoryId) -> Option<&'s mut Stored> {
        match stories.stored.entry(id) {
            Entry::Occupied(it) => Some(it.into_mut()),
            Entry::Vacant(it) => Some(it.insert(Stored::clone(self.stored(&id)?))),
        }
    }

    fn end(&mut self, stories: &mut Stories, standing: &Standing, superseded: Superseded) {
        let stored = self.stored_mut(stories, standing.shown.story());
        let Some(mark) = stored.and_then(|it| it.end(superseded)) else { return };
        let key = PastKey::new(mark.place, mark.recorded_at, superseded.at);
        for (scope, traits) in &standing.concerns {
            let timeline = self.timeline_mut(scope);
            timeline.current.remove(mark.place);
            timeline.past.insert(key, *traits);
        }
    }

    fn begin(&mut self, stories: &mut Stories, standing: &Standing, at: At) {
        let shown = standing.shown.story();
        let Some(stored) = self.stored_mut(stories, shown) else { return };
        let (mark, amended) = stored.begin(standing, at);
        for story in [shown].iter().chain(&standing.others) {
            if let Some(stored) = self.stored_mut(stories, *story) {
                stored.stands_behind(shown, at.position);
            }
        }
        for (scope, traits) in &standing.concerns {
            let slot = Slot::new(mark.place, traits.with(amended));
            self.timeline_mut(scope).current.insert(slot);
        }
    }

    fn timeline_mut(&mut self, scope: &Scope) -> &mut Timeline {
        self.timelines.get_mut_or_insert(scope)
    }
}
