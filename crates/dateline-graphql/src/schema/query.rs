//! Where questions start.

#![expect(clippy::unused_async, reason = "async-graphql wants every resolver to be async")]

use async_graphql::{Context, ID, Interface, Object, OneofObject, Result};
use dateline_event::{OfficeId, OfficialId, OrganisationId, StoryId, TopicId};
use dateline_projector::{Page, Scope, View};

use super::activity::{Activity, Facets, Source};
use super::as_of::AsOf;
use super::connection::{Connection, Paging};
use super::cursor::List;
use super::filter::{ActivityBucket, TimelineFilter};
use super::global_id::{Kind, decode, local, not_an_id};
use super::log::LogObject;
use super::office::{OfficeObject, OrganisationObject};
use super::official::{OfficialLookup, OfficialObject};
use super::scalar::Date;
use super::search::{SearchConnection, search};
use super::statement::StatementInStory;
use super::story::StoryObject;
use super::timeline::{TimelineArguments, TimelineConnection, TimelineScope, timeline};
use super::topic::{TopicLookup, TopicObject};
use super::{moment, view};
use crate::error::FieldError;

/// Most ids of one `nodes`.
const MAX_IDS: usize = 100;

/// Most sources that are listed.
const MAX_SOURCES: usize = 1_000;

