//! A date that may lack its year, month or day, a moment, or an interval of two such dates, written in EDTF.
//!
//! Supported: `2024`, `2024-07`, `2024-07-25`, `XXXX-07-25`, `XXXX-07`, `2024-07-25T15:54`, with seconds and an
//! offset where printed, and `a/b` of any two of these. Not supported: seasons, qualifiers (`?`, `~`), open ends
//! and sets, since no page prints them.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A date or an interval in EDTF. It never claims more than its evidence: what was not printed is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Edtf {
    /// One date.
    Date(Moment),
    /// From the first to the second, both included. Years may lack on both sides, not on one alone.
    Interval(Moment, Moment),
}

/// A day, month or year, with a time of day where one was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    day: Day,
    clock: Option<Clock>,
}

/// The calendar part of a date, as precise as it was printed (proleptic Gregorian calendar).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::struct_field_names, reason = "a day of the calendar has a day of the month")]
pub struct Day {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
}

/// A time of day as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Clock {
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// 0 to 59, where printed.
    pub second: Option<u32>,
    /// Minutes east of UTC, where printed.
    pub offset: Option<i32>,
}

/// The finest part of a date that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
    /// A time of day.
    Minute,
}

/// Why a text is no EDTF date that dateline knows.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EdtfError {
    /// The shape is unknown.
    #[error(
        "`{0}` is not a date like 2024, 2024-07, 2024-07-25, XXXX-07-25, 2024-07-25T15:54 or an interval a/b of these"
    )]
    Shape(String),
    /// The shape is right and the day is not in the calendar.
    #[error("`{0}` is not a day of the calendar")]
    NoSuchDay(String),
    /// The interval ends before it starts, or only one side has a year.
    #[error("the interval `{0}` ends before it starts, or only one of its sides has a year")]
    Interval(String),
}

/// Years outside of this range are refused: pages that are read today print none of them.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=9999;

impl Day {
    /// A day of the calendar with what is known of it; `None` when no year has such a day, or when a day comes
    /// without a month, or when nothing at all is known.
    pub fn new(year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        let exists = match (year, month, day) {
            (None, None, _) | (Some(_), None, Some(_)) => false,
            // 2000 had a 29 February, so a month and day without a year are tried on it.
            (_, Some(month), day) => {
                NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day.unwrap_or(1)).is_some()
            }
            (Some(_), None, None) => true,
        };
        (exists && year.is_none_or(|it| YEARS.contains(&it))).then_some(Self { year, month, day })
    }

    /// The whole day `date`.
    pub fn of(date: NaiveDate) -> Self {
        Self { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
    }

    /// The year, where known.
    pub const fn year(self) -> Option<i32> {
        self.year
    }

    /// The month from 1, where known.
    pub const fn month(self) -> Option<u32> {
        self.month
    }

    /// The day of the month from 1, where known.
    pub const fn day(self) -> Option<u32> {
        self.day
    }

    /// The same day in `year`; `None` for 29 February of a common year.
    pub fn in_year(self, year: i32) -> Option<Self> {
        Self::new(Some(year), self.month, self.day)
    }

    /// The day of the calendar, where year, month and day are known.
    pub fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month?, self.day?)
    }

    fn earliest(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    fn latest(self) -> Option<NaiveDate> {
        let year = self.year?;
        if self.day.is_some() {
            return self.date();
        }
        let (next_year, next_month) = match self.month {
            None | Some(12) => (year + 1, 1),
            Some(month) => (year, month + 1),
        };
        NaiveDate::from_ymd_opt(next_year, next_month, 1)?.pred_opt()
    }
}

impl Moment {
    /// A day with no time of day.
    pub const fn day(day: Day) -> Self {
        Self { day, clock: None }
    }

