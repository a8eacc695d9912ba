//! The elements of a page as a tree of names and labels, enough to tell what part of the page a date
//! stands in.

use std::borrow::Cow;

use crate::html::tokens::Tag;

/// Most elements that are kept; those behind count to the last that is open.
const MAX_ELEMENTS: usize = 200_000;

/// Deepest nesting that is kept.
const MAX_OPEN: usize = 512;

/// Most labels of one attribute that are looked at.
const MAX_LABELS: usize = 24;

/// Longest label that is looked at, in characters.
const MAX_LABEL_CHARS: usize = 100;

/// An element by its place in [`Elements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct ElementId(usize);

/// An element: its name and how the page labels it.
#[derive(Debug, Clone)]
pub(super) struct Element<'a> {
    pub(super) name: Cow<'a, str>,
    class: &'a str,
    id: &'a str,
    itemprop: &'a str,
    itemtype: &'a str,
    parent: Option<ElementId>,
    /// Number of blocks of text before it, and before its end where it is closed.
    from: usize,
    until: Option<usize>,
}

impl<'a> Element<'a> {
    pub(super) fn of(tag: &Tag<'a>) -> Self {
        let mut element = Self {
            name: tag.name.clone(),
            class: "",
            id: "",
            itemprop: "",
            itemtype: "",
            parent: None,
            from: 0,
            until: None,
        };
        for it in tag.attributes() {
            let place = if it.is("class") {
                &mut element.class
            } else if it.is("id") {
                &mut element.id
            } else if it.is("itemprop") {
                &mut element.itemprop
            } else if it.is("itemtype") {
                &mut element.itemtype
            } else {
                continue;
            };
            *place = it.source;
        }
        element
    }

    /// Its labels, each as its words in lower case: `entryDate post-meta` gives two of two words.
    pub(super) fn labels(&self) -> Vec<Vec<String>> {
        let of_attribute = |it: &'a str| it.split_whitespace().take(MAX_LABELS).map(words);
        [self.class, self.id, self.itemprop, self.itemtype]
            .into_iter()
            .flat_map(of_attribute)
            .collect()
    }

    /// Number of blocks of text that it holds; none where the page does not close it.
    pub(super) fn places(&self) -> usize {
        self.until.map_or(0, |until| until - self.from)
    }
}

fn words(label: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut small_before = false;
    for it in label.chars().take(MAX_LABEL_CHARS) {
        if !it.is_alphabetic() || (it.is_uppercase() && small_before) {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if it.is_alphabetic() {
            word.extend(it.to_lowercase());
        }
        small_before = it.is_lowercase();
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// The elements of a page with those that are open.
#[derive(Debug, Default)]
pub(super) struct Elements<'a> {
    all: Vec<Element<'a>>,
    open: Vec<ElementId>,
}

impl<'a> Elements<'a> {
    /// Adds an element below the innermost open one. It stays open unless it cannot hold anything.
    pub(super) fn open(&mut self, element: Element<'a>, place: usize) -> ElementId {
        if self.all.len() >= MAX_ELEMENTS {
            return self.innermost();
        }
        while self
            .open
            .last()
            .and_then(|it| self.get(*it))
            .is_some_and(|it| ends_at(&it.name, &element.name))
        {
            self.end_innermost(place);
        }
        let id = ElementId(self.all.len());
        let stays = !is_void(&element.name) && self.open.len() < MAX_OPEN;
        self.all.push(Element { parent: self.open.last().copied(), from: place, ..element });
        if stays {
            self.open.push(id);
        }
        id
    }

    /// Closes the innermost open element `name` and all inside of it; does nothing where none is
    /// open.
    pub(super) fn close(&mut self, name: &str, place: usize) {
        let found =
            self.open.iter().rposition(|it| self.get(*it).is_some_and(|it| it.name == name));
        if let Some(at) = found {
            while self.open.len() > at {
                self.end_innermost(place);
            }
        }
    }

    fn end_innermost(&mut self, place: usize) {
        if let Some(id) = self.open.pop()
            && let Some(element) = self.all.get_mut(id.0)
        {
            element.until = Some(place);
        }
    }

    /// The innermost open element.
    pub(super) fn innermost(&self) -> ElementId {
        self.open.last().copied().unwrap_or_default()
    }

    pub(super) fn get(&self, id: ElementId) -> Option<&Element<'a>> {
        self.all.get(id.0)
    }

    /// `id` and what holds it, from the inside.
    pub(super) fn around(&self, id: ElementId) -> impl Iterator<Item = (ElementId, &Element<'a>)> {
        let with_id = |id: ElementId| self.get(id).map(|it| (id, it));
        std::iter::successors(with_id(id), move |it| with_id(it.1.parent?))
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "path"
            | "use"
    )
}

/// Whether the open element `name` ends where `next` starts.
fn ends_at(name: &str, next: &str) -> bool {
    match name {
        "p" => matches!(
            next,
            "p" | "div"
                | "ul"
                | "ol"
                | "h1"
                | "h2"
                | "h3"
                | "section"
                | "article"
                | "table"
                | "footer"
                | "header"
        ),
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "head" => matches!(next, "body" | "div" | "p" | "h1"),
        "option" => next == "option",
        _ => false,
    }
}
