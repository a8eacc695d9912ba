//! Dates in figures: `05.06.2025`, `7.02 2025`, `2019-12-13`, `03/14/2022`, `27-30.05.2025`,
//! `2025年6月5日`.

use super::clock::{glued_mark, number};
use super::day::YEARS;
use super::phrase::{Core, Reading, Setting};
use super::tokens::Token;
use super::{Style, YearSaid};
use crate::date::{Day, Edtf};

/// The date in figures that starts at token `at`.
pub(super) fn read(tokens: &[Token<'_>], at: usize, setting: Setting) -> Option<Core> {
    year_first(tokens, at)
        .or_else(|| days_of_one_month(tokens, at))
        .or_else(|| dotted_range(tokens, at))
        .or_else(|| dotted(tokens, at, setting).map(|it| core(it.day.map(Edtf::day), it.next)))
        .or_else(|| slashed(tokens, at))
}

fn core(edtf: Option<Edtf>, next: usize) -> Core {
    Core { reading: Reading::Settled(edtf), year: YearSaid::Printed, style: Style::DayFirst, next }
}

/// A day in figures, `None` where it is not in the calendar, and the token behind it.
struct Dotted {
    day: Option<Day>,
    next: usize,
}

/// `2019-12-13`, `2019/12/13`, `2019. 12. 13`, `2019年12月13日`, `2019년 12월 13일`.
fn year_first(tokens: &[Token<'_>], at: usize) -> Option<Core> {
    let year = full_year(tokens, at)?;
    let separator = tokens.get(at + 1)?;
    let joined = [at + 2, at + 3, at + 4].iter().all(|it| is_glued(tokens, *it));
    let month = number(tokens, at + 2, 1..=2)?;
    let day = number(tokens, at + 4, 1..=2)?;
    let unit = |at: usize| tokens.get(at).and_then(Token::word);
    let units = (separator.word(), unit(at + 3), unit(at + 5));
    let east_asian = matches!(
        units,
        (Some("年"), Some("月"), Some("日")) | (Some("년"), Some("월"), Some("일"))
    );
    let same_marks = ['-', '/', '.']
        .iter()
        .any(|mark| glued_mark(tokens, at + 1, &[*mark]) && glued_mark(tokens, at + 3, &[*mark]));
    let spaced_dots = separator.is_mark(&['.']);
    if !(east_asian || same_marks && (joined || spaced_dots)) {
        return None;
    }
    let edtf = Day::new(Some(year), Some(month), Some(day)).map(Edtf::day);
    let next = if east_asian { at + 6 } else { at + 5 };
    Some(Core { style: Style::YearFirst, ..core(edtf, next) })
}

/// `05.06.2025`, `5. 6. 2025`, `7.02 2025`; alone in a line `05.06.25` too.
fn dotted(tokens: &[Token<'_>], at: usize, setting: Setting) -> Option<Dotted> {
    let day = number(tokens, at, 1..=2)?;
    if !glued_mark(tokens, at + 1, &['.']) {
        return None;
    }
    let month = number(tokens, at + 2, 1..=2)?;
    let has_dot = glued_mark(tokens, at + 3, &['.']);
    let year_at = if has_dot { at + 4 } else { at + 3 };
    let year = match any_year(tokens, year_at) {
        Some(year) => year,
        None if setting == Setting::Stamp && has_dot && is_glued(tokens, year_at) => {
            number(tokens, at + 2, 2..=2)?;
            2000 + i32::try_from(number(tokens, year_at, 2..=2)?).ok()?
        }
        None => return None,
    };
    let era = tokens.get(year_at + 1).and_then(Token::word).is_some_and(|it| it == "г");
    let dot = era && glued_mark(tokens, year_at + 2, &['.']);
    let next = year_at + 1 + usize::from(era) + usize::from(dot);
    let day = Day::new(Some(year), Some(month), Some(day)).filter(|_| is_meant(year));
    Some(Dotted { day, next })
}

/// `27.05.2025 - 30.05.2025`.
fn dotted_range(tokens: &[Token<'_>], at: usize) -> Option<Core> {
    let from = dotted(tokens, at, Setting::Text)?;
    if !tokens.get(from.next)?.is_mark(DASHES) {
        return None;
    }
    let until = dotted(tokens, from.next + 1, Setting::Text)?;
    let interval = from.day.zip(until.day).and_then(|(from, until)| Edtf::interval(from, until));
    Some(core(interval, until.next))
}

/// `27-30.05.2025`.
fn days_of_one_month(tokens: &[Token<'_>], at: usize) -> Option<Core> {
    let first = number(tokens, at, 1..=2)?;
    if !glued_mark(tokens, at + 1, DASHES) || !is_glued(tokens, at + 2) {
        return None;
    }
    let until = dotted(tokens, at + 2, Setting::Text)?;
    let interval = until.day.and_then(|until| {
        let from = Day::new(until.year(), until.month(), Some(first))?;
        Edtf::interval(from, until)
    });
    Some(core(interval, until.next))
}

/// `03/14/2022`, `14-03-2022`: which of the two is the month, the figures or the time beside them
/// tell.
fn slashed(tokens: &[Token<'_>], at: usize) -> Option<Core> {
    let first = number(tokens, at, 1..=2)?;
    let second = number(tokens, at + 2, 1..=2)?;
    let year = full_year(tokens, at + 4)?;
    let joined = [at + 2, at + 4].iter().all(|it| is_glued(tokens, *it));
    let same_marks = ['-', '/']
        .iter()
        .any(|mark| glued_mark(tokens, at + 1, &[*mark]) && glued_mark(tokens, at + 3, &[*mark]));
    (joined && same_marks).then_some(Core {
        reading: Reading::Figures { first, second, year },
        style: Style::Ambiguous,
        ..core(None, at + 5)
    })
}

pub(super) const DASHES: &[char] = &['-', '–', '—', '−', '‑', '‒'];

fn full_year(tokens: &[Token<'_>], at: usize) -> Option<i32> {
    any_year(tokens, at).filter(|it| is_meant(*it))
}

/// Four figures that may be a year, also one that no page can mean.
fn any_year(tokens: &[Token<'_>], at: usize) -> Option<i32> {
    i32::try_from(number(tokens, at, 4..=4)?).ok().filter(|it| *it >= 1000)
}

/// Whether a page can mean this year.
fn is_meant(year: i32) -> bool {
    u32::try_from(year).is_ok_and(|it| YEARS.contains(&it))
}

fn is_glued(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|it| !it.spaced)
}
