//! The words of a text as numbers: folded, stemmed, and hashed, so that two texts can be compared without their
//! letters.
//!
//! A word is a run of letters, digits, marks and inner apostrophes. Scripts without spaces between words (Thai, Lao,
//! Khmer, Burmese, Chinese, Japanese) give each pair of neighbouring characters instead.

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// Hash of the word in lower case.
    pub(crate) exact: u32,
    /// Hash of its stem; `None` for stop words and single letters, which tell nothing of what a text is about.
    pub(crate) stem: Option<u32>,
}

/// Words that stand in every text of a language. How many texts have a word does the rest, so the lists are short.
const STOP_WORDS: [(&str, &str); 6] = [
    (
        "en",
        "the a an of to in on at for by with from and or but as is are was were be been has have had it its it's this \
         that these those he she they his her him their them we us our you your i my not no will would can could may \
         might do does did being get got make made said says say also than more most when what who which where how \
         about into after before over under out up down all any some such both few there other another if so just now \
         new only even many much very year years day days week weeks month time people one two three first last while \
         during against between off like mr ms mrs he's",
    ),
    (
        "de",
        "der die das den dem des ein eine einen einem einer und oder aber nicht ist sind war waren hat haben im am zu \
         zum zur mit von vom für auf aus bei nach sich auch wird werden er es sie wir ich dass wie als an in um noch \
         nur so über vor durch sein seine ihre",
    ),
    (
        "fr",
        "le la les l un une des du de et ou mais ne pas est sont été a dans sur pour par avec que qui il elle ils ont \
         ce cette se au aux plus son sa ses leur en y d qu n s c comme on",
    ),
    (
        "es",
        "el la los las un una unos de y o pero no es son fue en con por para del al que su sus lo más como ha han se a \
         este esta ya también",
    ),
    (
        "it",
        "il lo la i gli le un una di e che non è per con del della dei in a da si sono ha al più come anche su",
    ),
    (
        "ru",
        "и в во не на что он она они я мы с со как а то все но по из у за от о об для это же был была были быть к до \
         при его ее их также году года",
    ),
];

/// Letters with which a word of a language other than English counts.
const MAX_STEM_LETTERS: usize = 7;

/// Bytes of an English word that have to stay when its ending is cut off.
const MIN_ROOT_BYTES: usize = 4;

/// Longest word that is looked at, in characters; what is longer is no word.
const MAX_WORD_CHARS: usize = 48;

/// Takes words out of texts. It holds the lists of stop words, so it is made once and used often.
#[derive(Debug)]
pub(crate) struct WordReader {
    stop: Vec<(&'static str, Vec<u32>)>,
}

impl Default for WordReader {
    fn default() -> Self {
        let lists = STOP_WORDS.iter().map(|(language, words)| {
            let mut hashes: Vec<u32> = words.split_whitespace().map(hash_of).collect();
            hashes.sort_unstable();
            (*language, hashes)
        });
        Self { stop: lists.collect() }
    }
}

/// How to read the words of one language.
struct Manner<'a> {
    stop: &'a [u32],
    is_english: bool,
    /// Whether stems are asked for.
    stems: bool,
}

impl WordReader {
    /// The first `limit` words of `text`. English endings are cut off where `language` is English; words of other
    /// languages count with their first letters.
    pub(crate) fn read(&self, text: &str, language: &str, limit: usize) -> Vec<Word> {
        let stop = self.stop.iter().find(|it| it.0 == language).map_or(&[][..], |it| &it.1);
        words(text, &Manner { stop, is_english: language == "en", stems: true }, limit)
    }

    /// The same words without their stems, which takes less time.
    pub(crate) fn read_exact(text: &str, limit: usize) -> Vec<Word> {
        words(text, &Manner { stop: &[], is_english: false, stems: false }, limit)
    }
}

