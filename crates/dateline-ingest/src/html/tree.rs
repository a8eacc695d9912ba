//! The elements of a page as a tree, each with its place in the markup.
//!
//! It is built from the tokens in one pass and repairs what authors leave out, after the spirit and
//! not to the letter of HTML § 13.2.6: an end tag that is missing is implied, one that closes nothing
//! is passed over, and a formatting element that is closed across others leaves them open. A parser
//! to the letter gives trees without places in the markup, which provenance needs, and takes several
//! times as long.
//!
//! Nodes lie in one list in the order of the markup, so that the contents of a node are the range
//! behind it and no step of reading needs recursion.

mod builder;
pub(crate) mod hints;
mod node;
mod tag;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use super::tokens::{self, Text};
use builder::Builder;
pub(crate) use node::{Node, NodeId};
use node::{Place, Stored};
pub(crate) use tag::Tag;

/// Most nodes of one page; what lies behind is not read. The largest news pages have some ten
/// thousand.
const MAX_NODES: usize = 500_000;

/// The nodes of a page; the first is the root.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    markup: &'a str,
    nodes: Vec<Stored>,
    /// Where the addresses stand to which the links among them lead, in their order.
    links: Vec<(NodeId, Place)>,
    /// Whether the page had more nodes than [`MAX_NODES`] and was read only so far.
    pub(crate) cut: bool,
}

impl<'a> Tree<'a> {
    /// The tree of `markup`.
    pub(crate) fn new(markup: &'a str) -> Self {
        let mut builder = Builder::default();
        for token in tokens::tokens(markup) {
            if builder.len() >= MAX_NODES {
                return builder.finish(markup, true);
            }
            builder.take(&token);
        }
        builder.finish(markup, false)
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node `id`; the root for one that is not there.
    pub(crate) fn node(&self, id: NodeId) -> Node {
        self.nodes.get(id).or_else(|| self.nodes.first()).map(Stored::node).unwrap_or_default()
    }

    /// The characters of node `id`, if it is text.
    pub(crate) fn text(&self, id: NodeId) -> Option<Text<'a>> {
        let node = self.nodes.get(id).filter(|it| it.tag == Tag::Text)?;
        Some(Text::with_entities(self.markup, node.text.range()))
    }

    /// Where the link `id` leads, as written.
    pub(crate) fn href(&self, id: NodeId) -> Option<Cow<'a, str>> {
        let at = self.links.binary_search_by_key(&id, |it| it.0).ok()?;
        let written = self.links.get(at).and_then(|it| self.markup.get(it.1.range()))?;
        Some(htmlize::unescape_attribute(written))
    }

    pub(crate) fn nodes(&self) -> impl Iterator<Item = (NodeId, Node)> {
        self.nodes.iter().map(Stored::node).enumerate()
    }

    /// The nodes inside of `id`, itself left out.
    pub(crate) fn inside(&self, id: NodeId) -> Range<NodeId> {
        id + 1..self.node(id).end
    }

    /// The elements around `id`, from its parent up to the root.
    pub(crate) fn around(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let up = move |it: NodeId| (it != 0).then(|| self.node(it).parent);
        std::iter::successors(up(id), move |it| up(*it))
    }

    /// Whether `inner` is `outer` or stands inside of it.
    pub(crate) fn holds(&self, outer: NodeId, inner: NodeId) -> bool {
        outer <= inner && inner < self.node(outer).end
    }
}
