//! From bytes of the markup to code points, in which spans are stored.

use std::ops::Range;

use dateline_event::Span;

/// Distance of two marks, in bytes.
const STEP: usize = 1024;

/// An index of a text that turns ranges of bytes into spans of code points.
#[derive(Debug)]
pub(crate) struct CodePoints<'a> {
    bytes: &'a [u8],
    /// Number of code points that start before byte `STEP` × index.
    marks: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut before = 0_u32;
        let mut marks = Vec::with_capacity(bytes.len() / STEP + 1);
        for chunk in bytes.chunks(STEP) {
            marks.push(before);
            before = before.saturating_add(count(chunk));
        }
        marks.push(before);
        Self { bytes, marks }
    }

    /// Where `range`, in bytes on character borders, stands in code points.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }

    /// Number of code points before `byte`.
    fn offset(&self, byte: usize) -> u32 {
        let byte = byte.min(self.bytes.len());
        let mark = byte / STEP;
        let rest = self.bytes.get(mark * STEP..byte).map_or(0, count);
        self.marks.get(mark).copied().unwrap_or(0).saturating_add(rest)
    }
}

/// Number of code points that start in `bytes`.
fn count(bytes: &[u8]) -> u32 {
    let starts = bytes.iter().filter(|it| **it & 0xc0 != 0x80).count();
    u32::try_from(starts).unwrap_or(u32::MAX)
}
