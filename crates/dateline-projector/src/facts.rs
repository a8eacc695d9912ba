//! What the log says of one story, event by event, before anything is read out of it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use dateline_annotate::Annotation;
use dateline_event::Position;
use dateline_event::event::Ruling;
use dateline_event::story::StorySighted;

use crate::story::{Revision, RulingRecord, Sighting};

/// The events of a story, each kind in the order of the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Facts {
    pub(crate) revisions: Vec<Arc<Revision>>,
    /// What the annotator finds in the first of `revisions`; those behind have not been read yet.
    pub(crate) found: Vec<Arc<Annotation>>,
    pub(crate) retractions: Vec<Retraction>,
    pub(crate) rulings: Vec<Arc<RulingRecord>>,
    pub(crate) sightings: Vec<Arc<Sighting>>,
}

/// A retraction with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Retraction {
    pub(crate) position: Position,
    pub(crate) reason: Arc<str>,
}

/// Where an event stands, and when the log took it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At {
    pub(crate) position: Position,
    pub(crate) recorded: DateTime<Utc>,
}

impl Facts {
    /// Takes in a text that the story has, and says whether it was kept. A text that the story has already, from the
    /// same page, changes nothing; a text after a retraction makes the story count again.
    pub(crate) fn text(&mut self, revision: Revision) -> bool {
        let repeats = self.counts() && self.revisions.last().is_some_and(|it| it.says(&revision));
        if !repeats {
            self.revisions.push(Arc::new(revision));
        }
        !repeats
    }

    /// Takes in a retraction. One of a story that does not count changes nothing.
    pub(crate) fn retract(&mut self, position: Position, reason: &str) {
        if self.counts() {
            self.retractions.push(Retraction { position, reason: reason.into() });
        }
    }

    /// Takes in a page that prints the story.
    pub(crate) fn sight(&mut self, at: At, sighted: StorySighted) {
        let At { position, recorded } = at;
        let StorySighted { story: _, source: _, page, role, spans, published } = sighted;
        let sighting = Sighting { position, recorded, page, role, spans, published };
        self.sightings.push(Arc::new(sighting));
    }

    /// Takes in a ruling.
    pub(crate) fn rule(&mut self, at: At, ruling: Ruling) {
        let At { position, recorded } = at;
        self.rulings.push(Arc::new(RulingRecord { position, recorded, ruling }));
    }

    /// Position of the last event that bears on how the story reads.
    pub(crate) fn changed_at(&self) -> Option<Position> {
        let text = self.revisions.last().map(|it| it.position);
        let retraction = self.retractions.last().map(|it| it.position);
        let ruling = self.rulings.last().map(|it| it.position);
        text.max(retraction).max(ruling)
    }

    /// Whether the story has a text that is not retracted.
    pub(crate) fn counts(&self) -> bool {
        let reported = self.revisions.last().map(|it| it.position);
        let retracted = self.retractions.last().map(|it| it.position);
        reported > retracted
    }
}

impl Revision {
    /// Whether `other` is the same text from the same page.
    fn says(&self, other: &Self) -> bool {
        self.content == other.content && self.page == other.page && self.source == other.source
    }
}
