//! The words of the language that the rules know: every word list of this crate in one table, so that one look-up of
//! a word tells all the lists that have it.
//!
//! A list is a bit. The modules write their lists with [`word_lists!`], each from a number of its own on; a test holds
//! that no two lists share a bit.

use std::collections::HashMap;
use std::sync::LazyLock;

use dateline_event::date::printed::month_names;

use crate::word_hash::WordHash;
use crate::{people, statements};

/// Some of the word lists, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Class(u128);

impl Class {
    /// No list.
    pub(crate) const NONE: Self = Self(0);

    /// The list of this number.
    pub(crate) const fn nth(number: u32) -> Self {
        Self(1 << number)
    }

    /// The lists of both.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two have a list in common.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The words of one list, with white space between them, and its bit.
pub(crate) type WordList = (Class, &'static str);

/// Place of `name` among `names`. For constants: a name that is not there does not compile.
pub(crate) const fn place(mut names: &[&str], name: &str) -> u32 {
    let mut at = 0;
    while let [first, rest @ ..] = names {
        if is_same(first.as_bytes(), name.as_bytes()) {
            return at;
        }
        at += 1;
        names = rest;
    }
    u32::MAX
}

const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
    while let ([a, rest_of_one @ ..], [b, rest_of_other @ ..]) = (one, other) {
        if *a != *b {
            return false;
        }
        (one, other) = (rest_of_one, rest_of_other);
    }
    one.is_empty() && other.is_empty()
}

/// Makes a constant [`Class`] of each list, numbered from `$first` on, and `LISTS` of all of them. Words are in lower
/// case.
macro_rules! word_lists {
    ($first:literal: $($(#[$doc:meta])* $name:ident = $words:expr;)+) => {
        const NAMES: &[&str] = &[$(stringify!($name)),+];
        $(
            $(#[$doc])*
            pub(crate) const $name: $crate::vocabulary::Class = $crate::vocabulary::Class::nth(
                $first + $crate::vocabulary::place(NAMES, stringify!($name)),
            );
        )+
        /// All lists of this module.
        pub(crate) const LISTS: &[$crate::vocabulary::WordList] = &[$(($name, $words)),+];
    };
}
pub(crate) use word_lists;

/// Names of months in all languages, and words that are spelled as one.
pub(crate) const MONTHS: Class = Class::nth(96);
/// Words of the names of organisations in a registry.
pub(crate) const IN_ORGANISATION: Class = Class::nth(97);
/// Words with which such a name starts.
pub(crate) const STARTS_ORGANISATION: Class = Class::nth(98);
/// Words with which a term of a topic starts.
pub(crate) const STARTS_TERM: Class = Class::nth(100);
/// Words with which the name of a news agency starts.
pub(crate) const STARTS_AGENCY: Class = Class::nth(99);

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let lists = [people::LISTS, statements::LISTS].into_iter().flatten();
    let listed = lists.flat_map(|(class, list)| list.split_whitespace().map(|it| (it, *class)));
    let verbs = statements::verb_forms().map(|it| (it, statements::SPEECH));
    let verbs = verbs.chain(month_names().map(|it| (it, MONTHS)));
    let mut words: HashMap<&str, Class, WordHash> = HashMap::default();
    for (word, class) in listed.chain(verbs) {
        let known = words.entry(word).or_default();
        *known = known.with(class);
    }
    let mut starts = vec![0; 1 << 16];
    for word in words.keys() {
        let (start, length) = start_of(word);
        starts.get_mut(start).into_iter().for_each(|it| *it |= length);
    }
    Vocabulary { words, starts }
});

/// The table of all word lists.
struct Vocabulary {
    words: HashMap<&'static str, Class, WordHash>,
    /// For each two bytes that a word starts with, a bit for each length of such words: most words that no list has
    /// are told by these.
    starts: Vec<u32>,
}

impl Vocabulary {
    fn of(&self, low: &str) -> Class {
        let (start, length) = start_of(low);
        if self.starts.get(start).is_none_or(|it| it & length == 0) {
            return Class::NONE;
        }
        self.words.get(low).copied().unwrap_or_default()
    }
}

/// The first two bytes of a word as a number, and the bit of its length.
fn start_of(low: &str) -> (usize, u32) {
    let start = match low.as_bytes() {
        [first, second, ..] => u16::from_be_bytes([*first, *second]),
        [one] => u16::from(*one),
        [] => 0,
    };
    (usize::from(start), 1 << low.len().min(31))
}

/// All words of all lists, in no order.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    VOCABULARY.words.keys().copied()
}

/// The lists that have `low`, a word in lower case.
pub(crate) fn class_of(low: &str) -> Class {
    let known = VOCABULARY.of(low);
    if low.contains('-') { known.with(people::class_of_compound(low)) } else { known }
}

/// Whether `word`, in any case, is in one of the lists of `class`.
pub(crate) fn has(word: &str, class: Class) -> bool {
    if word.bytes().any(|it| it.is_ascii_uppercase()) {
        return class_of(&word.to_ascii_lowercase()).meets(class);
    }
    class_of(word).meets(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_lists_share_a_bit() {
        let all = [people::LISTS, statements::LISTS].concat();
        for (at, (class, list)) in all.iter().enumerate() {
            assert!(*class != Class::NONE, "{list}");
            assert!(all.iter().skip(at + 1).all(|it| !it.0.meets(*class)), "{list}");
        }
    }

    #[test]
    fn a_word_has_the_bits_of_all_its_lists() {
        for (class, list) in people::LISTS.iter().chain(statements::LISTS) {
            assert!(list.split_whitespace().all(|it| class_of(it).meets(*class)), "{list}");
        }
        assert!(has("Said", statements::SPEECH));
        assert_eq!(class_of("zzz"), Class::NONE);
    }
}
