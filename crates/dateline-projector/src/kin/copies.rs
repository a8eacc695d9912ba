//! Which texts are copies of each other: the candidates, and the exact check.

use dateline_event::story::StoryRole;

use super::chains::Chains;
use super::events::{LIVE_TEXTS, apart};
use super::sketch::{KEYS, Sketch};

/// Texts that are looked at for each key.
const STEPS: usize = 24;

/// Candidates that are checked, those with the most keys in common first.
const MAX_CHECKED: usize = 8;

/// Days that may lie between the publication of two copies, where both are known: columns that return every week
/// begin with the same words.
const MAX_DAYS_APART: i32 = 6;

/// Share, in hundredths, of the shorter text that has to stand in the longer one.
const MIN_SHARED: usize = 75;

/// Shingles that a text needs to be known as a copy from another source: about two sentences.
const MIN_SHINGLES: usize = 20;

/// The same for a teaser and its article, which one source put out.
const MIN_TEASER_SHINGLES: usize = 4;

/// The latest texts.
#[derive(Debug, Clone)]
pub(crate) struct Copies {
    chains: Chains<KEYS>,
    /// A ring over the live texts; `None` for those that no longer count.
    texts: Vec<(u32, Option<Text>)>,
}

/// What is kept of a text for the check.
#[derive(Debug, Clone)]
struct Text {
    role: StoryRole,
    source: u32,
    day: Option<i32>,
    title: Option<u32>,
    shingles: Box<[u16]>,
}

impl Default for Copies {
    fn default() -> Self {
        Self { chains: Chains::new(LIVE_TEXTS), texts: Vec::new() }
    }
}

impl Copies {
    /// The texts before text `number` that say what it says, oldest first.
    pub(crate) fn find(&self, number: u32, sketch: &Sketch) -> Vec<u32> {
        let mut found: Vec<u32> = self.candidates(number, &sketch.keys);
        found.retain(|it| self.text(*it).is_some_and(|other| says_the_same(sketch, other)));
        found.sort_unstable();
        found
    }

    /// Puts text `number` in. Numbers follow each other from 1.
    pub(crate) fn add(&mut self, number: u32, sketch: Sketch) {
        let Sketch { role, source, day, title, shingles, keys, terms: _, digest: _ } = sketch;
        self.chains.insert(number, &keys);
        let text = (number, Some(Text { role, source, day, title, shingles }));
        match self.texts.get_mut(at(number)) {
            Some(old) => *old = text,
            None => self.texts.push(text),
        }
    }

    /// Takes text `number` out: its story was retracted, or has another text.
    pub(crate) fn remove(&mut self, number: u32) {
        if let Some(text) = self.texts.get_mut(at(number)).filter(|it| it.0 == number) {
            text.1 = None;
        }
    }

    fn candidates(&self, number: u32, keys: &[u32; KEYS]) -> Vec<u32> {
        let mut shared: Vec<u32> = Vec::new();
        for key in keys {
            shared.extend(self.chains.find(*key, number - 1, STEPS));
        }
        shared.sort_unstable();
        let runs = shared.chunk_by(|a, b| a == b);
        let mut counted: Vec<(usize, u32)> =
            runs.filter_map(|it| Some((it.len(), *it.first()?))).collect();
        counted.sort_unstable_by(|a, b| b.cmp(a));
        counted.into_iter().take(MAX_CHECKED).map(|it| it.1).collect()
    }

    fn text(&self, number: u32) -> Option<&Text> {
        self.texts.get(at(number)).filter(|it| it.0 == number)?.1.as_ref()
    }
}

/// The exact check. Copies share the most of the shorter text, wherever it is cut and whatever stands above it; a teaser
/// stands in its article, or has its headline.
fn says_the_same(sketch: &Sketch, other: &Text) -> bool {
    if apart(sketch.day, other.day).is_some_and(|it| it > MAX_DAYS_APART) {
        return false;
    }
    let shorter = sketch.shingles.len().min(other.shingles.len());
    let shared = common(&sketch.shingles, &other.shingles);
    let is_within = shared * 100 >= shorter * MIN_SHARED;
    if shorter >= MIN_SHINGLES && is_within {
        return true;
    }
    let teased = sketch.role != other.role || sketch.role == StoryRole::Teaser;
    if sketch.source != other.source || !teased {
        return false;
    }
    let headline = sketch.title.is_some() && sketch.title == other.title;
    match shorter {
        MIN_TEASER_SHINGLES.. => is_within || (headline && shared * 2 >= shorter),
        _ => headline,
    }
}

/// How many numbers two ordered lists have in common.
fn common(one: &[u16], other: &[u16]) -> usize {
    let (mut here, mut there, mut count) = (one.iter().peekable(), other.iter().peekable(), 0);
    while let (Some(a), Some(b)) = (here.peek(), there.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => here.next(),
            std::cmp::Ordering::Greater => there.next(),
            std::cmp::Ordering::Equal => {
                count += 1;
                here.next();
                there.next()
            }
        };
    }
    count
}

fn at(number: u32) -> usize {
    usize::try_from(number).map_or(0, |it| it.saturating_sub(1) % LIVE_TEXTS)
}
