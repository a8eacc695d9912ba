//! The addresses for machines that look after the service.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Method, Request, Response, header};
use dateline_event::Position;

use super::admission::BEARER;
use super::health::{self, Standing};
use super::negotiate::Media;
use super::refusal::Refusal;
use super::{Service, answer};
use crate::metrics::{self, Sample};

/// `/healthz`
pub(super) async fn health(
    State(service): State<Arc<Service>>,
    request: Request<Body>,
) -> Response<Body> {
    checked(&service, &request, || health::health(&service.standing()))
}

/// `/readyz`
pub(super) async fn ready(
    State(service): State<Arc<Service>>,
    request: Request<Body>,
) -> Response<Body> {
    checked(&service, &request, || health::ready(&service.standing(), &service.options.readiness))
}

/// `/metrics`
pub(super) async fn metrics(
    State(service): State<Arc<Service>>,
    request: Request<Body>,
) -> Response<Body> {
    let admitted = service.admit(request.headers(), request.extensions(), BEARER);
    if let Err(refusal) = admitted.and_then(|it| service.allow(&it, OperationType::Query)) {
        let trace = service.trace(request.headers());
        return answer::finish(answer::refused(&refusal, Media::Json, &trace), &trace);
    }
    checked(&service, &request, || {
        let mut response = Response::new(Body::from(service.metrics.text(&service.sample())));
        let content_type = HeaderValue::from_static(metrics::CONTENT_TYPE);
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
        response
    })
}

fn checked(
    service: &Service,
    request: &Request<Body>,
    answer: impl FnOnce() -> Response<Body>,
) -> Response<Body> {
    let trace = service.trace(request.headers());
    let response = if matches!(*request.method(), Method::GET | Method::HEAD) {
        answer()
    } else {
        let refusal = Refusal::method("this address is asked with GET", "GET, HEAD");
        answer::refused(&refusal, Media::Json, &trace)
    };
    answer::finish(response, &trace)
}

impl Service {
    /// How the view stands to the log now.
    fn standing(&self) -> Standing {
        let since = self.engine.views().waits_since();
        let lag = since.map(|it| (self.options.clock)() - it);
        let lag = lag.and_then(|it| it.to_std().ok()).unwrap_or(Duration::ZERO);
        Standing { moment: self.engine.moment(), lag, failure: self.engine.views().failure() }
    }

    fn sample(&self) -> Sample {
        let Standing { moment, lag, failure } = self.standing();
        let number = |it: Option<Position>| it.map_or(0, Position::get);
        let count = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
        Sample {
            streams: count(self.gate.open()),
            subscriptions: count(self.hub.seats()),
            head: number(moment.end()),
            checkpoint: number(moment.view.position()),
            lag_events: moment.lag(),
            lag,
            stopped: failure.is_some(),
            rebuilding: self.engine.views().rebuilding().is_some(),
            kept_bytes: count(self.kept.bytes()),
            rebuilds: self.engine.views().rebuilds(),
        }
    }
}
