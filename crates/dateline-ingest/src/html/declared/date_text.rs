//! Dates as metadata writes them: ISO 8601 in its forms, seconds since 1970, and what people write.

use std::ops::Range;

use chrono::{DateTime, Datelike, Timelike};
use dateline_event::date::printed::{DateExpression, Style, YearSaid, find_all};
use dateline_event::date::{Clock, Day, Edtf, Moment, Precision};

/// Longest text that is taken for a date, in bytes.
const MAX_BYTES: usize = 120;

/// Which of two figures is the month, where neither says so (`03/04/2022`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldOrder {
    DayFirst,
    MonthFirst,
}

impl FieldOrder {
    /// The order that readers of `language`, a tag such as `en-US`, expect.
    pub(super) fn of_language(language: Option<&str>) -> Self {
        let tag = language.unwrap_or_default().to_ascii_lowercase();
        match tag.as_str() {
            "en" | "en-us" | "en_us" => Self::MonthFirst,
            _ => Self::DayFirst,
        }
    }
}

/// The day, with its time where one is written, that `text` names; `None` where it names none, or
/// less than a day.
pub(super) fn read(text: &str, order: FieldOrder) -> Option<Edtf> {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return None;
    }
    compact(text).or_else(|| {
        let found = find_all(text).into_iter().find_map(|it| day_of(text, &it, order));
        found.or_else(|| year_last(text, order)).or_else(|| start_of_iso(text))
    })
}

/// How a date in a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// It says which is the month, and the year in four figures.
    Full,
    /// Which of two figures is the month, only the language of the page says.
    Ambiguous,
    /// `23.05.17`.
    ShortYear,
}

/// A day in a text.
#[derive(Debug, Clone)]
pub(super) struct DayInText {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) edtf: Edtf,
    pub(super) form: Form,
}

/// The days in `text` with their year, in their order.
pub(super) fn days_in(text: &str, order: FieldOrder) -> Vec<DayInText> {
    let found = find_all(text).into_iter().filter_map(|it| {
        let form = if it.style == Style::Ambiguous { Form::Ambiguous } else { Form::Full };
        Some(DayInText { edtf: day_of(text, &it, order)?, range: it.range, form })
    });
    let mut days: Vec<DayInText> = found.collect();
    if days.is_empty() {
        days.extend(short_years(text));
    }
    days
}

/// `23.05.17` and `23/05/17` with no figure or dot at their sides: days of this century, and of the
/// last where they are not past its first half.
fn short_years(text: &str) -> Vec<DayInText> {
    let mut days = Vec::new();
    let mut at = 0;
    let joins = |it: char| it.is_alphanumeric() || matches!(it, '.' | '/' | '-' | ',');
    for word in text.split_inclusive(|it: char| !joins(it)) {
        let bare = word.trim_matches(|it: char| !it.is_ascii_digit());
        let start = at + word.find(bare).unwrap_or(0);
        at += word.len();
        let letters = word.chars().any(char::is_alphabetic);
        let mark = if bare.contains('.') { '.' } else { '/' };
        let parts: Vec<&str> = bare.split(mark).collect();
        let [day, month, year] = parts.as_slice() else { continue };
        if letters || year.len() != 2 || day.len() > 2 || month.len() > 2 {
            continue;
        }
        let number = |it: &str| it.parse::<u32>().ok();
        let Some(year) = number(year).and_then(|it| i32::try_from(it).ok()) else { continue };
        let year = if year < 70 { 2000 + year } else { 1900 + year };
        let Some(day) = Day::new(Some(year), number(month), number(day)) else { continue };
        if number(month).is_some() && day.day().is_some() {
            let range = start..start + bare.len();
            days.push(DayInText { range, edtf: Edtf::day(day), form: Form::ShortYear });
        }
    }
    days
}

/// The day that `found` in `text` names, once `order` tells the month; `None` where it names less.
fn day_of(text: &str, found: &DateExpression, order: FieldOrder) -> Option<Edtf> {
    match found.style {
        // An AM or PM beside figures is no sign of a month first in every language.
        Style::Ambiguous | Style::MonthFirst => {
            if let Some(settled) = settled(text.get(found.range.clone())?, order) {
                return Some(settled);
            }
        }
        Style::Words | Style::YearFirst | Style::DayFirst => {}
    }
    let is_day = matches!(found.edtf, Edtf::Date(_)) && found.edtf.precision() >= Precision::Day;
    (is_day && found.year == YearSaid::Printed && found.edtf.has_year()).then_some(found.edtf)
}

/// `03/04/2022` with the month that `order` says, and the time beside it; `None` where the figures
/// are not in question.
fn settled(expression: &str, order: FieldOrder) -> Option<Edtf> {
    let bytes = expression.as_bytes();
    let mark = bytes.windows(2).position(|it| {
        it.first().is_some_and(u8::is_ascii_digit) && matches!(it.last(), Some(b'/' | b'-'))
    })? + 1;
    let before = expression.get(..mark)?;
    let start = before.rfind(|it: char| !it.is_ascii_digit()).map_or(0, |it| it + 1);
    let figures = expression.get(start..)?;
    let length = figures.bytes().take_while(|it| it.is_ascii_digit() || matches!(it, b'/' | b'-'));
    let length = length.count();
    let numbers: Vec<u32> =
        figures.get(..length)?.split(['/', '-']).filter_map(|it| it.parse().ok()).collect();
    let [first, second, year] = numbers.as_slice() else { return None };
    let (day, month) = match order {
        FieldOrder::DayFirst => (first, second),
        FieldOrder::MonthFirst => (second, first),
    };
    if *first > 12 || *second > 12 {
        return None;
    }
    let day = Day::new(Some(i32::try_from(*year).ok()?), Some(*month), Some(*day))?;
    let clear = format!("{}{day}{}", expression.get(..start)?, figures.get(length..)?);
    let timed = find_all(&clear).into_iter().next().map(|it| it.edtf);
    timed.filter(|it| it.start().calendar() == day).or(Some(Edtf::day(day)))
}

