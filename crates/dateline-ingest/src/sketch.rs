//! How much two texts have in common, told from a few numbers for each (bottom-k sketches of word
//! shingles; Broder, "On the resemblance and containment of documents", 1997).

/// Words of a shingle.
const SHINGLE: usize = 3;

/// Most numbers kept of a text.
const KEPT: usize = 128;

/// A text is a revision of another when it shares one in this many of their shingles.
const ONE_IN: usize = 5;

/// The smallest hashes of the shingles of a text, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sketch {
    hashes: Vec<u64>,
    /// Whether `hashes` are all there are.
    whole: bool,
}

impl Sketch {
    pub(crate) fn of(text: &str) -> Self {
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        let width = SHINGLE.min(words.len()).max(1);
        let mut hashes: Vec<u64> = words.windows(width).map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let whole = hashes.len() <= KEPT;
        hashes.truncate(KEPT);
        Self { hashes, whole }
    }

    /// Whether one text reads like a later or earlier wording of the other.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.up_to(other.reach()), other.up_to(self.reach()));
        let shared = mine.iter().filter(|it| theirs.binary_search(it).is_ok()).count();
        let fewer = mine.len().min(theirs.len());
        shared > 0 && shared * ONE_IN >= fewer
    }

    /// Whether all that this text says stands in the other too.
    pub(crate) fn is_part_of(&self, other: &Self) -> bool {
        // The last shingle of a text that was cut may end in half a word, so one may differ.
        let mine = self.up_to(other.reach());
        let missing = mine.iter().filter(|it| other.hashes.binary_search(it).is_err()).count();
        missing <= 1 && mine.len() > missing
    }

    /// The largest hash up to which the sketch knows all of its text.
    fn reach(&self) -> u64 {
        if self.whole { u64::MAX } else { self.hashes.last().copied().unwrap_or(u64::MAX) }
    }

    fn up_to(&self, reach: u64) -> &[u64] {
        let end = self.hashes.partition_point(|it| *it <= reach);
        self.hashes.get(..end).unwrap_or_default()
    }
}

/// FNV-1a, with the words parted; mixed so that small differences reach the high bits.
fn hash(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|it| it.bytes().chain([0]));
    let fnv = bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (fnv ^ (fnv >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "The Board of Envoys met in Narovets on Tuesday and went over the plan of common drills for \
        the autumn, which the Joint Staff had drawn up in the spring with help from all of the six allied states.";

    #[test]
    fn a_text_with_an_added_sentence_is_like_the_text_before() {
        let longer = format!("{LONG} The plan was approved.");
        assert!(Sketch::of(LONG).is_like(&Sketch::of(&longer)));
        assert!(Sketch::of(LONG).is_part_of(&Sketch::of(&longer)));
        assert!(!Sketch::of(&longer).is_part_of(&Sketch::of(LONG)));
    }

    #[test]
    fn another_text_is_not_alike_whatever_its_length() {
        let other = "Rain is expected in the hills of Kerimstan from Friday on, with fog in the valleys at night.";
        assert!(!Sketch::of(LONG).is_like(&Sketch::of(other)));
        let book = (0..3000).map(|it| format!("word{it}")).collect::<Vec<_>>().join(" ");
        assert!(!Sketch::of(&book).is_like(&Sketch::of(LONG)));
    }

    #[test]
    fn a_text_cut_in_a_word_is_part_of_the_whole() {
        let text = (0..2000).map(|it| format!("word{it} and")).collect::<Vec<_>>().join(" ");
        let cut = text.get(..5003).unwrap();
        assert!(Sketch::of(cut).is_part_of(&Sketch::of(&text)));
    }
}
