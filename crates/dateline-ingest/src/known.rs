//! What the log already tells of a story, as far as the decision needs it.

use std::collections::{BTreeMap, BTreeSet};

use dateline_event::story::{PageRef, Story, digest};
use dateline_event::{Event, StoryId};

use crate::address::canonical;
use crate::identity::{text_digest, whole_text};
use crate::sketch::Sketch;

/// What the log tells of one story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownStory {
    /// [`text_digest`] of every text that the story ever had.
    digests: BTreeSet<String>,
    latest: Sketch,
    /// Of the texts before the latest.
    earlier: Vec<Sketch>,
    retracted: bool,
    /// The pages that print it, each by [`page_key`].
    pages: BTreeSet<u64>,
}

/// A number for a page, the same whenever it is captured. Numbers of two pages of one story could only be equal by an
/// accident of one in 2^64.
fn page_key(page: &PageRef) -> u64 {
    let name = page.address.as_deref().map(canonical);
    let digest = digest(name.as_deref().unwrap_or(&page.digest).as_bytes());
    let hex = digest.rsplit(':').next().and_then(|it| it.get(..16));
    hex.and_then(|it| u64::from_str_radix(it, 16).ok()).unwrap_or_default()
}

impl KnownStory {
    /// A story that was reported as `first`.
    pub fn reported(first: &Story, page: &PageRef) -> Self {
        let digests = BTreeSet::from([text_digest(first)]);
        let pages = BTreeSet::from([page_key(page)]);
        let latest = Sketch::of(&whole_text(first));
        Self { digests, latest, earlier: Vec::new(), retracted: false, pages }
    }

    /// The story was revised and now says `text`.
    pub fn revised(&mut self, text: &Story, page: &PageRef) {
        self.sighted(page);
        self.digests.insert(text_digest(text));
        let before = std::mem::replace(&mut self.latest, Sketch::of(&whole_text(text)));
        self.earlier.push(before);
    }

    /// A page prints the story.
    pub fn sighted(&mut self, page: &PageRef) {
        self.pages.insert(page_key(page));
    }

    /// Whether it was read on `page` before.
    pub fn is_known_on(&self, page: &PageRef) -> bool {
        self.pages.contains(&page_key(page))
    }

    /// The story was retracted.
    pub fn retract(&mut self) {
        self.retracted = true;
    }

    /// Whether the story was retracted.
    pub const fn is_retracted(&self) -> bool {
        self.retracted
    }

    /// Whether the story ever said just this.
    pub(crate) fn has_said(&self, digest: &str) -> bool {
        self.digests.contains(digest)
    }

    /// Whether all of `text` stands in one text that the story ever had.
    pub(crate) fn has_said_more(&self, text: &Sketch) -> bool {
        self.earlier.iter().chain([&self.latest]).any(|it| text.is_part_of(it))
    }

    /// What the story says at present.
    pub(crate) const fn latest(&self) -> &Sketch {
        &self.latest
    }
}

/// What the log tells of stories. Implemented by whoever has folded the log.
pub trait KnownStories {
    /// What is known of `story`; `None` when the log has never told of it.
    fn known(&self, story: StoryId) -> Option<KnownStory>;
}

/// The fold of a log that answers [`KnownStories`]: give it every event, in the order of the log.
#[derive(Debug, Clone, Default)]
pub struct StoriesSoFar(BTreeMap<StoryId, KnownStory>);

impl StoriesSoFar {
    /// Takes one event. Those that are not about a story's text change nothing.
    pub fn fold(&mut self, event: &Event) {
        match event {
            Event::StoryReported(it) => self.tell(it.story, &it.content, &it.page),
            Event::StoryRevised(it) => self.tell(it.story, &it.content, &it.page),
            Event::StoryRetracted(it) => {
                if let Some(known) = self.0.get_mut(&it.story) {
                    known.retract();
                }
            }
            Event::StorySighted(it) => {
                if let Some(known) = self.0.get_mut(&it.story) {
                    known.sighted(&it.page);
                }
            }
            Event::OfficialRecorded(_)
            | Event::OfficialWithdrawn(_)
            | Event::OrganisationRecorded(_)
            | Event::OrganisationWithdrawn(_)
            | Event::OfficeRecorded(_)
            | Event::OfficeWithdrawn(_)
            | Event::TenureRecorded(_)
            | Event::TenureWithdrawn(_)
            | Event::TopicRecorded(_)
            | Event::TopicWithdrawn(_)
            | Event::RulingMade(_) => {}
        }
    }

    fn tell(&mut self, story: StoryId, text: &Story, page: &PageRef) {
        match self.0.get_mut(&story) {
            Some(known) => known.revised(text, page),
            None => {
                self.0.insert(story, KnownStory::reported(text, page));
            }
        }
    }
}

impl KnownStories for StoriesSoFar {
    fn known(&self, story: StoryId) -> Option<KnownStory> {
        self.0.get(&story).cloned()
    }
}
