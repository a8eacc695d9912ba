//! The lead of a story: the paragraph that tells what happened, when and where.

use std::ops::Range;

use crate::statements::FIRST_PERSON;
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
/// quotations. The "I" of initials and of ordinals (`I.N. Ket`, `Part I`) says nothing.
pub(crate) fn speaks_for_itself(text: &StoryText<'_>, sentence: Range<usize>) -> bool {
    let tokens = text.tokens();
    let mut words = tokens.first_at_byte(sentence.start)..tokens.first_at_byte(sentence.end);
    if !words.any(|it| tokens.class(it).meets(FIRST_PERSON)) {
        return false;
    }
    let sentence = text.get(sentence);
    let outside = sentence.split(['“', '«', '"']).next().unwrap_or_default();
    let mut words = outside.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_end_matches(',');
        let speaks = match bare {
            "We" | "we" | "My" | "my" | "Our" | "our" | "I'm" | "I’m" | "I've" | "I’ve" => true,
            "I" => words.peek().is_some_and(|it| it.starts_with(char::is_lowercase)),
            _ => false,
        };
        if speaks {
            return true;
        }
    }
    false
}

/// Whether all long words of a line without a full stop are capitalised, as in headlines of some
/// papers: there a capital letter tells nothing.
pub(crate) fn is_title_case(text: &str) -> bool {
    const SMALL: [&str; 7] = ["about", "after", "against", "before", "between", "under", "their"];
    if text.ends_with('.') {
        return false;
    }
    let mut long = text.split_whitespace().filter(|it| it.chars().count() > 4);
    let capitals = long.clone().filter(|it| it.starts_with(char::is_uppercase)).count();
    let is_small = |it: &str| it.starts_with(char::is_lowercase) && !SMALL.contains(&it);
    capitals >= 4 && !long.any(is_small)
}
