//! Offices in apposition: "X, the Mayor of Narovets", "X (MP, Skargia)", "X – Mayor of Narovets".

use std::ops::Range;

use super::attach::{TitledName, with_article};
use super::find::NameHit;
use super::office::{OfficePhrase, Reading};
use super::{unknown, words};
use crate::tokens::Kind;

/// Gives phrases in apposition to the names before them; returns the others.
pub(crate) fn give(
    reading: Reading<'_>,
    names: &mut Vec<TitledName>,
    left: Vec<OfficePhrase>,
) -> Vec<OfficePhrase> {
    let mut alone: Vec<OfficePhrase> = Vec::new();
    let mut last: Option<usize> = None;
    let mut places = Places::of(names, reading.tokens.len());
    for phrase in left {
        let phrase = all_of_bracket(reading, phrase);
        let start = with_article(reading, phrase.range.start);
        let start = behind_rank_and_comma(reading, start);
        let holder = last
            .filter(|it| continues(reading, names.get(*it), start))
            .or_else(|| holder_before(reading, names, &mut places, start));
        last = holder;
        let Some(name) = holder.and_then(|it| names.get_mut(it)) else {
            alone.push(phrase);
            continue;
        };
        match &mut name.office {
            Some(office) if office.start > name.hit.tokens.start => office.end = phrase.range.end,
            Some(_) => {}
            // "X, his Kerim counterpart": no office of its own.
            None if reading.tokens.low(phrase.head) == "counterpart" => {}
            none @ None => *none = Some(phrase.range.clone()),
        }
        name.whole.end = name.whole.end.max(phrase.range.end);
        places.take(&name.whole);
    }
    alone
}

/// Where the names of a text end, and which tokens belong to one with all that stands around it.
struct Places {
    /// For each token the number of the name that ends before it, from 1; 0 where none does.
    ends: Vec<usize>,
    taken: Vec<bool>,
}

impl Places {
    fn of(names: &[TitledName], tokens: usize) -> Self {
        let mut places = Self { ends: vec![0; tokens + 1], taken: vec![false; tokens] };
        for (place, name) in names.iter().enumerate() {
            places.add(place, name);
        }
        places
    }

    fn add(&mut self, place: usize, name: &TitledName) {
        let end = self.ends.get_mut(name.hit.tokens.end);
        end.filter(|it| **it == 0).into_iter().for_each(|it| *it = place + 1);
        self.take(&name.whole);
    }

    fn take(&mut self, whole: &Range<usize>) {
        self.taken.get_mut(whole.clone()).into_iter().flatten().for_each(|it| *it = true);
    }

    fn ending(&self, at: usize) -> Option<usize> {
        self.ends.get(at)?.checked_sub(1)
    }

    fn is_free(&self, tokens: &Range<usize>) -> bool {
        self.taken.get(tokens.clone()).is_some_and(|it| !it.contains(&true))
    }
}

/// A phrase that starts a bracket, with all that stands in it: "(MP, Skargia)".
fn all_of_bracket(reading: Reading<'_>, phrase: OfficePhrase) -> OfficePhrase {
    const LONGEST: usize = 8;
    let tokens = reading.tokens;
    let start = phrase.range.start;
    let opens = start.checked_sub(1).is_some_and(|it| tokens.kind(it) == Kind::Open);
    let close = (start..start + LONGEST).find(|it| tokens.kind(*it) == Kind::Close);
    let plain = |it: usize| tokens.is_word(it) || tokens.kind(it) == Kind::Comma;
    match close {
        Some(close) if opens && (phrase.range.end..close).all(plain) => {
            OfficePhrase { range: start..close, ..phrase }
        }
        Some(_) | None => phrase,
    }
}

/// Whether the phrase that starts at `start` carries on the apposition of `name`: "X, chairman of A and head of B".
fn continues(reading: Reading<'_>, name: Option<&TitledName>, start: usize) -> bool {
    let Some(name) = name else { return false };
    let behind = name.whole.end;
    let in_apposition =
        name.office.as_ref().is_some_and(|it| it.start > name.hit.tokens.start && it.end == behind);
    in_apposition
        && behind + 1 == start
        && (reading.tokens.low(behind) == "and" || reading.tokens.kind(behind) == Kind::Dash)
}

/// The name that ends before the comma, dash or bracket in front of `start`.
fn holder_before(
    reading: Reading<'_>,
    names: &mut Vec<TitledName>,
    places: &mut Places,
    start: usize,
) -> Option<usize> {
    let link = start.checked_sub(1)?;
    let comma = reading.tokens.kind(link) == Kind::Comma;
    if !(comma || matches!(reading.tokens.kind(link), Kind::Dash | Kind::Open)) {
        return None;
    }
    if let Some(at) = places.ending(link) {
        return Some(at);
    }
    let dash = reading.tokens.kind(link) == Kind::Dash;
    let name = unknown_before(reading, link).filter(|it| !dash || starts_item(reading, it))?;
    places.is_free(&name).then(|| {
        let (place, name) =
            (names.len(), TitledName::bare(NameHit { tokens: name, who: Vec::new() }));
        places.add(place, &name);
        names.push(name);
        place
    })
}

/// Whether a known given name starts a line or an item of a list there: "Anna Selm – Mayor of Narovets".
fn starts_item(reading: Reading<'_>, name: &Range<usize>) -> bool {
    let starts = name.start.checked_sub(1).is_none_or(|it| {
        matches!(reading.tokens.kind(it), Kind::Break | Kind::Stop | Kind::Dash | Kind::Colon)
    });
    starts && reading.is_given(name.start)
}

/// An unknown person's name that ends at `end`: all of a run of two to four capitals, or from a given name on.
fn unknown_before(reading: Reading<'_>, end: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 4;
    let tokens = reading.tokens;
    let mut start = end;
    while let Some(before) = start.checked_sub(1) {
        let particle = unknown::is_particle(tokens.low(before)) && start < end;
        let part = tokens.is_capital(before) || tokens.kind(before) == Kind::Initial || particle;
        if !part || reading.is_named(before) || words::is_function_word(tokens.word(before)) {
            break;
        }
        start = before;
    }
    let whole = start..end;
    let name = unknown::name_at(reading, start).filter(|it| it.len() > 1 && it.end == end);
    name.filter(|_| whole.len() <= LONGEST).or_else(|| {
        unknown::name_at_end(reading, start, end)
            .filter(|it| it.len() > 1 && reading.is_given(it.start))
    })
}

/// The start of a rank with a comma that stands before `start`: "X, General of the Army, Minister".
fn behind_rank_and_comma(reading: Reading<'_>, start: usize) -> usize {
    let tokens = reading.tokens;
    let Some(comma) = start.checked_sub(1).filter(|it| tokens.kind(*it) == Kind::Comma) else {
        return start;
    };
    let rank = (comma.saturating_sub(5)..comma).find(|it| {
        unknown::rank_end(reading, *it) == comma && tokens.kind(it.saturating_sub(1)) == Kind::Comma
    });
    rank.unwrap_or(start)
}
