//! What a cue reports: the quotation, clause or noun phrase behind it or before it.

use std::ops::Range;

use super::cues::{Cue, Shape};
use super::lexicon::Frame;
use super::line::Line;
use super::phrases::Phrases;
use super::quotes::Quote;
use super::words::{
    ADJUNCTS, ATTITUDES, AUXILIARIES, BOUNDARIES, DAYS, DETERMINERS, PREPOSITIONS, REPORTS,
    SUBJECTS, is_clause,
};

/// How far behind a verb its content may start, in tokens.
const REACH: usize = 28;
/// How far behind "put" its "at" may stand, and a quotation behind "called", in tokens.
const NEAR: usize = 12;

/// What was found behind or before a cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// Whole quotations: token indices of each.
    Quoted(Vec<usize>),
    /// Stretches of tokens, more than one where the cue stands between them, and the rule that
    /// found them.
    Reported(Vec<Range<usize>>, &'static str),
}

/// Where the tokens that belong to one cue may lie.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// From the sentence's start, or behind the cue before.
    pub(super) floor: usize,
    /// To the sentence's end, or the next cue that is not part of this one's content.
    pub(super) ceiling: usize,
    /// The sentence's end.
    pub(super) end: usize,
}

/// The content of `cue`.
pub(super) fn content(phrases: Phrases<'_>, cue: &Cue, field: &Field) -> Option<Content> {
    let line = phrases.line;
    let before = quote_before(line, cue, field);
    if let Some(quote) = before.filter(|it| stands_alone(line, *it, field.floor)) {
        let mut quotes = vec![quote];
        quotes.extend((cue.after..field.ceiling).filter(|it| goes_on(line, cue, *it)));
        quotes.extend((field.ceiling..field.end).filter(|it| is_rest(line, quote, *it)));
        return Some(Content::Quoted(quotes));
    }
    if cue.shape == Shape::According {
        let found = according(line, cue, field).or_else(|| around(line, cue, field));
        return found.or_else(|| front(line, cue, field));
    }
    around(line, cue, field)
        .or_else(|| behind(phrases, cue, field))
        .or_else(|| front(line, cue, field))
}

/// Whether the quotation at token `at` is of whole clauses: it could stand alone.
pub(super) fn is_full(line: &Line<'_>, at: usize) -> bool {
    line.is_full(at, |quote| is_of_clauses(line, quote))
}

fn is_of_clauses(line: &Line<'_>, quote: &Quote) -> bool {
    let inside = Line::of(line.source, quote.inner.clone());
    let words = (0..inside.tokens.len()).filter(|it| inside.is_word(*it)).count();
    let capital = (0..inside.tokens.len()).find(|it| inside.is_word(*it));
    let capital = capital.is_some_and(|it| inside.is_capital(it));
    let ended = line.get(quote.inner.clone()).ends_with(['.', ',', '!', '?', '…', '-', '—']);
    (words >= 2 && is_clause(&inside, 0..inside.tokens.len()))
        || (capital && ended && words >= 1)
        || (capital && words >= 6)
        || inside.sentences.len() > 1
}

/// Whether the quotation at `at` is no part of the clause around it.
pub(super) fn stands_alone(line: &Line<'_>, at: usize, floor: usize) -> bool {
    is_full(line, at) && {
        let before = at.checked_sub(1).filter(|it| *it >= floor);
        before.is_none_or(|it| {
            line.mark(it).is_some()
                || line.quote(it).is_some()
                || (it == floor && line.is_one(it, &["but", "and", "so", "yet", "still", "or"]))
        })
    }
}

fn quote_before(line: &Line<'_>, cue: &Cue, field: &Field) -> Option<usize> {
    let mut at = cue.start.checked_sub(1).filter(|it| *it >= field.floor)?;
    while line.mark(at).is_some_and(|it| matches!(it, ',' | '–' | '—' | '―' | '-')) {
        at = at.checked_sub(1).filter(|it| *it >= field.floor)?;
    }
    line.quote(at).map(|_| at)
}

/// Whether the quotation at `at`, behind the cue, goes on with the one before it.
fn goes_on(line: &Line<'_>, cue: &Cue, at: usize) -> bool {
    let marked = at.checked_sub(1).is_some_and(|it| it >= cue.after && line.mark(it).is_some());
    line.quote(at).is_some() && (at == cue.after || marked) && (is_full(line, at) || marked)
}

