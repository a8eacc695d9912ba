//! Searches the words of stories: headlines, bodies and statements.
//!
//! ```text
//!   view ──► stories that changed ──► index on the disk ──► searcher at one position
//!                                                             │ query
//!   view at the same position ◄── entries ◄── stories that match
//! ```
//!
//! An [`Index`] is a projection of views, as views are of the log. Each reading of a story is a document, with the
//! positions from and up to which it counts, so an index that has come further than a view still answers for it, and for
//! every earlier state of the record. What matches is a set, and a set of stories is one more timeline
//! ([`dateline_projector::Matches`]): it comes in the order of all timelines, newest first, and is counted, cut into pages
//! and crossed with those of officials and topics as they are.
//!
//! The index may be deleted at any time. One that is missing, damaged, of another log or of another [`VERSION`] is made
//! anew out of a view.

mod evidence;
mod find;
mod follow;
mod index;
mod query;
mod schema;
mod words;

pub use evidence::{Evidence, MAX_EVIDENCE};
pub use index::{Index, LogMark, NotUsed, SearchError};
pub use query::{MAX_CLAUSES, MAX_QUERY_CHARS, MAX_WORDS, MIN_PREFIX_CHARS, Query, QueryError};

/// Version of the index: raised whenever the same story can give other documents.
pub const VERSION: u32 = 1;
