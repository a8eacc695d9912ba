//! The grammar of offices: where a text names one, and how far the phrase reaches.
//!
//! An office phrase is a noun that names a post, the modifiers before it ("First Deputy", "ARPO", "Varegian Defense")
//! and the complements behind it ("of the Security Council", "to Polavia"). Articles, ranks, and words such as "new"
//! are no part of it. Where the last complement runs into the name of somebody the registry does not know,
//! [`super::unknown`] says where the name begins.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::token::{Kind, Tokens};
use super::{unknown, words};

/// One office phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfficePhrase {
    /// Its tokens, without an article.
    pub(crate) range: Range<usize>,
    /// The token of its noun.
    pub(crate) head: usize,
    /// Tokens of an unknown person's name that follows at once.
    pub(crate) name: Option<Range<usize>>,
}

/// The tokens with what is known of them so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) tokens: &'a Tokens,
    pub(crate) lexicon: &'a Lexicon,
    /// For each token, whether it belongs to a registered person's name.
    pub(crate) named: &'a [bool],
    /// For each token, whether it stands in a headline that capitalises every word.
    pub(crate) title_case: &'a [bool],
}

impl Reading<'_> {
    pub(crate) fn is_named(&self, at: usize) -> bool {
        self.named.get(at).copied().unwrap_or(false)
    }

    pub(crate) fn in_title_case(&self, at: usize) -> bool {
        self.title_case.get(at).copied().unwrap_or(false)
    }

    fn is_free_capital(&self, at: usize) -> bool {
        self.tokens.is_capital(at) && !self.is_named(at)
    }
}

/// All office phrases, in order, none overlapping.
pub(crate) fn phrases(reading: Reading<'_>) -> Vec<OfficePhrase> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut free_from = 0;
    while at < reading.tokens.len() {
        if words::is_head(reading.tokens.low(at)) && !reading.is_named(at) {
            let phrase = phrase_at(reading, at, free_from);
            at = phrase.name.as_ref().map_or(phrase.range.end, |it| it.end).max(at + 1);
            free_from = at;
            found.push(phrase);
        } else {
            at += 1;
        }
    }
    found
}

fn phrase_at(reading: Reading<'_>, noun: usize, free_from: usize) -> OfficePhrase {
    let head = last_noun(reading, noun);
    let start = leftmost(reading, noun, free_from);
    let (end, loose) = complements(reading, head);
    // Nothing but the noun: a run of capitals behind it can only be a name.
    let name = if loose.is_none() && !reading.is_named(end) {
        unknown::name_at(reading, end)
    } else {
        unknown::name_at_end(reading, loose.unwrap_or(end), end)
    };
    let end = name.as_ref().map_or(end, |it| it.start.min(end));
    OfficePhrase { range: start..end, head, name }
}

/// The last noun of a chain such as "First Deputy Foreign Minister" or "Secretary General".
fn last_noun(reading: Reading<'_>, noun: usize) -> usize {
    let tokens = reading.tokens;
    let mut head = noun;
    let mut at = noun + 1;
    while !reading.is_named(at) {
        let low = tokens.low(at);
        let after_noun = at == head + 1;
        if words::is_head(low) {
            head = at;
        } else if low == "general" && after_noun && takes_general(tokens.low(head)) {
            head = at;
        } else if !words::is_modifier(low) || tokens.kind(at) == Kind::Number {
            break;
        }
        at += 1;
    }
    head
}

fn takes_general(noun: &str) -> bool {
    matches!(
        noun,
        "secretary"
            | "director"
            | "prosecutor"
            | "consul"
            | "governor"
            | "inspector"
            | "commissioner"
    )
}

/// The first token of the phrase: modifiers and capitalised words before the noun.
fn leftmost(reading: Reading<'_>, noun: usize, free_from: usize) -> usize {
    let tokens = reading.tokens;
    let mut start = noun;
    while let Some(before) = start.checked_sub(1).filter(|it| *it >= free_from) {
        let low = tokens.low(before);
        let joined = low == "and" && joins_modifiers(reading, before, free_from);
        let possessive = tokens.kind(before) == Kind::Possessive
            && before > free_from
            && reading.is_free_capital(before - 1)
            && !words::is_function_word(tokens.low(before - 1));
        if joined || possessive {
            start = before - 1;
        } else if is_premodifier(reading, before) {
            start = before;
        } else {
            break;
        }
    }
    start
}

