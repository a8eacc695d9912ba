//! A page as a row of blocks: the characters that stand between two ends of a paragraph, a list item,
//! a cell or whatever else stands on lines of its own.

use std::ops::Range;

use super::dropped::Dropped;
use crate::html::tree::{NodeId, Tag, Tree};

/// What a block is by its elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Paragraph,
    Heading,
    Item,
    Quote,
    Cell,
    Pre,
    /// Stands on a line of its own, and no element says why.
    Plain,
}

/// Characters on lines of their own.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// The innermost element around it that stands on lines of its own.
    pub(crate) owner: NodeId,
    pub(crate) kind: Kind,
    /// Its pieces of text and what stands between them.
    pub(crate) nodes: Range<NodeId>,
    /// Characters that are no white space; a Chinese, Japanese or Korean one, which says more, counts
    /// for three.
    pub(crate) chars: u32,
    /// How many of them are in links.
    pub(crate) linked: u32,
    /// Marks that end a sentence.
    pub(crate) stops: u32,
    /// Marks within a sentence.
    pub(crate) commas: u32,
    /// The last character that is no white space.
    pub(crate) last: char,
}

impl Block {
    /// Share of its characters that are in links.
    pub(crate) fn link_share(&self) -> f32 {
        f32::from(u16::try_from(self.linked.min(60_000)).unwrap_or(u16::MAX))
            / f32::from(u16::try_from(self.chars.clamp(1, 60_000)).unwrap_or(u16::MAX))
    }
}

/// The blocks of a page, without what was dropped.
pub(crate) fn blocks(tree: &Tree<'_>, dropped: &Dropped) -> Vec<Block> {
    let mut reader = Reader { tree, found: Vec::new(), open: Vec::new(), block: None, breaks: 0 };
    let mut link_end = 0;
    let mut id = 1;
    while id < tree.len() {
        reader.close_before(id);
        let node = tree.node(id);
        if dropped.is(id) {
            if !node.tag.is_inline() {
                reader.flush();
            }
            id = node.end;
            continue;
        }
        if node.tag == Tag::Text {
            reader.text(id, id < link_end);
        } else if node.tag == Tag::Br {
            reader.line_break();
        } else if node.tag == Tag::A {
            link_end = link_end.max(node.end);
        } else if !node.tag.is_inline() {
            reader.flush();
            reader.open.push((id, node.end));
        }
        id += 1;
    }
    reader.flush();
    reader.found
}

struct Reader<'t, 'a> {
    tree: &'t Tree<'a>,
    found: Vec<Block>,
    /// Open elements that stand on lines of their own, and where each ends.
    open: Vec<(NodeId, NodeId)>,
    block: Option<Block>,
    /// Line breaks since the last text.
    breaks: usize,
}

impl Reader<'_, '_> {
    /// Ends the elements that end before node `id`.
    fn close_before(&mut self, id: NodeId) {
        while self.open.last().is_some_and(|(_, end)| *end <= id) {
            self.flush();
            self.open.pop();
        }
    }

    fn flush(&mut self) {
        self.breaks = 0;
        if let Some(block) = self.block.take()
            && block.chars > 0
        {
            self.found.push(block);
        }
    }

    /// Two line breaks in a row part paragraphs.
    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks == 2 {
            let breaks = self.breaks;
            self.flush();
            self.breaks = breaks;
        }
    }

    fn text(&mut self, id: NodeId, is_linked: bool) {
        let Some(text) = self.tree.text(id) else { return };
        if text.source.bytes().all(|it| it.is_ascii_whitespace()) {
            return;
        }
        let owner = self.open.last().map_or(0, |(id, _)| *id);
        let block = self.block.get_or_insert_with(|| Block {
            owner,
            kind: kind(self.tree, owner),
            nodes: id..id + 1,
            chars: 0,
            linked: 0,
            stops: 0,
            commas: 0,
            last: ' ',
        });
        block.nodes.end = id + 1;
        let before = block.chars;
        for it in text.decoded().chars() {
            count(block, it);
        }
        if is_linked {
            block.linked += block.chars - before;
        }
        if block.chars > before {
            self.breaks = 0;
        }
    }
}

fn count(block: &mut Block, it: char) {
    match it {
        '.' | '!' | '?' | '…' | '।' | '؟' | '۔' | '。' | '！' | '？' => block.stops += 1,
        ',' | ';' | ':' | '、' | '，' | '،' | '；' | '：' => block.commas += 1,
        _ => {}
    }
    let weight = match it {
        it if it.is_whitespace() || it.is_control() => 0,
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => 0,
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{ff00}'..='\u{ffef}' => 3,
        _ => 1,
    };
    block.chars = block.chars.saturating_add(weight);
    if weight > 0 {
        block.last = it;
    }
}

/// What the elements around a block make of it; a section, a table or a list around it ends the
/// search.
#[expect(clippy::wildcard_enum_match_arm, reason = "most elements mean nothing here")]
fn kind(tree: &Tree<'_>, owner: NodeId) -> Kind {
    for id in std::iter::once(owner).chain(tree.around(owner)).take(4) {
        match tree.node(id).tag {
            Tag::Paragraph => return Kind::Paragraph,
            Tag::Heading(_) => return Kind::Heading,
            Tag::Item | Tag::Definition | Tag::Term => return Kind::Item,
            Tag::Blockquote => return Kind::Quote,
            Tag::Cell => return Kind::Cell,
            Tag::Pre => return Kind::Pre,
            Tag::Section | Tag::Article | Tag::Table | Tag::List | Tag::Body => break,
            _ => {}
        }
    }
    Kind::Plain
}
