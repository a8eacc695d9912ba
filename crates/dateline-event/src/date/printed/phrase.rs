//! A whole date expression: the date itself, with the weekday and the time of day printed before or
//! behind it.

use std::ops::Range;

use chrono::Weekday;

use super::clock::{Time, glued_mark, number, time};
use super::day::{DAYS, far_year};
use super::names::Name;
use super::tokens::{Kind, Token};
use super::{DateExpression, Style, YearSaid, numeric, worded};
use crate::date::{Day, Edtf, Moment};

/// Where a date is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// Anywhere in a text.
    Text,
    /// In a line that holds nothing else.
    Stamp,
}

/// The date itself, before weekday and time are added.
#[derive(Debug)]
pub(super) struct Core {
    pub(super) reading: Reading,
    pub(super) year: YearSaid,
    pub(super) style: Style,
    /// The token behind it.
    pub(super) next: usize,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Reading {
    /// It means this; `None`: it has the shape of a date and is no day of the calendar.
    Settled(Option<Edtf>),
    /// Two figures that may be day and month or month and day.
    Figures { first: u32, second: u32, year: i32 },
}

/// What stands where a date is looked for.
#[derive(Debug)]
pub(super) enum Found {
    Date(DateExpression),
    /// It has the shape of a date, and no calendar has that day, or no page can mean its year: no part
    /// of it may be read as one.
    NoDay(Range<usize>),
    /// It is the start of something longer, such as the name of a file.
    Longer,
}

impl Found {
    pub(super) fn date(self) -> Option<DateExpression> {
        if let Self::Date(it) = self { Some(it) } else { None }
    }

