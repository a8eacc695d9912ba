//! What a client asks: the parameters of a GraphQL request, out of a body or a query string.

use axum::body::{Body, Bytes};
use dateline_event::Position;
use futures_util::StreamExt as _;
use serde_json::Value;

use super::refusal::Refusal;
use super::{catch_up, percent};
use crate::error::ErrorCode;
use crate::guard::{Limits, nesting, within};

/// The parameters of one request.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    pub(crate) query: String,
    pub(crate) operation_name: Option<String>,
    pub(crate) variables: async_graphql::Variables,
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

impl Parameters {
    /// Reads the body of a POST.
    pub(crate) fn of_body(body: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        let json = serde_json::from_slice(body).map_err(|why| {
            Refusal::bad_request(format!("the body of the request is not JSON: {why}"))
        })?;
        Self::of_json(json, limits)
    }

    /// Reads the parameters out of a JSON object.
    pub(crate) fn of_json(json: Value, limits: &Limits) -> Result<Self, Refusal> {
        match json {
            Value::Object(mut fields) => {
                let mut take = |name| fields.remove(name).unwrap_or_default();
                let (query, name) = (take("query"), take("operationName"));
                Self::of(query, name, take("variables"), &take("extensions"), limits)
            }
            Value::Array(_) => Err(Refusal::bad_request(
                "the body of the request is a batch; send one request at a time",
            )),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                Err(Refusal::bad_request("the body of the request is not a JSON object"))
            }
        }
    }

    /// Reads the query string of a GET.
    pub(crate) fn of_query_string(text: &str, limits: &Limits) -> Result<Self, Refusal> {
        if text.len() > limits.body_bytes {
            let message = format!("the query string has more than {} bytes", limits.body_bytes);
            return Err(Refusal::new(ErrorCode::PayloadTooLarge, message));
        }
        let mut found = [Value::Null, Value::Null, Value::Null, Value::Null];
        for (name, value) in form_pairs(text)? {
            let [query, operation_name, variables, extensions] = &mut found;
            match name.as_str() {
                "query" => *query = value.into(),
                "operationName" if value.is_empty() => {}
                "operationName" => *operation_name = value.into(),
                "variables" => *variables = json_parameter(&name, &value)?,
                "extensions" => *extensions = json_parameter(&name, &value)?,
                _ => {}
            }
        }
        let [query, operation_name, variables, extensions] = found;
        Self::of(query, operation_name, variables, &extensions, limits)
    }

    fn of(
        query: Value,
        operation_name: Value,
        variables: Value,
        extensions: &Value,
        limits: &Limits,
    ) -> Result<Self, Refusal> {
        let Value::String(query) = query else {
            return Err(Refusal::bad_request("the request has no `query`, or it is not a string"));
        };
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
        within("nesting", limits.nesting, nesting(&variables))?;
        let variables = async_graphql::Variables::from_json(variables);
        let after = catch_up::in_extensions(extensions)?;
        Ok(Self { query, operation_name, variables, after })
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
