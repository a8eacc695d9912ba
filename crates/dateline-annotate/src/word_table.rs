//! The words that an annotator knows, each with a number: those of all word lists, and those of the names in a registry.
//!
//! A word of a text is looked up once, when the text is cut. What the parts ask of it later they ask by its number, or
//! by the bits of its lists.

mod numbers;

use std::ops::Range;
use std::sync::LazyLock;

use crate::people::key;
use crate::vocabulary::{self, Class};
use numbers::Numbers;
pub(crate) use numbers::ShortWord;

/// Number of a word in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WordId(u32);

impl WordId {
    /// That of all words that nobody knows.
    pub(crate) const UNKNOWN: Self = Self(0);

    fn place(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// Number of the key of a name's word (`people::fold`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyId(u32);

impl KeyId {
    /// That of all keys that nobody knows.
    pub(crate) const UNKNOWN: Self = Self(0);

    /// Its place in a list of all keys.
    pub(crate) fn place(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// Words with their numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordTable {
    words: Numbers,
    /// By the number of the word.
    entries: Vec<Entry>,
    keys: Numbers,
    /// By the number of the key.
    spelled: Vec<Box<str>>,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The lists that have it.
    class: Class,
    /// Its key.
    key: KeyId,
    /// The key that is spelled as it is.
    spelled: KeyId,
}

impl Entry {
    const UNKNOWN: Self = Self { class: Class::NONE, key: KeyId::UNKNOWN, spelled: KeyId::UNKNOWN };
}

impl WordTable {
    /// The words of all lists.
    pub(crate) fn of_lists() -> Self {
        let (entries, spelled) = (vec![Entry::UNKNOWN], vec!["".into()]);
        let mut table = Self { entries, spelled, ..Self::default() };
        vocabulary::words().for_each(|it| {
            table.add(it);
        });
        table.finish();
        table
    }

    /// The number of `word`, which is in lower case and not empty; it is known from now on.
    pub(crate) fn add(&mut self, word: &str) -> WordId {
        let id = WordId(self.words.add(word, self.entries.len()));
        if id.place() == self.entries.len() {
            let key = self.add_key(&key(word));
            let class = vocabulary::class_of(word);
            self.entries.push(Entry { class, key, spelled: KeyId::UNKNOWN });
        }
        id
    }

    /// The number of a key; it is known from now on.
    pub(crate) fn add_key(&mut self, key: &str) -> KeyId {
        if key.is_empty() {
            return KeyId::UNKNOWN;
        }
        let id = KeyId(self.keys.add(key, self.spelled.len()));
        if id.place() == self.spelled.len() {
            self.spelled.push(key.into());
        }
        id
    }

    /// Adds `word` to the lists `class`.
    pub(crate) fn mark(&mut self, word: WordId, class: Class) {
        let known = self.entries.get_mut(word.place()).filter(|_| word != WordId::UNKNOWN);
        if let Some(it) = known {
            it.class = it.class.with(class);
        }
    }

    /// Makes a word of each key, since a text may print it; to be called when all are known.
    pub(crate) fn finish(&mut self) {
        for (number, key) in (0..).zip(self.spelled.clone()).skip(1) {
            let word = self.add(&key);
            if let Some(it) = self.entries.get_mut(word.place()) {
                it.spelled = KeyId(number);
            }
        }
    }

    /// The number of the word at `range` of `lower`.
    pub(crate) fn word(&self, lower: &str, range: Range<usize>) -> WordId {
        WordId(self.words.of(lower, range))
    }

    /// The number of a short word.
    #[inline]
    pub(crate) fn short_word(&self, word: ShortWord) -> WordId {
        WordId(self.words.of_short(word))
    }

    /// The lists that have a word.
    pub(crate) fn class(&self, word: WordId) -> Class {
        self.entry(word).map_or(Class::NONE, |it| it.class)
    }

    /// The number and spelling of the key of a word; `None` where it is not known.
    pub(crate) fn key_of(&self, word: WordId) -> Option<(KeyId, &str)> {
        let key = self.entry(word).map(|it| it.key).filter(|it| *it != KeyId::UNKNOWN)?;
        self.spelled.get(key.place()).map(|it| (key, &**it))
    }

    /// The key that is spelled as `word` is.
    pub(crate) fn spelled(&self, word: WordId) -> KeyId {
        self.entry(word).map_or(KeyId::UNKNOWN, |it| it.spelled)
    }

    /// The number of the key at `range` of `keys`.
    pub(crate) fn key(&self, keys: &str, range: Range<usize>) -> KeyId {
        KeyId(self.keys.of(keys, range))
    }

    fn entry(&self, word: WordId) -> Option<&Entry> {
        self.entries.get(word.place())
    }
}

/// The words of all lists and no others.
pub(crate) fn of_lists() -> &'static WordTable {
    static WORDS: LazyLock<WordTable> = LazyLock::new(WordTable::of_lists);
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_number_wherever_it_stands() {
        let mut table = WordTable::of_lists();
        let long = "extraordinarily-and-plenipotentiary";
        let (short, long_id) = (table.add("zhaparov"), table.add(long));
        table.finish();
        let text = format!("x zhaparov {long}");
        assert_eq!(table.word(&text, 2..10), short);
        assert_eq!(table.word(&text, 11..text.len()), long_id);
        assert_eq!(table.word(&text, 2..9), WordId::UNKNOWN);
        assert_eq!(table.key_of(short).map(|it| it.1), Some("japarov"));
        assert_eq!(table.spelled(table.word("japarov", 0..7)), table.key("japarov", 0..7));
        assert_eq!(table.class(table.word("said", 0..4)), vocabulary::class_of("said"));
    }
}
