//! A node of the tree, as it is used and as it is kept: a page may have half a million.

use std::ops::Range;

use super::hints::Hints;
use super::tag::Tag;

/// Where a node stands in the tree: its number in the order of the markup.
pub(crate) type NodeId = usize;

/// An element or a piece of text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) tag: Tag,
    pub(crate) parent: NodeId,
    /// One behind the last node inside of it.
    pub(crate) end: NodeId,
    /// What its attributes say of its purpose.
    pub(crate) hints: Hints,
    /// Equal for elements that look alike: tag and first class, digits left out.
    pub(crate) looks: u32,
}

impl Default for Node {
    fn default() -> Self {
        Stored::root().node()
    }
}

/// A node in the fewest bytes.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) tag: Tag,
    parent: u32,
    end: u32,
    hints: Hints,
    looks: u32,
    /// Its characters, if it is text.
    pub(super) text: Place,
}

impl Stored {
    pub(super) fn root() -> Self {
        let (hints, text) = (Hints::default(), Place::default());
        Self { tag: Tag::Root, parent: 0, end: 1, hints, looks: 0, text }
    }

    /// An element with nothing in it yet.
    pub(super) fn element(
        tag: Tag,
        parent: NodeId,
        id: NodeId,
        (hints, looks): (Hints, u32),
    ) -> Self {
        let text = Place::default();
        Self { tag, parent: narrow(parent), end: narrow(id + 1), hints, looks, text }
    }

    pub(super) fn text(text: Place, parent: NodeId, id: NodeId) -> Self {
        Self { text, ..Self::element(Tag::Text, parent, id, (Hints::default(), 0)) }
    }

    pub(super) fn node(&self) -> Node {
        Node {
            tag: self.tag,
            parent: wide(self.parent),
            end: wide(self.end),
            hints: self.hints,
            looks: self.looks,
        }
    }

    /// Makes it hold all nodes before `end`.
    pub(super) fn reach(&mut self, end: NodeId) {
        self.end = self.end.max(narrow(end));
    }
}

/// A range of bytes of the markup.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    start: u32,
    end: u32,
}

impl Place {
    pub(super) fn of(range: &Range<usize>) -> Self {
        Self { start: narrow(range.start), end: narrow(range.end) }
    }

    pub(super) fn range(self) -> Range<usize> {
        wide(self.start)..wide(self.end)
    }
}

/// Neither nodes nor bytes of a page come near the bound.
fn narrow(it: usize) -> u32 {
    u32::try_from(it).unwrap_or(u32::MAX)
}

fn wide(it: u32) -> usize {
    usize::try_from(it).unwrap_or(usize::MAX)
}