/// The day of `2017-05-23T10:00:00:123Z` and others whose time is written in a way of its own.
fn start_of_iso(text: &str) -> Option<Edtf> {
    let (day, rest) = text.split_at_checked(10)?;
    let shaped = rest.starts_with(['T', ' ']) && day.bytes().filter(|it| *it == b'-').count() == 2;
    shaped.then(|| day.parse().ok()).flatten().filter(|it: &Edtf| it.precision() == Precision::Day)
}

/// `Tue May 23 10:00:00 CEST 2017`.
fn year_last(text: &str, order: FieldOrder) -> Option<Edtf> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [.., month, day, time, _zone, year] = words.as_slice() else { return None };
    if !time.contains(':') || year.len() != 4 {
        return None;
    }
    read(&format!("{month} {day}, {year}"), order)
}

/// `20170523`, `20170523T1000Z`, `20170523101500`, and seconds or milliseconds since 1970.
fn compact(text: &str) -> Option<Edtf> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    let number = text.get(..digits)?;
    match (digits, rest) {
        (10, "") => instant(number.parse().ok()?),
        (13, "") => instant(number.parse::<i64>().ok()? / 1000),
        (8, _) => {
            let day = ymd(number)?;
            let clock = rest.strip_prefix(['T', ' ']).and_then(compact_clock);
            Some(clock.and_then(|it| Moment::at(day, it)).map_or(Edtf::day(day), Edtf::Date))
        }
        (12 | 14, "") => {
            let clock = compact_clock(number.get(8..)?)?;
            Moment::at(ymd(number.get(..8)?)?, clock).map(Edtf::Date)
        }
        _ => None,
    }
}

fn ymd(digits: &str) -> Option<Day> {
    let part = |range| digits.get(range).and_then(|it: &str| it.parse::<u32>().ok());
    let year = i32::try_from(part(0..4)?).ok().filter(|it| (1900..2200).contains(it))?;
    Day::new(Some(year), Some(part(4..6)?), Some(part(6..8)?))
}

fn compact_clock(text: &str) -> Option<Clock> {
    let part = |range| text.get(range).and_then(|it: &str| it.parse::<u32>().ok());
    let second = part(4..6);
    let zone = text.get(if second.is_some() { 6 } else { 4 }..)?;
    let offset = match zone {
        "Z" => Some(0),
        _ => None,
    };
    Some(Clock { hour: part(0..2)?, minute: part(2..4)?, second, offset })
}

fn instant(seconds: i64) -> Option<Edtf> {
    let at = DateTime::from_timestamp(seconds, 0)?;
    let clock =
        Clock { hour: at.hour(), minute: at.minute(), second: Some(at.second()), offset: Some(0) };
    let day = Day::new(Some(at.year()), Some(at.month()), Some(at.day()))?;
    Moment::at(day, clock).map(Edtf::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Option<String> {
        read(text, FieldOrder::DayFirst).map(|it| it.to_string())
    }

    #[test]
    fn dates_of_metadata_are_read_in_their_own_zone() {
        for (text, expected) in [
            ("2017-05-23", "2017-05-23"),
            ("2017-05-23T10:00:00+0200", "2017-05-23T10:00:00+02:00"),
            ("2017-05-23T23:30:00.000Z", "2017-05-23T23:30:00Z"),
            ("2017-05-23 10:00", "2017-05-23T10:00"),
            ("2017/05/23", "2017-05-23"),
            ("20170523", "2017-05-23"),
            ("20170523T1015Z", "2017-05-23T10:15Z"),
            ("20170523101500", "2017-05-23T10:15:00"),
            ("1495526400", "2017-05-23T08:00:00Z"),
            ("1495526400000", "2017-05-23T08:00:00Z"),
            ("Tue, 23 May 2017 10:00:00 GMT", "2017-05-23T10:00:00Z"),
            ("2017-05-23T10:00:00:123Z", "2017-05-23"),
            ("Tue May 23 10:00:00 CEST 2017", "2017-05-23"),
            ("23. Mai 2017", "2017-05-23"),
            ("03/04/2022", "2022-04-03"),
            ("09:30 03/04/2022", "2022-04-03T09:30"),
            ("03/04/2022 05:22 pm", "2022-04-03T17:22"),
        ] {
            assert_eq!(seen(text).as_deref(), Some(expected), "{text}");
        }
        let american = read("03/04/2022", FieldOrder::of_language(Some("en-US")));
        assert_eq!(american.map(|it| it.to_string()).as_deref(), Some("2022-03-04"));
    }

    #[test]
    fn what_names_no_day_is_no_date() {
        for text in
            ["", "2017", "2017-05", "May 2017", "tomorrow", "20171523", "May 23", "12345678"]
        {
            assert_eq!(seen(text), None, "{text}");
        }
    }
}
