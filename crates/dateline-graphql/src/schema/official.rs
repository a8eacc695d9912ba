//! Officials.

#![expect(clippy::unused_async, reason = "async-graphql wants every resolver to be async")]

use async_graphql::{Context, ID, Object, OneofObject, Result};
use dateline_projector::{OfficialView, Scope};

use super::as_of::AsOf;
use super::connection::Paging;
use super::filter::TimelineFilter;
use super::global_id::{Kind, encode};
use super::office::TenureObject;
use super::scalar::Date;
use super::timeline::{TimelineArguments, TimelineConnection, timeline};
use super::view;

/// How an official is named: exactly one of the two.
#[derive(OneofObject)]
#[graphql(name = "OfficialLookup")]
pub(crate) enum OfficialLookup {
    /// The global id.
    Id(ID),
    /// The id in the registry, such as `p-42`.
    RegistryId(String),
}

/// A person who holds or held an office.
pub(crate) struct OfficialObject<'a>(pub(crate) OfficialView<'a>);

/// A person who holds or held an office.
#[Object(name = "Official", serial)]
impl OfficialObject<'_> {
    /// Entries of the official's timeline that count now.
    async fn entry_count(&self) -> i32 {
        i32::try_from(self.0.entries).unwrap_or(i32::MAX)
    }

    /// The official's global id.
    pub(crate) async fn id(&self) -> ID {
        encode(Kind::Official, self.0.official.id.as_str())
    }

    /// The name under which timelines show the person.
    async fn name(&self) -> &str {
        &self.0.official.name
    }

    /// Other spellings, initials, names in other scripts.
    async fn other_names(&self) -> &[String] {
        &self.0.official.other_names
    }

    /// The official's id in the registry, such as `p-42`.
    async fn registry_id(&self) -> &str {
        self.0.official.id.as_str()
    }

    /// What the person held and holds: the latest start first, an unknown start last.
    async fn tenures(&self) -> Vec<TenureObject<'_>> {
        self.0.tenures.iter().map(|it| TenureObject(*it)).collect()
    }

    /// What the official said and did, newest first. See `Query.timeline`.
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
        let scope = Scope::Official(self.0.official.id.clone());
        Ok(Some(timeline(view(context), &scope, arguments)?))
    }
}
