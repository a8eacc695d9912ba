//! Lists of words and phrases, written as one text so that a list of two hundred stays readable.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::word_hash::WordHash;

/// Words with white space between them.
#[derive(Debug)]
pub(crate) struct WordList {
    text: &'static str,
    /// The same, made at the first question.
    set: OnceLock<HashSet<&'static str, WordHash>>,
}

impl WordList {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, set: OnceLock::new() }
    }

    /// Whether `word` is one of them, in exactly this spelling.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.set.get_or_init(|| self.text.split_whitespace().collect()).contains(word)
    }
}

/// Phrases with ` / ` between them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PhraseList(pub(crate) &'static str);

impl PhraseList {
    /// Each phrase, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split(" / ")
    }

    /// Whether one of them stands at the start of `text`, as whole words.
    pub(crate) fn starts(self, text: &str) -> bool {
        self.iter().any(|it| {
            text.strip_prefix(it).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    }

    /// Whether one of them stands at the end of `text`, as whole words.
    pub(crate) fn ends(self, text: &str) -> bool {
        self.iter().any(|it| {
            text.strip_suffix(it).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
    }
}
