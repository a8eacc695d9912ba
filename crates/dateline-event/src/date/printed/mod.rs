//! Finds the dates that a text prints, as precise as it prints them. Pure functions of the text.
//!
//! Read: days, months with their year, ranges of days, each with a weekday or a time of day where
//! one is printed, in figures or with the month's name in some fifteen languages. Not read: years
//! alone, months alone, words such as "today", and figures that are no day of the calendar (those
//! are skipped whole).

mod clock;
mod day;
mod names;
mod numeric;
mod phrase;
mod stretches;
mod tokens;
mod worded;

#[cfg(test)]
mod tests;

use std::ops::Range;

use chrono::Weekday;

use super::Edtf;

/// One date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateExpression {
    /// Where it stands, in bytes of the text, on character borders: weekday, day, year and time,
    /// with words that stand for the year; not the preposition before it.
    pub range: Range<usize>,
    /// The date. Its year is `XXXX` where none is printed.
    pub edtf: Edtf,
    /// The weekday printed with it. It may disagree with the date: nobody has checked.
    pub weekday: Option<Weekday>,
    /// What is said of the year.
    pub year: YearSaid,
    /// How it is written.
    pub style: Style,
}

/// What a date says of its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearSaid {
    /// It prints it.
    Printed,
    /// "this year".
    This,
    /// "last year".
    Last,
    /// "next year".
    Next,
    /// Nothing.
    Nothing,
}

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With the name of the month.
    Words,
    /// In figures, year first.
    YearFirst,
    /// In figures, day first.
    DayFirst,
    /// In figures, month first.
    MonthFirst,
    /// In figures that may be day and month or month and day (`03/04/2022`): only the year is
    /// claimed.
    Ambiguous,
}

/// All dates of `text` in their order, none overlapping.
pub fn find_all(text: &str) -> Vec<DateExpression> {
    let found = expressions_of(text).into_iter();
    found.filter_map(phrase::Found::date).collect()
}

/// The same for whoever has cut the text into words already: `words` are those, in order, in which figures or the name
/// of a month ([`month_names`]) can stand. No run of letters may reach out of one of them. `lower` is the text with its
/// ASCII letters in lower case, at least.
pub fn find_all_in(
    text: &str,
    lower: &str,
    words: impl Iterator<Item = Range<usize>>,
) -> Vec<DateExpression> {
    expressions(text, lower, words).into_iter().filter_map(phrase::Found::date).collect()
}

/// The names of months of all languages that are known, in lower case, those among them that are ordinary words too.
pub fn month_names() -> impl Iterator<Item = &'static str> {
    names::months()
}

/// Where a text prints days that no calendar has (`31 June 2024`, `45.13.2024`), or of a year before
/// 1600 or after 2199 (`3 June 2924`), which no page of news can mean; in bytes of it, in their order.
/// They are no dates, and no part of them is one.
pub fn find_impossible(text: &str) -> Vec<Range<usize>> {
    let range = |it| if let phrase::Found::NoDay(range) = it { Some(range) } else { None };
    expressions_of(text).into_iter().filter_map(range).collect()
}

/// All of a text that has the shape of a date.
fn expressions_of(text: &str) -> Vec<phrase::Found> {
    // Most lines have no figure, and no date.
    if !text.bytes().any(|it| it.is_ascii_digit()) {
        return Vec::new();
    }
    expressions(text, &text.to_ascii_lowercase(), std::iter::once(0..text.len()))
}

/// The same where figures and months stand in `words` alone. `lower` is the text with its ASCII letters in lower case.
fn expressions(
    text: &str,
    lower: &str,
    words: impl Iterator<Item = Range<usize>>,
) -> Vec<phrase::Found> {
    let (mut found, mut tokens) = (Vec::new(), Vec::new());
    for stretch in stretches::stretches(text, lower, words) {
        let (start, before) = (stretch.start, found.len());
        let part = text.get(stretch.clone()).unwrap_or_default();
        tokens.clear();
        tokens::add_tokens(part, lower.get(stretch).unwrap_or_default(), &mut tokens);
        find_in(&tokens, &mut found);
        found.iter_mut().skip(before).for_each(|it| it.shift(start));
    }
    found
}

/// Adds all dates of a text of these `tokens` to `found`.
fn find_in(tokens: &[tokens::Token<'_>], found: &mut Vec<phrase::Found>) {
    let mut at = 0;
    while let Some(first) = tokens.get(at) {
        let read = || phrase::read(tokens, at, phrase::Setting::Text);
        match first.may_start().then(read).flatten() {
            Some((expression, next)) => {
                found.push(expression);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
}

/// The date of a line that is nothing but a stamp: apart from marks around it (a bullet, a dash,
/// brackets) it holds one date and no other word. Here a year of two figures counts too
/// (`20.02.23`, read as 2023).
pub fn read_whole(text: &str) -> Option<DateExpression> {
    let lower = text.to_ascii_lowercase();
    let tokens = tokens::tokens(text, &lower);
    let is_frame = |it: &tokens::Token<'_>| it.is_mark(FRAME);
    let start = tokens.iter().position(|it| !is_frame(it))?;
    let (expression, next) = phrase::read(&tokens, start, phrase::Setting::Stamp)?;
    tokens.get(next..)?.iter().all(is_frame).then(|| expression.date())?
}

/// What may stand around a stamp.
const FRAME: &[char] = &[
    '•', '·', '-', '–', '—', '|', '(', ')', '[', ']', '*', ',', '.', ':', '/', '\n', '\r', '>', '<',
];
