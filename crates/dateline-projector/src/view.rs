//! The fold of the log at one position, as readers see it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use dateline_annotate::Registry;
use dateline_event::registry::{Office, Organisation};
use dateline_event::{OfficeId, OfficialId, OrganisationId, Position, SourceId, StoryId, TopicId};
use serde::Serialize;

use crate::directory::{Directory, OfficialView, TenureView, TopicView};
use crate::entry::Entry;
use crate::facts::Facts;
use crate::page::{AsOf, Filter, Page, Query, Scope, Slice};
use crate::record::StoryRecord;
use crate::select::Selection;
use crate::shelf::Shelf;
use crate::slice::slice;
use crate::stored::Stored;
use crate::story::Reading;
use crate::timeline::Timeline;
use crate::tree::Tree;

/// Everything that the log says up to one position. It never changes, and is cheap to clone: a later view shares with
/// it what they have in common. Hold one for as long as one request lasts.
#[derive(Debug, Clone, Default)]
pub struct View {
    pub(crate) position: Option<Position>,
    pub(crate) recorded: Option<DateTime<Utc>>,
    pub(crate) directory: Arc<Directory>,
    pub(crate) shelf: Shelf,
    /// Every story under the position of its first report.
    pub(crate) stories: Tree<Position, Arc<Stored>>,
    /// Where each story was reported first.
    pub(crate) reported: Tree<StoryId, Position>,
    /// Rulings about stories that nobody has reported so far.
    pub(crate) unreported: Tree<StoryId, Arc<Facts>>,
    pub(crate) timelines: Tree<Scope, Timeline>,
    /// Of the stories on which more than one event bears: the position of the last one, and that of the first report.
    pub(crate) amended: Tree<(Position, Position), ()>,
    /// The stories of the group of each story that has copies, by id.
    pub(crate) kin: Tree<StoryId, Arc<[StoryId]>>,
    /// Last position that the log took at each instant.
    pub(crate) instants: Tree<DateTime<Utc>, Position>,
    pub(crate) tally: Tally,
}

/// How much of everything a view has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Stories ever reported.
    pub stories: usize,
    /// Of those, the ones that are retracted now.
    pub retracted: usize,
    /// Texts that stories have had, first ones included.
    pub revisions: usize,
    /// Statements in stories that count now.
    pub statements: usize,
    /// Officials in the registry.
    pub officials: usize,
    /// Organisations in the registry.
    pub organisations: usize,
    /// Offices in the registry.
    pub offices: usize,
    /// Tenures in the registry.
    pub tenures: usize,
    /// Topics in the scheme.
    pub topics: usize,
}

/// The stories of `all`, in the order of their reports, on which more than one event bears.
pub(crate) fn amended(all: &[Arc<Stored>]) -> Tree<(Position, Position), ()> {
    let amended = all.iter().filter(|it| it.changed_at != it.reported_at);
    let mut keys: Vec<_> = amended.map(|it| ((it.changed_at, it.reported_at), ())).collect();
    keys.sort_unstable();
    Tree::from_sorted(keys)
}

/// The part of [`Counts`] that is kept up story by story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    pub(crate) retracted: usize,
    pub(crate) revisions: usize,
    pub(crate) statements: usize,
}

impl Tally {
    pub(crate) fn of_all(stories: &[Arc<Stored>]) -> Self {
        let mut tally = Self::default();
        for stored in stories {
            tally.add(stored);
        }
        tally
    }

    pub(crate) fn add(&mut self, stored: &Stored) {
        let it = Self::of(stored);
        self.retracted += it.retracted;
        self.revisions += it.revisions;
        self.statements += it.statements;
    }

    pub(crate) fn subtract(&mut self, stored: &Stored) {
        let it = Self::of(stored);
        self.retracted -= it.retracted;
        self.revisions -= it.revisions;
        self.statements -= it.statements;
    }

    fn of(stored: &Stored) -> Self {
        let count = |it: u32| usize::try_from(it).unwrap_or(usize::MAX);
        Self {
            retracted: usize::from(stored.statements.count().is_none()),
            revisions: count(stored.revisions),
            statements: stored.statements.count().map_or(0, count),
        }
    }
}

impl View {
    /// Position of the last event that is in it; `None` on an empty log.
    pub const fn position(&self) -> Option<Position> {
        self.position
    }

    /// When the log took that event.
    pub const fn recorded(&self) -> Option<DateTime<Utc>> {
        self.recorded
    }

    /// The registry and the topic scheme at its position. All annotations in the view are made with it.
    pub fn registry(&self) -> &Registry {
        &self.directory.registry
    }

    /// How much of everything it has.
    pub fn counts(&self) -> Counts {
        let registry = self.registry();
        Counts {
            stories: self.stories.len(),
            retracted: self.tally.retracted,
            revisions: self.tally.revisions,
            statements: self.tally.statements,
            officials: registry.officials().len(),
            organisations: registry.organisations().len(),
            offices: registry.offices().len(),
            tenures: registry.tenures().len(),
            topics: registry.topics().len(),
        }
    }

    /// The timeline of `scope`, newest first: see [`crate::EntryKey`] for the order and [`Filter`] for what can be left
    /// out. That of somebody, or of a topic, that the registry does not have is empty.
    pub fn timeline(&self, scope: &Scope, query: &Query) -> Page<Arc<Entry>> {
        match self.selection(scope, &query.filter, query.as_of) {
            Some(selection) => slice(&selection, &query.slice),
            None => Page { items: Vec::new(), has_next: false, has_previous: false },
        }
    }

