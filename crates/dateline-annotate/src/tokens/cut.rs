//! Cuts a text into tokens, in one pass. Plain ASCII words, which most are, go a short way.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::{Kind, Token, Tokens, narrow};
use crate::people::push_key;
use crate::vocabulary::{self, Class};

/// Abbreviations of states that would else be read as somebody's initials.
const STATES: &[&str] = &["U.S.", "U.K.", "U.N.", "E.U.", "U.A.E.", "U.S.A.", "D.P.R.K."];

impl Tokens {
    /// All tokens of `text`.
    pub(crate) fn of(text: &str) -> Self {
        // An English word and what follows it take five bytes or more.
        let list = Vec::with_capacity(text.len() / 5);
        let keys = String::with_capacity(text.len() / 4);
        let tokens = Self { list, lower: text.to_ascii_lowercase(), keys };
        let mut cutter = Cutter { text, tokens };
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
        let length = bytes.iter().take_while(|it| it.is_ascii_alphanumeric()).count();
        let word = bytes.get(..length).unwrap_or_default();
        let behind = bytes.get(length).copied();
        let may_join = behind.is_some_and(|it| matches!(it, b'-' | b'\'') || !it.is_ascii())
            || behind == Some(b'.') && (length == 1 || word == b"St");
        if may_join {
            return self.word(at);
        }
        let first_is = |test: fn(&u8) -> bool| word.first().is_some_and(test);
        let kind = if first_is(u8::is_ascii_lowercase) {
            Kind::Small
        } else if first_is(u8::is_ascii_digit) {
            Kind::Number
        } else if length > 1 && !word.iter().any(u8::is_ascii_lowercase) {
            Kind::Upper
        } else {
            Kind::Capital
        };
        let (start, end) = (narrow(at), narrow(at + length));
        let Tokens { list, lower, keys } = &mut self.tokens;
        let low = lower.get(at..at + length).unwrap_or_default();
        let from = keys.len();
        if matches!(kind, Kind::Capital | Kind::Upper) {
            push_key(low, keys);
        }
        let class =
            if kind == Kind::Number { Class::NONE } else { vocabulary::class_of_plain(low) };
        let key = (narrow(from), narrow(keys.len()));
        list.push(Token { start, end, class, low: (start, end), key, kind });
        at + length
    }

    /// Whatever stands at `at`. Gives the byte behind it.
    fn any(&mut self, at: usize) -> usize {
        let first = self.rest(at).chars().next().unwrap_or(' ');
        let end = if first.is_alphanumeric() { self.word(at) } else { self.mark(at, first) };
        end.max(at + first.len_utf8())
    }

    fn push(&mut self, range: Range<usize>, kind: Kind) {
        let (start, end) = (narrow(range.start), narrow(range.end));
        let (low, key) = ((0, 0), (0, 0));
        self.tokens.list.push(Token { start, end, class: Class::NONE, low, key, kind });
    }

    fn push_word(&mut self, range: Range<usize>, kind: Kind) {
        let word = self.text.get(range.clone()).unwrap_or_default();
        let Tokens { list, lower, keys } = &mut self.tokens;
        let (start, end) = (narrow(range.start), narrow(range.end));
        let low = if word.is_ascii() {
            range
        } else {
            let from = lower.len();
            lower.push_str(&word.to_lowercase());
            from..lower.len()
        };
        let folded = lower.get(low.clone()).unwrap_or_default();
        let mut class = Class::NONE;
        let from = keys.len();
        let named = matches!(kind, Kind::Capital | Kind::Upper | Kind::Initial);
        if kind != Kind::Number {
            class = vocabulary::class_of(folded);
            if named {
                push_key(word, keys);
            }
        }
        let (low, key) = ((narrow(low.start), narrow(low.end)), (narrow(from), narrow(keys.len())));
        list.push(Token { start, end, class, low, key, kind });
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

    #[test]
    fn words_marks_and_initials_are_told_apart() {
        let text = "I.N. Ket’s U.S. aide, Colonel-General O’Kelm (VESK)…";
        let tokens = Tokens::of(text);
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
