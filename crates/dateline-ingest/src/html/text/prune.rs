//! What is set aside: what no reader sees, what stands around the story, and what stands in it without
//! belonging to it.

use super::block::{Block, Kind};
use super::cards::Card;
use super::dropped::Dropped;
use super::weigh::{Weights, prose};
use crate::html::tree::hints::Hints;
use crate::html::tree::{NodeId, Tag, Tree};

/// Sets aside what no reader sees.
pub(crate) fn unseen(tree: &Tree<'_>, dropped: &mut Dropped) {
    for (id, node) in tree.nodes() {
        if matches!(node.tag, Tag::Skipped | Tag::Head | Tag::Title) {
            dropped.add(id);
        }
    }
}

/// Purposes that are never the story's, and the share of a page's prose above which the words are not
/// believed.
const STRONG: [(Hints, f32); 8] = [
    (Hints::NOTICE, 0.9),
    (Hints::NAVIGATION, 0.8),
    (Hints::ADVERT, 0.8),
    (Hints::SHARE, 0.8),
    (Hints::FOOTER, 0.8),
    (Hints::SUBSCRIBE, 0.6),
    (Hints::RELATED, 0.7),
    (Hints::ASIDE, 0.6),
];

/// Purposes of small things about the story.
const WEAK: [(Hints, f32); 4] =
    [(Hints::CAPTION, 0.4), (Hints::BYLINE, 0.3), (Hints::META, 0.3), (Hints::HIDDEN, 0.4)];

/// What is believed of what a page says of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Elements, and the words of classes.
    Words,
    /// Elements alone: for pages whose words mean something else.
    Elements,
}

/// Purposes that `lead` and `summary` do not change.
const NEVER_LEAD: Hints = Hints::COMMENTS
    .and(Hints::NOTICE)
    .and(Hints::NAVIGATION)
    .and(Hints::ADVERT)
    .and(Hints::FOOTER)
    .and(Hints::ASIDE);

/// Sets aside what the page says is no part of a story.
pub(crate) fn around_the_story(
    tree: &Tree<'_>,
    blocks: &[Block],
    heading: Option<NodeId>,
    trust: Trust,
    dropped: &mut Dropped,
) {
    let weights = Weights::new(tree, blocks, prose);
    let holds_heading = |id| heading.is_some_and(|it| tree.holds(id, it));
    let mut all = weights.of(tree, 0);
    let mut id = 1;
    while id < tree.len() {
        let node = tree.node(id);
        let weight = weights.of(tree, id);
        if node.hints.any(Hints::COMMENTS) && !holds_heading(id) && weight < 0.95 * all {
            dropped.add(id);
            all -= weight;
            id = node.end;
        } else {
            id += 1;
        }
    }
    let all = all.max(1.0);
    for (id, node) in tree.nodes() {
        let share = weights.of(tree, id) / all;
        let hints = match trust {
            Trust::Words => node.hints,
            Trust::Elements => node.hints.only(Hints::COMMENTS.and(Hints::NOTICE)),
        };
        let limit = limit(node.tag, hints);
        if limit <= 0.0
            || share > limit
            || (holds_heading(id) && (share > 0.1 || is_head(node.tag, node.hints)))
        {
            continue;
        }
        dropped.add(id);
    }
    pictures(tree, &weights, all, dropped);
}

/// Longest prose of a teaser, in characters; a longer one tells its story here.
const MAX_TEASER_CHARS: f32 = 350.0;

/// Sets aside teasers that stand in a row.
pub(crate) fn cards(
    tree: &Tree<'_>,
    blocks: &[Block],
    cards: &[Card],
    heading: Option<NodeId>,
    dropped: &mut Dropped,
) {
    let weights = Weights::new(tree, blocks, prose);
    let all = weights.of(tree, 0).max(1.0);
    for card in cards.iter().filter(|it| it.is_listed) {
        let headline = blocks.get(card.headline);
        let is_heading = headline.is_some_and(|it| it.kind == Kind::Heading);
        let has_picture = tree.inside(card.element).any(|it| tree.node(it).tag == Tag::Image);
        // A list of links alone may be the story's own.
        if !is_heading && !has_picture {
            continue;
        }
        let holds_heading = heading.is_some_and(|it| tree.holds(card.element, it));
        if !holds_heading && weights.of(tree, card.element) < (0.3 * all).min(MAX_TEASER_CHARS) {
            dropped.add(card.element);
        }
    }
}

