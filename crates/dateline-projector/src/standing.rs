//! Stories that are one make one entry: which of them is shown, in which timelines it stands, and when it becomes
//! another one.
//!
//! ```text
//!   readings of each story ──┐
//!                            ├──► standings of each group ──► turns: this entry ends here, that one begins
//!   groups and their changes ┘    before and behind an event
//! ```
//!
//! An entry has one place in all timelines: that of the story that is shown. It stands in the timelines of any of its
//! stories, and has there the traits of the first of them that is in that timeline. Whatever changes in this, at any
//! event, ends the entry and begins another one, so a past state is found as that of a single story is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use dateline_event::{Position, StoryId};

use crate::concern::{Concerns, concerns};
use crate::directory::Directory;
use crate::facts::At;
use crate::kin::{Regrouped, rank};
use crate::record::StoryRecord;
use crate::story::{Reading, Superseded, SupersededBy};

/// The entry of a group at one position.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) shown: Arc<Reading>,
    /// The other stories, in the order in which they are shown.
    pub(crate) others: Vec<StoryId>,
    /// The timelines of all of them.
    pub(crate) concerns: Concerns,
}

/// A change of entries.
#[derive(Debug)]
pub(crate) enum Turn {
    Ends(Standing, Superseded),
    Begins(Standing, At),
}

/// The stories of a group, by id.
pub(crate) type Group = Arc<[StoryId]>;

/// The groups that changed, under each of their stories.
pub(crate) type Groups = BTreeMap<StoryId, Group>;

/// Stories whose entries may change, all those that are or were in a group with them included.
pub(crate) struct Family<'a> {
    pub(crate) records: &'a BTreeMap<StoryId, Arc<StoryRecord>>,
    pub(crate) directory: &'a Directory,
    /// The group of a story before the changes; `None` where it was alone.
    pub(crate) before: &'a dyn Fn(&StoryId) -> Option<Group>,
}

/// What happens at one position.
#[derive(Default)]
struct Point<'a> {
    /// When the log took the event, where anything begins with it.
    recorded: Option<DateTime<Utc>>,
    /// Stories that are read otherwise.
    stories: BTreeSet<StoryId>,
    regrouped: Option<&'a Regrouped>,
}

impl Standing {
    fn is(&self, other: &Self) -> bool {
        self.shown.recorded_at() == other.shown.recorded_at()
            && self.others == other.others
            && self.concerns == other.concerns
    }
}

impl Family<'_> {
    /// The turns behind `after`, in order, and the groups that are others then.
    pub(crate) fn turns(
        &self,
        after: Option<Position>,
        changes: &[Regrouped],
    ) -> (Vec<Turn>, Groups) {
        let (mut turns, mut groups) = (Vec::new(), Groups::new());
        for (at, point) in self.points(after, changes) {
            let mut touched = point.stories;
            touched.extend(point.regrouped.iter().flat_map(|it| it.groups.iter().flatten()));
            let before = self.standings(&touched, &groups, |it| it.before(at));
            for group in point.regrouped.iter().flat_map(|it| &it.groups) {
                let group: Group = group.as_slice().into();
                groups.extend(group.iter().map(|it| (*it, Arc::clone(&group))));
            }
            let now = self.standings(&touched, &groups, |it| it.at(at));
            let ruled = point.regrouped.is_some_and(|it| it.ruled);
            let recorded = point.recorded.unwrap_or_default();
            turn(&mut turns, (before, now), At { position: at, recorded }, ruled);
        }
        (turns, groups)
    }

    fn points<'c>(
        &self,
        after: Option<Position>,
        changes: &'c [Regrouped],
    ) -> BTreeMap<Position, Point<'c>> {
        let mut points: BTreeMap<Position, Point<'_>> = BTreeMap::new();
        for (id, record) in self.records {
            for reading in record.readings() {
                let begins = (Some(reading.recorded_at()), Some(reading.recorded()));
                let ends = (reading.superseded().map(|it| it.at), None);
                for (at, recorded) in [begins, ends] {
                    if let Some(at) = at.filter(|it| Some(*it) > after) {
                        let point = points.entry(at).or_default();
                        point.stories.insert(*id);
                        point.recorded = point.recorded.or(recorded);
                    }
                }
            }
        }
        for change in changes {
            let point = points.entry(change.at.position).or_default();
            point.regrouped = Some(change);
            point.recorded = Some(change.at.recorded);
        }
        points
    }

    /// The standings of all groups that have one of `stories`, under the stories that are shown.
    fn standings<'r>(
        &'r self,
        stories: &BTreeSet<StoryId>,
        groups: &Groups,
        read: impl Fn(&'r StoryRecord) -> Option<&'r Arc<Reading>>,
    ) -> BTreeMap<StoryId, Standing> {
        let mut found = BTreeMap::new();
        let mut done: BTreeSet<StoryId> = BTreeSet::new();
        for story in stories {
            if done.contains(story) {
                continue;
            }
            let group = groups.get(story).cloned().or_else(|| (self.before)(story));
            let group = group.unwrap_or_else(|| [*story].into());
            done.extend(group.iter());
            let readings = group.iter().filter_map(|it| read(self.records.get(it)?));
            if let Some(standing) = self.standing(readings.collect()) {
                found.insert(standing.shown.story(), standing);
            }
        }
        found
    }

    fn standing(&self, mut readings: Vec<&Arc<Reading>>) -> Option<Standing> {
        if readings.len() > 1 {
            readings.sort_by_cached_key(|it| rank(it));
        }
        let (shown, others) = readings.split_first()?;
        let of = |it: &Reading| concerns(it.revision(), it.annotation(), self.directory);
        let mut all: Concerns = of(shown);
        for other in others {
            all.extend(of(other));
        }
        if !others.is_empty() {
            // What stands in a timeline first says how it stands there.
            all.sort_by(|a, b| a.0.cmp(&b.0));
            all.dedup_by(|later, first| later.0 == first.0);
        }
        let others = others.iter().map(|it| it.story()).collect();
        Some(Standing { shown: Arc::clone(shown), others, concerns: all })
    }
}

/// What ends and what begins between two states.
fn turn(
    turns: &mut Vec<Turn>,
    (before, mut now): (BTreeMap<StoryId, Standing>, BTreeMap<StoryId, Standing>),
    at: At,
    ruled: bool,
) {
    let position = at.position;
    for (story, old) in before {
        if now.get(&story).is_some_and(|it| it.is(&old)) {
            now.remove(&story);
            continue;
        }
        let its_own = old.shown.superseded().filter(|it| it.at == position).map(|it| it.by);
        let otherwise = if ruled { SupersededBy::Ruling } else { SupersededBy::Copy };
        let superseded = Superseded { at: position, by: its_own.unwrap_or(otherwise) };
        turns.push(Turn::Ends(old, superseded));
    }
    turns.extend(now.into_values().map(|it| Turn::Begins(it, at)));
}