/// Something with a global id, by which it can be asked for again.
#[derive(Interface)]
#[graphql(name = "Node", field(name = "id", ty = "ID", desc = "The global id."))]
enum Node<'a> {
    Office(OfficeObject<'a>),
    Official(OfficialObject<'a>),
    Organisation(OrganisationObject<'a>),
    Story(StoryObject),
    Topic(TopicObject<'a>),
}

/// How a story is named: exactly one of the two.
#[derive(OneofObject)]
#[graphql(name = "StoryLookup")]
enum StoryLookup {
    /// The global id; that of a superseded text gives that text.
    Id(ID),
    /// The UUID of the story in the log.
    StoryId(String),
}

/// The root of all questions.
pub(crate) struct Query;

/// The record of what officials said and did, as news pages reported it. All parts of one answer stand at one position
/// of the log, which `extensions.position` and the header `Dateline-Position` name. Fields that cannot be answered are
/// null and have an error with a code of `ErrorCode`.
#[Object]
impl Query {
    /// The entries of a timeline, counted by time. Null where nothing is known by that name.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a field of the schema")]
    async fn activity(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose timeline.")] by: TimelineScope,
        #[graphql(desc = "How long a bar is.")] bucket: ActivityBucket,
        #[graphql(desc = "Which of its entries.")] filter: Option<TimelineFilter>,
        #[graphql(desc = "Only entries of this day or later.")] from: Option<Date>,
        #[graphql(desc = "Only entries of this day or earlier.")] to: Option<Date>,
        #[graphql(desc = "What the record said then, under the present registry.")] as_of: Option<
            AsOf,
        >,
    ) -> Result<Option<Activity>> {
        let view = view(context);
        let Some(scope) = by.within(view)? else { return Ok(None) };
        let filter = filter.unwrap_or_default().within(from, to)?;
        let as_of = as_of.map(|it| it.within(view)).transpose()?;
        Ok(Some(Activity::of(view.chart(&scope, &filter, as_of, bucket.into()))?))
    }

    /// What the entries of a timeline are about. Null where nothing is known by that name.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a field of the schema")]
    async fn facets<'c>(
        &self,
        context: &Context<'c>,
        #[graphql(desc = "Whose timeline.")] by: TimelineScope,
        #[graphql(desc = "Which of its entries.")] filter: Option<TimelineFilter>,
        #[graphql(desc = "Only entries of this day or later.")] from: Option<Date>,
        #[graphql(desc = "Only entries of this day or earlier.")] to: Option<Date>,
        #[graphql(desc = "What the record said then, under the present registry.")] as_of: Option<
            AsOf,
        >,
    ) -> Result<Option<Facets<'c>>> {
        let view = view(context);
        let Some(scope) = by.within(view)? else { return Ok(None) };
        let filter = filter.unwrap_or_default().within(from, to)?;
        let as_of = as_of.map(|it| it.within(view)).transpose()?;
        Ok(Some(Facets::of(view, &scope, filter, as_of)))
    }

    /// How far the log goes, and how far the view has read it.
    async fn log<'c>(&self, context: &Context<'c>) -> LogObject<'c> {
        LogObject(moment(context))
    }

    /// What has this global id; null where nothing has.
    async fn node<'c>(
        &self,
        context: &Context<'c>,
        #[graphql(desc = "A global id.")] id: ID,
    ) -> Result<Option<Node<'c>>> {
        Ok(node(view(context), &id)?)
    }

    /// What has these global ids, in their order; null for each that nothing has.
    async fn nodes<'c>(
        &self,
        context: &Context<'c>,
        #[graphql(desc = "At most 100 global ids.")] ids: Vec<ID>,
    ) -> Result<Option<Vec<Option<Node<'c>>>>> {
        if ids.len() > MAX_IDS {
            let message = format!("`ids` has {} ids, at most {MAX_IDS} are allowed", ids.len());
            return Err(FieldError::bad_input(message).into());
        }
        let found: Result<_, FieldError> = ids.iter().map(|it| node(view(context), it)).collect();
        Ok(Some(found?))
    }

    /// An official; null where the registry has no such person.
    async fn official<'c>(
        &self,
        context: &Context<'c>,
        #[graphql(desc = "Which official.")] by: OfficialLookup,
    ) -> Result<Option<OfficialObject<'c>>> {
        let id = match by {
            OfficialLookup::Id(id) => local(&id, Kind::Official)?,
            OfficialLookup::RegistryId(id) => id,
        };
        Ok(OfficialId::new(&id).ok().and_then(|it| view(context).official(&it)).map(OfficialObject))
    }

    /// The officials of the registry, by their ids in it. Exactly one of `first` and `last` must be given.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a field of the schema")]
    async fn officials<'c>(
        &self,
        context: &Context<'c>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<OfficialObject<'c>>>> {
        let list = List::Officials;
        let slice = Paging { first, last, after, before }.slice(&list)?;
        let page = objects(view(context).officials(&slice), OfficialObject);
        let total = view(context).counts().officials;
        let officials = Connection::of(page, |it| list.cursor(it.0.official.id.as_str()));
        Ok(Some(officials.with_total(Some(total))))
    }

    /// A story; null where none was ever reported under that id. A retracted one is given, with its status.
    async fn story(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which story.")] by: StoryLookup,
    ) -> Result<Option<StoryObject>> {
        let local = match by {
            StoryLookup::Id(id) => local(&id, Kind::Story)?,
            StoryLookup::StoryId(id) => id,
        };
        Ok(story(view(context), &local))
    }

    /// The sources of stories, by name.
    async fn sources(&self, context: &Context<'_>) -> Vec<Source> {
        view(context).sources().map(Source::of).take(MAX_SOURCES).collect()
    }

    /// The statement whose words stand at these code points of the page of a story; null where the story has none
    /// there, and where there is no such story.
    async fn statement(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The global id of the story.")] story_id: ID,
        #[graphql(desc = "A code point of the page within the statement.")] at: u32,
    ) -> Result<Option<StatementInStory>> {
        let found = story(view(context), &local(&story_id, Kind::Story)?);
        Ok(found.and_then(|it| StatementInStory::at(it, at)))
    }

    /// What was reported of an official, of an office, of an organisation, by a source or on a topic: the newest day first,
    /// what has no day last. Null where nothing is known by that name. Exactly one of `first` and `last` must be given.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a field of the schema")]
    async fn timeline(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose timeline.")] by: TimelineScope,
        #[graphql(desc = "Which of its entries.")] filter: Option<TimelineFilter>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only entries of this day or later.")] from: Option<Date>,
        #[graphql(desc = "Only entries of this day or earlier.")] to: Option<Date>,
        #[graphql(desc = "What the record said then, under the present registry.")] as_of: Option<
            AsOf,
        >,
    ) -> Result<Option<TimelineConnection>> {
        let paging = Paging { first, last, after, before };
        let filter = filter.unwrap_or_default().within(from, to)?;
        let is_counted = context.look_ahead().field("totalCount").exists();
        let arguments = TimelineArguments { paging, filter, as_of, is_counted };
        let view = view(context);
        let scope = by.within(view)?;
        Ok(scope.map(|it| timeline(view, &it, arguments)).transpose()?)
    }

    /// The entries of which a story, or a copy of it, has these words in its headline, its body or what somebody is reported
    /// to have said, the newest day first. All words must be there, and case does not count. Words in quotation marks follow
    /// each other, `word*` begins a word, `-word` must not be there, `OR` stands between two that will do, `title` and a colon
    /// look in headlines, `said` and a colon in statements. At most 512 characters, 16 clauses and 32 words. Exactly one of
    /// `first` and `last` must be given. `NOT_READY` while the index of words is being made.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a field of the schema")]
    async fn search(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The words.")] query: String,
        #[graphql(desc = "Only entries of this timeline.")] by: Option<TimelineScope>,
        #[graphql(desc = "Which of its entries.")] filter: Option<TimelineFilter>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only entries of this day or later.")] from: Option<Date>,
        #[graphql(desc = "Only entries of this day or earlier.")] to: Option<Date>,
        #[graphql(desc = "What the record said then, under the present registry.")] as_of: Option<
            AsOf,
        >,
    ) -> Result<Option<SearchConnection>> {
        let paging = Paging { first, last, after, before };
        let filter = filter.unwrap_or_default().within(from, to)?;
        let is_counted = context.look_ahead().field("totalCount").exists();
        let arguments = TimelineArguments { paging, filter, as_of, is_counted };
        let scope = match by {
            Some(by) => by.within(view(context))?,
            None => Some(Scope::Everything),
        };
        Ok(scope.map(|it| search(moment(context), &query, &it, arguments)).transpose()?)
    }

    /// A topic; null where the scheme does not have it.
    async fn topic<'c>(
        &self,
        context: &Context<'c>,
        #[graphql(desc = "Which topic.")] by: TopicLookup,
    ) -> Result<Option<TopicObject<'c>>> {
        let id = match by {
            TopicLookup::Id(id) => local(&id, Kind::Topic)?,
            TopicLookup::Slug(slug) => slug,
        };
        Ok(TopicId::new(&id).ok().and_then(|it| view(context).topic(&it)).map(TopicObject))
    }

    /// The topics of the scheme, by slug. Exactly one of `first` and `last` must be given.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a field of the schema")]
    async fn topics<'c>(
        &self,
        context: &Context<'c>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<TopicObject<'c>>>> {
        let list = List::Topics;
        let slice = Paging { first, last, after, before }.slice(&list)?;
        let page = objects(view(context).topics(&slice), TopicObject);
        let total = view(context).counts().topics;
        let topics = Connection::of(page, |it| list.cursor(it.0.topic.id.as_str()));
        Ok(Some(topics.with_total(Some(total))))
    }
}

