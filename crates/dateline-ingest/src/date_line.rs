//! Lines that are stamps as a whole: a date with labels, a place, an author or a section beside it.

use std::ops::Range;

use dateline_event::date::printed::{DateExpression, find_all, find_impossible};

use crate::page::is_blank;
use crate::stamp::{MAX_PLACE_WORDS, Stamp, has_year, is_agency, is_name, words};
use crate::strides::has_figure;

/// Longest line that is taken for a stamp, in bytes.
const MAX_STAMP_BYTES: usize = 160;

/// Most words of a label with a name beside the date of a stamp.
const MAX_NAMED_WORDS: usize = 8;

/// Most words that may surround the date of a stamp.
const MAX_OTHER_WORDS: usize = 14;

/// Most words of an author's name with "by", before a date.
const MAX_BYLINE_WORDS: usize = 6;

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
    "comments",
    "comment",
    "shares",
    "likes",
    "minutes",
    "minute",
    "mins",
    "reading",
    "long",
    "aired",
    "broadcast",
];

/// Words that say that a date is not the first of its story.
const UPDATES: &[&str] = &["updated", "modified", "update", "обновлено"];

/// Whether a line is short enough for a stamp and has a figure.
pub(crate) fn may_be_stamp(line: &str) -> bool {
    line.len() <= MAX_STAMP_BYTES && has_figure(line)
}

/// Reads a whole line as a stamp.
pub(crate) fn read_line(line: &str) -> Option<DateLine> {
    if !may_be_stamp(line) {
        return None;
    }
    read_dated(line, &find_all(line))
}

/// The same of a line that may be a stamp, with all of its dates.
pub(crate) fn read_dated(line: &str, found: &[DateExpression]) -> Option<DateLine> {
    let (first, last) = (found.first()?, found.last()?);
    let other = without(line, found)?;
    let original = found.iter().find(|it| !follows_update(line, it) && it.edtf.has_year());
    let stamp = |place| original.map(|it| DateLine::Stamp(Stamp::of(it, place)));
    if words(&other).all(is_label) {
        return stamp(None).or(Some(DateLine::OfThePage));
    }
    let (before, behind) = (line.get(..first.range.start)?, line.get(last.range.end..)?);
    // "The Hour. Aired: 3 March 2024"
    let label = before.trim_end_matches(is_blank).strip_suffix(':');
    let is_announced = label.is_some_and(|it| words(it).last().is_some_and(is_label))
        && behind.chars().all(|it| !it.is_alphanumeric());
    let is_sentence =
        || line.ends_with(['.', '!', '?', ':']) || other.contains(". ") && !is_announced;
    if !first.edtf.has_year() || is_sentence() {
        return None;
    }
    let others = words(&other).count();
    if others > MAX_OTHER_WORDS {
        return None;
    }
    let labelled =
        (is_announced || words(before).next().is_some_and(is_label)) && others <= MAX_NAMED_WORDS;
    match Before::of(before) {
        Before::Nothing => match behind_date(line, behind)? {
            Behind::Place(place) => stamp(Some(place)),
            Behind::Filed { place, agency } => {
                let original = original?;
                Some(DateLine::Stamp(Stamp {
                    agency: Some(agency),
                    ..Stamp::of(original, Some(place))
                }))
            }
            Behind::Name => stamp(None),
            Behind::Text => first.edtf.start().clock().is_some().then(|| stamp(None)).flatten(),
        },
        _ if labelled => stamp(None),
        _ if behind.chars().any(char::is_alphanumeric) => None,
        Before::Place if first.weekday.is_none() => {
            stamp(Some(0..before.trim_end_matches([',', ' ']).len()))
        }
        Before::Place | Before::Name => stamp(None),
        Before::Text => (first.weekday.is_some() && others <= 3).then_some(DateLine::OfThePage),
    }
}

