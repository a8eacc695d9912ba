//! Lists of single words, written as one text so that a list of two hundred words stays readable.

/// Words with white space between them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordList(pub(crate) &'static str);

impl WordList {
    /// Whether `word` is one of them, in exactly this spelling.
    pub(crate) fn has(self, word: &str) -> bool {
        self.0.split_whitespace().any(|it| it == word)
    }
}
