//! The items of a feed and their fields, found without a parser that would give up on the whole.

use std::ops::Range;

use dateline_event::Span;

use crate::html::tokens::CodePoints;
use crate::letters::Letters;

/// Most fields of an item that are looked at.
const MAX_FIELDS: usize = 200;

/// Largest item that is read, in bytes; an event of the log may have as much.
pub(super) const MAX_ITEM_BYTES: usize = 1024 * 1024;

/// A field of an item.
#[derive(Debug, Clone)]
pub(super) struct Element<'a> {
    /// Its name, with the prefix of its namespace.
    pub(super) name: &'a str,
    attributes: &'a str,
    /// What it holds, references and CDATA resolved; markup in it is kept.
    pub(super) letters: Letters,
}

impl Element<'_> {
    /// The value of an attribute, references resolved.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            let (before, behind) = rest.split_once('=')?;
            let found = before.split_whitespace().next_back().unwrap_or_default();
            let behind = behind.trim_start();
            let quote = behind.chars().next().filter(|it| matches!(it, '"' | '\''))?;
            let (value, next) = behind.get(1..)?.split_once(quote)?;
            if found.eq_ignore_ascii_case(name) {
                return Some(htmlize::unescape(value).into_owned());
            }
            rest = next;
        }
    }
}

/// One part of a feed: bytes of it.
#[derive(Debug, Clone)]
enum Token<'a> {
    Open {
        name: &'a str,
        attributes: &'a str,
        is_empty: bool,
    },
    Close {
        name: &'a str,
    },
    /// Text, with references.
    Text,
    /// Text as it is.
    Cdata,
    /// Comments and declarations.
    Other,
}

impl Token<'_> {
    /// Whether it starts an item of RSS or an entry of Atom.
    fn opens_item(&self) -> bool {
        matches!(self, Self::Open { name, is_empty: false, .. }
            if matches!(local(name).as_str(), "item" | "entry"))
    }
}

