//! The element that holds the story's headline: where the story starts.

use crate::html::tree::{NodeId, Tag, Tree};

/// Last rank of headings that are looked at.
const MAX_RANK: u8 = 3;

/// Longest headline, in characters.
const MAX_CHARS: usize = 400;

/// The heading that says most nearly what the page calls itself, else the only one of the first rank.
pub(crate) fn find(tree: &Tree<'_>, headline: Option<&str>) -> Option<NodeId> {
    let wanted = headline.map(folded).filter(|it| !it.is_empty());
    let title = wanted.or_else(|| title(tree))?;
    let mut best: Option<(NodeId, f32)> = None;
    for (id, node) in tree.nodes() {
        let Tag::Heading(rank) = node.tag else { continue };
        if rank > MAX_RANK {
            continue;
        }
        let text = folded(&characters(tree, id));
        let likeness = likeness(&text, &title);
        if rank > 2 && likeness < 0.7 {
            continue;
        }
        let likeness = likeness - 0.15 * f32::from(rank);
        if best.is_none_or(|(_, it)| likeness > it + 0.1) {
            best = Some((id, likeness));
        }
    }
    best.filter(|(_, it)| *it > 0.2).map(|(id, _)| id)
}

/// What the `title` element says.
fn title(tree: &Tree<'_>) -> Option<String> {
    let (head, _) = tree.nodes().find(|(_, it)| it.tag == Tag::Head)?;
    let id = tree.inside(head).find(|it| tree.node(*it).tag == Tag::Title)?;
    Some(folded(&characters(tree, id)))
}

/// The characters of an element, as far as a headline goes.
fn characters(tree: &Tree<'_>, id: NodeId) -> String {
    let mut out = String::new();
    for id in tree.inside(id) {
        if let Some(text) = tree.text(id) {
            out.push_str(&text.decoded());
            if out.len() > 4 * MAX_CHARS {
                break;
            }
        }
    }
    out
}

/// Words in lower case, one space between them.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

/// How much of the longer of two texts the words they share make; 1 when they are equal.
fn likeness(one: &str, other: &str) -> f32 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let words: std::collections::BTreeSet<&str> = other.split(' ').collect();
    let length = |it: &str| u16::try_from(it.chars().count()).unwrap_or(u16::MAX);
    let shared: u16 =
        one.split(' ').filter(|it| words.contains(it)).map(|it| length(it).saturating_add(1)).sum();
    let longer = length(one).max(length(other)).saturating_add(1);
    (f32::from(shared) / f32::from(longer)).min(1.0)
}
