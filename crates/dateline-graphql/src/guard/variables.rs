//! The variables of a request: how deep they are nested, and the defaults of those that were not sent.

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, Selection, VariableDefinition,
};
use async_graphql::{Positioned, Value, Variables};

/// How much stands in the variables of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Extent {
    /// How deep lists and objects are nested.
    pub(crate) nesting: usize,
    /// Lists, objects and what is in them.
    pub(crate) values: usize,
}

impl Extent {
    /// The extent of `json`. `serde_json` refuses more than 128 levels on reading, so the recursion is bounded.
    pub(crate) fn of(json: &serde_json::Value) -> Self {
        match json {
            serde_json::Value::Array(items) => Self::around(items.iter()),
            serde_json::Value::Object(fields) => Self::around(fields.values()),
            serde_json::Value::Null
            | serde_json::Value::Bool(_)
            | serde_json::Value::Number(_)
            | serde_json::Value::String(_) => Self { nesting: 0, values: 1 },
        }
    }

    fn around<'a>(values: impl Iterator<Item = &'a serde_json::Value>) -> Self {
        let within = values.map(Self::of).fold(Self::default(), |all, it| Self {
            nesting: all.nesting.max(it.nesting),
            values: all.values + it.values,
        });
        Self { nesting: within.nesting + 1, values: within.values + 1 }
    }
}

/// The operation that a request means; `None` when it names none that the document has, or names none of several.
pub(crate) fn operation<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a OperationDefinition> {
    match (&document.operations, name) {
        (DocumentOperations::Single(it), None) => Some(&it.node),
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name).map(|it| &it.node),
        (DocumentOperations::Multiple(all), None) if all.len() == 1 => {
            all.values().next().map(|it| &it.node)
        }
        (DocumentOperations::Single(_), Some(_)) | (DocumentOperations::Multiple(_), None) => None,
    }
}

/// Whether `operation` asks for one field and nothing else, as a subscription must. async-graphql 7.2.1 lets several
/// through, and overlooks those in fragments.
pub(crate) fn has_one_field(operation: &OperationDefinition) -> bool {
    let items = operation.selection_set.node.items.as_slice();
    matches!(items, [only] if matches!(only.node, Selection::Field(_)))
}

/// Gives each variable that was not sent the default that `operation` declares. async-graphql 7.2.1 does so for
/// arguments, and not for `@skip` and `@include`.
pub(crate) fn fill_defaults(operation: &OperationDefinition, variables: &mut Variables) {
    for definition in &operation.variable_definitions {
        let name = &definition.node.name.node;
        if let Some(default) = &definition.node.default_value {
            variables.entry(name.clone()).or_insert_with(|| default.node.clone());
        }
    }
}

/// The first variable of `operation` whose type wants a value and that has none, defaults filled in. async-graphql
/// 7.2.1 finds it only while it executes, at the field that uses it.
pub(crate) fn missing<'a>(
    operation: &'a OperationDefinition,
    variables: &Variables,
) -> Option<&'a str> {
    let lacks_value = |it: &&Positioned<VariableDefinition>| {
        let value = variables.get(&it.node.name.node);
        !it.node.var_type.node.nullable && matches!(value, None | Some(Value::Null))
    };
    let missing = operation.variable_definitions.iter().find(lacks_value)?;
    Some(missing.node.name.node.as_str())
}
