//! Stamps: dates by which a page says that a story was put out, and those that are glued to a line
//! of text.

use std::ops::Range;

use dateline_event::date::Edtf;
use dateline_event::date::printed::{DateExpression, Style, find_all, read_whole};

use crate::page::{first_chars, is_blank};

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
    if has_year(text) { inside_dated(text, &find_all(text)) } else { None }
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
    if has_year(head) { at_start_dated(text, find_all(head).first()?) } else { None }
}

/// The same of a text whose first date is `first`, where it stands early enough.
pub(crate) fn at_start_dated(text: &str, first: &DateExpression) -> Option<(Stamp, usize)> {
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

/// Whether all of a text is within reach of a stamp at its start.
pub(crate) const fn is_all_start(text: &str) -> bool {
    text.len() <= MAX_START_CHARS
}

/// Figures of a year that a date in a text prints.
const YEAR_DIGITS: usize = 4;

/// Whether a text has as many figures in a row as a year: without them no date in it is a stamp.
pub(crate) fn has_year(text: &str) -> bool {
    let mut run = 0;
    text.bytes().any(|it| {
        run = if it.is_ascii_digit() { run + 1 } else { 0 };
        run == YEAR_DIGITS
    })
}

fn starts_text(it: char) -> bool {
    it.is_uppercase() || matches!(it, '“' | '"' | '«' | '‘')
}

pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && !matches!(it, '\'' | '’'))
        .filter(|it| !it.is_empty())
}