/// Sets aside what stands with a picture in an element that is named for it: its caption.
fn pictures(tree: &Tree<'_>, weights: &Weights, all: f32, dropped: &mut Dropped) {
    for (id, node) in tree.nodes() {
        if node.hints.any(Hints::PICTURE)
            && !node.tag.is_inline()
            && weights.of(tree, id) < all * 0.05
            && tree.inside(id).any(|it| tree.node(it).tag == Tag::Image)
        {
            dropped.add(id);
        }
    }
}

fn is_head(tag: Tag, hints: Hints) -> bool {
    tag == Tag::Header || hints.any(Hints::HEADER)
}

/// The share of the page's prose up to which an element is set aside for what it says of itself; 0
/// when it says nothing.
#[expect(clippy::wildcard_enum_match_arm, reason = "most elements mean nothing here")]
fn limit(tag: Tag, hints: Hints) -> f32 {
    let by_tag: f32 = match tag {
        Tag::Nav => 0.9,
        Tag::Footer => 0.8,
        Tag::Aside => 0.5,
        Tag::Figcaption | Tag::Figure => 0.2,
        Tag::Header | Tag::Form => 0.05,
        _ => 0.0,
    };
    if tag == Tag::Noscript {
        return 0.5;
    }
    let of = |list: &[(Hints, f32)]| {
        list.iter().filter(|(it, _)| hints.any(*it)).map(|(_, it)| *it).fold(0.0, f32::max)
    };
    // States that a story or a paragraph of it may be in: `<p class="paywall">`.
    let is_text = matches!(tag, Tag::Paragraph | Tag::Blockquote)
        || hints.any(Hints::CONTENT.and(Hints::BODY));
    let strong = if is_text { of(&STRONG).min(0.02) } else { of(&STRONG) };
    // A lead may be called the teaser of its story, and a summary is written by its author.
    let strong =
        if hints.any(Hints::LEAD) && !hints.any(NEVER_LEAD) { strong.min(0.02) } else { strong };
    // An article may be filed under words that mean something else elsewhere.
    let is_story = matches!(tag, Tag::Article) || hints.any(Hints::CONTENT.and(Hints::BODY));
    let weak = if is_story { 0.0 } else { of(&WEAK) };
    by_tag.max(strong).max(weak)
}

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
    let mut before_link = false;
    for block in blocks.iter().rev() {
        let at = block.nodes.start;
        if at >= tree.node(container).end || at <= start {
            continue;
        }
        let keep = if tree.holds(container, at) {
            belongs(tree, block) && !(before_link && announces(block))
        } else {
            heading.is_some() && is_lead(tree, block)
        };
        before_link = !keep;
        if keep {
            kept.push(block.clone());
        }
    }
    // Lines over the text that no element makes part of it: the day, a section.
    while kept.last().is_some_and(is_label) {
        kept.pop();
    }
    kept.reverse();
    while kept.last().is_some_and(announces) {
        kept.pop();
    }
    kept
}

/// Whether a block in the story is text of it.
fn belongs(tree: &Tree<'_>, block: &Block) -> bool {
    let is_link = block.link_share() > 0.6;
    match block.kind {
        Kind::Heading => !is_link && tree.node(block.owner).tag != Tag::Heading(1),
        Kind::Plain => !is_link && (block.chars > 40 || block.stops > 0),
        Kind::Item | Kind::Cell => !is_link || block.chars > 60,
        Kind::Paragraph | Kind::Quote | Kind::Pre => !is_link || block.chars > 250,
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