    /// Counts its place from `bytes` further back.
    pub(super) fn shift(&mut self, bytes: usize) {
        if let Self::Date(DateExpression { range, .. }) | Self::NoDay(range) = self {
            *range = bytes + range.start..bytes + range.end;
        }
    }
}

/// What starts at token `at`, and the token behind it. `None`: nothing like a date starts there.
pub(super) fn read(tokens: &[Token<'_>], at: usize, setting: Setting) -> Option<(Found, usize)> {
    let first = tokens.get(at)?;
    if is_glued_to_something(tokens, at) {
        return None;
    }
    let (earlier, time_at) = weekday_before(tokens, at);
    let (mut clock, core_at) = time_before(tokens, time_at);
    let (later, core_at) = weekday_before(tokens, core_at);
    let core = numeric::read(tokens, core_at, setting).or_else(|| worded::read(tokens, core_at))?;
    if core.year == YearSaid::Nothing
        && let Some(after) = far_year(tokens, core.next)
    {
        let end = tokens.get(after - 1)?.range.end;
        return Some((Found::NoDay(first.range.start..end), after));
    }
    let mut next = core.next;
    let behind = weekday_behind(tokens, next);
    if let Some((_, after)) = behind {
        next = after;
    }
    if clock.is_none()
        && let Some((time, after)) = time_behind(tokens, next)
    {
        clock = Some(time);
        next = after;
    }
    let last = tokens.get(next.checked_sub(1)?)?;
    if goes_on(tokens, next) {
        return Some((Found::Longer, next));
    }
    let range = first.range.start..last.range.end;
    if let Some(day) = impossible_day_before(tokens, at) {
        return Some((Found::NoDay(day..range.end), next));
    }
    let (edtf, style) = settle(&core, clock);
    let Some(edtf) = edtf else { return Some((Found::NoDay(range), next)) };
    let weekday = later.or(earlier).or(behind.map(|it| it.0));
    Some((Found::Date(DateExpression { range, edtf, weekday, year: core.year, style }), next))
}

/// Where a day that no month has starts, right before the month at `at`: `45 June 2024`.
fn impossible_day_before(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let is_month = matches!(
        tokens.get(at)?.kind,
        Kind::Word { name: Some(Name::Month(_) | Name::WeakMonth(_)), .. }
    );
    let before = at.checked_sub(1)?;
    let value = number(tokens, before, 1..=2)?;
    let alone = !is_glued_to_something(tokens, before);
    (is_month && alone && !DAYS.contains(&value))
        .then(|| tokens.get(before).map(|it| it.range.start))?
}

/// A time of day before a date, and where the date starts.
fn time_before(tokens: &[Token<'_>], at: usize) -> (Option<Time>, usize) {
    let Some((time, next)) = time(tokens, at) else { return (None, at) };
    let separated = tokens
        .get(next)
        .is_some_and(|it| it.is_mark(&[',', '-', '–', '|', '/', '•']) || it.word() == Some("on"));
    (Some(time), next + usize::from(separated))
}

/// Whether the number at `at` is the end of something longer: `A17`, `3.5`, `2018-2019`, `+7`.
fn is_glued_to_something(tokens: &[Token<'_>], at: usize) -> bool {
    let (Some(token), Some(before)) =
        (tokens.get(at), at.checked_sub(1).and_then(|it| tokens.get(it)))
    else {
        return false;
    };
    if token.spaced {
        return false;
    }
    match before.kind {
        Kind::Number(..)
        | Kind::Word { .. }
        | Kind::Mark('+' | '#' | '№' | '$' | '€' | '£' | '_' | '=' | '@' | '&') => true,
        Kind::Mark('.' | ':' | '/' | '-' | '−' | '–' | ',' | '\'' | '’') => {
            let further = at.checked_sub(2).and_then(|it| tokens.get(it));
            let number = matches!(further.map(|it| &it.kind), Some(Kind::Number(..)));
            let word = matches!(further.map(|it| &it.kind), Some(Kind::Word { .. }));
            let joins_words = before.is_mark(&['-', '/', '_', '\'', '’']);
            !before.spaced && (number || word && joins_words)
        }
        Kind::Mark(_) => false,
    }
}

/// Whether the expression that ends before `next` is the start of something longer: `17%`,
/// `9.06.2018.jpg`.
fn goes_on(tokens: &[Token<'_>], next: usize) -> bool {
    let Some(behind) = tokens.get(next).filter(|it| !it.spaced) else {
        return false;
    };
    let ends_in_number = next
        .checked_sub(1)
        .and_then(|it| tokens.get(it))
        .is_some_and(|it| matches!(it.kind, Kind::Number(..)));
    let after = tokens.get(next + 1).filter(|it| !it.spaced);
    match behind.kind {
        Kind::Word { .. } | Kind::Number(..) => ends_in_number,
        Kind::Mark('%' | '_' | '°' | '€' | '$') => true,
        Kind::Mark('.') => match after.map(|it| &it.kind) {
            Some(Kind::Number(..)) => ends_in_number,
            Some(Kind::Word { capital, .. }) => ends_in_number && !capital,
            Some(Kind::Mark(_)) | None => false,
        },
        Kind::Mark(':' | '/' | '-' | ',') => {
            ends_in_number && after.is_some_and(|it| matches!(it.kind, Kind::Number(..)))
        }
        Kind::Mark(_) => false,
    }
}

/// A weekday before a date, and where what stands behind its comma and article starts.
fn weekday_before(tokens: &[Token<'_>], at: usize) -> (Option<Weekday>, usize) {
    const ARTICLES: [&str; 6] = ["the", "den", "dem", "le", "el", "on"];
    let weekday = tokens.get(at).and_then(weekday_name);
    if weekday.is_none() {
        return (None, at);
    }
    let mut next = at + 1;
    for marks in [&['.'][..], &[','][..]] {
        next += usize::from(tokens.get(next).is_some_and(|it| it.is_mark(marks)));
    }
    let article = tokens.get(next).and_then(Token::word).is_some_and(|it| ARTICLES.contains(&it));
    (weekday, next + usize::from(article))
}

fn weekday_name(token: &Token<'_>) -> Option<Weekday> {
    match token.kind {
        Kind::Word { name: Some(Name::Weekday(it)), .. } => Some(it),
        Kind::Word { .. } | Kind::Number(..) | Kind::Mark(_) => None,
    }
}

/// A weekday behind a date: `(Wednesday)`, `, Wednesday` or `Wednesday`.
fn weekday_behind(tokens: &[Token<'_>], at: usize) -> Option<(Weekday, usize)> {
    let opens = tokens.get(at)?;
    if opens.is_mark(&['(']) {
        let weekday = weekday_name(tokens.get(at + 1)?)?;
        return glued_mark(tokens, at + 2, &[')']).then_some((weekday, at + 3));
    }
    let name_at = if opens.is_mark(&[',']) { at + 1 } else { at };
    let weekday = weekday_name(tokens.get(name_at)?)?;
    let behind = tokens.get(name_at + 1);
    let starts_another = behind.is_some_and(|it| matches!(it.kind, Kind::Number(..)));
    (!starts_another).then_some((weekday, name_at + 1))
}

/// A time of day behind a date.
fn time_behind(tokens: &[Token<'_>], at: usize) -> Option<(Time, usize)> {
    const JOINS: [&str; 9] = ["t", "at", "um", "в", "à", "a", "ore", "о", "às"];
    let mut next = at;
    if tokens.get(next)?.is_mark(&[',', '-', '–', '|', '/', '•', '·', '(']) {
        next += 1;
    }
    if tokens.get(next).and_then(Token::word).is_some_and(|it| JOINS.contains(&it)) {
        next += 1;
    }
    time(tokens, next)
}

fn settle(core: &Core, time: Option<Time>) -> (Option<Edtf>, Style) {
    let american = time.is_some_and(|it| it.american);
    let (edtf, style) = match core.reading {
        Reading::Settled(edtf) => (edtf, core.style),
        Reading::Figures { first, second, year } => figures(first, second, year, american),
    };
    let with_time = match (edtf, time) {
        (Some(Edtf::Date(date)), Some(time)) => Moment::at(date.calendar(), time.clock),
        (None | Some(Edtf::Date(_) | Edtf::Interval(..)), _) => None,
    };
    (with_time.map(Edtf::Date).or(edtf), style)
}

fn figures(first: u32, second: u32, year: i32, american: bool) -> (Option<Edtf>, Style) {
    let day = |day, month| Day::new(Some(year), Some(month), Some(day)).map(Edtf::day);
    match (first, second) {
        (1..=12, 13..) => (day(second, first), Style::MonthFirst),
        (13.., 1..=12) => (day(first, second), Style::DayFirst),
        (1..=12, 1..=12) if american => (day(second, first), Style::MonthFirst),
        (1..=12, 1..=12) if first == second => (day(first, second), Style::DayFirst),
        (1..=12, 1..=12) => (Day::new(Some(year), None, None).map(Edtf::day), Style::Ambiguous),
        _ => (None, Style::Ambiguous),
    }
}
