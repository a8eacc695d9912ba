//! What a reader asks of a view, and a page of what it answers.

use std::ops::Bound;

use chrono::{DateTime, NaiveDate, Utc};
use dateline_event::{OfficialId, Position, TopicId};

use crate::key::EntryKey;

/// Whose timeline is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// What an official said and did.
    Official(OfficialId),
    /// What was reported on a topic, or on one below it in the scheme.
    Topic(TopicId),
}

/// A past state of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// What the log said up to this position, it included.
    Position(Position),
    /// What the log had recorded at this instant, it included.
    Instant(DateTime<Utc>),
}

/// Which entries of a timeline are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Only entries that stand at this day or later in the timeline ([`EntryKey::day`]).
    pub from: Option<NaiveDate>,
    /// Only entries that stand at this day or earlier.
    pub to: Option<NaiveDate>,
    /// What the record said then, under the present registry; `None`: what it says at the view's position. A
    /// position or instant behind the view's is the same as none.
    pub as_of: Option<AsOf>,
    /// Which part of them.
    pub slice: Slice<EntryKey>,
}

impl Query {
    /// The newest `limit` entries, without a filter.
    pub const fn newest(limit: usize) -> Self {
        Self { from: None, to: None, as_of: None, slice: Slice::first(limit) }
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
