//! A date with a place in brackets, `(7 February 2025, Irvashen)`, which says when and where a
//! speech was given.

use std::ops::Range;

use dateline_event::date::printed::DateExpression;

use crate::text::StoryText;

/// A date that stands in brackets alone or with a place.
#[derive(Debug)]
pub(crate) struct DatedBracket<'a> {
    pub(crate) date: &'a DateExpression,
    /// The other words in the brackets, where they can be the name of a place.
    pub(crate) place: Option<Range<usize>>,
}

/// A longer paragraph, or one that is a sentence, mentions such brackets in passing.
const MAX_PARAGRAPH_BYTES: usize = 200;
/// More words than these are no name of a place.
const MAX_WORDS: usize = 4;

/// Whether any paragraph is such that [`dated_bracket`] would look at a date in it.
pub(crate) fn may_have_bracket(text: &StoryText<'_>) -> bool {
    text.paragraphs().iter().any(|it| {
        let line = text.get(it.range.clone());
        is_short_line(line) && line.contains('(')
    })
}

fn is_short_line(line: &str) -> bool {
    line.len() <= MAX_PARAGRAPH_BYTES && !line.ends_with('.')
}

/// The first bracket with one of the dates in a short paragraph of its own.
pub(crate) fn dated_bracket<'a>(
    text: &StoryText<'_>,
    dates: &'a [DateExpression],
) -> Option<DatedBracket<'a>> {
    dates.iter().find_map(|date| {
        let paragraph = text.paragraphs().iter().find(|it| it.range.contains(&date.range.start))?;
        let line = text.get(paragraph.range.clone());
        if !is_short_line(line) {
            return None;
        }
        let before = text.get(paragraph.range.start..date.range.start);
        let behind = text.get(date.range.end..paragraph.range.end);
        let open = before.rfind('(')? + 1;
        let close = behind.find(')')?;
        let head = trimmed(before.get(open..)?, paragraph.range.start + open);
        let tail = trimmed(behind.get(..close)?, date.range.end);
        let place = match (head.is_empty(), tail.is_empty()) {
            (true, true) => None,
            (true, false) => Some(tail),
            (false, true) => Some(head),
            (false, false) => return None,
        };
        let is_name = |it: &Range<usize>| is_name(text.get(it.clone()));
        place.as_ref().is_none_or(is_name).then_some(DatedBracket { date, place })
    })
}

/// Where `slice`, which starts at `offset`, has something apart from spaces, commas and full stops.
fn trimmed(slice: &str, offset: usize) -> Range<usize> {
    let is_frame = |it: char| it.is_whitespace() || matches!(it, ',' | ';' | '.' | '–' | '-');
    let start = slice.len() - slice.trim_start_matches(is_frame).len();
    let end = slice.trim_end_matches(is_frame).len();
    offset + start..offset + end.max(start)
}

fn is_name(text: &str) -> bool {
    let first = text.split([',', ';']).next().unwrap_or_default();
    first.starts_with(char::is_uppercase)
        && first.split_whitespace().count() <= MAX_WORDS
        && first.split_whitespace().all(|it| it.starts_with(char::is_uppercase))
}
