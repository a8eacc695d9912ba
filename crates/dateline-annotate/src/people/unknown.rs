//! Names of persons whom the registry does not know: where they begin behind an office.
//!
//! Precision comes first: bodies, places, medals and events are no persons.

use std::ops::Range;

use super::office::Reading;
use super::words;
use crate::tokens::{Kind, Word};

/// Longest name that is taken for one person's, in tokens.
const LONGEST_NAME: usize = 5;

/// The name at the end of an office phrase that ends at `end`, where the tokens from `loose` on may belong to it.
pub(crate) fn name_at_end(reading: Reading<'_>, loose: usize, end: usize) -> Option<Range<usize>> {
    let given = end.checked_sub(1).filter(|it| *it >= loose && reading.is_given(*it));
    initials_and_surname(reading, end)
        .map(|it| given.unwrap_or(it.start)..it.end)
        .or_else(|| by_given_name(reading, loose..end))
        .or_else(|| {
            let readable = !reading.in_title_case(end.saturating_sub(1));
            readable.then(|| last_two(reading, loose..end)).flatten()
        })
}

/// The name that starts at token `at`, where only a name is expected: behind the noun of an office, or a rank.
pub(crate) fn name_at(reading: Reading<'_>, at: usize) -> Option<Range<usize>> {
    if let Some(name) = initials_and_surname(reading, at) {
        return Some(name);
    }
    let run = at..capital_run_end(reading, at);
    let known = reading.is_given(at);
    let readable = known || !reading.in_title_case(at);
    readable.then(|| direct(reading, run)).flatten()
}

/// Whether the words before `end`, back to `first`, end in a given name and a surname.
pub(crate) fn ends_in_name(reading: Reading<'_>, first: usize, end: usize) -> bool {
    let start = (first..end).rev().take_while(|it| reading.is_free_capital(*it)).last();
    start.is_some_and(|it| by_given_name(reading, it..end).is_some())
}

/// The end of a run of capitalised words, initials among them, from `at`.
pub(crate) fn capital_run_end(reading: Reading<'_>, at: usize) -> usize {
    let tokens = reading.tokens;
    let mut end = at;
    while !reading.is_named(end)
        && rank_end(reading, end) == end
        && (tokens.is_capital(end)
            || (tokens.kind(end) == Kind::Initial && tokens.is_capital(end + 1)))
    {
        end += 1;
    }
    end
}

/// `J.K. Surname`.
fn initials_and_surname(reading: Reading<'_>, at: usize) -> Option<Range<usize>> {
    let tokens = reading.tokens;
    let initials = (at..tokens.len()).take_while(|it| tokens.kind(*it) == Kind::Initial).count();
    let surname = at + initials;
    let fits = (1..=3).contains(&initials) && is_personal(reading, surname);
    fits.then(|| at..surname + 1)
}

/// From the first known given name on.
fn by_given_name(reading: Reading<'_>, run: Range<usize>) -> Option<Range<usize>> {
    let start = run
        .clone()
        .find(|at| reading.is_given(*at) && is_personal(reading, *at) && run.end - at >= 2)?;
    let name = start..with_tail(reading, run.end);
    let fits = name.len() <= LONGEST_NAME
        && (start + 1..run.end).all(|it| is_personal(reading, it) || is_surname_like(reading, it));
    fits.then_some(name)
}

/// All of the run, where the noun of the office stands right before it.
fn direct(reading: Reading<'_>, run: Range<usize>) -> Option<Range<usize>> {
    let name = run.start..with_tail(reading, run.end);
    let fits = !run.is_empty()
        && run.len() < LONGEST_NAME
        && run.clone().all(|it| is_personal(reading, it))
        && (run.len() > 1 || is_lone_surname(reading, run.start));
    fits.then_some(name)
}

/// Two words that nothing shows to be anything but a name.
pub(crate) fn is_pair(reading: Reading<'_>, name: &Range<usize>) -> bool {
    name.clone().all(|it| {
        is_personal(reading, it)
            && reading.tokens.kind(it) == Kind::Capital
            && !reading.is_of_organisation(it)
    })
}

/// The last two words, where at least one more stays with the office.
fn last_two(reading: Reading<'_>, run: Range<usize>) -> Option<Range<usize>> {
    if words::joins_complement(reading.tokens.word(run.end)) {
        return None;
    }
    let start = run.end.checked_sub(2).filter(|it| *it >= run.start)?;
    // "the Congressional …": an adjective alone names no body, so the run goes on to name it.
    let before = start.checked_sub(1).map_or("", |it| reading.tokens.low(it));
    let two_before = start.checked_sub(2).map_or(Word::default(), |it| reading.tokens.word(it));
    let adjective = ["al", "ary", "ive"].iter().any(|it| before.ends_with(it));
    if adjective && words::is_determiner(two_before) {
        return None;
    }
    let fits =
        (start..run.end).all(|it| is_personal(reading, it) && !reading.is_of_organisation(it));
    fits.then(|| start..with_tail(reading, run.end))
}

