//! Cuts a text into tokens, in one pass. Plain ASCII words, which most are, go a short way.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::letters::Run;
use super::{Kind, Token, Tokens, narrow};
use crate::people::{key, nominatives, push_key};
use crate::text::LONGEST_ABBREVIATION;
use crate::vocabulary;
use crate::word_table::{KeyId, WordId, WordTable};

/// Abbreviations of states that would else be read as somebody's initials.
const STATES: &[&str] = &["U.S.", "U.K.", "U.N.", "E.U.", "U.A.E.", "U.S.A.", "D.P.R.K."];

impl Tokens {
    /// All tokens of `text`, its words with their numbers in `words`.
    pub(crate) fn of(text: &str, words: &WordTable) -> Self {
        // An English word and what follows it take five bytes or more, and some are marks.
        let list = Vec::with_capacity(text.len() / 4);
        let keys = String::with_capacity(text.len() / 4);
        let capitals = Vec::with_capacity(text.len() / 20);
        let tokens = Self { list, lower: text.to_ascii_lowercase(), keys, capitals };
        let mut cutter = Cutter { text, words, tokens };
        let mut at = 0;
        while let Some(first) = text.as_bytes().get(at).copied() {
            at = match first {
                b' ' => at + 1,
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => cutter.ascii_word(at),
                _ => cutter.any(at),
            };
        }
        cutter.tokens
    }
}

struct Cutter<'t> {
    text: &'t str,
    words: &'t WordTable,
    tokens: Tokens,
}

