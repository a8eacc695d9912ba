//! Stamps: lines, or ends of lines, that say when a story was put out.

use std::ops::Range;

use dateline_event::date::Edtf;
use dateline_event::date::printed::{DateExpression, Style, find_all, read_whole};

use crate::page::is_blank;

/// Longest line that is taken for a stamp, in bytes.
const MAX_STAMP_BYTES: usize = 160;

/// Most words that may surround the date of a stamp.
const MAX_OTHER_WORDS: usize = 14;

/// Most words of a place that stands before the date of a stamp.
const MAX_PLACE_WORDS: usize = 3;

/// A date by which a page says that a story was put out. Ranges are of bytes of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) range: Range<usize>,
    pub(crate) edtf: Edtf,
    /// The place printed beside the date.
    pub(crate) place: Option<Range<usize>>,
    /// Whether it may be the "today" line of a masthead: a weekday and no time of day.
    pub(crate) like_masthead: bool,
}

impl Stamp {
    /// The same stamp `by` bytes further on.
    pub(crate) fn shifted(self, by: usize) -> Self {
        let shift = |it: Range<usize>| it.start + by..it.end + by;
        Self { range: shift(self.range), place: self.place.map(shift), ..self }
    }

    /// Adds the time of day `clock`, which ends at byte `end` of the page, to a date that has none. `line` is the line
    /// of the date.
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

    fn of(found: &DateExpression, place: Option<Range<usize>>) -> Self {
        let clock = found.edtf.start().clock();
        Self {
            range: found.range.clone(),
            edtf: found.edtf,
            place,
            like_masthead: found.weekday.is_some() && clock.is_none(),
        }
    }
}

/// What a line with a date in it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DateLine {
    /// A stamp.
    Stamp(Stamp),
    /// A date of the page and not of a story: a masthead, an "updated" line.
    OfThePage,
}

/// Words that stand beside the date of a stamp without making a sentence of it.
const LABELS: &[&str] = &[
    "published",
    "publishing",
    "publication",
    "date",
    "posted",
    "release",
    "released",
    "created",
    "on",
    "at",
    "of",
    "gmt",
    "utc",
    "msk",
    "am",
    "pm",
    "est",
    "edt",
    "cet",
    "time",
    "local",
    "moscow",
    "views",
    "view",
    "min",
    "read",
    "get",
    "short",
    "url",
    "added",
    "issued",
    "first",
    "дата",
    "публикации",
    "опубликовано",
    "updated",
    "last",
    "modified",
    "update",
    "обновлено",
];

/// Words that say that a date is not the first of its story.
const UPDATES: &[&str] = &["updated", "modified", "update", "обновлено"];

/// Reads a whole line as a stamp.
pub(crate) fn read_line(line: &str) -> Option<DateLine> {
    if line.len() > MAX_STAMP_BYTES || !line.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let found = find_all(line);
    let first = found.first()?;
    let mut other = String::new();
    let mut at = 0;
    for it in &found {
        other.push_str(line.get(at..it.range.start)?);
        other.push(' ');
        at = it.range.end;
    }
    other.push_str(line.get(at..)?);
    let words: Vec<String> = words(&other).map(str::to_lowercase).collect();
    let labelled = words.iter().all(|it| {
        LABELS.contains(&it.as_str()) || it.chars().all(|letter| !letter.is_alphabetic())
    });
    if labelled {
        let original =
            found.iter().find(|it| !follows_update(line, it)).filter(|it| it.edtf.has_year());
        return Some(
            original.map_or(DateLine::OfThePage, |it| DateLine::Stamp(Stamp::of(it, None))),
        );
    }
    if !first.edtf.has_year() || words.len() > MAX_OTHER_WORDS || other.contains(". ") {
        return None;
    }
    let before = line.get(..first.range.start)?;
    let behind = line.get(found.last()?.range.end..)?;
    if before.chars().all(|it| !it.is_alphanumeric()) {
        return stamp_and_place(line, first, behind);
    }
    let named = before.trim_end_matches(is_blank).strip_suffix(',').filter(|_| found.len() == 1);
    let alone = behind.chars().all(|it| !it.is_alphanumeric());
    if let Some(place) =
        named.filter(|it| alone && is_name(it) && self::words(it).count() <= MAX_PLACE_WORDS)
    {
        let place = first.weekday.is_none().then_some(0..place.len());
        return Some(DateLine::Stamp(Stamp::of(first, place)));
    }
    let masthead =
        first.weekday.is_some() && words.len() <= 3 && behind.chars().all(|it| !it.is_alphabetic());
    masthead.then_some(DateLine::OfThePage)
}

