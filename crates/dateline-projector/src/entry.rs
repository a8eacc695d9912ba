//! One line of a timeline: a story as it concerns whom or what was asked for.

use std::fmt;
use std::sync::{Arc, OnceLock};

use dateline_annotate::{Annotation, Appearance, Found, Resolved, Statement, TopicMatch};
use dateline_event::story::{PageRef, StoryRole};
use dateline_event::{Position, SourceId, StoryId};

use crate::directory::Directory;
use crate::key::{DayBasis, EntryKey};
use crate::page::Scope;
use crate::record::StoryRecord;
use crate::shelf::Shelf;
use crate::stored::{Mark, Stored};
use crate::story::{Reading, Superseded};

/// One story as it concerns whom or what was asked for. Its place and its history are at hand; the story itself is
/// unpacked when it is first asked for, which takes some microseconds.
#[derive(Clone)]
pub struct Entry {
    asked: Arc<Asked>,
    stored: Arc<Stored>,
    mark: Mark,
    record: OnceLock<Arc<StoryRecord>>,
}

/// What the entries of one answer have in common.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) scopes: Vec<Scope>,
    pub(crate) directory: Arc<Directory>,
    pub(crate) shelf: Shelf,
}

impl Entry {
    pub(crate) const fn new(asked: Arc<Asked>, stored: Arc<Stored>, mark: Mark) -> Self {
        Self { asked, stored, mark, record: OnceLock::new() }
    }

    /// Where it stands in the timeline.
    pub fn key(&self) -> EntryKey {
        self.mark.key()
    }

    /// What put it there, and whether it counts as undated.
    pub const fn day_basis(&self) -> DayBasis {
        self.mark.basis
    }

    /// The story with its whole history.
    ///
    /// # Panics
    /// Never: an entry is that of a story, which was packed with its readings.
    pub fn record(&self) -> &Arc<StoryRecord> {
        self.record.get_or_init(|| {
            let Asked { shelf, directory, .. } = &*self.asked;
            self.stored.record(shelf, &directory.registry).expect("an entry has a reading")
        })
    }

    /// The story, as it was read at the time that the entry counts.
    ///
    /// # Panics
    /// Never: the story was packed with this reading.
    pub fn reading(&self) -> &Arc<Reading> {
        let mut readings = self.record().readings().iter();
        readings.find(|it| it.recorded_at() == self.mark.recorded_at).expect("the reading is there")
    }

    /// Which story.
    pub fn story(&self) -> StoryId {
        self.stored.id
    }

    /// Its headline, as printed, where there is one.
    pub fn title(&self) -> Option<&str> {
        self.reading().title()
    }

    /// Article or teaser.
    pub fn story_role(&self) -> StoryRole {
        self.reading().content().role
    }

    /// Language of the story, as an ISO 639-1 code; `und` where it could not be told.
    pub fn language(&self) -> &str {
        &self.reading().content().language
    }

    /// Who put the story out.
    pub fn source(&self) -> &SourceId {
        self.reading().source()
    }

    /// Name, address and digest of the page on which it was read; the spans of statements count in it.
    pub fn page(&self) -> &PageRef {
        self.reading().page()
    }

    /// When it took place in the world.
    pub fn happened(&self) -> &Resolved {
        &self.annotation().happened
    }

    /// When the source put the story out.
    pub fn published(&self) -> &Resolved {
        &self.annotation().published
    }

    /// Where it took place.
    pub fn place(&self) -> Option<&Found> {
        self.annotation().place.as_ref()
    }

    /// The agency that the story is credited to.
    pub fn agency(&self) -> Option<&Found> {
        self.annotation().agency.as_ref()
    }

    /// The part that whom the timeline is about has in the story: role, names and office as written, office held by
    /// the registry on that day and any disagreement between the two. In the timeline of an office or an organisation,
    /// the first of its holders. `None` in that of anything else.
    pub fn appearance(&self) -> Option<&Appearance> {
        self.concerned().next()
    }

    /// Everybody in the story whom the timeline is about: one in that of an official, all holders in that of an office
    /// or an organisation.
    pub fn concerned(&self) -> impl Iterator<Item = &Appearance> {
        self.appearances().iter().filter(|it| self.asked.scopes.iter().any(|of| self.is_of(of, it)))
    }

    fn is_of(&self, scope: &Scope, person: &Appearance) -> bool {
        match scope {
            Scope::Official(id) => person.official.as_ref() == Some(id),
            Scope::Office(id) => {
                person.official.is_some() && person.held.iter().any(|it| it.office == *id)
            }
            Scope::Organisation(id) => {
                let directory = &self.asked.directory;
                let held_there = |office| directory.bodies_of(office).any(|it| it == id);
                person.official.is_some() && person.held.iter().any(|it| held_there(&it.office))
            }
            Scope::Topic(_) | Scope::Source(_) | Scope::Language(_) | Scope::Everything => false,
        }
    }

    /// Everybody who appears in the story, in the order of first mention.
    pub fn appearances(&self) -> &[Appearance] {
        &self.annotation().appearances
    }

    /// The statements of those whom the timeline is about; all of the story where it is about nobody. In the order of
    /// the text.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        let of_somebody = self.asked.scopes.iter().any(Scope::is_about_people);
        let all = self.annotation().statements.iter();
        all.filter(move |statement| {
            let by = |who: &Appearance| self.asked.scopes.iter().any(|of| self.is_of(of, who));
            !of_somebody || self.speaker(statement).is_some_and(by)
        })
    }

    /// Who made `statement`, which is one of this entry; `None` for organisations and for speakers not named.
    pub fn speaker(&self, statement: &Statement) -> Option<&Appearance> {
        self.annotation().appearances.get(statement.speaker?)
    }

    /// What the story is about, most central first, each with the words that caused it. A topic without words was
    /// given by a ruling.
    pub fn topics(&self) -> &[TopicMatch] {
        &self.annotation().topics
    }

    /// The topics that put the story into the timeline of a topic: that topic, or those below it. Empty in any other
    /// timeline.
    pub fn matched_topics(&self) -> impl Iterator<Item = &TopicMatch> {
        let directory = &self.asked.directory;
        let wanted = |of: &Scope, it: &TopicMatch| {
            directory.with_broader(&it.topic).any(|it| matches!(of, Scope::Topic(id) if id == it))
        };
        self.topics().iter().filter(move |it| self.asked.scopes.iter().any(|of| wanted(of, it)))
    }

    /// Position of the event that brought the entry about: a report, a revision or a ruling.
    pub const fn recorded_at(&self) -> Position {
        self.mark.recorded_at
    }

    /// When the log took that event.
    pub fn recorded(&self) -> chrono::DateTime<chrono::Utc> {
        self.reading().recorded()
    }

    /// Position of the event that superseded the entry; `None` for what counts at the view's position. In an answer
    /// `as of` an earlier position it may lie behind that.
    pub fn superseded_at(&self) -> Option<Position> {
        self.superseded().map(|it| it.at)
    }

    /// What superseded the entry.
    pub const fn superseded(&self) -> Option<Superseded> {
        self.mark.superseded
    }

    fn annotation(&self) -> &Annotation {
        self.reading().annotation()
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.asked.scopes == other.asked.scopes && self.reading() == other.reading()
    }
}

impl Eq for Entry {}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("of", &self.asked.scopes)
            .field("story", &self.story())
            .field("mark", &self.mark)
            .finish_non_exhaustive()
    }
}