/// Goes through a feed, item by item.
pub(super) struct Scan<'a> {
    text: &'a str,
    places: CodePoints<'a>,
    at: usize,
    item: Range<usize>,
    language: Option<String>,
    broken: Option<(Range<usize>, &'static str)>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let places = CodePoints::new(text);
        Self { text, places, at: 0, item: 0..0, language: None, broken: None }
    }

    /// The fields of the next item.
    pub(super) fn next_item(&mut self) -> Option<Vec<Element<'a>>> {
        while let Some((token, range)) = self.token() {
            let opens_item = token.opens_item();
            let Token::Open { name, attributes, is_empty } = token else { continue };
            match local(name).as_str() {
                _ if opens_item => {
                    self.item = range.clone();
                    let fields = self.fields(name)?;
                    self.item.end = self.at;
                    return Some(fields);
                }
                "language" if !is_empty => {
                    self.item = range;
                    let letters = self.content(name)?;
                    self.language = Some(letters.text());
                }
                "feed" | "rss" => {
                    let element = Element { name, attributes, letters: Letters::default() };
                    self.language = element.attribute("xml:lang");
                }
                _ => {}
            }
        }
        None
    }

    /// How many items are left; goes to the end of the feed.
    pub(super) fn count_items(&mut self) -> usize {
        let tokens = std::iter::from_fn(|| self.token());
        tokens.filter(|(it, _)| it.opens_item()).count()
    }

    pub(super) fn item_bytes(&self) -> usize {
        self.item.len()
    }

    pub(super) const fn item_is_too_large(&self) -> bool {
        self.at.saturating_sub(self.item.start) > MAX_ITEM_BYTES
    }

    pub(super) fn item_span(&self) -> Span {
        self.places.span(&self.item)
    }

    /// The language that the feed declares for all of it.
    pub(super) fn language(&self) -> Option<String> {
        self.language.clone()
    }

    /// Where and why the scan ended before the feed did.
    pub(super) fn broken(&self) -> Option<(Span, String)> {
        let (range, why) = self.broken.as_ref()?;
        Some((self.places.span(range), (*why).to_owned()))
    }

    /// The fields up to the end of the item `item`.
    fn fields(&mut self, item: &str) -> Option<Vec<Element<'a>>> {
        let mut fields = Vec::new();
        while let Some((token, _)) = self.token() {
            match token {
                Token::Close { name } if name == item => return Some(fields),
                Token::Open { name, attributes, is_empty } => {
                    let letters = if is_empty { Letters::default() } else { self.content(name)? };
                    if fields.len() < MAX_FIELDS {
                        fields.push(Element { name, attributes, letters });
                    }
                }
                Token::Close { .. } | Token::Text | Token::Cdata | Token::Other => {}
            }
        }
        self.cut("the feed ends in the middle of this item")
    }

    /// What stands up to the end of the element `name`; the tags in it are kept as they are.
    fn content(&mut self, name: &str) -> Option<Letters> {
        let (mut letters, mut depth) = (Letters::default(), 0);
        while let Some((token, range)) = self.token() {
            let at = self.places.span(&range).start;
            let text = self.text.get(range).unwrap_or_default();
            // What is too large is not read in the end, and not held until then.
            let text = if self.item_is_too_large() { "" } else { text };
            match token {
                Token::Close { name: end } if end == name && depth == 0 => return Some(letters),
                Token::Close { name: end } => {
                    depth -= usize::from(end == name && depth > 0);
                    letters.add_plain(text, at);
                }
                Token::Open { name: start, is_empty, .. } => {
                    depth += usize::from(start == name && !is_empty);
                    letters.add_plain(text, at);
                }
                Token::Text => letters.append(Letters::plain(text, at).resolved()),
                Token::Cdata => {
                    letters.add_plain(text, at);
                }
                Token::Other => {}
            }
        }
        self.cut("the feed ends in the middle of this item")
    }

    fn cut<T>(&mut self, why: &'static str) -> Option<T> {
        self.broken = Some((self.item.start..self.text.len(), why));
        None
    }

    /// The next part, and where its text stands.
    fn token(&mut self) -> Option<(Token<'a>, Range<usize>)> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|it| !it.is_empty())?;
        let to = |end: Option<usize>, mark: usize| end.map(|it| start + it + mark);
        if let Some(behind) = rest.strip_prefix("<![CDATA[") {
            let end = behind.find("]]>").unwrap_or(behind.len());
            let text = start + 9..start + 9 + end;
            self.at = (text.end + 3).min(self.text.len());
            return Some((Token::Cdata, text));
        }
        if rest.starts_with("<!--") {
            self.at = to(rest.find("-->"), 3).unwrap_or(self.text.len());
            return Some((Token::Other, start..self.at));
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            self.at = to(rest.find('>'), 1).unwrap_or(self.text.len());
            return Some((Token::Other, start..self.at));
        }
        let starts_name = |it: char| it.is_alphabetic() || it == '_';
        let inner = rest.strip_prefix('<').map(|it| it.strip_prefix('/').unwrap_or(it));
        if inner.is_some_and(|it| it.starts_with(starts_name)) {
            self.at = to(end_of_tag(rest), 1).unwrap_or(self.text.len());
            return Some((tag(self.text.get(start..self.at)?), start..self.at));
        }
        // A bracket that opens no tag is text.
        let end = rest.get(1..).and_then(|it| it.find('<')).map_or(rest.len(), |it| it + 1);
        self.at = start + end;
        Some((Token::Text, start..self.at))
    }
}

/// The byte of the bracket that ends the tag at the start of `text`; those in quotation marks do
/// not.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    text.bytes().enumerate().find_map(|(index, byte)| match (quote, byte) {
        (None, b'>') => Some(index),
        (None, b'"' | b'\'') => {
            quote = Some(byte);
            None
        }
        (Some(open), close) if open == close => {
            quote = None;
            None
        }
        _ => None,
    })
}

fn tag(text: &str) -> Token<'_> {
    let inner = text.trim_start_matches('<').trim_end_matches('>');
    if let Some(name) = inner.strip_prefix('/') {
        return Token::Close { name: name.trim() };
    }
    let is_empty = inner.ends_with('/');
    let inner = inner.trim_end_matches('/');
    let end = inner.find(|it: char| it.is_whitespace() || it == '/').unwrap_or(inner.len());
    let (name, attributes) = inner.split_at_checked(end).unwrap_or((inner, ""));
    Token::Open { name, attributes, is_empty }
}

/// The name without its namespace, in lower case.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}
