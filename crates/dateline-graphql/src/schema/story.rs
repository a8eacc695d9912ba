//! Stories: what a page says, what was read out of it, and what became of it since.

#![expect(clippy::unused_async, reason = "async-graphql wants every resolver to be async")]

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use dateline_event::link::story_link;
use dateline_event::story::StoryRole;
use dateline_projector::{
    Entry, Reading, Revision, Sighted, StoryRecord, StoryStatus, Superseded, SupersededBy,
};

use super::appearance::AppearanceObject;
use super::as_of::AsOf;
use super::date::{PrintedDateObject, SpanObject, UncertainDate};
use super::global_id::{Kind, encode};
use super::in_order::InOrder;
use super::log::LogPoint;
use super::page::{DatelineObject, FoundObject, PageObject};
use super::scalar::Position;
use super::statement::StatementObject;
use super::topic::TopicMatchObject;
use super::view;

/// Whether a story is what its page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "StoryRole")]
pub(crate) enum StoryRoleValue {
    /// The page's own story.
    Article,
    /// Any other story on the page: a news block, "see also", every item of a list.
    Teaser,
}

impl From<StoryRole> for StoryRoleValue {
    fn from(role: StoryRole) -> Self {
        match role {
            StoryRole::Article => Self::Article,
            StoryRole::Teaser => Self::Teaser,
        }
    }
}

/// What became of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "StoryStatus")]
pub(crate) enum StoryStatusValue {
    /// Its text is the first that was read.
    Reported,
    /// It no longer counts; `retraction` says why. What it said stays in the record.
    Retracted,
    /// Its text was changed at least once.
    Revised,
}

/// What ended a reading of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "SupersededBy")]
pub(crate) enum SupersededByValue {
    /// A copy of the story came, changed or went: the entry has other sources now, or shows another one of them.
    Copy,
    /// The story was retracted.
    Retraction,
    /// The source changed the text.
    Revision,
    /// An editor decided.
    Ruling,
}

/// The end of what the record read in a story for a while.
#[derive(SimpleObject)]
#[graphql(name = "Superseded", serial)]
pub(crate) struct SupersededObject {
    /// What that event was.
    by: SupersededByValue,
    /// Position of the event from which on it no longer counts.
    position: Position,
}

impl From<Superseded> for SupersededObject {
    fn from(superseded: Superseded) -> Self {
        let by = match superseded.by {
            SupersededBy::Retraction => SupersededByValue::Retraction,
            SupersededBy::Revision => SupersededByValue::Revision,
            SupersededBy::Ruling => SupersededByValue::Ruling,
            SupersededBy::Copy => SupersededByValue::Copy,
        };
        Self { by, position: Position(superseded.at) }
    }
}

/// Why a story no longer counts.
#[derive(SimpleObject)]
#[graphql(name = "Retraction", serial)]
pub(crate) struct Retraction {
    /// Position of the event that retracted it.
    position: Position,
    /// Why, in words.
    reason: String,
}

/// A part of a text in another language than the rest.
#[derive(SimpleObject)]
#[graphql(name = "Passage", serial)]
struct PassageObject<'a> {
    /// Its language, as an ISO 639-1 code.
    language: &'a str,
    /// Where it stands on the page.
    span: SpanObject,
}

/// A story with one reading of it.
pub(crate) struct StoryObject {
    record: Arc<StoryRecord>,
    reading: Arc<Reading>,
}

impl StoryObject {
    /// The story as it counts now, or as it was last read before it was retracted.
    pub(crate) fn latest(record: Arc<StoryRecord>) -> Option<Self> {
        let reading = Arc::clone(record.readings().last()?);
        Some(Self { record, reading })
    }

    /// The story of `entry`, as it was read there.
    pub(crate) fn of_entry(entry: &Entry) -> Self {
        Self::of(entry.record(), entry.reading())
    }

    /// The story of `record`, as it was read in `reading`.
    pub(crate) fn of(record: &Arc<StoryRecord>, reading: &Arc<Reading>) -> Self {
        Self { record: Arc::clone(record), reading: Arc::clone(reading) }
    }

