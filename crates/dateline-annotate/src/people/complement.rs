//! What follows the noun of an office: "of the Security Council", "to Polavia", "(ARPO)".

use std::ops::Range;

use super::office::Reading;
use super::{unknown, words};
use crate::tokens::Kind;

/// What stands behind the noun of an office.
pub(crate) struct Complements {
    /// Where it ends.
    pub(crate) end: usize,
    /// From which token on a run of capitals at the end may belong to a name; `None` where there is no complement.
    pub(crate) loose: Option<usize>,
    /// From the last preposition to the first token behind it, where no article stands between.
    pub(crate) last: Option<Range<usize>>,
}

/// The complements behind the noun at `head`.
pub(crate) fn all(reading: Reading<'_>, head: usize) -> Complements {
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
    let mut last = None;
    let outward = words::faces_outward(tokens.word(head));
    let several = (head.saturating_sub(1)..=head).any(|it| words::is_plural_head(tokens.word(it)));
    loop {
        let low = tokens.word(end);
        let joins = words::joins_complement(low)
            || (outward && words::joins_outward(low))
            || (low == "in" && is_body_abroad(reading, head..end))
            || (low == "on" && words::deals_with(tokens.word(end.saturating_sub(1))))
            || (low == "from" && is_sent(tokens.low(end.saturating_sub(1))))
            || (low == "under" && is_placed_under(reading, end + 1));
        let in_charge =
            low == "in" && tokens.low(end + 1) == "charge" && tokens.low(end + 2) == "of";
        if in_charge {
            end += 2;
        } else if !joins || !is_set_as(reading, head, end) {
            break;
        }
        let Some((next, may_be_name)) = noun_phrase(reading, end + 1) else { break };
        let (next, may_be_name) =
            if several { further_holders(reading, next, may_be_name) } else { (next, may_be_name) };
        let bare = !words::is_determiner(tokens.word(end + 1));
        last = bare.then_some(end..end + 1);
        end = next;
        loose = Some(may_be_name);
        if unknown::name_at_end(reading, may_be_name, end).is_some() {
            break;
        }
    }
    Complements { end, loose, last }
}

/// "Presidents of A and the B Republic": where what further holders hold ends, and from which token on it may be a name.
fn further_holders(reading: Reading<'_>, mut end: usize, mut loose: usize) -> (usize, usize) {
    let tokens = reading.tokens;
    while tokens.low(end) == "and" && tokens.low(end + 1) == "the" {
        let first = end + 2;
        let holds = tokens.is_capital(first)
            && !reading.is_named(first)
            && !starts_an_office(reading, first);
        let Some((next, may_be_name)) = noun_phrase(reading, end + 1).filter(|_| holds) else {
            break;
        };
        (end, loose) = (next, may_be_name);
    }
    (end, loose)
}

/// Whether the small word at `at` is printed as such: in capitals only where the noun at `head` is, as in "PRESIDENT OF
/// VAREGIA".
fn is_set_as(reading: Reading<'_>, head: usize, at: usize) -> bool {
    let kind = |it: usize| reading.tokens.kind(it);
    kind(at) == Kind::Small || kind(at) == Kind::Upper && kind(head) == Kind::Upper
}

/// Whether a body can stand under what starts at `at`: "the Drug Control Agency under the President of X".
fn is_placed_under(reading: Reading<'_>, at: usize) -> bool {
    let tokens = reading.tokens;
    let word = tokens.word(at + 1);
    tokens.low(at) == "the"
        && tokens.is_capital(at + 1)
        && (words::is_head(word) || words::is_body_word(word) || words::is_modifier(word))
}

/// Whether somebody so called comes from where they are sent: "head of the delegation from the Assembly".
fn is_sent(noun: &str) -> bool {
    matches!(
        noun,
        "delegation"
            | "delegations"
            | "mission"
            | "representative"
            | "mp"
            | "deputy"
            | "senator"
            | "envoy"
    )
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
    (reading.tokens.is_capital(phrase.end + 1) || reading.tokens.is_capital(phrase.end + 2))
        && phrase
            .clone()
            .any(|it| reading.tokens.is_capital(it) && ABROAD.contains(&reading.tokens.low(it)))
}

/// The end of the noun phrase that starts at `from`, and from which token on it may be a name; `None` where none
/// starts there.
fn noun_phrase(reading: Reading<'_>, from: usize) -> Option<(usize, usize)> {
    let tokens = reading.tokens;
    let mut at = from;
    let definite = words::is_determiner(tokens.word(at));
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
    let low = tokens.word(at);
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
                && (tokens.is_capital(at + 1) || words::is_complement_noun(tokens.word(at + 1)))
                && !unknown::ends_in_name(reading, first, at)
                && !has_name_behind_body(reading, first, at)
                && !words::is_head(tokens.word(at + 1))
                && !starts_an_office(reading, at + 1)
                && !starts_a_name(reading, at + 1);
            usize::from(goes_on)
        }
        Kind::Small => {
            let known =
                words::is_complement_noun(low) || words::is_body_word(low) || words::is_head(low);
            let known =
                known || ends_before_rank(reading, first, at) || leads_to_body(reading, first, at);
            usize::from(known && !(low == "state" && tokens.low(at + 1) == "that"))
        }
        Kind::Possessive => {
            let goes_on = at > first
                && !next_named
                && (tokens.is_capital(at + 1) || words::is_complement_noun(tokens.word(at + 1)));
            usize::from(goes_on)
        }
        Kind::Number => usize::from(tokens.is_capital(at + 1) && !next_named),
        Kind::Open if at > first => bracketed(reading, at),
        Kind::Quote => quoted(reading, at),
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

