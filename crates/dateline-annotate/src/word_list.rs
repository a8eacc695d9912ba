//! Lists of words and phrases, written as one text so that a list of two hundred stays readable.

/// Words with white space between them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordList(pub(crate) &'static str);

impl WordList {
    /// Whether `word` is one of them, in exactly this spelling.
    pub(crate) fn has(self, word: &str) -> bool {
        self.0.split_whitespace().any(|it| it == word)
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
