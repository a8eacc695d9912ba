//! What came of a request that was executed, and its form in JSON.

use async_graphql::{ServerError, Value};
use axum::body::Bytes;
use dateline_event::Position;
use serde::Serialize;

/// What came of executing an operation, or of validating it in vain.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub(crate) errors: Vec<ServerError>,
    /// Absent where validation refused the document.
    pub(crate) data: Option<Value>,
    /// The position at which all of it stands.
    pub(crate) position: Option<Position>,
}

impl Outcome {
    /// Whether nothing was executed.
    pub(crate) const fn is_refused(&self) -> bool {
        self.data.is_none()
    }

    /// Its JSON.
    pub(crate) fn to_json(&self) -> Bytes {
        let position = self.position.map(|it| it.to_string());
        let extensions = Some(Extensions { position });
        json(&Envelope { errors: &self.errors, data: self.data.as_ref(), extensions })
    }
}

/// The body of an answer that has nothing but errors.
pub(crate) fn refused(errors: &[ServerError]) -> Bytes {
    json(&Envelope { errors, data: None, extensions: None })
}

/// The body of an answer. `data` is absent where the request was not executed, and null where it was and failed.
#[derive(Serialize)]
struct Envelope<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<Extensions>,
}

#[derive(Serialize)]
struct Extensions {
    position: Option<String>,
}

/// `value` as JSON.
///
/// # Panics
/// Never: values of GraphQL have a JSON form.
pub(crate) fn json(value: &impl Serialize) -> Bytes {
    serde_json::to_vec(value).expect("values of GraphQL have a JSON form").into()
}
