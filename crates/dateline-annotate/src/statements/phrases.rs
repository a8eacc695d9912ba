//! Noun phrases beside a verb: where the words that name a speaker start and end.

use std::ops::Range;

use super::line::Line;
use super::mentions::Mentions;
use super::words::{
    ADJUNCTS, AUXILIARIES, BOUNDARIES, DAYS, DETERMINERS, PREPOSITIONS, ROLES, SUBJECTS,
    contracted, is_adverb, is_clause,
};
use crate::people::Mention;

/// How many insertions between commas are stepped over to find a subject: "Ket, 54, the head of X,
/// said".
const INSERTIONS: usize = 3;

/// A paragraph with the mentions in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrases<'a> {
    pub(super) line: &'a Line<'a>,
    mentions: &'a Mentions<'a>,
    /// Places of the mentions that touch the paragraph: the first, and the one behind the last.
    places: (usize, usize),
}

impl<'a> Phrases<'a> {
    /// The phrases of `line` in a story with these mentions.
    pub(super) fn of(line: &'a Line<'a>, mentions: &'a Mentions<'a>) -> Self {
        let places = mentions.places_in(&line.range);
        Self { line, mentions, places: (places.start, places.end) }
    }

    fn places(&self) -> Range<usize> {
        self.places.0..self.places.1
    }

