//! Cuts a text into numbers, words and marks, the alphabet in which dates are written.

use std::borrow::Cow;
use std::ops::Range;

use super::names::{Name, name_of};

/// A number, a word or a mark, with where it stands.
#[derive(Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind<'t>,
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Whether white space (no line feed) stands before it.
    pub(super) spaced: bool,
}

#[derive(Debug)]
pub(super) enum Kind<'t> {
    /// Decimal digits: their value (`u32::MAX` when it is larger) and their count.
    Number(u32, usize),
    /// Letters; hyphens and apostrophes count where letters stand around them.
    Word { lower: Cow<'t, str>, name: Option<Name>, capital: bool },
    /// Any other character. A line feed is one, since no date crosses it.
    Mark(char),
}

impl Token<'_> {
    pub(super) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(it) if marks.contains(&it))
    }

    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word { lower, .. } => Some(lower),
            Kind::Number(..) | Kind::Mark(_) => None,
        }
    }

    /// Whether a date can start with it: a number, or the name of a month or weekday.
    pub(super) const fn may_start(&self) -> bool {
        match self.kind {
            Kind::Number(..) => true,
            Kind::Word { name, .. } => name.is_some(),
            Kind::Mark(_) => false,
        }
    }
}

/// The tokens of `text`. `lower` is the same with its ASCII letters in lower case.
pub(super) fn tokens<'t>(text: &str, lower: &'t str) -> Vec<Token<'t>> {
    let mut tokens = Vec::new();
    add_tokens(text, lower, &mut tokens);
    tokens
}

/// The same, added to `tokens`.
pub(super) fn add_tokens<'t>(text: &str, lower: &'t str, tokens: &mut Vec<Token<'t>>) {
    let bytes = text.as_bytes();
    tokens.reserve(text.len() / 4 + 4);
    let mut at = 0;
    let mut spaced = false;
    while let Some(first) = bytes.get(at) {
        if *first == b' ' {
            spaced = true;
            at += 1;
            continue;
        }
        let token = match first {
            b'a'..=b'z' | b'A'..=b'Z' => plain_word(bytes, lower, at),
            _ if first.is_ascii_punctuation() => Some((Kind::Mark(char::from(*first)), at + 1)),
            _ => None,
        };
        let (kind, end) = match token.map_or_else(|| any(text, lower, at), Ok) {
            Ok(token) => token,
            Err(invisible) => {
                spaced = true;
                at += invisible;
                continue;
            }
        };
        tokens.push(Token { kind, range: at..end, spaced });
        at = end;
        spaced = false;
    }
}

/// The word at `at`, where it is of ASCII letters and nothing behind them may belong to it, and the byte behind it.
fn plain_word<'t>(bytes: &[u8], lower: &'t str, at: usize) -> Option<(Kind<'t>, usize)> {
    let rest = bytes.get(at..)?;
    let length = rest.iter().position(|it| !it.is_ascii_alphabetic()).unwrap_or(rest.len());
    let joins = |it: &u8| matches!(it, b'\'' | b'-') || !it.is_ascii();
    if rest.get(length).is_some_and(joins) {
        return None;
    }
    let end = at + length;
    let lower = lower.get(at..end)?;
    let capital = rest.first().is_some_and(u8::is_ascii_uppercase);
    Some((Kind::Word { lower: Cow::Borrowed(lower), name: name_of(lower), capital }, end))
}

/// What stands at `at`, and the byte behind it; the length of a character that is none of them.
fn any<'t>(text: &str, lower: &'t str, at: usize) -> Result<(Kind<'t>, usize), usize> {
    let found = char_at(text, at).unwrap_or(' ');
    if found.is_whitespace() && found != '\n' || is_invisible(found) {
        return Err(found.len_utf8());
    }
    let end = end_of(text, at, found);
    let slice = text.get(at..end).unwrap_or_default();
    Ok((kind(slice, lower.get(at..end).unwrap_or_default(), found), end))
}

fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        Some(_) => text.get(at..)?.chars().next(),
        None => None,
    }
}

/// The byte behind the token that starts with `first` at `at`.
fn end_of(text: &str, at: usize, first: char) -> usize {
    let mut end = at + first.len_utf8();
    let number = first.is_ascii_digit();
    let word = first.is_alphabetic();
    if !(number || word) {
        return end;
    }
    while let Some(next) = char_at(text, end) {
        let same = if number { next.is_ascii_digit() } else { next.is_alphabetic() };
        let inner = word
            && matches!(next, '\'' | '’' | '-')
            && text.get(end + next.len_utf8()..).is_some_and(starts_with_letter);
        if !same && !inner {
            break;
        }
        end += next.len_utf8();
    }
    end
}

fn starts_with_letter(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
}

/// Marks that stand in copied pages without being seen: soft hyphen, zero-width characters,
/// byte-order mark.
const fn is_invisible(found: char) -> bool {
    matches!(found, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn kind<'t>(slice: &str, lower: &'t str, first: char) -> Kind<'t> {
    if first.is_ascii_digit() {
        Kind::Number(slice.parse().unwrap_or(u32::MAX), slice.len())
    } else if first.is_alphabetic() {
        let lower = if slice.is_ascii() {
            Cow::Borrowed(lower)
        } else {
            Cow::Owned(slice.to_lowercase().replace('’', "'"))
        };
        Kind::Word { name: name_of(&lower), lower, capital: first.is_uppercase() }
    } else {
        Kind::Mark(first)
    }
}
