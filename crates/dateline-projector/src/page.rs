//! What a reader asks of a view, and a page of what it answers.

use std::ops::Bound;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use dateline_annotate::{AppearanceRole, StatementKind};
use dateline_event::{OfficeId, OfficialId, OrganisationId, Position, SourceId, TopicId};

use crate::key::EntryKey;
use crate::matches::Matches;

/// Whose timeline is meant, or of what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// What an official said and did.
    Official(OfficialId),
    /// What the holders of an office said and did while they held it.
    Office(OfficeId),
    /// What the holders of the offices of an organisation, and of those that belong to it, said and did while they
    /// held them.
    Organisation(OrganisationId),
    /// What was reported on a topic, or on one below it in the scheme.
    Topic(TopicId),
    /// What a source put out.
    Source(SourceId),
    /// What was put out in a language: an ISO 639-1 code, or `und`.
    Language(Box<str>),
    /// All of it.
    Everything,
}

impl Scope {
    /// Whether its entries are about what certain people said and did.
    pub const fn is_about_people(&self) -> bool {
        matches!(self, Self::Official(_) | Self::Office(_) | Self::Organisation(_))
    }
}

/// A past state of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// What the log said up to this position, it included.
    Position(Position),
    /// What the log had recorded at this instant, it included.
    Instant(DateTime<Utc>),
}

/// Which entries of a timeline are wanted, whatever part of them is shown. What is empty or `None` leaves nothing out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only entries that stand at this day or later in the timeline ([`EntryKey::day`]).
    pub from: Option<NaiveDate>,
    /// Only entries that stand at this day or earlier.
    pub to: Option<NaiveDate>,
    /// Only entries that are in these timelines too: an official on a topic, two officials in one story.
    pub also: Vec<Scope>,
    /// Only entries in which those whom the timelines are about have one of these parts; in timelines about nobody,
    /// the registry's official with the largest part in the story.
    pub roles: Vec<AppearanceRole>,
    /// Only entries with a statement of this kind by those same people.
    pub statements: Option<StatementKind>,
    /// Only what this source put out.
    pub source: Option<SourceId>,
    /// Only what was put out in this language.
    pub language: Option<String>,
    /// Only these entries, which must be of the same view and state of the record: what a search found.
    pub among: Option<Arc<Matches>>,
}

/// Which part of which entries is wanted, and of which state of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Which entries.
    pub filter: Filter,
    /// What the record said then, under the present registry; `None`: what it says at the view's position. A
    /// position or instant behind the view's is the same as none.
    pub as_of: Option<AsOf>,
    /// Which part of them.
    pub slice: Slice<EntryKey>,
}

impl Query {
    /// The newest `limit` entries, without a filter.
    pub fn newest(limit: usize) -> Self {
        Self { filter: Filter::default(), as_of: None, slice: Slice::first(limit) }
    }
}
/// A part of an ordered list, by keys and a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice<K> {
    /// Only what comes behind this key. It need not be the key of anything that is still there.
    pub after: Option<K>,
    /// Only what comes before this key.
    pub before: Option<K>,
    /// How many, and from which end.
    pub take: Take,
}

/// How many of a list are wanted, and from which end. They come in the order of the list either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// The first ones.
    First(usize),
    /// The last ones.
    Last(usize),
}

impl<K> Slice<K> {
    /// The first `limit` of the list.
    pub const fn first(limit: usize) -> Self {
        Self { after: None, before: None, take: Take::First(limit) }
    }

    /// The `limit` ones that follow `key`.
    pub const fn after(key: K, limit: usize) -> Self {
        Self { after: Some(key), before: None, take: Take::First(limit) }
    }

    pub(crate) fn start(&self) -> Bound<&K> {
        self.after.as_ref().map_or(Bound::Unbounded, Bound::Excluded)
    }

    pub(crate) fn end(&self) -> Bound<&K> {
        self.before.as_ref().map_or(Bound::Unbounded, Bound::Excluded)
    }
}

/// A part of a list, and whether there is more on either side of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// What was asked for, in the order of the list.
    pub items: Vec<T>,
    /// Whether the list, filters applied, goes on behind the last item.
    pub has_next: bool,
    /// Whether the list, filters applied, has something before the first item.
    pub has_previous: bool,
}
