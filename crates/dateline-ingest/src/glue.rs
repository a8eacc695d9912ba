//! Lines in which a layout has run two things together: a headline and the text under it.

use std::ops::Range;

use crate::dateline;
use crate::page::is_blank;
use crate::row::Row;
use crate::stamp::{self, Stamp};
use crate::strides::has_figure;

/// A headline in front of a text in one line. Numbers are bytes of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Glued {
    pub(crate) title_end: usize,
    /// The date between them.
    pub(crate) stamp: Option<Stamp>,
    pub(crate) body_start: usize,
}

/// Fewest and most words of a headline that is glued to its text.
const WORDS: std::ops::RangeInclusive<usize> = 4..=32;

/// Fewest words of a text behind a headline.
const MIN_TEXT_WORDS: usize = 6;

/// How far into a line its text can start, in bytes.
const MAX_TITLE_BYTES: usize = 300;

/// Parts a headline from the text of an article: they are parted by a date in figures or by a
/// dateline.
pub(crate) fn article(row: &Row<'_>) -> Option<Glued> {
    let text = row.text;
    let head = start_of(text);
    let by_stamp = inside(row, head).and_then(|(stamp, body_start)| {
        let title_end = trimmed(text, stamp.range.start);
        let before = text.get(..title_end)?;
        let is_text = before.ends_with([',', '.', ';', ':', '(']) || leads_up(before);
        (is_title(before) && !is_text).then_some(Glued {
            title_end,
            stamp: Some(stamp),
            body_start,
        })
    });
    by_stamp.or_else(|| before_dateline(row, head))
}

/// Parts a headline from the text of an item of a list, where the items around it have headlines.
pub(crate) fn item(row: &Row<'_>) -> Option<Glued> {
    let text = row.text;
    article(row).or_else(|| before_quotation(text)).or_else(|| before_sentence(text))
}

/// The stamp inside of the `head` of a row.
fn inside(row: &Row<'_>, head: &str) -> Option<(Stamp, usize)> {
    if !stamp::may_stand_beside_text(head) {
        return None;
    }
    let dates = row.dates();
    let seen = dates.partition_point(|it| it.range.end <= head.len());
    stamp::inside_dated(head, dates.get(..seen)?)
}

fn start_of(text: &str) -> &str {
    if text.len() <= MAX_TITLE_BYTES {
        return text;
    }
    // A character has four bytes at most.
    (0..4).find_map(|it| text.get(..MAX_TITLE_BYTES - it)).unwrap_or(text)
}

/// `text` up to `end` without the white space at its end.
fn trimmed(text: &str, end: usize) -> usize {
    text.get(..end).map_or(0, |it| it.trim_end_matches(is_blank).len())
}

/// Whether the words before a border can be a headline: enough of them, and no sentence ends there.
fn is_title(before: &str) -> bool {
    WORDS.contains(&before.split_whitespace().count())
        && !before.ends_with(['.', '…', ',', ';', '-', '–', '—'])
}

fn leads_up(before: &str) -> bool {
    let last = before.split_whitespace().next_back();
    last.is_none_or(|it| LEADING.iter().any(|word| word.eq_ignore_ascii_case(it)))
}

/// `… ready for talks MOSCOW, May 19 (AGENCY) – …`
fn before_dateline(row: &Row<'_>, head: &str) -> Option<Glued> {
    let text = row.text;
    if !has_figure(text) {
        return None;
    }
    let ends = blanks(head).enumerate().skip(*WORDS.start() - 1);
    let mut starts = ends.filter_map(|(_, blank)| {
        let behind = text.get(blank.end..)?;
        (behind.starts_with(char::is_uppercase) && dateline::may_have_date(behind))
            .then_some((blank.start, behind))
    });
    let (end, behind) = starts.find(|(end, behind)| {
        let before = head.get(..*end).unwrap_or_default().trim_end_matches(is_blank);
        let find = || dateline::find_behind(text, text.len() - behind.len(), row.dates());
        is_title(before)
            && !leads_up(before)
            && find().is_some_and(|it| it.date.is_some() && (it.agency.is_some() || it.shouted))
    })?;
    Some(Glued {
        title_end: trimmed(text, end),
        stamp: None,
        body_start: text.len() - behind.len(),
    })
}

