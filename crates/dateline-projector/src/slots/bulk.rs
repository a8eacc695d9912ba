//! Makes a whole timeline at once, with full nodes.

use super::{Child, FAN, LEAF, Node, Slots};
use crate::slot::Slot;

impl Slots {
    /// The set of `slots`, which are in order and have each place once.
    pub(crate) fn from_sorted(slots: &[Slot]) -> Self {
        debug_assert!(slots.is_sorted_by(|a, b| a.place() < b.place()), "slots out of order");
        let leaves = slots.chunks(LEAF).map(|it| Node::Leaf(it.to_vec()));
        let mut level: Vec<Child> = leaves.filter_map(Child::of).collect();
        while level.len() > 1 {
            let nodes = level.chunks(FAN).map(|it| Node::Inner(it.to_vec()));
            level = nodes.filter_map(Child::of).collect();
        }
        Self { root: level.pop() }
    }
}
