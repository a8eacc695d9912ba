//! Sequences of words as an automaton: from any word of a text, the longest known sequence that starts there.

use std::collections::HashMap;
use std::hash::Hash;

use crate::word_hash::WordHash;

/// Known sequences of words, each with what it stands for. `W` is the number of a word.
#[derive(Debug)]
pub(crate) struct Trie<W, V> {
    steps: HashMap<(u32, W), u32, WordHash>,
    values: HashMap<u32, Vec<V>, WordHash>,
    nodes: u32,
}

impl<W, V> Default for Trie<W, V> {
    fn default() -> Self {
        Self { steps: HashMap::default(), values: HashMap::default(), nodes: 0 }
    }
}

impl<W: Copy + Eq + Hash, V: PartialEq> Trie<W, V> {
    /// Adds a sequence. One without words is not added; the same sequence may stand for several values.
    pub(crate) fn insert(&mut self, words: impl IntoIterator<Item = W>, value: V) {
        let mut node = 0;
        for word in words {
            let next = self.nodes + 1;
            let step = *self.steps.entry((node, word)).or_insert(next);
            self.nodes = self.nodes.max(step);
            node = step;
        }
        if node != 0 {
            let values = self.values.entry(node).or_default();
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }

    /// The longest sequence that starts with the first of `words`: its number of words and its values.
    pub(crate) fn longest(&self, words: impl IntoIterator<Item = W>) -> Option<(usize, &[V])> {
        let mut node = 0;
        let mut best = None;
        for (at, word) in words.into_iter().enumerate() {
            let Some(next) = self.steps.get(&(node, word)) else { break };
            node = *next;
            if let Some(values) = self.values.get(&node) {
                best = Some((at + 1, values.as_slice()));
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_sequence_wins() {
        let mut trie: Trie<&str, i32> = Trie::default();
        trie.insert(["joint", "staff"], 1);
        trie.insert(["joint", "staff", "college"], 2);
        trie.insert([], 3);
        assert_eq!(trie.longest(["joint", "staff", "of"]), Some((2, [1].as_slice())));
        assert_eq!(trie.longest(["joint", "staff", "college"]), Some((3, [2].as_slice())));
        assert_eq!(trie.longest(["joint"]), None);
    }
}
