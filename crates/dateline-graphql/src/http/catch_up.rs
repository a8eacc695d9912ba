//! Read your writes: an answer that waits until the view has come as far as the client wants.

use axum::http::{HeaderMap, HeaderName};
use dateline_event::Position;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::Service;
use super::refusal::Refusal;
use crate::error::ErrorCode;

/// In which a client names the position that the view must have reached.
const AFTER: HeaderName = HeaderName::from_static("dateline-after");

/// The position in the header `Dateline-After`.
pub(super) fn in_headers(headers: &HeaderMap) -> Result<Option<Position>, Refusal> {
    let Some(value) = headers.get(AFTER) else { return Ok(None) };
    let position = value.to_str().ok().and_then(|it| it.parse().ok());
    position.map(Some).ok_or_else(|| {
        Refusal::bad_request("`Dateline-After` is no position, which is a whole number from 1")
    })
}

/// The position in `after` of the extensions of a request.
pub(super) fn in_extensions(extensions: &Value) -> Result<Option<Position>, Refusal> {
    match extensions.get("after") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.bytes().all(|it| it.is_ascii_digit()) => {
            text.parse().map(Some).map_err(|_| no_position())
        }
        Some(_) => Err(no_position()),
    }
}

fn no_position() -> Refusal {
    Refusal::bad_request("`extensions.after` is no position, which is a string like \"42\"")
}

impl Service {
    /// Waits until the view has come as far as `after`, at most for as long as the options say.
    pub(crate) async fn catch_up(&self, after: Option<Position>) -> Result<(), Refusal> {
        let Some(after) = after else { return Ok(()) };
        let until = Instant::now() + self.options.catch_up;
        let mut published = self.published.subscribe();
        loop {
            published.mark_unchanged();
            if self.engine.moment().view.position() >= Some(after) {
                return Ok(());
            }
            if !matches!(timeout_at(until, published.changed()).await, Ok(Ok(()))) {
                let seconds = self.options.catch_up.as_secs();
                let message =
                    format!("the view has not reached position {after} within {seconds} s");
                return Err(Refusal::new(ErrorCode::UnknownPosition, message));
            }
        }
    }
}