/// Where the blanks of a text stand.
fn blanks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let plain = |it: &u8| !matches!(it, b'\0'..=b' ' | 0x7f..);
            let rest = text.as_bytes().get(at..)?;
            let start = at + rest.iter().take_while(|it| plain(it)).count();
            let found = text.get(start..)?.chars().next()?;
            at = start + found.len_utf8();
            if is_blank(found) {
                return Some(start..at);
            }
        }
    })
}

/// A quotation that a cue closes: `… near the town “There is no such farm,” the governor said`. The
/// words before it must not lead up to it.
fn before_quotation(text: &str) -> Option<Glued> {
    let is_quote = |at: &usize| text.get(*at..).is_some_and(|it| it.starts_with(['“', '"', '«']));
    let quote = memchr::memchr3_iter(b'"', 0xe2, 0xc2, text.as_bytes()).find(is_quote)?;
    let before = text.get(..quote)?;
    let title = before.trim_end_matches(is_blank);
    let inside = text.get(quote..)?.chars().nth(1)?;
    let said =
        || title.split_whitespace().any(|it| SAID.iter().any(|said| said.eq_ignore_ascii_case(it)));
    let plain = || !title.contains(['.', ',', ':', '!', '?', ';']) && is_title(title);
    let closed = || [",”", ",\"", "”,", "\",", "»,", "!”", "?”"].iter().any(|it| text.contains(it));
    let fits = title.len() < before.len()
        && inside.is_uppercase()
        && plain()
        && !leads_up(title)
        && !said()
        && closed();
    fits.then_some(Glued { title_end: title.len(), stamp: None, body_start: quote })
}

/// A word that starts a sentence, with a capital, where no sentence has ended: `… to derail
/// election The president …`. Headlines with a capital in every word give no such sign.
fn before_sentence(text: &str) -> Option<Glued> {
    let head = start_of(text);
    let mut words = 0;
    let mut small = 0;
    let mut last_at = 0;
    for Range { start: at, end: word_at } in blanks(head) {
        words += 1;
        let last = head.get(last_at..at)?;
        last_at = word_at;
        // Behind such a mark nothing in front is a headline.
        if last.bytes().any(|it| !it.is_ascii_alphabetic())
            && last.contains(['.', '!', '?', '“', '"', '«'])
        {
            return None;
        }
        small += usize::from(last.len() > 3 && last.chars().all(char::is_lowercase));
        let behind = head.get(word_at..)?;
        if words < 5 || small < 2 || !behind.starts_with(|it: char| it.is_ascii_uppercase()) {
            continue;
        }
        let title = head.get(..at)?;
        let next = behind.split(is_blank).next()?;
        if !OPENING.contains(&next) {
            continue;
        }
        let plain = title.ends_with(char::is_alphanumeric);
        let behind = text.get(word_at..)?.split_whitespace().take(MIN_TEXT_WORDS).count();
        if plain && behind == MIN_TEXT_WORDS && !leads_up(title) {
            return Some(Glued { title_end: at, stamp: None, body_start: word_at })
                .filter(|_| is_title(title));
        }
    }
    None
}

/// Words that stand at the start of a sentence and, with a capital, hardly inside of one.
const OPENING: &[&str] = &[
    "The",
    "On",
    "In",
    "At",
    "A",
    "An",
    "He",
    "She",
    "They",
    "It",
    "This",
    "That",
    "These",
    "According",
    "As",
    "During",
    "After",
    "Earlier",
    "Today",
    "There",
    "Under",
    "We",
    "His",
    "Her",
    "Its",
    "Their",
];

/// Words behind which a quotation goes on the sentence.
const LEADING: &[&str] = &[
    "that", "the", "a", "an", "of", "as", "is", "are", "was", "were", "called", "on", "in", "with",
    "and", "to", "by", "for", "not", "word", "words", "motto", "title", "headline", "entitled",
];

/// Verbs that lead up to a quotation.
const SAID: &[&str] = &[
    "said",
    "says",
    "told",
    "stated",
    "noted",
    "added",
    "stressed",
    "declared",
    "wrote",
    "asked",
    "replied",
    "recalled",
    "explained",
    "emphasized",
    "emphasised",
    "continued",
    "concluded",
    "remarked",
    "announced",
];
