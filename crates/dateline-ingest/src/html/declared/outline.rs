//! One walk over the tokens of a page: what its head declares, its headings, and the pieces of text
//! and attributes that may hold a date.

use std::borrow::Cow;
use std::ops::Range;

use super::element::{Element, ElementId, Elements};
use crate::html::tokens::{Tag, Text, Token, tokens};

/// Most blocks of text with a date in them that are kept.
const MAX_BLOCKS: usize = 2000;

/// Most tags with dates in attributes, declarations of the head and headings that are kept, each.
const MAX_KEPT: usize = 2000;

/// Most pieces of one block of text; the rest of it is not looked at.
const MAX_PIECES: usize = 64;

/// A value in the markup with its place.
#[derive(Debug, Clone)]
pub(super) struct Written<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) range: Range<usize>,
}

/// `<meta name="…" content="…">`.
#[derive(Debug, Clone)]
pub(super) struct Meta<'a> {
    /// Its name, property, `itemprop` or `http-equiv`, in lower case.
    pub(super) name: String,
    pub(super) content: Written<'a>,
    /// Number of blocks of text before it: more than none where it stands in the body.
    pub(super) place: usize,
    pub(super) element: ElementId,
}

/// A piece of a text with the element that holds it.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub(super) text: Text<'a>,
    pub(super) element: ElementId,
}

/// Text between two tags that break a line.
#[derive(Debug, Clone)]
pub(super) struct Block<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    /// The last piece of the block before.
    pub(super) before: Option<Text<'a>>,
    /// Its number among all blocks with text.
    pub(super) place: usize,
}

/// A heading or title.
#[derive(Debug, Clone)]
pub(super) struct Heading<'a> {
    /// 1 to 6; 0 for the title of the page.
    pub(super) level: u8,
    pub(super) element: ElementId,
    pub(super) pieces: Vec<Text<'a>>,
    /// The last piece of the text before it.
    pub(super) before: Option<Text<'a>>,
    pub(super) place: usize,
}

/// A tag with attributes that may hold a date.
#[derive(Debug, Clone)]
pub(super) struct DateTag<'a> {
    pub(super) tag: Tag<'a>,
    pub(super) element: ElementId,
    pub(super) place: usize,
}

/// What the walk found, each kind in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    pub(super) language: Option<Written<'a>>,
    pub(super) metas: Vec<Meta<'a>>,
    /// `<link rel=canonical>`.
    pub(super) canonical: Vec<Written<'a>>,
    pub(super) json_ld: Vec<Text<'a>>,
    /// Scripts of every other kind.
    pub(super) scripts: Vec<Text<'a>>,
    pub(super) headings: Vec<Heading<'a>>,
    pub(super) date_tags: Vec<DateTag<'a>>,
    /// Blocks with figures that may be a date.
    pub(super) blocks: Vec<Block<'a>>,
    /// Number of all blocks with text.
    pub(super) places: usize,
    pub(super) elements: Elements<'a>,
}

/// Walks over `markup`.
pub(super) fn outline(markup: &str) -> Outline<'_> {
    let mut walk = Walk::default();
    for token in tokens(markup) {
        walk.take(token);
    }
    walk.end_block();
    walk.end_heading();
    walk.outline.places = walk.place;
    walk.outline
}

#[derive(Default)]
struct Walk<'a> {
    outline: Outline<'a>,
    block: Vec<Piece<'a>>,
    /// The last piece of the block before.
    before: Option<Text<'a>>,
    place: usize,
    heading: Option<Heading<'a>>,
    /// What the text that comes next belongs to.
    next: Next,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Next {
    #[default]
    Visible,
    JsonLd,
    Script,
    Hidden,
}

