//! Runs of ASCII letters and digits, eight bytes at a time.

use crate::word_table::ShortWord;

/// What a run of ASCII letters and digits is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// Its bytes.
    pub(super) length: usize,
    /// The same in lower case, where it is short.
    pub(super) short: Option<ShortWord>,
    /// Whether one of them is a small letter.
    pub(super) has_small: bool,
    /// Whether one of them is a digit.
    pub(super) has_digit: bool,
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
/// The high bit of each byte.
const HIGH: u64 = ONES << 7;

impl Run {
    /// The run with which `bytes` start.
    #[inline]
    pub(super) fn of(bytes: &[u8]) -> Self {
        let Some(first) = bytes.first_chunk() else { return Self::of_last(bytes) };
        let Eight { length, lower, has_small, has_digit } = Eight::of(*first);
        if length == 8 {
            return Self::of_long(bytes);
        }
        Self { length, short: Some(ShortWord::of_numbers(lower, 0)), has_small, has_digit }
    }

    /// The same where less than eight bytes are left.
    #[cold]
    fn of_last(bytes: &[u8]) -> Self {
        // A zero is no letter, so the run ends with the text.
        let mut padded = [0; 9];
        padded.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
        Self::of(&padded)
    }

    /// The same where eight bytes or more belong to it.
    #[inline(never)]
    fn of_long(bytes: &[u8]) -> Self {
        let mut run = Self { length: 0, short: None, has_small: false, has_digit: false };
        let (mut rest, mut short) = (bytes, [0; 3]);
        let mut places = short.iter_mut();
        loop {
            let mut last = [0; 8];
            let eight = rest.first_chunk().unwrap_or_else(|| {
                last.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
                &last
            });
            let Eight { length, lower, has_small, has_digit } = Eight::of(*eight);
            run.length += length;
            run.has_small |= has_small;
            run.has_digit |= has_digit;
            places.next().into_iter().for_each(|it| *it = lower);
            if length < 8 {
                break;
            }
            rest = rest.get(8..).unwrap_or_default();
        }
        let [head, tail, behind] = short;
        run.short = (run.length <= 16 && behind == 0).then(|| ShortWord::of_numbers(head, tail));
        run
    }
}

/// The part of a run in eight bytes, from the first of them on.
struct Eight {
    length: usize,
    /// The bytes of the part in lower case, zeros behind them.
    lower: u64,
    has_small: bool,
    has_digit: bool,
}

impl Eight {
    #[inline]
    fn of(bytes: [u8; 8]) -> Self {
        let eight = u64::from_le_bytes(bytes);
        let ascii = !eight & HIGH;
        let low = eight & !HIGH;
        // Small letters and digits have the bit 32, and capitals have not.
        let lower = low | ONES << 5;
        let letters = within(lower, b'a', b'z') & ascii;
        let digits = within(low, b'0', b'9') & ascii;
        let others = (letters | digits) ^ HIGH;
        // All bits of the bytes before the first that is no letter or digit.
        let inside = (others & others.wrapping_neg()).wrapping_sub(1) >> 7;
        let inside = if others == 0 { u64::MAX } else { inside };
        Self {
            length: usize::try_from(others.trailing_zeros() / 8).unwrap_or(8),
            lower: lower & inside,
            has_small: letters & eight << 2 & inside != 0,
            has_digit: digits & inside != 0,
        }
    }
}

/// The high bit of each byte of `bytes` from `first` to `last`; all three are of ASCII.
const fn within(bytes: u64, first: u8, last: u8) -> u64 {
    let from = bytes + u64::from_le_bytes([0x80 - first; 8]);
    let behind = bytes + u64::from_le_bytes([0x7f - last; 8]);
    from & !behind & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_told_wherever_it_stands() {
        for byte in u8::MIN..=u8::MAX {
            for before in 0..20 {
                let mut bytes = vec![b'A'; before];
                bytes.push(byte);
                let belongs = usize::from(byte.is_ascii_alphanumeric());
                for behind in [&b""[..], b" x9", b"\xe2\x80\x99s and some more"] {
                    let bytes = [&bytes, behind].concat();
                    let length = before + belongs;
                    let lower = String::from_utf8(bytes[..length].to_ascii_lowercase()).unwrap();
                    let wanted = Run {
                        length,
                        short: ShortWord::of(&lower, &(0..length)),
                        has_small: byte.is_ascii_lowercase(),
                        has_digit: byte.is_ascii_digit(),
                    };
                    let found = Run::of(&bytes);
                    let short = found.short.filter(|_| length > 0);
                    assert_eq!(Run { short, ..found }, wanted, "{bytes:?}");
                }
            }
        }
    }
}
