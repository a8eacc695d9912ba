//! The facts that the log holds, their types, and the version of each shape that is written today.
//!
//! A written shape never changes. A new one raises its version in [`EventKind::version`], retires the old one with a
//! step in `retired.rs`, and adds a golden file under `schema/events`, in one commit.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::envelope::{NewEvent, Payload};
use crate::id::{NAMESPACE, OfficeId, OfficialId, OrganisationId, StoryId, StreamId, TopicId};
use crate::registry::{Office, Official, Organisation, Tenure, TenureId, Topic};
use crate::span::Span;
use crate::story::{StoryReported, StoryRetracted, StoryRevised, StorySighted};

/// One fact. It never changes; a later fact may supersede it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A source put out a story.
    StoryReported(Box<StoryReported>),
    /// A later capture of a story says something else.
    StoryRevised(Box<StoryRevised>),
    /// A story no longer counts.
    StoryRetracted(StoryRetracted),
    /// Another page prints a story that the log has.
    StorySighted(Box<StorySighted>),
    /// The registry knows a person.
    OfficialRecorded(Official),
    /// The registry takes a person back.
    OfficialWithdrawn(Withdrawn<OfficialId>),
    /// The registry knows an organisation.
    OrganisationRecorded(Organisation),
    /// The registry takes an organisation back.
    OrganisationWithdrawn(Withdrawn<OrganisationId>),
    /// The registry knows an office.
    OfficeRecorded(Office),
    /// The registry takes an office back.
    OfficeWithdrawn(Withdrawn<OfficeId>),
    /// The registry knows who held an office when.
    TenureRecorded(Tenure),
    /// The registry takes a tenure back.
    TenureWithdrawn(Withdrawn<TenureId>),
    /// The scheme has a topic.
    TopicRecorded(Topic),
    /// The scheme takes a topic back.
    TopicWithdrawn(Withdrawn<TopicId>),
    /// An editor decided against, or for, the annotator.
    RulingMade(Ruling),
}

/// Something that was recorded and is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn<Id> {
    /// What is taken back.
    pub id: Id,
    /// Why, for readers.
    pub reason: String,
}

/// An editor's decision that overrides the annotator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "kebab-case")]
pub enum Ruling {
    /// The statement at a span of the page is, or is not, by an official.
    Statement {
        /// The story that reports it.
        story: StoryId,
        /// Where it stands on the page.
        span: Span,
        /// The official.
        official: OfficialId,
        /// Is, or is not.
        verdict: Verdict,
    },
    /// A story is, or is not, on a topic.
    Topic {
        /// The story.
        story: StoryId,
        /// The topic.
        topic: TopicId,
        /// Is, or is not.
        verdict: Verdict,
    },
    /// Two stories are, or are not, the same.
    Same {
        /// The story that stays.
        story: StoryId,
        /// The other one.
        other: StoryId,
        /// Are, or are not.
        verdict: Verdict,
    },
}

impl Ruling {
    /// The story that the ruling is about.
    pub const fn story(&self) -> StoryId {
        match self {
            Self::Statement { story, .. }
            | Self::Topic { story, .. }
            | Self::Same { story, .. } => *story,
        }
    }
}

/// What an editor decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is so.
    Is,
    /// It is not so.
    IsNot,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Is => "is",
            Self::IsNot => "is not",
        })
    }
}

/// Type of an event, as its envelope names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// `story.reported`
    StoryReported,
    /// `story.revised`
    StoryRevised,
    /// `story.retracted`
    StoryRetracted,
    /// `story.sighted`
    StorySighted,
    /// `official.recorded`
    OfficialRecorded,
    /// `official.withdrawn`
    OfficialWithdrawn,
    /// `organisation.recorded`
    OrganisationRecorded,
    /// `organisation.withdrawn`
    OrganisationWithdrawn,
    /// `office.recorded`
    OfficeRecorded,
    /// `office.withdrawn`
    OfficeWithdrawn,
    /// `tenure.recorded`
    TenureRecorded,
    /// `tenure.withdrawn`
    TenureWithdrawn,
    /// `topic.recorded`
    TopicRecorded,
    /// `topic.withdrawn`
    TopicWithdrawn,
    /// `ruling.made`
    RulingMade,
}

impl EventKind {
    /// Every type of event, in the order in which they are documented.
    pub const ALL: [Self; 15] = [
        Self::StoryReported,
        Self::StoryRevised,
        Self::StoryRetracted,
        Self::StorySighted,
        Self::OfficialRecorded,
        Self::OfficialWithdrawn,
        Self::OrganisationRecorded,
        Self::OrganisationWithdrawn,
        Self::OfficeRecorded,
        Self::OfficeWithdrawn,
        Self::TenureRecorded,
        Self::TenureWithdrawn,
        Self::TopicRecorded,
        Self::TopicWithdrawn,
        Self::RulingMade,
    ];

