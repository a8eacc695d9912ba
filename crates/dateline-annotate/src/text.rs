//! The text of a story as the annotator reads it: headline and body in one string, cut into
//! paragraphs and sentences, with the way back from byte offsets here to code points on the page.

use std::ops::Range;

use dateline_event::Span;
use dateline_event::story::{Story, StoryRole};

use crate::soft_wrap::unwrapped;
use crate::tokens::Tokens;
use crate::word_table::WordTable;

/// Headline and body of one story. All ranges are byte offsets into [`StoryText::as_str`], on
/// character borders.
#[derive(Debug)]
pub(crate) struct StoryText<'a> {
    story: &'a Story,
    text: String,
    /// Byte at which the body starts; the headline stands before it.
    body_start: usize,
    paragraphs: Vec<Paragraph>,
    tokens: Tokens,
    /// Code points before each [`BLOCK`] bytes of the text; empty where every character is one byte.
    before: Vec<usize>,
}

/// Bytes between two places of which the number of code points before them is kept.
const BLOCK: usize = 16;

/// A line of text that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// Where it stands, without white space around it.
    pub(crate) range: Range<usize>,
    /// Whether it is the headline.
    pub(crate) is_title: bool,
    /// Its sentences in order, without white space around them.
    pub(crate) sentences: Vec<Range<usize>>,
}

impl<'a> StoryText<'a> {
    /// The text of `story`, its words with their numbers in `words`.
    pub(crate) fn of(story: &'a Story, words: &WordTable) -> Self {
        let title = story.title.as_ref().map_or(0, |it| it.text.len() + 1);
        let mut text = String::with_capacity(title + story.body.len());
        if let Some(title) = &story.title {
            text.push_str(&title.text);
            text.push('\n');
        }
        let body_start = text.len();
        text.push_str(&unwrapped(&story.body));
        let paragraphs = paragraphs(&text, body_start);
        let tokens = Tokens::of(&text, words);
        let before = code_points_before(&text);
        Self { story, text, body_start, paragraphs, tokens, before }
    }

    /// Headline, a line feed, and the body; without a headline only the body. Where a page breaks its lines at a fixed
    /// width, blanks stand for the line feeds inside of its paragraphs.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The words and marks of headline and body.
    pub(crate) const fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// The same as [`Self::as_str`] with its ASCII letters in lower case.
    pub(crate) fn lower(&self) -> &str {
        self.tokens.lower(0..self.text.len())
    }

    /// The characters of `range`.
    ///
    /// # Panics
    /// When `range` does not come from this text.
    pub(crate) fn get(&self, range: Range<usize>) -> &str {
        self.text.get(range).expect("ranges are made from this text, on character borders")
    }

    /// Where the body stands.
    pub(crate) fn body(&self) -> Range<usize> {
        self.body_start..self.text.len()
    }

    /// Whether `at` lies in the headline.
    pub(crate) const fn in_title(&self, at: usize) -> bool {
        at < self.body_start
    }

    /// Whether the story is what its page is about.
    pub(crate) const fn role(&self) -> StoryRole {
        self.story.role
    }

    /// The agency that the dateline names, as printed.
    pub(crate) fn agency(&self) -> Option<&str> {
        self.story.dateline.as_ref()?.agency.as_deref()
    }

    /// Where the body goes on behind its dateline, white space skipped.
    pub(crate) fn dateline_end(&self) -> Option<usize> {
        let dateline = self.story.in_body(self.story.dateline.as_ref()?.span)?;
        let skipped = usize::try_from(dateline.end).ok()?;
        let body = self.get(self.body());
        let at = body.char_indices().nth(skipped).map_or(body.len(), |it| it.0);
        let rest = body.get(at..).unwrap_or_default();
        Some(self.text.len() - rest.trim_start().len())
    }

    /// The lines that are not blank, in order; the headline is one of them.
    pub(crate) fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// Where `range` stands on the page. A range that starts in the headline and ends in the body,
    /// which nothing should make, is cut at the end of the headline.
    pub(crate) fn on_page(&self, range: Range<usize>) -> Span {
        match &self.story.title {
            Some(title) if self.in_title(range.start) => {
                let end = range.end.min(title.text.len());
                let span = self.code_points(0, range.start..end);
                title.on_page(span).unwrap_or(title.span)
            }
            _ => {
                let span = self.code_points(self.body_start, range);
                self.story.on_page(span).unwrap_or(span)
            }
        }
    }

