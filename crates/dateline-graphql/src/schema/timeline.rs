//! Timelines: what was reported of an official, or on a topic, newest first.

use std::sync::Arc;

use async_graphql::{Enum, ID, Object, OneofObject, Result};
use dateline_event::{OfficeId, OfficialId, OrganisationId, SourceId, TopicId};
use dateline_projector::{DayBasis, Entry, EntryKey, Filter, Query, Scope, Slice, View};

use super::appearance::AppearanceObject;
use super::as_of::AsOf;
use super::connection::{Connection, Paging};
use super::cursor::List;
use super::date::UncertainDate;
use super::filter::is_there;
use super::global_id::{Kind, local_or_plain};
use super::in_order::InOrder;
use super::log::LogPoint;
use super::scalar::Date;
use super::source::{EntrySource, sources};
use super::statement::StatementObject;
use super::story::{StoryObject, StoryStatusValue, SupersededObject};
use super::topic::TopicMatchObject;
use crate::error::FieldError;

/// Whose timeline is meant: exactly one of these.
#[derive(OneofObject)]
#[graphql(name = "TimelineScope")]
pub(crate) enum TimelineScope {
    /// What the holders of an office said and did while they held it: the office's global id, or its id in the registry.
    OfficeId(ID),
    /// What an official said and did: the official's global id, or the id in the registry, such as `p-42`.
    OfficialId(ID),
    /// The same of all offices of an organisation, and of the organisations in it: its global id, or its id in the registry.
    OrganisationId(ID),
    /// What a source put out: its name.
    Source(String),
    /// What was reported on a topic or on one below it: the topic's global id, or its slug.
    TopicId(ID),
}

impl TimelineScope {
    /// The scope, where `view` has what it is about.
    pub(crate) fn within(self, view: &View) -> Result<Option<Scope>, FieldError> {
        let plain = |id: &ID, kind| local_or_plain(id, kind);
        let scope = match self {
            Self::OfficeId(id) => OfficeId::new(&plain(&id, Kind::Office)?).ok().map(Scope::Office),
            Self::OfficialId(id) => {
                OfficialId::new(&plain(&id, Kind::Official)?).ok().map(Scope::Official)
            }
            Self::OrganisationId(id) => {
                let id = plain(&id, Kind::Organisation)?;
                OrganisationId::new(&id).ok().map(Scope::Organisation)
            }
            Self::Source(name) => SourceId::new(&name).ok().map(Scope::Source),
            Self::TopicId(id) => TopicId::new(&plain(&id, Kind::Topic)?).ok().map(Scope::Topic),
        };
        Ok(scope.filter(|it| is_there(it, view)))
    }
}

/// The arguments by which a part of a timeline is asked for.
pub(crate) struct TimelineArguments {
    pub(crate) paging: Paging,
    pub(crate) filter: Filter,
    pub(crate) as_of: Option<AsOf>,
    /// Whether the entries of the whole timeline are to be counted.
    pub(crate) is_counted: bool,
}

/// A page of a timeline.
pub(crate) type TimelineConnection = Connection<TimelineEntry>;

/// The part of the timeline of `scope` that `arguments` ask for.
pub(crate) fn timeline(
    view: &View,
    scope: &Scope,
    arguments: TimelineArguments,
) -> Result<TimelineConnection, FieldError> {
    let list = List::timeline(scope);
    let slice: Slice<EntryKey> = arguments.paging.slice(&list)?;
    let as_of = arguments.as_of.map(|it| it.within(view)).transpose()?;
    let filter = arguments.filter;
    let total = arguments.is_counted.then(|| view.count(scope, &filter, as_of));
    let page = view.timeline(scope, &Query { filter, as_of, slice });
    let page = dateline_projector::Page {
        items: page.items.into_iter().map(TimelineEntry).collect(),
        has_next: page.has_next,
        has_previous: page.has_previous,
    };
    Ok(Connection::of(page, |it| list.cursor(&it.0.key().to_string())).with_total(total))
}

