//! The text of a story from its blocks, and where on the page each run of it stands.
//!
//! Text and markup are read side by side, so that nothing has to be found again: every run of
//! characters that stands in the markup as it is becomes one piece, every character reference a piece
//! of its own (`&` for `&amp;`), and what the markup only implies (a space for a line break, a line
//! feed between paragraphs) belongs to no piece. Marks of no width (soft hyphens, joiners) are left
//! out.

use std::ops::Range;

use dateline_event::story::Headline;
use dateline_event::{Piece, Span};

use super::text::{Block, Dropped};
use super::tokens::{CodePoints, Text};
use super::tree::{NodeId, Tag, Tree};
use crate::page::code_points;
use crate::story_limits::{MAX_PIECES, MAX_TEXT_BYTES};

/// The text of a story with its pieces.
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) pieces: Vec<Piece>,
    /// Whether the text was longer than is taken, and ends before its end.
    pub(crate) is_cut: bool,
}

/// The text of a story as it grows.
pub(crate) struct Writer<'p> {
    places: &'p CodePoints<'p>,
    text: String,
    /// Code points of `text`.
    length: u32,
    pieces: Vec<Piece>,
    /// What parts the last piece from the next character.
    gap: Gap,
    /// Whether that is one space, as in the markup.
    is_plain_space: bool,
    /// Whether the text is as long as one may be.
    is_full: bool,
}

/// What stands between two runs of text, the stronger the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
}

impl<'p> Writer<'p> {
    pub(crate) fn new(places: &'p CodePoints<'p>) -> Self {
        Self {
            places,
            text: String::new(),
            length: 0,
            pieces: Vec::new(),
            gap: Gap::None,
            is_plain_space: false,
            is_full: false,
        }
    }

    /// Adds the text of a block, on a line of its own; of the block's nodes those that were dropped
    /// are left out.
    pub(crate) fn block(&mut self, tree: &Tree<'_>, block: &Block, dropped: &Dropped) {
        self.gap = Gap::Line;
        self.nodes(tree, block.nodes.clone(), dropped);
    }

    /// Adds the text in `nodes`.
    pub(crate) fn nodes(&mut self, tree: &Tree<'_>, nodes: Range<NodeId>, dropped: &Dropped) {
        let mut id = nodes.start;
        while id < nodes.end && !self.is_full {
            let node = tree.node(id);
            if dropped.is(id) {
                id = node.end;
                continue;
            }
            if node.tag == Tag::Br {
                self.gap = Gap::Line;
            } else if let Some(text) = tree.text(id) {
                self.source(&text);
            }
            id += 1;
        }
    }

    /// The text and its pieces.
    pub(crate) fn finish(self) -> Written {
        Written { text: self.text, pieces: self.pieces, is_cut: self.is_full }
    }

    fn source(&mut self, text: &Text<'_>) {
        let mut at = text.range.start;
        let mut rest = text.source;
        while let Some(reference) = next_reference(rest)
            && !self.is_full
        {
            let (plain, tail) = rest.split_at(reference);
            self.plain(plain, at);
            at += plain.len();
            let next = tail.get(1..).and_then(next_reference).map_or(tail.len(), |it| it + 1);
            let (chunk, behind) = tail.split_at(next);
            self.reference(chunk, at);
            at += chunk.len();
            rest = behind;
        }
        self.plain(rest, at);
    }

    /// Characters from an ampersand up to the next, which may start with a reference.
    fn reference(&mut self, chunk: &str, at: usize) {
        let decoded = htmlize::unescape(chunk);
        let same = chunk.chars().rev().zip(decoded.chars().rev()).take_while(|(a, b)| a == b);
        let same: usize = same.map(|(it, _)| it.len_utf8()).sum();
        let (source, tail) = chunk.split_at(chunk.len() - same);
        let shown = decoded.get(..decoded.len() - same).unwrap_or_default();
        let page = self.places.span(&(at..at + source.len()));
        let shown: String = shown.chars().filter(|it| !is_invisible(*it)).collect();
        if self.fitting(&shown).len() < shown.len() {
            return;
        }
        if shown.chars().all(is_space) {
            self.widen(if source.is_empty() || shown.is_empty() { Gap::None } else { Gap::Space });
        } else {
            self.fill_gap();
            self.push(&shown, page);
        }
        self.plain(tail, at + source.len());
    }

