//! What can be left out of a timeline.

use async_graphql::{Enum, ID, InputObject};
use dateline_event::{OfficeId, OfficialId, OrganisationId, SourceId, TopicId};
use dateline_projector::{Filter, Interval, Scope, View};

use super::appearance::AppearanceRoleValue;
use super::global_id::{Kind, local_or_plain};
use super::scalar::Date;
use super::statement::StatementKindValue;
use crate::error::FieldError;

/// Most timelines that entries may have to be in beside the one that is asked for.
const MAX_ALSO: usize = 8;

/// Which entries of a timeline are wanted. What is left out, or empty, leaves nothing out.
#[derive(InputObject, Default)]
#[graphql(name = "TimelineFilter")]
pub(crate) struct TimelineFilter {
    /// Only entries that are in the timelines of all these offices too: global ids, or ids in the registry.
    #[graphql(default)]
    offices: Vec<ID>,
    /// Only entries that are in the timelines of all these officials too.
    #[graphql(default)]
    officials: Vec<ID>,
    /// Only entries that are in the timelines of all these organisations too.
    #[graphql(default)]
    organisations: Vec<ID>,
    /// Only what was put out in this language: an ISO 639-1 code.
    language: Option<String>,
    /// Only entries in which those whom the timeline is about have one of these parts.
    #[graphql(default)]
    roles: Vec<AppearanceRoleValue>,
    /// Only what this source put out.
    source: Option<String>,
    /// Only entries with a statement of this kind by those whom the timeline is about.
    statements: Option<StatementKindValue>,
    /// Only entries on all these topics too: global ids, or slugs.
    #[graphql(default)]
    topics: Vec<ID>,
}

impl TimelineFilter {
    /// The same for the projector, with the days between which entries must stand.
    pub(crate) fn within(self, from: Option<Date>, to: Option<Date>) -> Result<Filter, FieldError> {
        let (from, to) = (from.map(|it| it.0), to.map(|it| it.0));
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            let message = format!("`from` is {from}, after `to`, which is {to}");
            return Err(FieldError::bad_input(message));
        }
        let also = self.also()?;
        let source = self.source.as_deref().map(SourceId::new).transpose();
        let source = source.map_err(|why| FieldError::bad_input(why.to_string()))?;
        Ok(Filter {
            from,
            to,
            also,
            roles: self.roles.into_iter().map(Into::into).collect(),
            statements: self.statements.map(Into::into),
            source,
            language: self.language,
            among: None,
        })
    }

    fn also(&self) -> Result<Vec<Scope>, FieldError> {
        let mut also = Vec::new();
        for id in &self.officials {
            also.push(Scope::Official(named(id, Kind::Official, OfficialId::new)?));
        }
        for id in &self.offices {
            also.push(Scope::Office(named(id, Kind::Office, OfficeId::new)?));
        }
        for id in &self.organisations {
            also.push(Scope::Organisation(named(id, Kind::Organisation, OrganisationId::new)?));
        }
        for id in &self.topics {
            also.push(Scope::Topic(named(id, Kind::Topic, TopicId::new)?));
        }
        if also.len() > MAX_ALSO {
            let message = format!(
                "the filter names {} timelines, at most {MAX_ALSO} are allowed",
                also.len()
            );
            return Err(FieldError::bad_input(message));
        }
        Ok(also)
    }
}

/// The id that `id` means, made by `new`.
pub(crate) fn named<T, E: std::fmt::Display>(
    id: &ID,
    kind: Kind,
    new: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, FieldError> {
    new(&local_or_plain(id, kind)?).map_err(|why| FieldError::bad_input(why.to_string()))
}

/// Whether the registry of `view` has what the timeline of `scope` is about.
pub(crate) fn is_there(scope: &Scope, view: &View) -> bool {
    match scope {
        Scope::Official(id) => view.registry().officials().contains_key(id),
        Scope::Office(id) => view.registry().offices().contains_key(id),
        Scope::Organisation(id) => view.registry().organisations().contains_key(id),
        Scope::Topic(id) => view.registry().topics().contains_key(id),
        Scope::Source(_) | Scope::Language(_) => view.entries(scope) > 0,
        Scope::Everything => true,
    }
}

/// The length of time that a bar of a chart stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ActivityBucket {
    /// A day.
    Day,
    /// A month of the calendar.
    Month,
    /// A week from Monday on (ISO 8601).
    Week,
    /// A year of the calendar.
    Year,
}

impl From<ActivityBucket> for Interval {
    fn from(bucket: ActivityBucket) -> Self {
        match bucket {
            ActivityBucket::Day => Self::Day,
            ActivityBucket::Week => Self::Week,
            ActivityBucket::Month => Self::Month,
            ActivityBucket::Year => Self::Year,
        }
    }
}
