//! WebSockets, in the protocol `graphql-transport-ws`: many operations a connection.
//!
//! A connection is one task. It reads, writes and keeps the time; each operation is a task of its own that hands its
//! answers over through a short queue. A client that does not read fills that queue, so its operations wait, and its
//! live feeds fall behind and end.

mod protocol;
mod talk;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::FromRequestParts as _;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::{HeaderMap, Request, Response, header};

use super::answer;
use super::negotiate::Media;
use super::refusal::Refusal;
use super::service::Service;
use crate::error::ErrorCode;
use protocol::PROTOCOL;
use talk::Talk;

/// Bytes that may wait to be written to one connection, beside the message that is being written.
const WRITE_BUFFER_BYTES: usize = 64 * 1024;

/// Whether the client wants to speak over a WebSocket.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    let upgrade = headers.get(header::UPGRADE).and_then(|it| it.to_str().ok());
    upgrade.is_some_and(|it| it.eq_ignore_ascii_case("websocket"))
}

/// Opens a connection, unless a page of an origin that is not ours wants it: browsers let any page open one, with the
/// rights that the network gives to the browser.
pub(super) async fn open(
    service: &Arc<Service>,
    request: Request<Body>,
    trace: &str,
) -> Response<Body> {
    let refused = |code, message: &str| {
        answer::refused(&Refusal::new(code, message), Media::GraphqlResponse, trace)
    };
    if !is_of_allowed_origin(request.headers(), &service.options.origins) {
        return refused(ErrorCode::Forbidden, "pages of this origin may not open a WebSocket");
    }
    let admitted = service.admit_socket(request.headers(), request.extensions());
    let (caller, address) = match admitted {
        Ok(admitted) => admitted,
        Err(refusal) => return answer::refused(&refusal, Media::GraphqlResponse, trace),
    };
    let Some(pass) = service.gate.enter() else {
        return refused(ErrorCode::TooManyStreams, "too many streams are open; try again later");
    };
    let (mut parts, _) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(why) => return refused(ErrorCode::BadRequest, &why.body_text()),
    };
    let bytes = service.options.limits.body_bytes;
    let talk = Talk::new(Arc::clone(service), pass, (caller, address), trace.to_owned());
    upgrade
        .protocols([PROTOCOL])
        .max_message_size(bytes)
        .max_frame_size(bytes)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE_BUFFER_BYTES.max(bytes))
        .on_upgrade(|socket| talk.run(socket))
}

/// Whether the header `Origin`, which browsers always send with an upgrade, is absent, names the service itself, or is
/// in `allowed`.
fn is_of_allowed_origin(headers: &HeaderMap, allowed: &[String]) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
    let own = origin.split_once("://").is_some_and(|(_, it)| Some(it) == host);
    own || allowed.iter().any(|it| it.eq_ignore_ascii_case(origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_its_own_or_named() {
        let allowed = ["https://desk.example".to_owned()];
        for (origin, is_allowed) in [
            (None, true),
            (Some("http://127.0.0.1:8080"), true),
            (Some("https://desk.example"), true),
            (Some("https://desk.example.evil.example"), false),
            (Some("http://127.0.0.1:8081"), false),
            (Some("null"), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "127.0.0.1:8080".parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(is_of_allowed_origin(&headers, &allowed), is_allowed, "{origin:?}");
        }
    }
}
