//! What an answer is known by, so that it is not sent again to somebody who has it (RFC 9110, sections 8.8.3 and 13).

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dateline_event::Position;
use sha2::{Digest as _, Sha256};

use crate::schema::Moment;

/// Makes the tags of one program: answers of another one may differ at the same position of the log.
#[derive(Debug)]
pub(crate) struct Tags {
    edition: String,
}

/// Bytes of a digest that tell editions from each other.
const EDITION_BYTES: usize = 6;

impl Tags {
    /// Tags for a program that calls itself `edition` and serves the schema `sdl`.
    pub(crate) fn new(edition: &str, sdl: &str) -> Self {
        let digest = Sha256::new().chain_update(edition).chain_update([0]).chain_update(sdl);
        let digest = digest.finalize();
        Self { edition: URL_SAFE_NO_PAD.encode(digest.get(..EDITION_BYTES).unwrap_or(&digest)) }
    }

    /// The tag of what is said at `moment`. Weak, since the bytes may differ where nothing that is said does.
    pub(crate) fn at(&self, moment: &Moment) -> String {
        let number = |it: Option<Position>| it.map_or(0, Position::get);
        let (position, lag) = (number(moment.view.position()), moment.lag());
        format!("W/\"{}-{position}-{lag}\"", self.edition)
    }
}

/// Whether the client has the answer already.
pub(crate) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    listed(headers).any(|it| it == "*" || it.trim_start_matches("W/") == opaque(tag))
}

/// Whether the client names this very tag, and not just anything.
pub(crate) fn is_named(headers: &HeaderMap, tag: &str) -> bool {
    listed(headers).any(|it| it.trim_start_matches("W/") == opaque(tag))
}

fn opaque(tag: &str) -> &str {
    tag.trim_start_matches("W/")
}

fn listed(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|it| it.to_str().ok());
    known.flat_map(|it| it.split(',')).map(str::trim)
}

/// The answer to somebody who has it already.
pub(crate) fn unchanged(tag: &str) -> Response<Body> {
    let mut response = with(Response::new(Body::empty()), tag);
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    response
}

/// `response` with its tag.
pub(crate) fn with(mut response: Response<Body>, tag: &str) -> Response<Body> {
    let headers = response.headers_mut();
    // Kept by whoever likes, and asked about each time.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_by_what_it_says_and_not_by_its_strength() {
        let mut headers = HeaderMap::new();
        assert!(!is_known(&headers, "W/\"a-1-0\""));
        headers.insert(header::IF_NONE_MATCH, "\"b\", W/\"a-1-0\"".parse().unwrap());
        assert!(is_known(&headers, "W/\"a-1-0\"") && is_named(&headers, "W/\"a-1-0\""));
        assert!(!is_known(&headers, "W/\"a-2-0\""));
        headers.insert(header::IF_NONE_MATCH, "*".parse().unwrap());
        assert!(is_known(&headers, "W/\"a-2-0\"") && !is_named(&headers, "W/\"a-2-0\""));
    }

    #[test]
    fn another_program_has_other_tags() {
        assert_ne!(Tags::new("1", "type A").edition, Tags::new("2", "type A").edition);
        assert_ne!(Tags::new("1", "type A").edition, Tags::new("1", "type B").edition);
    }
}