    /// `range` in code points from byte `from` on.
    fn code_points(&self, from: usize, range: Range<usize>) -> Span {
        let from = self.code_point(from);
        let count =
            |at: usize| u32::try_from(self.code_point(at).saturating_sub(from)).unwrap_or(u32::MAX);
        Span::new(count(range.start), count(range.end))
    }

    /// Number of code points before byte `at`.
    fn code_point(&self, at: usize) -> usize {
        let Some(before) = self.before.get(at / BLOCK) else { return at };
        let start = at / BLOCK * BLOCK;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        before + characters(rest, at - start)
    }
}

/// Code points before each [`BLOCK`] bytes of `text`; empty where every character is one byte.
fn code_points_before(text: &str) -> Vec<usize> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut before = Vec::with_capacity(text.len() / BLOCK + 1);
    let mut count = 0;
    for block in text.as_bytes().chunks(BLOCK) {
        before.push(count);
        count += characters(block, block.len());
    }
    if text.len().is_multiple_of(BLOCK) {
        before.push(count);
    }
    before
}

/// How many characters start in the first `length` of some bytes of UTF-8, at most [`BLOCK`].
fn characters(bytes: &[u8], length: usize) -> usize {
    const HIGH: u128 = u128::from_le_bytes([0x80; BLOCK]);
    let block = bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut block = [0; BLOCK];
        block.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
        block
    });
    let behind = u32::try_from(length * 8).unwrap_or(u32::MAX);
    let block = u128::from_le_bytes(block) & !u128::MAX.checked_shl(behind).unwrap_or(0);
    // All bytes of a character but the first have a one and a zero in front.
    let inner = block & !(block << 1) & HIGH;
    // One product adds up the bytes, each of which is 0 or 1; there is no instruction for it on every processor.
    let count = (inner >> 7).wrapping_mul(u128::from_le_bytes([1; BLOCK])) >> (8 * (BLOCK - 1));
    length - usize::try_from(count).unwrap_or_default()
}

fn paragraphs(text: &str, body_start: usize) -> Vec<Paragraph> {
    let mut paragraphs = Vec::with_capacity(16);
    let mut at = 0;
    for line in text.split('\n') {
        let range = trimmed(text, at..at + line.len());
        if !range.is_empty() {
            let sentences = sentences(text, range.clone());
            paragraphs.push(Paragraph { is_title: at < body_start, range, sentences });
        }
        at += line.len() + 1;
    }
    paragraphs
}

/// `range` without the white space at its ends.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (slice.len() - slice.trim_start().len());
    let end = range.end - (slice.len() - slice.trim_end().len());
    start..end.max(start)
}

/// The last `most` characters of `text`; all of it where it has no more.
pub(crate) fn last_characters(text: &str, most: usize) -> &str {
    let from = text.len().saturating_sub(most);
    if text.as_bytes().get(from..).is_some_and(<[u8]>::is_ascii) {
        return text.get(from..).unwrap_or(text);
    }
    let back = most.checked_sub(1).and_then(|it| text.char_indices().nth_back(it));
    text.get(back.map_or(0, |it| it.0)..).unwrap_or(text)
}

/// Words that end in a full stop inside of a sentence.
const ABBREVIATIONS: &[&str] = &[
    "adm", "apr", "art", "aug", "brig", "capt", "cf", "col", "cmdr", "dec", "dr", "e.g", "etc",
    "feb", "fig", "gen", "gov", "hon", "i.e", "jan", "jr", "jul", "jun", "lt", "maj", "mar", "mr",
    "mrs", "ms", "mt", "no", "nov", "oct", "op", "p", "pp", "prof", "rep", "rev", "sec", "sen",
    "sep", "sept", "sgt", "sr", "st", "u.k", "u.n", "u.s", "vs",
];

/// Bytes of the longest of [`ABBREVIATIONS`].
pub(crate) const LONGEST_ABBREVIATION: usize = "cmdr".len();

