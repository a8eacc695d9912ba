//! Whether an element does what its words say where that shows: what leads elsewhere has links.

use super::block::Block;
use super::weigh::{Weights, number, prose};
use crate::html::tree::hints::Hints;
use crate::html::tree::{NodeId, Tag, Tree};

/// Least share of links in the characters of a menu.
const MIN_MENU_SHARE: f32 = 0.3;

/// Prose up to which a menu may hold no link at all, in characters: `Skip to the text`.
const MAX_MENU_PROSE: f32 = 200.0;

/// Links and prose of a page.
pub(super) struct Links {
    /// Characters in links.
    linked: Weights,
    chars: Weights,
    prose: Weights,
    /// Links, those around a picture too.
    count: Weights,
}

impl Links {
    pub(super) fn new(tree: &Tree<'_>, blocks: &[Block]) -> Self {
        Self {
            linked: Weights::new(tree, blocks, |it| number(it.linked)),
            chars: Weights::new(tree, blocks, |it| number(it.chars)),
            prose: Weights::new(tree, blocks, prose),
            count: Weights::count(tree, Tag::A),
        }
    }

    /// Those of `hints` that the links in element `id` bear out.
    pub(super) fn believed(
        &self,
        tree: &Tree<'_>,
        id: NodeId,
        hints: Hints,
        heading: Option<NodeId>,
    ) -> Hints {
        let mut believed = hints;
        if hints.any(Hints::RELATED) && !self.leads_elsewhere(tree, id, heading) {
            believed = believed.without(Hints::RELATED);
        }
        if hints.any(Hints::NAVIGATION) && !self.is_menu(tree, id) {
            believed = believed.without(Hints::NAVIGATION);
        }
        believed
    }

    /// Whether a link stands in the element, around it, or beside it in something small.
    fn leads_elsewhere(&self, tree: &Tree<'_>, id: NodeId, heading: Option<NodeId>) -> bool {
        let is_in_link = || tree.around(id).take(3).any(|it| tree.node(it).tag == Tag::A);
        if self.count.of(tree, id) > 0.0 || is_in_link() {
            return true;
        }
        let parent = tree.node(id).parent;
        self.count.of(tree, parent) > 0.0
            && !heading.is_some_and(|it| tree.holds(parent, it))
            && self.prose.of(tree, parent) < 1.5 * self.prose.of(tree, id) + 100.0
    }

    fn is_menu(&self, tree: &Tree<'_>, id: NodeId) -> bool {
        let unlinked = self.prose.of(tree, id);
        unlinked < MAX_MENU_PROSE
            || self.linked.of(tree, id) > MIN_MENU_SHARE * self.chars.of(tree, id)
    }
}