/// Whether the quotation at `at` ends the sentence that the one at `first` leaves open.
fn is_rest(line: &Line<'_>, first: usize, at: usize) -> bool {
    let inner = |at: usize| {
        let quote = line.quote(at).and_then(|it| line.quotes.get(it));
        quote.map_or("", |it| line.get(it.inner.clone()))
    };
    inner(first).ends_with(',')
        && inner(at).starts_with(char::is_lowercase)
        && line.mark(at.saturating_sub(1)) == Some(',')
        && is_full(line, at)
}

fn according(line: &Line<'_>, cue: &Cue, field: &Field) -> Option<Content> {
    let comma = (cue.after..field.ceiling).find(|it| line.mark(*it) == Some(','));
    let opens = cue.start.saturating_sub(field.floor) <= 2;
    if opens {
        let start = comma.map_or(cue.after, |it| it + 1);
        // "As Ket put it, “we have waited long enough.”"
        if line.is_one(cue.verb.start, &["put", "puts"]) && line.quote(start).is_some() {
            return Some(quoted_or_mixed(line, start, field.ceiling));
        }
        return reported(line, start..field.ceiling, "according-to");
    }
    None
}

/// The content behind the verb.
fn behind(phrases: Phrases<'_>, cue: &Cue, field: &Field) -> Option<Content> {
    let (line, frame) = (phrases.line, cue.frame);
    if frame.has(Frame::ATTITUDE) {
        return attitude(line, cue, field);
    }
    if frame.has(Frame::AT) {
        let near = field.ceiling.min(cue.after + NEAR);
        let at = (cue.after + 1..near).any(|it| line.is(it, "at"));
        return at.then_some(cue.after..field.ceiling).and_then(|it| reported(line, it, "put-at"));
    }
    let told = frame.has(Frame::TOLD) && cue.shape != Shape::Place;
    let start = if told { skip_addressee(phrases, cue.after, field.ceiling) } else { cue.after };
    let near = field.ceiling.min(start + REACH);
    if let Some(found) = introduced(line, cue, start, near, field.ceiling) {
        return Some(found);
    }
    let labels = field.ceiling.min(cue.after + NEAR);
    if frame.has(Frame::LABEL)
        && cue.shape != Shape::VerbFirst
        && (cue.after..labels).any(|it| line.quote(it).is_some())
    {
        return reported(line, cue.after..label_end(line, cue.after, field.ceiling), "label");
    }
    if frame.has(Frame::LABEL)
        && cue.shape != Shape::VerbFirst
        && is_called(line, cue, field.ceiling)
    {
        return reported(line, cue.after..field.ceiling, "label");
    }
    if frame.has(Frame::REPORT) && cue.shape != Shape::VerbFirst {
        return turned_down(line, start..field.ceiling);
    }
    let first = line.word(start);
    let adjunct = line.has(start, ADJUNCTS) || !line.is_word(start);
    if frame.has(Frame::TO) {
        let to = (start..near).any(|it| line.is(it, "to"));
        let direct = line.is(start, "to");
        if direct || (to && frame.has(Frame::OBJECT) && !adjunct) {
            return reported(line, start..field.ceiling, "to-infinitive");
        }
    }
    if first.is_empty() || adjunct || cue.shape == Shape::Place || cue.shape == Shape::VerbFirst {
        return None;
    }
    if frame.has(Frame::GERUND) && is_gerund(first) {
        return reported(line, start..field.ceiling, "gerund");
    }
    if is_claimed(line, cue, start) || is_pronoun_alone(line, start..field.ceiling) {
        return None;
    }
    let clause = cue.shape != Shape::Elided || is_clause(line, start..field.ceiling);
    if frame.has(Frame::BARE) && (start + 1 < field.ceiling) && clause {
        return reported(line, start..field.ceiling, "clause");
    }
    let object = frame.has(Frame::OBJECT) && !line.has(start, SUBJECTS);
    object.then_some(start..field.ceiling).and_then(|it| reported(line, it, "object"))
}

/// What is claimed and is nothing said: "claimed victory", "claimed responsibility for".
fn is_claimed(line: &Line<'_>, cue: &Cue, start: usize) -> bool {
    const TAKEN: &[&str] = &["victory", "responsibility", "credit", "lives", "success"];
    let verb = line.word(cue.verb.end.saturating_sub(1));
    verb.starts_with("claim") && line.is_one(start, TAKEN)
}

