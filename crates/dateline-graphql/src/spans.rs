//! What requests did and when, in the form of traces (OpenTelemetry), told to whoever collects them.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::http::{HeaderMap, Response};
use chrono::{DateTime, Utc};
use tokio::time::Instant;

use crate::http::TRACE;

/// Takes spans. It is called where requests are answered, so it must not wait.
pub trait SpanSink: fmt::Debug + Send + Sync {
    /// `span` has ended.
    fn ended(&self, span: Span);
}

/// A piece of work of which a trace consists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its trace, which is that of the answer's errors and log lines. Never zero.
    pub trace: u128,
    /// Its own id. Never zero.
    pub id: u64,
    /// The span that it is a part of; `None` where nobody named one.
    pub parent: Option<u64>,
    /// Whether it answers somebody else's request, or is a step of that.
    pub kind: SpanKind,
    /// What is done, in few different words: `POST /graphql`, `query Timeline`.
    pub name: String,
    /// When it began.
    pub start: DateTime<Utc>,
    /// How long it took.
    pub took: Duration,
    /// More about it, by the names of OpenTelemetry's semantic conventions.
    pub attributes: Vec<(&'static str, String)>,
    /// Whether the service failed in it; a client's mistake is none.
    pub is_failed: bool,
}

/// Which end of a call a span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanKind {
    /// It answers a request.
    Server,
    /// It is a step on the way to an answer.
    Internal,
}

/// The operation that an answer comes from. It rides on the answer to where spans are made.
#[derive(Debug, Clone)]
pub(crate) struct Operated {
    /// `query` or `mutation`.
    pub(crate) kind: &'static str,
    /// The name that the document gives it.
    pub(crate) name: Option<String>,
    /// When its execution began.
    pub(crate) start: Instant,
    /// How long that took.
    pub(crate) took: Duration,
    /// Whether it has errors.
    pub(crate) has_errors: bool,
}

/// What a request is, seen from outside.
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) route: &'static str,
    pub(crate) caller: Option<Caller>,
    pub(crate) start: (Instant, DateTime<Utc>),
}

/// Where the span of the caller is, as the header `traceparent` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Caller {
    span: u64,
    is_sampled: bool,
}

impl Caller {
    /// The caller's span (W3C Trace Context: version, trace id, parent id, flags).
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut parts = headers.get("traceparent")?.to_str().ok()?.split('-').skip(2);
        let span = parts.next().filter(|it| it.len() == 16)?;
        let flags = u8::from_str_radix(parts.next()?.get(..2)?, 16).ok()?;
        let span = u64::from_str_radix(span, 16).ok().filter(|it| *it != 0)?;
        Some(Self { span, is_sampled: flags & 1 == 1 })
    }
}

/// Numbers of spans that this process gives out.
#[derive(Debug)]
pub(crate) struct SpanIds {
    instance: u64,
    next: AtomicU64,
}

impl SpanIds {
    /// Ids of a process; `instance` tells it from others and should be random.
    pub(crate) const fn new(instance: u64) -> Self {
        Self { instance, next: AtomicU64::new(1) }
    }

    fn next(&self) -> u64 {
        // An odd factor maps numbers to numbers one to one, and spreads those of two processes over all.
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.instance.wrapping_add(number).wrapping_mul(SPREAD).max(1)
    }
}

/// Tells `sink` of the request that `response` answers, and of the operation in it. What the caller does not sample is
/// not told.
pub(crate) fn tell<B>(sink: &dyn SpanSink, ids: &SpanIds, asked: Asked, response: &Response<B>) {
    let Asked { method, route, caller, start: (start, instant) } = asked;
    let trace = response.headers().get(TRACE).and_then(|it| it.to_str().ok());
    let trace = trace.and_then(|it| u128::from_str_radix(it, 16).ok()).filter(|it| *it != 0);
    let Some(trace) = trace.filter(|_| caller.is_none_or(|it| it.is_sampled)) else { return };
    let (id, status) = (ids.next(), response.status());
    if let Some(operated) = response.extensions().get::<Operated>() {
        sink.ended(Span {
            trace,
            id: ids.next(),
            parent: Some(id),
            kind: SpanKind::Internal,
            name: operated.title(),
            start: instant + operated.start.duration_since(start),
            took: operated.took,
            attributes: operated.attributes(),
            is_failed: false,
        });
    }
    sink.ended(Span {
        trace,
        id,
        parent: caller.map(|it| it.span),
        kind: SpanKind::Server,
        name: format!("{method} {route}"),
        start: instant,
        took: start.elapsed(),
        attributes: vec![
            ("http.request.method", method),
            ("http.route", route.to_owned()),
            ("http.response.status_code", status.as_u16().to_string()),
        ],
        is_failed: status.is_server_error(),
    });
}

impl Operated {
    fn title(&self) -> String {
        match &self.name {
            Some(name) => format!("{} {name}", self.kind),
            None => self.kind.to_owned(),
        }
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("graphql.operation.type", self.kind.to_owned())];
        all.extend(self.name.clone().map(|it| ("graphql.operation.name", it)));
        all.extend(self.has_errors.then(|| ("error.type", "graphql".to_owned())));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(traceparent: &str) -> Option<Caller> {
        let mut headers = HeaderMap::new();
        headers.insert("traceparent", traceparent.parse().unwrap());
        Caller::of(&headers)
    }

    #[test]
    fn the_span_of_the_caller_is_read_and_a_bad_one_is_none() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let found = caller(&format!("00-{trace}-00f067aa0ba902b7-01"));
        assert_eq!(found, Some(Caller { span: 0x00f0_67aa_0ba9_02b7, is_sampled: true }));
        let unsampled = caller(&format!("00-{trace}-00f067aa0ba902b7-00"));
        assert_eq!(unsampled.map(|it| it.is_sampled), Some(false));
        for bad in ["", "00", "00-x-0000000000000000-01", "00-x-f067aa0ba902b7-01", "00-x-zz-01"] {
            assert_eq!(caller(bad), None, "{bad}");
        }
        assert_eq!(caller(&format!("00-{trace}-00f067aa0ba902b7-é")), None);
    }

    #[test]
    fn ids_of_spans_differ() {
        let (ids, others) = (SpanIds::new(7), SpanIds::new(1_000_000));
        let mut seen: Vec<u64> =
            (0..100).map(|_| ids.next()).chain((0..100).map(|_| others.next())).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 200);
    }
}
