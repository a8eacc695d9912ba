//! Reads a topic scheme into `topic.recorded` events: a plain JSON list of concepts, or SKOS as
//! JSON-LD.
//!
//! The plain form is a list of objects with the fields of [`Topic`]: `id`, `labels`, `alt_labels`,
//! `definition`, `broader`, `rules`. Labels may be one text, a list of texts, a list of
//! `{"language", "text"}`, or an object of texts by language; `label` stands for `labels`.
//!
//! The JSON-LD of the IPTC's `NewsCodes` (`Media Topics` among them) is read as it is published: its names for `@id`,
//! `@type` and `@graph` are `uri`, `type` and `conceptSet`, whether its context stands in the file or is an address. A
//! concept that the IPTC retired is left out with a warning.
//!
//! Of JSON-LD these are read: an object with `@graph`, a list of nodes, or one node; keys as full
//! addresses, with the prefix `skos:` or one that an inline `@context` gives, or bare; `prefLabel`,
//! `altLabel`, `definition`, `broader` and `narrower`. A topic's id is the last segment of the
//! concept's address. A node may carry `rules` of the plain form. A context that is an address is
//! not fetched.

mod context;
mod labels;
mod node;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use dateline_event::registry::{Label, Topic, TopicRule};
use dateline_event::{Event, TopicId};
use serde_json::Value;
use thiserror::Error;

use crate::import::{Import, json_value, kind_of};

/// Why a file is no topic scheme at all.
#[derive(Debug, Error)]
pub enum SkosError {
    /// The bytes are no JSON; the message of the JSON reader ends with line and column.
    #[error("this is not JSON: {0}")]
    NotJson(#[source] serde_json::Error),
    /// The JSON is neither a list nor an object.
    #[error("a topic scheme is a list of concepts or a JSON-LD object, found {found}")]
    NoScheme {
        /// What stands there instead.
        found: &'static str,
    },
    /// No concept was found; warnings that say why would be lost with an empty result.
    #[error("there is no concept in it")]
    NoConcept,
}

/// A concept as one entry of the file has it.
struct Concept {
    /// Path of the entry in the JSON.
    at: String,
    /// Full address or id, by which collisions are told from repeats.
    address: String,
    id: TopicId,
    labels: Vec<Label>,
    alt_labels: Vec<Label>,
    definition: Option<String>,
    broader: Vec<String>,
    narrower: Vec<String>,
    rules: Vec<TopicRule>,
}

/// Reads a topic scheme. The events are in the order of the file.
pub fn read(json: &[u8]) -> Result<Import, SkosError> {
    let file = json_value(json).map_err(SkosError::NotJson)?;
    let mut import = Import::default();
    let found = match &file {
        Value::Array(entries) => concepts(entries, "", &context::Context::default(), &mut import),
        Value::Object(object) => {
            let context = context::Context::of(object.get("@context"));
            match object.get("@graph").or_else(|| object.get("conceptSet")) {
                Some(Value::Array(nodes)) => concepts(nodes, "@graph", &context, &mut import),
                Some(node) => concepts(std::slice::from_ref(node), "@graph", &context, &mut import),
                None => concepts(std::slice::from_ref(&file), "", &context, &mut import),
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return Err(SkosError::NoScheme { found: kind_of(&file) });
        }
    };
    if found.is_empty() && import.warnings.is_empty() {
        return Err(SkosError::NoConcept);
    }
    let topics = linked(found, &mut import);
    import.events.extend(topics.into_iter().map(Event::TopicRecorded));
    Ok(import)
}

fn concepts(
    entries: &[Value],
    path: &str,
    context: &context::Context,
    import: &mut Import,
) -> Vec<Concept> {
    let mut found: Vec<Concept> = Vec::new();
    let mut addresses: BTreeMap<TopicId, String> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let at = format!("{path}[{index}]");
        let Some(fields) = entry.as_object() else {
            import.warn(&at, format!("found {}, wanted a concept; left out", kind_of(entry)));
            continue;
        };
        let read = if node::is_node(fields, context) {
            node::read(fields, context, &at, import)
        } else {
            labels::plain(fields, &at, import)
        };
        let Some(concept) = read else { continue };
        match addresses.get(&concept.id) {
            Some(address) if *address == concept.address => {
                import.warn(&at, format!("`{}` was there before; left out", concept.address));
            }
            Some(address) => {
                let (id, own) = (&concept.id, &concept.address);
                import.warn(&at, format!("`{own}` has the id `{id}` of `{address}`; left out"));
            }
            None => {
                addresses.insert(concept.id.clone(), concept.address.clone());
                found.push(concept);
            }
        }
    }
    found
}

/// Settles who is broader than whom: `narrower` turned round, unknown topics and rings reported.
fn linked(mut concepts: Vec<Concept>, import: &mut Import) -> Vec<Topic> {
    let known: BTreeMap<TopicId, usize> =
        concepts.iter().enumerate().map(|(index, it)| (it.id.clone(), index)).collect();
    let mut wider: Vec<Vec<TopicId>> = vec![Vec::new(); concepts.len()];
    let mut edges: Vec<(usize, usize)> = Vec::new();
    for (index, concept) in concepts.iter().enumerate() {
        for (field, ids) in [("broader", &concept.broader), ("narrower", &concept.narrower)] {
            for id in ids {
                let other = TopicId::new(id).ok().and_then(|it| known.get(&it).copied());
                match other {
                    Some(other) if field == "broader" => edges.push((index, other)),
                    Some(other) => edges.push((other, index)),
                    None => {
                        let message = format!("there is no concept `{id}`; kept without it");
                        import.warn(&format!("{}.{field}", concept.at), message);
                    }
                }
            }
        }
    }
    let mut over: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (below, above) in edges {
        let (Some(lower), Some(upper)) = (concepts.get(below), concepts.get(above)) else {
            continue;
        };
        if reaches(&over, above, below) {
            let message =
                format!("`{}` is broader than itself by `{}`; kept without it", lower.id, upper.id);
            import.warn(&format!("{}.broader", lower.at), message);
        } else if over.entry(below).or_default().insert(above)
            && let Some(list) = wider.get_mut(below)
        {
            list.push(upper.id.clone());
        }
    }
    concepts
        .drain(..)
        .zip(wider)
        .map(|(it, broader)| Topic {
            id: it.id,
            labels: it.labels,
            alt_labels: it.alt_labels,
            definition: it.definition,
            broader,
            rules: it.rules,
        })
        .collect()
}

/// Whether one comes from `start` to `goal` by going to broader concepts.
fn reaches(over: &BTreeMap<usize, BTreeSet<usize>>, start: usize, goal: usize) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        if at == goal {
            return true;
        }
        if seen.insert(at) {
            open.extend(over.get(&at).into_iter().flatten().copied());
        }
    }
    false
}

#[cfg(test)]
mod tests;