/// Whether nothing but a word for what was said before stands there, with how it was said: "confirmed this", "announced
/// this on Monday".
fn is_pronoun_alone(line: &Line<'_>, tokens: Range<usize>) -> bool {
    let mut words = tokens.filter(|it| line.is_word(*it));
    let Some(first) = words.next() else { return false };
    let next = words.next();
    let stands_for = line.is_one(first, &["this", "that", "it", "so", "them"]);
    let hangs = next.is_some_and(|it| line.has(it, PREPOSITIONS) || line.has(it, ADJUNCTS));
    stands_for && next.is_none() || line.is_one(first, &["this", "so"]) && hangs
}

/// Whether somebody calls something by what it is: "called the decision groundless", "called it a step ahead".
fn is_called(line: &Line<'_>, cue: &Cue, ceiling: usize) -> bool {
    const ENDINGS: &[&str] =
        &["less", "ful", "ive", "able", "ible", "ous", "ant", "ent", "ary", "ic", "al", "fair"];
    const TIMES: &[&str] =
        &["week", "day", "month", "year", "number", "few", "couple", "moment", "meeting"];
    let verb = line.word(cue.verb.end.saturating_sub(1)).to_lowercase();
    if !matches!(verb.as_str(), "call" | "calls" | "called" | "calling")
        || line.is_capital(cue.after)
    {
        return false;
    }
    let object = line.has(cue.after, DETERMINERS) || line.is_one(cue.after, &["it", "him", "them"]);
    let near = ceiling.min(cue.after + NEAR);
    let noun = |at: usize| line.is_one(at, &["a", "an"]) && !line.is_one(at + 1, TIMES);
    let quality = |at: usize| {
        let word = line.word(at);
        let last = at + 1 >= ceiling || !line.is_word(at + 1) || line.is(at + 1, "and");
        last && word.len() > 4 && ENDINGS.iter().any(|it| word.ends_with(it))
    };
    let first = cue.after + 1 + usize::from(line.has(cue.after, DETERMINERS));
    let is_plain = |at: usize| line.is_word(at) && !line.has(at, PREPOSITIONS);
    object && (first..near).take_while(|it| is_plain(*it)).any(|it| noun(it) || quality(it))
}

/// What others say, and somebody turns down: "dismissed on Monday reports that".
fn turned_down(line: &Line<'_>, tokens: Range<usize>) -> Option<Content> {
    let near = tokens.end.min(tokens.start + 5);
    let noun = (tokens.start..near).find(|it| line.has(*it, REPORTS))?;
    let says = (noun + 1..tokens.end).any(|it| line.is_one(it, &["that", "about", "of"]));
    let part = |it: usize| line.has(it, ADJUNCTS) || line.has(it, DAYS);
    let start = (tokens.start..noun).find(|it| !part(*it)).unwrap_or(noun);
    says.then_some(start..tokens.end).and_then(|it| reported(line, it, "object"))
}

/// Whether a word is a verb in "-ing".
fn is_gerund(word: &str) -> bool {
    word.len() > 5 && word.ends_with("ing") && word.starts_with(char::is_lowercase)
}

