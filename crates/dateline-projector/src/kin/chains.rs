//! Finds the latest texts that have a key, in bounded time and memory.
//!
//! A chain for each bucket of keys leads from the newest text back to older ones, as in the dictionaries of LZ77
//! compressors: putting a text in is one write a key, and texts that are too old fall off by themselves.

/// Buckets of a chain: a power of two near the number of keys that are live.
const BUCKETS: usize = 1 << 20;

/// Keys of texts, `SLOTS` each. Texts are numbered from 1 in the order in which they came.
#[derive(Debug, Clone)]
pub(crate) struct Chains<const SLOTS: usize> {
    heads: Vec<u64>,
    /// A ring over the live texts: their keys, each with the place of the one before it in its bucket.
    ring: Vec<[(u32, u64); SLOTS]>,
    live: usize,
}

impl<const SLOTS: usize> Chains<SLOTS> {
    /// Chains over the latest `live` texts.
    pub(crate) const fn new(live: usize) -> Self {
        Self { heads: Vec::new(), ring: Vec::new(), live }
    }

    /// Chains over as many texts as can be live, all of which are yet to be put in.
    pub(crate) fn full(live: usize) -> Self {
        Self { ring: vec![[(0, 0); SLOTS]; live], ..Self::new(live) }
    }

    /// The keys of text `number`, which is live; zero for none.
    pub(crate) fn keys(&self, number: u32) -> [u32; SLOTS] {
        self.ring.get(self.at(number)).map_or([0; SLOTS], |it| it.map(|(key, _)| key))
    }

    /// Puts text `number` in, which follows the last one that was. A key of zero is none.
    pub(crate) fn insert(&mut self, number: u32, keys: &[u32; SLOTS]) {
        if self.heads.is_empty() {
            // Zeroed pages that nothing touches cost nothing.
            self.heads = vec![0; BUCKETS];
        }
        let mut links = [(0, 0); SLOTS];
        for (slot, (link, key)) in links.iter_mut().zip(keys).enumerate() {
            let head = (*key != 0).then(|| self.heads.get_mut(bucket(*key))).flatten();
            if let Some(head) = head {
                *link = (*key, std::mem::replace(head, place::<SLOTS>(number, slot)));
            }
        }
        let at = self.at(number);
        match self.ring.get_mut(at) {
            Some(old) => *old = links,
            None => self.ring.push(links),
        }
    }

    /// The texts with `key`, the newest first, after a look at no more than `steps`; `newest` is the number of the
    /// newest text.
    pub(crate) fn find(&self, key: u32, newest: u32, steps: usize) -> impl Iterator<Item = u32> {
        let head = if key == 0 { 0 } else { self.heads.get(bucket(key)).copied().unwrap_or(0) };
        let mut next = head;
        let walk = std::iter::from_fn(move || {
            let (number, slot) = of_place::<SLOTS>(next);
            if number == 0 || !self.is_live(number, newest) {
                return None;
            }
            let (its, before) = self.ring.get(self.at(number)).and_then(|it| it.get(slot))?;
            next = *before;
            Some((number, *its))
        });
        walk.take(steps).filter(move |(_, its)| *its == key).map(|(number, _)| number)
    }

    fn is_live(&self, number: u32, newest: u32) -> bool {
        usize::try_from(newest.saturating_sub(number)).is_ok_and(|it| it < self.live)
    }

    fn at(&self, number: u32) -> usize {
        usize::try_from(number).map_or(0, |it| it.saturating_sub(1) % self.live)
    }
}

fn bucket(key: u32) -> usize {
    usize::try_from(key).map_or(0, |it| it & (BUCKETS - 1))
}

fn place<const SLOTS: usize>(number: u32, slot: usize) -> u64 {
    let (slot, slots) = (u64::try_from(slot).unwrap_or(0), u64::try_from(SLOTS).unwrap_or(1));
    u64::from(number) * slots + slot
}

fn of_place<const SLOTS: usize>(place: u64) -> (u32, usize) {
    let slots = u64::try_from(SLOTS).unwrap_or(1);
    let number = u32::try_from(place / slots).unwrap_or(0);
    (number, usize::try_from(place % slots).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(chains: &Chains<2>, key: u32, newest: u32) -> Vec<u32> {
        chains.find(key, newest, 10).collect()
    }

    #[test]
    fn the_latest_texts_with_a_key_come_first_and_old_ones_fall_off() {
        let mut chains = Chains::<2>::new(3);
        for (number, keys) in [(1, [7, 8]), (2, [9, 7]), (3, [7, 0]), (4, [8, 9])] {
            chains.insert(number, &keys);
        }
        assert_eq!(found(&chains, 7, 4), [3, 2]);
        assert_eq!(found(&chains, 8, 4), [4]);
        assert_eq!(found(&chains, 0, 4), [0; 0]);
        chains.insert(5, &[1, 2]);
        assert_eq!(found(&chains, 7, 5), [3]);
    }

    #[test]
    fn keys_of_one_bucket_are_told_apart_and_a_walk_ends() {
        let mut chains = Chains::<2>::new(100);
        let other = 5 + u32::try_from(BUCKETS).unwrap();
        for number in 1..=50 {
            chains.insert(number, &[if number == 1 { other } else { 5 }, 0]);
        }
        assert_eq!(chains.find(other, 50, 60).collect::<Vec<_>>(), [1]);
        assert_eq!(chains.find(other, 50, 10).count(), 0);
        assert_eq!(chains.find(5, 50, 10).count(), 10);
    }
}