/// The day that no calendar has in a line that would be a stamp with it.
pub(crate) fn impossible(line: &str) -> Option<Range<usize>> {
    if !may_be_stamp(line) || !has_year(line) {
        return None;
    }
    let mut days = find_impossible(line);
    let day = days.pop().filter(|_| days.is_empty())?;
    let (before, behind) = (line.get(..day.start)?, line.get(day.end..)?);
    words(before).chain(words(behind)).all(is_label).then_some(day)
}

/// What stands before the date of a line.
enum Before {
    Nothing,
    /// A place and a comma.
    Place,
    /// The name of a person or a section, set off by a mark.
    Name,
    Text,
}

impl Before {
    fn of(before: &str) -> Self {
        let bare = before.trim_end_matches(is_blank);
        if bare.chars().all(|it| !it.is_alphanumeric()) {
            return Self::Nothing;
        }
        let name = bare.trim_end_matches([',', '|', '•', '·', '/', '-', '–', '—']);
        let author = name.get(..3).is_some_and(|it| it.eq_ignore_ascii_case("by "))
            && words(name).count() <= MAX_BYLINE_WORDS;
        if author && name.len() < bare.len() {
            return Self::Name;
        }
        let named =
            name.len() < bare.len() && is_name(name) && words(name).count() <= MAX_PLACE_WORDS;
        match named {
            true if bare.ends_with(',') && is_place(name) => Self::Place,
            true => Self::Name,
            false => Self::Text,
        }
    }
}

/// What stands behind the date of a line, set off by a mark.
enum Behind {
    Place(Range<usize>),
    /// The place where an agency filed the story, which need not be about it.
    Filed {
        place: Range<usize>,
        agency: Range<usize>,
    },
    /// The name of a person or a section.
    Name,
    Text,
}

/// `March 11, 2020, Place, Region`, `16:40, 22 November 2023, Place - agency, author` and `5 June
/// 2025 | Section`.
fn behind_date(line: &str, behind: &str) -> Option<Behind> {
    let bare = behind.trim_start_matches(is_blank);
    if !bare.starts_with([',', '|', '-', '–', '—', '•', '·', '/', '(']) {
        return None;
    }
    let offset = line.len() - behind.len();
    let start = behind.find(char::is_alphabetic)?;
    let rest = behind.get(start..)?;
    let end = [" - ", " – ", " — ", " | ", " / "].iter().filter_map(|it| rest.find(it)).min();
    let name = rest.get(..end.unwrap_or(rest.len()))?.trim_end_matches(is_blank);
    if !is_name(name) {
        return Some(Behind::Text);
    }
    let range = offset + start..offset + start + name.len();
    if let Some(agency) = end.and_then(|it| filed_by(rest, it)) {
        let agency = offset + start + agency.start..offset + start + agency.end;
        return Some(Behind::Filed { place: range, agency });
    }
    Some(if bare.starts_with([',', '-', '–', '—']) {
        Behind::Place(range)
    } else {
        Behind::Name
    })
}

/// The agency behind the sign at `end` of `text`, up to the name of the author.
fn filed_by(text: &str, end: usize) -> Option<Range<usize>> {
    let behind = text.get(end..)?;
    let start = end + behind.find(char::is_alphanumeric)?;
    let name = text.get(start..)?.split([',', '|']).next()?.trim_end_matches(is_blank);
    is_agency(name).then_some(start..start + name.len())
}

/// Whether a name in front of a date is that of a place and not of a person: one word, a region
/// behind a comma, or a word with which the names of towns begin.
fn is_place(name: &str) -> bool {
    const TOWNS: &[&str] =
        &["St", "Saint", "New", "Port", "San", "Santa", "The", "El", "Los", "Las", "Rio", "Fort"];
    let mut parts = words(name);
    let first = parts.next().is_some_and(|it| TOWNS.contains(&it));
    first || name.contains(',') || parts.next().is_none() || name.contains('-')
}

