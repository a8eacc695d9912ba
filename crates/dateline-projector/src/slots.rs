//! The slots of one timeline in order, whose copies share what they have in common.
//!
//! A B+ tree of plain numbers. Every node knows how many slots lie below it and from when to when their stories were
//! reported, so counting a range, and leaving out what a past state did not have, costs a path and no walk.

mod bulk;
mod change;
mod count;
mod cursor;

use std::sync::Arc;

use crate::slot::{Place, Slot, Traits};

pub(crate) use count::Past;
pub(crate) use cursor::{Cursor, Direction};

/// Most slots in a leaf: one kilobyte.
const LEAF: usize = 128;

/// Most children of an inner node.
const FAN: usize = 64;

#[derive(Debug, Clone, Default)]
pub(crate) struct Slots {
    root: Option<Child>,
}

#[derive(Debug, Clone)]
enum Node {
    Leaf(Vec<Slot>),
    Inner(Vec<Child>),
}

/// A node as its parent knows it.
#[derive(Debug, Clone)]
struct Child {
    first: Place,
    sum: Sum,
    node: Arc<Node>,
}

/// What lies below a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sum {
    len: usize,
    /// Smallest and largest position of a first report.
    oldest: u64,
    newest: u64,
    /// How many have another reading.
    amended: usize,
}

impl Slots {
    pub(crate) fn len(&self) -> usize {
        self.root.as_ref().map_or(0, |it| it.sum.len)
    }

    /// All slots in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Slot> {
        let mut cursor = Cursor::new(self, Direction::Forward, None);
        std::iter::from_fn(move || {
            let slot = cursor.peek();
            cursor.step();
            slot
        })
    }
}

impl Sum {
    const NOTHING: Self = Self { len: 0, oldest: u64::MAX, newest: 0, amended: 0 };

    fn and(self, other: Self) -> Self {
        Self {
            len: self.len + other.len,
            oldest: self.oldest.min(other.oldest),
            newest: self.newest.max(other.newest),
            amended: self.amended + other.amended,
        }
    }

    fn of_slot(slot: Slot) -> Self {
        let reported = slot.place().reported_at().get();
        let amended = usize::from(slot.traits().has(Traits::AMENDED));
        Self { len: 1, oldest: reported, newest: reported, amended }
    }
}

impl Node {
    fn sum(&self) -> Sum {
        match self {
            Self::Leaf(slots) => {
                slots.iter().fold(Sum::NOTHING, |sum, it| sum.and(Sum::of_slot(*it)))
            }
            Self::Inner(children) => children.iter().fold(Sum::NOTHING, |sum, it| sum.and(it.sum)),
        }
    }

    fn first(&self) -> Option<Place> {
        match self {
            Self::Leaf(slots) => slots.first().map(|it| it.place()),
            Self::Inner(children) => children.first().map(|it| it.first),
        }
    }
}

impl Child {
    /// `None` for a node with nothing below it.
    fn of(node: Node) -> Option<Self> {
        Some(Self { first: node.first()?, sum: node.sum(), node: Arc::new(node) })
    }
}

/// Index of the child that holds `place`, or would.
fn child_of(children: &[Child], place: Place) -> usize {
    children.partition_point(|it| it.first <= place).saturating_sub(1)
}

#[cfg(test)]
mod tests;
