//! Goes through the events of a story in their order and says what the record read when.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use dateline_annotate::{Annotation, Registry};
use dateline_event::{Position, StoryId};

use crate::facts::{At, Facts};
use crate::ruling::{Ruled, overrule};
use crate::story::{Reading, Revision, Superseded, SupersededBy};

/// Every reading of a story, oldest first. A function of the story's events, of what the annotator found in its texts
/// and of the registry alone, so it does not matter in which steps the events came in.
pub(crate) fn readings(id: StoryId, facts: &Facts, registry: &Registry) -> Vec<Arc<Reading>> {
    let Some(first) = facts.revisions.first() else { return Vec::new() };
    let mut walk = Walk {
        id,
        reported_at: first.position,
        registry,
        ruled: Vec::new(),
        text: None,
        readings: Vec::new(),
    };
    for (_, event) in in_order(facts) {
        match event {
            Happening::Text(revision, found) => walk.text(revision, found),
            Happening::Retraction(position) => walk.retraction(position),
            Happening::Ruling(at, ruling) => walk.ruling(at, ruling),
        }
    }
    walk.readings.into_iter().map(Arc::new).collect()
}

enum Happening<'a> {
    Text(&'a Arc<Revision>, &'a Arc<Annotation>),
    Retraction(Position),
    Ruling(At, &'a dateline_event::event::Ruling),
}

fn in_order(facts: &Facts) -> Vec<(Position, Happening<'_>)> {
    let texts = facts.revisions.iter().zip(&facts.found);
    let texts = texts.map(|(it, found)| (it.position, Happening::Text(it, found)));
    let retractions = facts.retractions.iter();
    let retractions = retractions.map(|it| (it.position, Happening::Retraction(it.position)));
    let rulings = facts.rulings.iter().map(|it| {
        let at = At { position: it.position, recorded: it.recorded };
        (it.position, Happening::Ruling(at, &it.ruling))
    });
    let mut all: Vec<_> = texts.chain(retractions).chain(rulings).collect();
    all.sort_unstable_by_key(|(position, _)| *position);
    all
}

struct Walk<'a> {
    id: StoryId,
    reported_at: Position,
    registry: &'a Registry,
    ruled: Vec<Ruled<'a>>,
    /// The latest text, retracted or not.
    text: Option<(&'a Arc<Revision>, &'a Arc<Annotation>)>,
    readings: Vec<Reading>,
}

impl<'a> Walk<'a> {
    fn text(&mut self, revision: &'a Arc<Revision>, found: &'a Arc<Annotation>) {
        self.text = Some((revision, found));
        self.end(revision.position, SupersededBy::Revision);
        if let Some(annotation) = self.read() {
            self.begin(revision, annotation, revision.position, revision.recorded);
        }
    }

    fn retraction(&mut self, position: Position) {
        self.end(position, SupersededBy::Retraction);
    }

    fn ruling(&mut self, at: At, ruling: &'a dateline_event::event::Ruling) {
        let seen = self.text.map(|(revision, _)| &**revision);
        self.ruled.push(Ruled { ruling, seen });
        let Some(current) = self.readings.last().filter(|it| it.superseded.is_none()) else {
            return;
        };
        let (revision, before) = (Arc::clone(&current.revision), Arc::clone(&current.annotation));
        if let Some(annotation) = self.read().filter(|it| *it != before) {
            self.end(at.position, SupersededBy::Ruling);
            self.begin(&revision, annotation, at.position, at.recorded);
        }
    }

    /// The latest text under all rulings so far.
    fn read(&self) -> Option<Arc<Annotation>> {
        let (revision, found) = self.text?;
        Some(overrule(found, revision, &self.ruled, self.registry))
    }

    fn begin(
        &mut self,
        revision: &Arc<Revision>,
        annotation: Arc<Annotation>,
        recorded_at: Position,
        recorded: DateTime<Utc>,
    ) {
        self.readings.push(Reading {
            story: self.id,
            reported_at: self.reported_at,
            revision: Arc::clone(revision),
            annotation,
            recorded_at,
            recorded,
            superseded: None,
        });
    }

    fn end(&mut self, at: Position, by: SupersededBy) {
        if let Some(reading) = self.readings.last_mut().filter(|it| it.superseded.is_none()) {
            reading.superseded = Some(Superseded { at, by });
        }
    }
}
