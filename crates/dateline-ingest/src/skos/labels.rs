//! One concept of the plain form.

use dateline_event::TopicId;
use dateline_event::registry::Label;
use serde_json::{Map, Value};

use super::{Concept, rules};
use crate::import::{Import, kind_of};

const FIELDS: [&str; 7] = ["id", "label", "labels", "alt_labels", "definition", "broader", "rules"];

/// Reads a concept of the plain form; `None` when it has no id or no label, which is reported.
pub(super) fn plain(fields: &Map<String, Value>, at: &str, import: &mut Import) -> Option<Concept> {
    for key in fields.keys().filter(|it| !FIELDS.contains(&it.as_str())) {
        import.warn(at, format!("the field `{key}` is not known; left out"));
    }
    let Some(text) = fields.get("id").and_then(Value::as_str) else {
        import.warn(at, "no id; left out");
        return None;
    };
    let id = match TopicId::new(text) {
        Ok(id) => id,
        Err(why) => {
            import.warn(at, format!("{why}; left out"));
            return None;
        }
    };
    let mut labels = label_list(fields, "labels", at, import);
    labels.extend(label_list(fields, "label", at, import));
    if labels.is_empty() {
        import.warn(at, format!("`{id}` has no label; left out"));
        return None;
    }
    let definition = fields.get("definition").filter(|it| !it.is_null());
    if let Some(other) = definition.filter(|it| !it.is_string()) {
        let message = format!("found {}, wanted a text; left out", kind_of(other));
        import.warn(&format!("{at}.definition"), message);
    }
    Some(Concept {
        at: at.to_owned(),
        address: text.to_owned(),
        id,
        labels,
        alt_labels: label_list(fields, "alt_labels", at, import),
        definition: definition.and_then(Value::as_str).map(str::to_owned),
        broader: broader(fields, at, import),
        narrower: Vec::new(),
        rules: rules::read(fields.get("rules"), at, import),
    })
}

/// Ids of wider concepts: one text or a list of texts.
fn broader(fields: &Map<String, Value>, at: &str, import: &mut Import) -> Vec<String> {
    let ids = match fields.get("broader") {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    let mut broader = Vec::new();
    for value in ids {
        if let Some(id) = value.as_str() {
            broader.push(id.to_owned());
        } else {
            let message = format!("found {}, wanted an id; left out", kind_of(value));
            import.warn(&format!("{at}.broader"), message);
        }
    }
    broader
}

/// Labels as one text, a list of texts or of `{"language", "text"}`, or an object of texts by
/// language.
fn label_list(
    fields: &Map<String, Value>,
    field: &str,
    at: &str,
    import: &mut Import,
) -> Vec<Label> {
    let at = format!("{at}.{field}");
    match fields.get(field) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) => labelled("und", text).into_iter().collect(),
        Some(Value::Array(list)) => {
            let mut labels = Vec::new();
            for (index, value) in list.iter().enumerate() {
                match one(value) {
                    Some(label) => labels.push(label),
                    None => import.warn(&format!("{at}[{index}]"), "no label; left out"),
                }
            }
            labels
        }
        Some(Value::Object(by_language)) => by_language
            .iter()
            .filter_map(|(language, text)| labelled(language, text.as_str()?))
            .collect(),
        Some(other) => {
            import.warn(&at, format!("found {}, wanted labels; left out", kind_of(other)));
            Vec::new()
        }
    }
}

fn one(value: &Value) -> Option<Label> {
    let language = value.get("language").and_then(Value::as_str).unwrap_or("und");
    labelled(language, value.as_str().or_else(|| value.get("text")?.as_str())?)
}

fn labelled(language: &str, text: &str) -> Option<Label> {
    let (language, text) = (language.to_lowercase(), text.trim().to_owned());
    (!text.is_empty()).then_some(Label { language, text })
}
