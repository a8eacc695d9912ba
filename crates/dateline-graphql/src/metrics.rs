//! What an operator's monitoring asks for at `/metrics`, in the `OpenMetrics` text form that Prometheus reads.
//!
//! Labels have few values each: a route is one of the service's own addresses and never a path that a client made up.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// The media type of [`Metrics::text`].
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds of the durations that are told apart, in seconds: from a kept answer to the deadline.
const SECONDS: [f64; 14] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Timed {
    route: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Operated {
    kind: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    by: &'static str,
}

/// How an operation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All of it was answered.
    Answered,
    /// A field of it could not be answered.
    WithErrors,
    /// Validation refused it.
    Refused,
}

impl Ended {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::WithErrors => "with_errors",
            Self::Refused => "refused",
        }
    }
}

/// The state of the service at the moment at which somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sample {
    pub(crate) streams: u64,
    pub(crate) subscriptions: u64,
    pub(crate) head: u64,
    pub(crate) checkpoint: u64,
    pub(crate) lag_events: u64,
    pub(crate) lag: Duration,
    pub(crate) stopped: bool,
    pub(crate) rebuilding: bool,
    pub(crate) rebuilds: u64,
    pub(crate) kept_bytes: u64,
}

/// All that is counted.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    durations: Family<Timed, Histogram, fn() -> Histogram>,
    operations: Family<Operated, Counter>,
    refusals: Family<Refused, Counter>,
    kept: Counter,
    sampled: Sampled,
}

/// Gauges that are set when somebody asks.
#[derive(Default)]
struct Sampled {
    streams: Gauge,
    subscriptions: Gauge,
    head: Gauge,
    checkpoint: Gauge,
    lag_events: Gauge,
    lag_seconds: Gauge<f64, AtomicU64>,
    stopped: Gauge,
    rebuilding: Gauge,
    rebuilds: Counter,
    kept_bytes: Gauge,
}

impl Metrics {
    /// Nothing counted yet.
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("dateline");
        let requests = Family::<Answered, Counter>::default();
        let durations: Family<_, _, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(SECONDS));
        let operations = Family::<Operated, Counter>::default();
        let refusals = Family::<Refused, Counter>::default();
        let help = "HTTP requests, by address and status";
        registry.register("http_requests", help, requests.clone());
        let help = "Time from the head of a request to the head of its answer, in seconds";
        registry.register("http_request_duration_seconds", help, durations.clone());
        let help = "GraphQL operations that were executed, on any transport";
        registry.register("operations", help, operations.clone());
        let help = "Requests and operations that were refused, by the limit or rule that did";
        registry.register("refusals", help, refusals.clone());
        let kept = Counter::default();
        let help = "Questions that were answered with what was kept";
        registry.register("kept_answers", help, kept.clone());
        let sampled = Sampled::registered(&mut registry);
        Self { registry, requests, durations, operations, refusals, kept, sampled }
    }

    /// Counts a request that was answered.
    pub(crate) fn answered(&self, route: &'static str, status: u16, took: Duration) {
        self.requests.get_or_create(&Answered { route, status }).inc();
        self.durations.get_or_create(&Timed { route }).observe(took.as_secs_f64());
    }

    /// Counts an operation of `kind`, such as `query`.
    pub(crate) fn operated(&self, kind: &'static str, ended: Ended) {
        self.operations.get_or_create(&Operated { kind, outcome: ended.as_str() }).inc();
    }

    /// Counts something that `by` refused: the name of a limit, or a word such as `rate_of_key`.
    pub(crate) fn refused(&self, by: &'static str) {
        self.refusals.get_or_create(&Refused { by }).inc();
    }

    /// Counts a question that was answered with what was kept.
    pub(crate) fn kept(&self) {
        self.kept.inc();
    }

    /// All of it as text, at the moment that `sample` describes.
    pub(crate) fn text(&self, sample: &Sample) -> String {
        self.sampled.set(sample);
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = text::encode(&mut text, &self.registry);
        text
    }
}

impl Sampled {
    fn registered(registry: &mut Registry) -> Self {
        let it = Self::default();
        let mut gauge = |name: &str, help: &str, gauge: &Gauge| {
            registry.register(name, help, gauge.clone());
        };
        gauge("open_streams", "Open WebSockets and streams of events", &it.streams);
        gauge("subscriptions", "Live feeds that are listened to", &it.subscriptions);
        gauge("kept_answers_bytes", "Bytes of answers that are kept", &it.kept_bytes);
        gauge("log_head", "Position of the newest event of the log", &it.head);
        gauge("view_checkpoint", "Position of the view that serves", &it.checkpoint);
        gauge("view_lag_events", "Events of the log that the view lacks", &it.lag_events);
        gauge("view_stopped", "1 while the view cannot follow the log", &it.stopped);
        gauge("view_rebuilding", "1 while a rebuild runs beside the view", &it.rebuilding);
        let help = "Seconds since the log took the first event that the view lacks";
        registry.register("view_lag_seconds", help, it.lag_seconds.clone());
        let help = "Rebuilds of the view since the start";
        registry.register("rebuilds", help, it.rebuilds.clone());
        it
    }

    fn set(&self, sample: &Sample) {
        let count = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
        self.streams.set(count(sample.streams));
        self.subscriptions.set(count(sample.subscriptions));
        self.kept_bytes.set(count(sample.kept_bytes));
        self.head.set(count(sample.head));
        self.checkpoint.set(count(sample.checkpoint));
        self.lag_events.set(count(sample.lag_events));
        self.lag_seconds.set(sample.lag.as_secs_f64());
        self.stopped.set(i64::from(sample.stopped));
        self.rebuilding.set(i64::from(sample.rebuilding));
        self.rebuilds.inner().store(sample.rebuilds, Ordering::Relaxed);
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}
