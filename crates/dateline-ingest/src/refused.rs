//! Dates of publication that cannot be: a day that no calendar has, or one behind the capture. The story
//! has another date, or none, and a warning says where the refused one stands.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use dateline_event::date::PrintedDate;
use dateline_event::story::Story;

use crate::date_line;
use crate::page::Page;
use crate::row::Row;
use crate::warning::{Warning, WarningKind};

/// Last year in which a page can have been published of which the day of capture is not known.
pub(crate) const LAST_YEAR: i32 = 2100;

/// A stamp of a day that cannot be.
pub(crate) fn impossible(lines: &Page<'_>, row: &Row<'_>) -> Option<Warning> {
    let day = if row.is_open() { date_line::impossible(row.text)? } else { return None };
    let range = row.range.start + day.start..row.range.start + day.end;
    let message = format!(
        "`{}` is no date: no calendar has this day, or no page can mean this year",
        lines.slice(&range)
    );
    Some(Warning::at(WarningKind::RefusedDate, lines.span(&range), message))
}

/// The last day on which a page can have been published. Half a day is the most that a time zone can be
/// ahead of the capture.
pub(crate) fn last_day(captured: Option<DateTime<Utc>>) -> Option<NaiveDate> {
    captured.and_then(|it| it.date_naive().checked_add_days(Days::new(1)))
}

/// Takes every date of publication away that lies behind the capture, or behind [`LAST_YEAR`] where the
/// day of capture is not known.
pub(crate) fn refuse_far(stories: &mut [Story], captured: Option<DateTime<Utc>>) -> Vec<Warning> {
    let last = last_day(captured);
    let is_far = |it: &PrintedDate| {
        let day = it.edtf.earliest();
        day.is_some_and(|it| it.year() > LAST_YEAR || last.is_some_and(|last| it > last))
    };
    let refused = stories.iter_mut().filter_map(|it| it.published.take_if(|it| is_far(it)));
    let warning = |it: PrintedDate| {
        let why = if last.is_some() { "behind the capture" } else { "too far in the future" };
        let message = format!("`{}` is no date of publication: it lies {why}", it.text);
        Warning::at(WarningKind::RefusedDate, it.span, message)
    };
    refused.map(warning).collect()
}
