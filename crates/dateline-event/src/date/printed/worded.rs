//! Dates with the name of a month: `19 May 2025`, `July 17`, `the 5th of June`, `25-May-2017`,
//! `November 2019`, and ranges of days such as `27-30 May`, `From 17 to 20 March 2025`, `30 May - 2
//! June`.

use super::clock::glued_mark;
use super::day::{Month, Year, day, month, year, year_part};
use super::numeric::DASHES;
use super::phrase::{Core, Reading};
use super::tokens::{Kind, Token};
use super::{Style, YearSaid};
use crate::date::{Day, Edtf};

/// The date with a named month that starts at token `at`.
pub(super) fn read(tokens: &[Token<'_>], at: usize) -> Option<Core> {
    year_first(tokens, at)
        .or_else(|| days_before_month(tokens, at))
        .or_else(|| days_behind_month(tokens, at))
        .or_else(|| from_point(tokens, at))
        .or_else(|| month_of_year(tokens, at))
}

/// `2025. június 5.`, `2025 m. birželio 5 d.`, `2025 жылғы 5 маусым`, `2025-yil 5-iyun`.
fn year_first(tokens: &[Token], at: usize) -> Option<Core> {
    const OF_YEAR: [&str; 7] = ["m", "жылғы", "жылдың", "жылдын", "թ", "yil", "yilning"];
    let (year, mut next) = year(tokens, at)?;
    next += usize::from(glued_mark(tokens, next, &['.', '-']));
    if tokens.get(next).and_then(Token::word).is_some_and(|it| OF_YEAR.contains(&it)) {
        next += 1;
        next += usize::from(glued_mark(tokens, next, &['.']));
    }
    let (point, mut next) = point(tokens, next).filter(|it| it.0.year == Year::NOTHING)?;
    next += usize::from(tokens.get(next).and_then(Token::word) == Some("d"));
    let dotted =
        glued_mark(tokens, next, &['.']) && tokens.get(next + 1).is_none_or(|it| it.spaced);
    let date = point.in_year(Some(year)).map(Edtf::day);
    Some(core(date, YearSaid::Printed, next + usize::from(dotted)))
}

fn core(edtf: Option<Edtf>, year: YearSaid, next: usize) -> Core {
    Core { reading: Reading::Settled(edtf), year, style: Style::Words, next }
}

/// One day with its month.
#[derive(Debug, Clone, Copy)]
struct Point {
    day: u32,
    month: u32,
    year: Year,
}

impl Point {
    fn in_year(self, year: Option<i32>) -> Option<Day> {
        Day::new(year, Some(self.month), Some(self.day))
    }
}

/// `27-30 May 2025`, `from 17 to 20 March`, `3 and 4 June`.
fn days_before_month(tokens: &[Token<'_>], at: usize) -> Option<Core> {
    let (first, next) = day(tokens, at)?;
    let (last_listed, next) = listed_days(tokens, first, next);
    let (joiner, next) = joiner(tokens, at, next)?;
    let (second, next) = day(tokens, next)?;
    let (month, next) = month_behind_day(tokens, next)?;
    let listed = joiner == Joiner::And || last_listed != first;
    if listed && second != last_listed + 1 {
        return None;
    }
    let (year, next) = year_part(tokens, next).unwrap_or((Year::NOTHING, next));
    (!month.weak || year.number.is_some()).then(|| days(first..=second, month, year, next))
}

/// The last of the days that follow `first` one by one behind commas, as in `5, 6 and 7 June`.
fn listed_days(tokens: &[Token<'_>], first: u32, at: usize) -> (u32, usize) {
    let (mut last, mut next) = (first, at);
    while tokens.get(next).is_some_and(|it| it.is_mark(&[','])) {
        match day(tokens, next + 1) {
            Some((listed, behind)) if listed == last + 1 => (last, next) = (listed, behind),
            Some(_) | None => break,
        }
    }
    (last, next)
}

/// `May 27–30, 2025`, `from March 17 to 20`.
fn days_behind_month(tokens: &[Token<'_>], at: usize) -> Option<Core> {
    let (month, next) = month(tokens, at).filter(|it| !it.0.weak)?;
    let (first, behind) = day(tokens, next)?;
    let (joiner, next) = joiner(tokens, at, behind)?;
    let spaced_dash = joiner == Joiner::Dash && tokens.get(behind)?.spaced;
    let (second, next) = day(tokens, next)?;
    if month_behind_day(tokens, next).is_some() || joiner == Joiner::And && second != first + 1 {
        return None;
    }
    let (year, next) = year_part(tokens, next).unwrap_or((Year::NOTHING, next));
    // "July 17 – 20 people came" is no range: a dash between spaces needs an end or a year behind
    // the second day.
    let ends = tokens.get(next).is_none_or(|it| it.is_mark(&['.', ',', ')', ';', '\n']));
    let sure = !spaced_dash || ends || year != Year::NOTHING;
    sure.then(|| days(first..=second, month, year, next))
}

fn days(days: std::ops::RangeInclusive<u32>, month: Month, year: Year, next: usize) -> Core {
    let end = |day| Day::new(year.number, Some(month.number), Some(day));
    let (first, last) = (*days.start(), *days.end());
    let interval = end(first).zip(end(last)).and_then(|(from, until)| Edtf::interval(from, until));
    core(interval.filter(|_| first < last), year.said, next)
}

/// One day, or a range between two days that each have their month: `30 May - 2 June 2025`.
fn from_point(tokens: &[Token<'_>], at: usize) -> Option<Core> {
    let (from, next) = point(tokens, at)?;
    let until = joiner(tokens, at, next)
        .filter(|it| it.0 != Joiner::And)
        .and_then(|it| point(tokens, it.1));
    let Some((until, next)) = until else {
        return Some(core(from.in_year(from.year.number).map(Edtf::day), from.year.said, next));
    };
    let year = if until.year == Year::NOTHING { from.year } else { until.year };
    let new_year = (from.month, from.day) > (until.month, until.day);
    let first_year = from.year.number.or(until.year.number.map(|it| it - i32::from(new_year)));
    let last_year = until.year.number.or(from.year.number.map(|it| it + i32::from(new_year)));
    let ends = from.in_year(first_year).zip(until.in_year(last_year));
    Some(core(ends.and_then(|(from, until)| Edtf::interval(from, until)), year.said, next))
}

fn point(tokens: &[Token<'_>], at: usize) -> Option<(Point, usize)> {
    day_month(tokens, at).or_else(|| month_day(tokens, at))
}

/// `19 May 2025`, `5th of June this year`, `25-May-2017`.
fn day_month(tokens: &[Token<'_>], at: usize) -> Option<(Point, usize)> {
    let (day, next) = day(tokens, at)?;
    let hyphen = glued_mark(tokens, next, &['-', '/', '.']);
    let (month, next) = month_behind_day(tokens, next)?;
    let year = if hyphen && glued_mark(tokens, next, &['-', '/', '.']) {
        year(tokens, next + 1).map(|(it, next)| (Year::printed(it), next))
    } else {
        year_part(tokens, next)
    };
    let (year, next) = year.unwrap_or((Year::NOTHING, next));
    let sure = !month.weak || year.number.is_some();
    sure.then_some((Point { day, month: month.number, year }, next))
}

/// `July 17, 2019`, `July17`, `July the 17th`.
fn month_day(tokens: &[Token<'_>], at: usize) -> Option<(Point, usize)> {
    let (month, next) = month(tokens, at).filter(|it| !it.0.weak)?;
    let article = tokens.get(next).and_then(Token::word) == Some("the");
    let (day, next) = day(tokens, next + usize::from(article))?;
    // "In May 15:30 was the usual hour", "by May 1,500 had come".
    let longer = glued_mark(tokens, next, &[':', ',', '.'])
        && tokens.get(next + 1).is_some_and(|it| !it.spaced && matches!(it.kind, Kind::Number(..)))
        && year_part(tokens, next).is_none();
    if longer {
        return None;
    }
    let (year, next) = year_part(tokens, next).unwrap_or((Year::NOTHING, next));
    Some((Point { day, month: month.number, year }, next))
}

/// `November 2019`, `September last year`.
fn month_of_year(tokens: &[Token<'_>], at: usize) -> Option<Core> {
    let (month, next) = month(tokens, at).filter(|it| !it.0.weak)?;
    let (year, next) = year_part(tokens, next)?;
    Some(core(Day::new(year.number, Some(month.number), None).map(Edtf::day), year.said, next))
}

/// The month behind a day, with what joins them: `5 June`, `5th of June`, `5 de junio`, `25-May`.
fn month_behind_day(tokens: &[Token<'_>], at: usize) -> Option<(Month, usize)> {
    let joins = glued_mark(tokens, at, &['-', '/', '.'])
        || matches!(tokens.get(at)?.word(), Some("of" | "de" | "d"));
    month(tokens, if joins { at + 1 } else { at })
}

/// What stands between the two ends of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joiner {
    Dash,
    /// "to", "until" and the like, or "and" behind "between".
    Word,
    /// "and" with no "between" before.
    And,
}

/// The joiner at `at` in an expression that starts at token `start`, and the token behind it.
fn joiner(tokens: &[Token<'_>], start: usize, at: usize) -> Option<(Joiner, usize)> {
    const TO: [&str; 14] = [
        "to", "until", "till", "through", "thru", "bis", "au", "al", "a", "do", "по", "до", "па",
        "t/m",
    ];
    const AND: [&str; 10] = ["and", "und", "et", "y", "e", "i", "и", "та", "ve", "і"];
    const BETWEEN: [&str; 8] =
        ["between", "zwischen", "entre", "tra", "fra", "między", "между", "між"];
    let token = tokens.get(at)?;
    if token.is_mark(DASHES) {
        return Some((Joiner::Dash, at + 1));
    }
    let word = token.word()?;
    if TO.contains(&word) {
        return Some((Joiner::Word, at + 1));
    }
    let opener = start.checked_sub(1).and_then(|it| tokens.get(it)).and_then(Token::word);
    let between = opener.is_some_and(|it| BETWEEN.contains(&it));
    let joiner = if between { Joiner::Word } else { Joiner::And };
    AND.contains(&word).then_some((joiner, at + 1))
}
