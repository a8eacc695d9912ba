//! What requests were given, by their words, within a number of bytes: what was asked for least lately goes first.

use axum::body::Bytes;
use lru::LruCache;

/// The part of the space that one thing may take; a larger one is not kept.
const PART: usize = 16;

/// Bytes that a thing takes beside its words and its own.
const OVERHEAD_BYTES: usize = 256;

/// The words of a request: the body of a POST, or the query string of a GET.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Words {
    pub(crate) is_get: bool,
    pub(crate) text: Bytes,
}

/// Things by the words of requests.
#[derive(Debug)]
pub(crate) struct Shelf<T> {
    max_bytes: usize,
    things: LruCache<Words, Thing<T>>,
    bytes: usize,
}

#[derive(Debug)]
struct Thing<T> {
    it: T,
    bytes: usize,
}

impl<T: Clone> Shelf<T> {
    /// Space for `max_bytes` in all, words included; zero keeps nothing.
    pub(crate) fn new(max_bytes: usize) -> Self {
        Self { max_bytes, things: LruCache::unbounded(), bytes: 0 }
    }

    /// What lies under `words`, which is thereby asked for.
    pub(crate) fn get(&mut self, words: &Words) -> Option<T> {
        self.things.get(words).map(|thing| thing.it.clone())
    }

    /// Puts `it` under `words`, which takes so many bytes beside them.
    pub(crate) fn put(&mut self, words: Words, it: T, bytes: usize) {
        let bytes = words.text.len() + bytes + OVERHEAD_BYTES;
        if bytes > self.max_bytes / PART {
            return;
        }
        self.bytes += bytes;
        if let Some((_, old)) = self.things.push(words, Thing { it, bytes }) {
            self.bytes -= old.bytes;
        }
        while self.bytes > self.max_bytes {
            let Some((_, old)) = self.things.pop_lru() else { break };
            self.bytes -= old.bytes;
        }
    }

    /// Lets everything go.
    pub(crate) fn clear(&mut self) {
        self.things.clear();
        self.bytes = 0;
    }

    /// Bytes that are taken.
    pub(crate) const fn bytes(&self) -> usize {
        self.bytes
    }
}
