//! What a client asks: the parameters of a GraphQL request, out of a body or a query string.

use axum::body::{Body, Bytes};
use dateline_event::Position;
use futures_util::StreamExt as _;
use serde_json::Value;

use super::refusal::Refusal;
use super::{catch_up, percent};
use crate::documents::Documents;
use crate::error::ErrorCode;
use crate::guard::{Extent, Limits, within};
use crate::schema::shortened;
use crate::shelf::Words;

/// The parameters of one request.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    pub(crate) query: String,
    pub(crate) operation_name: Option<String>,
    pub(crate) variables: async_graphql::Variables,
    /// How many values stand in them.
    pub(crate) values: usize,
    /// The position that the view must have reached.
    pub(crate) after: Option<Position>,
}

/// Reads a body of at most `max` bytes.
pub(crate) async fn body(body: Body, max: usize) -> Result<Bytes, Refusal> {
    let mut stream = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        let broken = |_| Refusal::bad_request("the body of the request broke off");
        let chunk = chunk.map_err(broken)?;
        if bytes.len() + chunk.len() > max {
            let message = format!("the body of the request has more than {max} bytes");
            return Err(Refusal::new(ErrorCode::PayloadTooLarge, message));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.into())
}

/// The parameters as they came.
#[derive(Debug, Default)]
struct Raw {
    query: Value,
    document_id: Value,
    operation_name: Value,
    variables: Value,
    extensions: Value,
}

impl Parameters {
    /// Reads the words of a request.
    pub(crate) fn of_words(
        words: &Words,
        limits: &Limits,
        documents: &Documents,
    ) -> Result<Self, Refusal> {
        if words.is_get {
            let text = std::str::from_utf8(&words.text);
            let text = text.map_err(|_| Refusal::bad_request("the query string is not UTF-8"))?;
            return Self::of(Raw::of_query_string(text, limits)?, limits, documents);
        }
        let json = serde_json::from_slice(&words.text).map_err(|why| {
            Refusal::bad_request(format!("the body of the request is not JSON: {why}"))
        })?;
        Self::of_json(json, limits, documents)
    }

    /// Reads the parameters out of a JSON object.
    pub(crate) fn of_json(
        json: Value,
        limits: &Limits,
        documents: &Documents,
    ) -> Result<Self, Refusal> {
        match json {
            Value::Object(mut fields) => {
                let mut take = |name| fields.remove(name).unwrap_or_default();
                let raw = Raw {
                    query: take("query"),
                    document_id: take("documentId"),
                    operation_name: take("operationName"),
                    variables: take("variables"),
                    extensions: take("extensions"),
                };
                Self::of(raw, limits, documents)
            }
            Value::Array(_) => Err(Refusal::bad_request(
                "the body of the request is a batch; send one request at a time",
            )),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                Err(Refusal::bad_request("the body of the request is not a JSON object"))
            }
        }
    }

    fn of(raw: Raw, limits: &Limits, documents: &Documents) -> Result<Self, Refusal> {
        let Raw { query, document_id, operation_name, variables, extensions } = raw;
        let query = document(query, &document_id, documents)?;
        let operation_name = match operation_name {
            Value::Null => None,
            Value::String(name) => Some(name),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                return Err(Refusal::bad_request("`operationName` is not a string"));
            }
        };
        if !(extensions.is_null() || extensions.is_object()) {
            return Err(Refusal::bad_request("`extensions` is not an object"));
        }
        if !(variables.is_null() || variables.is_object()) {
            return Err(Refusal::bad_request("`variables` is not an object"));
        }
        let extent = Extent::of(&variables);
        within("nesting", limits.nesting, extent.nesting)?;
        within("values", limits.values, extent.values)?;
        let variables = async_graphql::Variables::from_json(variables);
        let after = catch_up::in_extensions(&extensions)?;
        Ok(Self { query, operation_name, variables, values: extent.values, after })
    }
}

/// The document that is asked for: by its id, else as it stands in the request.
fn document(query: Value, id: &Value, documents: &Documents) -> Result<String, Refusal> {
    match (query, id) {
        (Value::Null, Value::String(id)) => {
            let known = documents.get(id).map(str::to_owned);
            known.ok_or_else(|| {
                let id = shortened(id);
                let message = format!("there is no trusted document `{id}`");
                Refusal::new(ErrorCode::UnknownDocument, message)
            })
        }
        (Value::String(_), Value::Null) if documents.are_all() => {
            let message = "only trusted documents are executed; name one by `documentId`";
            Err(Refusal::new(ErrorCode::Forbidden, message))
        }
        (Value::String(query), Value::Null) => Ok(query),
        (_, Value::Null) => {
            Err(Refusal::bad_request("the request has no `query`, or it is not a string"))
        }
        (Value::Null, _) => Err(Refusal::bad_request("`documentId` is not a string")),
        _ => Err(Refusal::bad_request("the request has both `query` and `documentId`")),
    }
}

impl Raw {
    /// Reads the query string of a GET.
    fn of_query_string(text: &str, limits: &Limits) -> Result<Self, Refusal> {
        if text.len() > limits.body_bytes {
            let message = format!("the query string has more than {} bytes", limits.body_bytes);
            return Err(Refusal::new(ErrorCode::PayloadTooLarge, message));
        }
        let mut raw = Self::default();
        for (name, value) in form_pairs(text)? {
            match name.as_str() {
                "query" => raw.query = value.into(),
                "documentId" => raw.document_id = value.into(),
                "operationName" if value.is_empty() => {}
                "operationName" => raw.operation_name = value.into(),
                "variables" => raw.variables = json_parameter(&name, &value)?,
                "extensions" => raw.extensions = json_parameter(&name, &value)?,
                _ => {}
            }
        }
        Ok(raw)
    }
}

fn json_parameter(name: &str, value: &str) -> Result<Value, Refusal> {
    if value.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(value)
        .map_err(|why| Refusal::bad_request(format!("`{name}` is not JSON: {why}")))
}

/// Names and values of a query string in the form of HTML forms.
pub(crate) fn form_pairs(text: &str) -> Result<Vec<(String, String)>, Refusal> {
    percent::form_pairs(text)
        .ok_or_else(|| Refusal::bad_request("the query string is not percent-encoded UTF-8"))
}