/// The line without its dates.
fn without(line: &str, dates: &[DateExpression]) -> Option<String> {
    let mut other = String::new();
    let mut at = 0;
    for it in dates {
        other.push_str(line.get(at..it.range.start)?);
        other.push(' ');
        at = it.range.end;
    }
    other.push_str(line.get(at..)?);
    Some(other)
}

fn is_label(word: &str) -> bool {
    let known = |word: &str| LABELS.iter().any(|it| it.eq_ignore_ascii_case(word));
    word.chars().all(|it| !it.is_alphabetic())
        || known(word)
        || !word.is_ascii() && known(&word.to_lowercase())
}

fn follows_update(line: &str, found: &DateExpression) -> bool {
    let before = line.get(..found.range.start).unwrap_or_default();
    let mut last = words(before).collect::<Vec<_>>().into_iter().rev().take(2);
    last.any(|it| UPDATES.contains(&it.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(line: &str) -> String {
        match read_line(line) {
            None => "text".to_owned(),
            Some(DateLine::OfThePage) => "of the page".to_owned(),
            Some(DateLine::Stamp(stamp)) => {
                let place = stamp.place.map_or(String::new(), |it| format!(" at {}", &line[it]));
                let filed = stamp.agency.map_or(String::new(), |it| format!(" by {}", &line[it]));
                let masthead = if stamp.like_masthead { " (masthead?)" } else { "" };
                format!("{}{place}{filed}{masthead}", stamp.edtf)
            }
        }
    }

    #[test]
    fn stamps_with_labels_places_authors_and_sections_are_read() {
        for (line, expected) in [
            ("05.06.2025", "2025-06-05"),
            ("19 May 2025, 15:54", "2025-05-19T15:54"),
            ("15:46 21 February 2020", "2020-02-21T15:46"),
            ("Publishing date: 12.05.2022 15:30", "2022-05-12T15:30"),
            ("Published: 5 June 2025", "2025-06-05"),
            ("Posted on June 5, 2025 by Pavel Orlovets", "2025-06-05"),
            ("Last updated: 02 Jun. 2025 18:22", "of the page"),
            ("Updated at 6 June 2025, published 5 June 2025", "2025-06-05"),
            ("5 June 2025 | Politics", "2025-06-05"),
            ("Politics | 5 June 2025, 15:54", "2025-06-05T15:54"),
            ("Pavel Orlovets, 5 June 2025", "2025-06-05"),
            ("By our own reporter, 15:54, 5 June 2025", "2025-06-05T15:54"),
            (
                "15:54, 5 June 2025, Tashvar - Arvash.news agency, by Levon MIRUNYAN",
                "2025-06-05T15:54 at Tashvar by Arvash.news agency",
            ),
            ("Narovets, 5 June 2025", "2025-06-05 at Narovets"),
            ("Port Meridian, 5 June 2025", "2025-06-05 at Port Meridian"),
            (
                "March 11, 2020, Novo-Zimorodovo, Varegrad Region",
                "2020-03-11 at Novo-Zimorodovo, Varegrad Region",
            ),
            ("16 April 2024 08:15   3 412 views   47 comments", "2024-04-16T08:15"),
            ("LONG READ · 30 November 2025 · 9 min read", "2025-11-30"),
            ("The Hour. Aired: March 3, 2024", "2024-03-03"),
            ("Flag Monday, 19 May 2025", "of the page"),
            ("Tuesday, 2 June 2020", "2020-06-02 (masthead?)"),
        ] {
            assert_eq!(seen(line), expected, "{line}");
        }
    }

    #[test]
    fn text_with_a_date_is_no_stamp() {
        for line in [
            "Speech by the Secretary General before the Panel, June 9, 2021",
            "Plan of drills approved for 2025",
            "On 5 June 2025 the envoys met.",
            "Envoys meet in Narovets 20.02.2023",
        ] {
            assert_eq!(seen(line), "text", "{line}");
        }
    }
}
