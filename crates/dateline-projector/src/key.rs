//! Where an entry stands in a timeline: newest first by what happened.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use dateline_annotate::{Annotation, Resolved};
use dateline_event::Position;
use thiserror::Error;

use crate::slot::Place;

/// Place of an entry in a timeline. Keys are in the order in which a timeline is read: the newest day first, what has
/// no day last. Within a day, the story that was reported later comes first; of two readings of one story, the later
/// recorded one. No two entries of a timeline share a key.
///
/// It has a text form ([`fmt::Display`], [`FromStr`]) that stays readable by later programs, for use in a cursor. An
/// entry that is superseded loses its place in the timeline, its key stays a good place to go on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EntryKey {
    day: Option<NaiveDate>,
    reported_at: Position,
    recorded_at: Position,
}

/// What put an entry at its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayBasis {
    /// The first day that what happened can have been.
    Happened,
    /// The first day that it can have been published; when it happened is not known to the year.
    Published,
    /// It is undated: several years remain, and it stands at the first of the days that do.
    FirstPossible,
    /// It is undated: nothing gives a day, so it stands at the end.
    Unknown,
}

impl DayBasis {
    /// Whether nothing says in which year it was.
    pub const fn is_undated(self) -> bool {
        matches!(self, Self::FirstPossible | Self::Unknown)
    }

    /// The word used in the API and on the terminal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Happened => "happened",
            Self::Published => "published",
            Self::FirstPossible => "first-possible",
            Self::Unknown => "unknown",
        }
    }
}

impl EntryKey {
    pub(crate) const fn new(
        day: Option<NaiveDate>,
        reported_at: Position,
        recorded_at: Position,
    ) -> Self {
        Self { day, reported_at, recorded_at }
    }

    pub(crate) fn place(self) -> Place {
        Place::new(self.day, self.reported_at)
    }

    /// The day under which the entry stands; `None` for those at the end. [`crate::Entry::day_basis`] says where it
    /// comes from.
    pub const fn day(self) -> Option<NaiveDate> {
        self.day
    }

    /// A key before this one with no other between them, so that a part of a timeline behind it starts with the entry
    /// of this key.
    #[must_use]
    pub fn just_before(self) -> Self {
        Self { recorded_at: self.recorded_at.next(), ..self }
    }
}

impl Ord for EntryKey {
    fn cmp(&self, other: &Self) -> Ordering {
        let theirs = (other.day, other.reported_at, other.recorded_at);
        theirs.cmp(&(self.day, self.reported_at, self.recorded_at))
    }
}

impl PartialOrd for EntryKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Why a text is no key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not the key of a timeline entry, such as `2024-07-17:12:15` or `-:12:15`")]
pub struct EntryKeyError(String);

const NO_DAY: &str = "-";

impl fmt::Display for EntryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.day {
            Some(day) => write!(f, "{day}")?,
            None => f.write_str(NO_DAY)?,
        }
        write!(f, ":{}:{}", self.reported_at, self.recorded_at)
    }
}

impl FromStr for EntryKey {
    type Err = EntryKeyError;

    fn from_str(text: &str) -> Result<Self, EntryKeyError> {
        let read = || {
            let (day, positions) = text.split_once(':')?;
            let (reported_at, recorded_at) = positions.split_once(':')?;
            let day = if day == NO_DAY { None } else { Some(day.parse().ok()?) };
            Some(Self::new(day, reported_at.parse().ok()?, recorded_at.parse().ok()?))
        };
        read().ok_or_else(|| EntryKeyError(text.chars().take(64).collect()))
    }
}

/// The day under which a story stands, and what gave it. An imprecise date counts as the first day that it can mean.
pub(crate) fn day_of(annotation: &Annotation) -> (Option<NaiveDate>, DayBasis) {
    let (happened, published) = (&annotation.happened, &annotation.published);
    let known = |it: &Resolved| it.edtf.and_then(dateline_event::date::Edtf::earliest);
    if let Some(day) = known(happened) {
        return (Some(day), DayBasis::Happened);
    }
    if let Some(day) = known(published) {
        return (Some(day), DayBasis::Published);
    }
    match first_possible(happened).or_else(|| first_possible(published)) {
        Some(day) => (Some(day), DayBasis::FirstPossible),
        None => (None, DayBasis::Unknown),
    }
}

fn first_possible(date: &Resolved) -> Option<NaiveDate> {
    let edtf = date.edtf?;
    date.years.iter().filter_map(|year| edtf.in_year(*year)?.earliest()).min()
}
