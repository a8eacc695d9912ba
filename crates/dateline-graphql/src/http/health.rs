//! The health check: whether the views follow the log, and how far they are behind.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde::Serialize;

use super::answer::json;
use crate::schema::Moment;

#[derive(Serialize)]
struct Health<'a> {
    status: &'static str,
    position: Option<String>,
    head: Option<String>,
    lag: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'a str>,
}

/// 200 with position and lag. Views that no longer follow the log go on being served, so that is 200 too, and says so.
pub(crate) fn health(moment: &Moment, failure: Option<&str>) -> Response<Body> {
    let position = moment.view.position();
    let health = Health {
        status: if failure.is_none() { "ok" } else { "stale" },
        position: position.map(|it| it.to_string()),
        head: moment.head.max(position).map(|it| it.to_string()),
        lag: moment.lag(),
        failure,
    };
    json(StatusCode::OK, "application/json; charset=utf-8", &health)
}