    /// A whole day with a time; `None` when the day is not known to the day, or the time does not exist.
    pub fn at(day: Day, clock: Clock) -> Option<Self> {
        let in_range = clock.hour < 24
            && clock.minute < 60
            && clock.second.is_none_or(|it| it < 60)
            && clock.offset.is_none_or(|it| it.abs() <= 18 * 60);
        (in_range && day.day.is_some()).then_some(Self { day, clock: Some(clock) })
    }

    /// The calendar part.
    pub const fn calendar(self) -> Day {
        self.day
    }

    /// The time of day, where printed.
    pub const fn clock(self) -> Option<Clock> {
        self.clock
    }

    fn precision(self) -> Precision {
        match self.day {
            _ if self.clock.is_some() => Precision::Minute,
            Day { day: Some(_), .. } => Precision::Day,
            Day { month: Some(_), .. } => Precision::Month,
            Day { .. } => Precision::Year,
        }
    }

    fn in_year(self, year: i32) -> Option<Self> {
        Some(Self { day: self.day.in_year(year)?, clock: self.clock })
    }
}

impl Edtf {
    /// A single date without a time.
    pub const fn day(day: Day) -> Self {
        Self::Date(Moment::day(day))
    }

    /// An interval; `None` when it ends before it starts or only one side has a year.
    pub fn interval(from: Day, until: Day) -> Option<Self> {
        let ordered = match (from.year, until.year) {
            (Some(_), Some(_)) => from.earliest() <= until.latest(),
            // Without years an interval may run over New Year.
            (None, None) => true,
            _ => false,
        };
        ordered.then_some(Self::Interval(Moment::day(from), Moment::day(until)))
    }

    /// The date, or the first of the interval.
    pub const fn start(self) -> Moment {
        match self {
            Self::Date(it) | Self::Interval(it, _) => it,
        }
    }

    /// The date, or the last of the interval.
    pub const fn end(self) -> Moment {
        match self {
            Self::Date(it) | Self::Interval(_, it) => it,
        }
    }

    /// Whether the year is known.
    pub const fn has_year(self) -> bool {
        self.start().day.year.is_some()
    }

    /// First day that the date can mean; `None` while the year is unknown.
    pub fn earliest(self) -> Option<NaiveDate> {
        self.start().day.earliest()
    }

    /// Last day that the date can mean; `None` while the year is unknown.
    pub fn latest(self) -> Option<NaiveDate> {
        self.end().day.latest()
    }

    /// The finest part that is known; of an interval, that of its coarser side.
    pub fn precision(self) -> Precision {
        self.start().precision().min(self.end().precision())
    }

