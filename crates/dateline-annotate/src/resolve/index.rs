//! The words of all registered names by what is left of their sound when little of it counts, so that a written word
//! finds the few that it may be.

use std::collections::HashMap;

use super::forms::forms_of;
use super::sounds::{Script, Sound, sounds};
use super::words::{NameWord, words_of};

/// Place of a word in [`Index::words`].
pub(crate) type WordAt = usize;
/// Place of a name in [`Index::names`].
pub(crate) type NameAt = usize;

/// A word of registered names.
#[derive(Debug)]
pub(crate) struct KnownWord {
    pub(crate) word: NameWord,
    /// The sounds of other forms of the given name that it may be.
    pub(crate) forms: Vec<Vec<Sound>>,
    pub(crate) names: Vec<NameAt>,
}

/// A registered name.
#[derive(Debug)]
pub(crate) struct KnownName {
    /// Place of its official, as given.
    pub(crate) official: usize,
    pub(crate) words: Vec<WordAt>,
    /// Without gaps: as registered, and with its first word last.
    pub(crate) joined: [Vec<Sound>; 2],
}

/// All registered names, ready to be looked up by sound.
#[derive(Debug, Default)]
pub(crate) struct Index {
    pub(crate) words: Vec<KnownWord>,
    pub(crate) names: Vec<KnownName>,
    by_skeleton: HashMap<Vec<u8>, Vec<WordAt>>,
    by_joined: HashMap<Vec<u8>, Vec<NameAt>>,
}

impl Index {
    /// The names of officials, each with the place of its official.
    pub(crate) fn of<'a>(names: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut index = Self::default();
        let mut places: HashMap<String, WordAt> = HashMap::new();
        for (official, name) in names {
            let written = words_of(name);
            if written.is_empty() {
                continue;
            }
            let at = index.names.len();
            let joined = joined(&written);
            for it in &joined {
                for key in neighbours(&skeleton(it)) {
                    push_once(index.by_joined.entry(key).or_default(), at);
                }
            }
            let words = written
                .into_iter()
                .map(|word| {
                    let place =
                        *places.entry(word.low.clone()).or_insert_with(|| index.add_word(word));
                    if let Some(it) = index.words.get_mut(place) {
                        push_once(&mut it.names, at);
                    }
                    place
                })
                .collect();
            index.names.push(KnownName { official, words, joined });
        }
        index
    }

    fn add_word(&mut self, word: NameWord) -> WordAt {
        let at = self.words.len();
        let forms: Vec<Vec<Sound>> =
            forms_of(&plain(&word.low)).into_iter().map(|it| sounds(it, Script::Latin)).collect();
        for it in forms.iter().chain([&word.sounds]) {
            for key in neighbours(&skeleton(it)) {
                push_once(self.by_skeleton.entry(key).or_default(), at);
            }
        }
        self.words.push(KnownWord { word, forms, names: Vec::new() });
        at
    }

    /// The words that may sound like `said`.
    pub(crate) fn words_like(&self, said: &[Sound]) -> Vec<WordAt> {
        found(&self.by_skeleton, said)
    }

    /// The names that may sound like `said` when no gap is heard.
    pub(crate) fn names_like(&self, said: &[Sound]) -> Vec<NameAt> {
        found(&self.by_joined, said)
    }
}

fn found(lists: &HashMap<Vec<u8>, Vec<usize>>, said: &[Sound]) -> Vec<usize> {
    let keys = neighbours(&skeleton(said));
    let mut found: Vec<usize> =
        keys.iter().filter_map(|it| lists.get(it)).flatten().copied().collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Lower-case Latin letters for a word.
pub(crate) fn plain(low: &str) -> String {
    any_ascii::any_ascii(low).to_lowercase()
}

/// A name without gaps, as it stands and with its first word last.
pub(crate) fn joined(words: &[NameWord]) -> [Vec<Sound>; 2] {
    let plain = words.iter().flat_map(|it| it.sounds.iter().copied()).collect();
    let turned = words
        .iter()
        .skip(1)
        .chain(words.first())
        .flat_map(|it| it.sounds.iter().copied())
        .collect();
    [plain, turned]
}

/// The consonants, each as the group of those that scripts and ears confuse.
pub(crate) fn skeleton(said: &[Sound]) -> Vec<u8> {
    let mut out = Vec::with_capacity(said.len());
    for sound in said {
        let group = match sound {
            b'p' | b'b' | b'f' | b'v' => b'P',
            b't' | b'd' | b'T' => b'T',
            b's' | b'z' | b'S' | b'Z' | b'C' | b'J' | b'c' => b'S',
            b'k' | b'g' | b'h' | b'G' => b'K',
            b'l' | b'r' => b'L',
            b'm' | b'n' => b'N',
            _ => continue,
        };
        if out.last() != Some(&group) {
            out.push(group);
        }
    }
    out
}

/// A skeleton and what is left of it without any one of its consonants: two that differ in one have one in common.
fn neighbours(skeleton: &[u8]) -> Vec<Vec<u8>> {
    const SHORTEST: usize = 3;
    let mut all = vec![skeleton.to_vec()];
    if skeleton.len() >= SHORTEST {
        for at in 0..skeleton.len() {
            let mut it = skeleton.to_vec();
            it.remove(at);
            if !all.contains(&it) {
                all.push(it);
            }
        }
    }
    all
}

fn push_once(list: &mut Vec<usize>, it: usize) {
    if list.last() != Some(&it) && !list.contains(&it) {
        list.push(it);
    }
}