/// Content behind a word or mark that announces it: "that", "whether", a colon, a quotation mark.
fn introduced(
    line: &Line<'_>,
    cue: &Cue,
    start: usize,
    near: usize,
    ceiling: usize,
) -> Option<Content> {
    let frame = cue.frame;
    let adverbial = line.has(start, ADJUNCTS) || line.mark(start).is_some() || start > cue.after;
    for at in start..near {
        let first = at == start;
        if !first && !adverbial {
            return None;
        }
        let marked = at
            .checked_sub(1)
            .and_then(|it| line.mark(it))
            .is_some_and(|it| matches!(it, ',' | ':' | '–' | '—'));
        if line.quote(at).is_some()
            && (first || marked)
            && (frame.has(Frame::QUOTE) || frame.has(Frame::THAT))
        {
            return Some(quoted_or_mixed(line, at, ceiling));
        }
        let takes_that = frame.has(Frame::THAT) || frame.has(Frame::CLAUSE);
        if line.is(at, "that") && takes_that && (first || !is_demonstrative(line, at)) {
            let quoted = line.mark(at + 1) == Some(',') && line.quote(at + 2).is_some();
            let after = if quoted { at + 2 } else { at + 1 };
            return if line.quote(after).is_some() {
                Some(quoted_or_mixed(line, after, ceiling))
            } else {
                reported(line, after..ceiling, "that-clause")
            };
        }
        let asks = line.is_one(at, &["whether", "how", "what", "why", "if", "where"]);
        if first && asks && (frame.has(Frame::WHETHER) || frame.has(Frame::BARE)) {
            return reported(line, at..ceiling, "whether-clause");
        }
        // A colon in a time of day announces nothing.
        let colon = line.mark(at) == Some(':')
            && line.is_word(at + 1)
            && !line.word(at + 1).starts_with(|it: char| it.is_ascii_digit());
        if colon && (frame.has(Frame::QUOTE) || frame.has(Frame::THAT)) {
            return reported(line, at + 1..ceiling, "colon");
        }
        let clause_in_adjunct = line.is_one(
            start,
            &[
                "as", "when", "while", "after", "before", "because", "since", "if", "though",
                "although", "until",
            ],
        );
        if !first
            && !clause_in_adjunct
            && frame.has(Frame::BARE)
            && line.is_one(at, &["he", "she", "they", "there"])
            && !line.has(at - 1, PREPOSITIONS)
        {
            return reported(line, at..ceiling, "clause");
        }
    }
    None
}

/// Where a label ends: behind its last quotation, where another clause follows that.
fn label_end(line: &Line<'_>, start: usize, ceiling: usize) -> usize {
    let last = (start..ceiling).rfind(|it| line.quote(*it).is_some());
    let end = last.map_or(ceiling, |it| it + 1);
    let joined = line.is_one(end, &["but", "after", "when", "while", "because"]);
    if joined || line.mark(end) == Some(',') { end } else { ceiling }
}

/// Whether the "that" at `at` is no conjunction: "of that", "so that".
fn is_demonstrative(line: &Line<'_>, at: usize) -> bool {
    const BEFORE: &[&str] = &["of", "so", "all", "in", "to", "for", "with", "about"];
    at.checked_sub(1).is_some_and(|it| line.is_one(it, BEFORE))
}

/// The quotation at `at` where it is all that is said, else the clause that it starts.
fn quoted_or_mixed(line: &Line<'_>, at: usize, ceiling: usize) -> Content {
    let rest =
        (at + 1..ceiling).find(|it| !line.mark(*it).is_some_and(|it| matches!(it, '.' | ',')));
    let ends = rest.is_none_or(|it| line.quote(it).is_some() || line.mark(it).is_some())
        || line.mark(at + 1).is_some();
    if is_full(line, at) && ends {
        let mut quotes = vec![at];
        quotes.extend((at + 1..ceiling).take_while(|it| line.quote(*it).is_some()));
        return Content::Quoted(quotes);
    }
    reported(line, at..ceiling, "that-clause").unwrap_or(Content::Quoted(vec![at]))
}

fn attitude(line: &Line<'_>, cue: &Cue, field: &Field) -> Option<Content> {
    let near = field.ceiling.min(cue.after + 4);
    (cue.after..near).find(|it| line.has(*it, ATTITUDES))?;
    reported(line, cue.after..field.ceiling, "attitude")
}

/// The token behind the person told.
fn skip_addressee(phrases: Phrases<'_>, start: usize, ceiling: usize) -> usize {
    const ONE: &[&str] = &[
        "him",
        "her",
        "them",
        "us",
        "me",
        "reporters",
        "journalists",
        "lawmakers",
        "supporters",
        "voters",
        "you",
        "everyone",
        "people",
    ];
    let line = phrases.line;
    if let Some(mention) = phrases.mention_at(start) {
        return line.token_at(mention.whole.end).min(ceiling).max(start);
    }
    if line.is_one(start, ONE) {
        return start + 1;
    }
    let determined = line.has(start, DETERMINERS);
    let mut at = start;
    while at < ceiling && line.is_word(at) {
        let clause = line.has(at, SUBJECTS)
            || line.is_one(at, &["that", "whether", "how", "what", "why", "when", "if", "as"])
            || (at > start
                && line.has(at, DETERMINERS)
                && !line.has(at - 1, PREPOSITIONS)
                && !line.is(at - 1, "and"))
            || (at > start
                && line.is_one(at, &["on", "during", "after", "before", "in", "at"])
                && !determined);
        if clause {
            break;
        }
        at += 1;
    }
    at
}