impl Cutter<'_> {
    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The word of ASCII letters and digits at `at`, where nothing behind it may belong to it; any other by [`Self::any`].
    /// Gives the byte behind it.
    fn ascii_word(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes().get(at..).unwrap_or_default();
        let Run { length, short, has_small, has_digit } = Run::of(bytes);
        let (word, behind) = bytes.split_at_checked(length).unwrap_or_default();
        // Most words have white space behind them.
        let is_apart = matches!(behind, [b' ' | b'\n', ..]);
        if !is_apart && may_join(word, behind) {
            return self.word(at);
        }
        let kind = match word {
            [b'a'..=b'z', ..] => Kind::Small,
            [b'0'..=b'9', ..] => Kind::Number,
            [_, _, ..] if !has_small => Kind::Upper,
            _ => Kind::Capital,
        };
        let end = at + length;
        let id = match short {
            Some(it) => self.words.short_word(it),
            None => self.words.word(&self.tokens.lower, at..end),
        };
        let class = self.words.class(id);
        let (key, key_id) = if matches!(kind, Kind::Capital | Kind::Upper) {
            self.push_key(at..end, id)
        } else {
            ((0, 0), KeyId::UNKNOWN)
        };
        let (start, end) = (narrow(at), narrow(end));
        self.push_token(Token {
            start,
            end,
            class,
            low: (start, end),
            key,
            word: id,
            key_id,
            kind,
            is_plain: true,
            is_letters: !has_digit,
            stands_alone: is_apart || stands_alone(word, behind),
        });
        at + length
    }

    fn push_token(&mut self, token: Token) {
        if matches!(token.kind, Kind::Capital | Kind::Upper) {
            self.tokens.capitals.push(self.tokens.list.len());
        }
        self.tokens.list.push(token);
    }

    /// Writes down the key of the name's word at `range`, and gives its place and number. `id` is that of the word in
    /// lower case.
    fn push_key(&mut self, range: Range<usize>, id: WordId) -> ((u32, u32), KeyId) {
        let word = self.text.get(range).unwrap_or_default();
        let keys = &mut self.tokens.keys;
        let from = keys.len();
        // What a word outside of ASCII becomes goes by its capitals too.
        let known = self.words.key_of(id).filter(|_| word.is_ascii());
        let key = if let Some((key, spelling)) = known {
            keys.push_str(spelling);
            key
        } else {
            push_key(word, keys);
            let own = self.words.key(keys, from..keys.len());
            if own == KeyId::UNKNOWN { self.key_of_case(word, from) } else { own }
        };
        let keys = &self.tokens.keys;
        ((narrow(from), narrow(keys.len())), key)
    }

    /// The key of the known name of which `word` is a case, written in place of its own, which starts at `from`.
    fn key_of_case(&mut self, word: &str, from: usize) -> KeyId {
        for name in nominatives(word) {
            let key = key(&name);
            let known = self.words.key(&key, 0..key.len());
            if known != KeyId::UNKNOWN {
                self.tokens.keys.truncate(from);
                self.tokens.keys.push_str(&key);
                return known;
            }
        }
        KeyId::UNKNOWN
    }

    /// Whatever stands at `at`. Gives the byte behind it.
    fn any(&mut self, at: usize) -> usize {
        let first = self.rest(at).chars().next().unwrap_or(' ');
        let end = if first.is_alphanumeric() { self.word(at) } else { self.mark(at, first) };
        end.max(at + first.len_utf8())
    }

    fn push(&mut self, range: Range<usize>, kind: Kind) {
        let (start, end) = (narrow(range.start), narrow(range.end));
        self.push_token(Token { start, end, ..Token::mark(kind) });
    }

    fn push_word(&mut self, range: Range<usize>, kind: Kind) {
        let word = self.text.get(range.clone()).unwrap_or_default();
        let (start, end) = (narrow(range.start), narrow(range.end));
        let lower = &mut self.tokens.lower;
        let low = if word.is_ascii() {
            range.clone()
        } else {
            let from = lower.len();
            lower.push_str(&word.to_lowercase());
            from..lower.len()
        };
        let id = self.words.word(lower, low.clone());
        let folded = lower.get(low.clone()).unwrap_or_default();
        let class = match id {
            WordId::UNKNOWN => vocabulary::class_of(folded),
            _ => self.words.class(id),
        };
        let (key, key_id) = if matches!(kind, Kind::Capital | Kind::Upper | Kind::Initial) {
            self.push_key(range, id)
        } else {
            ((0, 0), KeyId::UNKNOWN)
        };
        let low = (narrow(low.start), narrow(low.end));
        let word = Token { start, end, class, low, key, word: id, key_id, ..Token::mark(kind) };
        self.push_token(word);
    }

    /// The word at `at` with its possessive. Gives the byte behind them.
    fn word(&mut self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let dotted = rest.as_bytes().get(1) == Some(&b'.');
        let states = STATES.iter().filter(|it| dotted && rest.starts_with(**it));
        if let Some(state) = states.max_by_key(|it| it.len()) {
            self.push_word(at..at + state.len(), Kind::Upper);
            return at + state.len();
        }
        let length = word_length(rest);
        let (word, behind) = rest.split_at_checked(length).unwrap_or_default();
        let kind = kind_of(word, behind);
        let end = at + length;
        let with_stop = kind == Kind::Initial || word == "St" && behind.starts_with('.');
        if with_stop {
            self.push_word(at..end + 1, kind);
            return end + 1;
        }
        self.push_word(at..end, kind);
        let Some(mark) = possessive(word, behind) else { return end };
        self.push(end..end + mark, Kind::Possessive);
        end + mark
    }

    fn mark(&mut self, at: usize, mark: char) -> usize {
        let end = at + mark.len_utf8();
        let kind = match mark {
            '\n' => Kind::Break,
            ',' => Kind::Comma,
            '-' | '–' | '—' | '―' | '−' | '‒' => Kind::Dash,
            '(' | '[' => Kind::Open,
            ')' | ']' => Kind::Close,
            '.' | '!' | '?' | '…' | ';' => Kind::Stop,
            ':' => Kind::Colon,
            '"' | '“' | '”' | '„' | '«' | '»' => Kind::Quote,
            it if it.is_whitespace() || is_combining_mark(it) => return end,
            _ => Kind::Mark,
        };
        self.push(at..end, kind);
        end
    }
}

