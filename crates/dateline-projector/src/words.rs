//! The words at a span of a page, as far as a story has them, and where a story has the same words.

use dateline_event::Span;
use dateline_event::story::Story;

/// The words of `story` at `span` of its page: of the headline, or of the body. `None` where the span lies outside
/// of both, or is empty.
pub(crate) fn words_at(story: &Story, span: Span) -> Option<String> {
    let (text, at) = match &story.title {
        Some(title) if title.span.contains(span) => (&title.text, title.in_text(span)?),
        _ => (&story.body, story.in_body(span)?),
    };
    let count = |it: u32| usize::try_from(it).unwrap_or(usize::MAX);
    let words: String = text.chars().skip(count(at.start)).take(count(at.len())).collect();
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
        return title.on_page(span);
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
