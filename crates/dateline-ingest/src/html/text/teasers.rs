//! Teasers from cards: which blocks of a card are its headline, its words and its day.

use super::block::{Block, Kind};
use super::cards::Card;
use crate::html::tree::{NodeId, Tree};

/// A story elsewhere, as the page announces it.
#[derive(Debug)]
pub(crate) struct Teaser {
    pub(crate) headline: Block,
    /// The link that the headline is.
    pub(crate) link: NodeId,
    /// What the page tells of the story, in order.
    pub(crate) body: Vec<Block>,
    /// Short lines of the card, one of which may be the day.
    pub(crate) stamps: Vec<Block>,
}

/// Shortest line of a card that tells something, in characters.
const MIN_CHARS: u32 = 30;

/// The teasers of the `cards` that are no part of the page's own `story`. A headline alone among other
/// things is one only where it stands in a heading.
pub(crate) fn teasers(
    tree: &Tree<'_>,
    blocks: &[Block],
    cards: &[Card],
    story: &[Block],
) -> Vec<Teaser> {
    let is_own = |it: &Block| {
        let at = story.partition_point(|own| own.nodes.start < it.nodes.start);
        story.get(at).is_some_and(|own| own.nodes.start == it.nodes.start)
    };
    let mut found = Vec::new();
    for card in cards {
        let Some(headline) = blocks.get(card.headline) else { continue };
        if is_own(headline) || !(card.is_listed || headline.kind == Kind::Heading) {
            continue;
        }
        let first = blocks.partition_point(|it| it.nodes.start < card.element);
        let others = blocks
            .iter()
            .skip(first)
            .take_while(|it| tree.holds(card.element, it.nodes.start))
            .filter(|it| it.nodes.start != headline.nodes.start);
        let (mut body, mut stamps) = (Vec::new(), Vec::new());
        for block in others {
            let tells = block.chars >= MIN_CHARS && (block.stops > 0 || block.chars > 80);
            if tells && !is_own(block) && block.kind != Kind::Heading {
                body.push(block.clone());
            } else if block.chars < 60 {
                stamps.push(block.clone());
            }
        }
        found.push(Teaser { headline: headline.clone(), link: card.link, body, stamps });
    }
    found
}
