//! An ordered map whose copies share what they have in common.
//!
//! A copy costs one reference count. A change to a map that shares its nodes copies the path to the change, a few
//! hundred bytes a level; a change to one that does not is made in place. So a view can be published after every
//! event while readers keep the ones before it. It is a B+ tree without rebalancing on removal: entries leave it
//! rarely, and a node that runs empty is dropped.

use std::ops::Bound;
use std::sync::Arc;

/// Most pairs in a leaf, and most children of an inner node.
const CAPACITY: usize = 64;

#[derive(Debug, Clone)]
pub(crate) struct Tree<K, V> {
    root: Option<Arc<Node<K, V>>>,
    len: usize,
}

#[derive(Debug, Clone)]
enum Node<K, V> {
    Leaf(Vec<(K, V)>),
    /// Children with the smallest key of each.
    Inner(Vec<(K, Arc<Self>)>),
}

impl<K, V> Default for Tree<K, V> {
    fn default() -> Self {
        Self { root: None, len: 0 }
    }
}

impl<K: Ord + Clone, V: Clone> Tree<K, V> {
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        let mut node = self.root.as_deref()?;
        loop {
            match node {
                Node::Leaf(pairs) => {
                    let at = pairs.binary_search_by(|it| it.0.cmp(key)).ok()?;
                    return pairs.get(at).map(|it| &it.1);
                }
                Node::Inner(children) => node = &children.get(child_of(children, key))?.1,
            }
        }
    }

    /// Puts `value` under `key` and gives back what was there.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let root = self.root.get_or_insert_with(|| Arc::new(Node::Leaf(Vec::new())));
        let (old, split) = insert(Arc::make_mut(root), key, value);
        if let (Some(right), Some(first)) = (split, smallest(root)) {
            let left = (first, Arc::clone(root));
            *root = Arc::new(Node::Inner(vec![left, right]));
        }
        self.len += usize::from(old.is_none());
        old
    }

    /// Takes out what is under `key`.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        // A miss must not copy the path to it.
        self.get(key)?;
        let root = self.root.as_mut()?;
        let old = remove(Arc::make_mut(root), key);
        if root.is_empty() {
            self.root = None;
        }
        self.len -= usize::from(old.is_some());
        old
    }

    /// Pairs in order, from `start` on.
    pub(crate) fn ascending(&self, start: Bound<&K>) -> Ascending<'_, K, V> {
        let mut walk = Ascending { inner: Vec::new(), leaf: [].iter() };
        if let Some(root) = self.root.as_deref() {
            walk.enter(root, start);
        }
        walk
    }

    /// Pairs in reverse order, from `end` back.
    pub(crate) fn descending(&self, end: Bound<&K>) -> Descending<'_, K, V> {
        let mut walk = Descending { inner: Vec::new(), leaf: [].iter() };
        if let Some(root) = self.root.as_deref() {
            walk.enter(root, end);
        }
        walk
    }

    /// All pairs in order.
    pub(crate) fn iter(&self) -> Ascending<'_, K, V> {
        self.ascending(Bound::Unbounded)
    }
}

impl<K, V> Node<K, V> {
    const fn is_empty(&self) -> bool {
        match self {
            Self::Leaf(pairs) => pairs.is_empty(),
            Self::Inner(children) => children.is_empty(),
        }
    }
}

/// Index of the child that holds `key`, or would.
fn child_of<K: Ord, N>(children: &[(K, N)], key: &K) -> usize {
    children.partition_point(|it| it.0 <= *key).saturating_sub(1)
}

fn smallest<K: Clone, V>(node: &Node<K, V>) -> Option<K> {
    match node {
        Node::Leaf(pairs) => pairs.first().map(|it| it.0.clone()),
        Node::Inner(children) => children.first().map(|it| it.0.clone()),
    }
}

/// A node that was split off to the right, with its smallest key.
type Split<K, V> = Option<(K, Arc<Node<K, V>>)>;

fn insert<K: Ord + Clone, V: Clone>(
    node: &mut Node<K, V>,
    key: K,
    value: V,
) -> (Option<V>, Split<K, V>) {
    match node {
        Node::Leaf(pairs) => match pairs.binary_search_by(|it| it.0.cmp(&key)) {
            Ok(at) => (pairs.get_mut(at).map(|it| std::mem::replace(&mut it.1, value)), None),
            Err(at) => {
                pairs.insert(at, (key, value));
                (None, split(pairs).and_then(|it| with_key(Node::Leaf(it))))
            }
        },
        Node::Inner(children) => {
            let at = child_of(children, &key);
            let Some((first, child)) = children.get_mut(at) else { return (None, None) };
            if key < *first {
                first.clone_from(&key);
            }
            let (old, right) = insert(Arc::make_mut(child), key, value);
            if let Some(right) = right {
                children.insert(at + 1, right);
            }
            (old, split(children).and_then(|it| with_key(Node::Inner(it))))
        }
    }
}

/// The upper half of a list that has grown too long. A list that only grows at its end keeps its nodes nearly full,
/// since then only the last pair moves.
fn split<T>(list: &mut Vec<T>) -> Option<Vec<T>> {
    (list.len() > CAPACITY).then(|| list.split_off(CAPACITY / 2))
}

fn with_key<K: Clone, V>(node: Node<K, V>) -> Split<K, V> {
    Some((smallest(&node)?, Arc::new(node)))
}

fn remove<K: Ord + Clone, V: Clone>(node: &mut Node<K, V>, key: &K) -> Option<V> {
    match node {
        Node::Leaf(pairs) => {
            let at = pairs.binary_search_by(|it| it.0.cmp(key)).ok()?;
            Some(pairs.remove(at).1)
        }
        Node::Inner(children) => {
            let at = child_of(children, key);
            let child = &mut children.get_mut(at)?.1;
            let old = remove(Arc::make_mut(child), key);
            if child.is_empty() {
                children.remove(at);
            }
            old
        }
    }
}

type Inner<'a, K, V> = std::slice::Iter<'a, (K, Arc<Node<K, V>>)>;
type Leaf<'a, K, V> = std::slice::Iter<'a, (K, V)>;

/// Pairs in order.
#[derive(Debug)]
pub(crate) struct Ascending<'a, K, V> {
    inner: Vec<Inner<'a, K, V>>,
    leaf: Leaf<'a, K, V>,
}

impl<'a, K: Ord, V> Ascending<'a, K, V> {
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
