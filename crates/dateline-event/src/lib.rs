//! The words of the system: events and their envelopes, positions in the log, stories, officials with offices and
//! tenures, topics, and dates of uncertain precision.
//!
//! Nothing here reads a file, a clock or a random number, and nothing waits. A type is in this crate when at least
//! two other crates speak of it.

pub mod cloud_event;
pub mod date;
mod decode;
pub mod envelope;
pub mod event;
#[cfg(test)]
mod golden;
pub mod id;
pub mod link;
mod piece;
pub mod position;
pub mod registry;
mod retired;
pub mod span;
pub mod story;

pub use decode::DecodeError;
pub use envelope::{Envelope, NewEvent, Payload};
pub use event::{Event, EventKind};
pub use id::{OfficeId, OfficialId, OrganisationId, SourceId, StoryId, StreamId, TopicId};
pub use piece::Piece;
pub use position::{ExpectedPosition, Position};
pub use span::Span;