    /// The entries that `filter` leaves of the timeline of `scope`; `None` when there can be none.
    pub(crate) fn selection<'a>(
        &'a self,
        scope: &Scope,
        filter: &'a Filter,
        as_of: Option<AsOf>,
    ) -> Option<Selection<'a>> {
        // Before the first event the record said nothing.
        let as_of = as_of.map(|it| self.position_at(it).ok_or(())).transpose().ok()?;
        // The present is answered from what counts now, without a look at the past.
        let as_of = as_of.filter(|it| self.position.is_none_or(|last| *it < last));
        Selection::new(self, scope, filter, as_of)
    }

    /// The position that `as_of` means in this log: an instant means the last event that the log had taken by then.
    /// `None` before the first event. A position behind the view's stays as it is.
    pub fn position_at(&self, as_of: AsOf) -> Option<Position> {
        match as_of {
            AsOf::Position(position) => Some(position),
            AsOf::Instant(instant) => {
                let until = std::ops::Bound::Included(&instant);
                self.instants.descending(until).next().map(|(_, position)| *position)
            }
        }
    }

    /// The official `id`, where the registry has that person.
    pub fn official(&self, id: &OfficialId) -> Option<OfficialView<'_>> {
        let official = self.registry().officials().get(id)?;
        let entries = self.entries(&Scope::Official(id.clone()));
        Some(OfficialView { official, tenures: self.directory.tenures_of(id), entries })
    }

    /// The officials of the registry, by id.
    pub fn officials(&self, part: &Slice<OfficialId>) -> Page<OfficialView<'_>> {
        slice(&self.registry().officials(), part).map(|(id, official)| OfficialView {
            official,
            tenures: self.directory.tenures_of(id),
            entries: self.entries(&Scope::Official(id.clone())),
        })
    }

    /// The topic `id`, where the scheme has it.
    pub fn topic(&self, id: &TopicId) -> Option<TopicView<'_>> {
        self.directory.topic(id, self.entries(&Scope::Topic(id.clone())))
    }

    /// The topics of the scheme, by id.
    pub fn topics(&self, part: &Slice<TopicId>) -> Page<TopicView<'_>> {
        let page = slice(&self.registry().topics(), part);
        Page {
            items: page.items.iter().filter_map(|(id, _)| self.topic(id)).collect(),
            has_next: page.has_next,
            has_previous: page.has_previous,
        }
    }

    /// The office `id`, where the registry has it.
    pub fn office(&self, id: &OfficeId) -> Option<&Office> {
        self.registry().offices().get(id)
    }

    /// Who held the office `id`, the latest start first, an unknown start last.
    pub fn holders(&self, id: &OfficeId) -> Vec<TenureView<'_>> {
        self.directory.holders_of(id)
    }

    /// The organisation `id`, where the registry has it.
    pub fn organisation(&self, id: &OrganisationId) -> Option<&Organisation> {
        self.registry().organisations().get(id)
    }

    /// The offices of the organisation `id`, by id.
    pub fn offices_of(&self, id: &OrganisationId) -> Vec<&Office> {
        self.directory.offices_of(id)
    }

    /// The story `id` with its whole history, where it was ever reported.
    pub fn story(&self, id: &StoryId) -> Option<Arc<StoryRecord>> {
        self.stored(id)?.recalled(&self.shelf, &self.directory)
    }

    pub(crate) fn stored(&self, id: &StoryId) -> Option<&Arc<Stored>> {
        self.stories.get(self.reported.get(id)?)
    }

    /// The stories, retracted ones included, by id.
    pub fn stories(&self, part: &Slice<StoryId>) -> Page<Arc<StoryRecord>> {
        let page = slice(&&self.reported, part);
        Page {
            items: page.items.iter().filter_map(|(id, _)| self.story(id)).collect(),
            has_next: page.has_next,
            has_previous: page.has_previous,
        }
    }

    /// The reading of the story `id` that counted at `as_of`.
    pub fn story_at(&self, id: &StoryId, as_of: AsOf) -> Option<Arc<Reading>> {
        self.story(id)?.at(self.position_at(as_of)?).cloned()
    }

    /// The sources that have put anything out, by name, each with the entries that count at the view's position.
    pub fn sources(&self) -> impl Iterator<Item = (&SourceId, usize)> {
        self.timelines.iter().filter_map(|(scope, timeline)| match scope {
            Scope::Source(id) => Some((id, timeline.current.len())),
            Scope::Official(_)
            | Scope::Office(_)
            | Scope::Organisation(_)
            | Scope::Topic(_)
            | Scope::Language(_)
            | Scope::Everything => None,
        })
    }

    /// How many entries of the timeline of `scope` count at the view's position.
    pub fn entries(&self, scope: &Scope) -> usize {
        self.timelines.get(scope).map_or(0, |it| it.current.len())
    }
}

impl<T> Page<T> {
    fn map<U>(self, each: impl FnMut(T) -> U) -> Page<U> {
        let items = self.items.into_iter().map(each).collect();
        Page { items, has_next: self.has_next, has_previous: self.has_previous }
    }
}
