//! A story as its source put it out: what the page prints, and where on the page it prints it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::date::PrintedDate;
use crate::id::{SourceId, StoryId};
use crate::piece::{self, Piece};
use crate::span::Span;

/// Whether a story is what its page is about, or points to a story elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoryRole {
    /// The page's own story.
    Article,
    /// Any other story on the page: a news block, "see also", every item of a list.
    Teaser,
}

impl StoryRole {
    /// The word used in files, in the API and on the terminal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Teaser => "teaser",
        }
    }
}

/// A headline, once, without a date glued behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headline {
    /// The characters as printed.
    pub text: String,
    /// Where they stand on the page.
    pub span: Span,
}

impl Headline {
    /// Where `span` of the text stands on the page; where text and page differ in length, all of the headline.
    pub fn on_page(&self, span: Span) -> Option<Span> {
        piece::on_page(&[self.piece()], span)
    }

    /// What `span` of the page stands for in the text. `None` when it reaches beyond the headline.
    pub fn in_text(&self, span: Span) -> Option<Span> {
        piece::in_body(&[self.piece()], span)
    }

    fn piece(&self) -> Piece {
        let len = u32::try_from(self.text.chars().count()).unwrap_or(u32::MAX);
        Piece { body: Span::new(0, len), page: self.span }
    }
}

/// The words before the first sentence of a story. The place is where the reporter filed from, which need not be
/// where the news happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The place in ordinary spelling (`MOSCOW` becomes `Moscow`); the first of two.
    pub place: Option<String>,
    /// The day, as precise as it is printed.
    pub date: Option<PrintedDate>,
    /// The agency that is named there, as printed.
    pub agency: Option<String>,
    /// All of it, from the place up to the dash or dot that ends it, on the page.
    pub span: Span,
}

/// A part of a text in another language than the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands on the page.
    pub span: Span,
    /// Its language, as an ISO 639-1 code.
    pub language: String,
}

/// What a page says of one story. The body is the text of its pieces, with separators between them that the page need
/// not print: a line feed between paragraphs, a space for a tag. Nothing else in it is normalised, so that an offset in
/// the body can be turned into an offset on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Its role on this page.
    pub role: StoryRole,
    /// The headline, where there is one.
    pub title: Option<Headline>,
    /// The text without headline and boilerplate; empty where the page was cut before it.
    pub body: String,
    /// The parts of the page that make the body, in the order of the body, none overlapping there.
    pub pieces: Vec<Piece>,
    /// Where the source puts the story itself, when the page says so: the link of a feed's item. The page's own story is
    /// at the page's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Language of the body, as an ISO 639-1 code; `und` where it could not be told.
    pub language: String,
    /// Lines of the body that are surely in another language than the rest, in order; lines right behind each other make
    /// one passage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Passage>,
    /// The date by which the page says the source put the story out.
    pub published: Option<PrintedDate>,
    /// The place that the page prints beside `published`, in a line of its own, where there is one.
    pub stamp_place: Option<String>,
    /// The dateline, where there is one.
    pub dateline: Option<Dateline>,
}

impl Story {
    /// Where `span` of the body stands on the page. A span that crosses pieces reaches from its first to its last
    /// character on the page; separators count to the end of the piece before them. `None` when it lies outside of the
    /// body.
    pub fn on_page(&self, span: Span) -> Option<Span> {
        piece::on_page(&self.pieces, span)
    }

    /// What `span` of the page stands for in the body. `None` when it starts or ends outside of the pieces.
    pub fn in_body(&self, span: Span) -> Option<Span> {
        piece::in_body(&self.pieces, span)
    }
}

/// The page on which a story was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRef {
    /// File name or record name of the capture.
    pub name: String,
    /// Canonical address, where the capture carries one.
    pub address: Option<String>,
    /// Digest of the bytes of the capture, as [`digest`] makes it.
    pub digest: String,
    /// When the page was captured, where the capture says so.
    pub captured: Option<DateTime<Utc>>,
}

/// `story.reported`: a source put out a story that the log did not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryReported {
    /// Which story.
    pub story: StoryId,
    /// Who put it out.
    pub source: SourceId,
    /// Where it was read.
    pub page: PageRef,
    /// What it says.
    pub content: Story,
}

/// `story.revised`: a later capture of a story says something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryRevised {
    /// Which story.
    pub story: StoryId,
    /// Who put it out.
    pub source: SourceId,
    /// Where the new text was read.
    pub page: PageRef,
    /// What it says now, whole.
    pub content: Story,
}

/// `story.retracted`: the story no longer counts. What it said stays in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryRetracted {
    /// Which story.
    pub story: StoryId,
    /// Why, for readers.
    pub reason: String,
}

/// `story.sighted`: a page prints a story that the log has, with nothing new in it. It is appended once for each story
/// and page, and changes nothing of what the story says: a date that this page prints is evidence for this page alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorySighted {
    /// Which story.
    pub story: StoryId,
    /// Who put out the page.
    pub source: SourceId,
    /// The page.
    pub page: PageRef,
    /// Its role there.
    pub role: StoryRole,
    /// Where it stands there: its headline, and its text from the first to the last character.
    pub spans: Vec<Span>,
    /// The date that this page gives it, where it does.
    pub published: Option<PrintedDate>,
}

impl PageRef {
    /// What makes it the same page when it is captured again: its address, else its bytes.
    pub fn identity(&self) -> &str {
        self.address.as_deref().unwrap_or(&self.digest)
    }
}

/// The SHA-256 of `bytes`, written `sha-256:` and 64 hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    const SCHEME: &str = "sha-256:";
    let digest = Sha256::digest(bytes);
    let mut text = String::with_capacity(SCHEME.len() + 2 * digest.len());
    text.push_str(SCHEME);
    for byte in digest {
        text.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        text.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_found_letter_for_letter_or_as_a_whole() {
        let printed = Headline { text: "Dam broke".into(), span: Span::new(100, 109) };
        assert_eq!(printed.on_page(Span::new(4, 9)), Some(Span::new(104, 109)));
        assert_eq!(printed.in_text(Span::new(104, 109)), Some(Span::new(4, 9)));
        assert_eq!(printed.in_text(Span::new(104, 110)), None);
        // `R&amp;D`
        let escaped = Headline { text: "R&D".into(), span: Span::new(100, 107) };
        assert_eq!(escaped.on_page(Span::new(2, 3)), Some(Span::new(100, 107)));
        assert_eq!(escaped.in_text(Span::new(106, 107)), Some(Span::new(0, 3)));
    }

    #[test]
    fn the_digest_is_the_published_one_of_the_empty_text() {
        assert_eq!(
            digest(b""),
            "sha-256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
