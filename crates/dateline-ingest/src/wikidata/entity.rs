//! The fields of an entity and of its statements.

use serde_json::{Map, Value};

/// Languages whose label names an entity, before all others: English, then the one for all languages.
const FIRST_LANGUAGES: [&str; 2] = ["en", "mul"];

/// One entity.
#[derive(Debug)]
pub(super) struct Entity<'a> {
    pub(super) id: &'a str,
    fields: &'a Map<String, Value>,
}

/// One statement of an entity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claim<'a> {
    property: &'a str,
    /// Place in the list of its property.
    index: usize,
    value: &'a Value,
}

impl<'a> Entity<'a> {
    /// The entity that `value` is, or what it is instead.
    pub(super) fn of(value: &'a Value) -> Result<Self, String> {
        let fields = value.as_object().ok_or_else(|| super::no_entity(value))?;
        let id = fields.get("id").and_then(Value::as_str).ok_or("no id")?;
        if fields.contains_key("missing") {
            return Err(format!("there is no entity `{id}`"));
        }
        Ok(Self { id, fields })
    }

    /// The statements of `property`, in the order of the file.
    pub(super) fn claims<'b>(
        &self,
        property: &'b str,
    ) -> impl Iterator<Item = Claim<'a>> + use<'a, 'b>
    where
        'b: 'a,
    {
        let list =
            self.fields.get("claims").and_then(|it| it.get(property)).and_then(Value::as_array);
        let list = list.map_or(&[][..], Vec::as_slice);
        list.iter().enumerate().map(move |(index, value)| Claim { property, index, value })
    }

    /// The label in English, else the one for all languages, else the first by language.
    pub(super) fn name(&self) -> Option<&'a str> {
        let labels = self.fields.get("labels")?.as_object()?;
        let first = FIRST_LANGUAGES.iter().find_map(|it| text_of(labels.get(*it)?));
        first.or_else(|| labels.values().find_map(text_of))
    }

    /// All other labels and the aliases, each once, in the order of the file.
    pub(super) fn other_names(&self, name: &str) -> Vec<String> {
        let of = |field: &str| self.fields.get(field).and_then(Value::as_object);
        let labels = of("labels").into_iter().flat_map(Map::values);
        let aliases = of("aliases").into_iter().flat_map(Map::values);
        let aliases = aliases.filter_map(Value::as_array).flatten();
        let mut names: Vec<String> = Vec::new();
        for text in labels.chain(aliases).filter_map(text_of) {
            if text != name && !names.iter().any(|it| it == text) {
                names.push(text.to_owned());
            }
        }
        names
    }
}

impl<'a> Claim<'a> {
    /// Its path.
    pub(super) fn at(&self, entity: &str) -> String {
        format!("{entity}.claims.{}[{}]", self.property, self.index)
    }

    /// The id of the item that it names.
    pub(super) fn item(&self) -> Option<&'a str> {
        item_of(self.value.get("mainsnak")?)
    }

    /// The whole number that it names.
    pub(super) fn number(&self) -> Option<u64> {
        let amount = self.value.pointer("/mainsnak/datavalue/value/amount")?.as_str()?;
        amount.trim_start_matches('+').parse().ok()
    }

    /// Whether its rank says that it is known to be wrong.
    pub(super) fn is_deprecated(&self) -> bool {
        self.value.get("rank").and_then(Value::as_str) == Some("deprecated")
    }

    /// The qualifiers of `property`.
    pub(super) fn qualifiers(&self, property: &str) -> &'a [Value] {
        let list = self.value.get("qualifiers").and_then(|it| it.get(property));
        list.and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

/// The id of the item that a snak names.
pub(super) fn item_of(snak: &Value) -> Option<&str> {
    snak.pointer("/datavalue/value/id")?.as_str()
}

fn text_of(value: &Value) -> Option<&str> {
    let text = value.get("value").unwrap_or(value).as_str()?.trim();
    (!text.is_empty()).then_some(text)
}
