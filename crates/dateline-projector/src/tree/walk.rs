//! Walks through a tree in both directions, from any place.

use std::ops::Bound;
use std::sync::Arc;

use super::{Node, child_of};

type Inner<'a, K, V> = std::slice::Iter<'a, (K, Arc<Node<K, V>>)>;
type Leaf<'a, K, V> = std::slice::Iter<'a, (K, V)>;

/// Pairs in order.
#[derive(Debug)]
pub(crate) struct Ascending<'a, K, V> {
    inner: Vec<Inner<'a, K, V>>,
    leaf: Leaf<'a, K, V>,
}

impl<'a, K: Ord, V> Ascending<'a, K, V> {
    /// The pairs below `root` from `start` on.
    pub(super) fn new(root: Option<&'a Node<K, V>>, start: Bound<&K>) -> Self {
        let mut walk = Self { inner: Vec::new(), leaf: [].iter() };
        if let Some(root) = root {
            walk.enter(root, start);
        }
        walk
    }

    fn enter(&mut self, mut node: &'a Node<K, V>, start: Bound<&K>) {
        loop {
            match node {
                Node::Leaf(pairs) => {
                    let from = match start {
                        Bound::Unbounded => 0,
                        Bound::Included(key) => pairs.partition_point(|it| it.0 < *key),
                        Bound::Excluded(key) => pairs.partition_point(|it| it.0 <= *key),
                    };
                    self.leaf = pairs.get(from..).unwrap_or_default().iter();
                    return;
                }
                Node::Inner(children) => {
                    let at = match start {
                        Bound::Unbounded => 0,
                        Bound::Included(key) | Bound::Excluded(key) => child_of(children, key),
                    };
                    let mut rest = children.get(at..).unwrap_or_default().iter();
                    let Some((_, child)) = rest.next() else { return };
                    self.inner.push(rest);
                    node = child;
                }
            }
        }
    }
}

impl<'a, K: Ord, V> Iterator for Ascending<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.leaf.next() {
                return Some((key, value));
            }
            match self.inner.last_mut()?.next() {
                Some((_, child)) => self.enter(child, Bound::Unbounded),
                None => {
                    self.inner.pop();
                }
            }
        }
    }
}

/// Pairs in reverse order.
#[derive(Debug)]
pub(crate) struct Descending<'a, K, V> {
    inner: Vec<Inner<'a, K, V>>,
    leaf: Leaf<'a, K, V>,
}

impl<'a, K: Ord, V> Descending<'a, K, V> {
    /// The pairs below `root` from `end` back.
    pub(super) fn new(root: Option<&'a Node<K, V>>, end: Bound<&K>) -> Self {
        let mut walk = Self { inner: Vec::new(), leaf: [].iter() };
        if let Some(root) = root {
            walk.enter(root, end);
        }
        walk
    }

    fn enter(&mut self, mut node: &'a Node<K, V>, end: Bound<&K>) {
        loop {
            match node {
                Node::Leaf(pairs) => {
                    let to = match end {
                        Bound::Unbounded => pairs.len(),
                        Bound::Included(key) => pairs.partition_point(|it| it.0 <= *key),
                        Bound::Excluded(key) => pairs.partition_point(|it| it.0 < *key),
                    };
                    self.leaf = pairs.get(..to).unwrap_or_default().iter();
                    return;
                }
                Node::Inner(children) => {
                    let to = match end {
                        Bound::Unbounded => children.len(),
                        Bound::Included(key) | Bound::Excluded(key) => child_of(children, key) + 1,
                    };
                    let mut rest = children.get(..to).unwrap_or_default().iter();
                    let Some((_, child)) = rest.next_back() else { return };
                    self.inner.push(rest);
                    node = child;
                }
            }
        }
    }
}

impl<'a, K: Ord, V> Iterator for Descending<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.leaf.next_back() {
                return Some((key, value));
            }
            match self.inner.last_mut()?.next_back() {
                Some((_, child)) => self.enter(child, Bound::Unbounded),
                None => {
                    self.inner.pop();
                }
            }
        }
    }
}
