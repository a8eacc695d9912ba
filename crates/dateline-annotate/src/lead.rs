//! The lead of a story: the paragraph that tells what happened, when and where.

use crate::text::{Paragraph, StoryText};

/// A first paragraph of fewer bytes that does not end as a sentence does is a subtitle, and the
/// lead stands behind.
const SUBTITLE_BYTES: usize = 160;

/// Index of the lead among the paragraphs of `text`; `None` where there is no body.
pub(crate) fn lead(text: &StoryText<'_>) -> Option<usize> {
    let body = || text.paragraphs().iter().enumerate().filter(|it| !it.1.is_title);
    let whole = body().find(|it| !is_subtitle(text, it.1));
    whole.or_else(|| body().next()).map(|it| it.0)
}

fn is_subtitle(text: &StoryText<'_>, paragraph: &Paragraph) -> bool {
    let slice = text.get(paragraph.range.clone());
    slice.len() < SUBTITLE_BYTES && !slice.ends_with(['.', '!', '?', '…', '"', '”', '»', ')', ':'])
}

/// Whether a sentence is somebody's speech though no mark says so: it says "I" or "we" outside of
/// quotations.
pub(crate) fn speaks_for_itself(sentence: &str) -> bool {
    let outside = sentence.split(['“', '«', '"']).next().unwrap_or_default();
    outside
        .split(|it: char| !it.is_alphabetic())
        .any(|it| matches!(it, "I" | "We" | "we" | "My" | "my" | "Our" | "our"))
}
