//! Trusted documents: a front end is built with its documents, and asks for them by id.

use std::collections::HashMap;

use serde::Deserialize;
use thiserror::Error;

/// Documents by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Documents {
    by_id: HashMap<String, String>,
    /// Whether no others are executed.
    only: bool,
}

/// Why a manifest is not taken.
#[derive(Debug, Error)]
pub enum ManifestError {
    /// It is not JSON, or another one.
    #[error("no manifest of documents: {0}")]
    Json(#[from] serde_json::Error),
    /// A document in it is not GraphQL.
    #[error("the document `{id}` is no GraphQL: {why}")]
    Document {
        /// Its id.
        id: String,
        /// What the parser says.
        why: String,
    },
}

/// The forms in which tools write manifests.
#[derive(Deserialize)]
#[serde(untagged)]
enum Manifest {
    /// Apollo: `{"operations": [{"id": …, "body": …}]}`.
    Operations { operations: Vec<Operation> },
    /// Relay and graphql-codegen: `{id: body}`.
    Plain(HashMap<String, String>),
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

impl Documents {
    /// Reads a manifest: `{id: document}` as Relay and graphql-codegen write it, or `{"operations": [{"id", "body"}]}` as
    /// Apollo does. With `only`, no other document is executed.
    ///
    /// # Errors
    /// [`ManifestError`] names what is wrong.
    pub fn of_manifest(json: &[u8], only: bool) -> Result<Self, ManifestError> {
        let by_id: HashMap<_, _> = match serde_json::from_slice(json)? {
            Manifest::Plain(by_id) => by_id,
            Manifest::Operations { operations } => {
                operations.into_iter().map(|it| (it.id, it.body)).collect()
            }
        };
        for (id, body) in &by_id {
            async_graphql::parser::parse_query(body)
                .map_err(|why| ManifestError::Document { id: id.clone(), why: why.to_string() })?;
        }
        Ok(Self { by_id, only })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The document `id`.
    pub(crate) fn get(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(String::as_str)
    }

    /// Whether no others are executed.
    pub(crate) const fn are_all(&self) -> bool {
        self.only
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_of_both_forms_are_read_and_broken_ones_named() {
        for json in [
            r#"{"abc": "{ log { head } }"}"#,
            r#"{"format": "apollo-persisted-query-manifest", "version": 1,
                "operations": [{"id": "abc", "name": "Q", "type": "query", "body": "{ log { head } }"}]}"#,
        ] {
            let documents = Documents::of_manifest(json.as_bytes(), true).unwrap();
            assert_eq!(documents.get("abc"), Some("{ log { head } }"));
            assert_eq!(documents.get("abd"), None);
        }
        for (json, wanted) in [
            ("[", "no manifest of documents"),
            (r#"{"abc": 1}"#, "no manifest of documents"),
            (r#"{"abc": "{ log "}"#, "the document `abc` is no GraphQL"),
        ] {
            let error = Documents::of_manifest(json.as_bytes(), false).unwrap_err().to_string();
            assert!(error.starts_with(wanted), "{error}");
        }
    }
}
