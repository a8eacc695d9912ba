//! The end of a dateline: the agency, and the mark behind it.

use std::ops::Range;

/// Most characters of an agency in brackets or slashes; the fewest are two.
const MAX_ENCLOSED_CHARS: usize = 40;

/// Most characters of an agency behind a dash, its first letter aside.
const MAX_NAMED_CHARS: usize = 40;

/// Most characters of each word of an agency that stands alone, its first letter aside.
const MAX_PLAIN_CHARS: usize = 20;

/// The end of a dateline. Ranges are of bytes of the text behind place and date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct End {
    pub(super) form: Form,
    /// The agency, or what may be one.
    pub(super) name: Option<Range<usize>>,
    /// Bytes up to the end of the mark.
    pub(super) length: usize,
}

/// How a dateline ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `(AGENCY) –` or `/AGENCY/.`; `closed` where a mark stands behind it.
    Enclosed { closed: bool },
    /// `–`, or `– AGENCY.`
    Dash,
    /// `AGENCY.` or `AGENCY –`
    Plain,
}

/// The end of a dateline that starts `text`.
pub(super) fn end(text: &str) -> Option<End> {
    let bare = text.trim_start_matches(|it: char| it.is_whitespace() || matches!(it, ',' | '.'));
    let at = text.len() - bare.len();
    let found = match bare.chars().next()? {
        '(' => enclosed(bare, ['(', ')'], ')'),
        '/' => enclosed(bare, ['/', '/'], '/'),
        '–' | '—' | '-' => dash(bare),
        it if it.is_uppercase() => plain(bare),
        _ => None,
    }?;
    let name = found.name.map(|it| at + it.start..at + it.end);
    Some(End { name, length: at + found.length, ..found })
}

fn enclosed(text: &str, ends: [char; 2], close: char) -> Option<End> {
    let inside = text.get(1..)?;
    let at =
        inside.find(ends).filter(|it| inside.get(*it..).is_some_and(|it| it.starts_with(close)))?;
    let inside = inside.get(..at)?;
    let name = inside.trim();
    let start = 1 + inside.len() - inside.trim_start().len();
    let length = name.chars().count();
    let behind = 1 + at + close.len_utf8();
    let mark = text.get(behind..).and_then(mark);
    let end = End {
        form: Form::Enclosed { closed: mark.is_some() },
        name: Some(start..start + name.len()),
        length: behind + mark.unwrap_or(0),
    };
    (2..=MAX_ENCLOSED_CHARS).contains(&length).then_some(end)
}

/// The length of the mark behind an agency, with the blanks before it: a dash and a blank, a point, a colon, or
/// the end of the text.
fn mark(text: &str) -> Option<usize> {
    let bare = text.trim_start();
    let before = text.len() - bare.len();
    if bare.is_empty() || bare.starts_with(['.', ':']) {
        return Some(before + bare.len().min(1));
    }
    dashes(bare).and_then(|it| Some(before + it + blank(bare.get(it..)?)?))
}

/// The length of one dash or two at the start of a text; a third makes them a line.
fn dashes(text: &str) -> Option<usize> {
    let bare = text.trim_start_matches(['–', '—', '-']);
    let length = text.len() - bare.len();
    let count = text.get(..length)?.chars().count();
    (1..=2).contains(&count).then_some(length)
}

/// The length of the blank that starts a text.
fn blank(text: &str) -> Option<usize> {
    text.chars().next().filter(|it| it.is_whitespace()).map(char::len_utf8)
}

fn dash(text: &str) -> Option<End> {
    let dashes = dashes(text)?;
    let behind = text.get(dashes..)?;
    let rest = behind.trim_start();
    let start = text.len() - rest.len();
    if rest.len() == behind.len() {
        return None;
    }
    let named = named(rest);
    let name = named.as_ref().map(|it| start..start + it.0);
    let length = named.map_or(start, |it| start + it.1);
    Some(End { form: Form::Dash, name, length })
}

/// The length of a name with a capital that a point ends, and the length with the point and the blank behind it.
fn named(text: &str) -> Option<(usize, usize)> {
    let first = text.chars().next().filter(|it| it.is_uppercase())?;
    let inside = |it: char| it.is_alphabetic() || it.is_numeric() || matches!(it, ' ' | '-');
    let length = text.find(|it| !inside(it))?;
    let name = text.get(..length)?.trim_end();
    let rest = text.get(name.len()..)?;
    let point = rest.trim_start().strip_prefix('.')?;
    let blank = if point.is_empty() { 0 } else { blank(point)? };
    let chars = name.get(first.len_utf8()..)?.chars().count();
    (1..=MAX_NAMED_CHARS).contains(&chars).then_some((name.len(), text.len() - point.len() + blank))
}

/// One word with a capital or two, and the point or dash behind them. The words may hold points and hyphens, so
/// the longest that has a mark behind it counts.
fn plain(text: &str) -> Option<End> {
    let first = word_ends(text)?;
    first.into_iter().rev().find_map(|end| {
        let second = text.get(end..)?.strip_prefix(' ').and_then(word_ends).unwrap_or_default();
        let ends = second.into_iter().rev().map(|it| end + 1 + it).chain([end]);
        let closed = |it: usize| text.get(it..).and_then(plain_mark).map(|mark| (it, it + mark));
        let (name, length) = ends.into_iter().find_map(closed)?;
        Some(End { form: Form::Plain, name: Some(0..name), length })
    })
}

/// Where the word with a capital that starts `text` can end, shortest first.
fn word_ends(text: &str) -> Option<Vec<usize>> {
    let first = text.chars().next().filter(|it| it.is_uppercase())?;
    let inside = |it: &char| it.is_alphabetic() || it.is_numeric() || matches!(it, '.' | '-');
    let rest = text.get(first.len_utf8()..)?.chars().take_while(inside).take(MAX_PLAIN_CHARS);
    let ends = rest.scan(first.len_utf8(), |end, it| {
        *end += it.len_utf8();
        Some(*end)
    });
    Some(ends.collect())
}

/// The length of the mark behind an agency that stands alone, with the blanks around it.
fn plain_mark(text: &str) -> Option<usize> {
    let bare = text.trim_start();
    let before = text.len() - bare.len();
    if let Some(behind) = bare.strip_prefix('.') {
        let blank = if behind.is_empty() { 0 } else { blank(behind)? };
        return Some(before + 1 + blank);
    }
    let dashes = dashes(bare).filter(|_| before > 0)?;
    Some(before + dashes + blank(bare.get(dashes..)?)?)
}