fn words(text: &str, manner: &Manner<'_>, limit: usize) -> Vec<Word> {
    let mut found = Vec::with_capacity(limit.min(text.len() / 5));
    let (mut word, mut before) = (String::with_capacity(MAX_WORD_CHARS), None);
    for ch in text.chars() {
        if found.len() >= limit {
            return found;
        }
        if is_unspaced(ch) {
            manner.end(&mut word, &mut found);
            if let Some(before) = before.replace(ch) {
                let pair = hash(&[u32::from(before), u32::from(ch)]);
                found.push(Word { exact: pair, stem: Some(pair) });
            }
            continue;
        }
        before = None;
        if ch.is_ascii() {
            if ch.is_ascii_alphanumeric() || (ch == '\'' && !word.is_empty()) {
                word.push(ch.to_ascii_lowercase());
            } else {
                manner.end(&mut word, &mut found);
            }
        } else if ch == '’' && !word.is_empty() {
            word.push('\'');
        } else if ch.is_alphanumeric() || is_mark(ch) {
            word.extend(ch.to_lowercase());
        } else {
            manner.end(&mut word, &mut found);
        }
    }
    manner.end(&mut word, &mut found);
    found.truncate(limit);
    found
}

impl Manner<'_> {
    /// Ends a word, where one has begun.
    fn end(&self, word: &mut String, words: &mut Vec<Word>) {
        if word.is_empty() {
            return;
        }
        let plain = word.trim_end_matches('\'');
        let exact = hash_of(plain);
        if !self.stems {
            words.push(Word { exact, stem: None });
            word.clear();
            return;
        }
        let stop = self.stop.binary_search(&exact).is_ok();
        let root = self.stem(plain);
        let telling = !stop && root.chars().nth(1).is_some();
        words.push(Word { exact, stem: telling.then(|| hash_of(root)) });
        word.clear();
    }

    /// `word` without its ending.
    fn stem<'w>(&self, word: &'w str) -> &'w str {
        let word = word.strip_suffix("'s").unwrap_or(word);
        if self.is_english {
            let mut roots =
                ["ing", "ed", "es", "s", "e"].iter().filter_map(|it| word.strip_suffix(it));
            return roots.find(|it| it.len() >= MIN_ROOT_BYTES).unwrap_or(word);
        }
        let cut = word.char_indices().nth(MAX_STEM_LETTERS);
        cut.and_then(|(at, _)| word.get(..at)).unwrap_or(word)
    }
}

fn is_unspaced(ch: char) -> bool {
    matches!(u32::from(ch),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0x2_0000..=0x2_FA1F)
}

/// Marks that stand with a letter: accents on their own, and vowel signs of Indic scripts.
fn is_mark(ch: char) -> bool {
    matches!(u32::from(ch), 0x0300..=0x036F | 0x0591..=0x05C7 | 0x064B..=0x065F | 0x0900..=0x0DFF)
}

fn hash_of(word: &str) -> u32 {
    finish(word.bytes().fold(SEED, |hash, byte| step(hash, u64::from(byte))))
}

/// One number for several, whose order counts. It is the same on every machine.
pub(crate) fn hash(numbers: &[u32]) -> u32 {
    finish(numbers.iter().fold(SEED, |hash, it| step(hash, u64::from(*it))))
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;

/// Multiplies and mixes: FNV with a multiplier that reaches the high bits sooner.
const fn step(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
}

fn finish(hash: u64) -> u32 {
    let mixed = (hash ^ (hash >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    u32::try_from(mixed >> 32).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str, language: &str) -> Vec<Option<u32>> {
        WordReader::default().read(text, language, 100).iter().map(|it| it.stem).collect()
    }

    #[test]
    fn case_endings_and_apostrophes_make_no_other_word() {
        assert_eq!(
            stems("Bridges’ builders reported", "en"),
            stems("bridge' Builder's REPORTING", "en")
        );
        assert_eq!(stems("opened", "en"), stems("opening", "en"));
        assert_ne!(stems("opened", "en"), stems("closed", "en"));
    }

    #[test]
    fn words_that_stand_everywhere_tell_nothing() {
        assert_eq!(stems("The and of", "en"), [None; 3]);
        assert_eq!(stems("и на", "ru"), [None; 2]);
        assert_eq!(stems("x b 7", "nl"), [None; 3]);
    }

    #[test]
    fn a_script_without_spaces_is_read_in_pairs() {
        let (short, long) = (stems("กรุงเทพ", "th"), stems("ในกรุงเทพมหานคร", "th"));
        assert_eq!(short.len(), 6);
        assert!(short.iter().all(|it| long.contains(it)));
    }

    #[test]
    fn no_more_words_are_read_than_asked_for() {
        assert_eq!(WordReader::default().read(&"word ".repeat(50), "en", 7).len(), 7);
    }
}