    /// Characters that stand in the markup from byte `at` on as readers see them.
    fn plain(&mut self, text: &str, at: usize) {
        let mut start = 0;
        let mut seams = text.char_indices().filter(|(_, it)| is_space(*it) || is_invisible(*it));
        loop {
            let seam = seams.next();
            let end = seam.map_or(text.len(), |(end, _)| end);
            let run = self.fitting(text.get(start..end).unwrap_or_default());
            let end = start + run.len();
            if !run.is_empty() {
                self.fill_gap();
                self.push(run, self.places.span(&(at + start..at + end)));
            }
            let Some((seam, it)) = seam.filter(|_| !self.is_full) else { return };
            if is_space(it) {
                let is_first = self.gap == Gap::None;
                self.widen(Gap::Space);
                self.is_plain_space = is_first && it == ' ';
            }
            start = seam + it.len_utf8();
        }
    }

    /// As much of `run` as the text has room for.
    fn fitting<'t>(&mut self, run: &'t str) -> &'t str {
        let room = MAX_TEXT_BYTES.saturating_sub(self.text.len() + 1);
        self.is_full |= run.len() > room || self.pieces.len() >= MAX_PIECES;
        if !self.is_full {
            return run;
        }
        let end = (0..=room.min(run.len())).rev().find(|it| run.is_char_boundary(*it));
        run.get(..end.unwrap_or(0)).unwrap_or_default()
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
        self.is_plain_space = false;
    }

    fn fill_gap(&mut self) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if !self.text.is_empty() && gap != Gap::None {
            self.text.push(if gap == Gap::Line { '\n' } else { ' ' });
            self.length += 1;
        }
    }

    /// Adds `text`, which stands at `page`; it lengthens the last piece where it follows it on both
    /// sides, with or without one character between them.
    fn push(&mut self, text: &str, page: Span) {
        self.text.push_str(text);
        let body = Span::new(self.length, self.length.saturating_add(code_points(text)));
        self.length = body.end;
        let letters = |it: &Piece| it.body.len() == it.page.len();
        let new = Piece { body, page };
        if let Some(last) = self.pieces.last_mut()
            && letters(last)
            && letters(&new)
            && body.start - last.body.end == page.start.saturating_sub(last.page.end)
            && page.start >= last.page.end
            && (body.start == last.body.end || self.is_plain_space)
        {
            *last = Piece {
                body: Span::new(last.body.start, body.end),
                page: Span::new(last.page.start, page.end),
            };
        } else {
            self.pieces.push(new);
        }
    }
}

/// The text in `nodes` as a headline; `None` when there is none.
pub(crate) fn headline(
    tree: &Tree<'_>,
    nodes: &Range<NodeId>,
    dropped: &Dropped,
    places: &CodePoints<'_>,
) -> Option<Headline> {
    let mut writer = Writer::new(places);
    writer.nodes(tree, nodes.clone(), dropped);
    let Written { text, pieces, .. } = writer.finish();
    let (first, last) = (pieces.first()?, pieces.last()?);
    let text = text.replace('\n', " ");
    Some(Headline { text, span: Span::new(first.page.start, last.page.end) })
}

/// Where the next ampersand stands that may start a reference.
fn next_reference(text: &str) -> Option<usize> {
    let mut ampersands = text.match_indices('&').map(|(at, _)| at);
    let starts = |it: u8| it.is_ascii_alphabetic() || it == b'#';
    ampersands.find(|at| text.as_bytes().get(at + 1).copied().is_some_and(starts))
}

fn is_space(it: char) -> bool {
    it.is_whitespace() || it.is_control()
}

const fn is_invisible(it: char) -> bool {
    matches!(it, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}
