//! The entries of one official or topic, in order: those that count now apart from those that are superseded, so
//! that the present never pays for the past.

use std::iter::Peekable;
use std::ops::Bound;
use std::sync::Arc;

use chrono::NaiveDate;
use dateline_event::Position;

use crate::entry::Entry;
use crate::key::EntryKey;
use crate::slice::Ordered;
use crate::tree::Tree;

type Entries = Tree<EntryKey, Arc<Entry>>;

#[derive(Debug, Clone, Default)]
pub(crate) struct Timeline {
    current: Entries,
    superseded: Entries,
}

impl Timeline {
    /// Number of entries that count.
    pub(crate) const fn len(&self) -> usize {
        self.current.len()
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.current.len() == 0 && self.superseded.len() == 0
    }

    pub(crate) fn insert(&mut self, entry: Arc<Entry>) {
        let list = match entry.superseded() {
            None => &mut self.current,
            Some(_) => &mut self.superseded,
        };
        list.insert(entry.key(), entry);
    }

    pub(crate) fn remove(&mut self, entry: &Entry) {
        match entry.superseded() {
            None => self.current.remove(&entry.key()),
            Some(_) => self.superseded.remove(&entry.key()),
        };
    }

    /// Every entry, superseded ones included, in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<Entry>> {
        let (current, superseded) = (self.current.iter(), self.superseded.iter());
        merge(current, superseded, |a, b| a < b).map(|(_, entry)| entry)
    }

    /// The entries from `from` to `to` that counted at `as_of`, or count now.
    pub(crate) fn filtered(
        &self,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        as_of: Option<Position>,
    ) -> Filtered<'_> {
        let first = to.map(EntryKey::first_of);
        let end = match (from, to) {
            (Some(from), _) => from.pred_opt().map(EntryKey::first_of),
            (None, Some(_)) => Some(EntryKey::first_without_day()),
            (None, None) => None,
        };
        Filtered { timeline: self, first, end, as_of }
    }
}

/// Some of the entries of a timeline.
#[derive(Debug)]
pub(crate) struct Filtered<'a> {
    timeline: &'a Timeline,
    /// No entry before this key.
    first: Option<EntryKey>,
    /// No entry from this key on.
    end: Option<EntryKey>,
    as_of: Option<Position>,
}

impl Filtered<'_> {
    fn counts(&self, entry: &Entry) -> bool {
        self.as_of.is_none_or(|at| entry.reading().counts_at(at))
    }
}

impl Ordered for Filtered<'_> {
    type Key = EntryKey;
    type Item = Arc<Entry>;

    fn ascending(&self, start: Bound<&EntryKey>) -> impl Iterator<Item = (EntryKey, Arc<Entry>)> {
        let start = match (self.first.as_ref(), start) {
            (Some(first), Bound::Included(it) | Bound::Excluded(it)) if it >= first => start,
            (Some(first), _) => Bound::Included(first),
            (None, _) => start,
        };
        let superseded = self.as_of.map(|_| self.timeline.superseded.ascending(start));
        let current = self.timeline.current.ascending(start);
        merge(current, superseded.into_iter().flatten(), |a, b| a < b)
            .take_while(|(key, _)| self.end.is_none_or(|end| **key < end))
            .filter(|(_, entry)| self.counts(entry))
            .map(|(key, entry)| (*key, Arc::clone(entry)))
    }

    fn descending(&self, end: Bound<&EntryKey>) -> impl Iterator<Item = (EntryKey, Arc<Entry>)> {
        let end = match (self.end.as_ref(), end) {
            (Some(last), Bound::Included(it) | Bound::Excluded(it)) if it < last => end,
            (Some(last), _) => Bound::Excluded(last),
            (None, _) => end,
        };
        let superseded = self.as_of.map(|_| self.timeline.superseded.descending(end));
        let current = self.timeline.current.descending(end);
        merge(current, superseded.into_iter().flatten(), |a, b| a > b)
            .take_while(|(key, _)| self.first.is_none_or(|first| **key >= first))
            .filter(|(_, entry)| self.counts(entry))
            .map(|(key, entry)| (*key, Arc::clone(entry)))
    }
}

/// Two ordered lists as one; `before` says which of two keys comes first.
fn merge<'a, A, B>(left: A, right: B, before: fn(&EntryKey, &EntryKey) -> bool) -> Merge<A, B>
where
    A: Iterator<Item = (&'a EntryKey, &'a Arc<Entry>)>,
    B: Iterator<Item = (&'a EntryKey, &'a Arc<Entry>)>,
{
    Merge { left: left.peekable(), right: right.peekable(), before }
}

struct Merge<A: Iterator, B: Iterator> {
    left: Peekable<A>,
    right: Peekable<B>,
    before: fn(&EntryKey, &EntryKey) -> bool,
}

impl<'a, A, B> Iterator for Merge<A, B>
where
    A: Iterator<Item = (&'a EntryKey, &'a Arc<Entry>)>,
    B: Iterator<Item = (&'a EntryKey, &'a Arc<Entry>)>,
{
    type Item = (&'a EntryKey, &'a Arc<Entry>);

    fn next(&mut self) -> Option<Self::Item> {
        match (self.left.peek(), self.right.peek()) {
            (Some((a, _)), Some((b, _))) if (self.before)(b, a) => self.right.next(),
            (None, _) => self.right.next(),
            (Some(_), _) => self.left.next(),
        }
    }
}
