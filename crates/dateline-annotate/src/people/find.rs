//! Where a text names registered persons: by full name, with a patronymic or a middle name, or by initials and surname.

use std::ops::Range;

use super::lexicon::{Index, Lexicon};
use crate::tokens::{Kind, Tokens};

/// One name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NameHit {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// Who may be meant; nobody for a name that the registry does not know.
    pub(crate) who: Vec<Index>,
}

/// The names that say more than a surname, in order, none overlapping.
pub(crate) fn names(tokens: &Tokens, lexicon: &Lexicon) -> Vec<NameHit> {
    let mut hits: Vec<NameHit> = Vec::new();
    for at in tokens.capitals_from(0) {
        let free_from = hits.last().map_or(0, |it| it.tokens.end);
        if *at >= free_from {
            let hit = full(tokens, lexicon, *at);
            hits.extend(hit.or_else(|| by_surname(tokens, lexicon, *at, free_from)));
        }
    }
    hits
}

fn full(tokens: &Tokens, lexicon: &Lexicon, at: usize) -> Option<NameHit> {
    let (length, who) = lexicon.full_name(tokens, at)?;
    Some(NameHit { tokens: at..at + length, who: who.to_vec() })
}

/// A surname at `at` with a given name or initials beside it that its bearer answers to.
fn by_surname(tokens: &Tokens, lexicon: &Lexicon, at: usize, free_from: usize) -> Option<NameHit> {
    let bearers = lexicon.by_surname(tokens, at);
    if bearers.is_empty() {
        return None;
    }
    let before = before_surname(tokens, at, free_from);
    let behind = (at + 1..at + 4).take_while(|it| tokens.kind(*it) == Kind::Initial).count();
    let mut best: Option<NameHit> = None;
    let given_before: Vec<_> = before.map(|it| (it, lexicon.given_key(tokens, it))).collect();
    let given_behind = (behind > 0).then(|| lexicon.given_key(tokens, at + 1));
    for bearer in bearers {
        // Widest first: of `Arkady Platonovich Surname` the given name decides, not the patronymic.
        let start = given_before.iter().find(|it| lexicon.answers_to(*bearer, &it.1));
        let range = match start {
            Some((start, _)) => *start..at + 1,
            None if given_behind.as_ref().is_some_and(|it| lexicon.answers_to(*bearer, it)) => {
                at..at + 1 + behind
            }
            None => continue,
        };
        match &mut best {
            Some(hit) if hit.tokens == range => hit.who.push(*bearer),
            Some(hit) if hit.tokens.len() >= range.len() => {}
            Some(_) | None => best = Some(NameHit { tokens: range, who: vec![*bearer] }),
        }
    }
    best
}

/// Tokens before a surname that may be a given name, a middle name or initials.
fn before_surname(tokens: &Tokens, at: usize, free_from: usize) -> Range<usize> {
    const MOST: usize = 3;
    let mut start = at;
    while let Some(before) = start.checked_sub(1).filter(|it| *it >= free_from && at - it <= MOST) {
        if !(tokens.is_capital(before) || tokens.kind(before) == Kind::Initial) {
            break;
        }
        start = before;
    }
    start..at
}
