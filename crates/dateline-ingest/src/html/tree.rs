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

pub(crate) mod hints;
mod tag;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use super::tokens::{self, Text, Token};
use hints::Hints;
pub(crate) use tag::Tag;

/// Deepest nesting of elements that is told apart, as in browsers. Elements below it count to the
/// one at this depth.
const MAX_DEPTH: usize = 512;

/// Most nodes of one page. The largest news pages have some ten thousand.
const MAX_NODES: usize = 2_000_000;

/// Where a node stands in the tree: its number in the order of the markup.
pub(crate) type NodeId = usize;

/// An element or a piece of text.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    pub(crate) tag: Tag,
    pub(crate) parent: NodeId,
    /// One behind the last node inside of it.
    pub(crate) end: NodeId,
    /// What its attributes say of its purpose.
    pub(crate) hints: Hints,
    /// Equal for elements that look alike: tag and first class, digits left out.
    pub(crate) looks: u64,
    /// Its characters, if it is text.
    pub(crate) text: Option<Text<'a>>,
}

/// The nodes of a page; the first is the root.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    /// Where the links among them lead, in their order.
    links: Vec<(NodeId, Cow<'a, str>)>,
    /// Whether the page had more nodes than [`MAX_NODES`] and was read only so far.
    pub(crate) cut: bool,
}

impl<'a> Tree<'a> {
    /// The tree of `markup`.
    pub(crate) fn new(markup: &'a str) -> Self {
        let mut builder = Builder::new();
        for token in tokens::tokens(markup) {
            if builder.nodes.len() >= MAX_NODES {
                return builder.finish(true);
            }
            builder.take(token);
        }
        builder.finish(false)
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node `id`; the root for one that is not there.
    pub(crate) fn node(&self, id: NodeId) -> &Node<'a> {
        self.nodes.get(id).or_else(|| self.nodes.first()).expect("a tree has a root")
    }

    /// Where the link `id` leads, as written.
    pub(crate) fn href(&self, id: NodeId) -> Option<&str> {
        let at = self.links.binary_search_by_key(&id, |it| it.0).ok()?;
        self.links.get(at).map(|it| &*it.1)
    }

    pub(crate) fn nodes(&self) -> impl DoubleEndedIterator<Item = (NodeId, &Node<'a>)> {
        self.nodes.iter().enumerate()
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

/// An element that is still open.
struct Open {
    id: NodeId,
    tag: Tag,
    /// Tells elements apart that are the same [`Tag`]: `b` and `i`, `ul` and `ol`.
    name: u64,
}

struct Builder<'a> {
    nodes: Vec<Node<'a>>,
    links: Vec<(NodeId, Cow<'a, str>)>,
    open: Vec<Open>,
    /// Open elements below [`MAX_DEPTH`], which have no node.
    too_deep: usize,
}

impl<'a> Builder<'a> {
    fn new() -> Self {
        let root = Node {
            tag: Tag::Root,
            parent: 0,
            end: 1,
            hints: Hints::default(),
            looks: 0,
            text: None,
        };
        let open = vec![Open { id: 0, tag: Tag::Root, name: 0 }];
        Self { nodes: vec![root], links: Vec::new(), open, too_deep: 0 }
    }

    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Start(tag) => self.start(&tag),
            Token::End { name, .. } => self.end(&name),
            Token::Text(text) => {
                self.push(Tag::Text, Hints::default(), 0, Some(text));
            }
        }
    }

    fn start(&mut self, source: &tokens::Tag<'a>) {
        let name = hints::name_of(&source.name);
        let tag = Tag::of(&source.name);
        self.imply_ends(tag);
        if matches!(tag, Tag::Body | Tag::Head) && self.open.iter().any(|it| it.tag == tag) {
            return;
        }
        if self.open.len() >= MAX_DEPTH && !tag.is_void() {
            self.too_deep += 1;
            return;
        }
        let (hints, looks) = hints::read(tag, name, source);
        let id = self.push(tag, hints, looks, None);
        if tag == Tag::A
            && let Some(href) = source.value("href")
        {
            self.links.push((id, href));
        }
        if !tag.is_void() {
            self.open.push(Open { id, tag, name });
        }
    }

