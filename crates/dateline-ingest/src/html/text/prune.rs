//! What is set aside: what no reader sees, what stands around the story, and what stands in it without
//! belonging to it.

use super::block::{Block, Kind};
use super::cards::Card;
use super::dropped::Dropped;
use super::links::Links;
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

/// Purposes of what stands about a story, and of no words within a sentence.
const ABOUT: Hints = Hints::CAPTION.and(Hints::BYLINE).and(Hints::META);

/// What is believed of what a page says of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Elements, and the words of classes.
    Words,
    /// Elements alone: for pages whose words mean something else.
    Elements,
}

/// Longest prose under a picture, in characters; what is longer is text of the story.
const MAX_CAPTION_CHARS: f32 = 500.0;

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
    let links = Links::new(tree, blocks);
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
        let hints = links.believed(tree, id, hints, heading);
        let hints = if is_in_text(tree, id) { hints.without(ABOUT) } else { hints };
        let limit = limit(node.tag, hints, weights.of(tree, id));
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
    let images = Weights::count(tree, Tag::Image);
    let all = weights.of(tree, 0).max(1.0);
    for card in cards.iter().filter(|it| it.is_listed) {
        let headline = blocks.get(card.headline);
        let is_heading = headline.is_some_and(|it| it.kind == Kind::Heading);
        let has_picture = images.of(tree, card.element) > 0.0;
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
    let images = Weights::count(tree, Tag::Image);
    for (id, node) in tree.nodes() {
        if node.hints.any(Hints::PICTURE)
            && !node.tag.is_inline()
            && weights.of(tree, id) < all * 0.05
            && images.of(tree, id) > 0.0
        {
            dropped.add(id);
        }
    }
}

/// Whether an element is a few words of a paragraph: its dateline, a name.
fn is_in_text(tree: &Tree<'_>, id: NodeId) -> bool {
    let node = tree.node(id);
    node.tag.is_inline()
        && tree.node(node.parent).tag == Tag::Paragraph
        && node.end < tree.node(node.parent).end
}

fn is_head(tag: Tag, hints: Hints) -> bool {
    tag == Tag::Header || hints.any(Hints::HEADER)
}

/// The share of the page's prose up to which an element is set aside for what it says of itself; 0
/// when it says nothing.
#[expect(clippy::wildcard_enum_match_arm, reason = "most elements mean nothing here")]
fn limit(tag: Tag, hints: Hints, prose: f32) -> f32 {
    let is_caption = prose < MAX_CAPTION_CHARS;
    let hints = if is_caption { hints } else { hints.without(Hints::CAPTION) };
    // The service that a quotation comes from is no button.
    let hints = if tag == Tag::Blockquote { hints.without(Hints::SHARE) } else { hints };
    let by_tag: f32 = match tag {
        Tag::Nav => 0.9,
        Tag::Footer => 0.8,
        Tag::Aside => 0.5,
        Tag::Figcaption | Tag::Figure if is_caption => 0.2,
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
