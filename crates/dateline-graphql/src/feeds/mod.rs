//! Timelines for feed readers, calendars, spreadsheets and `TimelineJS`: the newest entries of an official or a topic at
//! one address each, `/feeds/official/{id}` and `/feeds/topic/{slug}`, the form by the ending.

mod atom;
mod calendar;
mod form;
mod item;
mod json;
mod request;
mod table;
mod timeline_js;

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Request, Response, header};
use chrono::{DateTime, Utc};
use dateline_projector::{Entry, Filter, Query, Scope, Slice, View};

use crate::error::ErrorCode;
use crate::http::{BASIC, Media, Refusal, Service, answer, tag};
use form::Form;
use request::Wanted;

/// The newest entries of one timeline, as every form shows them.
struct Feed {
    /// Whose timeline it is, in words.
    title: String,
    /// Where it is, without its ending.
    path: String,
    entries: Vec<Arc<Entry>>,
    /// When the log took the last event of the view.
    updated: DateTime<Utc>,
}

/// `/feeds/…`
pub(crate) async fn feed(
    State(service): State<Arc<Service>>,
    request: Request<Body>,
) -> Response<Body> {
    let (request, _) = request.into_parts();
    let trace = service.trace(&request.headers);
    let admitted = service.admit(&request.headers, &request.extensions, BASIC);
    let admitted = admitted.and_then(|it| service.allow(&it, OperationType::Query));
    let response = if let Err(refusal) = admitted {
        Err(refusal)
    } else if matches!(request.method, Method::GET | Method::HEAD) {
        let answered = service.in_time(async { answered(&service, &request) }, &trace).await;
        answered.and_then(|it| it)
    } else {
        Err(Refusal::method("a feed is asked for with GET", "GET, HEAD"))
    };
    let response = response.unwrap_or_else(|it| answer::refused(&it, Media::Json, &trace));
    answer::finish(response, &trace)
}

fn answered(service: &Service, request: &Parts) -> Result<Response<Body>, Refusal> {
    let moment = service.engine.moment();
    let view = &moment.view;
    let wanted = Wanted::of(&request.uri)?;
    let (scope, title) = wanted.scope(view).ok_or_else(|| {
        let message = format!("the registry has no {} `{}`", wanted.kind.as_str(), wanted.name);
        Refusal::new(ErrorCode::NotFound, message)
    })?;
    let tag = service.tags.at(&moment);
    if tag::is_known(&request.headers, &tag) {
        return Ok(tag::unchanged(&tag));
    }
    let filter = Filter { from: wanted.from, to: wanted.to, ..Filter::default() };
    let query = Query { filter, as_of: None, slice: Slice::first(wanted.limit) };
    let feed = Feed::of(view, &scope, title, &wanted, &query);
    let mut response = Response::new(Body::from(wanted.form.write(&feed)));
    let content_type = HeaderValue::from_static(wanted.form.content_type());
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    Ok(tag::with(response, &tag))
}

impl Feed {
    fn of(view: &View, scope: &Scope, title: String, wanted: &Wanted, query: &Query) -> Self {
        Self {
            title,
            path: wanted.path(),
            entries: view.timeline(scope, query).items,
            updated: view.recorded().unwrap_or(DateTime::UNIX_EPOCH),
        }
    }

    /// The address of the feed in a form.
    fn address(&self, form: Form) -> String {
        format!("{}{}", self.path, form.ending())
    }
}