    /// The name in an envelope.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StoryReported => "story.reported",
            Self::StoryRevised => "story.revised",
            Self::StoryRetracted => "story.retracted",
            Self::StorySighted => "story.sighted",
            Self::OfficialRecorded => "official.recorded",
            Self::OfficialWithdrawn => "official.withdrawn",
            Self::OrganisationRecorded => "organisation.recorded",
            Self::OrganisationWithdrawn => "organisation.withdrawn",
            Self::OfficeRecorded => "office.recorded",
            Self::OfficeWithdrawn => "office.withdrawn",
            Self::TenureRecorded => "tenure.recorded",
            Self::TenureWithdrawn => "tenure.withdrawn",
            Self::TopicRecorded => "topic.recorded",
            Self::TopicWithdrawn => "topic.withdrawn",
            Self::RulingMade => "ruling.made",
        }
    }

    /// Version of the shape that this program writes.
    pub const fn version(self) -> u16 {
        match self {
            Self::StoryReported | Self::StoryRevised => 2,
            Self::StoryRetracted
            | Self::StorySighted
            | Self::OfficialRecorded
            | Self::OfficialWithdrawn
            | Self::OrganisationRecorded
            | Self::OrganisationWithdrawn
            | Self::OfficeRecorded
            | Self::OfficeWithdrawn
            | Self::TenureRecorded
            | Self::TenureWithdrawn
            | Self::TopicRecorded
            | Self::TopicWithdrawn
            | Self::RulingMade => 1,
        }
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for EventKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

impl Event {
    /// Type of this event.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::StoryReported(_) => EventKind::StoryReported,
            Self::StoryRevised(_) => EventKind::StoryRevised,
            Self::StoryRetracted(_) => EventKind::StoryRetracted,
            Self::StorySighted(_) => EventKind::StorySighted,
            Self::OfficialRecorded(_) => EventKind::OfficialRecorded,
            Self::OfficialWithdrawn(_) => EventKind::OfficialWithdrawn,
            Self::OrganisationRecorded(_) => EventKind::OrganisationRecorded,
            Self::OrganisationWithdrawn(_) => EventKind::OrganisationWithdrawn,
            Self::OfficeRecorded(_) => EventKind::OfficeRecorded,
            Self::OfficeWithdrawn(_) => EventKind::OfficeWithdrawn,
            Self::TenureRecorded(_) => EventKind::TenureRecorded,
            Self::TenureWithdrawn(_) => EventKind::TenureWithdrawn,
            Self::TopicRecorded(_) => EventKind::TopicRecorded,
            Self::TopicWithdrawn(_) => EventKind::TopicWithdrawn,
            Self::RulingMade(_) => EventKind::RulingMade,
        }
    }

    /// The stream that holds the events of the thing this one is about.
    pub fn stream(&self) -> StreamId {
        match self {
            Self::StoryReported(it) => it.story.stream(),
            Self::StoryRevised(it) => it.story.stream(),
            Self::StoryRetracted(it) => it.story.stream(),
            Self::StorySighted(it) => it.story.stream(),
            Self::OfficialRecorded(it) => named("official", it.id.as_str()),
            Self::OfficialWithdrawn(it) => named("official", it.id.as_str()),
            Self::OrganisationRecorded(it) => named("organisation", it.id.as_str()),
            Self::OrganisationWithdrawn(it) => named("organisation", it.id.as_str()),
            Self::OfficeRecorded(it) => named("office", it.id.as_str()),
            Self::OfficeWithdrawn(it) => named("office", it.id.as_str()),
            Self::TenureRecorded(it) => named("tenure", it.id().as_str()),
            Self::TenureWithdrawn(it) => named("tenure", it.id.as_str()),
            Self::TopicRecorded(it) => named("topic", it.id.as_str()),
            Self::TopicWithdrawn(it) => named("topic", it.id.as_str()),
            Self::RulingMade(it) => it.story().stream(),
        }
    }

    /// The event ready to be appended. Its id follows from stream, type and data, so the same fact made twice has
    /// the same id. `source` says who says so, `time` when it was found out.
    ///
    /// # Panics
    /// Never: each shape is plain data that has a JSON form.
    pub fn into_new(self, source: &str, time: DateTime<Utc>) -> NewEvent {
        let (stream, kind) = (self.stream(), self.kind());
        let data = self.payload().expect("plain data has a JSON form");
        let name = format!("{stream}\n{kind}\n{}", data.as_json());
        NewEvent {
            id: Uuid::new_v5(&NAMESPACE, name.as_bytes()),
            stream,
            kind: kind.as_str().to_owned(),
            version: kind.version(),
            source: source.to_owned(),
            time,
            correlation: None,
            causation: None,
            data,
        }
    }

    fn payload(&self) -> Result<Payload, serde_json::Error> {
        match self {
            Self::StoryReported(it) => Payload::of(it),
            Self::StoryRevised(it) => Payload::of(it),
            Self::StoryRetracted(it) => Payload::of(it),
            Self::StorySighted(it) => Payload::of(it),
            Self::OfficialRecorded(it) => Payload::of(it),
            Self::OfficialWithdrawn(it) => Payload::of(it),
            Self::OrganisationRecorded(it) => Payload::of(it),
            Self::OrganisationWithdrawn(it) => Payload::of(it),
            Self::OfficeRecorded(it) => Payload::of(it),
            Self::OfficeWithdrawn(it) => Payload::of(it),
            Self::TenureRecorded(it) => Payload::of(it),
            Self::TenureWithdrawn(it) => Payload::of(it),
            Self::TopicRecorded(it) => Payload::of(it),
            Self::TopicWithdrawn(it) => Payload::of(it),
            Self::RulingMade(it) => Payload::of(it),
        }
    }
}

/// The stream of a named thing. Names are ids, or made of ids, and those fit into a stream's name; one that is too
/// long is shortened to its digest.
fn named(kind: &str, id: &str) -> StreamId {
    StreamId::new(&format!("{kind}-{id}")).unwrap_or_else(|_| {
        let digest = Uuid::new_v5(&NAMESPACE, id.as_bytes());
        StreamId::new(&format!("{kind}-{digest}")).expect("a UUID is a good name")
    })
}
