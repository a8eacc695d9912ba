//! Errors as clients see them: a closed list of codes, and messages that never show what is inside.

use async_graphql::{Enum, ErrorExtensionValues, ServerError, Value};
use thiserror::Error;

use crate::access::Denied;

/// Every value that `errors[].extensions.code` can have. Each error also carries `extensions.traceId`, by which the
/// operator finds the request in the logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Enum)]
pub enum ErrorCode {
    /// A cursor was not made by this API, or belongs to another list.
    BadCursor,
    /// An id does not have the form of an id, or names a thing of another type.
    BadId,
    /// An argument has the right type and makes no sense, such as `first: 0` or `from` behind `to`.
    BadInput,
    /// The HTTP request is not one that the address takes: broken JSON, no `query`, a batch, a parameter that makes no sense.
    BadRequest,
    /// The time for one request was over. Ask for less, or again.
    DeadlineExceeded,
    /// The cursor of a live feed is too old to go on from. Ask for the timeline again, and subscribe without it.
    ExpiredCursor,
    /// Whoever asks may not do this: the key lacks the scope, or changes are off.
    Forbidden,
    /// The service failed. Nothing about it is shown here; the operator finds it by `traceId`.
    Internal,
    /// The request goes beyond a limit, which `extensions.limit`, `extensions.max` and `extensions.found` name.
    LimitExceeded,
    /// The address does not take this HTTP method; the header `Allow` lists those that it takes.
    MethodNotAllowed,
    /// None of the media types in the header `Accept` can be served.
    NotAcceptable,
    /// There is nothing at this address.
    NotFound,
    /// What was asked for is being made and is not ready: the index of words after a start, or after a change of the
    /// registry. Ask again later.
    NotReady,
    /// The document is not GraphQL.
    ParseFailed,
    /// The body of the request is too large.
    PayloadTooLarge,
    /// Asked too often. `extensions.retryAfter` and the header `Retry-After` say how many seconds to wait.
    RateLimited,
    /// The live feed did not keep up and has ended. Subscribe again with `after`, as `extensions.cursor` has it.
    ResyncRequired,
    /// So many streams are open that there is no place for another. Try again later.
    TooManyStreams,
    /// A key is wanted, or nobody has the key that was named.
    Unauthenticated,
    /// The manifest of trusted documents has none with this `documentId`.
    UnknownDocument,
    /// `asOf` or a cursor names a position that the view has not reached.
    UnknownPosition,
    /// The body of a POST is not JSON in UTF-8.
    UnsupportedMediaType,
    /// The document does not fit the schema, or names no operation that it has.
    ValidationFailed,
}

impl ErrorCode {
    /// The code for what a caller may not do.
    pub(crate) const fn of_denied(why: &Denied) -> Self {
        if why.is_unauthenticated() { Self::Unauthenticated } else { Self::Forbidden }
    }

    /// The code as it stands in `extensions.code`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadCursor => "BAD_CURSOR",
            Self::BadId => "BAD_ID",
            Self::BadInput => "BAD_INPUT",
            Self::BadRequest => "BAD_REQUEST",
            Self::DeadlineExceeded => "DEADLINE_EXCEEDED",
            Self::ExpiredCursor => "EXPIRED_CURSOR",
            Self::Forbidden => "FORBIDDEN",
            Self::Internal => "INTERNAL",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::NotFound => "NOT_FOUND",
            Self::NotReady => "NOT_READY",
            Self::ParseFailed => "PARSE_FAILED",
            Self::PayloadTooLarge => "PAYLOAD_TOO_LARGE",
            Self::RateLimited => "RATE_LIMITED",
            Self::ResyncRequired => "RESYNC_REQUIRED",
            Self::TooManyStreams => "TOO_MANY_STREAMS",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::UnknownDocument => "UNKNOWN_DOCUMENT",
            Self::UnknownPosition => "UNKNOWN_POSITION",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::ValidationFailed => "VALIDATION_FAILED",
        }
    }
}

/// Why a field cannot be answered. Its text is written for the client.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub(crate) struct FieldError {
    code: ErrorCode,
    message: String,
}

impl FieldError {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// What the caller may not do.
    pub(crate) fn denied(why: &Denied) -> Self {
        Self::new(ErrorCode::of_denied(why), why.to_string())
    }

    pub(crate) fn bad_input(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::BadInput, message)
    }
}

/// Puts a code on an error that async-graphql made. What a resolver of ours said keeps its own code; what the
/// library says of a value that it could not take is [`ErrorCode::BadInput`]; everything else is masked, and its
/// true text is returned for the log.
pub(crate) fn seal(error: &mut ServerError, trace: &str) -> Option<String> {
    let ours = error.source::<FieldError>().map(|it| it.code);
    let code = match ours {
        Some(code) => code,
        None if error.path.is_empty() => ErrorCode::ValidationFailed,
        None if speaks_of_input(&error.message) => ErrorCode::BadInput,
        None => ErrorCode::Internal,
    };
    let hidden = (code == ErrorCode::Internal)
        .then(|| std::mem::replace(&mut error.message, "the service failed".to_owned()));
    shorten(&mut error.message);
    stamp(error, code, trace);
    hidden
}

/// Longest text of an error, in bytes: async-graphql repeats names and values of the document, however long.
const MAX_MESSAGE: usize = 400;

fn shorten(message: &mut String) {
    if message.len() > MAX_MESSAGE {
        let border = (0..=MAX_MESSAGE).rev().find(|it| message.is_char_boundary(*it));
        message.truncate(border.unwrap_or(0));
        message.push('…');
    }
}

/// Sets `extensions.code` and `extensions.traceId`.
pub(crate) fn stamp(error: &mut ServerError, code: ErrorCode, trace: &str) {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    extensions.set("code", Value::from(code.as_str()));
    extensions.set("traceId", Value::from(trace));
}

/// The texts by which async-graphql refuses the value of an argument or variable while it executes.
fn speaks_of_input(message: &str) -> bool {
    ["Failed to parse ", "Expected input type ", "Variable ", "Invalid value for argument "]
        .iter()
        .any(|it| message.starts_with(it))
}
