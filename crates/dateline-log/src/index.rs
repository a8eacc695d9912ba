//! Where each stream ends and which positions it has, and where each block starts. Held in memory,
//! rebuilt at open from the heads of the blocks.

use std::collections::HashMap;

use dateline_event::{Position, StreamId};

/// The first 16 bytes of the digest of a stream's name. 2^64 names would be needed to expect two
/// that are the same.
pub(crate) type StreamKey = [u8; 16];

pub(crate) fn stream_key(stream: &StreamId) -> StreamKey {
    let digest = blake3::hash(stream.as_str().as_bytes());
    let (key, _) = digest.as_bytes().split_first_chunk().expect("a digest has 32 bytes");
    *key
}

/// Per event: 8 bytes. Per stream: 24 bytes and what a hash map adds. Per block: 8 bytes.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// First position of each block, ascending.
    starts: Vec<u64>,
    /// For each position, from 1: the position before it in the same stream, or 0.
    before: Vec<u64>,
    /// Last position of each stream.
    ends: HashMap<StreamKey, Position>,
}

impl Index {
    /// Number of events, which is the number of the last position.
    pub(crate) fn events(&self) -> u64 {
        u64::try_from(self.before.len()).expect("a length fits 64 bits")
    }

    pub(crate) fn head(&self) -> Option<Position> {
        Position::new(self.events())
    }

    /// Position of the event that is appended next.
    pub(crate) fn next(&self) -> Position {
        self.head().map_or(Position::FIRST, Position::next)
    }

    /// Adds one block whose events belong to `streams`, in order.
    pub(crate) fn push_block(&mut self, streams: &[StreamKey]) {
        self.starts.push(self.next().get());
        for key in streams {
            let position = self.next();
            let before = self.ends.insert(*key, position);
            self.before.push(before.map_or(0, Position::get));
        }
    }

    pub(crate) fn end(&self, key: &StreamKey) -> Option<Position> {
        self.ends.get(key).copied()
    }

    /// The position before this one in the same stream.
    pub(crate) fn before(&self, position: Position) -> Option<Position> {
        let index = usize::try_from(position.get() - 1).ok()?;
        self.before.get(index).and_then(|before| Position::new(*before))
    }

    /// All positions of a stream, ascending.
    pub(crate) fn positions(&self, key: &StreamKey) -> Vec<Position> {
        let mut positions = Vec::new();
        let mut at = self.end(key);
        while let Some(position) = at {
            positions.push(position);
            at = self.before(position);
        }
        positions.reverse();
        positions
    }

    /// First position of the block that holds `position`; `None` beyond the head.
    pub(crate) fn block_of(&self, position: Position) -> Option<Position> {
        if position.get() > self.events() {
            return None;
        }
        let behind = self.starts.partition_point(|start| *start <= position.get());
        self.starts.get(behind.checked_sub(1)?).and_then(|start| Position::new(*start))
    }

    /// First positions of all blocks, ascending.
    #[cfg(test)]
    pub(crate) fn starts(&self) -> &[u64] {
        &self.starts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> StreamKey {
        stream_key(&StreamId::new(name).unwrap())
    }

    #[test]
    fn a_stream_knows_its_positions_over_several_blocks() {
        let mut index = Index::default();
        index.push_block(&[key("a"), key("b"), key("a")]);
        index.push_block(&[key("a")]);
        let positions: Vec<u64> = index.positions(&key("a")).iter().map(|it| it.get()).collect();
        assert_eq!(positions, [1, 3, 4]);
        assert_eq!(index.end(&key("b")), Position::new(2));
        assert_eq!(index.end(&key("c")), None);
        assert_eq!(index.starts(), [1, 4]);
    }

    #[test]
    fn every_position_is_in_the_block_that_starts_at_or_before_it() {
        let mut index = Index::default();
        index.push_block(&[key("a"), key("b"), key("a")]);
        index.push_block(&[key("a")]);
        let block = |at| index.block_of(Position::new(at).unwrap()).map(Position::get);
        assert_eq!([block(1), block(3), block(4), block(5)], [Some(1), Some(1), Some(4), None]);
    }
}
