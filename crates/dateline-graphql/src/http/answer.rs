//! Answers as HTTP responses, with the headers that every one carries.

use async_graphql::{ServerError, Value};
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use dateline_event::Position;
use serde::Serialize;

use super::negotiate::Media;
use super::refusal::Refusal;

/// Names the position at which an answer stands.
const POSITION: HeaderName = HeaderName::from_static("dateline-position");

/// Names the request in the logs; the same as `extensions.traceId` of its errors.
const TRACE: HeaderName = HeaderName::from_static("x-trace-id");

/// Forbids a browser to do anything with an answer but show it.
const NO_CONTENT_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// The body of an answer. `data` is absent where the request was not executed, and null where it was and failed.
#[derive(Serialize)]
struct Envelope<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<Extensions>,
}

#[derive(Serialize)]
struct Extensions {
    position: Option<String>,
}

/// An answer to a request that was executed.
pub(crate) struct Executed {
    pub(crate) status: StatusCode,
    pub(crate) media: Media,
    pub(crate) errors: Vec<ServerError>,
    /// Absent where validation refused the document.
    pub(crate) data: Option<Value>,
    pub(crate) position: Option<Position>,
}

impl Executed {
    /// The response.
    pub(crate) fn into_response(self) -> Response<Body> {
        let position = self.position.map(|it| it.to_string());
        let body = Envelope {
            errors: &self.errors,
            data: self.data.as_ref(),
            extensions: Some(Extensions { position: position.clone() }),
        };
        let mut response = json(self.status, self.media.content_type(), &body);
        if let Some(position) = position.and_then(|it| HeaderValue::from_str(&it).ok()) {
            response.headers_mut().insert(POSITION, position);
        }
        response
    }
}

/// The response to a request that is not executed.
pub(crate) fn refused(refusal: &Refusal, media: Media, trace: &str) -> Response<Body> {
    let errors = [refusal.error(trace)];
    let body = Envelope { errors: &errors, data: None, extensions: None };
    let mut response = json(refusal.status(media), media.content_type(), &body);
    if let Some(allow) = refusal.allow {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
    }
    response
}

/// A response with `value` as JSON.
pub(crate) fn json(
    status: StatusCode,
    content_type: &'static str,
    value: &impl Serialize,
) -> Response<Body> {
    let body = serde_json::to_vec(value).expect("values of GraphQL have a JSON form");
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let content_type = HeaderValue::from_static(content_type);
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    response
}

/// Puts on the headers that every response has, without replacing any that it brings.
pub(crate) fn finish(mut response: Response<Body>, trace: &str) -> Response<Body> {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, NO_CONTENT_POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::VARY, "Accept"),
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