/// The content on both sides of a cue between commas: "The Pact, Ket said, will not wait."
fn around(line: &Line<'_>, cue: &Cue, field: &Field) -> Option<Content> {
    let last = cue.start.checked_sub(1).filter(|it| *it > field.floor)?;
    let commas = line.mark(last) == Some(',') && line.mark(cue.after) == Some(',');
    let first = cue.after + 1;
    // "He welcomed the plan: the money, he said, would come later."
    let part =
        (field.floor..last).rfind(|it| line.mark(*it).is_some_and(|it| matches!(it, ':' | ';')));
    let floor = part.map_or(field.floor, |it| it + 1);
    let word = line.word(first);
    let verb = word.starts_with(char::is_lowercase)
        && !word.ends_with("ing")
        && !line.has(first, ADJUNCTS)
        && !line.has(first, BOUNDARIES)
        && !is_clause(line, floor..last);
    let goes_on = verb || line.has(first, AUXILIARIES) || is_predicate(line, first);
    if !commas || !goes_on || cue.shape == Shape::Elided {
        return None;
    }
    let Content::Reported(mut ranges, rule) = reported(line, floor..last, "around-cue")? else {
        return None;
    };
    let Content::Reported(rest, _) = reported(line, first..field.ceiling, rule)? else {
        return None;
    };
    ranges.extend(rest);
    Some(Content::Reported(ranges, rule))
}

/// Whether the quotation at `at` is what somebody does, said without them: “will be our partner”.
fn is_predicate(line: &Line<'_>, at: usize) -> bool {
    let quote = line.quote(at).and_then(|it| line.quotes.get(it));
    quote.is_some_and(|it| {
        let inside = Line::of(line.source, it.inner.clone());
        line.get(it.inner.clone()).starts_with(char::is_lowercase) && inside.has(0, AUXILIARIES)
    })
}

/// The content before the cue: "<content>, Ket said."
fn front(line: &Line<'_>, cue: &Cue, field: &Field) -> Option<Content> {
    let last = cue.start.checked_sub(1).filter(|it| *it > field.floor)?;
    let comma = line.mark(last).is_some_and(|it| matches!(it, ',' | '–' | '—' | '-'));
    let quote = line.quote(last).is_some();
    let bare = cue.shape == Shape::According;
    let says = cue.frame.has(Frame::BARE) || cue.frame.has(Frame::THAT);
    if !(comma || quote || bare) || !says || cue.shape == Shape::Elided {
        return None;
    }
    let end = if comma { last } else { cue.start };
    let words = (field.floor..end).filter(|it| line.is_word(*it)).count();
    let holds_quote = (field.floor..end).any(|it| line.quote(it).is_some());
    // "Sitting in Narovets, the Council agreed."
    let participle =
        line.word(field.floor).ends_with("ing") && line.has(field.floor + 1, PREPOSITIONS);
    let phrase = line.has(field.floor, ADJUNCTS) || line.has(field.floor, PREPOSITIONS);
    let adverbial = (phrase || participle) && !is_clause(line, field.floor..end);
    let hangs = line.is_one(field.floor, &["as", "when", "while"])
        && (field.floor..end).all(|it| line.mark(it).is_none());
    let short = hangs || words < 2 || (words == 2 && !line.has(field.floor, SUBJECTS));
    if (short || adverbial) && !holds_quote {
        return None;
    }
    reported(line, field.floor..end, "front-clause")
}

/// `tokens` without the marks at its ends, if anything is left.
fn reported(line: &Line<'_>, tokens: Range<usize>, rule: &'static str) -> Option<Content> {
    let mut tokens = tokens;
    let loose = |at: usize| {
        line.mark(at).is_some_and(|it| !matches!(it, '(' | ')' | '[' | ']' | '$' | '#' | '…'))
    };
    while !tokens.is_empty() && loose(tokens.start) {
        tokens.start += 1;
    }
    while !tokens.is_empty() && loose(tokens.end - 1) {
        tokens.end -= 1;
    }
    (!tokens.is_empty()).then(|| Content::Reported(vec![tokens], rule))
}
