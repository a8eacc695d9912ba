//! HTML markup as tags and text, each with its place in the markup.
//!
//! A tokenizer after the WHATWG standard (HTML § 13.2.5), which copies nothing: tokens are slices of
//! the markup, attributes are read and entities decoded only when asked for. Comments, doctypes and
//! processing instructions are skipped. Left out, since nothing here needs it: the double-escaped
//! state of scripts (`<!-- <script>` inside of a script). It builds no tree and repairs no nesting.
//!
//! It takes linear time and never fails: what has no end (a tag, a comment, a script) reaches to the
//! end of the markup, as in a browser.

mod attributes;
mod code_points;

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memmem};

pub(crate) use attributes::{Attribute, Attributes};
pub(crate) use code_points::CodePoints;

/// One piece of markup. Ranges are of bytes of the markup, on character borders.
#[derive(Debug, Clone)]
pub(crate) enum Token<'a> {
    /// A start tag.
    Start(Tag<'a>),
    /// An end tag; its attributes, which mean nothing, are dropped.
    End {
        /// The name, in lower case.
        name: Cow<'a, str>,
        /// From `<` to behind `>`.
        #[cfg_attr(not(test), expect(dead_code, reason = "tests look where a tag stands"))]
        range: Range<usize>,
    },
    /// Characters between tags, or all of what stands in a script, style sheet, title and the like.
    Text(Text<'a>),
}

/// A start tag.
#[derive(Debug, Clone)]
pub(crate) struct Tag<'a> {
    /// The name, in lower case.
    pub(crate) name: Cow<'a, str>,
    /// From `<` to behind `>`.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests look where a tag stands"))]
    pub(crate) range: Range<usize>,
    attributes: Attributes<'a>,
}

impl<'a> Tag<'a> {
    /// The attributes in their order; of two with one name the first counts.
    pub(crate) fn attributes(&self) -> Attributes<'a> {
        self.attributes.clone()
    }

    /// The attribute `name`, written in lower case.
    pub(crate) fn attribute(&self, name: &str) -> Option<Attribute<'a>> {
        self.attributes().find(|it| it.is(name))
    }

    /// The decoded value of the attribute `name`, written in lower case.
    pub(crate) fn value(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attribute(name).map(|it| it.value())
    }
}

/// How the characters of a text are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escapes {
    /// Entities are decoded.
    Entities,
    /// They stand for themselves: scripts, style sheets.
    None,
}

/// Characters that are no tag.
#[derive(Debug, Clone)]
pub(crate) struct Text<'a> {
    /// The characters as they stand in the markup, entities not decoded.
    pub(crate) source: &'a str,
    /// Where they stand.
    pub(crate) range: Range<usize>,
    escapes: Escapes,
}

impl<'a> Text<'a> {
    /// The text at `range` of `markup`, whose entities are decoded.
    pub(crate) fn with_entities(markup: &'a str, range: Range<usize>) -> Self {
        let source = markup.get(range.clone()).unwrap_or_default();
        Self { source, range, escapes: Escapes::Entities }
    }

    /// The characters that a reader would see, white space as it stands.
    pub(crate) fn decoded(&self) -> Cow<'a, str> {
        match self.escapes {
            Escapes::Entities if self.source.contains('&') => htmlize::unescape(self.source),
            Escapes::Entities | Escapes::None => Cow::Borrowed(self.source),
        }
    }
}

/// The tokens of `markup`, in its order.
pub(crate) fn tokens(markup: &str) -> Tokens<'_> {
    Tokens { markup, at: 0, raw: None }
}

/// The iterator that [`tokens`] makes.
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'a> {
    markup: &'a str,
    /// Where the next token starts.
    at: usize,
    /// The element whose contents hold no tags, right behind its start tag.
    raw: Option<RawElement>,
}

/// An element whose contents are text up to its own end tag.
#[derive(Debug, Clone, Copy)]
struct RawElement {
    name: &'static str,
    escapes: Escapes,
}

