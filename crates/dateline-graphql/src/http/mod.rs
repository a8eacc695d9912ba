//! The HTTP side: a thin handler after the GraphQL over HTTP specification, a page for people, and a health check.

mod answer;
mod explorer;
mod health;
mod negotiate;
mod refusal;
mod request;
mod service;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::any;
use dateline_event::Position;
use dateline_projector::{View, Views};

use crate::guard::Limits;
use service::Service;

/// Where the service gets its views from.
pub trait ViewSource: Send + Sync + 'static {
    /// The latest view. It is taken once a request.
    fn current(&self) -> Arc<View>;

    /// Position of the newest event of the log, as last seen; `None` for an empty log.
    fn head(&self) -> Option<Position>;

    /// Why the views no longer follow the log, in words for an operator; `None` while all is well.
    fn failure(&self) -> Option<String> {
        None
    }
}

impl ViewSource for Views {
    fn current(&self) -> Arc<View> {
        Self::current(self)
    }

    fn head(&self) -> Option<Position> {
        self.status().head
    }

    fn failure(&self) -> Option<String> {
        self.status().failure.map(|it| it.as_str().to_owned())
    }
}

/// What the program decides about the service.
#[derive(Debug, Clone)]
pub struct Options {
    /// What one request may ask for.
    pub limits: Limits,
    /// Longest time for one request, from its first byte to its answer.
    pub deadline: Duration,
    /// Tells the trace ids of this process from those of others; a random number.
    pub instance: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { limits: Limits::default(), deadline: Duration::from_secs(10), instance: 0 }
    }
}

/// The service: `/graphql`, `/healthz`, and a way from `/` to `/graphql`.
pub fn router(views: impl ViewSource, options: Options) -> Router {
    let service = Arc::new(Service::new(Arc::new(views), options));
    Router::new()
        .route("/graphql", any(service::graphql))
        .route("/healthz", any(service::health))
        .route("/", any(service::root))
        .fallback(service::nothing)
        .with_state(service)
}
