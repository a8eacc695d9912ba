//! One paragraph as words, marks and quotations, cut into sentences. A quotation is one token: what
//! stands inside of it never decides how the sentence around it is read.

use std::cell::OnceCell;
use std::ops::Range;

use super::quotes::{Quote, quotes};
use crate::text::{StoryText, is_abbreviated};
use crate::tokens::{self, Kind};
use crate::vocabulary::{self, Class};

/// A stretch without a full stop that is longer than so many tokens is no sentence but a list or a table. It is cut
/// there, since rules look from one end of a sentence to the other.
const MAX_SENTENCE_TOKENS: usize = 400;

/// A paragraph, or a quotation in one, in tokens.
#[derive(Debug)]
pub(super) struct Line<'t> {
    pub(super) source: &'t StoryText<'t>,
    pub(super) range: Range<usize>,
    pub(super) tokens: Vec<Token>,
    pub(super) quotes: Vec<Quote>,
    /// Ranges of token indices.
    pub(super) sentences: Vec<Range<usize>>,
    /// For each quotation whether it is of whole clauses, as far as that was asked.
    full: Vec<OnceCell<bool>>,
}

/// A word, a mark or a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    pub(super) kind: TokenKind,
    /// The word lists that have the word.
    class: Class,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters and digits, with what joins them (`I.N.`, `co-chair`, `Ket's`, `3.5`).
    Word,
    /// Index into [`Line::quotes`].
    Quote(usize),
    /// Any other character.
    Mark(char),
}

impl<'t> Line<'t> {
    pub(super) fn of(source: &'t StoryText<'t>, range: Range<usize>) -> Self {
        Self::reusing(source, range, Vec::new())
    }

    /// The same with the memory of tokens that are needed no more.
    pub(super) fn reusing(
        source: &'t StoryText<'t>,
        range: Range<usize>,
        used: Vec<Token>,
    ) -> Self {
        let quotes = if may_quote(source, &range) {
            quotes(source.as_str(), range.clone())
        } else {
            Vec::new()
        };
        let tokens = tokens(source, range.clone(), &quotes, used);
        let full = vec![OnceCell::new(); quotes.len()];
        let mut line = Self { source, range, tokens, quotes, sentences: Vec::new(), full };
        line.sentences = line.cut();
        line
    }

