//! The element that holds the story.

use super::block::Block;
use super::weigh::{Weights, value};
use crate::html::tree::hints::Hints;
use crate::html::tree::{NodeId, Tag, Tree};

/// The element whose blocks speak most for a story.
pub(crate) fn container(tree: &Tree<'_>, blocks: &[Block]) -> NodeId {
    let weights = Weights::new(tree, blocks, value);
    let mut best = (0, f32::MIN);
    let mut declared = (0, f32::MIN);
    for (id, node) in tree.nodes() {
        if node.tag.is_inline() && node.tag != Tag::Other {
            continue;
        }
        let weight = weights.of(tree, id);
        if weight > best.1 || (weight >= best.1 && tree.holds(best.0, id)) {
            best = (id, weight);
        }
        if node.hints.any(Hints::CONTENT.and(Hints::BODY)) && weight > declared.1 {
            declared = (id, weight);
        }
    }
    if declared.1 > 0.5 * best.1 { declared.0 } else { best.0 }
}