/// "Permanent and Plenipotentiary", "Foreign and Defense".
fn joins_modifiers(reading: Reading<'_>, and: usize, free_from: usize) -> bool {
    let tokens = reading.tokens;
    and > free_from
        && words::is_modifier(tokens.low(and - 1))
        && words::is_modifier(tokens.low(and + 1))
        && !words::is_head(tokens.low(and - 1))
}

fn is_premodifier(reading: Reading<'_>, at: usize) -> bool {
    let low = reading.tokens.low(at);
    if words::is_no_part(low) || reading.is_named(at) {
        return false;
    }
    if words::is_modifier(low) || (words::is_head(low) && reading.tokens.is_word(at)) {
        return true;
    }
    let telling = !words::is_function_word(low)
        && !words::is_honorific(low)
        && !words::is_courtesy(low)
        && !words::is_saying(low);
    let in_headline = reading.in_title_case(at);
    reading.is_free_capital(at)
        && telling
        && (!in_headline
            || reading.tokens.kind(at) == Kind::Upper
            || reading.lexicon.is_organisation_word(low)
            || is_nationality(low))
}

fn is_nationality(low: &str) -> bool {
    low.len() > 4 && ["an", "ish", "ese", "ic", "ch", "i"].iter().any(|it| low.ends_with(it))
}

/// Where the complements behind the noun end, and from which token on a run of capitals at that end may belong to a
/// name instead; `None` where there is no complement.
fn complements(reading: Reading<'_>, head: usize) -> (usize, Option<usize>) {
    let tokens = reading.tokens;
    let mut end = head + 1;
    while matches!(tokens.low(end), "extraordinary" | "plenipotentiary" | "designate" | "elect")
        || (tokens.low(end) == "and" && tokens.low(end + 1) == "plenipotentiary")
    {
        end += 1;
    }
    if tokens.low(end) == "in" && tokens.low(end + 1) == "chief" {
        end += 2;
    }
    let mut loose = None;
    let outward = words::faces_outward(tokens.low(head));
    loop {
        let low = tokens.low(end);
        let joins = words::joins_complement(low)
            || (outward && words::joins_outward(low))
            || (low == "in" && is_body_abroad(reading, head..end));
        if !joins || tokens.kind(end) != Kind::Small {
            break;
        }
        let Some((next, may_be_name)) = noun_phrase(reading, end + 1) else { break };
        end = next;
        loose = Some(may_be_name);
    }
    (end, loose)
}

/// Whether the complement so far names a body that works somewhere else: "Head of the Mission in …".
fn is_body_abroad(reading: Reading<'_>, phrase: Range<usize>) -> bool {
    const ABROAD: &[&str] = &[
        "centre",
        "center",
        "mission",
        "office",
        "embassy",
        "delegation",
        "representation",
        "diplomacy",
        "contingent",
        "peacekeepers",
    ];
    reading.tokens.is_capital(phrase.end + 1) | reading.tokens.is_capital(phrase.end + 2)
        && phrase
            .clone()
            .any(|it| reading.tokens.is_capital(it) && ABROAD.contains(&reading.tokens.low(it)))
}

/// The end of the noun phrase that starts at `from`, and from which token on it may be a name; `None` where none
/// starts there.
fn noun_phrase(reading: Reading<'_>, from: usize) -> Option<(usize, usize)> {
    let tokens = reading.tokens;
    let mut at = from;
    let definite = words::is_determiner(tokens.low(at));
    if definite {
        at += 1;
    }
    let first = at;
    let mut end = at;
    let mut run = at;
    while !reading.is_named(at) {
        let step = noun_phrase_step(reading, first, at);
        if step == 0 {
            break;
        }
        if !tokens.is_capital(at) {
            run = at + step;
        }
        at += step;
        end = at;
    }
    // At least one word of the run names the body itself, unless a small word did already.
    let loose = if run == first { first + 1 } else { run };
    (end > first).then_some((end, loose.min(end)))
}