    pub(super) fn get(&self, range: Range<usize>) -> &'t str {
        self.source.as_str().get(range).unwrap_or_default()
    }

    /// The word at `at`; empty where there is none.
    pub(super) fn word(&self, at: usize) -> &'t str {
        match self.tokens.get(at) {
            Some(Token { range, kind: TokenKind::Word, .. }) => self.get(range.clone()),
            Some(_) | None => "",
        }
    }

    /// Whether the word at `at`, in either case, is in one of the lists of `class`.
    pub(super) fn has(&self, at: usize, class: Class) -> bool {
        self.tokens.get(at).is_some_and(|it| it.class.meets(class))
    }

    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.kind {
            TokenKind::Mark(mark) => Some(mark),
            TokenKind::Word | TokenKind::Quote(_) => None,
        }
    }

    /// The index of the quotation at `at`.
    pub(super) fn quote(&self, at: usize) -> Option<usize> {
        match self.tokens.get(at)?.kind {
            TokenKind::Quote(index) => Some(index),
            TokenKind::Word | TokenKind::Mark(_) => None,
        }
    }

    /// Whether the quotation at token `at` is of whole clauses, by `test` of it when that is asked first.
    pub(super) fn is_full(&self, at: usize, test: impl FnOnce(&Quote) -> bool) -> bool {
        let Some(index) = self.quote(at) else { return false };
        let known = self.full.get(index).zip(self.quotes.get(index));
        known.is_some_and(|(known, quote)| *known.get_or_init(|| test(quote)))
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Word)
    }

    /// Whether the word at `at` is `word`, in either case.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    /// Whether the word at `at` is one of `words`, which are in lower case.
    pub(super) fn is_one(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at);
        !word.is_empty() && words.iter().any(|it| word.eq_ignore_ascii_case(it))
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// The characters from the first to the last of `tokens`.
    pub(super) fn span(&self, tokens: Range<usize>) -> Range<usize> {
        let start = self.tokens.get(tokens.start).map_or(self.range.end, |it| it.range.start);
        let end = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        start..end.map_or(start, |it| it.range.end).max(start)
    }

    /// The first token that starts at or behind `at`.
    pub(super) fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|it| it.range.start < at)
    }

    fn cut(&self) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for at in 0..self.tokens.len() {
            if self.ends_sentence(at) || at - start == MAX_SENTENCE_TOKENS {
                sentences.push(start..at + 1);
                start = at + 1;
            }
        }
        if start < self.tokens.len() {
            sentences.push(start..self.tokens.len());
        }
        sentences
    }

    fn ends_sentence(&self, at: usize) -> bool {
        let next = at + 1;
        let ends = match self.tokens.get(at).map(|it| it.kind) {
            Some(TokenKind::Mark(mark)) => {
                matches!(mark, '.' | '!' | '?' | '…')
                    || (matches!(mark, ')' | ']')
                        && at.checked_sub(1).and_then(|it| self.mark(it)).is_some_and(is_stop))
            }
            Some(TokenKind::Quote(index)) => self.quotes.get(index).is_some_and(|quote| {
                let last = self.get(quote.inner.clone()).chars().next_back();
                let asks = last.is_some_and(|it| matches!(it, '!' | '?'));
                last.is_some_and(|it| matches!(it, '.' | '…'))
                    || (asks && self.quote(next).is_some())
            }),
            Some(TokenKind::Word) | None => false,
        };
        ends && !self.goes_on(next)
    }

    /// Whether the sentence goes on with the token at `next`, whatever stands before it.
    fn goes_on(&self, next: usize) -> bool {
        self.word(next).starts_with(char::is_lowercase)
            || self.mark(next).is_some_and(|it| !matches!(it, '-' | '–' | '—' | '(' | '*' | '•'))
    }
}

const fn is_stop(mark: char) -> bool {
    matches!(mark, '.' | '!' | '?' | '…')
}

/// Whether a mark stands in `range` that can open a quotation: those inside of words cannot.
fn may_quote(source: &StoryText<'_>, range: &Range<usize>) -> bool {
    let words = source.tokens();
    words.starting_in(range).iter().any(|it| {
        it.kind() == Kind::Quote
            || it.kind() == Kind::Mark && matches!(source.get(it.range()), "‘" | "'" | "’")
    })
}

/// The tokens of the paragraph at `range`, in the memory of `tokens`.
fn tokens(
    source: &StoryText<'_>,
    range: Range<usize>,
    quotes: &[Quote],
    mut tokens: Vec<Token>,
) -> Vec<Token> {
    let table = source.tokens().starting_in(&range);
    tokens.clear();
    tokens.reserve(table.len() + quotes.len());
    let mut cutter = Cutter { source, quotes, next: 0, at: range.start, end: range.end, tokens };
    for token in table {
        cutter.take(token);
    }
    cutter.up_to(range.end);
    cutter.tokens
}

/// Cuts a paragraph along the token table.
struct Cutter<'t> {
    source: &'t StoryText<'t>,
    quotes: &'t [Quote],
    /// Index of the next quotation.
    next: usize,
    /// The byte up to which everything is cut.
    at: usize,
    end: usize,
    tokens: Vec<Token>,
}

