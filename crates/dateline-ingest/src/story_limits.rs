//! How many stories of a page are read, and how long each may be: what a story needs in memory and in
//! the log stays bounded, whatever the page is.

use dateline_event::story::{Headline, Story};

use crate::page::code_points;
use crate::warning::{Warning, WarningKind};

/// Most stories that are read of one page. The protocol of sitemaps lists as many addresses in a file;
/// feeds have some hundreds.
pub(crate) const MAX_STORIES: usize = 50_000;

/// Longest text of one story, in bytes. The log takes events of 1 MiB, with the pieces of the text, and
/// the longest articles have a fifth of this.
pub(crate) const MAX_TEXT_BYTES: usize = 512 * 1024;

/// Most pieces of one text; a long article has some thousands.
pub(crate) const MAX_PIECES: usize = 20_000;

/// Longest headline, in bytes. A feed of short messages gives each whole as its headline.
const MAX_HEADLINE_BYTES: usize = 64 * 1024;

/// The warning that `left_out` stories of a page were not read; `None` for 0.
pub(crate) fn left_out(left_out: usize) -> Option<Warning> {
    let message = format!(
        "the page has more than {MAX_STORIES} stories, {left_out} behind them were left out"
    );
    (left_out > 0).then(|| Warning::of_page(WarningKind::Limit, message))
}

/// Cuts what is longer than a story may be, with a warning for each.
pub(crate) fn cut_to_size(stories: &mut [Story]) -> Vec<Warning> {
    stories.iter_mut().flat_map(|it| [cut_headline(it), cut_text(it)]).flatten().collect()
}

fn cut_headline(story: &mut Story) -> Option<Warning> {
    let title = story.title.as_mut().filter(|it| it.text.len() > MAX_HEADLINE_BYTES)?;
    let (before, whole) = (title.text.len(), title.span);
    let kept = first_bytes(&title.text, MAX_HEADLINE_BYTES).to_owned();
    let span = title.on_page(dateline_event::Span::new(0, code_points(&kept))).unwrap_or(whole);
    *title = Headline { text: kept, span };
    let message = format!(
        "the headline has {before} bytes, at most {MAX_HEADLINE_BYTES} are read, the rest was left out"
    );
    Some(Warning::at(WarningKind::Limit, whole, message))
}

fn cut_text(story: &mut Story) -> Option<Warning> {
    let (bytes, pieces) = (story.body.len(), story.pieces.len());
    if bytes <= MAX_TEXT_BYTES && pieces <= MAX_PIECES {
        return None;
    }
    let from = story.pieces.first().map_or(0, |it| it.page.start);
    let to = story.pieces.last().map_or(from, |it| it.page.end);
    let room = match story.pieces.get(MAX_PIECES) {
        Some(first_out) => bytes_before(&story.body, first_out.body.start),
        None => bytes,
    };
    let kept = first_bytes(&story.body, room.min(MAX_TEXT_BYTES)).trim_end();
    let (length, end) = (kept.len(), code_points(kept));
    story.body.truncate(length);
    story.pieces.retain(|it| it.body.start < end);
    if let Some(last) = story.pieces.last_mut().filter(|it| it.body.end > end) {
        // A piece that is as long on the page as in the text has its characters side by side.
        if last.body.len() == last.page.len() {
            last.page.end -= last.body.end - end;
        }
        last.body.end = end;
    }
    let message = format!(
        "a story of {bytes} bytes in {pieces} pieces is longer than one may be, at most \
         {MAX_TEXT_BYTES} in {MAX_PIECES} are read, the rest was left out"
    );
    Some(Warning::at(WarningKind::Limit, dateline_event::Span::new(from, to), message))
}

/// As much of a text as `limit` bytes hold, up to the end of a word.
fn first_bytes(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let held = (0..=limit).rev().find_map(|it| text.get(..it)).unwrap_or_default();
    held.rfind(char::is_whitespace).and_then(|it| held.get(..it)).unwrap_or(held)
}

fn bytes_before(text: &str, chars: u32) -> usize {
    let chars = usize::try_from(chars).unwrap_or(usize::MAX);
    text.char_indices().nth(chars).map_or(text.len(), |it| it.0)
}

#[cfg(test)]
mod tests {
    use dateline_event::Span;

    use super::*;
    use crate::item::Item;
    use crate::letters::Letters;

    fn story(title: &str, body: &str) -> Story {
        let title = Some(Letters::plain(title, 0));
        let body = Some(Letters::plain(body, 500_000));
        Item { title, body, ..Item::default() }.story().unwrap()
    }

    #[test]
    fn what_is_as_long_as_it_may_be_is_left_as_it_is() {
        let mut stories = [story(&"a".repeat(MAX_HEADLINE_BYTES), &"b".repeat(MAX_TEXT_BYTES))];
        let before = stories.clone();
        assert_eq!(cut_to_size(&mut stories), []);
        assert_eq!(stories, before);
    }

    #[test]
    fn a_text_ends_with_the_last_word_that_fits_and_its_place_with_it() {
        let mut stories = [story("Envoys meet", &"послы ".repeat(100_000))];
        let warnings = cut_to_size(&mut stories);
        assert_eq!(warnings.len(), 1);
        assert_eq!(warnings[0].span, Some(Span::new(500_000, 1_099_999)));
        let story = &stories[0];
        assert!(story.body.len() <= MAX_TEXT_BYTES && story.body.len() > MAX_TEXT_BYTES - 12);
        assert!(story.body.ends_with("послы"));
        let end = code_points(&story.body);
        assert_eq!(story.pieces.last().unwrap().body.end, end);
        assert_eq!(story.pieces.last().unwrap().page.end, 500_000 + end);
    }

    #[test]
    fn a_text_in_too_many_pieces_ends_before_the_first_that_is_too_many() {
        let markup = Letters::plain(&"&lt;".repeat(MAX_PIECES + 10), 0).resolved();
        let mut stories = [Item { body: Some(markup), ..Item::default() }.story().unwrap()];
        assert_eq!(cut_to_size(&mut stories).len(), 1);
        assert_eq!(stories[0].pieces.len(), MAX_PIECES);
        assert_eq!(stories[0].body.len(), MAX_PIECES);
    }

    #[test]
    fn a_headline_without_end_is_cut_with_its_span() {
        let mut stories = [story(&format!("{}a", "a ".repeat(MAX_HEADLINE_BYTES)), "They met.")];
        assert_eq!(cut_to_size(&mut stories).len(), 1);
        let title = stories[0].title.as_ref().unwrap();
        assert!(title.text.len() <= MAX_HEADLINE_BYTES);
        assert_eq!(title.span, Span::new(0, code_points(&title.text)));
    }
}