/// A surname's particle and last part behind the run: `Hanna van der Moor`.
fn with_tail(reading: Reading<'_>, end: usize) -> usize {
    let tokens = reading.tokens;
    let hyphenated = ["al-", "el-", "ul-", "ad-", "as-", "an-", "ar-", "bin-"];
    if tokens.kind(end) == Kind::Small
        && hyphenated.iter().any(|it| tokens.low(end).starts_with(it))
    {
        return end + 1;
    }
    let particles = (end..tokens.len()).take_while(|it| is_particle(tokens.low(*it))).count();
    let last = end + particles;
    if (1..=2).contains(&particles) && is_personal(reading, last) { last + 1 } else { end }
}

/// Small words inside of surnames.
pub(crate) fn is_particle(low: &str) -> bool {
    matches!(
        low,
        "van" | "von" | "der" | "den" | "de" | "da" | "di" | "del" | "dos" | "bin" | "al" | "zu"
    )
}

/// Whether the token can be part of a person's name.
fn is_personal(reading: Reading<'_>, at: usize) -> bool {
    let low = reading.tokens.word(at);
    let shape = match reading.tokens.kind(at) {
        Kind::Capital => low.chars().nth(1).is_some(),
        // A surname in capitals behind a given name; a short one is rather an acronym.
        Kind::Upper => at.checked_sub(1).is_some_and(|it| reading.tokens.kind(it) == Kind::Capital),
        Kind::Initial => reading.tokens.is_capital(at + 1),
        Kind::Small
        | Kind::Number
        | Kind::Possessive
        | Kind::Comma
        | Kind::Dash
        | Kind::Open
        | Kind::Close
        | Kind::Stop
        | Kind::Colon
        | Kind::Quote
        | Kind::Break
        | Kind::Mark => false,
    };
    shape
        && !reading.is_named(at)
        && !words::is_body_word(low)
        && !words::is_head(low)
        && !words::is_function_word(low)
        && !words::is_no_part(low)
        && !words::is_honorific(low)
        && !low.chars().any(char::is_numeric)
}

/// A word that mostly belongs to a body or place, but is a surname too where it follows a given name: `Anna West`.
fn is_surname_like(reading: Reading<'_>, at: usize) -> bool {
    const BOTH: &[&str] = &["west", "north", "day", "park", "young", "law", "hall", "power", "war"];
    BOTH.contains(&reading.tokens.low(at))
        && at.checked_sub(1).is_some_and(|it| reading.is_given(it))
}

/// One word alone behind an office: "President Orlin", but not "Presidential Aide Office" nor "Head Polavian".
fn is_lone_surname(reading: Reading<'_>, at: usize) -> bool {
    let low = reading.tokens.word(at);
    let head = at.checked_sub(1).map_or("", |it| reading.tokens.low(it));
    low.chars().nth(2).is_some()
        && !reading.is_of_organisation(at)
        && reading.tokens.kind(at) == Kind::Capital
        && !matches!(
            head,
            "head" | "chief" | "deputy" | "chair" | "leader" | "general" | "assistant"
        )
}

/// The first token behind a military rank, courtesy or form of address that starts at `at`; `at` where none does.
pub(crate) fn rank_end(reading: Reading<'_>, at: usize) -> usize {
    let tokens = reading.tokens;
    let mut end = at;
    if tokens.low(at) == "senior" && words::is_rank(tokens.word(at + 1)) {
        end += 1;
    }
    while words::is_rank(tokens.word(end))
        || (end > at && tokens.kind(end) == Kind::Stop && is_abbreviation(reading, end - 1))
    {
        end += 1;
    }
    if end > at && tokens.low(end) == "of" && words::is_service(tokens.word(end + 1)) {
        let service = (end + 1..tokens.len()).take_while(|it| words::is_service(tokens.word(*it)));
        end += 1 + service.count();
    }
    // "General Assembly", "Major Projects", "General Staff": no rank, but the start of a body's name.
    let body =
        tokens.is_capital(end) && words::is_body_word(tokens.word(end)) && !reading.is_named(end);
    let in_title = at.checked_sub(1).is_some_and(|it| {
        words::is_head(tokens.word(it)) && tokens.low(at) == "general" && end == at + 1
    });
    if body || in_title { at } else { end }
}

fn is_abbreviation(reading: Reading<'_>, at: usize) -> bool {
    let low = reading.tokens.word(at);
    words::is_rank(low) && low.len() <= 4
}