    /// Closes what cannot stand around an element of `tag`.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most elements mean nothing here")]
    fn imply_ends(&mut self, tag: Tag) {
        if tag.ends_paragraph() {
            let bound =
                [Tag::Cell, Tag::Table, Tag::Item, Tag::Division, Tag::Section, Tag::Article];
            self.close_nearest(&[Tag::Paragraph], &bound);
        }
        let is_of_head =
            matches!(tag, Tag::Void | Tag::Skipped | Tag::Title | Tag::Noscript | Tag::Other);
        if !is_of_head {
            self.close_nearest(&[Tag::Head], &[Tag::Body]);
        }
        match tag {
            Tag::Item => self.close_nearest(&[Tag::Item], &[Tag::List, Tag::Table]),
            Tag::Term | Tag::Definition => {
                self.close_nearest(&[Tag::Term, Tag::Definition], &[Tag::List, Tag::Table]);
            }
            Tag::Cell => self.close_nearest(&[Tag::Cell], &[Tag::Row, Tag::Table]),
            Tag::Row => self.close_nearest(&[Tag::Row], &[Tag::Table]),
            Tag::TablePart => self.close_nearest(&[Tag::TablePart], &[Tag::Table]),
            Tag::A => self.release_nearest(Tag::A),
            _ => {}
        }
    }

    /// Closes the innermost open element of `tags`, and all in it, unless one of `bounds` is nearer.
    fn close_nearest(&mut self, tags: &[Tag], bounds: &[Tag]) {
        let nearest = |it: &Open| tags.contains(&it.tag) || bounds.contains(&it.tag);
        if let Some(at) = self.open.iter().rposition(nearest)
            && self.open.get(at).is_some_and(|it| tags.contains(&it.tag))
        {
            self.open.truncate(at);
        }
    }

    /// Takes the innermost open element of `tag` out of those that are open, those in it left open.
    fn release_nearest(&mut self, tag: Tag) {
        let bounds = [Tag::Cell, Tag::Table];
        let nearest = |it: &Open| it.tag == tag || bounds.contains(&it.tag);
        if let Some(at) = self.open.iter().rposition(nearest)
            && self.open.get(at).is_some_and(|it| it.tag == tag)
        {
            self.open.remove(at);
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "most elements mean nothing here")]
    fn end(&mut self, name: &str) {
        let tag = Tag::of(name);
        let name = hints::name_of(name);
        if tag.is_void() {
            if tag == Tag::Br {
                self.push(Tag::Br, Hints::default(), 0, None);
            }
            return;
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        // What follows the end of the body still belongs to it, as in browsers.
        if matches!(tag, Tag::Body) || name == hints::name_of("html") {
            return;
        }
        let crosses = |it: &Open| match tag {
            // An inline element does not close blocks around which it was opened.
            Tag::Other | Tag::A | Tag::Formatting | Tag::Label | Tag::Time => !it.tag.is_inline(),
            Tag::Cell | Tag::Row | Tag::TablePart | Tag::Table => it.tag == Tag::Root,
            Tag::Item => matches!(it.tag, Tag::List | Tag::Cell | Tag::Table),
            _ => matches!(it.tag, Tag::Cell | Tag::Table),
        };
        let mut crossed = false;
        for at in (1..self.open.len()).rev() {
            let Some(it) = self.open.get(at) else { return };
            if it.name == name {
                if crossed {
                    self.open.remove(at);
                } else {
                    self.open.truncate(at);
                }
                return;
            }
            if crosses(it) {
                if !matches!(tag, Tag::A | Tag::Formatting)
                    || matches!(it.tag, Tag::Cell | Tag::Table)
                {
                    return;
                }
                crossed = true;
            }
        }
    }

    fn push(&mut self, tag: Tag, hints: Hints, looks: u64, text: Option<Text<'a>>) -> NodeId {
        let id = self.nodes.len();
        let parent = self.open.last().map_or(0, |it| it.id);
        self.nodes.push(Node { tag, parent, end: id + 1, hints, looks, text });
        id
    }

    fn finish(mut self, cut: bool) -> Tree<'a> {
        for id in (1..self.nodes.len()).rev() {
            let Some((parent, end)) = self.nodes.get(id).map(|it| (it.parent, it.end)) else {
                continue;
            };
            if let Some(parent) = self.nodes.get_mut(parent) {
                parent.end = parent.end.max(end);
            }
        }
        Tree { nodes: self.nodes, links: self.links, cut }
    }
}
