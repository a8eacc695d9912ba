//! How much the places where a topic's terms stand say for it.
//!
//! A place counts its rule's weight, more in the headline and the lead, less where the same words
//! were seen before.

use std::collections::BTreeMap;
use std::ops::Range;

use super::terms::TermId;
use crate::text::StoryText;

/// A place that speaks for a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// Bytes of the story's text.
    pub(super) range: Range<usize>,
    /// The term found there, or the first of those near each other.
    pub(super) term: TermId,
    /// Weight of the rule.
    pub(super) weight: u8,
}

/// `hits` in the order of the text; of those that overlap only the weightiest, the longest of
/// equals.
pub(super) fn distinct(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|it| (u8::MAX - it.weight, usize::MAX - it.range.len(), it.range.start));
    // The end of each hit that is kept, by its start.
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    hits.retain(|it| {
        let before = taken.range(..it.range.end).next_back();
        let free = before.is_none_or(|(_, end)| *end <= it.range.start);
        if free {
            taken.insert(it.range.start, it.range.end);
        }
        free
    });
    hits.sort_by_key(|it| it.range.start);
    hits
}

/// One hit in the text counts its weight times this.
const IN_TEXT: u32 = 4;
/// The same in the first paragraph of the body.
const IN_LEAD: u32 = 8;
/// The same in the headline.
const IN_TITLE: u32 = 14;

/// What `hits` say together.
pub(super) fn score(text: &StoryText<'_>, hits: &[Hit]) -> u32 {
    let lead = lead_end(text);
    let mut seen: BTreeMap<TermId, u32> = BTreeMap::new();
    let value = |hit: &Hit| {
        let place = if text.in_title(hit.range.start) {
            IN_TITLE
        } else if hit.range.start < lead {
            IN_LEAD
        } else {
            IN_TEXT
        };
        let times = seen.entry(hit.term).or_insert(0);
        *times += 1;
        u32::from(hit.weight) * place / *times
    };
    hits.iter().map(value).sum()
}

/// Words of a text in which one place behind the lead is no more than a mention in passing.
const LONG_WORDS: usize = 150;

/// Whether a text of so many words names the topic once, and neither in its headline nor in its lead.
pub(super) fn is_in_passing(text: &StoryText<'_>, hits: &[Hit], words: usize) -> bool {
    let [hit] = hits else { return false };
    words > LONG_WORDS && hit.range.start >= lead_end(text)
}

/// Where the first paragraph of the body ends.
fn lead_end(text: &StoryText<'_>) -> usize {
    text.paragraphs().iter().find(|it| !it.is_title).map_or(0, |it| it.range.end)
}

/// The score from which a story of so many words is on a topic: a long text mentions much in
/// passing.
pub(super) fn threshold(words: usize) -> u32 {
    const SHORT: u32 = 20;
    const WORDS_A_POINT: usize = 40;
    SHORT + u32::try_from(words / WORDS_A_POINT).unwrap_or(u32::MAX / 2)
}

/// Whether a topic with `score` stands beside the `best` one, and is not dwarfed by it.
pub(super) const fn is_beside(score: u32, best: u32) -> bool {
    score.saturating_mul(10) >= best.saturating_mul(3)
}
