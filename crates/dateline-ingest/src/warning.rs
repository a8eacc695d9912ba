//! What a reader could not read or place.

use std::fmt;

use dateline_event::Span;

/// Why a warning was given, for programs that count or filter them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WarningKind {
    /// The page has no character that could be read.
    Empty,
    /// The bytes are not UTF-8 throughout; the rest was read.
    BadEncoding,
    /// The page is not text.
    NotText,
    /// The page is of a kind that this reader does not read.
    UnreadFormat,
    /// A limit of the reader was reached; what lies behind it was not read.
    Limit,
    /// A container (an archive, a packed file) is damaged there; what could be read was read.
    Damaged,
    /// A reader of ours failed on the page.
    Bug,
    /// The page is text and no story was found in it.
    NoStory,
    /// A line belongs to no story and is no known boilerplate.
    Unplaced,
    /// A date that the page declares or prints as its publication cannot be: no calendar has it, or it lies
    /// behind the capture. The story has another date, or none.
    RefusedDate,
}

impl WarningKind {
    /// The word used in files and on the terminal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::BadEncoding => "bad-encoding",
            Self::NotText => "not-text",
            Self::UnreadFormat => "unread-format",
            Self::Limit => "limit",
            Self::Damaged => "damaged",
            Self::Bug => "bug",
            Self::NoStory => "no-story",
            Self::Unplaced => "unplaced",
            Self::RefusedDate => "refused-date",
        }
    }

    /// Whether it says that something of the page was not read.
    pub const fn is_unread(self) -> bool {
        match self {
            Self::Empty
            | Self::BadEncoding
            | Self::NotText
            | Self::UnreadFormat
            | Self::Limit
            | Self::Damaged
            | Self::Bug => true,
            Self::NoStory | Self::Unplaced | Self::RefusedDate => false,
        }
    }
}

/// One thing that the reader could not do, in words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Why.
    pub kind: WarningKind,
    /// Where on the page, in code points of the decoded text; `None` when it is about the page as a
    /// whole.
    pub span: Option<Span>,
    /// What was found, lower case and without a full stop.
    pub message: String,
}

impl Warning {
    pub(crate) fn of_page(kind: WarningKind, message: impl Into<String>) -> Self {
        Self { kind, span: None, message: message.into() }
    }

    pub(crate) fn at(kind: WarningKind, span: Span, message: impl Into<String>) -> Self {
        Self { kind, span: Some(span), message: message.into() }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match self.span {
            Some(span) => write!(f, " (characters {} to {})", span.start, span.end),
            None => Ok(()),
        }
    }
}
