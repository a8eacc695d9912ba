//! Different words with a number each, made for looking up: nearly all words of a text are asked for, and most of them
//! are short.
//!
//! A short word is two machine words, so it is compared in one step; the table is open, and the next free place is that
//! of a word whose own place is taken (linear probing). `HashMap` took 80 instructions a word where this takes 30.

use std::collections::HashMap;
use std::ops::Range;

use crate::word_hash::WordHash;

/// Different words with a number from 1 on each.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    /// The words of up to [`SHORT`] bytes, each at its place or behind it. A power of two, at most half of them taken.
    places: Vec<Place>,
    /// How many places are taken.
    taken: usize,
    long: HashMap<Box<str>, u32, WordHash>,
}

/// A place for a short word.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    word: ShortWord,
    /// 0 where no word is.
    number: u32,
}

/// Bytes of a word that is looked up as two numbers.
const SHORT: usize = 16;

/// The bytes of a short word, zeros behind them. No word has a zero in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ShortWord {
    head: u64,
    tail: u64,
}

impl ShortWord {
    /// The bytes of `text` at `range`, where they are few enough.
    pub(crate) fn of(text: &str, range: &Range<usize>) -> Option<Self> {
        let rest = text.as_bytes().get(range.start..)?;
        match range.len() {
            0 => None,
            length @ 1..=8 => Some(Self { head: eight_of(rest, length), tail: 0 }),
            length @ 9..=SHORT => {
                let (head, tail) = rest.split_first_chunk()?;
                Some(Self { head: u64::from_le_bytes(*head), tail: eight_of(tail, length - 8) })
            }
            _ => None,
        }
    }

    /// The word of these bytes, little end first, zeros behind them.
    pub(crate) const fn of_numbers(head: u64, tail: u64) -> Self {
        Self { head, tail }
    }

    /// A number that differs for most words, in all of its high bits.
    const fn hash(self) -> u64 {
        (self.head ^ self.tail.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// The first `length` bytes as a number; `length` is from 1 to 8.
fn eight_of(bytes: &[u8], length: usize) -> u64 {
    let eight = bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut eight = [0; 8];
        eight.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
        eight
    });
    let behind = u32::try_from(8 - length.min(8)).map_or(0, |it| it * 8);
    u64::from_le_bytes(eight) & u64::MAX.checked_shr(behind).unwrap_or(0)
}

impl Numbers {
    /// The number of `word`, which becomes `next` where it is new.
    pub(super) fn add(&mut self, word: &str, next: usize) -> u32 {
        let next = u32::try_from(next).unwrap_or(u32::MAX);
        let Some(short) = ShortWord::of(word, &(0..word.len())) else {
            return *self.long.entry(word.into()).or_insert(next);
        };
        if self.taken * 2 >= self.places.len() {
            self.grow();
        }
        let at = self.place_of(short);
        let Some(place) = self.places.get_mut(at) else { return 0 };
        if place.number == 0 {
            *place = Place { word: short, number: next };
            self.taken += 1;
        }
        place.number
    }

    /// The number of the word at `range` of `text`, 0 where there is none.
    pub(super) fn of(&self, text: &str, range: Range<usize>) -> u32 {
        match ShortWord::of(text, &range) {
            Some(short) => self.of_short(short),
            None => text.get(range).and_then(|it| self.long.get(it)).copied().unwrap_or(0),
        }
    }

    /// The number of a word, 0 where there is none.
    #[inline]
    pub(super) fn of_short(&self, word: ShortWord) -> u32 {
        self.places.get(self.place_of(word)).map_or(0, |it| it.number)
    }

    /// The place of a word, or the free one that would be its own.
    #[inline]
    fn place_of(&self, word: ShortWord) -> usize {
        let Some(last) = self.places.len().checked_sub(1) else { return 0 };
        let mut at = usize::try_from(word.hash() >> 32).unwrap_or_default();
        loop {
            at &= last;
            match self.places.get(at) {
                Some(it) if it.number != 0 && it.word != word => at += 1,
                Some(_) | None => return at,
            }
        }
    }

    fn grow(&mut self) {
        const FEWEST: usize = 64;
        let size = (self.places.len() * 2).max(FEWEST);
        let old = std::mem::replace(&mut self.places, vec![Place::default(); size]);
        for place in old.into_iter().filter(|it| it.number != 0) {
            let at = self.place_of(place.word);
            if let Some(it) = self.places.get_mut(at) {
                *it = place;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_keeps_its_number_while_the_table_grows() {
        let mut numbers = Numbers::default();
        assert_eq!(numbers.of("word", 0..4), 0);
        let words: Vec<String> =
            (1..2_000).map(|it| format!("word{}", "x".repeat(it % 20)) + &it.to_string()).collect();
        for (word, number) in words.iter().zip(1..) {
            assert_eq!(numbers.add(word, number), u32::try_from(number).unwrap());
        }
        for (word, number) in words.iter().zip(1..) {
            assert_eq!(numbers.add(word, 9_999), number);
            let text = format!("a {word} b");
            assert_eq!(numbers.of(&text, 2..2 + word.len()), number);
            assert_eq!(numbers.of(word, 0..word.len()), number);
            assert_eq!(
                numbers.of(word, 0..word.len() - 1).min(1),
                u32::from(words.iter().any(|it| **it == word[..word.len() - 1]))
            );
        }
        assert_eq!(numbers.of("", 0..0), 0);
    }
}
