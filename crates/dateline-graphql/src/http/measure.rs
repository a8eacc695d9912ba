//! Around every request: its id, its time, its line in the logs.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response};
use axum::middleware::Next;
use tokio::time::Instant;

use super::answer::TRACE;
use super::service::Service;
use crate::spans::{self, Asked};
use crate::trace::TraceParent;

/// By which a client or a proxy finds its own request again.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longest id that is taken over from a client, in bytes.
const MAX_ID_BYTES: usize = 128;

/// Addresses of the service, as they stand in metrics and logs: what lies below `/feeds/` is one of them.
const ROUTES: [&str; 6] = ["/", "/graphql", "/healthz", "/readyz", "/metrics", "/feeds/"];

fn route_of(path: &str) -> &'static str {
    let is_it =
        |it: &&str| *it == path || (it.len() > 1 && it.ends_with('/') && path.starts_with(it));
    ROUTES.into_iter().find(is_it).unwrap_or("other")
}

/// The method as spans have it: clients can make methods up (semantic conventions for HTTP).
fn told_method(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::OPTIONS
        | Method::PUT
        | Method::DELETE
        | Method::PATCH
        | Method::TRACE
        | Method::CONNECT => method.as_str(),
        _ => "_OTHER",
    }
}

/// Lets the request through, and takes down what became of it.
pub(super) async fn measured(
    State(service): State<Arc<Service>>,
    request: Request<Body>,
    next: Next,
) -> Response<Body> {
    let start = Instant::now();
    let route = route_of(request.uri().path());
    let method = request.method().clone();
    let asked = service.options.spans.is_some().then(|| Asked {
        method: told_method(&method).to_owned(),
        route,
        parent: TraceParent::of(request.headers()),
        start: (start, (service.options.clock)()),
    });
    let id = given_id(request.headers());
    let mut response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), start.elapsed());
    service.metrics.answered(route, status, took);
    if let (Some(sink), Some(asked)) = (&service.options.spans, asked) {
        spans::tell(&**sink, &service.traces, asked, &response);
    }
    let trace = response.headers().get(TRACE).cloned();
    if let Some(id) = id.or_else(|| trace.clone()) {
        tracing::info!(
            route,
            method = method.as_str(),
            status,
            micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            request = id.to_str().unwrap_or_default(),
            trace = trace.as_ref().and_then(|it| it.to_str().ok()).unwrap_or_default(),
            "answered"
        );
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The id that the request brings, if it is one that may stand in a log: letters, digits, `-`, `_`, `.` and `:`.
fn given_id(headers: &HeaderMap) -> Option<HeaderValue> {
    let id = headers.get(REQUEST_ID)?;
    let fits = |it: &u8| it.is_ascii_alphanumeric() || b"-_.:".contains(it);
    let is_good = !id.is_empty() && id.len() <= MAX_ID_BYTES && id.as_bytes().iter().all(fits);
    is_good.then(|| id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_clients_make_up_share_one_name() {
        for (path, route) in [
            ("/", "/"),
            ("/graphql", "/graphql"),
            ("/graphql/x", "other"),
            ("/feeds/official/p-1.atom", "/feeds/"),
            ("/wp-login.php", "other"),
        ] {
            assert_eq!(route_of(path), route, "{path}");
        }
    }
}
