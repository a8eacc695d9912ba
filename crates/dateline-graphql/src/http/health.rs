//! Checks by machines: whether the service lives (`/healthz`), and whether it should be asked (`/readyz`).

use std::time::Duration;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde::Serialize;

use super::answer::json;
use crate::schema::Moment;

/// How far the view may be behind the log while the service calls itself ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// Events of the log that the view may lack.
    pub lag_events: u64,
    /// Time for which it may lack some.
    pub lag: Duration,
}

impl Default for Readiness {
    fn default() -> Self {
        Self { lag_events: 10_000, lag: Duration::from_secs(300) }
    }
}

/// How the view stands to the log at one moment.
#[derive(Clone)]
pub(crate) struct Standing {
    pub(crate) moment: Moment,
    /// Since how long the log has had something that the view lacks.
    pub(crate) lag: Duration,
    /// Why the view no longer follows the log.
    pub(crate) failure: Option<String>,
}

#[derive(Serialize)]
struct Report<'a> {
    status: &'static str,
    position: Option<String>,
    head: Option<String>,
    lag: u64,
    lag_seconds: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'a str>,
}

/// 200 with position and lag. Views that no longer follow the log go on being served, so that is 200 too, and says so.
pub(crate) fn health(standing: &Standing) -> Response<Body> {
    let status = if standing.failure.is_none() { "ok" } else { "stale" };
    report(StatusCode::OK, status, standing)
}

/// 200 while the view follows the log closely enough, else 503 and why: `stopped` at an event that it cannot take in, or
/// `behind` by more than `bounds`.
pub(crate) fn ready(standing: &Standing, bounds: &Readiness) -> Response<Body> {
    let is_behind = standing.moment.lag() > bounds.lag_events || standing.lag > bounds.lag;
    match () {
        () if standing.failure.is_some() => {
            report(StatusCode::SERVICE_UNAVAILABLE, "stopped", standing)
        }
        () if is_behind => report(StatusCode::SERVICE_UNAVAILABLE, "behind", standing),
        () => report(StatusCode::OK, "ready", standing),
    }
}

fn report(code: StatusCode, status: &'static str, standing: &Standing) -> Response<Body> {
    let Standing { moment, lag, failure } = standing;
    let position = moment.view.position();
    let report = Report {
        status,
        position: position.map(|it| it.to_string()),
        head: moment.end().map(|it| it.to_string()),
        lag: moment.lag(),
        lag_seconds: lag.as_secs(),
        failure: failure.as_deref(),
    };
    json(code, "application/json; charset=utf-8", &report)
}
