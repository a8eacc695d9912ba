//! One line of a timeline: a story as it concerns an official or a topic.

use std::collections::BTreeMap;
use std::sync::Arc;

use dateline_annotate::{Annotation, Appearance, Found, Resolved, Statement, TopicMatch};
use dateline_event::story::{PageRef, StoryRole};
use dateline_event::{OfficialId, Position, SourceId, StoryId, TopicId};

use crate::directory::Directory;
use crate::key::{DayBasis, EntryKey};
use crate::page::Scope;
use crate::story::{Reading, Superseded};

/// One story as it concerns an official or a topic. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    key: EntryKey,
    reading: Arc<Reading>,
    concern: Concern,
}

/// How the story concerns the one whose timeline it is in. Numbers are places in the annotation's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Concern {
    /// The official is this person of the story.
    Official { appearance: usize },
    /// The story is on the topic itself or on ones below it: these.
    Topic { matches: Box<[usize]> },
}

impl Entry {
    fn new(reading: Arc<Reading>, concern: Concern) -> Self {
        Self { key: reading.key(), reading, concern }
    }

    /// Where it stands in the timeline.
    pub const fn key(&self) -> EntryKey {
        self.key
    }

    /// What put it there, and whether it counts as undated.
    pub fn day_basis(&self) -> DayBasis {
        self.reading.day_basis()
    }

    /// The story, as it was read at the time that the entry counts.
    pub const fn reading(&self) -> &Arc<Reading> {
        &self.reading
    }

    /// Which story.
    pub fn story(&self) -> StoryId {
        self.reading.story()
    }

    /// Its headline, as printed, where there is one.
    pub fn title(&self) -> Option<&str> {
        self.reading.title()
    }

    /// Article or teaser.
    pub fn story_role(&self) -> StoryRole {
        self.reading.content().role
    }

    /// Language of the story, as an ISO 639-1 code; `und` where it could not be told.
    pub fn language(&self) -> &str {
        &self.reading.content().language
    }

    /// Who put the story out.
    pub fn source(&self) -> &SourceId {
        self.reading.source()
    }

    /// Name, address and digest of the page on which it was read; the spans of statements count in it.
    pub fn page(&self) -> &PageRef {
        self.reading.page()
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

    /// The official's part in the story: role, names and office as written, office held by the registry on that day
    /// and any disagreement between the two. `None` in the timeline of a topic.
    pub fn appearance(&self) -> Option<&Appearance> {
        match &self.concern {
            Concern::Official { appearance } => self.annotation().appearances.get(*appearance),
            Concern::Topic { .. } => None,
        }
    }

    /// Everybody who appears in the story, in the order of first mention.
    pub fn appearances(&self) -> &[Appearance] {
        &self.annotation().appearances
    }

    /// The official's statements in the timeline of an official, all of the story in that of a topic; in the order
    /// of the text.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        let official = self.appearance().and_then(|it| it.official.as_ref());
        let by = move |who: &Appearance| official.is_none() || who.official.as_ref() == official;
        let all = self.annotation().statements.iter();
        all.filter(move |it| official.is_none() || self.speaker(it).is_some_and(by))
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

    /// The topics that put the story into the timeline of a topic: that topic, or those below it. Empty in the
    /// timeline of an official.
    pub fn matched_topics(&self) -> impl Iterator<Item = &TopicMatch> {
        let matches = match &self.concern {
            Concern::Official { .. } => &[],
            Concern::Topic { matches } => &**matches,
        };
        matches.iter().filter_map(|at| self.annotation().topics.get(*at))
    }

    /// Position of the event that brought the entry about: a report, a revision or a ruling.
    pub fn recorded_at(&self) -> Position {
        self.reading.recorded_at()
    }

    /// When the log took that event.
    pub fn recorded(&self) -> chrono::DateTime<chrono::Utc> {
        self.reading.recorded()
    }

    /// Position of the event that superseded the entry; `None` for what counts at the view's position. In an answer
    /// `as of` an earlier position it may lie behind that.
    pub fn superseded_at(&self) -> Option<Position> {
        self.superseded().map(|it| it.at)
    }

    /// What superseded the entry.
    pub fn superseded(&self) -> Option<Superseded> {
        self.reading.superseded()
    }

    fn annotation(&self) -> &Annotation {
        self.reading.annotation()
    }
}

/// The entries that `reading` makes: one in the timeline of each official of the registry who appears in it, one in
/// that of each topic it is on, and of each topic above those.
pub(crate) fn entries(
    reading: &Arc<Reading>,
    directory: &Directory,
) -> impl Iterator<Item = (Scope, Entry)> {
    let mut concerns: BTreeMap<Scope, Concern> = BTreeMap::new();
    for (appearance, person) in reading.annotation().appearances.iter().enumerate() {
        let registered = |it: &&OfficialId| directory.registry.officials().contains_key(*it);
        if let Some(id) = person.official.as_ref().filter(registered) {
            let scope = Scope::Official(id.clone());
            concerns.entry(scope).or_insert(Concern::Official { appearance });
        }
    }
    let mut by_topic: BTreeMap<&TopicId, Vec<usize>> = BTreeMap::new();
    for (at, found) in reading.annotation().topics.iter().enumerate() {
        for topic in directory.with_broader(&found.topic) {
            by_topic.entry(topic).or_default().push(at);
        }
    }
    for (topic, matches) in by_topic {
        let matches = matches.into_boxed_slice();
        concerns.insert(Scope::Topic(topic.clone()), Concern::Topic { matches });
    }
    let reading = Arc::clone(reading);
    concerns
        .into_iter()
        .map(move |(scope, concern)| (scope, Entry::new(Arc::clone(&reading), concern)))
}
