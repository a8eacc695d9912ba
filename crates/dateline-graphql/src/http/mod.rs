//! The HTTP side: a thin handler after the GraphQL over HTTP specification, a page for people, and a health check.

pub(crate) mod answer;
mod events;
mod explorer;
mod health;
mod negotiate;
mod percent;
mod refusal;
mod request;
mod service;
mod socket;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::any;
use dateline_event::Position;
use dateline_projector::{View, Views};

use crate::feeds;
use crate::guard::Limits;
use crate::live::{History, LiveLimits};
pub(crate) use negotiate::Media;
pub(crate) use percent::{decoded, encoded};
pub(crate) use refusal::Refusal;
pub(crate) use request::{Parameters, form_pairs};
pub(crate) use service::Service;

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
    /// What live feeds may cost.
    pub live: LiveLimits,
    /// Origins such as `https://desk.example` whose pages may open a WebSocket, beside those of the service itself.
    pub origins: Vec<String>,
    /// Tells the trace ids of this process from those of others; a random number.
    pub instance: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            deadline: Duration::from_secs(10),
            live: LiveLimits::default(),
            origins: Vec::new(),
            instance: 0,
        }
    }
}

/// The service. A clone leads to the same one.
#[derive(Clone)]
pub struct Api(Arc<Service>);

impl Api {
    /// A service that answers from `views`, and whose live feeds go on from the past by `history`.
    pub fn new(views: impl ViewSource, history: impl History, options: Options) -> Self {
        Self(Arc::new(Service::new(Arc::new(views), Arc::new(history), options)))
    }

    /// `/graphql`, `/feeds/…`, `/healthz`, and a way from `/` to `/graphql`. Live feeds hear of changes while [`Api::feed`] runs.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/graphql", any(service::graphql))
            .route("/feeds/{*feed}", any(feeds::feed))
            .route("/healthz", any(service::health))
            .route("/", any(service::root))
            .fallback(service::nothing)
            .with_state(Arc::clone(&self.0))
    }

    /// Says that there is a new view, so that live feeds look what changed. Cheap, from any thread.
    pub fn published(&self) {
        self.0.hub.ring();
    }

    /// Tells live feeds what changes, for as long as it is polled.
    pub async fn feed(&self) {
        self.0.hub.run().await;
    }

    /// How many streams are open: server-sent events and WebSockets.
    pub fn open_streams(&self) -> usize {
        self.0.gate.open()
    }

    /// Ends all streams, WebSockets with 1001, and waits until they have, at most for `deadline`. No new one is
    /// opened. Says whether all have ended.
    pub async fn end_streams(&self, deadline: Duration) -> bool {
        self.0.gate.close();
        self.0.gate.emptied(deadline).await
    }
}
