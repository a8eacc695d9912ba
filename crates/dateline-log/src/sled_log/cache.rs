//! Unpacked blocks, for point reads near each other. Bounded by bytes.

use std::sync::Arc;

use dateline_event::Position;
use lru::LruCache;

use crate::limits::BLOCK_CACHE_BYTES;

/// The lines of one block.
#[derive(Debug)]
pub(super) struct Lines {
    text: String,
    /// Where each line ends, in bytes.
    ends: Vec<usize>,
}

impl Lines {
    pub(super) fn new(text: String) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at).collect();
        Self { text, ends }
    }

    pub(super) fn count(&self) -> usize {
        self.ends.len()
    }

    /// Line `number`, from 0.
    pub(super) fn line(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = match number.checked_sub(1) {
            Some(before) => self.ends.get(before)? + 1,
            None => 0,
        };
        self.text.get(start..end)
    }
}

pub(super) struct BlockCache {
    blocks: LruCache<Position, Arc<Lines>>,
    bytes: usize,
}

impl BlockCache {
    pub(super) fn new() -> Self {
        Self { blocks: LruCache::unbounded(), bytes: 0 }
    }

    pub(super) fn get(&mut self, first: Position) -> Option<Arc<Lines>> {
        self.blocks.get(&first).cloned()
    }

    pub(super) fn put(&mut self, first: Position, lines: Arc<Lines>) {
        self.bytes += lines.text.len();
        if let Some(old) = self.blocks.put(first, lines) {
            self.bytes -= old.text.len();
        }
        while self.bytes > BLOCK_CACHE_BYTES {
            let Some((_, oldest)) = self.blocks.pop_lru() else { break };
            self.bytes -= oldest.text.len();
        }
    }
}
