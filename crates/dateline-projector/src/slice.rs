//! Cuts a page out of an ordered list, from either end, and says whether there is more on either side.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::page::{Page, Slice, Take};
use crate::tree::Tree;

/// A list in the order of its keys that can be walked from any place in both directions.
pub(crate) trait Ordered {
    /// What the list is ordered by.
    type Key: Ord;
    /// What it holds.
    type Item;

    /// Keys and items in order, from `start` on.
    fn ascending(&self, start: Bound<&Self::Key>) -> impl Iterator<Item = (Self::Key, Self::Item)>;

    /// Keys and items in reverse order, from `end` back.
    fn descending(&self, end: Bound<&Self::Key>) -> impl Iterator<Item = (Self::Key, Self::Item)>;
}

/// The part of `list` that `part` asks for.
pub(crate) fn slice<L: Ordered>(list: &L, part: &Slice<L::Key>) -> Page<L::Item> {
    let (after, before) = (part.after.as_ref(), part.before.as_ref());
    let left_out_before =
        || after.is_some_and(|it| list.descending(Bound::Included(it)).next().is_some());
    let left_out_behind =
        || before.is_some_and(|it| list.ascending(Bound::Included(it)).next().is_some());
    match part.take {
        Take::First(limit) => {
            let all = list.ascending(part.start());
            let mut rest = all.take_while(|(key, _)| before.is_none_or(|it| key < it));
            let items = rest.by_ref().take(limit).map(|(_, item)| item).collect();
            let has_next = rest.next().is_some() || left_out_behind();
            Page { items, has_next, has_previous: left_out_before() }
        }
        Take::Last(limit) => {
            let all = list.descending(part.end());
            let mut rest = all.take_while(|(key, _)| after.is_none_or(|it| key > it));
            let mut items: Vec<_> = rest.by_ref().take(limit).map(|(_, item)| item).collect();
            items.reverse();
            let has_previous = rest.next().is_some() || left_out_before();
            Page { items, has_next: left_out_behind(), has_previous }
        }
    }
}

impl<'a, K: Ord + Clone, V> Ordered for &'a BTreeMap<K, V> {
    type Key = K;
    type Item = (&'a K, &'a V);

    fn ascending(&self, start: Bound<&K>) -> impl Iterator<Item = (K, Self::Item)> {
        self.range((start, Bound::Unbounded)).map(|pair| (pair.0.clone(), pair))
    }

    fn descending(&self, end: Bound<&K>) -> impl Iterator<Item = (K, Self::Item)> {
        self.range((Bound::Unbounded, end)).rev().map(|pair| (pair.0.clone(), pair))
    }
}

impl<'a, K: Ord + Clone, V: Clone> Ordered for &'a Tree<K, V> {
    type Key = K;
    type Item = (&'a K, &'a V);

    fn ascending(&self, start: Bound<&K>) -> impl Iterator<Item = (K, Self::Item)> {
        Tree::ascending(self, start).map(|pair| (pair.0.clone(), pair))
    }

    fn descending(&self, end: Bound<&K>) -> impl Iterator<Item = (K, Self::Item)> {
        Tree::descending(self, end).map(|pair| (pair.0.clone(), pair))
    }
}
