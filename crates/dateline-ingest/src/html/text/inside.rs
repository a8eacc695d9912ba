//! What of the element that holds the story is its text.

use std::collections::HashMap;

use super::block::{Block, Kind};
use super::notes::{self, Note};
use super::weigh::prose;
use crate::html::tree::hints::Hints;
use crate::html::tree::{NodeId, Tag, Tree};

/// The blocks of the story in `container`, and its lead before it.
pub(crate) fn inside(
    tree: &Tree<'_>,
    container: NodeId,
    heading: Option<NodeId>,
    blocks: &[Block],
) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::new();
    let start = heading.filter(|it| *it < tree.node(container).end).unwrap_or(0);
    let prose_in = |from, to| -> f32 {
        blocks.iter().filter(|it| (from..to).contains(&it.nodes.start)).map(prose).sum()
    };
    let (above, below) = (prose_in(container, start), prose_in(start, tree.node(container).end));
    // A headline that is printed again under the story does not part it.
    let start = if above > 0.4 * below { 0 } else { start };
    let texts = OwnTexts::new(blocks);
    let mut before_link = false;
    for block in blocks.iter().rev() {
        let at = block.nodes.start;
        if at >= tree.node(container).end || at <= start {
            continue;
        }
        let keep = if tree.holds(container, at) {
            texts.belongs(tree, block) && !(before_link && announces(block))
        } else {
            heading.is_some() && is_lead(tree, block)
        };
        before_link = !keep && tree.node(block.owner).tag != Tag::Heading(1);
        if keep {
            kept.push(block.clone());
        }
    }
    // Lines over the text that no element makes part of it: the day, a section.
    while kept.last().is_some_and(is_label) {
        kept.pop();
    }
    kept.reverse();
    let mut kept = without_notes(tree, kept);
    while kept.last().is_some_and(announces) {
        kept.pop();
    }
    kept
}

/// Leaves out what the words of a block say is no text of the story.
fn without_notes(tree: &Tree<'_>, blocks: Vec<Block>) -> Vec<Block> {
    let mut in_list = false;
    let mut kept = Vec::with_capacity(blocks.len());
    for block in blocks {
        let note = notes::note(tree, &block);
        let is_listed = in_list && block.link_share() > 0.5;
        in_list = is_listed || note == Some(Note::Related);
        if note.is_none() && !is_listed {
            kept.push(block);
        }
    }
    kept
}

/// Least prose of an element of which every line is taken, in characters.
const MIN_OWN_TEXT: f32 = 200.0;

/// How much prose stands right in each element, in none inside of it.
struct OwnTexts(HashMap<NodeId, f32>);

impl OwnTexts {
    fn new(blocks: &[Block]) -> Self {
        let mut texts = HashMap::new();
        for block in blocks.iter().filter(|it| it.kind == Kind::Plain) {
            *texts.entry(block.owner).or_insert(0.0) += prose(block);
        }
        Self(texts)
    }

    /// Whether a block in the story is text of it.
    fn belongs(&self, tree: &Tree<'_>, block: &Block) -> bool {
        let is_link = block.link_share() > 0.6 && !notes::is_address(tree, block);
        match block.kind {
            Kind::Heading => !is_link && tree.node(block.owner).tag != Tag::Heading(1),
            Kind::Plain => {
                let long = block.chars > 40 || block.stops > 0;
                !is_link && (long || self.is_line(block))
            }
            Kind::Item | Kind::Cell => !is_link || block.chars > 60,
            Kind::Paragraph | Kind::Quote | Kind::Pre => !is_link || block.chars > 250,
        }
    }

    /// Whether a block is a line of a text that line breaks part.
    fn is_line(&self, block: &Block) -> bool {
        self.0.get(&block.owner).is_some_and(|it| *it >= MIN_OWN_TEXT)
    }
}

/// Whether a block is a word or two in no paragraph.
fn is_label(block: &Block) -> bool {
    matches!(block.kind, Kind::Plain | Kind::Cell) && block.chars < 25 && block.stops == 0
}

/// Whether a block is one that stands over others: a heading, a few words with a colon.
fn announces(block: &Block) -> bool {
    block.chars < 80 && (block.kind == Kind::Heading || matches!(block.last, ':' | '：'))
}

/// Whether a block between headline and text is the lead.
fn is_lead(tree: &Tree<'_>, block: &Block) -> bool {
    if block.link_share() > 0.3 || tree.node(block.owner).tag == Tag::Heading(1) {
        return false;
    }
    let says_so = std::iter::once(block.owner)
        .chain(tree.around(block.owner))
        .take(3)
        .any(|it| tree.node(it).hints.any(Hints::LEAD));
    if says_so { block.chars >= 25 } else { block.chars >= 60 && block.stops > 0 }
}
