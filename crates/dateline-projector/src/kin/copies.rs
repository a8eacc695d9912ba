//! Which texts are copies of each other: the candidates, and the exact check.

use std::borrow::Cow;

use dateline_event::story::StoryRole;

use super::chains::Chains;
use super::events::{LIVE_TEXTS, apart};
use super::sketch::{KEYS, Sketch};
use crate::pack::{Pack, Unpacker, packed_struct};

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
pub(crate) struct Text {
    role: StoryRole,
    source: u32,
    day: Option<i32>,
    title: Option<u32>,
    shingles: Box<[u16]>,
}

/// A live text with its keys, to be packed.
#[derive(Debug, Clone)]
pub(crate) struct LiveText<'a> {
    keys: [u32; KEYS],
    /// `None` for one that no longer counts.
    text: Option<Cow<'a, Text>>,
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

    /// Puts text `number` in, and takes the shingles out of its sketch. Numbers follow each other from 1.
    pub(crate) fn add(&mut self, number: u32, sketch: &mut Sketch) {
        let shingles = std::mem::take(&mut sketch.shingles);
        let Sketch { role, source, day, title, .. } = *sketch;
        self.chains.insert(number, &sketch.keys);
        self.put((number, Some(Text { role, source, day, title, shingles })));
    }

    /// Takes text `number` out: its story was retracted, or has another text.
    pub(crate) fn remove(&mut self, number: u32) {
        if let Some(text) = self.texts.get_mut(at(number)).filter(|it| it.0 == number) {
            text.1 = None;
        }
    }

    /// The live texts, oldest first; `newest` is the number of the last one.
    pub(super) fn live(&self, newest: u32) -> impl Iterator<Item = LiveText<'_>> {
        let count = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        (newest - count.min(newest)..newest).map(|before| {
            let text = self.text(before + 1).map(Cow::Borrowed);
            LiveText { keys: self.chains.keys(before + 1), text }
        })
    }

    /// The copies of texts that are all the live ones, oldest first; `newest` is the number of the last one. `None` when
    /// they are not as many as there must be.
    pub(super) fn of_live(newest: u32, live: Vec<LiveText<'_>>) -> Option<Self> {
        let count = usize::try_from(newest).ok()?.min(LIVE_TEXTS);
        if live.len() != count {
            return None;
        }
        let mut copies = Self::default();
        if count == LIVE_TEXTS {
            copies.chains = Chains::full(LIVE_TEXTS);
            copies.texts = vec![(0, None); LIVE_TEXTS];
        }
        let first = newest - u32::try_from(count).ok()?;
        for (number, LiveText { keys, text }) in (first + 1..).zip(live) {
            copies.chains.insert(number, &keys);
            copies.put((number, text.map(Cow::into_owned)));
        }
        Some(copies)
    }

    fn put(&mut self, text: (u32, Option<Text>)) {
        match self.texts.get_mut(at(text.0)) {
            Some(old) => *old = text,
            None => self.texts.push(text),
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

packed_struct!(Text { role, source, day, title, shingles });

impl Pack for LiveText<'_> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.keys.iter().for_each(|it| out.extend_from_slice(&it.to_le_bytes()));
        out.push(u8::from(self.text.is_some()));
        if let Some(text) = &self.text {
            text.pack(out);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let mut keys = [0; KEYS];
        for key in &mut keys {
            *key = u32::from_le_bytes(from.bytes(4)?.try_into().ok()?);
        }
        let text: Option<Text> = Pack::unpack(from)?;
        Some(LiveText { keys, text: text.map(Cow::Owned) })
    }
}

impl Pack for Box<[u16]> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        self.iter().for_each(|it| out.extend_from_slice(&it.to_le_bytes()));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let bytes = usize::unpack(from)?.checked_mul(2)?;
        let (pairs, _) = from.bytes(bytes)?.as_chunks();
        Some(pairs.iter().map(|it| u16::from_le_bytes(*it)).collect())
    }
}
