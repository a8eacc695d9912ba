//! Turns what was read of a page into the events to append.

use std::collections::BTreeMap;

use dateline_event::story::{PageRef, Story, StoryReported, StoryRevised, StorySighted};
use dateline_event::{Event, SourceId, Span, StoryId};

use crate::capture::Reading;
use crate::identity::{fingerprint, identity, text_digest, whole_text};
use crate::known::{KnownStories, KnownStory};
use crate::sketch::Sketch;

/// What is to be done about one story of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// The log has never told of it: append this.
    Reported(Event),
    /// It says something that it never said before: append this.
    Revised(Event),
    /// It says what it once said already, or the capture was cut before its end, and it was never read on this page:
    /// append this.
    Sighted(Event),
    /// It says what it once said already, or the capture was cut before its end: append nothing.
    Unchanged(StoryId),
    /// It was retracted, and a page that still prints it does not bring it back: append nothing.
    Retracted(StoryId),
}

impl Decision {
    /// The event to append, where there is one.
    pub const fn event(&self) -> Option<&Event> {
        match self {
            Self::Reported(event) | Self::Revised(event) | Self::Sighted(event) => Some(event),
            Self::Unchanged(_) | Self::Retracted(_) => None,
        }
    }
}

/// Decides about every story of `reading`, a page put out by `source`, in the order of the page.
/// Deciding again with the events folded into `known` gives no event.
///
/// A text that a story ever had is never news, so two captures that alternate append two events in
/// all. A page that prints a known text, and is read for the first time, is one sighting of it. A text that shares nothing with what the story of its address or headline says is a story
/// of its own.
pub fn decide(known: &dyn KnownStories, source: &SourceId, reading: &Reading) -> Vec<Decision> {
    let mut desk = Desk { known, source, page: &reading.page, decided: BTreeMap::new() };
    reading.stories.iter().map(|it| desk.decide(it)).collect()
}

/// What is known while a page is gone through.
struct Desk<'a> {
    known: &'a dyn KnownStories,
    source: &'a SourceId,
    page: &'a PageRef,
    /// What the stories of this page that were decided on have made known.
    decided: BTreeMap<StoryId, KnownStory>,
}

impl Desk<'_> {
    fn known(&self, story: StoryId) -> Option<KnownStory> {
        self.decided.get(&story).cloned().or_else(|| self.known.known(story))
    }

    fn decide(&mut self, story: &Story) -> Decision {
        let id = identity(self.source, self.page.address.as_deref(), story);
        let Some(known) = self.known(id) else { return self.report(id, story) };
        let text = Sketch::of(&whole_text(story));
        let said =
            known.has_said(&text_digest(story)) || (is_cut(story) && known.has_said_more(&text));
        // A text that this page has as a story of its own stays one, though the other may be alike by now.
        if !said && (!known.latest().is_like(&text) || self.is_own_story_here(story)) {
            return self.other_story(story);
        }
        if known.is_retracted() {
            return Decision::Retracted(id);
        }
        if said {
            return self.sight(id, known, story);
        }
        self.revise(id, known, story)
    }

    /// Decides about a story whose address or headline belongs to another one.
    fn other_story(&mut self, story: &Story) -> Decision {
        let id = fingerprint(self.source, story);
        match self.known(id) {
            None => self.report(id, story),
            Some(known) if known.is_retracted() => Decision::Retracted(id),
            Some(known) => self.sight(id, known, story),
        }
    }

    /// Whether the page was read before with just this text as a story that goes by its text.
    fn is_own_story_here(&self, story: &Story) -> bool {
        let known = self.known(fingerprint(self.source, story));
        known.is_some_and(|it| it.is_known_on(self.page))
    }

    fn report(&mut self, id: StoryId, story: &Story) -> Decision {
        self.decided.insert(id, KnownStory::reported(story, self.page));
        Decision::Reported(Event::StoryReported(Box::new(StoryReported {
            story: id,
            source: self.source.clone(),
            page: self.page.clone(),
            content: story.clone(),
        })))
    }

    fn sight(&mut self, id: StoryId, mut known: KnownStory, story: &Story) -> Decision {
        if known.is_known_on(self.page) {
            return Decision::Unchanged(id);
        }
        known.sighted(self.page);
        self.decided.insert(id, known);
        Decision::Sighted(Event::StorySighted(Box::new(StorySighted {
            story: id,
            source: self.source.clone(),
            page: self.page.clone(),
            role: story.role,
            spans: places(story),
            published: story.published.clone(),
        })))
    }

    fn revise(&mut self, id: StoryId, mut known: KnownStory, story: &Story) -> Decision {
        known.revised(story, self.page);
        self.decided.insert(id, known);
        Decision::Revised(Event::StoryRevised(Box::new(StoryRevised {
            story: id,
            source: self.source.clone(),
            page: self.page.clone(),
            content: story.clone(),
        })))
    }
}

/// Where a story stands on its page: its headline, and its text from the first to the last character.
fn places(story: &Story) -> Vec<Span> {
    let title = story.title.as_ref().map(|it| it.span);
    let start = story.pieces.iter().map(|it| it.page.start).min();
    let end = story.pieces.iter().map(|it| it.page.end).max();
    let body = start.zip(end).map(|(start, end)| Span::new(start, end));
    title.into_iter().chain(body).collect()
}

/// Whether the text ends in the middle of a sentence, as that of a capture that was cut does.
fn is_cut(story: &Story) -> bool {
    let closing = ['"', '”', '’', '»', ')', '\'', ']', ' '];
    !story.body.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':', ';'])
}