const RAW_ELEMENTS: [RawElement; 8] = [
    RawElement { name: "script", escapes: Escapes::None },
    RawElement { name: "style", escapes: Escapes::None },
    RawElement { name: "title", escapes: Escapes::Entities },
    RawElement { name: "textarea", escapes: Escapes::Entities },
    RawElement { name: "iframe", escapes: Escapes::None },
    RawElement { name: "noembed", escapes: Escapes::None },
    RawElement { name: "noframes", escapes: Escapes::None },
    RawElement { name: "xmp", escapes: Escapes::None },
];

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(element) = self.raw.take() {
            let end = self.end_tag_of(element.name);
            if end > self.at {
                return Some(self.text(end, element.escapes));
            }
        }
        let mut from = self.at;
        loop {
            let Some(found) = memchr(b'<', self.bytes().get(from..)?) else {
                let end = self.markup.len();
                return (self.at < end).then(|| self.text(end, Escapes::Entities));
            };
            let start = from + found;
            let opens_tag = match self.bytes().get(start + 1) {
                Some(b'!' | b'?' | b'/') => true,
                Some(byte) => byte.is_ascii_alphabetic(),
                None => false,
            };
            if !opens_tag {
                from = start + 1;
                continue;
            }
            if start > self.at {
                return Some(self.text(start, Escapes::Entities));
            }
            if let Some(token) = self.tag(start) {
                return Some(token);
            }
            from = self.at;
        }
    }
}

impl<'a> Tokens<'a> {
    fn bytes(&self) -> &'a [u8] {
        self.markup.as_bytes()
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.markup.get(range).unwrap_or_default()
    }

    /// The text from here to `end`.
    fn text(&mut self, end: usize, escapes: Escapes) -> Token<'a> {
        let range = self.at..end;
        self.at = end;
        Token::Text(Text { source: self.slice(range.clone()), range, escapes })
    }

    /// The tag that starts at `start`; `None` for what is skipped. Moves behind either.
    fn tag(&mut self, start: usize) -> Option<Token<'a>> {
        let second = self.bytes().get(start + 1).copied().unwrap_or_default();
        if second == b'!' || second == b'?' {
            self.at = self.behind_comment(start);
            return None;
        }
        let name_at = if second == b'/' { start + 2 } else { start + 1 };
        let rest = self.bytes().get(name_at..).unwrap_or_default();
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            self.at = self.behind(b'>', name_at);
            return None;
        }
        let length = rest.iter().position(|it| ends_name(*it)).unwrap_or(rest.len());
        let name = lower_case(self.slice(name_at..name_at + length));
        let attributes = Attributes::new(self.markup, name_at + length);
        let Some(end) = attributes.end_of_tag() else {
            self.at = self.markup.len();
            return None;
        };
        self.at = end;
        if second == b'/' {
            return Some(Token::End { name, range: start..end });
        }
        self.raw = RAW_ELEMENTS.into_iter().find(|it| it.name == name);
        Some(Token::Start(Tag { name, range: start..end, attributes }))
    }

    /// Behind the comment, doctype or instruction that starts at `start`.
    fn behind_comment(&self, start: usize) -> usize {
        let rest = self.bytes().get(start..).unwrap_or_default();
        if !rest.starts_with(b"<!--") {
            return self.behind(b'>', start);
        }
        if rest.starts_with(b"<!-->") {
            return start + 5;
        }
        if rest.starts_with(b"<!--->") {
            return start + 6;
        }
        let mut from = 4;
        while let Some(found) = rest.get(from..).and_then(|it| memmem::find(it, b"--")) {
            let behind = from + found + 2;
            match rest.get(behind) {
                Some(b'>') => return start + behind + 1,
                Some(b'!') if rest.get(behind + 1) == Some(&b'>') => return start + behind + 2,
                Some(_) => from = behind - 1,
                None => break,
            }
        }
        self.markup.len()
    }

    /// Behind the next `byte` from `from` on, or the end of the markup.
    fn behind(&self, byte: u8, from: usize) -> usize {
        let rest = self.bytes().get(from..).unwrap_or_default();
        memchr(byte, rest).map_or(self.markup.len(), |it| from + it + 1)
    }

    /// Where the end tag `name` starts, or the end of the markup.
    fn end_tag_of(&self, name: &str) -> usize {
        let mut from = self.at;
        while let Some(rest) = self.bytes().get(from..)
            && let Some(found) = memmem::find(rest, b"</")
        {
            let start = from + found;
            let tail = self.bytes().get(start + 2..).unwrap_or_default();
            let same =
                tail.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()));
            if same && tail.get(name.len()).is_none_or(|it| ends_name(*it)) {
                return start;
            }
            from = start + 2;
        }
        self.markup.len()
    }
}

const fn ends_name(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'>')
}

fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|it| it.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests;
