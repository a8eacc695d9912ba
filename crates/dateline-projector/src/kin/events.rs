//! Groups of stories that report one event, each in its own words.
//!
//! A story joins the group that it is nearest to, or opens one. It is compared with a bounded number of earlier stories:
//! those that share the most of its telling words. So the cost of a story does not grow with the log, and what a story
//! joined follows from the log up to it alone.

use std::collections::HashMap;

use super::chains::Chains;
use super::sketch::Sketch;
use super::vector::{Frequencies, ONE, Vector};

/// Latest texts that a story can be grouped with.
pub(crate) const LIVE_TEXTS: usize = 1 << 17;

/// Most telling words by which groups are looked for.
const KEYS: usize = 16;

/// Texts that are looked at for each of these words.
const STEPS: usize = 48;

/// Texts that are compared as a whole.
const MAX_COMPARED: usize = 24;

/// Latest stories of a group that stand for it.
const MAX_MEMBERS: usize = 32;

/// How near a story has to be to a group: the mean of its average and of its greatest cosine to the group's stories.
const NEAR: u64 = ONE * 14 / 100;

/// Days that may lie between the publication of two stories on one event, where both are known. It is generous: pages
/// declare the day of their last change, or of their capture, as that of their publication.
const MAX_DAYS_APART: i32 = 365;

/// Groups of the latest texts.
#[derive(Debug, Clone)]
pub(crate) struct Events {
    frequencies: Frequencies,
    chains: Chains<KEYS>,
    /// A ring over the live texts.
    texts: Vec<Text>,
    /// Numbers of the live texts of each group, oldest first.
    groups: HashMap<u32, Vec<u32>>,
}

#[derive(Debug, Clone)]
struct Text {
    number: u32,
    group: u32,
    day: Option<i32>,
    vector: Vector,
}

impl Default for Events {
    fn default() -> Self {
        let frequencies = Frequencies::default();
        let chains = Chains::new(LIVE_TEXTS);
        Self { frequencies, chains, texts: Vec::new(), groups: HashMap::new() }
    }
}

impl Events {
    /// Puts text `number` into the group that it is nearest to, or into `known` where that is decided already. Where
    /// none is near, it goes on alone with the group that its story `had`, or opens one. Gives the group: the number of
    /// the text that opened it. Numbers follow each other from 1.
    pub(crate) fn add(
        &mut self,
        number: u32,
        sketch: &Sketch,
        known: Option<u32>,
        had: Option<u32>,
    ) -> u32 {
        let vector = self.frequencies.add(&sketch.terms);
        let keys = vector.top::<KEYS>();
        let nearest = || self.nearest(number, &keys, &vector, sketch.day);
        let group = known.or_else(nearest).or(had).unwrap_or(number);
        self.put(Text { number, group, day: sketch.day, vector });
        self.chains.insert(number, &keys);
        let members = self.groups.entry(group).or_default();
        members.push(number);
        if members.len() > MAX_MEMBERS {
            members.remove(0);
        }
        group
    }

    /// Takes text `number` out of the comparison: its story was retracted, or has another text.
    pub(crate) fn remove(&mut self, number: u32) {
        let Some(text) = self.texts.get_mut(at(number)).filter(|it| it.number == number) else {
            return;
        };
        text.vector = Vector::default();
        let group = text.group;
        self.leave(group, number);
    }

    /// Whether `group` has a live text.
    pub(crate) fn has(&self, group: u32) -> bool {
        self.groups.contains_key(&group)
    }

    fn nearest(
        &self,
        number: u32,
        keys: &[u32; KEYS],
        vector: &Vector,
        day: Option<i32>,
    ) -> Option<u32> {
        let mut shared: Vec<u32> = Vec::with_capacity(KEYS * STEPS);
        for key in keys {
            shared.extend(self.chains.find(*key, number - 1, STEPS));
        }
        shared.sort_unstable();
        let mut counted: Vec<(usize, u32)> = shared
            .chunk_by(|a, b| a == b)
            .filter_map(|it| Some((it.len(), *it.first()?)))
            .collect();
        counted.sort_unstable_by(|a, b| b.cmp(a));
        let mut groups: Vec<u32> = Vec::new();
        for (_, other) in counted.into_iter().take(MAX_COMPARED) {
            let Some(text) = self.text(other) else { continue };
            if !groups.contains(&text.group) {
                groups.push(text.group);
            }
        }
        let scored = groups.into_iter().map(|it| (self.score(it, vector, day), it));
        // Of two that are equally near, the older one.
        let best = scored.max_by_key(|it| (it.0, std::cmp::Reverse(it.1)));
        best.filter(|it| it.0 > NEAR).map(|it| it.1)
    }

    fn score(&self, group: u32, vector: &Vector, day: Option<i32>) -> u64 {
        let (mut sum, mut most, mut count) = (0, 0, 0);
        for text in self.groups.get(&group).into_iter().flatten().filter_map(|it| self.text(*it)) {
            if apart(day, text.day).is_some_and(|it| it > MAX_DAYS_APART) {
                continue;
            }
            let cosine = vector.cosine(&text.vector);
            (sum, most, count) = (sum + cosine, most.max(cosine), count + 1);
        }
        u64::checked_div(sum, count).map_or(0, |it| u64::midpoint(it, most))
    }

    fn put(&mut self, text: Text) {
        let at = at(text.number);
        match self.texts.get_mut(at) {
            Some(old) => {
                let Text { group, number, .. } = std::mem::replace(old, text);
                self.leave(group, number);
            }
            None => self.texts.push(text),
        }
    }

    fn leave(&mut self, group: u32, number: u32) {
        if let Some(members) = self.groups.get_mut(&group) {
            members.retain(|it| *it != number);
            if members.is_empty() {
                self.groups.remove(&group);
            }
        }
    }

    fn text(&self, number: u32) -> Option<&Text> {
        self.texts.get(at(number)).filter(|it| it.number == number)
    }
}

/// Days between two texts; `None` where one of the days is not known.
pub(crate) fn apart(one: Option<i32>, other: Option<i32>) -> Option<i32> {
    Some((one? - other?).abs())
}

fn at(number: u32) -> usize {
    usize::try_from(number).map_or(0, |it| it.saturating_sub(1) % LIVE_TEXTS)
}
