//! The mentions of a story by the bytes at which they start and end, so that a token is asked for its mention without
//! walking through all of them.

use std::ops::Range;

use crate::people::Mention;

/// All mentions of a story.
#[derive(Debug)]
pub(super) struct Mentions<'a> {
    list: &'a [Mention],
    /// Where each starts, with its office and without, and its place in the list; in order.
    starts: Vec<(usize, usize)>,
    /// The same for where each ends.
    ends: Vec<(usize, usize)>,
}

impl<'a> Mentions<'a> {
    pub(super) fn of(list: &'a [Mention]) -> Self {
        let both = |border: fn(&Range<usize>) -> usize| {
            let mut places: Vec<(usize, usize)> = Vec::with_capacity(2 * list.len());
            for (place, it) in list.iter().enumerate() {
                places.push((border(&it.whole), place));
                places.push((border(&it.range), place));
            }
            places.sort_unstable();
            places
        };
        Self { list, starts: both(|it| it.start), ends: both(|it| it.end) }
    }

    /// Places in the list of those that touch `range`.
    pub(super) fn places_in(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.list.partition_point(|it| it.range.end <= range.start);
        let end = self.list.partition_point(|it| it.range.start < range.end);
        start..end.max(start)
    }

    /// The mentions that touch `range`, in the order of the text.
    pub(super) fn touching(&self, range: &Range<usize>) -> &'a [Mention] {
        self.list.get(self.places_in(range)).unwrap_or_default()
    }

    /// The first of the mentions at `places` that starts at byte `at`.
    pub(super) fn starting(&self, places: &Range<usize>, at: usize) -> Option<&'a Mention> {
        self.first(&self.starts, places, at)
    }

    /// The first of the mentions at `places` that ends at byte `at`.
    pub(super) fn ending(&self, places: &Range<usize>, at: usize) -> Option<&'a Mention> {
        self.first(&self.ends, places, at)
    }

    fn first(
        &self,
        borders: &[(usize, usize)],
        places: &Range<usize>,
        at: usize,
    ) -> Option<&'a Mention> {
        let from = borders.partition_point(|it| *it < (at, places.start));
        let (byte, place) = borders.get(from)?;
        (*byte == at && *place < places.end).then(|| self.list.get(*place)).flatten()
    }

    /// The bytes in `range` at which a mention starts, in order; one may come twice.
    pub(super) fn starts_in(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let from = self.starts.partition_point(|it| it.0 < range.start);
        let behind = self.starts.get(from..).unwrap_or_default().iter();
        behind.map(|it| it.0).take_while(move |it| *it < range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::MentionKind;

    fn mention(whole: Range<usize>, range: Range<usize>) -> Mention {
        Mention { range, whole, person: None, kind: MentionKind::Name }
    }

    #[test]
    fn a_mention_is_found_by_the_start_of_its_office_and_of_its_name() {
        let list = [mention(4..20, 10..20), mention(30..40, 30..36)];
        let mentions = Mentions::of(&list);
        let all = 0..2;
        assert_eq!(mentions.starting(&all, 4), list.first());
        assert_eq!(mentions.starting(&all, 10), list.first());
        assert_eq!(mentions.starting(&all, 5), None);
        assert_eq!(mentions.ending(&all, 36), list.last());
        assert_eq!(mentions.starting(&(1..2), 4), None, "it lies outside of the places asked for");
        assert_eq!(mentions.touching(&(18..31)).len(), 2);
        assert_eq!(mentions.starts_in(5..31).collect::<Vec<_>>(), [10, 30, 30]);
    }
}
