//! Cuts a text into numbers, words and marks, the alphabet in which dates are written.

use std::ops::Range;

use super::names::{Name, name_of};

/// A number, a word or a mark, with where it stands.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Whether white space (no line feed) stands before it.
    pub(super) spaced: bool,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// Decimal digits: their value (`u32::MAX` when it is larger) and their count.
    Number(u32, usize),
    /// Letters; hyphens and apostrophes count where letters stand around them.
    Word { lower: String, name: Option<Name>, capital: bool },
    /// Any other character. A line feed is one, since no date crosses it.
    Mark(char),
}

impl Token {
    pub(super) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(it) if marks.contains(&it))
    }

    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word { lower, .. } => Some(lower),
            Kind::Number(..) | Kind::Mark(_) => None,
        }
    }
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    let mut spaced = false;
    while let Some((start, found)) = rest.next() {
        if found.is_whitespace() && found != '\n' || is_invisible(found) {
            spaced = true;
            continue;
        }
        let mut end = start + found.len_utf8();
        let same: Option<fn(char) -> bool> = if found.is_ascii_digit() {
            Some(|it| it.is_ascii_digit())
        } else if found.is_alphabetic() {
            Some(char::is_alphabetic)
        } else {
            None
        };
        while let Some((at, next)) = rest.peek().copied() {
            let inner = matches!(next, '\'' | '’' | '-')
                && found.is_alphabetic()
                && text.get(at + next.len_utf8()..).is_some_and(starts_with_letter);
            if !inner && !same.is_some_and(|same| same(next)) {
                break;
            }
            end = at + next.len_utf8();
            rest.next();
        }
        let slice = text.get(start..end).unwrap_or_default();
        tokens.push(Token { kind: kind(slice, found), range: start..end, spaced });
        spaced = false;
    }
    tokens
}

fn starts_with_letter(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
}

/// Marks that stand in copied pages without being seen: soft hyphen, zero-width characters,
/// byte-order mark.
const fn is_invisible(found: char) -> bool {
    matches!(found, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn kind(slice: &str, first: char) -> Kind {
    if first.is_ascii_digit() {
        Kind::Number(slice.parse().unwrap_or(u32::MAX), slice.len())
    } else if first.is_alphabetic() {
        let mut lower = slice.to_lowercase();
        if lower.contains('’') {
            lower = lower.replace('’', "'");
        }
        Kind::Word { name: name_of(&lower), lower, capital: first.is_uppercase() }
    } else {
        Kind::Mark(first)
    }
}