    /// The reading of `record` that began at `position`.
    pub(crate) fn read_at(
        record: Arc<StoryRecord>,
        position: dateline_event::Position,
    ) -> Option<Self> {
        let reading = record.readings().iter().find(|it| it.recorded_at() == position).cloned()?;
        Some(Self { record, reading })
    }

    /// What the story says.
    pub(crate) fn reading(&self) -> &Reading {
        &self.reading
    }

    pub(crate) fn status_value(&self) -> StoryStatusValue {
        match self.record.status() {
            StoryStatus::Revised => StoryStatusValue::Revised,
            StoryStatus::Retracted { .. } => StoryStatusValue::Retracted,
            StoryStatus::Reported => StoryStatusValue::Reported,
        }
    }

    fn sightings_at(&self, context: &Context<'_>, as_of: Option<AsOf>) -> Result<Vec<Sighted<'_>>> {
        let view = view(context);
        let as_of = as_of.map(|it| it.within(view)).transpose()?;
        let Some(position) = as_of.map_or(view.position(), |it| view.position_at(it)) else {
            return Ok(Vec::new());
        };
        Ok(self.record.sightings_at(position))
    }

    fn is_latest(&self) -> bool {
        let latest = self.record.readings().last();
        latest.is_none_or(|it| it.recorded_at() == self.reading.recorded_at())
    }
}

/// One piece of news, as its source put it out: what the page says, and what was read out of it.
#[Object(name = "Story", serial)]
impl StoryObject {
    /// The agency that the story is credited to.
    async fn agency(&self) -> Option<FoundObject<'_>> {
        self.reading.annotation().agency.as_ref().map(FoundObject)
    }

    /// Everybody named who holds, held or speaks for an office, in the order of first mention.
    async fn appearances(&self) -> Vec<InOrder<AppearanceObject<'_>>> {
        let appearances = self.reading.annotation().appearances.iter();
        appearances.map(AppearanceObject).map(InOrder).collect()
    }

    /// The text without headline and boilerplate; empty where the page was cut before it.
    async fn body(&self) -> &str {
        &self.reading.content().body
    }

    /// The words before the first sentence that say where and when it was filed.
    async fn dateline(&self) -> Option<DatelineObject<'_>> {
        self.reading.content().dateline.as_ref().map(DatelineObject)
    }

    /// When the story's main event took place in the world.
    async fn happened(&self) -> InOrder<UncertainDate<'_>> {
        InOrder(UncertainDate(&self.reading.annotation().happened))
    }

    /// Its global id. A text that was superseded has an id of its own, so that a client's cache never mixes the two;
    /// `storyId` is the same for all texts of a story.
    pub(crate) async fn id(&self) -> ID {
        let story = self.reading.story();
        if self.is_latest() {
            return encode(Kind::Story, &story.to_string());
        }
        encode(Kind::Story, &format!("{story}@{}", self.reading.recorded_at()))
    }

    /// Language of the text, as an ISO 639-1 code; `und` where it could not be told.
    async fn language(&self) -> &str {
        &self.reading.content().language
    }

    /// Lines of the text that are surely in another language than the rest, in the order of the text.
    async fn passages(&self) -> Vec<PassageObject<'_>> {
        let passages = self.reading.content().passages.iter();
        passages.map(|it| PassageObject { language: &it.language, span: it.span.into() }).collect()
    }

    /// The page on which it was read.
    async fn page(&self) -> InOrder<PageObject<'_>> {
        InOrder(PageObject(self.reading.page()))
    }

    /// Where the story's main event took place.
    async fn place(&self) -> Option<FoundObject<'_>> {
        self.reading.annotation().place.as_ref().map(FoundObject)
    }

    /// When the source put the story out.
    async fn published(&self) -> InOrder<UncertainDate<'_>> {
        InOrder(UncertainDate(&self.reading.annotation().published))
    }

    /// The event from which on it was read like this: a report, a revision or a ruling.
    async fn recorded_at(&self) -> InOrder<LogPoint> {
        InOrder(LogPoint::new(self.reading.recorded_at(), self.reading.recorded()))
    }

    /// Why it no longer counts; null unless `status` is `RETRACTED`.
    async fn retraction(&self) -> Option<Retraction> {
        match self.record.status() {
            StoryStatus::Retracted { at, reason } => {
                Some(Retraction { position: Position(at), reason })
            }
            StoryStatus::Reported | StoryStatus::Revised => None,
        }
    }

    /// Every text that the story had, oldest first.
    async fn revisions(&self) -> Vec<RevisionObject<'_>> {
        self.record.revisions().iter().map(|it| RevisionObject(it)).collect()
    }

    /// Whether it is what its page is about.
    async fn role(&self) -> StoryRoleValue {
        self.reading.content().role.into()
    }

    /// On how many pages it was seen, `asOf` or now.
    async fn sighting_count(&self, context: &Context<'_>, as_of: Option<AsOf>) -> Result<i32> {
        let count = self.sightings_at(context, as_of)?.len();
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// The pages on which it was seen, `asOf` or now, the first one first: at most the first 100. What a page prints of
    /// it beyond its text, such as a date, is evidence for that page alone.
    async fn sightings(
        &self,
        context: &Context<'_>,
        as_of: Option<AsOf>,
    ) -> Result<Vec<SightingObject<'_>>> {
        let all = self.sightings_at(context, as_of)?.into_iter();
        Ok(all.take(MAX_SIGHTINGS).map(SightingObject).collect())
    }

    /// Who put it out: a site or agency.
    async fn source(&self) -> &str {
        self.reading.source().as_str()
    }

    /// What the story says that somebody said, in the order of the text.
    async fn statements(&self) -> Vec<InOrder<StatementObject<'_>>> {
        let object = |statement| InOrder(StatementObject { reading: &self.reading, statement });
        self.reading.annotation().statements.iter().map(object).collect()
    }

    /// What became of it, at the position of the view.
    async fn status(&self) -> StoryStatusValue {
        self.status_value()
    }

    /// Its identity in the log: a UUID that the same story gets whenever it is read.
    async fn story_id(&self) -> String {
        self.reading.story().to_string()
    }

    /// What superseded this text; null for what counts now.
    async fn superseded_at(&self) -> Option<SupersededObject> {
        self.reading.superseded().map(Into::into)
    }

    /// The address of the story with a text fragment that makes a browser show its headline, or its first words; null
    /// where the page has no address.
    async fn text_fragment_url(&self) -> Option<String> {
        story_link(self.reading.page(), self.reading.content())
    }

    /// The headline, as printed, where there is one.
    async fn title(&self) -> Option<&str> {
        self.reading.title()
    }

    /// What it is about, most central first.
    async fn topics(&self) -> Vec<InOrder<TopicMatchObject<'_>>> {
        let topics = self.reading.annotation().topics.iter();
        topics.map(TopicMatchObject).map(InOrder).collect()
    }
}

