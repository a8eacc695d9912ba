//! The HTTP side: a thin handler after the GraphQL over HTTP specification, a page for people, and a health check.

mod admission;
pub(crate) mod answer;
mod catch_up;
mod checks;
mod events;
mod explorer;
mod health;
mod measure;
mod negotiate;
mod percent;
mod refusal;
mod request;
mod service;
mod socket;
pub(crate) mod tag;
mod wrapping;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use chrono::{DateTime, Utc};
use dateline_event::Position;
use dateline_projector::{AsOf, Matches, Rebuilding, View};
use dateline_search::{Query, SearchError};

use crate::access::{Key, RateLimits};
use crate::commands::{Commands, NoCommands};
use crate::documents::Documents;
use crate::feeds;
use crate::guard::Limits;
use crate::live::{History, LiveLimits};
use crate::spans::SpanSink;
pub(crate) use admission::BASIC;
pub(crate) use answer::TRACE;
pub use health::Readiness;
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

    /// The digest over all events of the log up to `position`, as 64 hexadecimal digits; `None` where there is none.
    ///
    /// # Errors
    /// Why the log cannot be read, in words for an operator.
    fn chain_at(&self, position: Position) -> Result<Option<String>, String> {
        let _ = position;
        Ok(None)
    }

    /// The entries of `view` that match `query` in a state of the record. It may take some milliseconds.
    ///
    /// # Errors
    /// [`SearchError::Behind`] where there is no index of words that has come as far as `view`, and when it cannot be read.
    fn find(
        &self,
        view: &Arc<View>,
        query: &Query,
        as_of: Option<AsOf>,
    ) -> Result<Matches, SearchError> {
        let _ = (view, query, as_of);
        Err(SearchError::Behind)
    }

    /// Why the views no longer follow the log, in words for an operator; `None` while all is well.
    fn failure(&self) -> Option<String> {
        None
    }

    /// When the log took the first event that the latest view lacks; `None` while it has all.
    fn waits_since(&self) -> Option<DateTime<Utc>> {
        None
    }

    /// The rebuild that runs beside the serving view, where one does.
    fn rebuilding(&self) -> Option<Arc<Rebuilding>> {
        None
    }

    /// Rebuilds that came to their end since the start.
    fn rebuilds(&self) -> u64 {
        0
    }
}

/// What the program decides about the service.
#[derive(Debug, Clone)]
pub struct Options {
    /// What one request may ask for.
    pub limits: Limits,
    /// Longest time for one request, from its first byte to its answer.
    pub deadline: Duration,
    /// Longest time for which an answer waits for the view to reach the position that the client names.
    pub catch_up: Duration,
    /// What live feeds may cost.
    pub live: LiveLimits,
    /// Bytes of answers that are kept while the view stands; zero keeps none.
    pub kept_bytes: usize,
    /// Documents that can be asked for by id.
    pub documents: Documents,
    /// Origins such as `https://desk.example` whose pages may use the service from a browser, beside those of the service
    /// itself: by requests (CORS) and by WebSockets.
    pub origins: Vec<String>,
    /// Who may ask and change what; without keys everybody may ask, and nobody may change anything.
    pub keys: Vec<Key>,
    /// Whether everybody may ask also while there are keys.
    pub reading_is_open: bool,
    /// How often callers may ask.
    pub rates: RateLimits,
    /// Addresses of proxies, whose header `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// When the service calls itself ready.
    pub readiness: Readiness,
    /// Who is told what requests did; `None` where nobody collects traces.
    pub spans: Option<Arc<dyn SpanSink>>,
    /// The present moment; it is asked for the time that a view is behind and for the start of spans, and for nothing else.
    pub clock: fn() -> DateTime<Utc>,
    /// Tells programs from each other that may give other answers at the same position of the log: the versions of
    /// all that makes views.
    pub edition: String,
    /// Tells the trace ids of this process from those of others; a random number.
    pub instance: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            deadline: Duration::from_secs(10),
            catch_up: Duration::from_secs(5),
            live: LiveLimits::default(),
            kept_bytes: 64 * 1024 * 1024,
            documents: Documents::default(),
            origins: Vec::new(),
            keys: Vec::new(),
            reading_is_open: false,
            rates: RateLimits::default(),
            proxies: Vec::new(),
            readiness: Readiness::default(),
            spans: None,
            clock: || DateTime::UNIX_EPOCH,
            edition: String::new(),
            instance: 0,
        }
    }
}

/// The service. A clone leads to the same one.
#[derive(Clone)]
pub struct Api(Arc<Service>);

impl Api {
    /// A service that answers from `views`, and whose live feeds go on from the past by `history`. It changes nothing.
    pub fn new(views: impl ViewSource, history: impl History, options: Options) -> Self {
        Self::with_commands(views, history, NoCommands, options)
    }

    /// The same, whose mutations are carried out by `commands`.
    pub fn with_commands(
        views: impl ViewSource,
        history: impl History,
        commands: impl Commands,
        options: Options,
    ) -> Self {
        let (views, history, commands) = (Arc::new(views), Arc::new(history), Arc::new(commands));
        Self(Arc::new(Service::new(views, history, commands, options)))
    }

    /// `/graphql`, `/feeds/…`, `/healthz`, `/readyz`, `/metrics`, and a way from `/` to `/graphql`. Live feeds hear of
    /// changes while [`Api::feed`] runs.
    pub fn router(&self) -> Router {
        let routes = Router::new()
            .route("/graphql", any(service::graphql))
            .route("/feeds/{*feed}", any(feeds::feed))
            .route("/healthz", any(checks::health))
            .route("/readyz", any(checks::ready))
            .route("/metrics", any(checks::metrics))
            .route("/", any(service::root))
            .fallback(service::nothing)
            .with_state(Arc::clone(&self.0));
        let routes = wrapping::opened_to(&self.0.options.origins, wrapping::compressed(routes));
        routes.layer(from_fn_with_state(Arc::clone(&self.0), measure::measured))
    }

    /// From now on these are the keys, and none but these. Streams of those who lost theirs end at once.
    pub fn set_keys(&self, keys: Vec<Key>) {
        self.0.door.set_keys(keys);
    }

    /// Says that there is a new view, so that live feeds look what changed, and those go on who wait for a position. Cheap, from any thread.
    pub fn published(&self) {
        self.0.published.send_replace(());
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
