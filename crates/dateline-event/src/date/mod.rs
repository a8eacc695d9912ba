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
            Self::Inferred => "inferred",
        }
    }
}

/// A date as a page prints it, with the place on the page that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedDate {
    /// No more precise than the page prints it: a missing year stays `XXXX`.
    pub edtf: Edtf,
    /// Where on the page it stands.
    pub basis: Basis,
    /// The characters as printed, in code points of the capture.
    pub span: Span,
    /// The characters as printed.
    pub text: String,
}
