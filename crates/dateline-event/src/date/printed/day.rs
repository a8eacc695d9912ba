//! The parts of which dates are made: days of the month, month names, years, and words that stand
//! for a year.

use super::YearSaid;
use super::clock::{glued_mark, number};
use super::names::Name;
use super::tokens::{Kind, Token};

/// What a date says of its year, with the year where it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Year {
    pub(super) said: YearSaid,
    pub(super) number: Option<i32>,
}

impl Year {
    pub(super) const NOTHING: Self = Self { said: YearSaid::Nothing, number: None };

    pub(super) const fn printed(number: i32) -> Self {
        Self { said: YearSaid::Printed, number: Some(number) }
    }
}

/// Years that a page can mean when it prints four figures behind a month.
pub(super) const YEARS: std::ops::RangeInclusive<u32> = 1600..=2199;

/// What four figures behind a day may be instead of a year: a time of day (`3 June 1530 GMT`).
const LAST_TIME: u32 = 2359;

/// Days that a month can have.
pub(super) const DAYS: std::ops::RangeInclusive<u32> = 1..=31;

/// A day of the month, with the ending of an ordinal: `5`, `5th`, `1er`, `5.`, `5-го`.
pub(super) fn day(tokens: &[Token<'_>], at: usize) -> Option<(u32, usize)> {
    const ENDINGS: [&str; 12] =
        ["st", "nd", "rd", "th", "er", "º", "ª", "ro", "го", "е", "му", "о"];
    let value = number(tokens, at, 1..=2).filter(|it| DAYS.contains(it))?;
    let ending = |at: usize| {
        let glued = tokens.get(at).filter(|it| !it.spaced);
        glued.and_then(Token::word).is_some_and(|it| ENDINGS.contains(&it))
    };
    if ending(at + 1) {
        return Some((value, at + 2));
    }
    if glued_mark(tokens, at + 1, &['-']) && ending(at + 2) {
        return Some((value, at + 3));
    }
    let joins = |it: &Token<'_>| matches!(it.word(), Some("bis" | "und"));
    let belongs = month(tokens, at + 2).is_some() || tokens.get(at + 2).is_some_and(joins);
    if glued_mark(tokens, at + 1, &['°', '.']) && belongs {
        return Some((value, at + 2));
    }
    Some((value, at + 1))
}

/// The name of a month.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month {
    pub(super) number: u32,
    /// Whether it is an ordinary word too, here without a capital letter.
    pub(super) weak: bool,
}

