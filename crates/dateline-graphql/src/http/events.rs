//! Server-sent events, in the distinct connections mode of the protocol `graphql-sse`: one operation a connection.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, header};
use futures_util::stream;

use super::admission::BEARER;
use super::answer;
use super::negotiate::Media;
use super::refusal::Refusal;
use super::service::Service;
use crate::access::Watch;
use crate::error::ErrorCode;
use crate::event_stream::{COMPLETE, SIGN_OF_LIFE, next};
use crate::live::{Listening, Pass};
use crate::outcome::{self, Outcome};
use crate::prepared::Prepared;

/// The cursor of the last event that the client has, by the header `Last-Event-ID`.
pub(crate) fn last_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("last-event-id")?.to_str().ok()?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// The answer to a query or mutation as a stream of one event.
pub(crate) fn once(outcome: &Outcome) -> Response<Body> {
    let mut bytes = next(None, &outcome.to_json());
    bytes.extend_from_slice(COMPLETE);
    response(Body::from(bytes))
}

/// The answers of a live feed, for as long as the client listens.
pub(crate) async fn listen(
    service: &Arc<Service>,
    prepared: &Arc<Prepared>,
    resume: Option<String>,
    watch: Watch,
    trace: &str,
) -> Result<Response<Body>, Refusal> {
    let Some(pass) = service.gate.enter() else {
        let message = "too many streams are open; try again later";
        return Err(Refusal::new(ErrorCode::TooManyStreams, message));
    };
    let feed = match service.subscribe(prepared, resume, trace).await {
        Ok(feed) => feed,
        Err(refused) => return Ok(answer::executed(&refused, Media::GraphqlResponse)),
    };
    let (keep_alive, trace) = (service.options.live.keep_alive, trace.to_owned());
    let stream = Stream { feed, pass, watch, trace, keep_alive, is_over: false };
    let chunks = stream::unfold(stream, async |mut it| {
        let chunk = it.chunk().await?;
        Some((Ok::<_, std::convert::Infallible>(chunk), it))
    });
    Ok(response(Body::from_stream(chunks)))
}

struct Stream {
    feed: Listening,
    pass: Pass,
    watch: Watch,
    trace: String,
    keep_alive: std::time::Duration,
    is_over: bool,
}

impl Stream {
    async fn chunk(&mut self) -> Option<Bytes> {
        if self.is_over {
            return None;
        }
        let heard = tokio::select! {
            heard = self.feed.next() => heard,
            () = self.pass.closing() => return None,
            denied = self.watch.lost() => {
                Some(Err(Refusal::denied(&denied, BEARER).error(&self.trace)))
            }
            () = tokio::time::sleep(self.keep_alive) => return Some(Bytes::from_static(SIGN_OF_LIFE)),
        };
        Some(match heard? {
            Ok(item) => item.event,
            Err(error) => {
                self.is_over = true;
                let mut bytes = next(None, &outcome::refused(&[error]));
                bytes.extend_from_slice(COMPLETE);
                bytes.into()
            }
        })
    }
}

fn response(body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    let events = HeaderValue::from_static("text/event-stream; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, events);
    // Without this some proxies hold events back until they have many.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}
