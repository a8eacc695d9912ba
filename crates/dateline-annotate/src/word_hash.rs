//! A fast hash for short words. Words of a page are only looked up, never stored, in the sets and
//! maps that use it, so nobody can fill one of them with words of the same hash by a page.

use std::hash::{BuildHasherDefault, Hasher};

/// For `HashMap` and `HashSet` in place of the standard hash.
pub(crate) type WordHash = BuildHasherDefault<WordHasher>;

/// Multiplies and rotates, eight bytes at a time (the `FxHash` of rustc).
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct WordHasher(u64);

impl WordHasher {
    const fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x51_7c_c1_b7_27_22_0a_95);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((eight, tail)) = rest.split_first_chunk() {
            self.add(u64::from_le_bytes(*eight));
            rest = tail;
        }
        // Up to seven bytes are left: two halves that may overlap, or one byte at a time.
        let end = match (rest.first_chunk(), rest.last_chunk()) {
            (Some(first), Some(last)) => {
                u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
            }
            (None, _) | (_, None) => rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        };
        if !rest.is_empty() {
            self.add(end);
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }

    fn write_u128(&mut self, number: u128) {
        let [low, high] = [number, number >> 64].map(|it| it & u128::from(u64::MAX));
        [low, high].into_iter().filter_map(|it| u64::try_from(it).ok()).for_each(|it| self.add(it));
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn finish(&self) -> u64 {
        // The table goes by the high bits and the low ones; a product has its best bits high.
        self.0.rotate_left(26)
    }
}
