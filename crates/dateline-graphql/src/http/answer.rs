//! Answers as HTTP responses, with the headers that every one carries.

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use dateline_event::Position;
use serde::Serialize;

use super::negotiate::Media;
use super::refusal::{Hint, Refusal};
use crate::outcome::{self, Outcome};

/// Names the position at which an answer stands.
const POSITION: HeaderName = HeaderName::from_static("dateline-position");

/// Names the request in the logs; the same as `extensions.traceId` of its errors.
pub(crate) const TRACE: HeaderName = HeaderName::from_static("x-trace-id");

/// Forbids a browser to do anything with an answer but show it.
const NO_CONTENT_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// The response to a request that was executed.
pub(crate) fn executed(outcome: &Outcome, media: Media) -> Response<Body> {
    let status = match media {
        Media::GraphqlResponse if outcome.is_refused() => StatusCode::BAD_REQUEST,
        Media::GraphqlResponse | Media::Json => StatusCode::OK,
    };
    at(outcome.position, whole(status, media.content_type(), outcome.to_json()))
}

fn at(position: Option<Position>, mut response: Response<Body>) -> Response<Body> {
    let position = position.map(|it| it.to_string());
    if let Some(position) = position.and_then(|it| HeaderValue::from_str(&it).ok()) {
        response.headers_mut().insert(POSITION, position);
    }
    response
}

/// The response to a request that was executed, all of it without an error, as `json` at `position`.
pub(crate) fn told(json: Bytes, position: Option<Position>, media: Media) -> Response<Body> {
    at(position, whole(StatusCode::OK, media.content_type(), json))
}

/// The response to a request that is not executed.
pub(crate) fn refused(refusal: &Refusal, media: Media, trace: &str) -> Response<Body> {
    let body = outcome::refused(&[refusal.error(trace)]);
    let mut response = whole(refusal.status(media), media.content_type(), body);
    let header = match refusal.hint() {
        Some(Hint::Allow(methods)) => Some((header::ALLOW, HeaderValue::from_static(methods))),
        Some(Hint::Challenge(it)) => Some((header::WWW_AUTHENTICATE, HeaderValue::from_static(it))),
        Some(Hint::RetryAfter(seconds)) => Some((header::RETRY_AFTER, seconds.into())),
        Some(Hint::Limit { .. }) | None => None,
    };
    if let Some((name, value)) = header {
        response.headers_mut().insert(name, value);
    }
    response
}

/// A response with `value` as JSON.
pub(crate) fn json(
    status: StatusCode,
    content_type: &'static str,
    value: &impl Serialize,
) -> Response<Body> {
    whole(status, content_type, outcome::json(value))
}

fn whole(status: StatusCode, content_type: &'static str, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let content_type = HeaderValue::from_static(content_type);
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    response
}

/// Headers that answers have beside those that they bring.
const USUAL_HEADERS: usize = 12;

/// Puts on the headers that every response has, without replacing any that it brings.
pub(crate) fn finish(mut response: Response<Body>, trace: &str) -> Response<Body> {
    let headers = response.headers_mut();
    headers.reserve(USUAL_HEADERS);
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, NO_CONTENT_POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::VARY, "accept, authorization"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(trace) = HeaderValue::from_str(trace) {
        headers.insert(TRACE, trace);
    }
    response
}
