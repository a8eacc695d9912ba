//! The token table of a text: cut once, read by every part.
//!
//! ```text
//!   text     I.N. Ket’s aide said: “We agree.”
//!   kind     II C  P S    S   :  " C  S     . "      Initial, Capital, Possessive, Small, Colon, Quote, Stop …
//!   low      i. n. ket    aide said    we agree      each word in lower case …
//!   class    -  -  -      {HEADS} {SAYING, SPEECH}   … looked up once: the bits of all the word lists that have it
//!   key      i n ket                   ve            what a capitalised word is in a name (`people::fold`)
//! ```
//!
//! Words and keys have the numbers of the annotator's [`WordTable`](crate::word_table::WordTable), so that a name is looked for by numbers.
//!
//! A rule asks for kinds, bits and keys. It compares letters only where it names a single word.

mod cut;
mod letters;

use std::ops::Range;

use crate::vocabulary::Class;
use crate::word_table::{KeyId, WordId};

/// One word or mark.
#[derive(Debug)]
pub(crate) struct Token {
    /// First byte in the text.
    start: u32,
    /// One behind the last byte.
    end: u32,
    /// The word lists that have the word; none for marks.
    class: Class,
    /// Where the word in lower case stands in [`Tokens::lower`]; empty for marks.
    low: (u32, u32),
    /// Where the key of a capitalised word or an initial stands in [`Tokens::keys`]; else empty.
    key: (u32, u32),
    word: WordId,
    key_id: KeyId,
    kind: Kind,
    /// Whether it is nothing but ASCII letters and digits.
    is_plain: bool,
    /// Whether it is nothing but ASCII letters.
    is_letters: bool,
    /// Whether it is plain, and nothing behind it can be read as a part of it.
    stands_alone: bool,
}

impl Token {
    /// Bytes of the text.
    pub(crate) fn range(&self) -> Range<usize> {
        wide(self.start)..wide(self.end)
    }

    /// Whether it is nothing but ASCII letters and digits.
    pub(crate) const fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// What it is.
    pub(crate) const fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether it is nothing but ASCII letters.
    pub(crate) const fn is_letters(&self) -> bool {
        self.is_letters
    }

    /// The word lists that have the word; none for marks.
    pub(crate) const fn class(&self) -> Class {
        self.class
    }

    /// Whether it is nothing but ASCII letters and digits, and nothing behind it can be read as a part of it.
    pub(crate) const fn stands_alone(&self) -> bool {
        self.stands_alone
    }

    /// A mark of this kind that stands nowhere.
    const fn mark(kind: Kind) -> Self {
        Self {
            start: 0,
            end: 0,
            class: Class::NONE,
            low: (0, 0),
            key: (0, 0),
            word: WordId::UNKNOWN,
            key_id: KeyId::UNKNOWN,
            kind,
            is_plain: false,
            is_letters: false,
            stands_alone: false,
        }
    }
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

impl Kind {
    /// Whether such a token is a word.
    pub(crate) const fn is_word(self) -> bool {
        matches!(self, Self::Small | Self::Capital | Self::Upper)
    }

    /// Whether letters or digits stand in such a token.
    pub(crate) const fn has_letters(self) -> bool {
        self.is_word() || matches!(self, Self::Initial | Self::Number | Self::Possessive)
    }
}

/// A word of a text in lower case, with the lists that have it; for marks an empty one in no list.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Word<'a> {
    pub(crate) low: &'a str,
    pub(crate) class: Class,
}

/// All tokens of a text, in order.
#[derive(Debug)]
pub(crate) struct Tokens {
    list: Vec<Token>,
    /// The text with its ASCII letters in lower case, and behind it the words in lower case that have others.
    lower: String,
    /// The keys of all capitalised words.
    keys: String,
    /// Where the words are that start with a capital.
    capitals: Vec<usize>,
}

impl Tokens {
    pub(crate) const fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn kind(&self, at: usize) -> Kind {
        self.list.get(at).map_or(Kind::Break, |it| it.kind)
    }

    /// The word at `at` in lower case; empty for marks and outside of the text.
    pub(crate) fn low(&self, at: usize) -> &str {
        self.list.get(at).and_then(|it| slice(&self.lower, it.low)).unwrap_or_default()
    }

