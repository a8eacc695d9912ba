//! The main text of an HTML page: which blocks are the story, and which are the page around it.

mod block;
mod cards;
mod choose;
mod dropped;
mod heading;
mod inside;
mod links;
mod notes;
mod prune;
mod teasers;
mod weigh;

pub(crate) use block::Block;
pub(crate) use dropped::Dropped;
use prune::Trust;
pub(crate) use teasers::Teaser;

use super::tree::Tree;

/// What was found on a page.
pub(crate) struct Found {
    /// The blocks of the page's own story, in order.
    pub(crate) blocks: Vec<Block>,
    /// What was set aside for them, in blocks too.
    pub(crate) dropped: Dropped,
    /// What no reader sees.
    pub(crate) unseen: Dropped,
    /// Stories elsewhere that the page points to, in order.
    pub(crate) teasers: Vec<Teaser>,
    /// Characters of prose in `blocks`.
    pub(crate) prose: f32,
}

/// Tells the page's own story, whose headline, if the page declares one, is `headline`, from the
/// teasers around it.
///
/// `declared_chars` is the length of the text that the page declares as its story's, in characters.
pub(crate) fn read(
    tree: &Tree<'_>,
    headline: Option<&str>,
    declared_chars: Option<usize>,
) -> Found {
    let heading = heading::find(tree, headline);
    let mut unseen = Dropped::none(tree.len());
    prune::unseen(tree, &mut unseen);
    let all = block::blocks(tree, &unseen);
    let cards = cards::cards(tree, &all);
    let attempt = |trust| {
        let mut dropped = unseen.clone();
        prune::around_the_story(tree, &all, heading, trust, &mut dropped);
        prune::cards(tree, &all, &cards, heading, &mut dropped);
        let blocks = block::blocks(tree, &dropped);
        let container = choose::container(tree, &blocks);
        (inside::inside(tree, container, heading, &blocks), dropped)
    };
    let prose = |blocks: &[Block]| blocks.iter().map(weigh::prose).sum::<f32>();
    let mut best = attempt(Trust::Words);
    let expected = declared_chars.map_or(0.0, |it| weigh::number(u32::try_from(it).unwrap_or(0)));
    if prose(&best.0) < (0.3 * prose(&all)).max(0.5 * expected) {
        // The words of the classes may have hidden the story: see whether more is found without.
        let other = attempt(Trust::Elements);
        let factor = if prose(&best.0) < 0.5 * expected { 1.5 } else { 2.5 };
        if prose(&other.0) > factor * prose(&best.0) {
            best = other;
        }
    }
    let (blocks, dropped) = best;
    let teasers = teasers::teasers(tree, &all, &cards, &blocks);
    let prose = prose(&blocks);
    Found { blocks, dropped, unseen, teasers, prose }
}