pub(super) fn month(tokens: &[Token<'_>], at: usize) -> Option<(Month, usize)> {
    let Kind::Word { lower, name: Some(name), capital } = &tokens.get(at)?.kind else {
        return None;
    };
    let month = match name {
        Name::Month(number) => Month { number: *number, weak: false },
        Name::WeakMonth(number) => {
            let english = matches!(&**lower, "march" | "mar" | "may");
            Month { number: *number, weak: !(english && *capital) }
        }
        Name::Weekday(_) => return None,
    };
    let shortened = lower.chars().count() <= 5 && glued_mark(tokens, at + 1, &['.']);
    // The full stop of "in May. The" ends a sentence, that of "Jun. 2025" does not.
    let goes_on = tokens.get(at + 2).is_some_and(|it| matches!(it.kind, Kind::Number(..)));
    Some((month, if shortened && goes_on { at + 2 } else { at + 1 }))
}

/// A year in four figures, with the word for "year" behind it in languages that print one.
pub(super) fn year(tokens: &[Token<'_>], at: usize) -> Option<(i32, usize)> {
    let value = number(tokens, at, 4..=4).filter(|it| YEARS.contains(it))?;
    let behind = tokens.get(at + 1);
    let glued = behind.filter(|it| !it.spaced);
    let is_time = glued.is_some_and(|it| it.is_mark(&[':']));
    let is_part_of_a_word = glued.and_then(Token::word).is_some_and(|it| !ERAS.contains(&it));
    if is_time || is_part_of_a_word {
        return None;
    }
    let mut next = at + 1;
    if behind.and_then(Token::word).is_some_and(|it| ERAS.contains(&it)) {
        next += 1;
        let short = matches!(behind.and_then(Token::word), Some("г" | "р" | "r"));
        if short && glued_mark(tokens, next, &['.']) {
            next += 1;
        }
    }
    Some((i32::try_from(value).ok()?, next))
}

/// The token behind a year in which no page can mean a day (`3 June 2924`), with or without a comma
/// before it. Figures before a word count something (`3 June 2924 votes`), or tell the time, unless the
/// word has a capital and they cannot.
pub(super) fn far_year(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let at = at + usize::from(tokens.get(at)?.is_mark(&[',']));
    let value = number(tokens, at, 4..=4).filter(|it| *it >= 1000 && !YEARS.contains(it))?;
    let is_year = match tokens.get(at + 1).map(|it| (&it.kind, it.spaced)) {
        None | Some((Kind::Mark(_), true)) => true,
        Some((Kind::Word { capital, lower, .. }, spaced)) => {
            spaced && (ERAS.contains(&&**lower) || *capital && value > LAST_TIME)
        }
        // The end of a sentence, and no part of a number.
        Some((Kind::Mark(_), false)) => tokens.get(at + 2).is_none_or(|it| it.spaced),
        Some((Kind::Number(..), _)) => false,
    };
    is_year.then_some(at + 1)
}

/// Words for "year" that stand behind its number.
const ERAS: &[&str] = &[
    "г",
    "год",
    "года",
    "году",
    "жыл",
    "жылы",
    "р",
    "рік",
    "року",
    "році",
    "годзе",
    "roku",
    "rok",
    "r",
];

/// What is said of the year behind a day or month: a printed year with or without a comma or a
/// preposition, or words such as "this year".
pub(super) fn year_part(tokens: &[Token<'_>], at: usize) -> Option<(Year, usize)> {
    let connected = match tokens.get(at)? {
        it if it.is_mark(&[',', '\'', '’']) => at + 1,
        it if matches!(it.word(), Some("de" | "del" | "do" | "of")) => at + 1,
        _ => at,
    };
    if let Some((number, next)) = year(tokens, connected) {
        return Some((Year::printed(number), next));
    }
    let phrase_at = at + usize::from(tokens.get(at)?.is_mark(&[',']));
    let first = tokens.get(phrase_at)?.word()?;
    PHRASES.iter().filter(|it| it.0.starts_with(first)).find_map(|(words, said)| {
        let mut next = phrase_at;
        for word in words.split(' ') {
            if tokens.get(next)?.word()? != word {
                return None;
            }
            next += 1;
        }
        Some((Year { said: *said, number: None }, next))
    })
}

/// Words that stand for a year.
const PHRASES: &[(&str, YearSaid)] = &[
    ("this year", YearSaid::This),
    ("of this year", YearSaid::This),
    ("the current year", YearSaid::This),
    ("of the current year", YearSaid::This),
    ("last year", YearSaid::Last),
    ("of last year", YearSaid::Last),
    ("the previous year", YearSaid::Last),
    ("of the previous year", YearSaid::Last),
    ("of the past year", YearSaid::Last),
    ("next year", YearSaid::Next),
    ("of next year", YearSaid::Next),
    ("dieses jahres", YearSaid::This),
    ("letzten jahres", YearSaid::Last),
    ("vergangenen jahres", YearSaid::Last),
    ("vorigen jahres", YearSaid::Last),
    ("nächsten jahres", YearSaid::Next),
    ("de cette année", YearSaid::This),
    ("de l'année dernière", YearSaid::Last),
    ("de este año", YearSaid::This),
    ("del presente año", YearSaid::This),
    ("del año pasado", YearSaid::Last),
    ("di quest'anno", YearSaid::This),
    ("dello scorso anno", YearSaid::Last),
    ("deste ano", YearSaid::This),
    ("do ano passado", YearSaid::Last),
    ("tego roku", YearSaid::This),
    ("bieżącego roku", YearSaid::This),
    ("ubiegłego roku", YearSaid::Last),
    ("bu yıl", YearSaid::This),
    ("этого года", YearSaid::This),
    ("нынешнего года", YearSaid::This),
    ("текущего года", YearSaid::This),
    ("прошлого года", YearSaid::Last),
    ("минувшего года", YearSaid::Last),
    ("следующего года", YearSaid::Next),
    ("цього року", YearSaid::This),
    ("минулого року", YearSaid::Last),
    ("наступного року", YearSaid::Next),
    ("гэтага года", YearSaid::This),
    ("мінулага года", YearSaid::Last),
];