impl Cutter<'_> {
    /// Where the next quotation starts, or the paragraph ends.
    fn limit(&self) -> usize {
        self.quotes.get(self.next).map_or(self.end, |it| it.outer.start)
    }

    /// Takes a token of the table. It is one here too if it is an ASCII mark, or a word that stands alone.
    fn take(&mut self, token: &tokens::Token) {
        let (range, bytes) = (token.range(), self.source.as_str().as_bytes());
        if range.start == self.at + 1 && bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if range.start > self.at {
            // What belongs to no token of the table, such as an accent alone.
            self.up_to(range.start);
        }
        if range.start < self.at {
            return;
        }
        let limit = self.limit();
        let kind = if range.end > limit {
            None
        } else if token.stands_alone() {
            Some(TokenKind::Word)
        } else {
            match bytes.get(range.clone()) {
                Some([mark]) if !mark.is_ascii_alphanumeric() => {
                    Some(TokenKind::Mark(char::from(*mark)))
                }
                Some(_) | None => None,
            }
        };
        match kind.filter(|kind| *kind != TokenKind::Mark('\n')) {
            Some(kind) => {
                self.at = range.end;
                self.tokens.push(Token { range, kind, class: token.class() });
            }
            None => self.up_to(range.end),
        }
    }

    /// Cuts what lies before byte `end`, or starts there, without the table.
    fn up_to(&mut self, end: usize) {
        while self.at < end {
            let limit = self.limit();
            if let Some(quote) = self.quotes.get(self.next).filter(|_| limit <= self.at) {
                let (range, kind) = (quote.outer.clone(), TokenKind::Quote(self.next));
                self.at = range.end.max(self.at + 1);
                self.next += 1;
                self.tokens.push(Token { range, kind, class: Class::NONE });
                continue;
            }
            let Some(token) = any_token(self.source, self.at..limit) else { break };
            self.at = token.range.end;
            if token.kind != TokenKind::Mark(' ') {
                self.tokens.push(token);
            }
        }
    }
}

/// The token at the start of `range`, which has no quotation in it; white space as a blank.
fn any_token(source: &StoryText<'_>, range: Range<usize>) -> Option<Token> {
    let rest = source.as_str().get(range.clone()).unwrap_or_default();
    let first = rest.chars().next()?;
    if first.is_alphanumeric() {
        let range = range.start..range.start + word_length(rest);
        let class = vocabulary::class_of(source.tokens().lower(range.clone()));
        return Some(Token { range, kind: TokenKind::Word, class });
    }
    let kind = TokenKind::Mark(if first.is_whitespace() { ' ' } else { first });
    let range = range.start..range.start + first.len_utf8();
    Some(Token { range, kind, class: Class::NONE })
}

/// Length of the word that `rest` starts with, the full stop of an abbreviation included.
fn word_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    while let Some((at, found)) = chars.next() {
        let joins = matches!(found, '-' | '\'' | '’' | '.' | ',' | '/' | '&' | '%' | '‑')
            && chars.peek().is_some_and(|(_, next)| {
                next.is_alphanumeric() && (found != ',' || next.is_ascii_digit())
            })
            && (found != ',' || rest.get(..at).is_some_and(ends_in_digit));
        if !found.is_alphanumeric() && !joins {
            break;
        }
        end = at + found.len_utf8();
    }
    let word = rest.get(..end).unwrap_or_default();
    let dotted = rest.get(end..).is_some_and(|it| it.starts_with('.')) && is_abbreviated(word);
    end + usize::from(dotted)
}

fn ends_in_digit(word: &str) -> bool {
    word.ends_with(|it: char| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::story;
    use crate::word_table;

    fn sentences(text: &str) -> Vec<String> {
        let story = story(text);
        let source = StoryText::of(&story, word_table::of_lists());
        let line = Line::of(&source, 0..text.len());
        line.sentences.iter().map(|it| text[line.span(it.clone())].to_owned()).collect()
    }

    #[test]
    fn a_quotation_does_not_break_its_sentence() {
        assert_eq!(
            sentences("“We came. We saw,” I.N. Ket said. He left (by car).“Why?” Orlin asked."),
            ["“We came. We saw,” I.N. Ket said.", "He left (by car).", "“Why?” Orlin asked."]
        );
    }

    #[test]
    fn a_stretch_without_a_full_stop_has_an_end() {
        let words = "one ".repeat(2 * MAX_SENTENCE_TOKENS + 10);
        let cut = sentences(&words);
        assert_eq!(cut.len(), 3);
        assert!(cut.iter().all(|it| it.split(' ').count() <= MAX_SENTENCE_TOKENS + 1));
    }

    #[test]
    fn a_quotation_with_a_full_stop_ends_its_sentence() {
        assert_eq!(
            sentences("He said it “will help.” Orlin agreed. “Yes.” “No.”"),
            ["He said it “will help.”", "Orlin agreed.", "“Yes.”", "“No.”"]
        );
    }
}
