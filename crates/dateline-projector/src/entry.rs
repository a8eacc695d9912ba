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
use crate::view::View;

/// One story as it concerns whom or what was asked for, with all its copies: near-duplicates, and teasers for it. Its
/// place and its history are at hand; the stories themselves are unpacked when they are first asked for, which takes some
/// microseconds for each.
///
/// Of the copies, an article is shown before a teaser, then the one that was published first. The entry stands where that
/// one does, in every timeline that any of them is in. Where that one is not in all the timelines that were asked for,
/// since it is cut or somebody else put it out, the entry says what the first copy says that is in most of them.
#[derive(Clone)]
pub struct Entry {
    asked: Arc<Asked>,
    stored: Arc<Stored>,
    mark: Mark,
    /// The copies, in the order in which they are shown.
    others: Vec<Arc<Stored>>,
    told: OnceLock<Told>,
}

/// The stories of an entry, unpacked.
#[derive(Clone)]
struct Told {
    /// Each with the reading of it that counts for the entry, the one that stands for the entry first.
    stories: Vec<(Arc<StoryRecord>, Arc<Reading>)>,
    /// Which of them the entry says.
    shown: usize,
}

/// What the entries of one answer have in common.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) scopes: Vec<Scope>,
    /// Timelines that the entries have to be in besides.
    pub(crate) within: Vec<Scope>,
    /// The state of the record that is asked for; `None` for the present.
    pub(crate) as_of: Option<Position>,
    pub(crate) directory: Arc<Directory>,
    pub(crate) shelf: Shelf,
}

impl Entry {
    /// The entry of `stored`, which `mark` is of, in `view`.
    pub(crate) fn new(asked: Arc<Asked>, stored: Arc<Stored>, mark: Mark, view: &View) -> Self {
        let others = stored.shared(&mark).map_or(&[][..], |it| &it.others).iter();
        let others = others.filter_map(|it| view.stored(it)).map(Arc::clone).collect();
        Self { asked, stored, mark, others, told: OnceLock::new() }
    }

    /// Where it stands in the timeline.
    pub fn key(&self) -> EntryKey {
        self.mark.key()
    }

    /// What put it there, and whether it counts as undated.
    pub const fn day_basis(&self) -> DayBasis {
        self.mark.basis
    }

    fn told(&self) -> &Told {
        self.told.get_or_init(|| {
            let Asked { shelf, directory, as_of, .. } = &*self.asked;
            let read = |stored: &Stored, at: Option<Position>| {
                let record = stored.recalled(shelf, directory)?;
                let reading = Arc::clone(at.map_or_else(|| record.current(), |it| record.at(it))?);
                Some((record, reading))
            };
            let first = read(&self.stored, Some(self.mark.recorded_at));
            let others = self.others.iter().filter_map(|it| read(it, *as_of));
            let stories: Vec<_> = first.into_iter().chain(others).collect();
            let shown = self.shown(&stories);
            Told { stories, shown }
        })
    }

    /// Which of the stories is in most of the timelines that were asked for.
    fn shown(&self, stories: &[(Arc<StoryRecord>, Arc<Reading>)]) -> usize {
        if stories.len() < 2 {
            return 0;
        }
        let scopes = || self.asked.scopes.iter().chain(&self.asked.within);
        let met =
            |(_, it): &(_, Arc<Reading>)| scopes().filter(|of| self.is_within(of, it)).count();
        let met = stories.iter().map(met).enumerate();
        met.max_by_key(|(at, met)| (*met, std::cmp::Reverse(*at))).map_or(0, |it| it.0)
    }

    fn is_within(&self, scope: &Scope, reading: &Reading) -> bool {
        let annotation = reading.annotation();
        match scope {
            Scope::Official(_) | Scope::Office(_) | Scope::Organisation(_) => {
                annotation.appearances.iter().any(|it| self.is_of(scope, it))
            }
            Scope::Topic(_) => annotation.topics.iter().any(|it| self.is_on(scope, it)),
            Scope::Source(source) => reading.source() == source,
            Scope::Language(code) => reading.content().language == **code,
            Scope::Everything => true,
        }
    }

    /// The story with its whole history.
    ///
    /// # Panics
    /// Never: an entry is that of a story, which was packed with its readings.
    pub fn record(&self) -> &Arc<StoryRecord> {
        &self.shown_story().0
    }

    /// The story, as it was read at the time that the entry counts.
    ///
    /// # Panics
    /// Never: the story was packed with this reading.
    pub fn reading(&self) -> &Arc<Reading> {
        &self.shown_story().1
    }

    fn shown_story(&self) -> &(Arc<StoryRecord>, Arc<Reading>) {
        let told = self.told();
        told.stories.get(told.shown).expect("an entry has a reading")
    }

    /// All its sources: the readings of the story and of its copies that count for the entry, each with its source, page
    /// and dates. The one that gives the entry its place comes first; most have one alone.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = &Arc<Reading>> {
        self.told().stories.iter().map(|it| &it.1)
    }

    /// The same with the whole history of each story.
    pub fn copies(&self) -> impl ExactSizeIterator<Item = (&Arc<StoryRecord>, &Arc<Reading>)> {
        self.told().stories.iter().map(|it| (&it.0, &it.1))
    }

    /// How many sources it has, without a look at them.
    pub const fn source_count(&self) -> usize {
        self.others.len() + 1
    }

    /// Which story.
    pub fn story(&self) -> StoryId {
        if self.others.is_empty() { self.stored.id } else { self.record().id() }
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
        let all = self.topics().iter();
        all.filter(move |it| self.asked.scopes.iter().any(|of| self.is_on(of, it)))
    }

    fn is_on(&self, scope: &Scope, topic: &TopicMatch) -> bool {
        let Scope::Topic(wanted) = scope else { return false };
        self.asked.directory.with_broader(&topic.topic).any(|it| it == wanted)
    }

    /// Position of the event that brought the entry about: a report, a revision or a ruling, of the story or of a copy.
    pub const fn recorded_at(&self) -> Position {
        self.mark.recorded_at
    }

    /// When the log took that event.
    pub fn recorded(&self) -> chrono::DateTime<chrono::Utc> {
        let shared = self.stored.shared(&self.mark);
        shared.map_or_else(|| self.reading().recorded(), |it| it.recorded)
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
        self.asked.scopes == other.asked.scopes
            && self.mark == other.mark
            && self.reading() == other.reading()
            && self.sources().eq(other.sources())
    }
}

impl Eq for Entry {}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("of", &self.asked.scopes)
            .field("story", &self.stored.id)
            .field("mark", &self.mark)
            .finish_non_exhaustive()
    }
}
