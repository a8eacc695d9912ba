//! What a page says in JSON-LD of the works on it (<https://schema.org/CreativeWork>).

use std::ops::Range;

use memchr::memmem;
use serde_json::{Map, Value};

use super::json_repair;
use crate::html::tokens::Text;

/// Most works that are looked at on one page.
const MAX_WORKS: usize = 128;

/// Most bytes of JSON-LD that are read of one page.
const MAX_PAGE_BYTES: usize = 8 * 1024 * 1024;

/// Deepest nesting of objects that is searched for works.
const MAX_DEPTH: usize = 12;

/// What kind of thing a work says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WorkKind {
    /// `NewsArticle`, `BlogPosting` and their like.
    Article,
    /// Something else with a text or date of its own: a recipe, a video.
    Other,
    /// The page itself.
    Page,
}

/// Where a work stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// The page says it of itself.
    Main,
    /// It is part of something else: of a list, of a video.
    Part,
}

/// An object of JSON-LD that describes a work.
#[derive(Debug, Clone)]
pub(super) struct Work<'a> {
    pub(super) kind: WorkKind,
    pub(super) standing: Standing,
    object: Map<String, Value>,
    script: Text<'a>,
}

/// A value with the place of its characters in the markup, or of the script where they are written
/// with escapes.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

impl Work<'_> {
    /// The text under `key`: of a list the first, of an object its name or address.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        text_of(self.object.get(key)?).filter(|it| !it.trim().is_empty())
    }

    /// The text under `key` with its place.
    pub(super) fn said(&self, key: &str) -> Option<Said> {
        let text = self.text(key)?;
        Some(Said { text: text.to_owned(), range: locate(&self.script, key, text) })
    }

    /// The names under `key`: of a person, a list of them, or plain texts.
    pub(super) fn names(&self, key: &str) -> Vec<Said> {
        let Some(value) = self.object.get(key) else { return Vec::new() };
        let all = value.as_array().map_or_else(|| vec![value], |it| it.iter().collect());
        let said =
            |text: &str| Said { text: text.to_owned(), range: locate(&self.script, "name", text) };
        all.into_iter().filter_map(text_of).map(said).collect()
    }
}

fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(all) => text_of(all.first()?),
        Value::Object(object) => {
            ["name", "@value", "@id", "url"].iter().find_map(|it| object.get(*it)?.as_str())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Where the value of `key` that reads `text` stands.
fn locate(script: &Text<'_>, key: &str, text: &str) -> Range<usize> {
    let quoted = format!("\"{key}\"");
    let source = script.source;
    for at in memmem::find_iter(source.as_bytes(), quoted.as_bytes()) {
        let behind = source.get(at + quoted.len()..).unwrap_or_default();
        let value = behind.trim_start_matches([' ', '\t', '\r', '\n', ':', '[', '"']);
        if value.starts_with(text) {
            let start = script.range.start + source.len() - value.len();
            return start..start + text.len();
        }
    }
    script.range.clone()
}

/// The works that `scripts`, the JSON-LD of a page, describe, in their order.
pub(super) fn works<'a>(scripts: &[Text<'a>]) -> Vec<Work<'a>> {
    let mut works = Vec::new();
    let mut bytes = 0;
    for script in scripts {
        bytes += script.source.len();
        if bytes > MAX_PAGE_BYTES {
            break;
        }
        for value in json_repair::values(script.source) {
            let mut search = Search { script, works: &mut works };
            search.visit(value, Standing::Main, 0);
        }
    }
    works
}

struct Search<'a, 'b> {
    script: &'b Text<'a>,
    works: &'b mut Vec<Work<'a>>,
}

