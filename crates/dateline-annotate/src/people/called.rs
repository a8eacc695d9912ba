//! Who is called by a key in a story, and where: what linking asks of surnames and given names.

/// A person who is called by some key.
#[derive(Debug)]
pub(super) struct Called {
    /// Place in [`super::link::Linked::drafts`].
    pub(super) draft: usize,
    /// First tokens of the names: a few runs, each in the order of the text.
    starts: Vec<Vec<usize>>,
}

impl Called {
    pub(super) fn new(draft: usize, start: usize) -> Self {
        Self { draft, starts: vec![vec![start]] }
    }

    pub(super) fn add(&mut self, start: usize) {
        match self.starts.last_mut().filter(|it| it.last().is_none_or(|last| *last <= start)) {
            Some(run) => run.push(start),
            None => self.starts.push(vec![start]),
        }
    }

    /// How far before token `at` the last of the names starts that do; the most there is where none does.
    pub(super) fn distance(&self, at: usize) -> usize {
        let last = |run: &Vec<usize>| {
            let next = run.partition_point(|it| *it <= at);
            next.checked_sub(1).and_then(|it| run.get(it)).copied()
        };
        self.starts.iter().filter_map(last).max().map_or(usize::MAX, |it| at - it)
    }
}

/// Whose given name a key is in a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearer {
    /// Of this draft alone.
    One(usize),
    /// Of more than one.
    Several,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_before_a_place_counts_whatever_the_order_in_which_names_came() {
        let mut called = Called::new(0, 40);
        for start in [90, 10, 60] {
            called.add(start);
        }
        assert_eq!(called.distance(70), 10);
        assert_eq!(called.distance(60), 0);
        assert_eq!(called.distance(9), usize::MAX);
    }
}
