//! Stamps: dates by which a page says that a story was put out, and those that are glued to a line
//! of text.

use std::ops::Range;

use dateline_event::date::Edtf;
use dateline_event::date::printed::{DateExpression, Style, find_all, read_whole};

use crate::page::{first_chars, is_blank};
use crate::strides;

/// Most words of a place that stands before the date of a stamp.
pub(crate) const MAX_PLACE_WORDS: usize = 3;

/// How far into a text a stamp at its start can reach, in characters.
const MAX_START_CHARS: usize = 90;

/// A date by which a page says that a story was put out. Ranges are of bytes of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) range: Range<usize>,
    pub(crate) edtf: Edtf,
    /// The place printed beside the date.
    pub(crate) place: Option<Range<usize>>,
    /// The agency printed behind that place: then the story was filed there, and need not be about it.
    pub(crate) agency: Option<Range<usize>>,
    /// Whether it may be the "today" line of a masthead: a weekday and no time of day.
    pub(crate) like_masthead: bool,
}

impl Stamp {
    /// The same stamp `by` bytes further on.
    pub(crate) fn shifted(self, by: usize) -> Self {
        let shift = |it: Range<usize>| it.start + by..it.end + by;
        let (place, agency) = (self.place.map(shift), self.agency.map(shift));
        Self { range: shift(self.range), place, agency, ..self }
    }

    /// Adds the time of day `clock`, which ends at byte `end` of the page, to a date that has none.
    /// `line` is the line of the date.
    pub(crate) fn add_clock(&mut self, line: &str, clock: &str, end: usize) {
        let joined = read_whole(&format!("{line} {clock}")).map(|it| it.edtf);
        let same_day = |it: &Edtf| it.start().calendar() == self.edtf.start().calendar();
        if let Some(edtf) = joined.filter(same_day).filter(|_| self.edtf.start().clock().is_none())
        {
            self.edtf = edtf;
            self.range.end = end;
            self.like_masthead = false;
        }
    }

    /// Whether both stamps are of one day.
    pub(crate) fn same_day(&self, other: &Self) -> bool {
        self.edtf.start().calendar() == other.edtf.start().calendar()
    }

    pub(crate) fn of(found: &DateExpression, place: Option<Range<usize>>) -> Self {
        let clock = found.edtf.start().clock();
        Self {
            range: found.range.clone(),
            edtf: found.edtf,
            place,
            agency: None,
            like_masthead: found.weekday.is_some() && clock.is_none(),
        }
    }
}

/// Whether every word has a capital, small connecting words aside.
pub(crate) fn is_name(text: &str) -> bool {
    const SMALL: &[&str] =
        &["of", "the", "de", "la", "and", "on", "am", "an", "der", "near", "del", "al"];
    words(text).all(|it| SMALL.contains(&it) || it.chars().next().is_some_and(char::is_uppercase))
}

/// Whether a name reads like that of a news agency: capitals inside, or a word for an agency.
pub(crate) fn is_agency(name: &str) -> bool {
    let lower = name.to_lowercase();
    let word = ["agency", "news", "press", "inform", "report"].iter().any(|it| lower.contains(it));
    let capitals = |word: &str| word.chars().filter(|it| it.is_uppercase()).count() >= 2;
    word || name.split_whitespace().any(capitals)
}

/// A stamp in figures or with a time of day at the very end of `text`, set off by white space
/// alone: the date that layouts glue behind a headline. A date in words without a time is left to
/// the headline.
pub(crate) fn at_end(text: &str) -> Option<Stamp> {
    if !has_year(text) {
        return None;
    }
    let last = find_all(text).pop()?;
    let marks_behind = text.get(last.range.end..)?.chars().all(|it| !it.is_alphanumeric());
    let before = text.get(..last.range.start)?;
    let glued = before.ends_with(is_blank)
        && !before
            .trim_end_matches(is_blank)
            .ends_with([',', '(', ':', '-', '–', '—', '«', '“', '"']);
    let unlike_text = last.style != Style::Words || last.edtf.start().clock().is_some();
    (marks_behind && glued && unlike_text && last.edtf.has_year()).then(|| Stamp::of(&last, None))
}