    /// The same with the lists that have it.
    pub(crate) fn word(&self, at: usize) -> Word<'_> {
        Word { low: self.low(at), class: self.class(at) }
    }

    /// The lists that have the word at `at`.
    pub(crate) fn class(&self, at: usize) -> Class {
        self.list.get(at).map_or(Class::NONE, |it| it.class)
    }

    /// The key of the capitalised word at `at`; else empty.
    pub(crate) fn key(&self, at: usize) -> &str {
        self.list.get(at).and_then(|it| slice(&self.keys, it.key)).unwrap_or_default()
    }

    /// The number of that key.
    pub(crate) fn key_id(&self, at: usize) -> KeyId {
        self.list.get(at).map_or(KeyId::UNKNOWN, |it| it.key_id)
    }

    /// The number of the word at `at`.
    pub(crate) fn word_id(&self, at: usize) -> WordId {
        self.list.get(at).map_or(WordId::UNKNOWN, |it| it.word)
    }

    /// The tokens that are words with a capital, from token `from` on.
    pub(crate) fn capitals_from(&self, from: usize) -> &[usize] {
        let next = self.capitals.partition_point(|it| *it < from);
        self.capitals.get(next..).unwrap_or_default()
    }

    /// Whether the token is a word that starts with a capital.
    pub(crate) fn is_capital(&self, at: usize) -> bool {
        matches!(self.kind(at), Kind::Capital | Kind::Upper)
    }

    /// Whether the token is a word of any kind.
    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.kind(at).is_word()
    }

    /// Whether the token is nothing but ASCII letters and digits.
    pub(crate) fn is_plain(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|it| it.is_plain)
    }

    /// Whether letters or digits stand in the token.
    pub(crate) fn has_letters(&self, at: usize) -> bool {
        self.kind(at).has_letters()
    }

    /// Bytes of the token at `at`; empty outside of the text.
    pub(crate) fn range(&self, at: usize) -> Range<usize> {
        self.list.get(at).map_or(0..0, |it| wide(it.start)..wide(it.end))
    }

    /// Bytes from the first to the last of the tokens `range`.
    pub(crate) fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.list.get(range.start).map_or(0, |it| wide(it.start));
        let last = range.end.checked_sub(1).and_then(|it| self.list.get(it));
        start..last.map_or(start, |it| wide(it.end)).max(start)
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[Token] {
        &self.list
    }

    /// Which of the tokens at `range` are such as `test` looks for, in order.
    pub(crate) fn places(
        &self,
        range: Range<usize>,
        test: impl Fn(&Token) -> bool,
    ) -> impl Iterator<Item = usize> {
        let tokens = self.list.get(range.clone()).unwrap_or_default();
        tokens.iter().zip(range).filter(move |(token, _)| test(token)).map(|it| it.1)
    }

    /// The tokens at which something in the bytes `range` starts.
    pub(crate) fn places_in(&self, range: &Range<usize>) -> Range<usize> {
        self.first_at_byte(range.start)..self.first_at_byte(range.end)
    }

    /// The tokens that start in `range`.
    pub(crate) fn starting_in(&self, range: &Range<usize>) -> &[Token] {
        let tokens = self.first_at_byte(range.start)..self.first_at_byte(range.end);
        self.list.get(tokens).unwrap_or_default()
    }

    /// The first token that starts at or behind byte `at`.
    pub(crate) fn first_at_byte(&self, at: usize) -> usize {
        self.list.partition_point(|it| wide(it.start) < at)
    }

    /// The text with its ASCII letters in lower case. Every character keeps its place.
    pub(crate) fn lower(&self, range: Range<usize>) -> &str {
        self.lower.get(range).unwrap_or_default()
    }
}

fn slice(text: &str, (start, end): (u32, u32)) -> Option<&str> {
    text.get(wide(start)..wide(end))
}

/// A byte of a story as an index. Stories are smaller than 4 GB, and 16-bit machines are not served.
fn wide(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl std::ops::Deref for Word<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.low
    }
}

impl PartialEq<str> for Word<'_> {
    fn eq(&self, other: &str) -> bool {
        self.low == other
    }
}

impl PartialEq<&str> for Word<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.low == *other
    }
}
