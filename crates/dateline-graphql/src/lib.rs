//! The GraphQL service: schema, resolvers, HTTP, limits.
//!
//! One request is read by `http`, weighed by `guard`, and answered by the resolvers in `schema` from one view, so all
//! parts of an answer speak of the same position of the log. Nothing here reads a clock, a file or a random number;
//! the program hands in the views ([`ViewSource`]), what the events of the log are about ([`History`]), and the listening
//! socket ([`serve`]).

mod access;
mod commands;
mod documents;
mod engine;
mod error;
mod event_stream;
mod feeds;
mod guard;
mod http;
mod kept;
mod known;
mod live;
mod metrics;
mod outcome;
mod prepared;
mod schema;
mod serve;
mod shelf;
mod spans;
mod stock;
mod trace;

pub use access::{Key, KeyScope, RateLimit, RateLimits, key_digest};
pub use commands::{
    CommandError, Commands, Ingested, Mandate, PageGiven, Previewed, RebuildStarted, StoryOutcome,
    Written,
};
pub use documents::{Documents, ManifestError};
pub use error::ErrorCode;
pub use guard::Limits;
pub use http::{Api, Options, Readiness, ViewSource};
pub use live::{About, History, LiveLimits};
pub use schema::sdl;
pub use serve::{ServeLimits, serve};
pub use spans::{Attribute, Span, SpanKind, SpanSink};
#[doc(hidden)]
pub use stock::Stock;
