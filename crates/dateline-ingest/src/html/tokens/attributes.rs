//! The attributes of a tag, read when asked for.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

/// Most attributes of one tag that are looked at; pages have a few dozen at most.
const MAX_ATTRIBUTES: usize = 256;

/// An attribute of a tag.
#[derive(Debug, Clone)]
pub(crate) struct Attribute<'a> {
    /// The name as written.
    pub(crate) name: &'a str,
    /// The value as it stands in the markup, without quotes; empty where there is none.
    pub(crate) source: &'a str,
    /// Where `source` stands, in bytes of the markup.
    pub(crate) range: Range<usize>,
}

impl<'a> Attribute<'a> {
    /// Whether it is the attribute `name`, written in lower case.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value with its entities decoded.
    pub(crate) fn value(&self) -> Cow<'a, str> {
        if self.source.contains('&') {
            htmlize::unescape_attribute(self.source)
        } else {
            Cow::Borrowed(self.source)
        }
    }
}

/// An iterator over the attributes of one tag.
#[derive(Debug, Clone)]
pub(crate) struct Attributes<'a> {
    markup: &'a str,
    at: usize,
    seen: usize,
}

impl<'a> Attributes<'a> {
    /// The attributes of the tag whose name ends at byte `at` of `markup`.
    pub(super) const fn new(markup: &'a str, at: usize) -> Self {
        Self { markup, at, seen: 0 }
    }

    /// Behind the `>` of the tag; `None` when the markup ends before it.
    pub(super) fn end_of_tag(&self) -> Option<usize> {
        let mut rest = self.clone();
        loop {
            match rest.step() {
                Step::Attribute(_) => {}
                Step::Closed => return Some(rest.at),
                Step::Unclosed => return None,
            }
        }
    }

    fn byte(&self) -> Option<u8> {
        self.markup.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, while_it: fn(u8) -> bool) {
        let rest = self.markup.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|it| !while_it(*it)).unwrap_or(rest.len());
    }

    fn slice(&self, range: &Range<usize>) -> &'a str {
        self.markup.get(range.clone()).unwrap_or_default()
    }

    fn step(&mut self) -> Step<'a> {
        self.skip(|it| is_space(it) || it == b'/');
        match self.byte() {
            None => return Step::Unclosed,
            Some(b'>') => {
                self.at += 1;
                return Step::Closed;
            }
            Some(_) => {}
        }
        let start = self.at;
        // An equals sign at the start is part of the name.
        self.at += usize::from(self.byte() == Some(b'='));
        self.skip(|it| !is_space(it) && !matches!(it, b'/' | b'>' | b'='));
        let name = self.slice(&(start..self.at));
        let behind_name = self.at;
        self.skip(is_space);
        if self.byte() != Some(b'=') {
            let range = behind_name..behind_name;
            return Step::Attribute(Attribute { name, source: "", range });
        }
        self.at += 1;
        self.skip(is_space);
        let Some(range) = self.value() else {
            self.at = self.markup.len();
            return Step::Unclosed;
        };
        Step::Attribute(Attribute { name, source: self.slice(&range), range })
    }

    /// The value that starts here; `None` when its quote is never closed.
    fn value(&mut self) -> Option<Range<usize>> {
        let quote = self.byte().filter(|it| matches!(it, b'"' | b'\''));
        let Some(quote) = quote else {
            let start = self.at;
            self.skip(|it| !is_space(it) && it != b'>');
            return Some(start..self.at);
        };
        let start = self.at + 1;
        let end = start + memchr(quote, self.markup.as_bytes().get(start..)?)?;
        self.at = end + 1;
        Some(start..end)
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        if self.seen >= MAX_ATTRIBUTES {
            return None;
        }
        self.seen += 1;
        match self.step() {
            Step::Attribute(attribute) => Some(attribute),
            Step::Closed | Step::Unclosed => {
                self.seen = MAX_ATTRIBUTES;
                None
            }
        }
    }
}

enum Step<'a> {
    Attribute(Attribute<'a>),
    Closed,
    Unclosed,
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}
