//! The sources of an entry: who put the same story out.

use std::sync::Arc;

use async_graphql::Object;
use dateline_event::link::story_link;
use dateline_projector::{Entry, Reading, StoryRecord};

use super::date::UncertainDate;
use super::log::LogPoint;
use super::page::PageObject;
use super::story::{StoryObject, StoryRoleValue};

/// Most sources of an entry in one answer.
const MAX_SOURCES: usize = 100;

/// One of the sources of an entry.
pub(crate) struct EntrySource<'a> {
    record: &'a Arc<StoryRecord>,
    reading: &'a Arc<Reading>,
    is_shown: bool,
}

/// The sources of `entry`, the one that gives it its place first.
pub(crate) fn sources(entry: &Entry) -> Vec<EntrySource<'_>> {
    let shown = entry.reading();
    let source =
        |(record, reading)| EntrySource { record, reading, is_shown: Arc::ptr_eq(reading, shown) };
    entry.copies().take(MAX_SOURCES).map(source).collect()
}

/// One of the sources of an entry: a story that is the same as the others of the entry, as its source put it out. A copy
/// of an agency's text, a near-duplicate, or a teaser for an article of the same source.
#[Object(name = "EntrySource", serial)]
impl EntrySource<'_> {
    /// The address of the story, else that of its page; null where neither is known.
    async fn address(&self) -> Option<&str> {
        let story = self.reading.content().address.as_deref();
        story.or(self.reading.page().address.as_deref())
    }

    /// The page on which it was read, with the digest of the capture.
    async fn page(&self) -> PageObject<'_> {
        PageObject(self.reading.page())
    }

    /// When this source put it out.
    async fn published(&self) -> UncertainDate<'_> {
        UncertainDate(&self.reading.annotation().published)
    }

    /// The event from which on this source's story was read like this.
    async fn recorded_at(&self) -> LogPoint {
        LogPoint::new(self.reading.recorded_at(), self.reading.recorded())
    }

    /// Whether it is what its page is about.
    async fn role(&self) -> StoryRoleValue {
        self.reading.content().role.into()
    }

    /// Whether it is the one that the entry shows: its `story`, `statements` and dates.
    async fn shown(&self) -> bool {
        self.is_shown
    }

    /// Who put it out: a site or agency.
    async fn source(&self) -> &str {
        self.reading.source().as_str()
    }

    /// The story of this source.
    async fn story(&self) -> StoryObject {
        StoryObject::of(self.record, self.reading)
    }

    /// Its identity in the log: `story { storyId }` without the story.
    async fn story_id(&self) -> String {
        self.reading.story().to_string()
    }

    /// The address with a text fragment that makes a browser show its headline, or its first words; null where there is
    /// no address.
    async fn text_fragment_url(&self) -> Option<String> {
        story_link(self.reading.page(), self.reading.content())
    }
}
