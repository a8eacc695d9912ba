//! The main text of an HTML page: which blocks are the story, and which are the page around it.

mod block;
mod cards;
mod choose;
mod dropped;
mod heading;
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
pub(crate) fn read(tree: &Tree<'_>, headline: Option<&str>) -> Found {
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
        (prune::inside(tree, container, heading, &blocks), dropped)
    };
    let prose = |blocks: &[Block]| blocks.iter().map(weigh::prose).sum::<f32>();
    let mut best = attempt(Trust::Words);
    if prose(&best.0) < 0.3 * prose(&all) {
        // The words of the classes may have hidden the story: see whether more is found without.
        let other = attempt(Trust::Elements);
        if prose(&other.0) > 2.5 * prose(&best.0) {
            best = other;
        }
    }
    let (blocks, dropped) = best;
    let teasers = teasers::teasers(tree, &all, &cards, &blocks);
    let prose = prose(&blocks);
    Found { blocks, dropped, unseen, teasers, prose }
}

pub(crate) fn explain(tree: &Tree<'_>) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let none = dropped::Dropped::none(tree.len());
    let all = block::blocks(tree, &none);
    let Found { blocks: kept, dropped, .. } = read(tree, None);
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
