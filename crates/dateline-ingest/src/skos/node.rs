//! One JSON-LD node into a concept.

use dateline_event::TopicId;
use dateline_event::registry::Label;
use serde_json::{Map, Value};

use super::context::Context;
use super::{Concept, rules};
use crate::import::{Import, kind_of};

/// Words that only JSON-LD nodes have, not the concepts of the plain form.
const NODE_WORDS: [&str; 5] = ["@id", "@type", "prefLabel", "altLabel", "inScheme"];

/// SKOS types of nodes that are no subjects: they are passed over without a word.
const NOT_A_SUBJECT: [&str; 3] = ["ConceptScheme", "Collection", "OrderedCollection"];

/// Whether `fields` is a JSON-LD node.
pub(super) fn is_node(fields: &Map<String, Value>, context: &Context) -> bool {
    fields
        .keys()
        .filter_map(|key| context.word(key))
        .any(|word| NODE_WORDS.contains(&word.as_str()))
}

/// Reads a node; `None` when it is no concept or lacks what a concept needs, which is reported.
pub(super) fn read(
    fields: &Map<String, Value>,
    context: &Context,
    at: &str,
    import: &mut Import,
) -> Option<Concept> {
    let values = |word: &str| -> Vec<&Value> {
        fields
            .iter()
            .filter(|(key, _)| context.word(key).as_deref() == Some(word))
            .flat_map(|(_, value)| each(value))
            .collect()
    };
    let either = |ours: &str, theirs: &str| {
        let found = values(ours);
        if found.is_empty() { values(theirs) } else { found }
    };
    let types: Vec<String> = either("@type", "type")
        .into_iter()
        .filter_map(Value::as_str)
        .filter_map(|it| context.word(it))
        .collect();
    if types.iter().any(|it| NOT_A_SUBJECT.contains(&it.as_str())) {
        return None;
    }
    let labels = texts(&values("prefLabel"), context, &format!("{at}.prefLabel"), import);
    let own = either("@id", "id").into_iter().chain(values("uri"));
    let Some(address) = own.into_iter().find_map(Value::as_str) else {
        import.warn(at, "no @id; left out");
        return None;
    };
    let address = context.expand(address);
    if labels.is_empty() {
        import.warn(at, format!("`{address}` has no prefLabel; left out"));
        return None;
    }
    let id = match TopicId::new(last_segment(&address)) {
        Ok(id) => id,
        Err(why) => {
            import.warn(at, format!("`{address}`: {why}; left out"));
            return None;
        }
    };
    let mut links = |word: &str| -> Vec<String> {
        let mut ids = Vec::new();
        for value in values(word) {
            if let Some(address) = value.as_str().or_else(|| id_of(value)) {
                ids.push(last_segment(&context.expand(address)).to_owned());
            } else {
                let message = format!("found {}, wanted an @id; left out", kind_of(value));
                import.warn(&format!("{at}.{word}"), message);
            }
        }
        ids
    };
    let (broader, narrower) = (links("broader"), links("narrower"));
    if let Some(day) = fields.get("retired").and_then(Value::as_str) {
        import.warn(at, format!("`{address}` was retired on {day}; left out"));
        return None;
    }
    let definitions = texts(&values("definition"), context, &format!("{at}.definition"), import);
    let english = definitions.iter().find(|it| it.language == "en");
    Some(Concept {
        at: at.to_owned(),
        labels,
        alt_labels: texts(&values("altLabel"), context, &format!("{at}.altLabel"), import),
        definition: english.or(definitions.first()).map(|it| it.text.clone()),
        broader,
        narrower,
        rules: rules::read(fields.get("rules"), at, import),
        address,
        id,
    })
}

/// The members of a list, or the value itself.
fn each(value: &Value) -> std::slice::Iter<'_, Value> {
    value.as_array().map_or_else(|| std::slice::from_ref(value).iter(), |list| list.iter())
}

fn id_of(value: &Value) -> Option<&str> {
    value.get("@id").or_else(|| value.get("id"))?.as_str()
}

/// What stands behind the last `#` or `/` of an address, or behind its last `:`.
fn last_segment(address: &str) -> &str {
    let trimmed = address.trim_end_matches(['/', '#']);
    trimmed.rsplit(['#', '/', ':']).next().unwrap_or(trimmed)
}

/// Texts with their languages: plain, as `{"@value", "@language"}`, or by language.
fn texts(values: &[&Value], context: &Context, at: &str, import: &mut Import) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut add = |language: &str, text: &str| {
        // `en-GB` is English.
        let language = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let label = Label { language, text: text.trim().to_owned() };
        if !label.text.is_empty() && !labels.contains(&label) {
            labels.push(label);
        }
    };
    for value in values {
        match value {
            Value::String(text) => add(context.language(), text),
            Value::Object(object) if object.contains_key("@value") => {
                let language = object.get("@language").and_then(Value::as_str);
                match object.get("@value").and_then(Value::as_str) {
                    Some(text) => add(language.unwrap_or_else(|| context.language()), text),
                    None => import.warn(at, "the @value is no text; left out"),
                }
            }
            Value::Object(by_language) => {
                for (language, value) in by_language {
                    let language = if language == "@none" { "und" } else { language };
                    each(value).filter_map(Value::as_str).for_each(|text| add(language, text));
                }
            }
            Value::Null => {}
            Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                import.warn(at, "found no text; left out");
            }
        }
    }
    labels
}