/// What put an entry at its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "DayBasis")]
pub(crate) enum DayBasisValue {
    /// Several years remain, and the entry stands at the first of the days that do.
    FirstPossible,
    /// The first day that what happened can have been.
    Happened,
    /// The first day that it can have been published; when it happened is not known to the year.
    Published,
    /// Nothing gives a day, so the entry stands at the end.
    Unknown,
}

impl From<DayBasis> for DayBasisValue {
    fn from(basis: DayBasis) -> Self {
        match basis {
            DayBasis::FirstPossible => Self::FirstPossible,
            DayBasis::Happened => Self::Happened,
            DayBasis::Published => Self::Published,
            DayBasis::Unknown => Self::Unknown,
        }
    }
}

/// One line of a timeline.
pub(crate) struct TimelineEntry(pub(crate) Arc<Entry>);

/// One line of a timeline: a story as it concerns an official or a topic, as the record read it at the position that
/// was asked for. Copies of one story, by several sources or as teasers, are one entry with several `sources`.
#[Object(name = "TimelineEntry", serial)]
impl TimelineEntry {
    /// The official's part in the story; null in the timeline of a topic.
    async fn appearance(&self) -> Option<InOrder<AppearanceObject<'_>>> {
        self.0.appearance().map(AppearanceObject).map(InOrder)
    }

    /// The day under which the entry stands: an imprecise date counts as the first day that it can mean. Null for
    /// entries without any day, which stand at the end.
    async fn day(&self) -> Option<Date> {
        self.0.key().day().map(Date)
    }

    /// What put the entry at its day.
    async fn day_basis(&self) -> DayBasisValue {
        self.0.day_basis().into()
    }

    /// When the story's main event took place in the world.
    async fn happened(&self) -> InOrder<UncertainDate<'_>> {
        InOrder(UncertainDate(self.0.happened()))
    }

    /// The topics that put the story into the timeline of a topic: that topic, or those below it. Empty in the
    /// timeline of an official.
    async fn matched_topics(&self) -> Vec<InOrder<TopicMatchObject<'_>>> {
        self.0.matched_topics().map(TopicMatchObject).map(InOrder).collect()
    }

    /// When the source put the story out.
    async fn published(&self) -> InOrder<UncertainDate<'_>> {
        InOrder(UncertainDate(self.0.published()))
    }

    /// The event that brought the entry about: a report, a revision or a ruling, of the story or of a copy of it.
    async fn recorded_at(&self) -> InOrder<LogPoint> {
        InOrder(LogPoint::new(self.0.recorded_at(), self.0.recorded()))
    }

    /// How many sources the entry has.
    async fn source_count(&self) -> usize {
        self.0.source_count()
    }

    /// Who put the story out: all copies that are one with it, the one that gives the entry its place first; at most 100.
    /// An article comes before a teaser, then the one that was published first.
    async fn sources(&self) -> Vec<EntrySource<'_>> {
        sources(&self.0)
    }

    /// The official's statements in the timeline of an official, all of the story in that of a topic; in the order of
    /// the text.
    async fn statements(&self) -> Vec<InOrder<StatementObject<'_>>> {
        let reading = self.0.reading();
        let object = |statement| InOrder(StatementObject { reading, statement });
        self.0.statements().map(object).collect()
    }

    /// What became of the story, at the position of the view, also in an answer as of an earlier one.
    async fn status(&self) -> StoryStatusValue {
        StoryObject::of_entry(&self.0).status_value()
    }

    /// The story that is shown, with the text that this entry was read from: the first of `sources`, or the first of them
    /// that concerns whom or what the timeline is about.
    async fn story(&self) -> InOrder<StoryObject> {
        InOrder(StoryObject::of_entry(&self.0))
    }

    /// What superseded the entry; null for what counts now. In an answer as of an earlier position it lies behind it.
    async fn superseded_at(&self) -> Option<SupersededObject> {
        self.0.superseded().map(Into::into)
    }

    /// What the story is about, most central first.
    async fn topics(&self) -> Vec<InOrder<TopicMatchObject<'_>>> {
        self.0.topics().iter().map(TopicMatchObject).map(InOrder).collect()
    }
}
