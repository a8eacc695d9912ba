//! The tree from the tokens: which element ends where, and which holds which.

use super::hints::{self, Hints};
use super::node::{NodeId, Place, Stored};
use super::{Tag, Tree};
use crate::html::tokens::{self, Text, Token};

/// Deepest nesting of elements that is told apart, as in browsers. Elements below it count to the
/// one at this depth.
const MAX_DEPTH: usize = 512;

/// An element that is still open.
struct Open {
    id: NodeId,
    tag: Tag,
    /// Tells elements apart that are the same [`Tag`]: `b` and `i`, `ul` and `ol`.
    name: u32,
}

/// The tree while the markup is read.
pub(super) struct Builder {
    nodes: Vec<Stored>,
    links: Vec<(NodeId, Place)>,
    open: Vec<Open>,
    /// Open elements below [`MAX_DEPTH`], which have no node.
    too_deep: usize,
}

impl Default for Builder {
    fn default() -> Self {
        let open = vec![Open { id: 0, tag: Tag::Root, name: 0 }];
        Self { nodes: vec![Stored::root()], links: Vec::new(), open, too_deep: 0 }
    }
}

impl Builder {
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn take(&mut self, token: &Token<'_>) {
        match token {
            Token::Start(tag) => self.start(tag),
            Token::End { name, .. } => self.end(name),
            Token::Text(text) => self.text(text),
        }
    }

    /// Adds a text, unless it stands where none is read.
    fn text(&mut self, text: &Text<'_>) {
        let parent = self.open.last();
        if parent.is_none_or(|it| it.tag != Tag::Skipped) {
            let (id, parent) = (self.nodes.len(), parent.map_or(0, |it| it.id));
            self.nodes.push(Stored::text(Place::of(&text.range), parent, id));
        }
    }

    fn start(&mut self, source: &tokens::Tag<'_>) {
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
        if tag == Tag::Void {
            return;
        }
        let id = self.push(tag, hints::read(tag, name, source));
        if tag == Tag::A
            && let Some(href) = source.attribute("href")
        {
            self.links.push((id, Place::of(&href.range)));
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
                self.push(Tag::Br, (Hints::default(), 0));
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

    fn push(&mut self, tag: Tag, looks: (Hints, u32)) -> NodeId {
        let id = self.nodes.len();
        let parent = self.open.last().map_or(0, |it| it.id);
        self.nodes.push(Stored::element(tag, parent, id, looks));
        id
    }

    pub(super) fn finish(mut self, markup: &str, cut: bool) -> Tree<'_> {
        for id in (1..self.nodes.len()).rev() {
            let Some(node) = self.nodes.get(id).map(Stored::node) else { continue };
            if let Some(parent) = self.nodes.get_mut(node.parent) {
                parent.reach(node.end);
            }
        }
        Tree { markup, nodes: self.nodes, links: self.links, cut }
    }
}
