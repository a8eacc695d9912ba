//! The forms in which a timeline is given.

use super::{Feed, atom, calendar, json, table, timeline_js};

/// A form, with an ending of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
    /// iCalendar (RFC 5545).
    Calendar,
    /// The JSON of `TimelineJS` 3.
    TimelineJs,
    /// CSV (RFC 4180), a line a statement.
    Table,
}

impl Form {
    /// All of them; an ending that another one ends in stands behind that one.
    pub(super) const ALL: [Self; 5] =
        [Self::TimelineJs, Self::Json, Self::Atom, Self::Calendar, Self::Table];

    /// What its addresses end in.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Atom => ".atom",
            Self::Json => ".json",
            Self::Calendar => ".ics",
            Self::TimelineJs => ".timeline.json",
            Self::Table => ".csv",
        }
    }

    /// The header `Content-Type` of its answers.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
            Self::Calendar => "text/calendar; charset=utf-8",
            Self::TimelineJs => "application/json; charset=utf-8",
            Self::Table => "text/csv; charset=utf-8; header=present",
        }
    }

    pub(super) fn write(self, feed: &Feed) -> Vec<u8> {
        match self {
            Self::Atom => atom::write(feed),
            Self::Json => json::write(feed),
            Self::Calendar => calendar::write(feed),
            Self::TimelineJs => timeline_js::write(feed),
            Self::Table => table::write(feed),
        }
    }
}
