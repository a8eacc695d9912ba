//! The main text of an HTML page: which blocks are the story, and which are the page around it.

mod block;
mod choose;
mod dropped;
mod heading;
mod prune;
mod weigh;

pub(crate) use block::Block;
use prune::Trust;

use super::tree::Tree;

/// The blocks of the page's own story, in order.
pub(crate) fn main_text(tree: &Tree<'_>, headline: Option<&str>) -> (Vec<Block>, dropped::Dropped) {
    let heading = heading::find(tree, headline);
    let mut unseen = dropped::Dropped::none(tree.len());
    prune::unseen(tree, &mut unseen);
    let all = block::blocks(tree, &unseen);
    let read = |trust| {
        let mut dropped = unseen.clone();
        prune::around_the_story(tree, &all, heading, trust, &mut dropped);
        let blocks = block::blocks(tree, &dropped);
        let container = choose::container(tree, &blocks);
        (prune::inside(tree, container, heading, &blocks), dropped)
    };
    let strict = read(Trust::Words);
    let prose = |blocks: &[Block]| blocks.iter().map(weigh::prose).sum::<f32>();
    if prose(&strict.0) > 0.3 * prose(&all) {
        return strict;
    }
    // The words of the classes hid the story: without them more is found.
    let trusting = read(Trust::Elements);
    if prose(&trusting.0) > 2.5 * prose(&strict.0) { trusting } else { strict }
}

/// The characters of a block, white space squeezed, line breaks kept.
pub(crate) fn text_of(tree: &Tree<'_>, block: &Block, dropped: &dropped::Dropped) -> String {
    let mut out = String::new();
    let mut id = block.nodes.start;
    while id < block.nodes.end {
        let node = tree.node(id);
        if dropped.is(id) {
            id = node.end;
            continue;
        }
        if node.tag == super::tree::Tag::Br {
            out.truncate(out.trim_end_matches(' ').len());
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
        }
        if let Some(text) = &node.text {
            for it in text.decoded().chars() {
                if it.is_whitespace() || it.is_control() {
                    if !out.is_empty() && !out.ends_with([' ', '\n']) {
                        out.push(' ');
                    }
                } else {
                    out.push(it);
                }
            }
        }
        id += 1;
    }
    out.truncate(out.trim_end().len());
    out
}

pub(crate) fn explain(tree: &Tree<'_>) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let none = dropped::Dropped::none(tree.len());
    let all = block::blocks(tree, &none);
    let (kept, dropped) = main_text(tree, None);
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
        let t: String = text_of(tree, b, &none).replace('\n', " ").chars().take(90).collect();
        let _ = writeln!(out, "{mark} {:?} c{} l{} s{} {t} {}", b.kind, b.chars, b.linked, b.stops, why.join(" "));
    }
    let _ = writeln!(out, "CONTAINER {:?} {:?}", tree.node(chosen).tag, tree.node(chosen).hints);
    out
}