/// Whether what stands behind a word of ASCII letters and digits may belong to it.
fn may_join(word: &[u8], behind: &[u8]) -> bool {
    match behind {
        [b'-' | b'\'', ..] => true,
        [b'.', ..] => word.len() == 1 || word == b"St",
        // Quotation marks, dashes and the ellipsis, apart from hyphens and the apostrophe.
        [0xe2, 0x80, third, ..] => matches!(third, 0x90 | 0x91 | 0x99) || *third < 0x90,
        [first, ..] => !first.is_ascii(),
        [] => false,
    }
}

/// Whether nothing behind a word of ASCII letters and digits joins it to more of them, as in `3.5`, `Ket's`, `and/or`,
/// and no full stop that may be its own follows.
fn stands_alone(word: &[u8], behind: &[u8]) -> bool {
    match behind {
        [b'.', ..] if word.len() <= LONGEST_ABBREVIATION => false,
        [b'-' | b'\'' | b'.' | b',' | b'/' | b'&' | b'%', next, ..] => {
            next.is_ascii() && !next.is_ascii_alphanumeric()
        }
        [] | [_, ..] => true,
    }
}

/// The kind of `word`, which `behind` follows.
fn kind_of(word: &str, behind: &str) -> Kind {
    let mut letters = word.chars();
    let first = letters.next().unwrap_or(' ');
    if !word.chars().any(char::is_alphabetic) || (!first.is_uppercase() && first.is_numeric()) {
        Kind::Number
    } else if !first.is_uppercase() {
        Kind::Small
    } else if letters.next().is_none() && behind.starts_with('.') {
        Kind::Initial
    } else if word.chars().count() > 1 && !word.chars().any(char::is_lowercase) {
        Kind::Upper
    } else {
        Kind::Capital
    }
}

/// Length in bytes of the possessive ending of `word` at the start of `behind`.
fn possessive(word: &str, behind: &str) -> Option<usize> {
    let ending = ["'s", "’s", "'S", "’S"].into_iter().find(|it| {
        behind.strip_prefix(it).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    });
    let of_plural = || {
        ["'", "’"].into_iter().find(|it| {
            let after = behind.strip_prefix(it).and_then(|it| it.strip_prefix(' '));
            word.ends_with('s') && after.is_some_and(|it| it.starts_with(char::is_uppercase))
        })
    };
    ending.or_else(of_plural).map(str::len)
}

/// Length in bytes of the word at the start of `rest`. Hyphens and apostrophes between letters belong to it, but not
/// a possessive ending.
fn word_length(rest: &str) -> usize {
    let mut letters = rest.char_indices().peekable();
    let mut end = 0;
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, it)| *it);
        let joins = matches!(letter, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | '\u{ad}')
            && next.is_some_and(char::is_alphanumeric)
            && at > 0;
        let apostrophe = matches!(letter, '\'' | '’');
        let after = rest.get(at + letter.len_utf8()..).unwrap_or_default();
        let genitive = apostrophe
            && after
                .strip_prefix(['s', 'S'])
                .is_some_and(|it| !it.starts_with(char::is_alphanumeric));
        if !(letter.is_alphanumeric() || is_combining_mark(letter) || joins) || genitive {
            break;
        }
        end = at + letter.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word_table;

    #[test]
    fn words_marks_and_initials_are_told_apart() {
        let text = "I.N. Ket’s U.S. aide, Colonel-General O’Kelm (VESK)…";
        let tokens = Tokens::of(text, word_table::of_lists());
        let seen: Vec<_> =
            (0..tokens.len()).map(|it| (&text[tokens.range(it)], tokens.kind(it))).collect();
        assert_eq!(
            seen,
            [
                ("I.", Kind::Initial),
                ("N.", Kind::Initial),
                ("Ket", Kind::Capital),
                ("’s", Kind::Possessive),
                ("U.S.", Kind::Upper),
                ("aide", Kind::Small),
                (",", Kind::Comma),
                ("Colonel-General", Kind::Capital),
                ("O’Kelm", Kind::Capital),
                ("(", Kind::Open),
                ("VESK", Kind::Upper),
                (")", Kind::Close),
                ("…", Kind::Stop),
            ]
        );
    }
}
