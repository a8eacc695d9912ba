//! A story with its whole history: every revision, what was read out of each, and what superseded it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use dateline_annotate::Annotation;
use dateline_event::event::Ruling;
use dateline_event::story::{PageRef, Story};
use dateline_event::{Position, SourceId, StoryId};
use serde::Serialize;

use crate::key::{DayBasis, EntryKey, day_of};

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

/// A revision as the record read it for a while: with what the annotator finds in it under the view's registry, and
/// what the rulings up to then changed. A revision has one reading from its own position on, and another one from
/// each ruling on that changed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    story: StoryId,
    reported_at: Position,
    revision: Arc<Revision>,
    annotation: Arc<Annotation>,
    recorded_at: Position,
    recorded: DateTime<Utc>,
    superseded: Option<Superseded>,
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
}

impl SupersededBy {
    /// The word used in the API and on the terminal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Revision => "revision",
            Self::Retraction => "retraction",
            Self::Ruling => "ruling",
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

    /// Where entries of this reading stand in a timeline.
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulingRecord {
    /// Position of the ruling.
    pub position: Position,
    /// When the log took it.
    pub recorded: DateTime<Utc>,
    /// What was decided.
    pub ruling: Ruling,
}

/// A story with everything that the log says of it. Nothing that it ever said is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryRecord {
    pub(crate) id: StoryId,
    pub(crate) revisions: Vec<Arc<Revision>>,
    pub(crate) readings: Vec<Arc<Reading>>,
    pub(crate) retractions: Vec<(Position, String)>,
    pub(crate) rulings: Vec<RulingRecord>,
}

impl StoryRecord {
    /// Which story.
    pub const fn id(&self) -> StoryId {
        self.id
    }

    /// Every text that it had, oldest first; never empty. A digest of each says whether a text is new.
    pub fn revisions(&self) -> &[Arc<Revision>] {
        &self.revisions
    }

    /// Every reading of them, oldest first; never empty. At most the last one counts now.
    pub fn readings(&self) -> &[Arc<Reading>] {
        &self.readings
    }

    /// The reading that counts at the view's position; `None` when the story is retracted.
    pub fn current(&self) -> Option<&Arc<Reading>> {
        self.readings.last().filter(|it| it.superseded().is_none())
    }

    /// The reading that counted at `position`; `None` before the story was reported and while it was retracted.
    pub fn at(&self, position: Position) -> Option<&Arc<Reading>> {
        self.readings.iter().rev().find(|it| it.counts_at(position))
    }

    /// What became of it, at the view's position.
    pub fn status(&self) -> StoryStatus {
        match (self.current(), self.retractions.last(), self.revisions.len()) {
            (None, Some((at, reason)), _) => {
                StoryStatus::Retracted { at: *at, reason: reason.clone() }
            }
            (_, _, 0 | 1) => StoryStatus::Reported,
            (_, _, _) => StoryStatus::Revised,
        }
    }

    /// What had become of it at `position`; `None` before it was reported.
    pub fn status_at(&self, position: Position) -> Option<StoryStatus> {
        let revisions = self.revisions.iter().filter(|it| it.position <= position).count();
        let retracted = self.retractions.iter().rfind(|(at, _)| *at <= position);
        match (self.at(position), retracted, revisions) {
            (_, _, 0) => None,
            (None, Some((at, reason)), _) => {
                Some(StoryStatus::Retracted { at: *at, reason: reason.clone() })
            }
            (_, _, 1) => Some(StoryStatus::Reported),
            (_, _, _) => Some(StoryStatus::Revised),
        }
    }

    /// What editors decided about it, oldest first, those that changed nothing included. Rulings that two stories
    /// are the same are kept here and join nothing yet.
    pub fn rulings(&self) -> &[RulingRecord] {
        &self.rulings
    }
}
