//! Text as readers of the page see it, put together from pieces of markup.

use std::ops::Range;

use super::element::ElementId;
use super::outline::Block;
use crate::html::tokens::Text;

/// How much of one block is looked at for dates, in bytes.
const MAX_BYTES: usize = 600;

/// The characters of `pieces` with single spaces for white space, trimmed.
pub(super) fn squeezed<'a>(pieces: impl IntoIterator<Item = &'a Text<'a>>) -> String {
    let mut text = String::new();
    for piece in pieces {
        push_squeezed(&mut text, &piece.decoded());
    }
    text.truncate(text.trim_end().len());
    text
}

/// Adds `more` to `text`; white space becomes one space, none at the start.
pub(super) fn push_squeezed(text: &mut String, more: &str) {
    for it in more.chars() {
        match it {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            it if it.is_whitespace() || it.is_control() => {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            it => text.push(it),
        }
    }
}

/// The text of a block, with the way back to the markup.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    /// Where each piece starts in `text`, where it stands in the markup, and what holds it.
    pieces: Vec<(usize, Range<usize>, ElementId)>,
}

impl Line {
    pub(super) fn of(block: &Block<'_>) -> Self {
        let mut line = Self { text: String::new(), pieces: Vec::new() };
        let mut before: Option<ElementId> = None;
        for piece in &block.pieces {
            if line.text.len() > MAX_BYTES {
                break;
            }
            // Letters of two elements are set apart by style sheets that we do not read, but the
            // ending of an ordinal follows its figure.
            let figure = line.text.ends_with(|it: char| it.is_ascii_digit());
            let decoded = piece.text.decoded();
            let ending = figure
                && ["st", "nd", "rd", "th", "er", "º", "."].iter().any(|it| decoded.trim() == *it);
            if before.is_some_and(|it| it != piece.element) && !ending {
                push_squeezed(&mut line.text, " ");
            }
            before = Some(piece.element);
            line.pieces.push((line.text.len(), piece.text.range.clone(), piece.element));
            let cut = decoded.char_indices().nth(MAX_BYTES).map_or(decoded.len(), |it| it.0);
            push_squeezed(&mut line.text, decoded.get(..cut).unwrap_or_default());
        }
        line
    }

    /// Where the characters in `range` of the text stand in `markup`: exactly where they stand
    /// there as they are, else the pieces they come from.
    pub(super) fn in_markup(&self, range: &Range<usize>, markup: &str) -> Range<usize> {
        let first = self.piece_at(range.start);
        let last = self.piece_at(range.end.saturating_sub(1));
        let (Some(first), Some(last)) = (first, last) else { return 0..0 };
        let whole = first.1.start..last.1.end;
        let wanted = self.text.get(range.clone()).unwrap_or_default();
        match markup.get(whole.clone()).and_then(|it| it.find(wanted)) {
            Some(at) => whole.start + at..whole.start + at + wanted.len(),
            None => whole,
        }
    }

    /// The element that holds the character at byte `at`.
    pub(super) fn element_at(&self, at: usize) -> ElementId {
        self.piece_at(at).map(|it| it.2).unwrap_or_default()
    }

    fn piece_at(&self, at: usize) -> Option<&(usize, Range<usize>, ElementId)> {
        let behind = self.pieces.partition_point(|it| it.0 <= at);
        self.pieces.get(behind.saturating_sub(1))
    }
}
