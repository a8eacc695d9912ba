//! Bytes of a page in, stories out, then the events to append.
//!
//! [`read_page`] turns a capture into stories and warnings; [`decide`] turns the stories into
//! events, given what the log already tells of each. Everything here is a pure function of its
//! arguments: no clock, no network, no log, and no error. Broken input is data: what could not be
//! read is a [`Warning`] that says where it stands.
//!
//! [`captures`] takes the pages out of a file first, whatever it is: a page, packed or not, or an
//! archive of many.
//!
//! The way of a page: `decode` (bytes to text) → `sniff` (what it is), then, where it is text
//! without markup, `page` (lines and code points) → `row` (what each line is) → `layout` (which
//! rows make which story) → `assemble` (the story, with dateline and language).

mod address;
mod assemble;
mod capture;
mod captures;
mod charset;
mod chrome;
mod date_line;
mod dateline;
mod decide;
mod decode;
mod feed;
mod glue;
mod headline;
mod html;
mod identity;
pub mod import;
mod item;
mod json;
mod known;
mod language;
mod languages;
mod layout;
mod letters;
mod list;
mod page;
pub mod popolo;
mod read;
mod refused;
mod repeated;
mod row;
mod script;
mod sketch;
pub mod skos;
mod sniff;
mod stamp;
mod story_limits;
mod strides;
mod tenures;
mod warning;
pub mod wikidata;
mod wrap;

pub use capture::{Capture, Reading};
pub use captures::{Captures, Found, FoundPage, MAX_PAGE_BYTES, captures};
pub use decide::{Decision, decide};
#[doc(hidden)]
pub use html::steps::{HtmlStep, html_steps, html_tokens};
pub use identity::text_digest;
pub use known::{KnownStories, KnownStory, StoriesSoFar};
pub use read::read_page;
pub use warning::{Warning, WarningKind};
