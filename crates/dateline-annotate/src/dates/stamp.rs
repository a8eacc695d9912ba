//! Dates without a year, and days named by a word, beside a stamp that has a year.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use dateline_event::date::printed::YearSaid;
use dateline_event::date::{Day, Edtf};

/// A date without a year that lies more than this many days behind its stamp, though nothing speaks
/// of something to come, belongs to the year before.
const SLACK_DAYS: i64 = 45;

/// `date`, which has no year, in the year that it means when it is read on `stamp`.
pub(super) fn beside_stamp(
    date: Edtf,
    said: YearSaid,
    stamp: NaiveDate,
    is_ahead: bool,
) -> Option<Edtf> {
    let year = stamp.year();
    match said {
        YearSaid::This | YearSaid::Printed => date.in_year(year),
        YearSaid::Last => date.in_year(year - 1),
        YearSaid::Next => date.in_year(year + 1),
        YearSaid::Nothing => {
            let this_year = date.in_year(year)?;
            let days = (this_year.earliest()? - stamp).num_days();
            if days > SLACK_DAYS && !is_ahead {
                date.in_year(year - 1)
            } else if days < -SLACK_DAYS && is_ahead {
                date.in_year(year + 1)
            } else {
                Some(this_year)
            }
        }
    }
}

/// The day that "today", "yesterday" or "tomorrow" means on `stamp`.
pub(super) fn word_day(lower: &str, stamp: NaiveDate) -> Option<Edtf> {
    let day = match lower {
        "today" => Some(stamp),
        "yesterday" => stamp.checked_sub_days(Days::new(1)),
        "tomorrow" => stamp.checked_add_days(Days::new(1)),
        _ => None,
    };
    day.map(|it| Edtf::day(Day::of(it)))
}

/// The nearest `weekday` up to `stamp`, or from it on where something to come is told.
pub(super) fn weekday_day(weekday: Weekday, stamp: NaiveDate, is_ahead: bool) -> Option<Edtf> {
    let (from, to) = (stamp.weekday().num_days_from_monday(), weekday.num_days_from_monday());
    let day = if is_ahead {
        stamp.checked_add_days(Days::new(u64::from((to + 7 - from) % 7)))
    } else {
        stamp.checked_sub_days(Days::new(u64::from((from + 7 - to) % 7)))
    };
    day.map(|it| Edtf::day(Day::of(it)))
}
