//! How much text of a story stands in each part of a page.

use super::block::{Block, Kind};
use crate::html::tree::{NodeId, Tag, Tree};

/// Sums over the blocks of a page that can be had for every node at once.
pub(crate) struct Weights {
    /// Sum of the values of all blocks that start before node `index`.
    before: Vec<f32>,
}

impl Weights {
    /// Weighs each block with `value`.
    pub(crate) fn new(tree: &Tree<'_>, blocks: &[Block], value: impl Fn(&Block) -> f32) -> Self {
        let mut before = vec![0.0; tree.len() + 1];
        for block in blocks {
            if let Some(at) = before.get_mut(block.nodes.start + 1) {
                *at += value(block);
            }
        }
        Self::summed(before)
    }

    /// Counts the nodes of `tag`.
    pub(crate) fn count(tree: &Tree<'_>, tag: Tag) -> Self {
        let ones = tree.nodes().map(|(_, it)| if it.tag == tag { 1.0 } else { 0.0 });
        Self::summed(std::iter::once(0.0).chain(ones).collect())
    }

    fn summed(mut before: Vec<f32>) -> Self {
        let mut sum = 0.0;
        for it in &mut before {
            sum += *it;
            *it = sum;
        }
        Self { before }
    }

    /// The sum of what stands in node `id`.
    pub(crate) fn of(&self, tree: &Tree<'_>, id: NodeId) -> f32 {
        let at = |it: NodeId| self.before.get(it).copied().unwrap_or(0.0);
        at(tree.node(id).end) - at(id)
    }
}

/// The number `it` as far as a weight needs it.
pub(crate) fn number(it: u32) -> f32 {
    f32::from(u16::try_from(it).unwrap_or(u16::MAX))
}

/// Characters of prose in a block: sentences, not links.
pub(crate) fn prose(block: &Block) -> f32 {
    let own = number(block.chars.saturating_sub(block.linked));
    let has_sentences = block.stops > 0 || block.commas > 1 || block.chars > 120;
    if block.kind == Kind::Heading || !has_sentences || block.link_share() > 0.5 {
        0.0
    } else {
        own
    }
}

/// What a block says for or against the element around it being the text of a story.
pub(crate) fn value(block: &Block) -> f32 {
    let chars = number(block.chars);
    let share = block.link_share();
    if share > 0.6 {
        return -10.0 - chars.min(100.0) * 0.4;
    }
    match block.kind {
        Kind::Heading => -2.0,
        Kind::Plain if block.chars < 25 => -8.0,
        Kind::Paragraph | Kind::Quote | Kind::Pre => {
            if block.chars < 20 {
                -0.3
            } else {
                chars * (1.0 - share)
            }
        }
        Kind::Item | Kind::Cell | Kind::Plain => {
            // A table of results or of days has little else than short cells.
            let short = if block.kind == Kind::Cell { 0.0 } else { -1.5 };
            let factor = if block.stops > 0 { 0.8 } else { 0.3 };
            if block.chars < 20 { short } else { chars * (1.0 - share) * factor }
        }
    }
}