    /// The same date in `year`. Of an interval without years that runs over New Year, the end falls into the year
    /// after. `None` where the day does not exist in that year.
    pub fn in_year(self, year: i32) -> Option<Self> {
        match self {
            Self::Date(it) => it.in_year(year).map(Self::Date),
            Self::Interval(from, until) => {
                let start = from.in_year(year)?;
                let same = until.in_year(year).filter(|it| it.day.latest() >= start.day.earliest());
                let end = same.or_else(|| until.in_year(year + 1))?;
                Some(Self::Interval(start, end))
            }
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("XXXX")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        if let Some(second) = self.second {
            write!(f, ":{second:02}")?;
        }
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.day.fmt(f)?;
        match self.clock {
            Some(clock) => write!(f, "T{clock}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(it) => it.fmt(f),
            Self::Interval(from, until) => write!(f, "{from}/{until}"),
        }
    }
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, EdtfError> {
        let Some((from, until)) = text.split_once('/') else {
            return moment(text).map(Self::Date);
        };
        let (from, until) = (moment(from)?, moment(until)?);
        match Self::interval(from.day, until.day) {
            Some(_) => Ok(Self::Interval(from, until)),
            None => Err(EdtfError::Interval(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Edtf {
    type Error = EdtfError;

    fn try_from(text: String) -> Result<Self, EdtfError> {
        text.parse()
    }
}

impl From<Edtf> for String {
    fn from(date: Edtf) -> Self {
        date.to_string()
    }
}

fn moment(text: &str) -> Result<Moment, EdtfError> {
    let shape = || EdtfError::Shape(text.to_owned());
    let no_day = || EdtfError::NoSuchDay(text.to_owned());
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let year = match parts.next() {
        Some("XXXX") => None,
        Some(part) => Some(digits(part, 4).ok_or_else(shape)?),
        None => return Err(shape()),
    };
    let month = parts.next().map(|it| digits(it, 2).ok_or_else(shape)).transpose()?;
    let day = parts.next().map(|it| digits(it, 2).ok_or_else(shape)).transpose()?;
    if parts.next().is_some() {
        return Err(shape());
    }
    let year = year.map(i32::try_from).transpose().map_err(|_| shape())?;
    let day = Day::new(year, month, day).ok_or_else(no_day)?;
    match time {
        None => Ok(Moment::day(day)),
        Some(time) => Moment::at(day, clock(time).ok_or_else(shape)?).ok_or_else(no_day),
    }
}

fn clock(text: &str) -> Option<Clock> {
    let (time, offset) = match text.find(['Z', '+', '-']) {
        Some(at) => (text.get(..at)?, Some(offset(text.get(at..)?)?)),
        None => (text, None),
    };
    let mut parts = time.split(':');
    let hour = digits(parts.next()?, 2)?;
    let minute = digits(parts.next()?, 2)?;
    let second = match parts.next() {
        Some(part) => Some(digits(part, 2)?),
        None => None,
    };
    parts.next().is_none().then_some(Clock { hour, minute, second, offset })
}

fn offset(text: &str) -> Option<i32> {
    if text == "Z" {
        return Some(0);
    }
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    let total = i32::try_from(hours * 60 + minutes).ok()?;
    (minutes < 60).then_some(if text.starts_with('-') { -total } else { total })
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let all_digits = text.len() == count && text.bytes().all(|it| it.is_ascii_digit());
    all_digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(text: &str) -> Edtf {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        for text in [
            "2024",
            "2024-07",
            "2024-07-25",
            "XXXX-02-29",
            "XXXX-09",
            "2025-05-19T15:54",
            "2025-05-19T15:54:10+03:00",
            "2025-05-19T15:54Z",
            "2025-05-19T15:54-00:30",
            "2025-06-03/2025-06-05",
            "XXXX-12-30/XXXX-01-02",
        ] {
            assert_eq!(parsed(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "24-07-01", "2024-7-1", "2023-02-29", "XXXX", "XXXX-13", "2024-01-01T25:00"]
        {
            assert!(text.parse::<Edtf>().is_err(), "{text} was taken");
        }
        assert!("2025-06-05/2025-06-03".parse::<Edtf>().is_err());
        assert!("XXXX-06-05/2025-06-07".parse::<Edtf>().is_err());
    }

    #[test]
    fn a_month_spans_from_its_first_to_its_last_day() {
        let february = parsed("2024-02");
        assert_eq!(february.earliest().unwrap().to_string(), "2024-02-01");
        assert_eq!(february.latest().unwrap().to_string(), "2024-02-29");
        assert_eq!(parsed("XXXX-02-03").earliest(), None);
    }

    #[test]
    fn an_interval_over_new_year_ends_in_the_next_year() {
        let around = parsed("XXXX-12-30/XXXX-01-02").in_year(2024).unwrap();
        assert_eq!(around.to_string(), "2024-12-30/2025-01-02");
        assert_eq!(parsed("XXXX-02-29").in_year(2023), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,40}") {
            let _ = text.parse::<Edtf>();
        }

        #[test]
        fn every_date_that_is_read_is_written_as_it_was(year in 1000..=9999i32, month in 1..=12u32, day in 1..=31u32) {
            let text = format!("{year:04}-{month:02}-{day:02}");
            if let Ok(date) = text.parse::<Edtf>() {
                prop_assert_eq!(date.to_string(), text);
                prop_assert_eq!(date.earliest(), date.latest());
            }
        }
    }
}
