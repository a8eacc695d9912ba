//! A value with what gave it and where that stands.

use std::fmt;
use std::ops::Range;

use dateline_event::Span;

use crate::html::tokens::CodePoints;

/// What kind of thing on a page gave a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// A property of a work in JSON-LD.
    JsonLd(&'static str),
    /// A `<meta>` tag, by its name in lower case.
    Meta(String),
    /// A microdata property (`itemprop`), in an attribute that readers do not see.
    Microdata(String),
    /// The `datetime` of a `<time>` tag, or an attribute like it.
    Datetime,
    /// Data that the page carries for its scripts.
    Script,
    /// `<link rel=canonical>`.
    Canonical,
    /// An element by its name: `html`, `title`, `h1`.
    Element(&'static str),
    /// Characters that the page prints.
    PageText,
    /// The address of the page.
    Address,
}

impl Evidence {
    /// Whether readers of the page see it.
    pub(crate) const fn is_printed(&self) -> bool {
        match self {
            Self::PageText | Self::Element(_) => true,
            Self::JsonLd(_)
            | Self::Meta(_)
            | Self::Microdata(_)
            | Self::Datetime
            | Self::Script
            | Self::Canonical
            | Self::Address => false,
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JsonLd(key) => write!(f, "json-ld {key}"),
            Self::Meta(name) => write!(f, "meta {name}"),
            Self::Microdata(name) => write!(f, "itemprop {name}"),
            Self::Datetime => f.write_str("time datetime"),
            Self::Script => f.write_str("script data"),
            Self::Canonical => f.write_str("link canonical"),
            Self::Element(name) => f.write_str(name),
            Self::PageText => f.write_str("page text"),
            Self::Address => f.write_str("address"),
        }
    }
}

/// A value with its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found<T> {
    pub(crate) value: T,
    pub(crate) evidence: Evidence,
    /// Where it stands, in bytes of the decoded markup, on character borders; empty at the start
    /// where it does not stand in the markup (an address that came with the capture).
    pub(crate) range: Range<usize>,
}

impl<T> Found<T> {
    /// Where it stands in code points of the markup that `points` counts.
    pub(crate) fn span(&self, points: &CodePoints<'_>) -> Span {
        points.span(&self.range)
    }
}