/// Most sightings of a story in one answer.
const MAX_SIGHTINGS: usize = 100;

/// A page on which a story was seen.
struct SightingObject<'a>(Sighted<'a>);

/// A page on which a story was seen.
#[Object(name = "Sighting", serial)]
impl SightingObject<'_> {
    /// The page, with the moment of its capture where it is known.
    async fn page(&self) -> PageObject<'_> {
        PageObject(self.0.page)
    }

    /// The date that this page gives the story, where it gives one.
    async fn published(&self) -> Option<PrintedDateObject<'_>> {
        self.0.published.map(PrintedDateObject)
    }

    /// The event that says so.
    async fn recorded_at(&self) -> LogPoint {
        LogPoint::new(self.0.position, self.0.recorded)
    }

    /// Whether it is what that page is about.
    async fn role(&self) -> StoryRoleValue {
        self.0.role.into()
    }
}

/// A text that a story had.
struct RevisionObject<'a>(&'a Revision);

/// A text that a story had, and the page on which it was read.
#[Object(name = "Revision", serial)]
impl RevisionObject<'_> {
    /// The text without headline and boilerplate.
    async fn body(&self) -> &str {
        &self.0.content.body
    }

    /// The page on which it was read.
    async fn page(&self) -> PageObject<'_> {
        PageObject(&self.0.page)
    }

    /// The event that reported or revised the story.
    async fn recorded_at(&self) -> LogPoint {
        LogPoint::new(self.0.position, self.0.recorded)
    }

    /// The headline, as printed, where there is one.
    async fn title(&self) -> Option<&str> {
        self.0.content.title.as_ref().map(|it| it.text.as_str())
    }
}
