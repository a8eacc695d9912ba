//! Teasers: headlines that link elsewhere, each with what stands with it.
//!
//! A card is the widest element that holds one such headline and no other: with its picture, its day
//! and its few words. Pages of every make build lists of stories so, whatever their classes are called.

use super::block::{Block, Kind};
use super::weigh::Weights;
use crate::html::tree::hints::Hints;
use crate::html::tree::{NodeId, Tag, Tree};

/// Shortest linked line that counts as a headline where no heading says so, in characters.
const MIN_CHARS: u32 = 25;

/// Longest headline, in characters.
const MAX_CHARS: u32 = 300;

/// Most teasers of one page that are read.
const MAX_CARDS: usize = 1000;

/// A teaser.
#[derive(Debug)]
pub(crate) struct Card {
    /// The element that holds it.
    pub(crate) element: NodeId,
    /// Its headline, by number of the block.
    pub(crate) headline: usize,
    /// The link that the headline is.
    pub(crate) link: NodeId,
    /// Whether it is one of several that look alike, one after the other.
    pub(crate) is_listed: bool,
}

/// The cards of a page, in order.
pub(crate) fn cards(tree: &Tree<'_>, blocks: &[Block]) -> Vec<Card> {
    let mut heads: Vec<(usize, &Block, NodeId)> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let Some(link) = link(tree, block) else { continue };
        let same = heads.last().is_some_and(|it| it.2 == link);
        if !same && is_headline(block) && !is_chrome(tree, block.owner) {
            heads.push((index, block, link));
        }
        if heads.len() >= MAX_CARDS {
            break;
        }
    }
    let owned: Vec<Block> = heads.iter().map(|it| it.1.clone()).collect();
    let counts = Weights::new(tree, &owned, |_| 1.0);
    let mut cards: Vec<Card> = heads
        .iter()
        .map(|(headline, block, link)| Card {
            element: widest(tree, block.nodes.start, &counts),
            headline: *headline,
            link: *link,
            is_listed: false,
        })
        .collect();
    mark_lists(tree, &mut cards);
    cards
}

/// The link that a block is.
fn link(tree: &Tree<'_>, block: &Block) -> Option<NodeId> {
    if block.link_share() < 0.8 {
        return None;
    }
    // The first piece of text may be a label before the link.
    let text = block.nodes.clone().find(|it| {
        tree.node(*it).tag == Tag::Text && tree.around(*it).take(6).any(|it| is_link(tree, it))
    })?;
    tree.around(text).take(6).find(|it| is_link(tree, *it))
}

fn is_link(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.node(id).tag == Tag::A
}

fn is_headline(block: &Block) -> bool {
    block.chars <= MAX_CHARS && (block.kind == Kind::Heading || block.chars >= MIN_CHARS)
}

/// Whether a block stands in a menu, a foot or the like.
fn is_chrome(tree: &Tree<'_>, id: NodeId) -> bool {
    let chrome = Hints::NAVIGATION.and(Hints::FOOTER).and(Hints::COMMENTS).and(Hints::NOTICE);
    std::iter::once(id)
        .chain(tree.around(id))
        .map(|it| tree.node(it))
        .any(|it| matches!(it.tag, Tag::Nav | Tag::Footer) || it.hints.any(chrome))
}

/// The widest element around `id` that holds no second headline.
fn widest(tree: &Tree<'_>, id: NodeId, heads: &Weights) -> NodeId {
    let mut widest = id;
    for it in tree.around(id) {
        let is_page = matches!(tree.node(it).tag, Tag::Body | Tag::Main | Tag::Root);
        if is_page || heads.of(tree, it) > 1.5 {
            break;
        }
        widest = it;
    }
    widest
}

/// Marks the cards that have a next of kin: the same parent, the same looks.
fn mark_lists(tree: &Tree<'_>, cards: &mut [Card]) {
    let alike = |a: &Card, b: &Card| {
        let (a, b) = (tree.node(a.element), tree.node(b.element));
        a.parent == b.parent && a.tag == b.tag && a.looks == b.looks
    };
    let marks: Vec<bool> = (0..cards.len())
        .map(|at| {
            let near = |other: usize| {
                cards.get(at).zip(cards.get(other)).is_some_and(|(a, b)| alike(a, b))
            };
            at.checked_sub(1).is_some_and(near) || near(at + 1)
        })
        .collect();
    for (card, mark) in cards.iter_mut().zip(marks) {
        card.is_listed = mark;
    }
}
