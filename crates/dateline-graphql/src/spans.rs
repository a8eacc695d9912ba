//! What requests did and when, in the form of traces (OpenTelemetry), told to whoever collects them.

use std::fmt;
use std::time::Duration;

use axum::http::Response;
use chrono::{DateTime, Utc};
use tokio::time::Instant;

use crate::http::TRACE;
use crate::trace::{TraceIds, TraceParent};

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
    pub attributes: Vec<(&'static str, Attribute)>,
    /// Whether the service failed in it; a client's mistake is none.
    pub is_failed: bool,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attribute {
    /// A text.
    Text(String),
    /// A number, such as a status.
    Number(u16),
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
    pub(crate) parent: Option<TraceParent>,
    pub(crate) start: (Instant, DateTime<Utc>),
}

/// Tells `sink` of the request that `response` answers, and of the operation in it. What the caller does not sample is
/// not told.
pub(crate) fn tell<B>(sink: &dyn SpanSink, ids: &TraceIds, asked: Asked, response: &Response<B>) {
    let Asked { method, route, parent, start: (start, instant) } = asked;
    let trace = response.headers().get(TRACE).and_then(|it| it.to_str().ok());
    let trace = trace.and_then(|it| u128::from_str_radix(it, 16).ok()).filter(|it| *it != 0);
    let Some(trace) = trace.filter(|_| parent.is_none_or(|it| it.is_sampled)) else { return };
    let (id, status) = (ids.span(), response.status());
    if let Some(operated) = response.extensions().get::<Operated>() {
        sink.ended(Span {
            trace,
            id: ids.span(),
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
        parent: parent.map(|it| it.span),
        kind: SpanKind::Server,
        name: format!("{method} {route}"),
        start: instant,
        took: start.elapsed(),
        attributes: vec![
            ("http.request.method", Attribute::Text(method)),
            ("http.route", Attribute::Text(route.to_owned())),
            ("http.response.status_code", Attribute::Number(status.as_u16())),
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

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        let mut all = vec![("graphql.operation.type", self.kind.to_owned())];
        all.extend(self.name.clone().map(|it| ("graphql.operation.name", it)));
        all.extend(self.has_errors.then(|| ("error.type", "graphql".to_owned())));
        all.into_iter().map(|(name, text)| (name, Attribute::Text(text))).collect()
    }
}
