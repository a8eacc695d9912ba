//! The text as words and marks, the alphabet of the name and office rules.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold;

/// One word or mark.
#[derive(Debug)]
pub(crate) struct Token {
    /// Where it stands, in bytes of the text.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) kind: Kind,
    /// Where the word in lower case stands in the text of all of them; empty for marks.
    low: Range<usize>,
    /// The key of a capitalised word or an initial, as [`fold::key`] makes it; else empty.
    pub(crate) key: Box<str>,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word that starts with a small letter.
    Small,
    /// A word that starts with a capital.
    Capital,
    /// A word of two letters or more, all capitals.
    Upper,
    /// One capital with its full stop: `I.`
    Initial,
    /// A number.
    Number,
    /// `'s` behind a word, or the apostrophe alone behind an s.
    Possessive,
    /// A comma.
    Comma,
    /// A dash that is no hyphen.
    Dash,
    /// An opening round bracket.
    Open,
    /// A closing round bracket.
    Close,
    /// A full stop, question or exclamation mark, or ellipsis.
    Stop,
    /// A colon.
    Colon,
    /// A double quotation mark of any form.
    Quote,
    /// A line feed.
    Break,
    /// Any other mark.
    Mark,
}

/// All tokens of a text, in order, and all their words in lower case.
#[derive(Debug)]
pub(crate) struct Tokens(Vec<Token>, String);

impl Tokens {
    pub(crate) fn of(text: &str) -> Self {
        // An English word and what follows it take five bytes or more.
        let mut tokens =
            Self(Vec::with_capacity(text.len() / 5), String::with_capacity(text.len()));
        let mut at = 0;
        while let Some(first) = text.get(at..).and_then(|it| it.chars().next()) {
            let end = if first.is_alphanumeric() {
                push_word(text, at, &mut tokens)
            } else {
                push_mark(text, at, &mut tokens)
            };
            at = end.max(at + first.len_utf8());
        }
        tokens
    }

    fn push_word(&mut self, text: &str, range: Range<usize>, kind: Kind) {
        let word = text.get(range.clone()).unwrap_or_default();
        let named = matches!(kind, Kind::Capital | Kind::Upper | Kind::Initial);
        let key = if named { fold::key(word).into() } else { Box::default() };
        let start = self.1.len();
        if word.is_ascii() {
            self.1.extend(word.chars().map(|it| it.to_ascii_lowercase()));
        } else {
            self.1.push_str(&word.to_lowercase());
        }
        self.0.push(Token { range, kind, low: start..self.1.len(), key });
    }

    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn kind(&self, at: usize) -> Kind {
        self.0.get(at).map_or(Kind::Break, |it| it.kind)
    }

    /// The word at `at` in lower case; empty for marks and outside of the text.
    pub(crate) fn low(&self, at: usize) -> &str {
        self.0.get(at).and_then(|it| self.1.get(it.low.clone())).unwrap_or_default()
    }

    /// The key of the capitalised word at `at`; else empty.
    pub(crate) fn key(&self, at: usize) -> &str {
        self.0.get(at).map_or("", |it| &it.key)
    }

    /// The key of a capitalised word, any other word in lower case; empty for marks and initials.
    pub(crate) fn key_or_low(&self, at: usize) -> &str {
        match self.kind(at) {
            Kind::Capital | Kind::Upper => self.key(at),
            Kind::Small => self.low(at),
            Kind::Initial
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
            | Kind::Mark => "",
        }
    }

    /// Whether the token is a word that starts with a capital.
    pub(crate) fn is_capital(&self, at: usize) -> bool {
        matches!(self.kind(at), Kind::Capital | Kind::Upper)
    }

    /// Whether the token is a word of any kind.
    pub(crate) fn is_word(&self, at: usize) -> bool {
        matches!(self.kind(at), Kind::Small | Kind::Capital | Kind::Upper)
    }

    /// Bytes from the first to the last of the tokens `range`.
    pub(crate) fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.0.get(range.start).map_or(0, |it| it.range.start);
        let last = range.end.checked_sub(1).and_then(|it| self.0.get(it));
        start..last.map_or(start, |it| it.range.end).max(start)
    }

    /// The first token that starts at or behind byte `at`.
    pub(crate) fn first_at_byte(&self, at: usize) -> usize {
        self.0.partition_point(|it| it.range.start < at)
    }
}

/// Abbreviations of states that would else be read as somebody's initials.
const STATES: &[&str] = &["U.S.", "U.K.", "U.N.", "E.U.", "U.A.E.", "U.S.A.", "D.P.R.K."];

fn push_word(text: &str, at: usize, tokens: &mut Tokens) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let dotted = rest.as_bytes().get(1) == Some(&b'.');
    let states = STATES.iter().filter(|it| dotted && rest.starts_with(**it));
    let state = states.max_by_key(|it| it.len());
    if let Some(state) = state {
        let end = at + state.len();
        tokens.push_word(text, at..end, Kind::Upper);
        return end;
    }
    let length = word_length(rest);
    let word = rest.get(..length).unwrap_or_default();
    let mut letters = word.chars();
    let first = letters.next().unwrap_or(' ');
    let end = at + length;
    let kind = if !word.chars().any(char::is_alphabetic) {
        Kind::Number
    } else if !first.is_uppercase() {
        if first.is_numeric() { Kind::Number } else { Kind::Small }
    } else if letters.next().is_none() && rest.get(length..).is_some_and(|it| it.starts_with('.')) {
        tokens.push_word(text, at..end + 1, Kind::Initial);
        return end + 1;
    } else if word.chars().count() > 1 && !word.chars().any(char::is_lowercase) {
        Kind::Upper
    } else {
        Kind::Capital
    };
    if word == "St" && rest.get(length..).is_some_and(|it| it.starts_with('.')) {
        tokens.push_word(text, at..end + 1, kind);
        return end + 1;
    }
    tokens.push_word(text, at..end, kind);
    let tail = rest.get(length..).unwrap_or_default();
    let possessive = ["'s", "’s", "'S", "’S"].into_iter().find(|it| {
        tail.strip_prefix(it).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    });
    let of_plural = ["' ", "’ "].into_iter().find(|it| {
        let after = tail.strip_prefix(it);
        word.ends_with('s') && after.is_some_and(|after| after.starts_with(char::is_uppercase))
    });
    let possessive = possessive.or(of_plural.map(str::trim_end));
    let Some(mark) = possessive else { return end };
    let range = end..end + mark.len();
    tokens.0.push(Token { range, kind: Kind::Possessive, low: 0..0, key: "".into() });
    end + mark.len()
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

fn push_mark(text: &str, at: usize, tokens: &mut Tokens) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let Some(mark) = rest.chars().next() else { return at };
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
    tokens.0.push(Token { range: at..end, kind, low: 0..0, key: "".into() });
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_marks_and_initials_are_told_apart() {
        let text = "I.N. Ket’s U.S. aide, Colonel-General O’Kelm (VESK)…";
        let tokens = Tokens::of(text);
        let seen: Vec<_> = tokens.0.iter().map(|it| (&text[it.range.clone()], it.kind)).collect();
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
