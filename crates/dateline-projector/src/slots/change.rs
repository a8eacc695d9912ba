//! Puts slots in and takes them out, copying only what is shared.

use std::sync::Arc;

use super::{Child, FAN, LEAF, Node, Slots, child_of};
use crate::slot::{Place, Slot};

/// Where in the whole set a slot goes: at an end, full nodes are left behind instead of halves.
#[derive(Debug, Clone, Copy)]
enum End {
    Front,
    Within,
    Back,
}

impl Slots {
    /// Puts `slot` in, in place of what stands at its place.
    pub(crate) fn insert(&mut self, slot: Slot) {
        let Some(root) = &mut self.root else {
            self.root = Child::of(Node::Leaf(vec![slot]));
            return;
        };
        let end = if slot.place() < root.first {
            End::Front
        } else if last(root) < slot.place() {
            End::Back
        } else {
            End::Within
        };
        if let Some(right) = insert(root, slot, end) {
            let left = root.clone();
            self.root = Child::of(Node::Inner(vec![left, right]));
        }
    }

    /// Takes out what stands at `place`. Says whether there was something.
    pub(crate) fn remove(&mut self, place: Place) -> bool {
        // A miss must not copy the path to it.
        let found = self.get(place).is_some();
        if let Some(root) = self.root.as_mut().filter(|_| found) {
            remove(root, place);
            if root.sum.len == 0 {
                self.root = None;
            }
        }
        found
    }

    /// What stands at `place`.
    pub(crate) fn get(&self, place: Place) -> Option<Slot> {
        let mut node = &self.root.as_ref()?.node;
        loop {
            match &**node {
                Node::Leaf(slots) => {
                    let at = slots.binary_search_by_key(&place, |it| it.place()).ok()?;
                    return slots.get(at).copied();
                }
                Node::Inner(children) => node = &children.get(child_of(children, place))?.node,
            }
        }
    }
}

fn last(root: &Child) -> Place {
    let mut node = &root.node;
    loop {
        match &**node {
            Node::Leaf(slots) => return slots.last().map_or(root.first, |it| it.place()),
            Node::Inner(children) => match children.last() {
                Some(child) => node = &child.node,
                None => return root.first,
            },
        }
    }
}

/// Gives the node that was split off to the right, where one was.
fn insert(child: &mut Child, slot: Slot, end: End) -> Option<Child> {
    let node = Arc::make_mut(&mut child.node);
    let right = match node {
        Node::Leaf(slots) => {
            match slots.binary_search_by_key(&slot.place(), |it| it.place()) {
                Ok(at) => slots.splice(at..=at, [slot]).for_each(drop),
                Err(at) => slots.insert(at, slot),
            }
            split(slots, LEAF, end).map(Node::Leaf)
        }
        Node::Inner(children) => {
            let at = child_of(children, slot.place());
            let right = children.get_mut(at).and_then(|it| insert(it, slot, end));
            if let Some(right) = right {
                children.insert(at + 1, right);
            }
            split(children, FAN, end).map(Node::Inner)
        }
    };
    child.sum = node.sum();
    child.first = child.first.min(slot.place());
    right.and_then(Child::of)
}

/// What has to leave a list that has grown too long.
fn split<T>(list: &mut Vec<T>, most: usize, end: End) -> Option<Vec<T>> {
    let len = list.len();
    (len > most).then(|| match end {
        End::Front => list.split_off(1),
        End::Within => list.split_off(len / 2),
        End::Back => list.split_off(len - 1),
    })
}

fn remove(child: &mut Child, place: Place) {
    let node = Arc::make_mut(&mut child.node);
    match node {
        Node::Leaf(slots) => slots.retain(|it| it.place() != place),
        Node::Inner(children) => {
            let at = child_of(children, place);
            if let Some(it) = children.get_mut(at) {
                remove(it, place);
            }
            children.retain(|it| it.sum.len > 0);
        }
    }
    child.sum = node.sum();
    child.first = node.first().unwrap_or(child.first);
}
