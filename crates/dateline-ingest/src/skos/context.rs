//! As much of a JSON-LD context as topic schemes use: prefixes, terms, a vocabulary and a language.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

/// What an inline `@context` says.
#[derive(Debug, Default)]
pub(super) struct Context {
    terms: BTreeMap<String, String>,
    vocabulary: Option<String>,
    language: Option<String>,
}

impl Context {
    /// The context in `value`: an object, or a list of which the objects count.
    pub(super) fn of(value: Option<&Value>) -> Self {
        let mut context = Self::default();
        match value {
            Some(Value::Object(object)) => context.take(object),
            Some(Value::Array(list)) => {
                list.iter().filter_map(Value::as_object).for_each(|it| context.take(it));
            }
            _ => {}
        }
        context
    }

    fn take(&mut self, object: &Map<String, Value>) {
        for (term, value) in object {
            let address = value.as_str().or_else(|| value.get("@id").and_then(Value::as_str));
            match (term.as_str(), address) {
                ("@vocab", Some(it)) => self.vocabulary = Some(it.to_owned()),
                ("@language", Some(it)) => self.language = Some(it.to_owned()),
                (_, Some(it)) => {
                    self.terms.insert(term.clone(), it.to_owned());
                }
                (_, None) => {}
            }
        }
    }

    /// Language of texts that name none, `und` where the context names none either.
    pub(super) fn language(&self) -> &str {
        self.language.as_deref().unwrap_or("und")
    }

    /// The address that a key or a compact address stands for.
    pub(super) fn expand(&self, text: &str) -> String {
        let text = self.terms.get(text).map_or(text, String::as_str);
        match text.split_once(':') {
            Some((prefix, rest)) if !rest.starts_with("//") => match self.terms.get(prefix) {
                Some(address) => format!("{address}{rest}"),
                None if prefix == "skos" => format!("{SKOS}{rest}"),
                None => text.to_owned(),
            },
            Some(_) => text.to_owned(),
            None => match &self.vocabulary {
                Some(vocabulary) if !text.starts_with('@') => format!("{vocabulary}{text}"),
                _ => text.to_owned(),
            },
        }
    }

    /// The SKOS word that a key stands for, `@id` and `@type` among them; `None` for keys of other
    /// vocabularies. A bare key that no context explains counts as SKOS.
    pub(super) fn word(&self, key: &str) -> Option<String> {
        let address = self.expand(key);
        match address.strip_prefix(SKOS) {
            Some(word) => Some(word.to_owned()),
            None if address.contains(':') => None,
            None => Some(address),
        }
    }
}
