//! Reads events, and packs what was found in their stories: the work that threads share.

use std::sync::Arc;

use dateline_event::{Envelope, Event, Position, StoryId};

use super::Source;
use super::first_bad;
use crate::annotate::Prepared;
use crate::directory::Directory;
use crate::facts::{At, Facts};
use crate::fold::{FoldError, decode};
use crate::kin::Said;
use crate::part::{About, Part};
use crate::projector::FollowError;
use crate::record::StoryRecord;
use crate::shelf::Shelf;
use crate::stored::{Listing, Stored};

/// What an event says, ready to be gathered.
pub(crate) struct Draft {
    pub(crate) at: At,
    pub(crate) of: Drafted,
    pub(crate) said: Said,
}

pub(crate) enum Drafted {
    /// A text, packed as the story that it is if nothing else is said of it.
    Text(Box<(Stored, Listing)>),
    /// Anything else that is said of a story.
    Part(StoryId, Part),
    /// Nothing about a story.
    Registry,
}

/// The events of a share up to the first one that cannot be read, and why that one cannot.
pub(crate) type Share = (Vec<Draft>, Option<(Position, FollowError)>);

/// Reads stories under one registry.
pub(crate) struct Reader<'a> {
    pub(crate) prepared: &'a Prepared,
    pub(crate) shelf: &'a Shelf,
    pub(crate) directory: &'a Directory,
}

impl Reader<'_> {
    /// Reads `limit` events from `from` on, all of which the log must have.
    pub(crate) fn read(&self, source: &dyn Source, from: Position, limit: usize) -> Share {
        let mut drafts = Vec::with_capacity(limit);
        let mut wanted = from;
        for envelope in source.read(from, limit) {
            let envelope = match envelope {
                Ok(it) => it,
                Err(why) => return (drafts, Some((first_bad(&why).max(wanted), why.into()))),
            };
            match self.draft(&envelope, wanted) {
                Ok(draft) => drafts.push(draft),
                Err(why) => return (drafts, Some((wanted, why.into()))),
            }
            wanted = wanted.next();
        }
        let missing = (drafts.len() < limit)
            .then_some((wanted, FollowError::Fold(FoldError::Missing { wanted })));
        (drafts, missing)
    }

    fn draft(&self, envelope: &Envelope, wanted: Position) -> Result<Draft, FoldError> {
        let event = decode(envelope, wanted)?;
        let at = At { position: envelope.position, recorded: envelope.recorded };
        let said = Said::of_copies(&event);
        let of = match About::of(event) {
            About::Registry(_) => Drafted::Registry,
            About::Story(id, Part::Text(text)) => self.text(id, found_in(at, *text, self.prepared)),
            About::Story(id, part) => Drafted::Part(id, part),
        };
        Ok(Draft { at, of, said })
    }

    fn text(&self, id: StoryId, facts: Facts) -> Drafted {
        match StoryRecord::new(id, facts, &self.directory.registry) {
            Some(record) => {
                let stored = Stored::new(&record, self.shelf);
                Drafted::Text(Box::new((stored, Listing::of(&record, self.directory))))
            }
            // A text makes a reading.
            None => Drafted::Registry,
        }
    }
}

/// The facts of a story with one text.
fn found_in(
    at: At,
    text: (dateline_event::SourceId, dateline_event::story::PageRef, dateline_event::story::Story),
    prepared: &Prepared,
) -> Facts {
    let found = Arc::new(prepared(&text.2));
    let mut facts = Facts::default();
    facts.take_found(Part::revision(at, text), found);
    facts
}

/// The facts that the text in `envelope` makes alone.
pub(super) fn texts(envelope: &Envelope, prepared: &Prepared) -> Option<Facts> {
    let at = At { position: envelope.position, recorded: envelope.recorded };
    match About::of(Event::decode(envelope).ok()?) {
        About::Story(_, Part::Text(text)) => Some(found_in(at, *text, prepared)),
        About::Story(_, _) | About::Registry(_) => None,
    }
}