    /// The mention that ends where the token before `end` does.
    pub(super) fn mention_before(&self, end: usize) -> Option<&'a Mention> {
        let at = self.line.span(0..end).end;
        self.mentions.ending(&self.places(), at)
    }

    /// The mention that starts where the token at `start` does.
    pub(super) fn mention_at(&self, start: usize) -> Option<&'a Mention> {
        if self.places.0 == self.places.1 {
            return None;
        }
        let at = self.line.tokens.get(start)?.range.start;
        self.mentions.starting(&self.places(), at)
    }

    /// The tokens of `tokens` at which a mention starts, in order, with that mention.
    pub(super) fn mentions_in(
        &self,
        tokens: &Range<usize>,
    ) -> impl Iterator<Item = (usize, &'a Mention)> {
        let phrases = *self;
        let starts = phrases.mentions.starts_in(phrases.line.span(tokens.clone()));
        let places = (phrases.places.0 < phrases.places.1).then_some(starts);
        places.into_iter().flatten().filter_map(move |byte| {
            let at = phrases.line.token_at(byte);
            // A mention may start inside of a token of this line; then it has none.
            let token = phrases.line.tokens.get(at).filter(|it| it.range.start == byte)?;
            Some((at, phrases.mentions.starting(&phrases.places(), token.range.start)?))
        })
    }

    /// The noun phrase that ends before token `end`, insertions between commas or dashes stepped
    /// over.
    pub(super) fn before(&self, floor: usize, end: usize) -> Option<Range<usize>> {
        let last = end.checked_sub(1).filter(|it| *it >= floor)?;
        match self.line.mark(last) {
            None => self.chunk_before(floor, end),
            Some(mark @ (',' | '–' | '—' | '―' | '-')) => {
                self.before_insertion(floor, last, mark)
            }
            Some(')') => {
                let open = (floor..last).rev().find(|it| self.line.mark(*it) == Some('('))?;
                let found = self.before(floor, open)?;
                Some(found.start..found.end)
            }
            Some(_) => None,
        }
    }

    fn before_insertion(&self, floor: usize, last: usize, mark: char) -> Option<Range<usize>> {
        let mut close = last;
        for _ in 0..INSERTIONS {
            let open = self.opening(floor, close)?;
            if self.line.mark(open) != Some(mark) || open + 1 == close {
                return None;
            }
            if is_clause(self.line, open + 1..close)
                && !self.line.is_one(open + 1, &["who", "which", "whose"])
            {
                return None;
            }
            let named_to = self.without_bracket(floor, open);
            if let Some(found) = self.chunk_before(floor, named_to)
                && found.end == named_to
                && found
                    .clone()
                    .any(|it| self.line.is_capital(it) || self.line.has(it, DETERMINERS))
                && !self.line.has(found.start, DAYS)
            {
                let mut mentions = found.clone().filter_map(|it| self.mention_at(it));
                let named = mentions.find(|it| it.person.is_some());
                let end = named.map_or(last, |it| self.line.token_at(it.whole.end));
                return Some(found.start..end.clamp(found.end, last));
            }
            close = open;
        }
        None
    }

    /// The mark at which the insertion that ends before `close` opens, brackets inside of it stepped over: "Ket, head
    /// of the Pact (ARPO), said".
    fn opening(&self, floor: usize, close: usize) -> Option<usize> {
        let mut at = close;
        loop {
            at = (floor..at).rev().find(|it| !self.line.is_word(*it))?;
            if self.line.mark(at) != Some(')') {
                return Some(at);
            }
            at = (floor..at).rev().find(|it| self.line.mark(*it) == Some('('))?;
        }
    }

    /// Where words that end before `end` end without the bracket behind them: "Ket (Polavia), head of the Pact, said".
    fn without_bracket(&self, floor: usize, end: usize) -> usize {
        let closes = end.checked_sub(1).filter(|it| self.line.mark(*it) == Some(')'));
        let open =
            closes.and_then(|it| (floor..it).rev().find(|it| self.line.mark(*it) == Some('(')));
        open.unwrap_or(end)
    }

    /// The noun phrase of words that ends before `end`.
    fn chunk_before(&self, floor: usize, end: usize) -> Option<Range<usize>> {
        let line = self.line;
        let last = end.checked_sub(1).filter(|it| *it >= floor && line.is_word(*it))?;
        if line.has(last, SUBJECTS) || contracted(line.word(last)).is_some() {
            return Some(last..end);
        }
        // "two of them"
        let part = last.checked_sub(2).filter(|it| *it >= floor && line.has(*it, DETERMINERS));
        if let Some(part) = part
            && line.is(last - 1, "of")
            && line.is_one(last, &["them", "us"])
        {
            return Some(part..end);
        }
        let mention = self.mention_before(end).map(|it| line.token_at(it.whole.start).max(floor));
        let mut start = mention.unwrap_or(end);
        while start > floor && self.continues_left(floor, start, end) {
            start -= 1;
        }
        while start < end && mention.is_none_or(|it| start < it) && self.is_loose_start(start) {
            start += 1;
        }
        let alone = |it: usize| line.is_one(it, &["both", "all"]);
        let named =
            (start..end).any(|it| alone(it) || !line.has(it, DAYS) && !line.has(it, DETERMINERS));
        (start < end && named).then_some(start..end)
    }

    /// Whether the word before `start` belongs to the noun phrase `start..end`.
    fn continues_left(&self, floor: usize, start: usize, end: usize) -> bool {
        let (line, at) = (self.line, start - 1);
        if !line.is_word(at) {
            return false;
        }
        let joins = start < end && start >= 2 && line.is(at, "and");
        if joins && at > floor {
            return line.is_capital(start) && line.is_capital(at - 1);
        }
        if line.has(at, BOUNDARIES)
            || line.has(at, SUBJECTS)
            || line.has(at, AUXILIARIES)
            || line.is_one(at, &["said", "says", "told", "him", "them", "me", "us", "asked"])
        {
            return false;
        }
        // A determiner starts a phrase; only "of the" and the like tie it to one before.
        if start < end && line.has(start, DETERMINERS) {
            return line.has(at, PREPOSITIONS) && at > floor && line.is_word(at - 1);
        }
        !(line.has(at, PREPOSITIONS) && (at == floor || !line.is_word(at - 1)))
    }

    /// Whether the word at `start` cannot start a noun phrase.
    fn is_loose_start(&self, start: usize) -> bool {
        let line = self.line;
        line.has(start, PREPOSITIONS)
            || line.has(start, DAYS)
            || (is_adverb(line, start) && !line.is_capital(start))
    }

    /// Where a name ends that a few small words before it tell more of: "third-year student X Y".
    fn titled_name(&self, start: usize, ceiling: usize) -> Option<usize> {
        const LONGEST: usize = 3;
        let line = self.line;
        let lists = BOUNDARIES.with(ADJUNCTS).with(PREPOSITIONS).with(AUXILIARIES);
        let lists = lists.with(SUBJECTS).with(DETERMINERS);
        let is_small =
            |at: usize| line.word(at).starts_with(char::is_lowercase) && !line.has(at, lists);
        let name = (start..ceiling.min(start + LONGEST + 1)).find(|it| !is_small(*it))?;
        let end = (name..ceiling).find(|it| !line.is_capital(*it)).unwrap_or(ceiling);
        (name > start && end - name >= 2).then_some(end)
    }

    /// The noun phrase that starts at token `start`, the subject of a verb before it: "said the
    /// head of X".
    pub(super) fn after(&self, start: usize, ceiling: usize) -> Option<Range<usize>> {
        let line = self.line;
        if line.is_one(start, &["he", "she", "they", "it", "i", "we"]) {
            return Some(start..start + 1);
        }
        if let Some(mention) = self.mention_at(start) {
            let end = line.token_at(mention.whole.end).min(ceiling);
            return Some(start..end.max(start + 1));
        }
        if let Some(end) = self.titled_name(start, ceiling) {
            return Some(start..end);
        }
        let starts =
            line.is_capital(start) || line.has(start, DETERMINERS) || line.has(start, ROLES);
        if !starts || line.has(start, DAYS) {
            return None;
        }
        let stops = |at: usize| {
            !line.is_word(at)
                || line.has(at, AUXILIARIES)
                || line.has(at, BOUNDARIES) && !(line.is(at, "and") && line.is_capital(at + 1))
                || (line.has(at, ADJUNCTS)
                    && !line.is_one(at, &["of", "for", "from", "with", "at", "in"]))
                || (line.has(at, DAYS) && at > start)
                || (line.is_one(at, &["at", "in"])
                    && !(start..at).any(|it| line.has(it, ROLES) || !line.is_capital(it)))
        };
        let end = (start..ceiling).find(|it| stops(*it)).unwrap_or(ceiling);
        (start < end).then_some(start..end)
    }
}
