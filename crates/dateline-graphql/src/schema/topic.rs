//! Topics of the scheme, and why a story is on one.

#![expect(clippy::unused_async, reason = "async-graphql wants every resolver to be async")]

use async_graphql::{Context, ID, Object, OneofObject, Result, SimpleObject};
use dateline_event::registry::{Label, Topic};
use dateline_projector::annotation::TopicMatch;
use dateline_projector::{Scope, TopicView};

use super::as_of::AsOf;
use super::connection::Paging;
use super::date::EvidenceObject;
use super::filter::TimelineFilter;
use super::global_id::{Kind, encode};
use super::in_order::InOrder;
use super::scalar::Date;
use super::timeline::{TimelineArguments, TimelineConnection, timeline};
use super::view;

/// How a topic is named: exactly one of the two.
#[derive(OneofObject)]
#[graphql(name = "TopicLookup")]
pub(crate) enum TopicLookup {
    /// The global id.
    Id(ID),
    /// The slug, such as `civil-defence`.
    Slug(String),
}

/// A label in a language.
#[derive(SimpleObject)]
#[graphql(name = "Label", serial)]
pub(crate) struct LabelObject<'a> {
    /// ISO 639-1 code; `und` where none was given.
    language: &'a str,
    /// The words.
    text: &'a str,
}

fn labels(labels: &[Label]) -> Vec<LabelObject<'_>> {
    labels.iter().map(|it| LabelObject { language: &it.language, text: &it.text }).collect()
}

/// A subject.
pub(crate) struct TopicObject<'a>(pub(crate) TopicView<'a>);

/// A subject: a SKOS concept with labels and rules.
#[Object(name = "Topic", serial)]
impl TopicObject<'_> {
    /// Other names of it.
    async fn alt_labels(&self) -> Vec<LabelObject<'_>> {
        labels(&self.0.topic.alt_labels)
    }

    /// The topics right above it.
    async fn broader<'c>(&self, context: &Context<'c>) -> Vec<TopicObject<'c>> {
        within(context, &self.0.broader)
    }

    /// What it covers.
    async fn definition(&self) -> Option<&str> {
        self.0.topic.definition.as_deref()
    }

    /// Entries of its timeline that count now.
    async fn entry_count(&self) -> i32 {
        i32::try_from(self.0.entries).unwrap_or(i32::MAX)
    }

    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        encode(Kind::Topic, self.0.topic.id.as_str())
    }

    /// Its name in the language asked for, else in English, else in the first that it has; its slug where it has no
    /// name.
    async fn label(
        &self,
        #[graphql(desc = "ISO 639-1 code.", default_with = "String::from(\"en\")")]
        language: String,
    ) -> &str {
        self.0.topic.label(&language)
    }

    /// Its name, one a language.
    async fn labels(&self) -> Vec<LabelObject<'_>> {
        labels(&self.0.topic.labels)
    }

    /// The topics right below it. Its timeline has what is on them too.
    async fn narrower<'c>(&self, context: &Context<'c>) -> Vec<TopicObject<'c>> {
        within(context, &self.0.narrower)
    }

    /// Its slug, such as `civil-defence`.
    async fn slug(&self) -> &str {
        self.0.topic.id.as_str()
    }

    /// What was reported on the topic or on one below it, newest first. See `Query.timeline`.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a field of the schema")]
    async fn timeline(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which of its entries.")] filter: Option<TimelineFilter>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only entries of this day or later.")] from: Option<Date>,
        #[graphql(desc = "Only entries of this day or earlier.")] to: Option<Date>,
        #[graphql(desc = "What the record said then.")] as_of: Option<AsOf>,
    ) -> Result<Option<TimelineConnection>> {
        let paging = Paging { first, last, after, before };
        let filter = filter.unwrap_or_default().within(from, to)?;
        let is_counted = context.look_ahead().field("totalCount").exists();
        let arguments = TimelineArguments { paging, filter, as_of, is_counted };
        let scope = Scope::Topic(self.0.topic.id.clone());
        Ok(Some(timeline(view(context), &scope, arguments)?))
    }
}

fn within<'c>(context: &Context<'c>, topics: &[&Topic]) -> Vec<TopicObject<'c>> {
    topics.iter().filter_map(|it| view(context).topic(&it.id)).map(TopicObject).collect()
}

/// A topic of a story, with the words that caused it.
pub(crate) struct TopicMatchObject<'a>(pub(crate) &'a TopicMatch);

/// A topic of a story, with the words that caused it. One without words was given by an editor.
#[Object(name = "TopicMatch", serial)]
impl TopicMatchObject<'_> {
    /// The words that caused it, in the order of the page.
    async fn evidence(&self) -> Vec<EvidenceObject<'_>> {
        self.0.evidence.iter().map(EvidenceObject::of).collect()
    }

    /// The slug of the topic.
    async fn slug(&self) -> &str {
        self.0.topic.as_str()
    }

    /// The topic; null where the scheme no longer has it.
    async fn topic<'c>(&self, context: &Context<'c>) -> Option<InOrder<TopicObject<'c>>> {
        view(context).topic(&self.0.topic).map(TopicObject).map(InOrder)
    }
}
