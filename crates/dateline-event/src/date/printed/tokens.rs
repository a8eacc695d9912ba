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
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    let mut spaced = false;
    while let Some(found) = char_at(text, at) {
        if found.is_whitespace() && found != '\n' || is_invisible(found) {
            spaced = true;
            at += found.len_utf8();
            continue;
        }
        let range = at..end_of(text, at, found);
        at = range.end;
        let slice = text.get(range.clone()).unwrap_or_default();
        let lower = lower.get(range.clone()).unwrap_or_default();
        tokens.push(Token { kind: kind(slice, lower, found), range, spaced });
        spaced = false;
    }
    tokens
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