/// The sentences of one paragraph: a sentence ends at `.`, `!`, `?` or `…` with the closing marks
/// behind it, where white space and something that starts a sentence follow. Initials and
/// abbreviations end none.
fn sentences(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let slice = text.get(paragraph.clone()).unwrap_or_default();
    let mut sentences = Vec::new();
    let (mut start, mut at) = (0, 0);
    let mut stops = Stops::of(slice);
    while let Some(found) = stops.next(at) {
        let marks = slice.get(found..).unwrap_or_default();
        let tail =
            marks.trim_start_matches(['.', '!', '?', '…', '"', '”', '’', '»', ')', ']', '\'']);
        let end = slice.len() - tail.len();
        let head = slice.get(start..found).unwrap_or_default();
        let glued_quote = tail.starts_with(['“', '«', '„']);
        let ends = (glued_quote
            || (tail.starts_with(char::is_whitespace) && starts_a_sentence(tail)))
            && !(marks.starts_with('.') && is_abbreviated(head));
        if ends {
            sentences.push(trimmed(text, paragraph.start + start..paragraph.start + end));
            start = end;
        }
        at = end;
    }
    let last = trimmed(text, paragraph.start + start..paragraph.end);
    if !last.is_empty() {
        sentences.push(last);
    }
    sentences
}

/// Where marks stand in a text that can end a sentence. Each byte is looked at once for each kind of mark.
struct Stops<'t> {
    text: &'t str,
    /// The next full stop, question or exclamation mark that was found.
    plain: Option<usize>,
    /// The next ellipsis: the only such mark that is no ASCII.
    ellipsis: Option<usize>,
}

impl<'t> Stops<'t> {
    fn of(text: &'t str) -> Self {
        let mut stops = Self { text, plain: None, ellipsis: None };
        (stops.plain, stops.ellipsis) = (stops.plain(0), stops.ellipsis(0));
        stops
    }

    /// The first of them at or behind byte `from`.
    fn next(&mut self, from: usize) -> Option<usize> {
        if self.plain.is_some_and(|it| it < from) {
            self.plain = self.plain(from);
        }
        if self.ellipsis.is_some_and(|it| it < from) {
            self.ellipsis = self.ellipsis(from);
        }
        self.plain.into_iter().chain(self.ellipsis).min()
    }

    fn plain(&self, from: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(from..)?;
        memchr::memchr3(b'.', b'!', b'?', rest).map(|it| from + it)
    }

    fn ellipsis(&self, from: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(from..)?;
        // Its first byte is that of other marks of print too.
        let mut starts = memchr::memchr_iter(0xe2, rest).map(|it| from + it);
        starts.find(|it| self.text.get(*it..).is_some_and(|it| it.starts_with('…')))
    }
}

fn starts_a_sentence(tail: &str) -> bool {
    tail.trim_start()
        .chars()
        .next()
        .is_some_and(|it| !it.is_lowercase() && !matches!(it, ',' | ';' | ')'))
}

/// Whether the full stop behind `head` belongs to its last word: an initial (`I.`) or an
/// abbreviation (`St.`).
pub(crate) fn is_abbreviated(head: &str) -> bool {
    let word = head
        .rsplit(|it: char| it.is_whitespace() || matches!(it, '(' | '"' | '“' | '«'))
        .next()
        .unwrap_or_default();
    let last = word.rsplit('.').next().unwrap_or_default();
    let initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    let known = || ABBREVIATIONS.iter().any(|it| word.eq_ignore_ascii_case(it));
    initial || word.len() <= LONGEST_ABBREVIATION && known()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text, 0..text.len()).into_iter().map(|it| &text[it]).collect()
    }

    #[test]
    fn initials_and_abbreviations_end_no_sentence() {
        assert_eq!(
            cut("I.N. Ket met Gen. Orlin in St. Marinburg. He left. “Done.” They agreed."),
            ["I.N. Ket met Gen. Orlin in St. Marinburg.", "He left.", "“Done.”", "They agreed."]
        );
    }

    #[test]
    fn a_quotation_glued_to_the_sentence_before_starts_a_new_one() {
        assert_eq!(
            cut("It was signed (in part).“We hope so,” he said."),
            ["It was signed (in part).", "“We hope so,” he said."]
        );
    }

    #[test]
    fn a_number_with_a_point_is_one_word() {
        assert_eq!(
            cut("It grew by 3.5 percent. Then it fell."),
            ["It grew by 3.5 percent.", "Then it fell."]
        );
    }
}
