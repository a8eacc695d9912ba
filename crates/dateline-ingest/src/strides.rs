//! Bytes looked at a stride at a time, without a branch for each of them, so that the processor looks at many in one
//! instruction.

/// Bytes of a stride. A count of a stride fits into a byte.
const STRIDE: usize = 64;

/// Whether one of `bytes` is such a byte.
pub(crate) fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let (strides, rest) = bytes.as_chunks::<STRIDE>();
    strides.iter().any(|it| has(it, &is)) || has(rest, &is)
}

/// Where the first such byte stands.
pub(crate) fn position(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    let (strides, _) = bytes.as_chunks::<STRIDE>();
    let before = strides.iter().take_while(|it| !has(*it, &is)).count() * STRIDE;
    let found = bytes.get(before..)?.iter().position(|it| is(*it));
    found.map(|it| before + it)
}

/// How many of `bytes` are such bytes.
pub(crate) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let (strides, rest) = bytes.as_chunks::<STRIDE>();
    let count = |stride: &[u8]| {
        usize::from(stride.iter().fold(0_u8, |count, it| count.wrapping_add(u8::from(is(*it)))))
    };
    strides.iter().map(|it| count(it)).sum::<usize>() + count(rest)
}

/// The characters of `text` beyond ASCII, with the byte at which each starts.
pub(crate) fn beyond_ascii(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += position(text.as_bytes().get(at..)?, |it| !it.is_ascii())?;
        let found = text.get(at..)?.chars().next()?;
        let start = at;
        at += found.len_utf8();
        Some((start, found))
    })
}

/// Whether a text has a figure.
pub(crate) fn has_figure(text: &str) -> bool {
    any(text.as_bytes(), |it| it.is_ascii_digit())
}

fn has(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |any, it| any | is(*it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_found_and_counted_wherever_they_stand() {
        let is_x = |it: u8| it == b'x';
        for length in [0, 1, STRIDE - 1, STRIDE, STRIDE + 1, 3 * STRIDE + 5] {
            let plain = vec![b'-'; length];
            assert!(!any(&plain, is_x));
            assert_eq!((position(&plain, is_x), count(&plain, is_x)), (None, 0));
            for at in 0..length {
                let mut bytes = plain.clone();
                bytes[at] = b'x';
                assert!(any(&bytes, is_x));
                assert_eq!((position(&bytes, is_x), count(&bytes, is_x)), (Some(at), 1));
            }
            assert_eq!(count(&vec![b'x'; length], is_x), length);
        }
    }

    #[test]
    fn characters_beyond_ascii_come_with_their_places() {
        let text = format!("{}é, “{}”", "a".repeat(STRIDE), "b".repeat(STRIDE));
        let found: Vec<_> = beyond_ascii(&text).collect();
        assert_eq!(found, [(64, 'é'), (68, '“'), (135, '”')]);
        assert_eq!(beyond_ascii("plain").next(), None);
    }
}
