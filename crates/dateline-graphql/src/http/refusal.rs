//! A request that is not executed: why, with which status, and what the client may do.

use async_graphql::{Pos, ServerError, Value};
use axum::http::StatusCode;

use super::negotiate::Media;
use crate::error::{ErrorCode, stamp};
use crate::guard::Refused;

/// Why a request is not executed.
#[derive(Debug)]
pub(crate) struct Refusal {
    code: ErrorCode,
    message: String,
    at: Option<Pos>,
    limit: Option<Limit>,
    /// Methods that the address takes, where the one used is not among them.
    pub(crate) allow: Option<&'static str>,
}

#[derive(Debug)]
struct Limit {
    name: &'static str,
    max: u64,
    found: u64,
}

impl Refusal {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at: None, limit: None, allow: None }
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::BadRequest, message)
    }

    pub(crate) fn method(message: impl Into<String>, allow: &'static str) -> Self {
        Self { allow: Some(allow), ..Self::new(ErrorCode::MethodNotAllowed, message) }
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
            (ErrorCode::DeadlineExceeded | ErrorCode::TooManyStreams, _) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            (ErrorCode::Forbidden, _) => StatusCode::FORBIDDEN,
            (ErrorCode::Internal, _) => StatusCode::INTERNAL_SERVER_ERROR,
            (ErrorCode::MethodNotAllowed, _) => StatusCode::METHOD_NOT_ALLOWED,
            (ErrorCode::NotAcceptable, _) => StatusCode::NOT_ACCEPTABLE,
            (ErrorCode::NotFound, _) => StatusCode::NOT_FOUND,
            (ErrorCode::PayloadTooLarge, _) => StatusCode::PAYLOAD_TOO_LARGE,
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
                | ErrorCode::UnknownPosition
                | ErrorCode::ValidationFailed,
                _,
            ) => StatusCode::BAD_REQUEST,
        }
    }

    /// What refused it, in the words of the metrics: the name of a limit, else the code.
    pub(crate) fn rule(&self) -> &'static str {
        self.limit.as_ref().map_or(self.code.as_str(), |it| it.name)
    }

    /// The error for the answer's list.
    pub(crate) fn error(&self, trace: &str) -> ServerError {
        let mut error = ServerError::new(self.message.clone(), self.at);
        stamp(&mut error, self.code, trace);
        if let (Some(limit), Some(extensions)) = (&self.limit, &mut error.extensions) {
            extensions.set("limit", Value::from(limit.name));
            extensions.set("max", Value::from(limit.max));
            extensions.set("found", Value::from(limit.found));
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
                let limit = Some(Limit { name, max, found });
                Self { limit, ..Self::new(ErrorCode::LimitExceeded, message) }
            }
            Refused::Cycle(_) => Self::new(ErrorCode::ValidationFailed, message),
        }
    }
}
