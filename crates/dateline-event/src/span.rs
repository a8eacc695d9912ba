//! Where a piece of text stands: half-open ranges of Unicode code points.

use serde::{Deserialize, Serialize};

/// A half-open range `[start, end)` of Unicode code points (not bytes), counted from the start of a text. Spans are
/// provenance: they always count in the text as captured, never in a normalised copy of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One behind the last code point; never before `start`.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`; an `end` before `start` makes an empty span at `start`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// Number of code points.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no code point.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span moved `by` code points towards the end.
    #[must_use]
    pub const fn shifted(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self::new(start, end)
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}
