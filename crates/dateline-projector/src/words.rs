//! The words at a span of a page, as far as a story has them, and where a story has the same words.

use dateline_event::Span;
use dateline_event::story::Story;

/// The words of `story` at `span` of its page: of the headline, or of the body. `None` where the span lies outside
/// of both, or is empty.
pub(crate) fn words_at(story: &Story, span: Span) -> Option<String> {
    let cut = |text: &str, from: u32| -> String {
        let skip = usize::try_from(from).unwrap_or(usize::MAX);
        let take = usize::try_from(span.len()).unwrap_or(usize::MAX);
        text.chars().skip(skip).take(take).collect()
    };
    let words = match &story.title {
        Some(title) if title.span.contains(span) => cut(&title.text, span.start - title.span.start),
        _ => {
            let (from, until) = (in_body(story, span.start)?, in_body_end(story, span.end)?);
            let len = usize::try_from(until.checked_sub(from)?).unwrap_or(usize::MAX);
            let skip = usize::try_from(from).unwrap_or(usize::MAX);
            story.body.chars().skip(skip).take(len).collect()
        }
    };
    (!words.is_empty()).then_some(words)
}

/// Where the first occurrence of `words` in `story` stands on its page; the headline is looked at first.
pub(crate) fn find(story: &Story, words: &str) -> Option<Span> {
    let span_in = |text: &str| {
        let before = text.get(..text.find(words)?)?;
        let start = u32::try_from(before.chars().count()).ok()?;
        Some(Span::new(start, start + u32::try_from(words.chars().count()).ok()?))
    };
    if let Some(title) = &story.title
        && let Some(span) = span_in(&title.text)
    {
        return Some(span.shifted(title.span.start));
    }
    story.on_page(span_in(&story.body)?)
}

/// Whether the words at `span` start with a quotation mark or stand right behind one.
pub(crate) fn is_quoted(story: &Story, span: Span) -> bool {
    let opens = |words: Option<String>| {
        words.is_some_and(|it| it.starts_with(['"', '“', '„', '«', '‟', '”', '‘']))
    };
    let before = span.start.checked_sub(1).map(|at| Span::new(at, span.start));
    opens(words_at(story, span)) || opens(before.and_then(|it| words_at(story, it)))
}

/// Offset in the body of the code point at `place` of the page.
fn in_body(story: &Story, place: u32) -> Option<u32> {
    let mut before = 0;
    for piece in &story.pieces {
        if piece.start <= place && place < piece.end {
            return Some(before + (place - piece.start));
        }
        before += piece.len() + 1;
    }
    None
}

/// Offset in the body of the end of a span that ends at `place` of the page.
fn in_body_end(story: &Story, place: u32) -> Option<u32> {
    in_body(story, place.checked_sub(1)?).map(|it| it + 1)
}
