//! A request that is not executed: why, with which status, and what the client may do.

use async_graphql::{Pos, ServerError, Value};
use axum::http::StatusCode;

use super::negotiate::Media;
use crate::access::{Denied, TooOften};
use crate::error::{ErrorCode, stamp};
use crate::guard::Refused;

/// Why a request is not executed.
#[derive(Debug)]
pub(crate) struct Refusal {
    code: ErrorCode,
    message: String,
    at: Option<Pos>,
    hint: Option<Hint>,
}

/// What the client may make of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Hint {
    /// A limit, and what was found.
    Limit { name: &'static str, max: u64, found: u64 },
    /// The methods that the address takes.
    Allow(&'static str),
    /// How a key can be named.
    Challenge(&'static str),
    /// Whole seconds to wait.
    RetryAfter(u64),
}

impl Refusal {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at: None, hint: None }
    }

    fn with(self, hint: Hint) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// What the client may make of it.
    pub(crate) const fn hint(&self) -> Option<Hint> {
        self.hint
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::BadRequest, message)
    }

    /// The caller may not do what it wants. `challenge` says how a key could be named.
    pub(crate) fn denied(why: &Denied, challenge: &'static str) -> Self {
        let refusal = Self::new(ErrorCode::of_denied(why), why.to_string());
        if why.is_unauthenticated() { refusal.with(Hint::Challenge(challenge)) } else { refusal }
    }

    /// The caller asked too often.
    pub(crate) fn too_often(why: TooOften) -> Self {
        let seconds = why.seconds();
        let message = format!("asked too often; ask again in {seconds} s");
        Self::new(ErrorCode::RateLimited, message).with(Hint::RetryAfter(seconds))
    }

    pub(crate) fn method(message: impl Into<String>, allow: &'static str) -> Self {
        Self::new(ErrorCode::MethodNotAllowed, message).with(Hint::Allow(allow))
    }

    /// The status of the answer. In the older media type a request that is well-formed as HTTP gets 200, whatever is
    /// wrong with its document.
    pub(crate) const fn status(&self, media: Media) -> StatusCode {
        match (self.code, media) {
            (
                ErrorCode::BadInput
                | ErrorCode::LimitExceeded
                | ErrorCode::ParseFailed
                | ErrorCode::ValidationFailed,
                Media::Json,
            ) => StatusCode::OK,
            (ErrorCode::DeadlineExceeded | ErrorCode::NotReady | ErrorCode::TooManyStreams, _) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            (ErrorCode::Forbidden, _) => StatusCode::FORBIDDEN,
            (ErrorCode::Internal, _) => StatusCode::INTERNAL_SERVER_ERROR,
            (ErrorCode::MethodNotAllowed, _) => StatusCode::METHOD_NOT_ALLOWED,
            (ErrorCode::NotAcceptable, _) => StatusCode::NOT_ACCEPTABLE,
            (ErrorCode::NotFound, _) => StatusCode::NOT_FOUND,
            (ErrorCode::PayloadTooLarge, _) => StatusCode::PAYLOAD_TOO_LARGE,
            (ErrorCode::RateLimited, _) => StatusCode::TOO_MANY_REQUESTS,
            (ErrorCode::Unauthenticated, _) => StatusCode::UNAUTHORIZED,
            (ErrorCode::UnsupportedMediaType, _) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            (
                ErrorCode::BadCursor
                | ErrorCode::BadId
                | ErrorCode::BadInput
                | ErrorCode::BadRequest
                | ErrorCode::ExpiredCursor
                | ErrorCode::LimitExceeded
                | ErrorCode::ParseFailed
                | ErrorCode::ResyncRequired
                | ErrorCode::UnknownDocument
                | ErrorCode::UnknownPosition
                | ErrorCode::ValidationFailed,
                _,
            ) => StatusCode::BAD_REQUEST,
        }
    }

    /// What refused it, in the words of the metrics: the name of a limit, else the code.
    pub(crate) fn rule(&self) -> &'static str {
        if let Some(Hint::Limit { name, .. }) = self.hint { name } else { self.code.as_str() }
    }

    /// The error for the answer's list.
    pub(crate) fn error(&self, trace: &str) -> ServerError {
        let mut error = ServerError::new(self.message.clone(), self.at);
        stamp(&mut error, self.code, trace);
        let extensions = error.extensions.get_or_insert_default();
        match self.hint {
            Some(Hint::Limit { name, max, found }) => {
                extensions.set("limit", Value::from(name));
                extensions.set("max", Value::from(max));
                extensions.set("found", Value::from(found));
            }
            Some(Hint::RetryAfter(seconds)) => extensions.set("retryAfter", Value::from(seconds)),
            Some(Hint::Allow(_) | Hint::Challenge(_)) | None => {}
        }
        error
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        let message = refused.to_string();
        match refused {
            Refused::Syntax { at, .. } => Self { at, ..Self::new(ErrorCode::ParseFailed, message) },
            Refused::Limit { limit: name, max, found } => {
                Self::new(ErrorCode::LimitExceeded, message).with(Hint::Limit { name, max, found })
            }
            Refused::Cycle(_) => Self::new(ErrorCode::ValidationFailed, message),
        }
    }
}
