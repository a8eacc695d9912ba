//! The text of a page as lines, and where they stand in code points.

use std::ops::Range;

use dateline_event::Span;

use crate::warning::{Warning, WarningKind};
use crate::wrap;

/// Longest line that is read, in bytes. Whole articles are printed in one line, whole books are
/// not.
const MAX_LINE_BYTES: usize = 512 * 1024;

/// Most lines with text that are read of one page.
const MAX_LINES: usize = 200_000;

/// About how many bytes of a page make a line, for memory to be taken at once.
const BYTES_PER_LINE: usize = 64;

/// The text of a page with an index of its lines. Ranges are of bytes.
pub(crate) struct Page<'a> {
    text: &'a str,
    lines: Vec<Line>,
}

/// A line that has text.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// The line without the white space around it.
    pub(crate) range: Range<usize>,
    /// Number of lines without text between the line before and this one.
    pub(crate) gap: usize,
    /// Code points before `range`.
    chars_before: u32,
}

impl<'a> Page<'a> {
    /// Splits `text` into lines. Every control character but the tab ends a line, so that none
    /// reaches a story.
    pub(crate) fn new(text: &'a str) -> (Self, Vec<Warning>) {
        let mut page = Self { text, lines: Vec::with_capacity(text.len() / BYTES_PER_LINE) };
        let mut warnings = Vec::new();
        let mut at = Cursor::default();
        for line in cut_lines(text) {
            at.take(line, &mut page.lines, &mut warnings);
            if page.lines.len() >= MAX_LINES && at.bytes < text.len() {
                let message = format!(
                    "the page has more than {MAX_LINES} lines with text, the rest was not read"
                );
                warnings.push(Warning::at(
                    WarningKind::Limit,
                    Span::new(at.chars, at.chars),
                    message,
                ));
                break;
            }
        }
        page.lines = wrap::joined(text, page.lines);
        (page, warnings)
    }

    pub(crate) const fn text(&self) -> &'a str {
        self.text
    }

    pub(crate) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The text of a range of bytes; empty when it does not lie on characters.
    pub(crate) fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// A range of bytes as a span of code points.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        let start = self.offset(range.start);
        Span::new(start, start + code_points(self.slice(range)))
    }

    fn offset(&self, byte: usize) -> u32 {
        let after = self.lines.partition_point(|line| line.range.start <= byte);
        let (from, chars) = match after.checked_sub(1).and_then(|it| self.lines.get(it)) {
            Some(line) => (line.range.start, line.chars_before),
            None => (0, 0),
        };
        chars + code_points(self.slice(&(from..byte)))
    }
}

/// How far the splitting has come.
#[derive(Default)]
struct Cursor {
    bytes: usize,
    chars: u32,
    gap: usize,
    /// The last line ended in a carriage return, so that a line feed is part of its end.
    after_return: bool,
}

impl Cursor {
    fn take(&mut self, line: &str, lines: &mut Vec<Line>, warnings: &mut Vec<Warning>) {
        let chars = code_points(line);
        let trimmed = line.trim_start_matches(is_blank);
        let before = line.len() - trimmed.len();
        let trimmed = trimmed.trim_end_matches(is_blank);
        let start = self.bytes + before;
        let chars_before = self.chars + code_points(line.get(..before).unwrap_or_default());
        let second_half = self.after_return && line == "\n";
        if trimmed.len() > MAX_LINE_BYTES {
            let message = format!(
                "a line of {} bytes was left out, at most {MAX_LINE_BYTES} are read",
                trimmed.len()
            );
            let span = Span::new(chars_before, chars_before + code_points(trimmed));
            warnings.push(Warning::at(WarningKind::Limit, span, message));
        } else if !trimmed.is_empty() {
            let range = start..start + trimmed.len();
            lines.push(Line { range, gap: self.gap, chars_before });
            self.gap = 0;
        } else if !second_half {
            self.gap += 1;
        }
        self.after_return = line.ends_with('\r');
        self.bytes += line.len();
        self.chars += chars;
    }
}

/// The lines of a text, each with the character that ends it.
fn cut_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (line, behind) = rest.split_at_checked(end_of_line(rest)).unwrap_or((rest, ""));
        rest = behind;
        (!line.is_empty()).then_some(line)
    })
}

/// Bytes that are looked at together for the end of a line.
const STRIDE_BYTES: usize = 32;

/// The byte behind the first line of `text`.
fn end_of_line(text: &str) -> usize {
    // Only these bytes start a character that ends a line.
    let may_end = |it: &u8| it.is_ascii_control() && *it != b'\t' || matches!(it, 0xc2 | 0xe2);
    let mut at = 0;
    while let Some(rest) = text.as_bytes().get(at..) {
        // Many bytes at a time, without a branch for each.
        let plain = rest.chunks_exact(STRIDE_BYTES);
        let plain = plain.take_while(|it| !it.iter().fold(false, |any, it| any | may_end(it)));
        let skipped = plain.count() * STRIDE_BYTES;
        let rest = rest.get(skipped..).unwrap_or_default();
        at += skipped;
        let Some(next) = rest.iter().position(may_end) else { break };
        at += next;
        let Some(found) = text.get(at..).and_then(|it| it.chars().next()) else { break };
        at += found.len_utf8();
        if found.is_control() || matches!(found, '\u{2028}' | '\u{2029}') {
            return at;
        }
    }
    text.len()
}

/// White space, and the marks without width that captures carry.
pub(crate) fn is_blank(it: char) -> bool {
    if it.is_ascii() {
        return it == ' ' || it.is_ascii_control();
    }
    it.is_whitespace()
        || it.is_control()
        || matches!(it, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
}

/// The first `chars` characters of a text.
pub(crate) fn first_chars(text: &str, chars: usize) -> &str {
    let Some(last) = chars.checked_sub(1).filter(|_| text.len() > chars) else { return text };
    if let Some(plain) = text.get(..chars).filter(|it| it.is_ascii()) {
        return plain;
    }
    let mut rest = text.chars();
    let is_longer = rest.nth(last).is_some();
    let end = text.len() - rest.as_str().len();
    if is_longer { text.get(..end).unwrap_or(text) } else { text }
}

/// How many code points a text has.
pub(crate) fn code_points(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}