/// How many tokens at `at` carry the noun phrase on; 0 where it ends.
fn noun_phrase_step(reading: Reading<'_>, first: usize, at: usize) -> usize {
    let tokens = reading.tokens;
    let low = tokens.low(at);
    let next_named = reading.is_named(at + 1);
    match tokens.kind(at) {
        Kind::Capital | Kind::Upper => {
            let stops = words::is_honorific(low)
                || (at > first && unknown::rank_end(reading, at) > at)
                || (words::is_function_word(low) && tokens.kind(at) == Kind::Capital);
            usize::from(!stops)
        }
        Kind::Small if low == "and" => {
            let goes_on = at > first
                && !next_named
                && (tokens.is_capital(at + 1) || words::is_complement_noun(tokens.low(at + 1)))
                && !words::is_head(tokens.low(at + 1))
                && !starts_an_office(reading, at + 1)
                && !starts_a_name(reading, at + 1);
            usize::from(goes_on)
        }
        Kind::Small => {
            let known = words::is_complement_noun(low) || words::is_head(low);
            usize::from(known && !(low == "state" && tokens.low(at + 1) == "that"))
        }
        Kind::Possessive => {
            let goes_on = at > first
                && !next_named
                && (tokens.is_capital(at + 1) || words::is_complement_noun(tokens.low(at + 1)));
            usize::from(goes_on)
        }
        Kind::Number => usize::from(tokens.is_capital(at + 1) && !next_named),
        Kind::Open if at > first => bracketed(reading, at),
        Kind::Comma if at > first => usize::from(lists_portfolios(reading, at)),
        Kind::Open
        | Kind::Comma
        | Kind::Initial
        | Kind::Dash
        | Kind::Close
        | Kind::Stop
        | Kind::Colon
        | Kind::Break
        | Kind::Mark => 0,
    }
}

/// Whether modifiers and then the noun of another office start at `at`.
fn starts_an_office(reading: Reading<'_>, at: usize) -> bool {
    let tokens = reading.tokens;
    let modifiers = (at..tokens.len()).take_while(|it| words::is_modifier(tokens.low(*it))).count();
    words::is_head(tokens.low(at + modifiers))
}

/// Whether a known given name with another capital behind it starts at `at`.
fn starts_a_name(reading: Reading<'_>, at: usize) -> bool {
    reading.lexicon.is_given(reading.tokens.key(at)) && reading.tokens.is_capital(at + 1)
}

/// Number of tokens of a short form in brackets: `(ARPO)`, `(IBDIA, Board)`; 0 for any other bracket.
fn bracketed(reading: Reading<'_>, open: usize) -> usize {
    const LONGEST: usize = 5;
    let tokens = reading.tokens;
    let inside = (open + 1..open + 1 + LONGEST)
        .take_while(|it| {
            (tokens.is_capital(*it) || tokens.kind(*it) == Kind::Comma) && !reading.is_named(*it)
        })
        .count();
    let short = tokens.kind(open + 1) == Kind::Upper;
    let closed = tokens.kind(open + 1 + inside) == Kind::Close;
    if inside > 0 && short && closed { inside + 2 } else { 0 }
}

/// Whether a comma stands inside of a list of subjects: "Minister of Industry, Trade and Energy".
fn lists_portfolios(reading: Reading<'_>, comma: usize) -> bool {
    const LONGEST: usize = 5;
    let tokens = reading.tokens;
    let subject = |at: usize| tokens.is_capital(at) && words::is_body_word(tokens.low(at));
    let list = (comma + 1..comma + 1 + LONGEST)
        .take_while(|it| subject(*it) || tokens.kind(*it) == Kind::Comma)
        .count();
    let and = comma + 1 + list;
    list > 0 && subject(comma.saturating_sub(1)) && tokens.low(and) == "and" && subject(and + 1)
}
