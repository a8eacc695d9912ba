//! An ordered map whose copies share what they have in common.
//!
//! A copy costs one reference count. A change to a map that shares its nodes copies the path to the change, a few
//! hundred bytes a level; a change to one that does not is made in place. So a view can be published after every
//! event while readers keep the ones before it. It is a B+ tree without rebalancing on removal: entries leave it
//! rarely, and a node that runs empty is dropped.

mod walk;

use std::ops::Bound;
use std::sync::Arc;

use walk::{Ascending, Descending};

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

    /// What is under `key`, to be changed in place.
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        // A miss must not copy the path to it.
        self.get(key)?;
        let mut node = Arc::make_mut(self.root.as_mut()?);
        loop {
            match node {
                Node::Leaf(pairs) => {
                    let at = pairs.binary_search_by(|it| it.0.cmp(key)).ok()?;
                    return pairs.get_mut(at).map(|it| &mut it.1);
                }
                Node::Inner(children) => {
                    let at = child_of(children, key);
                    node = Arc::make_mut(&mut children.get_mut(at)?.1);
                }
            }
        }
    }

    /// The map of `pairs`, which are in order and have each key once, with full nodes.
    pub(crate) fn from_sorted(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut pairs = pairs.into_iter().peekable();
        let (mut len, mut level) = (0, Vec::new());
        while pairs.peek().is_some() {
            let leaf: Vec<_> = pairs.by_ref().take(CAPACITY).collect();
            len += leaf.len();
            level.extend(with_key(Node::Leaf(leaf)));
        }
        while level.len() > 1 {
            let mut nodes = level.into_iter().peekable();
            level = Vec::new();
            while nodes.peek().is_some() {
                level.extend(with_key(Node::Inner(nodes.by_ref().take(CAPACITY).collect())));
            }
        }
        Self { root: level.pop().map(|it| it.1), len }
    }

    /// What is under `key`, to be changed in place; a new value where there was none.
    pub(crate) fn get_mut_or_insert(&mut self, key: &K) -> &mut V
    where
        V: Default,
    {
        if self.get(key).is_none() {
            self.insert(key.clone(), V::default());
        }
        self.get_mut(key).expect("it was just put there")
    }

    /// Puts `value` under `key` and gives back what was there.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let root = self.root.get_or_insert_with(|| Arc::new(Node::Leaf(Vec::new())));
        let growth = Growth::of(root, &key);
        let (old, split) = insert(Arc::make_mut(root), key, value, growth);
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
        Ascending::new(self.root.as_deref(), start)
    }

    /// Pairs in reverse order, from `end` back.
    pub(crate) fn descending(&self, end: Bound<&K>) -> Descending<'_, K, V> {
        Descending::new(self.root.as_deref(), end)
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

/// Where in the whole map a key goes.
#[derive(Debug, Clone, Copy)]
enum Growth {
    /// Before all others.
    Front,
    /// Between others, or in the place of one.
    Within,
    /// Behind all others.
    Back,
}

impl Growth {
    fn of<K: Ord, V>(root: &Node<K, V>, key: &K) -> Self {
        let (mut first, mut last) = (root, root);
        while let Node::Inner(children) = first
            && let Some((_, child)) = children.first()
        {
            first = child;
        }
        while let Node::Inner(children) = last
            && let Some((_, child)) = children.last()
        {
            last = child;
        }
        match (first, last) {
            (Node::Leaf(pairs), _) if pairs.first().is_some_and(|it| key < &it.0) => Self::Front,
            (_, Node::Leaf(pairs)) if pairs.last().is_some_and(|it| key > &it.0) => Self::Back,
            (Node::Leaf(_) | Node::Inner(_), _) => Self::Within,
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
    growth: Growth,
) -> (Option<V>, Split<K, V>) {
    match node {
        Node::Leaf(pairs) => match pairs.binary_search_by(|it| it.0.cmp(&key)) {
            Ok(at) => (pairs.get_mut(at).map(|it| std::mem::replace(&mut it.1, value)), None),
            Err(at) => {
                pairs.insert(at, (key, value));
                (None, split(pairs, growth).and_then(|it| with_key(Node::Leaf(it))))
            }
        },
        Node::Inner(children) => {
            let at = child_of(children, &key);
            let Some((first, child)) = children.get_mut(at) else { return (None, None) };
            if key < *first {
                first.clone_from(&key);
            }
            let (old, right) = insert(Arc::make_mut(child), key, value, growth);
            let Some(right) = right else { return (old, None) };
            children.insert(at + 1, right);
            (old, split(children, growth).and_then(|it| with_key(Node::Inner(it))))
        }
    }
}

/// What has to leave a list that has grown too long: the upper half; but of a map that grows at one end only one
/// item, so that it leaves full nodes behind.
fn split<T>(list: &mut Vec<T>, growth: Growth) -> Option<Vec<T>> {
    let len = list.len();
    (len > CAPACITY).then(|| match growth {
        Growth::Front => list.split_off(1),
        Growth::Within => list.split_off(len / 2),
        Growth::Back => list.split_off(len - 1),
    })
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone)]
    enum Change {
        Insert(u16),
        Remove(u16),
        /// Keeps a copy, which must not change any more.
        Copy,
    }

