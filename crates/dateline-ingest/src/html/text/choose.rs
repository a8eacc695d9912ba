//! The element that holds the story.

use super::block::Block;
use super::weigh::{Weights, number, prose, value};
use crate::html::tree::hints::Hints;
use crate::html::tree::{NodeId, Tag, Tree};

/// The innermost element with nearly all of what speaks for the `best`.
fn inmost(tree: &Tree<'_>, weights: &Weights, best: (NodeId, f32)) -> NodeId {
    let mut at = best.0;
    for id in tree.inside(best.0) {
        let is_within = tree.holds(at, id) && !tree.node(id).tag.is_inline();
        if is_within && weights.of(tree, id) >= NEARLY_ALL * best.1 {
            at = id;
        }
    }
    at
}

/// The container with what follows it in the element around it, if that is text too.
fn grown(tree: &Tree<'_>, blocks: &[Block], container: NodeId) -> NodeId {
    let texts = Weights::new(tree, blocks, prose);
    let chars = Weights::new(tree, blocks, |it| number(it.chars));
    let mut at = container;
    loop {
        let parent = tree.node(at).parent;
        let is_page = matches!(tree.node(parent).tag, Tag::Body | Tag::Root);
        let more = texts.of(tree, parent) - texts.of(tree, at);
        let all = chars.of(tree, parent) - chars.of(tree, at);
        if is_page || more < MIN_GROWTH * texts.of(tree, at) || more < 0.5 * all {
            return at;
        }
        at = parent;
    }
}

/// Least weight of a second part of a story, as a share of the first.
const MIN_PART: f32 = 0.1;

/// The share of a weight that is as good as all of it.
const NEARLY_ALL: f32 = 0.97;

/// Least prose that an element adds to the one inside of it, as a share of that.
const MIN_GROWTH: f32 = 0.2;

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
    if declared.1 <= 0.5 * best.1 {
        return grown(tree, blocks, inmost(tree, &weights, best));
    }
    // A page may be built of many parts that are each called its text.
    let looks = tree.node(declared.0).looks;
    let is_other = |id: NodeId| {
        tree.holds(best.0, id)
            && tree.node(id).looks == looks
            && !tree.holds(declared.0, id)
            && !tree.holds(id, declared.0)
    };
    let parts = tree.nodes().filter(|(_, it)| it.hints.any(Hints::CONTENT.and(Hints::BODY)));
    let other = parts.map(|(id, _)| (id, weights.of(tree, id))).filter(|it| is_other(it.0));
    let most = other.map(|it| it.1).fold(0.0, f32::max);
    if most > MIN_PART * declared.1 { best.0 } else { declared.0 }
}
