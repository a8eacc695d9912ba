//! Fields of one Popolo entry, read leniently: numbers as ids, names as texts or as objects, null
//! as absent.

use serde_json::{Map, Value};

use crate::import::{Import, kind_of};

/// One entry of a Popolo list.
pub(super) struct Entry<'a>(&'a Map<String, Value>);

impl<'a> Entry<'a> {
    /// The entry that `value` is; `None` when it is no object.
    pub(super) fn of(value: &'a Value) -> Option<Self> {
        value.as_object().map(Self)
    }

    /// A text without white space around it, or a number as its digits; `None` when absent or
    /// blank.
    pub(super) fn text(&self, field: &str) -> Option<String> {
        text_of(self.0.get(field)?)
    }

    /// A whole number.
    pub(super) fn number(&self, field: &str) -> Option<u64> {
        self.0.get(field)?.as_u64()
    }

    /// Whether the field holds a list with something in it.
    pub(super) fn has_entries(&self, field: &str) -> bool {
        self.0.get(field).and_then(Value::as_array).is_some_and(|it| !it.is_empty())
    }

    /// The names in a list of texts or of objects with a `name` (or `label`), each once.
    pub(super) fn names(&self, field: &str, at: &str, import: &mut Import) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let list = match self.0.get(field) {
            None | Some(Value::Null) => return names,
            Some(Value::Array(list)) => list,
            Some(other) => {
                let message = format!("found {}, wanted a list; left out", kind_of(other));
                import.warn(&format!("{at}.{field}"), message);
                return names;
            }
        };
        for (index, value) in list.iter().enumerate() {
            let inner = value.get("name").or_else(|| value.get("label"));
            let name = text_of(inner.unwrap_or(value));
            match name {
                Some(name) if names.contains(&name) => {}
                Some(name) => names.push(name),
                None => import.warn(&format!("{at}.{field}[{index}]"), "no name; left out"),
            }
        }
        names
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|it| !it.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
