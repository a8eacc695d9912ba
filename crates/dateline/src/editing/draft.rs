//! What pages bring that is new, before any of it is written.

use std::collections::BTreeMap;

use dateline_event::{Event, NewEvent, SourceId, StoryId};
use dateline_graphql::StoryOutcome;
use dateline_ingest::{Decision, KnownStories, KnownStory, Reading, StoriesSoFar, decide};
use dateline_log::limits::MAX_EVENT_BYTES;

use crate::clock;

/// Bytes that an envelope may add to the data of an event.
pub(super) const ENVELOPE_BYTES: usize = 2048;

/// The events that pages bring, over what the log says.
pub(super) struct Draft<'a> {
    source: &'a SourceId,
    overlay: Overlay<'a>,
    facts: Vec<(Event, NewEvent)>,
    stories: Vec<(StoryId, StoryOutcome)>,
    warnings: Vec<String>,
}

/// Events with what is to be written of them, stories with what became of them, and warnings.
type Parts = (Vec<(Event, NewEvent)>, Vec<(StoryId, StoryOutcome)>, Vec<String>);

impl<'a> Draft<'a> {
    pub(super) fn over(known: &'a StoriesSoFar, source: &'a SourceId) -> Self {
        let overlay = Overlay { base: known, changed: BTreeMap::new() };
        let (facts, stories, warnings) = (Vec::new(), Vec::new(), Vec::new());
        Self { source, overlay, facts, stories, warnings }
    }

    /// Takes what was read of the page that is called `name`.
    pub(super) fn take(&mut self, name: &str, reading: &Reading) {
        self.warnings.extend(reading.warnings.iter().map(|it| format!("{name}: {it}")));
        for decision in decide(&self.overlay, self.source, reading) {
            match decision {
                Decision::Unchanged(id) => self.stories.push((id, StoryOutcome::Unchanged)),
                Decision::Retracted(id) => self.stories.push((id, StoryOutcome::Retracted)),
                Decision::Reported(event) => self.add(name, event, StoryOutcome::Reported),
                Decision::Sighted(event) => self.add(name, event, StoryOutcome::Sighted),
                Decision::Revised(event) => self.add(name, event, StoryOutcome::Revised),
            }
        }
    }

    /// One over the log's limit is a warning.
    fn add(&mut self, name: &str, event: Event, outcome: StoryOutcome) {
        let Some(story) = story(&event) else { return };
        let source = format!("urn:dateline:source:{}", self.source);
        let new = event.clone().into_new(&source, clock::now());
        let bytes = new.data.as_json().len() + ENVELOPE_BYTES;
        if bytes > MAX_EVENT_BYTES {
            let message = format!(
                "{name}: a story has {bytes} bytes, the log takes {MAX_EVENT_BYTES}; left out"
            );
            self.warnings.push(message);
            return;
        }
        self.overlay.fold(&event);
        self.stories.push((story, outcome));
        self.facts.push((event, new));
    }

    pub(super) fn into_parts(self) -> Parts {
        (self.facts, self.stories, self.warnings)
    }
}

fn story(event: &Event) -> Option<StoryId> {
    if let Event::StoryReported(it) = event {
        Some(it.story)
    } else if let Event::StoryRevised(it) = event {
        Some(it.story)
    } else if let Event::StorySighted(it) = event {
        Some(it.story)
    } else {
        None
    }
}

/// What the log says, with what the draft adds: the log itself stays as it is, since the draft may come to nothing.
struct Overlay<'a> {
    base: &'a StoriesSoFar,
    changed: BTreeMap<StoryId, KnownStory>,
}

impl KnownStories for Overlay<'_> {
    fn known(&self, story: StoryId) -> Option<KnownStory> {
        self.changed.get(&story).cloned().or_else(|| self.base.known(story))
    }
}

impl Overlay<'_> {
    fn fold(&mut self, event: &Event) {
        let Some(story) = story(event) else { return };
        let mut known = self.known(story);
        if let Event::StoryReported(it) = event {
            known = Some(KnownStory::reported(&it.content, &it.page));
        } else if let (Event::StoryRevised(it), Some(known)) = (event, &mut known) {
            known.revised(&it.content, &it.page);
        } else if let (Event::StorySighted(it), Some(known)) = (event, &mut known) {
            known.sighted(&it.page);
        }
        self.changed.extend(known.map(|it| (story, it)));
    }
}
