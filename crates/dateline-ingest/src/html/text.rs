//! The main text of an HTML page: which blocks are the story, and which are the page around it.

mod block;
mod choose;
mod dropped;
mod heading;
mod prune;
mod weigh;

pub(crate) use block::Block;
pub(crate) use dropped::Dropped;
use prune::Trust;

use super::tree::{NodeId, Tree};

/// What was found of a page's own story.
pub(crate) struct MainText {
    /// Its blocks, in order.
    pub(crate) blocks: Vec<Block>,
    /// What was set aside, in blocks too.
    pub(crate) dropped: Dropped,
    /// The element of its headline.
    pub(crate) heading: Option<NodeId>,
}

/// Finds the page's own story, whose headline, if the page declares one, is `headline`.
pub(crate) fn main_text(tree: &Tree<'_>, headline: Option<&str>) -> MainText {
    let heading = heading::find(tree, headline);
    let mut unseen = Dropped::none(tree.len());
    prune::unseen(tree, &mut unseen);
    let all = block::blocks(tree, &unseen);
    let read = |trust| {
        let mut dropped = unseen.clone();
        prune::around_the_story(tree, &all, heading, trust, &mut dropped);
        let blocks = block::blocks(tree, &dropped);
        let container = choose::container(tree, &blocks);
        MainText { blocks: prune::inside(tree, container, heading, &blocks), dropped, heading }
    };
    let strict = read(Trust::Words);
    let prose = |blocks: &[Block]| blocks.iter().map(weigh::prose).sum::<f32>();
    if prose(&strict.blocks) > 0.3 * prose(&all) {
        return strict;
    }
    // The words of the classes hid the story: without them more is found.
    let trusting = read(Trust::Elements);
    if prose(&trusting.blocks) > 2.5 * prose(&strict.blocks) { trusting } else { strict }
}

pub(crate) fn explain(tree: &Tree<'_>) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let none = dropped::Dropped::none(tree.len());
    let all = block::blocks(tree, &none);
    let MainText { blocks: kept, dropped, .. } = main_text(tree, None);
    let mut d0 = dropped::Dropped::none(tree.len());
    prune::unseen(tree, &mut d0); let _h = heading::find(tree, None); let _ = writeln!(out, "HEADING {:?}", _h);
    let first = block::blocks(tree, &dropped);
    let chosen = choose::container(tree, &first);
    for b in &all {
        if d0.covers(tree, b.nodes.start) { continue; }
        let mark = if kept.iter().any(|k| k.nodes.start == b.nodes.start) { "KEEP" }
            else if dropped.covers(tree, b.nodes.start) { "drop" }
            else if tree.holds(chosen, b.nodes.start) { "prun" } else { "outs" };
        let why: Vec<String> = std::iter::once(b.nodes.start).chain(tree.around(b.nodes.start)).filter(|i| dropped.is(*i)).map(|i| format!("{:?}/{:?}", tree.node(i).tag, tree.node(i).hints)).collect();
        let t: String = { let p = super::tokens::CodePoints::new(""); let mut w = super::provenance::Writer::new(&p); w.block(tree, b, &none); w.finish().0 }.replace('\n', " ").chars().take(90).collect();
        let _ = writeln!(out, "{mark} {:?} c{} l{} s{} {t} {}", b.kind, b.chars, b.linked, b.stops, why.join(" "));
    }
    let _ = writeln!(out, "CONTAINER {:?} {:?}", tree.node(chosen).tag, tree.node(chosen).hints);
    out
}
