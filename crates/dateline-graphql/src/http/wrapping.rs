//! What lies around the routes: compression, and pages of other origins.

use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, header};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Smallest answer that is compressed, in bytes: below it the headers outweigh the gain.
const MIN_BYTES: u16 = 1024;

/// Time for which a browser remembers what pages of another origin may do.
const REMEMBERED: Duration = Duration::from_secs(3600);

/// `router`, whose answers are compressed for those who take that. Streams of events are not: what is told must not wait
/// for more to compress.
pub(super) fn compressed(router: Router) -> Router {
    let when = SizeAbove::new(MIN_BYTES).and(NotForContentType::SSE);
    // Answers are made for one reader each, so time counts for more than the last bytes.
    let layer = CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(when);
    router.layer(layer)
}

/// `router`, which pages of `origins` may ask. Without origins browsers let no page of another one read an answer.
pub(super) fn opened_to(origins: &[String], router: Router) -> Router {
    if origins.is_empty() {
        return router;
    }
    let origins = origins.iter().filter_map(|it| HeaderValue::from_str(it).ok());
    let header = HeaderName::from_static;
    let layer = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
            header("dateline-after"),
            header("last-event-id"),
            header("traceparent"),
            header("x-request-id"),
        ])
        .expose_headers([
            header::ETAG,
            header::RETRY_AFTER,
            header("dateline-position"),
            header("x-request-id"),
            header("x-trace-id"),
        ])
        .max_age(REMEMBERED);
    router.layer(layer)
}