    fn changes() -> impl Strategy<Value = Vec<Change>> {
        let change = prop_oneof![
            6 => (0..600_u16).prop_map(Change::Insert),
            3 => (0..600_u16).prop_map(Change::Remove),
            1 => Just(Change::Copy),
        ];
        prop::collection::vec(change, 0..900)
    }

    fn pairs(tree: &Tree<u16, usize>) -> Vec<(u16, usize)> {
        tree.iter().map(|(key, value)| (*key, *value)).collect()
    }

    /// Pairs in each leaf, in order.
    fn leaves<K, V>(node: &Node<K, V>) -> Vec<usize> {
        match node {
            Node::Leaf(pairs) => vec![pairs.len()],
            Node::Inner(children) => children.iter().flat_map(|(_, it)| leaves(it)).collect(),
        }
    }

    #[test]
    fn a_map_that_grows_at_one_end_leaves_full_nodes_behind() {
        for keys in [(0..1000).collect::<Vec<u16>>(), (0..1000).rev().collect()] {
            let mut tree = Tree::default();
            for key in keys {
                tree.insert(key, 0);
            }
            assert_eq!(leaves(tree.root.as_ref().unwrap()).len(), 1000_usize.div_ceil(CAPACITY));
        }
    }

    #[test]
    fn a_run_against_the_order_in_the_middle_leaves_no_node_nearly_empty() {
        let mut tree = Tree::default();
        for key in (0..1000_u16).chain(5000..6000).chain((1000..5000).rev()) {
            tree.insert(key, 0);
        }
        let leaves = leaves(tree.root.as_ref().unwrap());
        assert!(leaves.len() < 2 * 6000 / CAPACITY + 2, "{leaves:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn it_behaves_as_an_ordered_map_and_copies_never_change(
            changes in changes(),
            place in 0..600_u16,
        ) {
            let (mut tree, mut model) = (Tree::default(), BTreeMap::new());
            let mut copies = Vec::new();
            for (at, change) in changes.into_iter().enumerate() {
                match change {
                    Change::Insert(key) => {
                        prop_assert_eq!(tree.insert(key, at), model.insert(key, at));
                    }
                    Change::Remove(key) => prop_assert_eq!(tree.remove(&key), model.remove(&key)),
                    Change::Copy => copies.push((tree.clone(), pairs(&tree))),
                }
            }
            prop_assert_eq!(tree.len(), model.len());
            prop_assert_eq!(pairs(&tree), model.clone().into_iter().collect::<Vec<_>>());
            let built = Tree::from_sorted(model.clone());
            prop_assert_eq!((built.len(), pairs(&built)), (model.len(), pairs(&tree)));
            for bound in [Bound::Included(&place), Bound::Excluded(&place), Bound::Unbounded] {
                let up: Vec<_> = tree.ascending(bound).collect();
                prop_assert_eq!(up, model.range((bound, Bound::Unbounded)).collect::<Vec<_>>());
                let down: Vec<_> = tree.descending(bound).collect();
                let wanted: Vec<_> = model.range((Bound::Unbounded, bound)).rev().collect();
                prop_assert_eq!(down, wanted);
            }
            if let Some(value) = tree.get_mut(&place) {
                *value = 0;
            }
            prop_assert_eq!(tree.get(&place).copied(), model.get(&place).map(|_| 0));
            for (copy, then) in copies {
                prop_assert_eq!(pairs(&copy), then);
            }
        }
    }
}