impl Search<'_, '_> {
    fn visit(&mut self, value: Value, standing: Standing, depth: usize) {
        if depth > MAX_DEPTH || self.works.len() >= MAX_WORKS {
            return;
        }
        match value {
            Value::Array(all) => {
                for it in all {
                    self.visit(it, standing, depth + 1);
                }
            }
            Value::Object(object) => self.visit_object(object, standing, depth),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn visit_object(&mut self, mut object: Map<String, Value>, standing: Standing, depth: usize) {
        let keys: Vec<String> =
            object.iter().filter(|it| holds_objects(it.1)).map(|it| it.0.clone()).collect();
        let mut inner = Vec::new();
        for key in keys {
            let below = match key.as_str() {
                "@graph" | "mainEntity" => object.remove(&key).map(|it| (standing, it)),
                "mainEntityOfPage" => object.get(&key).map(|it| (standing, it.clone())),
                // Who made a work and what others say of it are no works of the page.
                "publisher" | "author" | "creator" | "url" => None,
                "comment" | "review" | "isPartOf" | "image" => {
                    object.remove(&key);
                    None
                }
                _ => object.remove(&key).map(|it| (Standing::Part, it)),
            };
            inner.extend(below);
        }
        if let Some(kind) = kind_of(&object) {
            let script = self.script.clone();
            self.works.push(Work { kind, standing, object, script });
        }
        for (standing, value) in inner {
            self.visit(value, standing, depth + 1);
        }
    }
}

/// Whether a value is an object or a list with one in it.
fn holds_objects(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(all) => all.iter().any(|it| it.is_object() || it.is_array()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn kind_of(object: &Map<String, Value>) -> Option<WorkKind> {
    let types: Vec<&str> = match object.get("@type").or_else(|| object.get("type")) {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => vec![one],
        Some(_) | None => Vec::new(),
    };
    let bare = |it: &str| it.rsplit(['/', ':', '#']).next().unwrap_or_default().to_owned();
    let kinds = types.iter().filter_map(|it| {
        let name = bare(it);
        if ["Article", "Posting", "Report"].iter().any(|end| name.ends_with(end)) {
            Some(WorkKind::Article)
        } else if name.ends_with("Page") || name == "WebSite" {
            Some(WorkKind::Page)
        } else {
            let dated = object.contains_key("datePublished") || object.contains_key("uploadDate");
            dated.then_some(WorkKind::Other)
        }
    });
    kinds.min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tokens::{Token, tokens};

    fn seen(json: &str) -> Vec<String> {
        let markup = format!("<script>{json}</script>");
        let scripts: Vec<_> = tokens(&markup)
            .filter_map(|it| match it {
                Token::Text(text) => Some(text),
                Token::Start(_) | Token::End { .. } => None,
            })
            .collect();
        works(&scripts)
            .iter()
            .map(|it| {
                let date = it.said("datePublished").map(|it| markup[it.range].to_owned());
                let headline = it.text("headline").unwrap_or("-");
                format!("{:?} {:?} {headline} {}", it.kind, it.standing, date.unwrap_or_default())
            })
            .collect()
    }

    #[test]
    fn works_are_found_in_graphs_and_lists() {
        let json = r#"{"@graph": [
            {"@type": "WebPage", "datePublished": "2025-06-01"},
            {"@type": ["NewsArticle"], "headline": "Ket votes", "datePublished": "2025-06-02",
             "video": {"@type": "VideoObject", "uploadDate": "2024-01-01"},
             "comment": [{"@type": "Comment", "datePublished": "2025-06-09"}]},
            {"@type": "ItemList", "itemListElement": [{"@type": "Article", "headline": "Other"}]}]}"#;
        assert_eq!(
            seen(json),
            [
                "Page Main - 2025-06-01",
                "Article Main Ket votes 2025-06-02",
                "Other Part - ",
                "Article Part Other ",
            ]
        );
    }

    #[test]
    fn a_value_written_with_escapes_has_the_place_of_its_script() {
        let json = r#"{"@type":"http://schema.org/Article","datePublished":"2025\u002d06-02"}"#;
        assert_eq!(seen(json), [format!("Article Main - {json}")]);
    }
}
