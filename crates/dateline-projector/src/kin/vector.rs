//! What a text is about, as weights of its most telling words, and how near two texts are.
//!
//! Whole numbers throughout: a logarithm of the machine could differ in its last bit, and with it a view.

/// Words that are kept of a text.
pub(crate) const TERMS: usize = 32;

/// One in the fixed-point numbers of this module.
pub(crate) const ONE: u64 = 1 << 16;

/// How many texts have a word. Words share buckets, which are many more than the words that texts often have.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frequencies {
    texts: u32,
    buckets: Vec<u32>,
}

const BUCKETS: usize = 1 << 20;

/// Texts that are supposed to have been there before the first one, so that its words are not all equally rare.
const PRIOR_TEXTS: u32 = 50;

/// The most telling words of a text with their weights, in the order of the hashes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Vector {
    terms: Box<[(u32, u16)]>,
    /// Sum of the squares of the weights.
    square: u64,
}

impl Frequencies {
    /// Counts a text with `terms`, and gives its vector: weights are those of its moment.
    pub(crate) fn add(&mut self, terms: &[(u32, u16)]) -> Vector {
        if self.buckets.is_empty() {
            self.buckets = vec![0; BUCKETS];
        }
        self.texts = self.texts.saturating_add(1);
        // Twice the number of texts, since half a text is added to the number of those that have the word.
        let all = log2(self.texts.saturating_add(PRIOR_TEXTS).saturating_mul(2));
        let mut weighed: Vec<(u32, u32)> = Vec::with_capacity(terms.len());
        for (term, times) in terms {
            let bucket = usize::try_from(*term).map_or(0, |it| it & (BUCKETS - 1));
            let Some(with) = self.buckets.get_mut(bucket) else { continue };
            *with = with.saturating_add(1);
            let rare = all.saturating_sub(log2(with.saturating_mul(2).saturating_add(1)));
            weighed.push((*term, rare * often(*times) / 256));
        }
        weighed.sort_unstable_by_key(|it| (std::cmp::Reverse(it.1), it.0));
        weighed.truncate(TERMS);
        weighed.retain(|it| it.1 > 0);
        weighed.sort_unstable();
        let weight = |it: u32| u16::try_from(it).unwrap_or(u16::MAX);
        let terms: Box<[_]> = weighed.into_iter().map(|it| (it.0, weight(it.1))).collect();
        let square = terms.iter().map(|it| u64::from(it.1) * u64::from(it.1)).sum();
        Vector { terms, square }
    }
}

impl Vector {
    /// Cosine of the angle between two: from zero, nothing in common, to [`ONE`].
    pub(crate) fn cosine(&self, other: &Self) -> u64 {
        let (mut here, mut there) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        let mut dot = 0_u64;
        while let (Some(a), Some(b)) = (here.peek(), there.peek()) {
            match a.0.cmp(&b.0) {
                std::cmp::Ordering::Less => here.next(),
                std::cmp::Ordering::Greater => there.next(),
                std::cmp::Ordering::Equal => {
                    dot += u64::from(a.1) * u64::from(b.1);
                    here.next();
                    there.next()
                }
            };
        }
        let lengths = (self.square * other.square).isqrt();
        (dot * ONE).checked_div(lengths).unwrap_or(0).min(ONE)
    }

    /// The `N` words with the greatest weights; zero for none.
    pub(crate) fn top<const N: usize>(&self) -> [u32; N] {
        let mut terms = self.terms.to_vec();
        terms.sort_unstable_by_key(|it| (std::cmp::Reverse(it.1), it.0));
        let mut top = [0; N];
        top.iter_mut().zip(terms).for_each(|(top, it)| *top = it.0);
        top
    }
}

/// 256 times one and the natural logarithm of how often a word stands in a text.
fn often(times: u16) -> u32 {
    // ln 2 is 177/256.
    256 + log2(u32::from(times.max(1))) * 177 / 256
}

/// 256 times the logarithm to base 2 of `value`, which is not zero, cut to a whole number.
fn log2(value: u32) -> u32 {
    const FRACTION_BITS: u32 = 8;
    let whole = value.max(1).ilog2();
    // The number between one and two, with 31 bits behind the point; its square moves the next bit of the logarithm
    // in front of that.
    let mut rest = u64::from(value.max(1)) << (31 - whole);
    let mut bits = whole;
    for _ in 0..FRACTION_BITS {
        rest = (rest * rest) >> 31;
        bits <<= 1;
        if rest >= 1 << 32 {
            rest >>= 1;
            bits |= 1;
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_mathematics() {
        for value in [1_u32, 2, 3, 5, 10, 1000, 65_535, 1 << 31, u32::MAX] {
            let exact = f64::from(value).log2() * 256.0;
            let found = f64::from(log2(value));
            assert!((exact - found) < 1.01 && found <= exact + 1e-6, "{value}: {found} {exact}");
        }
    }

    #[test]
    fn a_text_is_as_near_to_itself_as_can_be_and_to_others_by_rare_words() {
        let mut all = Frequencies::default();
        for _ in 0..30 {
            all.add(&[(1, 1), (2, 1), (3, 1)]);
        }
        let a = all.add(&[(1, 1), (2, 1), (100, 2), (101, 1)]);
        let common = all.add(&[(1, 1), (2, 1), (200, 2), (201, 1)]);
        let rare = all.add(&[(3, 1), (100, 1), (101, 1), (201, 1)]);
        assert!(a.cosine(&a) >= ONE - 2);
        assert!(a.cosine(&rare) > 3 * a.cosine(&common));
        assert_eq!(a.cosine(&rare), rare.cosine(&a));
        assert_eq!(Vector::default().cosine(&a), 0);
        assert_eq!(a.top::<2>()[0], 100);
    }
}