fn objects<T, U>(page: Page<T>, object: impl Fn(T) -> U) -> Page<U> {
    let items = page.items.into_iter().map(object).collect();
    Page { items, has_next: page.has_next, has_previous: page.has_previous }
}

fn node<'a>(view: &'a View, id: &str) -> Result<Option<Node<'a>>, FieldError> {
    let (kind, local) = decode(id).ok_or_else(|| not_an_id(id))?;
    Ok(match kind {
        Kind::Office => OfficeId::new(&local)
            .ok()
            .and_then(|it| view.office(&it))
            .map(OfficeObject)
            .map(Node::Office),
        Kind::Official => OfficialId::new(&local)
            .ok()
            .and_then(|it| view.official(&it))
            .map(OfficialObject)
            .map(Node::Official),
        Kind::Organisation => OrganisationId::new(&local)
            .ok()
            .and_then(|it| view.organisation(&it))
            .map(OrganisationObject)
            .map(Node::Organisation),
        Kind::Story => story(view, &local).map(Node::Story),
        Kind::Topic => TopicId::new(&local)
            .ok()
            .and_then(|it| view.topic(&it))
            .map(TopicObject)
            .map(Node::Topic),
    })
}

/// The story that `local` names: its UUID, and behind an `@` the position from which on it was read like this.
fn story(view: &View, local: &str) -> Option<StoryObject> {
    let (id, position) = match local.split_once('@') {
        Some((id, position)) => (id, Some(position.parse().ok()?)),
        None => (local, None),
    };
    let record = view.story(&id.parse::<StoryId>().ok()?)?;
    match position {
        Some(position) => StoryObject::read_at(record, position),
        None => StoryObject::latest(record),
    }
}
