//! A place in a timeline that moves in one direction, a step or a leap at a time.

use super::{Child, Node, Slots, child_of};
use crate::slot::{Place, Slot};

/// Which way a cursor moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// In the order of the timeline.
    Forward,
    /// Against it.
    Backward,
}

/// Moves over the slots of one timeline.
#[derive(Debug, Clone)]
pub(crate) struct Cursor<'a> {
    root: Option<&'a Child>,
    direction: Direction,
    /// Leaves in which every story was reported behind this position are left out. Single slots are not.
    until: u64,
    /// The inner nodes on the way to `leaf`, each with the children that are still to come.
    path: Vec<&'a [Child]>,
    /// The slots of the leaf that are still to come.
    leaf: &'a [Slot],
}

impl<'a> Cursor<'a> {
    /// A cursor at the start of its way.
    pub(crate) fn new(slots: &'a Slots, direction: Direction, until: Option<u64>) -> Self {
        let until = until.unwrap_or(u64::MAX);
        let mut cursor =
            Self { root: slots.root.as_ref(), direction, until, path: Vec::new(), leaf: &[] };
        cursor.leap(match direction {
            Direction::Forward => None,
            Direction::Backward => Some(Place::END),
        });
        cursor
    }

    /// The slot at the cursor; `None` at the end of the way.
    pub(crate) fn peek(&self) -> Option<Slot> {
        match self.direction {
            Direction::Forward => self.leaf.first().copied(),
            Direction::Backward => self.leaf.last().copied(),
        }
    }

    /// Moves on by one slot.
    pub(crate) fn step(&mut self) {
        let rest = match self.direction {
            Direction::Forward => self.leaf.split_first().map(|it| it.1),
            Direction::Backward => self.leaf.split_last().map(|it| it.1),
        };
        self.leaf = rest.unwrap_or_default();
        if self.leaf.is_empty() {
            self.next_leaf();
        }
    }

    /// Moves on to the first slot of its way that stands at `place` or beyond it.
    pub(crate) fn seek(&mut self, place: Place) {
        match self.direction {
            Direction::Forward if self.leaf.last().is_some_and(|it| it.place() >= place) => {
                let at = self.leaf.partition_point(|it| it.place() < place);
                self.leaf = self.leaf.get(at..).unwrap_or_default();
            }
            Direction::Backward if self.leaf.first().is_some_and(|it| it.place() <= place) => {
                let at = self.leaf.partition_point(|it| it.place() <= place);
                self.leaf = self.leaf.get(..at).unwrap_or_default();
            }
            Direction::Forward | Direction::Backward => {
                if self.peek().is_some() {
                    self.leap(Some(place));
                }
            }
        }
    }

    /// Goes to `place` from the root, or to the start of the way.
    fn leap(&mut self, place: Option<Place>) {
        self.path.clear();
        self.leaf = &[];
        let Some(mut child) = self.root else { return };
        loop {
            if child.sum.oldest > self.until {
                break;
            }
            match &*child.node {
                Node::Leaf(slots) => {
                    self.leaf = match (self.direction, place) {
                        (_, None) => slots,
                        (Direction::Forward, Some(place)) => {
                            let at = slots.partition_point(|it| it.place() < place);
                            slots.get(at..).unwrap_or_default()
                        }
                        (Direction::Backward, Some(place)) => {
                            let at = slots.partition_point(|it| it.place() <= place);
                            slots.get(..at).unwrap_or_default()
                        }
                    };
                    break;
                }
                Node::Inner(children) => {
                    let at = place.map_or(0, |it| child_of(children, it));
                    let Some(next) = children.get(at) else { break };
                    self.path.push(match self.direction {
                        Direction::Forward => children.get(at + 1..).unwrap_or_default(),
                        Direction::Backward => children.get(..at).unwrap_or_default(),
                    });
                    child = next;
                }
            }
        }
        if self.leaf.is_empty() {
            self.next_leaf();
        }
    }

    /// Goes to the next leaf that has anything for this way.
    fn next_leaf(&mut self) {
        while let Some(rest) = self.path.last_mut() {
            let next = match self.direction {
                Direction::Forward => rest.split_first(),
                Direction::Backward => rest.split_last(),
            };
            let Some((child, others)) = next else {
                self.path.pop();
                continue;
            };
            *rest = others;
            if child.sum.oldest > self.until {
                continue;
            }
            match &*child.node {
                Node::Leaf(slots) => {
                    self.leaf = slots;
                    return;
                }
                Node::Inner(children) => self.path.push(children),
            }
        }
    }
}
