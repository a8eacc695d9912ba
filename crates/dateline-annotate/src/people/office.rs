//! The grammar of offices: where a text names one, and how far the phrase reaches.
//!
//! An office phrase is a noun that names a post, the modifiers before it ("First Deputy", "ARPO", "Varegian Defense")
//! and the complements behind it ("of the Security Council", "to Polavia"). Articles, ranks, and words such as "new"
//! are no part of it. Where the last complement runs into the name of somebody the registry does not know,
//! [`super::unknown`] says where the name begins.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::{complement, unknown, words};
use crate::tokens::{Kind, Tokens};
use crate::vocabulary::IN_ORGANISATION;

/// One office phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfficePhrase {
    /// Its tokens, without an article.
    pub(crate) range: Range<usize>,
    /// The token of its noun.
    pub(crate) head: usize,
    /// Tokens of an unknown person's name that follows at once.
    pub(crate) name: Option<Range<usize>>,
    /// Whether its noun means one holder or several.
    pub(crate) holders: Holders,
}

/// How many holders the noun of an office means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holders {
    /// "President".
    One,
    /// "Presidents".
    Several,
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

    /// Whether the word is a given name.
    pub(crate) fn is_given(&self, at: usize) -> bool {
        self.lexicon.is_given(self.tokens, at)
    }

    /// Whether some organisation's name has the word.
    pub(crate) fn is_of_organisation(&self, at: usize) -> bool {
        self.tokens.class(at).meets(IN_ORGANISATION)
    }

    pub(crate) fn is_free_capital(&self, at: usize) -> bool {
        self.tokens.is_capital(at) && !self.is_named(at)
    }
}

/// All office phrases, in order, none overlapping.
pub(crate) fn phrases(reading: Reading<'_>) -> Vec<OfficePhrase> {
    let mut found = Vec::new();
    let mut free_from = 0;
    let all = 0..reading.tokens.len();
    for at in reading.tokens.places(all, |it| it.class().meets(words::ANY_HEAD)) {
        if at < free_from || reading.is_named(at) {
            continue;
        }
        let (phrase, inner) = phrase_at(reading, at, free_from);
        free_from = phrase.name.as_ref().map_or(phrase.range.end, |it| it.end).max(at + 1);
        match inner {
            Some(inner) => found.extend(divided(phrase, inner)),
            None => found.push(phrase),
        }
    }
    found
}

/// The office phrase around the noun at `noun`, none of it before `free_from`, and where an inner office starts that
/// the following name belongs to.
fn phrase_at(
    reading: Reading<'_>,
    noun: usize,
    free_from: usize,
) -> (OfficePhrase, Option<Range<usize>>) {
    let head = last_noun(reading, noun);
    let start = leftmost(reading, noun, free_from);
    let complement::Complements { end, loose, last } = complement::all(reading, head);
    // Nothing but the noun: a run of capitals behind it can only be a name.
    let name = if loose.is_none() && !reading.is_named(end) {
        unknown::name_at(reading, end)
    } else {
        unknown::name_at_end(reading, loose.unwrap_or(end), end)
    };
    let several = (noun..=head).any(|it| words::is_plural_head(reading.tokens.word(it)));
    let holders = if several { Holders::Several } else { Holders::One };
    // "heads Isis": a plural before one word is rather a verb.
    let name = name.filter(|it| !several || it.len() > 1);
    let end = name.as_ref().map_or(end, |it| it.start.min(end));
    let followed = name.is_some() || reading.is_named(end);
    let inner = last.filter(|it| followed && it.start < end && ends_in_noun(reading, end));
    (OfficePhrase { range: start..end, head, name, holders }, inner)
}

/// Whether the token before `end` is the noun of an office.
fn ends_in_noun(reading: Reading<'_>, end: usize) -> bool {
    let last = end.saturating_sub(1);
    let low = reading.tokens.word(last);
    words::is_head(low)
        || (low == "general" && takes_general(reading.tokens.low(last.saturating_sub(1))))
}

/// "spokesman for President X": the name belongs to the inner office, the outer one has none. `inner` reaches from the
/// preposition to the first token of the inner office.
fn divided(phrase: OfficePhrase, inner: Range<usize>) -> [OfficePhrase; 2] {
    let outer = phrase.range.start..inner.start;
    let head = phrase.range.end.saturating_sub(1);
    [
        OfficePhrase { range: outer, head: phrase.head, name: None, holders: phrase.holders },
        OfficePhrase {
            range: inner.end..phrase.range.end,
            head,
            name: phrase.name,
            holders: Holders::One,
        },
    ]
}

