//! What one event says of a story, and how parts become the facts of it.

use std::sync::Arc;

use dateline_annotate::Annotation;
use dateline_event::event::Ruling;
use dateline_event::story::StorySighted;
use dateline_event::{Event, SourceId, StoryId, story};

use crate::facts::{At, Facts};
use crate::story::Revision;

/// What an event is about.
#[derive(Debug)]
pub(crate) enum About {
    /// One story, or the two of a ruling.
    Story(StoryId, Part),
    /// The registry or the scheme of topics.
    Registry(Box<Event>),
}

/// What an event says of a story.
#[derive(Debug)]
pub(crate) enum Part {
    /// It has this text.
    Text(Box<(SourceId, story::PageRef, story::Story)>),
    Retraction(String),
    Sighting(Box<StorySighted>),
    Ruling(Ruling),
}

impl About {
    pub(crate) fn of(event: Event) -> Self {
        match event {
            Event::StoryReported(it) => {
                Self::Story(it.story, Part::Text(Box::new((it.source, it.page, it.content))))
            }
            Event::StoryRevised(it) => {
                Self::Story(it.story, Part::Text(Box::new((it.source, it.page, it.content))))
            }
            Event::StoryRetracted(it) => Self::Story(it.story, Part::Retraction(it.reason)),
            Event::StorySighted(it) => Self::Story(it.story, Part::Sighting(it)),
            Event::RulingMade(it) => Self::Story(it.story(), Part::Ruling(it)),
            registry @ (Event::OfficialRecorded(_)
            | Event::OfficialWithdrawn(_)
            | Event::OrganisationRecorded(_)
            | Event::OrganisationWithdrawn(_)
            | Event::OfficeRecorded(_)
            | Event::OfficeWithdrawn(_)
            | Event::TenureRecorded(_)
            | Event::TenureWithdrawn(_)
            | Event::TopicRecorded(_)
            | Event::TopicWithdrawn(_)) => Self::Registry(Box::new(registry)),
        }
    }
}

impl Part {
    /// The other story that it is about, where there is one.
    pub(crate) fn other(&self, story: StoryId) -> Option<StoryId> {
        match self {
            Self::Ruling(Ruling::Same { other, .. }) if *other != story => Some(*other),
            Self::Ruling(_) | Self::Text(_) | Self::Retraction(_) | Self::Sighting(_) => None,
        }
    }

    /// The revision that a text makes.
    pub(crate) fn revision(at: At, text: (SourceId, story::PageRef, story::Story)) -> Revision {
        let (At { position, recorded }, (source, page, content)) = (at, text);
        Revision { position, recorded, source, page, content }
    }
}

impl Facts {
    /// Takes in a part. A text that is new is found behind those that are in `found`.
    pub(crate) fn take(&mut self, at: At, part: Part) {
        match part {
            Part::Text(text) => {
                self.text(Part::revision(at, *text));
            }
            Part::Retraction(reason) => self.retract(at.position, &reason),
            Part::Sighting(it) => self.sight(at, *it),
            Part::Ruling(it) => self.rule(at, it),
        }
    }

    /// Takes in a text with what was found in it.
    pub(crate) fn take_found(&mut self, revision: Revision, found: Arc<Annotation>) {
        if self.text(revision) {
            self.found.push(found);
        }
    }
}
