//! Dates of uncertain precision, in EDTF (Extended Date/Time Format, ISO 8601-2:2019), and where each was read.

mod edtf;
pub mod printed;

pub use edtf::{Clock, Day, Edtf, EdtfError, Moment, Precision};

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// What gave a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A stamp that the page prints by the story.
    PageDate,
    /// The line before the first sentence that says where and when the story was filed.
    Dateline,
    /// Words of the story itself.
    Body,
    /// A field of the page's markup or of a feed, such as `datePublished`. It need not be printed anywhere.
    Declared,
    /// Followed from what constrains it, such as a weekday or the tenure of an office; the reading says how.
    Inferred,
}

impl Basis {
    /// The word used in files, in the API and on the terminal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PageDate => "page-date",
            Self::Dateline => "dateline",
            Self::Body => "body",
            Self::Declared => "declared",
            Self::Inferred => "inferred",
        }
    }
}

/// A date as a page gives it, with the place on the page that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedDate {
    /// No more precise than the page gives it: a missing year stays `XXXX`.
    pub edtf: Edtf,
    /// Where on the page it stands.
    pub basis: Basis,
    /// Name of the field that declares it, with the kind of markup before it: `json-ld datePublished`,
    /// `meta article:published_time`, `time datetime`, `rss pubDate`. `None` for a date that is printed for readers.
    pub field: Option<String>,
    /// The characters that give it, in code points of the capture; of a field, its value.
    pub span: Span,
    /// The characters that give it, character references resolved.
    pub text: String,
}