fn follows_update(line: &str, found: &DateExpression) -> bool {
    let before = line.get(..found.range.start).unwrap_or_default();
    words(before).last().is_some_and(|it| UPDATES.contains(&it.to_lowercase().as_str()))
}

/// `March 11, 2020, Place, Region` and `16:40, 22 November 2023, Place - agency, author`.
fn stamp_and_place(line: &str, date: &DateExpression, behind: &str) -> Option<DateLine> {
    let separated =
        behind.trim_start_matches(is_blank).starts_with([',', '|', '-', '–', '—', '•', '/']);
    if !separated || behind.ends_with(['.', '!', '?', ':']) {
        return None;
    }
    let offset = line.len() - behind.len();
    let start = behind.find(char::is_alphabetic)?;
    let rest = behind.get(start..)?;
    let end = [" - ", " – ", " — ", " | ", " / "].iter().filter_map(|it| rest.find(it)).min();
    let named = rest.get(..end.unwrap_or(rest.len()))?.trim_end_matches(is_blank);
    let place = is_name(named).then(|| offset + start..offset + start + named.len());
    (place.is_some() || date.edtf.start().clock().is_some())
        .then(|| DateLine::Stamp(Stamp::of(date, place)))
}

/// Whether every word has a capital, small connecting words aside.
pub(crate) fn is_name(text: &str) -> bool {
    const SMALL: &[&str] =
        &["of", "the", "de", "la", "and", "on", "am", "an", "der", "near", "del", "al"];
    words(text).all(|it| SMALL.contains(&it) || it.chars().next().is_some_and(char::is_uppercase))
}

/// A stamp in figures or with a time of day at the very end of `text`, set off by white space alone: the date that
/// layouts glue behind a headline. A date in words without a time is left to the headline.
pub(crate) fn at_end(text: &str) -> Option<Stamp> {
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

/// A stamp with text on both sides, set off by white space. The number is where the text behind it starts.
pub(crate) fn inside(text: &str) -> Option<(Stamp, usize)> {
    let found = find_all(text).into_iter().find(|it| {
        let clock = it.edtf.start().clock().is_some();
        it.edtf.has_year() && (it.style != Style::Words || clock)
    })?;
    let before = text.get(..found.range.start)?;
    let behind = text.get(found.range.end..)?;
    let rest = behind.trim_start_matches(is_blank);
    let set_off =
        before.ends_with(is_blank) && rest.len() < behind.len() && rest.starts_with(starts_text);
    set_off.then(|| (Stamp::of(&found, None), text.len() - rest.len()))
}

/// A stamp at the very start of `text`, with more text behind it. The number is where that text starts.
pub(crate) fn at_start(text: &str) -> Option<(Stamp, usize)> {
    let head = text.char_indices().nth(60).and_then(|(at, _)| text.get(..at)).unwrap_or(text);
    let first = find_all(head).into_iter().next()?;
    let unlike_text = first.style != Style::Words || first.edtf.start().clock().is_some();
    if first.range.start != 0 || !unlike_text || !first.edtf.has_year() {
        return None;
    }
    let behind = text.get(first.range.end..)?;
    let rest = behind.trim_start_matches(|it: char| {
        is_blank(it) || matches!(it, '|' | '-' | '–' | '—' | '•' | ':')
    });
    let starts = rest.len() < behind.len() && rest.starts_with(starts_text);
    starts.then(|| (Stamp::of(&first, None), text.len() - rest.len()))
}

fn starts_text(it: char) -> bool {
    it.is_uppercase() || matches!(it, '“' | '"' | '«' | '‘')
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && !matches!(it, '\'' | '’'))
        .filter(|it| !it.is_empty())
}