impl<'a> Walk<'a> {
    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Start(tag) => self.start(tag),
            Token::End { name, .. } => {
                self.next = Next::Visible;
                if breaks_line(&name) {
                    self.end_block();
                }
                if level(&name).is_some() {
                    self.end_heading();
                }
                self.outline.elements.close(&name, self.place);
            }
            Token::Text(text) => self.text(text),
        }
    }

    fn text(&mut self, text: Text<'a>) {
        match self.next {
            Next::Hidden => return,
            Next::Script => {
                if self.outline.scripts.len() < MAX_KEPT {
                    self.outline.scripts.push(text);
                }
                return;
            }
            Next::JsonLd => {
                self.outline.json_ld.push(text);
                return;
            }
            Next::Visible => {}
        }
        if text.source.bytes().all(|it| it.is_ascii_whitespace()) {
            return;
        }
        if let Some(heading) = &mut self.heading {
            if heading.pieces.len() < MAX_PIECES {
                heading.pieces.push(text.clone());
            }
            if heading.level == 0 {
                return;
            }
        }
        if self.block.len() < MAX_PIECES {
            self.block.push(Piece { text, element: self.outline.elements.innermost() });
        }
    }

    fn end_block(&mut self) {
        if self.block.is_empty() {
            return;
        }
        let last = self.block.last().map(|it| it.text.clone());
        let dated = self.block.iter().any(|it| may_hold_a_date(it.text.source));
        if dated && self.outline.blocks.len() < MAX_BLOCKS {
            let pieces = std::mem::take(&mut self.block);
            self.outline.blocks.push(Block {
                pieces,
                before: self.before.take(),
                place: self.place,
            });
        } else {
            self.block.clear();
        }
        self.before = last;
        self.place += 1;
    }

    fn end_heading(&mut self) {
        let heading = self.heading.take().filter(|it| !it.pieces.is_empty());
        if self.outline.headings.len() < MAX_KEPT {
            self.outline.headings.extend(heading);
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        let name = tag.name.as_ref();
        if breaks_line(name) {
            self.end_block();
        }
        self.next = match name {
            "script" => script_kind(&tag),
            "style" | "textarea" | "noembed" | "noframes" | "iframe" => Next::Hidden,
            _ => Next::Visible,
        };
        match name {
            "html" => self.outline.language = written(&tag, "lang").or(written(&tag, "xml:lang")),
            "link" => self.link(&tag),
            _ => {}
        }
        let level = level(name);
        let element = self.outline.elements.open(Element::of(&tag), self.place);
        if let Some(level) = level {
            self.end_heading();
            let place = self.place;
            self.heading = Some(Heading {
                level,
                element,
                pieces: Vec::new(),
                before: self.before.clone(),
                place,
            });
        }
        if name == "meta" {
            self.meta(&tag, element);
        } else if holds_date(&tag) && self.outline.date_tags.len() < MAX_KEPT {
            self.outline.date_tags.push(DateTag { tag, element, place: self.place });
        }
    }

    fn link(&mut self, tag: &Tag<'a>) {
        let canonical = tag.value("rel").is_some_and(|it| it.eq_ignore_ascii_case("canonical"));
        if canonical && self.outline.canonical.len() < MAX_KEPT {
            self.outline.canonical.extend(written(tag, "href"));
        }
    }

    fn meta(&mut self, tag: &Tag<'a>, element: ElementId) {
        let names = ["property", "name", "itemprop", "http-equiv"];
        let name = names.iter().find_map(|it| tag.value(it).filter(|it| !it.trim().is_empty()));
        let content = written(tag, "content").or_else(|| written(tag, "value"));
        if let Some((name, content)) = name.zip(content)
            && self.outline.metas.len() < MAX_KEPT
        {
            let name = name.trim().to_lowercase();
            self.outline.metas.push(Meta { name, content, place: self.place, element });
        }
    }
}

fn written<'a>(tag: &Tag<'a>, name: &str) -> Option<Written<'a>> {
    let attribute = tag.attribute(name)?;
    let text = attribute.value();
    (!text.trim().is_empty()).then(|| Written { text, range: attribute.range.clone() })
}

fn script_kind(tag: &Tag<'_>) -> Next {
    let kind = tag.value("type").unwrap_or_default();
    if kind.to_ascii_lowercase().contains("ld+json") { Next::JsonLd } else { Next::Script }
}

fn level(name: &str) -> Option<u8> {
    match name {
        "title" => Some(0),
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        _ => None,
    }
}

/// Whether a tag may carry a date in its attributes.
fn holds_date(tag: &Tag<'_>) -> bool {
    match tag.name.as_ref() {
        "time" | "abbr" | "relative-time" | "time-ago" => true,
        _ => tag.attributes().any(|it| {
            let named = it.is("itemprop") || it.is("property");
            it.is("datetime") || (named && it.source.to_ascii_lowercase().contains("date"))
        }),
    }
}

/// A cheap look whether a text holds a year or a day in figures.
fn may_hold_a_date(source: &str) -> bool {
    let bytes = source.as_bytes();
    let mut from = 0;
    while let Some(start) = bytes.get(from..).and_then(|it| it.iter().position(u8::is_ascii_digit))
    {
        let rest = bytes.get(from + start..).unwrap_or_default();
        let length = rest.iter().take_while(|it| it.is_ascii_digit()).count();
        if length == 4 && (rest.starts_with(b"19") || rest.starts_with(b"20")) {
            return true;
        }
        let mark = rest.get(length).filter(|it| matches!(it, b'.' | b'/'));
        if length <= 2 && mark.is_some() && rest.get(length + 1).is_some_and(u8::is_ascii_digit) {
            return true;
        }
        from += start + length;
    }
    false
}

/// Whether text before and behind the tag stands in different lines.
fn breaks_line(name: &str) -> bool {
    match name {
        "address" | "article" | "aside" | "blockquote" | "body" | "br" | "button" | "caption"
        | "center" | "dd" | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset"
        | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "head" | "header" | "hgroup" | "hr" | "html" | "iframe" | "li" | "main" | "menu"
        | "nav" | "noscript" | "ol" | "option" | "p" | "pre" | "section" | "select" | "summary"
        | "table" | "tbody" | "td" | "tfoot" | "th" | "thead" | "title" | "tr" | "ul" | "video" => {
            true
        }
        "time-ago" | "relative-time" | "local-time" => false,
        // Elements of a page's own making hold parts of it as a rule.
        other => other.contains('-'),
    }
}