/// The last noun of a chain such as "First Deputy Foreign Minister" or "Secretary General".
fn last_noun(reading: Reading<'_>, noun: usize) -> usize {
    let tokens = reading.tokens;
    let mut head = noun;
    let mut at = noun + 1;
    while !reading.is_named(at) {
        let low = tokens.word(at);
        let after_noun = at == head + 1;
        let general = low == "general" && after_noun && takes_general(tokens.low(head));
        let executive = low == "executive" && after_noun && tokens.low(head) == "chief";
        if words::is_head(low) || general || executive || low == "officer" {
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
            | "secretaries"
            | "director"
            | "directors"
            | "prosecutor"
            | "prosecutors"
            | "consul"
            | "governor"
            | "governors"
            | "inspector"
            | "commissioner"
    )
}

/// The first token of the phrase: modifiers and capitalised words before the noun.
fn leftmost(reading: Reading<'_>, noun: usize, free_from: usize) -> usize {
    let tokens = reading.tokens;
    let mut start = noun;
    while let Some(before) = start.checked_sub(1).filter(|it| *it >= free_from) {
        let low = tokens.word(before);
        let joined = low == "and" && joins_modifiers(reading, before, free_from);
        let possessive = tokens.kind(before) == Kind::Possessive
            && before > free_from
            && reading.is_free_capital(before - 1)
            && !words::is_function_word(tokens.word(before - 1));
        if joined || possessive {
            start = before - 1;
        } else if is_premodifier(reading, before) {
            start = before;
        } else {
            break;
        }
    }
    behind_place(reading, start, noun)
}

/// "In Narovets President X": the place is no part of the office.
fn behind_place(reading: Reading<'_>, start: usize, noun: usize) -> usize {
    let tokens = reading.tokens;
    let located = start
        .checked_sub(1)
        .is_some_and(|it| matches!(tokens.low(it), "in" | "at" | "near" | "from"));
    let place = |it: &usize| {
        tokens.kind(*it) == Kind::Capital
            && !words::is_modifier(tokens.word(*it))
            && !words::is_head(tokens.word(*it))
            && !words::is_body_word(tokens.word(*it))
            && !is_nationality(tokens.low(*it))
    };
    let places = (start..noun).take_while(place).count();
    if located { start + places } else { start }
}

/// "Permanent and Plenipotentiary", "Foreign and Defense".
fn joins_modifiers(reading: Reading<'_>, and: usize, free_from: usize) -> bool {
    let tokens = reading.tokens;
    and > free_from
        && words::is_modifier(tokens.word(and - 1))
        && words::is_modifier(tokens.word(and + 1))
        && !words::is_head(tokens.word(and - 1))
}

fn is_premodifier(reading: Reading<'_>, at: usize) -> bool {
    let low = reading.tokens.word(at);
    let new_place = low == "new"
        && reading.tokens.kind(at) == Kind::Capital
        && words::follows_new_in_places(reading.tokens.word(at + 1));
    if new_place {
        return !reading.is_named(at);
    }
    if words::is_no_part(low) || reading.is_named(at) {
        return false;
    }
    // "company spokesman", "Narovets police Chief", but not "… network President X".
    let before = at.checked_sub(1).filter(|it| reading.is_free_capital(*it));
    let named_before = before.is_some_and(|it| !words::is_function_word(reading.tokens.word(it)));
    let small = reading.tokens.kind(at) == Kind::Small
        && (reading.tokens.kind(at + 1) != Kind::Capital || named_before);
    if words::is_modifier(low)
        || words::is_head(low)
        || (small && (words::is_complement_noun(low) || words::is_body_word(low)))
    {
        return reading.tokens.is_word(at);
    }
    let telling = !words::is_function_word(low)
        && !words::is_calendar(low)
        && !words::is_honorific(low)
        && !words::is_courtesy(low)
        && !words::is_saying(low);
    let opens = at.checked_sub(1).is_none_or(|it| {
        matches!(reading.tokens.kind(it), Kind::Break | Kind::Stop | Kind::Quote | Kind::Mark)
    });
    if opens && is_participle_or_adverb(&low) {
        return false;
    }
    let in_headline = reading.in_title_case(at);
    reading.is_free_capital(at)
        && telling
        && (!in_headline
            || reading.tokens.kind(at) == Kind::Upper
            || reading.is_of_organisation(at)
            || names_body(reading, at)
            || is_nationality(&low))
}

/// "Foreign Ministry Spokeswoman": the body right before the noun of an office.
fn names_body(reading: Reading<'_>, at: usize) -> bool {
    const BODIES: &[&str] = &[
        "ministry",
        "parliament",
        "government",
        "department",
        "agency",
        "committee",
        "council",
        "staff",
        "office",
    ];
    let tokens = reading.tokens;
    BODIES.contains(&tokens.low(at)) && tokens.class(at + 1).meets(words::ANY_HEAD)
}

/// "Welcoming", "Recently": capital only because they open a sentence.
fn is_participle_or_adverb(low: &str) -> bool {
    let participle = low.len() > 5 && low.ends_with("ing") && !low.ends_with("jing");
    participle || (low.len() > 4 && low.ends_with("ly") && low != "italy")
}

fn is_nationality(low: &str) -> bool {
    low.len() > 4 && ["an", "ish", "ese", "ic", "ch", "i"].iter().any(|it| low.ends_with(it))
}
