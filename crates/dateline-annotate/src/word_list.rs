//! Lists of words and phrases, written as one text so that a list of two hundred stays readable.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::word_hash::WordHash;

/// Words with white space between them.
#[derive(Debug)]
pub(crate) struct WordList {
    text: &'static str,
    /// The same, made at the first question.
    set: OnceLock<Set>,
}

#[derive(Debug)]
struct Set {
    words: HashSet<&'static str, WordHash>,
    /// A bit for the last six bits of the first byte of each word, and one for its length: most words that are not in
    /// the list are told by them.
    firsts: u64,
    lengths: u64,
}

impl Set {
    fn of(text: &'static str) -> Self {
        let words: HashSet<_, WordHash> = text.split_whitespace().collect();
        let bits = |bit: fn(&str) -> u64| words.iter().fold(0, |bits, it| bits | bit(it));
        Self { firsts: bits(first_bit), lengths: bits(length_bit), words }
    }
}

fn first_bit(word: &str) -> u64 {
    1 << (word.as_bytes().first().copied().unwrap_or_default() & 63)
}

fn length_bit(word: &str) -> u64 {
    1 << word.len().min(63)
}

impl WordList {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, set: OnceLock::new() }
    }

    /// Whether `word` is one of them, in exactly this spelling.
    pub(crate) fn has(&self, word: &str) -> bool {
        let set = self.set.get_or_init(|| Set::of(self.text));
        let may_be = set.firsts & first_bit(word) != 0 && set.lengths & length_bit(word) != 0;
        may_be && set.words.contains(word)
    }
}

/// Phrases with ` / ` between them.
#[derive(Debug)]
pub(crate) struct PhraseList {
    text: &'static str,
    /// The same, made at the first question.
    phrases: OnceLock<Vec<&'static str>>,
}

impl PhraseList {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, phrases: OnceLock::new() }
    }

    /// Each phrase, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.phrases.get_or_init(|| self.text.split(" / ").collect()).iter().copied()
    }

    /// Whether one of them stands at the start of `text`, as whole words.
    pub(crate) fn starts(&self, text: &str) -> bool {
        self.iter().any(|it| {
            text.strip_prefix(it).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    }

    /// Whether one of them stands at the end of `text`, as whole words.
    pub(crate) fn ends(&self, text: &str) -> bool {
        self.iter().any(|it| {
            text.strip_suffix(it).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
    }
}
