//! A text that a story had, what was read out of it, and what superseded that.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use dateline_annotate::Annotation;
use dateline_event::date::PrintedDate;
use dateline_event::event::Ruling;
use dateline_event::story::{PageRef, Story, StoryRole};
use dateline_event::{Position, SourceId, Span, StoryId};
use serde::Serialize;

use crate::key::{DayBasis, EntryKey, day_of};
use crate::words::words_at;

/// A text that a story had, and the page on which it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Revision {
    /// Position of the event that reported or revised the story.
    pub position: Position,
    /// When the log took it.
    pub recorded: DateTime<Utc>,
    /// Who put it out.
    pub source: SourceId,
    /// Where it was read.
    pub page: PageRef,
    /// What it says.
    pub content: Story,
}

/// A page that prints a story with nothing new in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Sighting {
    pub(crate) position: Position,
    pub(crate) recorded: DateTime<Utc>,
    pub(crate) page: PageRef,
    pub(crate) role: StoryRole,
    pub(crate) spans: Vec<Span>,
    pub(crate) published: Option<PrintedDate>,
}

/// A page on which a story was seen: where it was reported or revised, or was printed just so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighted<'a> {
    /// Position of the event that says so.
    pub position: Position,
    /// When the log took it.
    pub recorded: DateTime<Utc>,
    /// The page.
    pub page: &'a PageRef,
    /// The role of the story there.
    pub role: StoryRole,
    /// The date that the page gives it, where it does.
    pub published: Option<&'a PrintedDate>,
}

impl<'a> From<&'a Sighting> for Sighted<'a> {
    fn from(it: &'a Sighting) -> Self {
        let Sighting { position, recorded, ref page, role, ref published, spans: _ } = *it;
        Self { position, recorded, page, role, published: published.as_ref() }
    }
}

impl<'a> From<&'a Revision> for Sighted<'a> {
    fn from(it: &'a Revision) -> Self {
        let Revision { position, recorded, ref page, ref content, source: _ } = *it;
        let published = content.published.as_ref();
        Self { position, recorded, page, role: content.role, published }
    }
}

/// A revision as the record read it for a while: with what the annotator finds in it under the view's registry, and
/// what the rulings up to then changed. A revision has one reading from its own position on, and another one from
/// each ruling on that changed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub(crate) story: StoryId,
    /// Position of the story's first report.
    pub(crate) reported_at: Position,
    pub(crate) revision: Arc<Revision>,
    pub(crate) annotation: Arc<Annotation>,
    pub(crate) recorded_at: Position,
    pub(crate) recorded: DateTime<Utc>,
    pub(crate) superseded: Option<Superseded>,
}

/// The end of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Superseded {
    /// Position of the event from which on it no longer counts.
    pub at: Position,
    /// What that event was.
    pub by: SupersededBy,
}

/// What ended a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SupersededBy {
    /// The source changed the text.
    Revision,
    /// The story was retracted.
    Retraction,
    /// An editor decided.
    Ruling,
    /// A copy of the story came, changed or went: an entry stands for all of them, and has other sources now, or shows
    /// another one of them. This ends entries, and no readings.
    Copy,
}

impl SupersededBy {
    /// The word used in the API and on the terminal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Revision => "revision",
            Self::Retraction => "retraction",
            Self::Ruling => "ruling",
            Self::Copy => "copy",
        }
    }
}

impl Reading {
    /// Which story.
    pub const fn story(&self) -> StoryId {
        self.story
    }

    /// The text that was read.
    pub const fn revision(&self) -> &Arc<Revision> {
        &self.revision
    }

    /// What the text says.
    pub fn content(&self) -> &Story {
        &self.revision.content
    }

    /// Headline as printed, where there is one.
    pub fn title(&self) -> Option<&str> {
        self.content().title.as_ref().map(|it| it.text.as_str())
    }

    /// Where it was read.
    pub fn page(&self) -> &PageRef {
        &self.revision.page
    }

    /// Who put it out.
    pub fn source(&self) -> &SourceId {
        &self.revision.source
    }

    /// What was found in it, rulings included.
    pub fn annotation(&self) -> &Annotation {
        &self.annotation
    }

    /// The words of the story at `span` of its page; `None` where the span lies outside of it, or is empty.
    pub fn words_at(&self, span: Span) -> Option<String> {
        words_at(self.content(), span)
    }

    /// Position of the event from which on it counts: a report, a revision or a ruling.
    pub const fn recorded_at(&self) -> Position {
        self.recorded_at
    }

    /// When the log took that event.
    pub const fn recorded(&self) -> DateTime<Utc> {
        self.recorded
    }

    /// What ended it; `None` for what counts at the view's position.
    pub const fn superseded(&self) -> Option<Superseded> {
        self.superseded
    }

    /// Whether it counted at `position`.
    pub fn counts_at(&self, position: Position) -> bool {
        self.recorded_at <= position && self.superseded.is_none_or(|it| it.at > position)
    }

    /// Where an entry of this reading alone stands in a timeline.
    pub fn key(&self) -> EntryKey {
        EntryKey::new(day_of(&self.annotation).0, self.reported_at, self.recorded_at)
    }

    /// What puts them there.
    pub fn day_basis(&self) -> DayBasis {
        day_of(&self.annotation).1
    }
}

/// What became of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoryStatus {
    /// Its text is the first that was read.
    Reported,
    /// Its text was changed at least once.
    Revised,
    /// It no longer counts.
    Retracted {
        /// Position of the retraction.
        at: Position,
        /// Why, for readers.
        reason: String,
    },
}

impl StoryStatus {
    /// The word used in the API and on the terminal.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Revised => "revised",
            Self::Retracted { .. } => "retracted",
        }
    }
}

/// A ruling with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RulingRecord {
    /// Position of the ruling.
    pub position: Position,
    /// When the log took it.
    pub recorded: DateTime<Utc>,
    /// What was decided.
    pub ruling: Ruling,
}
