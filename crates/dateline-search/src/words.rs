//! The words of a text as they are searched: folded, with their places.
//!
//! A word is a run of letters, digits and the marks on them. Case does not count, and neither do accents on Latin and
//! Greek letters. In scripts without spaces between words (Thai, Lao, Khmer, Burmese, Chinese, Japanese) each character
//! is a word, and a run of them a phrase.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// As it is searched.
    pub(crate) folded: String,
    /// Its bytes in the text.
    pub(crate) bytes: Range<usize>,
    /// Its code points in the text.
    pub(crate) chars: Range<u32>,
}

/// Longest word that is kept, in characters; of a longer one the first.
const MAX_WORD_CHARS: usize = 64;

/// The words of `text`, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut begun: Option<(usize, u32)> = None;
    let mut count = 0;
    for (at, ch) in text.char_indices() {
        let belongs = ch.is_alphanumeric() || (begun.is_some() && is_combining_mark(ch));
        if let Some(start) = begun
            && (!belongs || is_unspaced(ch))
        {
            found.push(word(text, start, (at, count)));
            begun = None;
        }
        if belongs && is_unspaced(ch) {
            found.push(word(text, (at, count), (at + ch.len_utf8(), count + 1)));
        } else if belongs && begun.is_none() {
            begun = Some((at, count));
        }
        count += 1;
    }
    if let Some(start) = begun {
        found.push(word(text, start, (text.len(), count)));
    }
    found
}

fn word(text: &str, start: (usize, u32), end: (usize, u32)) -> Word {
    let bytes = start.0..end.0;
    let folded = folded(text.get(bytes.clone()).unwrap_or_default());
    Word { folded, bytes, chars: start.1..end.1 }
}

/// `word` as it is searched.
fn folded(word: &str) -> String {
    if word.is_ascii() {
        let mut folded = word.to_ascii_lowercase();
        folded.truncate(MAX_WORD_CHARS);
        return folded;
    }
    let mut folded = String::with_capacity(word.len());
    let mut accents_count = false;
    for ch in word.nfd().flat_map(char::to_lowercase).take(MAX_WORD_CHARS) {
        if !is_combining_mark(ch) {
            // In other scripts a mark makes another letter: й, ё, vowel signs.
            accents_count = !matches!(u32::from(ch), 0..=0x024F | 0x0370..=0x03FF);
            folded.push(ch);
        } else if accents_count {
            folded.push(ch);
        }
    }
    folded
}

fn is_unspaced(ch: char) -> bool {
    matches!(u32::from(ch),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0x2_0000..=0x2_FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded_words(text: &str) -> Vec<String> {
        words(text).into_iter().map(|it| it.folded).collect()
    }

    #[test]
    fn case_and_accents_of_latin_and_greek_do_not_count_and_those_of_others_do() {
        assert_eq!(folded_words("Édouard's CAFÉ, Αθήνα"), ["edouard", "s", "cafe", "αθηνα"]);
        assert_ne!(folded_words("мой"), folded_words("мои"));
        assert_eq!(folded_words("e\u{301}te"), ["ete"]);
    }

    #[test]
    fn scripts_without_spaces_are_read_character_by_character() {
        assert_eq!(folded_words("北京 2031年"), ["北", "京", "2031", "年"]);
    }

    #[test]
    fn places_are_told_in_bytes_and_in_code_points() {
        let found = words("«Ça va»");
        let places: Vec<_> = found.iter().map(|it| (it.bytes.clone(), it.chars.clone())).collect();
        assert_eq!(places, [(2..5, 1..3), (6..8, 4..6)]);
    }
}
