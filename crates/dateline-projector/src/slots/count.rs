//! Counts a range without a walk over it.

use std::ops::Range;

use super::{Child, Node, Slots};
use crate::slot::{Place, Slot, Traits};

/// A past state of the record, as far as a slot shows it.
pub(crate) struct Past<'a> {
    /// Last position that it knows.
    pub(crate) until: u64,
    /// Whether an amended slot counted then; asked only for stories that had been reported.
    pub(crate) counted: &'a dyn Fn(Slot) -> bool,
}

impl Past<'_> {
    /// Whether `slot` counted then.
    pub(crate) fn has(&self, slot: Slot) -> bool {
        slot.place().reported_at().get() <= self.until
            && (!slot.traits().has(Traits::AMENDED) || (self.counted)(slot))
    }
}

impl Slots {
    /// How many slots stand in `range`, in the present or in a past state. The present takes a path down the tree. A
    /// past state also looks into the leaves in which stories from before and after it stand side by side.
    pub(crate) fn count(&self, range: Range<Place>, past: Option<&Past<'_>>) -> usize {
        self.root.as_ref().map_or(0, |it| count(it, &(it.first..Place::END), &range, past))
    }
}

/// Counts below `child`, whose slots all stand in `within`.
fn count(
    child: &Child,
    within: &Range<Place>,
    range: &Range<Place>,
    past: Option<&Past<'_>>,
) -> usize {
    if within.end <= range.start || range.end <= within.start {
        return 0;
    }
    let none_yet = past.is_some_and(|it| child.sum.oldest > it.until);
    let all = past.is_none_or(|it| child.sum.newest <= it.until && child.sum.amended == 0);
    if none_yet {
        return 0;
    }
    if all && range.start <= within.start && within.end <= range.end {
        return child.sum.len;
    }
    match &*child.node {
        Node::Leaf(slots) => {
            let from = slots.partition_point(|it| it.place() < range.start);
            let to = slots.partition_point(|it| it.place() < range.end);
            let inside = slots.get(from..to).unwrap_or_default();
            past.map_or(inside.len(), |past| inside.iter().filter(|it| past.has(**it)).count())
        }
        Node::Inner(children) => {
            let ends = children.iter().skip(1).map(|it| it.first).chain([within.end]);
            let spans = children.iter().zip(ends);
            spans.map(|(it, end)| count(it, &(it.first..end), range, past)).sum()
        }
    }
}