/// A stamp with text on both sides, set off by white space. The number is where the text behind it
/// starts.
pub(crate) fn inside(text: &str) -> Option<(Stamp, usize)> {
    if may_stand_beside_text(text) { inside_dated(text, &find_all(text)) } else { None }
}

/// The same of a text with all of its dates.
pub(crate) fn inside_dated(text: &str, dates: &[DateExpression]) -> Option<(Stamp, usize)> {
    let found = dates.iter().find(|it| {
        let clock = it.edtf.start().clock().is_some();
        it.edtf.has_year() && (it.style != Style::Words || clock)
    })?;
    let before = text.get(..found.range.start)?;
    let behind = text.get(found.range.end..)?;
    let rest = behind.trim_start_matches(is_blank);
    let set_off =
        before.ends_with(is_blank) && rest.len() < behind.len() && rest.starts_with(starts_text);
    set_off.then(|| (Stamp::of(found, None), text.len() - rest.len()))
}

/// A stamp at the start of `text`, or behind the name of a section there, with more text behind it.
/// The number is where that text starts.
pub(crate) fn at_start(text: &str) -> Option<(Stamp, usize)> {
    let head = first_chars(text, MAX_START_CHARS);
    if may_stand_beside_text(head) { behind_section(text, find_all(head).first()?) } else { None }
}

/// The same of a text that is asked for the dates of its start.
pub(crate) fn at_start_dated<'d>(
    text: &str,
    dates: impl FnOnce() -> &'d [DateExpression],
) -> Option<(Stamp, usize)> {
    let head = first_chars(text, MAX_START_CHARS);
    let first = || dates().first().filter(|it| it.range.end <= head.len());
    if may_stand_beside_text(head) { behind_section(text, first()?) } else { None }
}

/// The stamp of the date `first`, where it starts `text` or stands behind the name of a section.
fn behind_section(text: &str, first: &DateExpression) -> Option<(Stamp, usize)> {
    let clock = first.edtf.start().clock().is_some();
    let section = text.get(..first.range.start)?;
    let at_start = section.is_empty() && (clock || first.style != Style::Words);
    let named = clock
        && words(section).count() <= MAX_PLACE_WORDS
        && is_name(section)
        && section.ends_with(is_blank);
    if !(at_start || named) || !first.edtf.has_year() {
        return None;
    }
    let behind = text.get(first.range.end..)?;
    let rest = behind.trim_start_matches(|it: char| {
        is_blank(it) || matches!(it, '|' | '-' | '–' | '—' | '•' | ':')
    });
    let starts = rest.len() < behind.len() && rest.starts_with(starts_text);
    starts.then(|| (Stamp::of(first, None), text.len() - rest.len()))
}

/// Whether a text may have a stamp that stands beside other text: one with a year, in figures or with a time of day.
pub(crate) fn may_stand_beside_text(text: &str) -> bool {
    has_year(text) && has_marked_figure(text)
}

/// Whether a text may have a date in figures or a time of day: a mark stands right behind a figure. Most sentences with
/// a year have none.
fn has_marked_figure(text: &str) -> bool {
    let is_mark = |it: u8| matches!(it, b'.' | b':' | b'/' | b'-' | b'h' | b'H') || !it.is_ascii();
    let mut pairs = text.as_bytes().windows(2);
    pairs.any(|it| matches!(it, [figure, mark] if figure.is_ascii_digit() && is_mark(*mark)))
}

/// Figures of a year that a date in a text prints.
const YEAR_DIGITS: usize = 4;

/// Whether a text has as many figures in a row as a year: without them no date in it is a stamp.
pub(crate) fn has_year(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let Some(at) = strides::position(rest, |it| it.is_ascii_digit()) {
        let figures = rest.get(at..).unwrap_or_default();
        let run = figures.iter().take_while(|it| it.is_ascii_digit()).count();
        if run >= YEAR_DIGITS {
            return true;
        }
        rest = figures.get(run..).unwrap_or_default();
    }
    false
}

fn starts_text(it: char) -> bool {
    it.is_uppercase() || matches!(it, '“' | '"' | '«' | '‘')
}

pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && !matches!(it, '\'' | '’'))
        .filter(|it| !it.is_empty())
}