/// Whether a rank stands behind the small word at `at`, so that it can only end the office: "the commander of the
/// northern wing, Colonel X".
fn ends_before_rank(reading: Reading<'_>, first: usize, at: usize) -> bool {
    let tokens = reading.tokens;
    let rank = at + 1 + usize::from(tokens.kind(at + 1) == Kind::Comma);
    let begun = words::is_determiner(tokens.word(first.saturating_sub(1)));
    let ranked = tokens.is_capital(rank) && unknown::rank_end(reading, rank) > rank;
    begun && at <= first + 2 && !words::is_function_word(tokens.word(at)) && ranked
}

/// Whether the small words from `at` on say what a body deals with, and a name stands behind it: "of the Zafari drug
/// control agency X".
fn leads_to_body(reading: Reading<'_>, first: usize, at: usize) -> bool {
    const FARTHEST: usize = 3;
    let tokens = reading.tokens;
    let is_topic = |it: usize| {
        let word = tokens.word(it);
        tokens.kind(it) == Kind::Small
            && !words::is_function_word(word)
            && !words::is_saying(word)
            && !words::is_acting(word)
            && !["ed", "ing", "ly"].iter().any(|ending| word.ends_with(ending))
    };
    let is_body = |it: usize| {
        let word = tokens.word(it);
        tokens.kind(it) == Kind::Small
            && (words::is_complement_noun(word) || words::is_body_word(word))
    };
    let begun = words::is_determiner(tokens.word(first.saturating_sub(1))) && at > first;
    let body = (at + 1..=at + FARTHEST).find(|it| is_body(*it));
    let is_named = |body: usize| {
        let name = (body + 1..tokens.len()).find(|it| !is_body(*it)).unwrap_or(tokens.len());
        reading.is_named(name) || reading.is_given(name) && tokens.is_capital(name + 1)
    };
    begun && body.is_some_and(|body| (at..body).all(is_topic) && is_named(body))
}

/// Whether the words from `first` to `end` are a body and then two words that look like a name.
fn has_name_behind_body(reading: Reading<'_>, first: usize, end: usize) -> bool {
    let Some(start) = end.checked_sub(2).filter(|it| *it > first) else { return false };
    let body = words::is_body_word(reading.tokens.word(start - 1))
        || reading.is_of_organisation(start - 1);
    body && unknown::is_pair(reading, &(start..end))
}

/// Whether modifiers and then the noun of another office start at `at`.
fn starts_an_office(reading: Reading<'_>, at: usize) -> bool {
    const FARTHEST: usize = 5;
    let tokens = reading.tokens;
    (at..at + FARTHEST)
        .take_while(|it| {
            let low = tokens.word(*it);
            tokens.is_capital(*it) || words::is_modifier(low) || words::is_head(low)
        })
        .any(|it| words::is_head(tokens.word(it)) && !words::is_modifier(tokens.word(it)))
}

/// Whether a known given name with another capital behind it starts at `at`.
fn starts_a_name(reading: Reading<'_>, at: usize) -> bool {
    reading.is_given(at) && reading.tokens.is_capital(at + 1)
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
    let first = tokens.word(open + 1);
    let short =
        tokens.kind(open + 1) == Kind::Upper || words::is_head(first) || words::is_body_word(first);
    let closed = tokens.kind(open + 1 + inside) == Kind::Close;
    if inside > 0 && short && closed { inside + 2 } else { 0 }
}

/// Number of tokens of a name in quotation marks: `“Rampart” Institute`; 0 where a quotation starts.
fn quoted(reading: Reading<'_>, open: usize) -> usize {
    const LONGEST: usize = 6;
    let tokens = reading.tokens;
    let inside = (open + 1..open + 1 + LONGEST)
        .take_while(|it| tokens.is_word(*it) && !reading.is_named(*it))
        .count();
    let closed = tokens.kind(open + 1 + inside) == Kind::Quote;
    if tokens.is_capital(open + 1) && closed { inside + 2 } else { 0 }
}

/// Whether a comma stands inside of a list of subjects: "Minister of Industry, Trade and Energy".
fn lists_portfolios(reading: Reading<'_>, comma: usize) -> bool {
    const LONGEST: usize = 5;
    let tokens = reading.tokens;
    let subject = |at: usize| tokens.is_capital(at) && words::is_body_word(tokens.word(at));
    let list = (comma + 1..comma + 1 + LONGEST)
        .take_while(|it| subject(*it) || tokens.kind(*it) == Kind::Comma)
        .count();
    let and = comma + 1 + list;
    list > 0 && subject(comma.saturating_sub(1)) && tokens.low(and) == "and" && subject(and + 1)
}
