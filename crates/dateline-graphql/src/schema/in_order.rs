//! Objects whose fields are answered one after the other, by one future.
//!
//! async-graphql makes a future of its own for each field of an object, on the heap, so that fields can wait beside each
//! other. What a timeline shows is in memory and waits for nothing, and a page of it has a thousand fields, so the futures
//! cost more than the answers. An object behind [`InOrder`] has one future for all of its fields, and its map of answers
//! has its size from the start. It looks the same in the schema, and answers the same.

use std::borrow::Cow;
use std::pin::Pin;

use async_graphql::indexmap::IndexMap;
use async_graphql::indexmap::map::Entry;
use async_graphql::parser::types::{Field, Selection};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::ContainerType;
use async_graphql::{ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value};

/// An object whose fields wait for nothing.
pub(crate) struct InOrder<T>(pub(crate) T);

/// What an object answers. It stands on the heap, since objects lead to each other in circles.
type Answering<'a> = Pin<Box<dyn Future<Output = ServerResult<Value>> + Send + 'a>>;

impl<T: ContainerType> OutputType for InOrder<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        context: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let are_plain = context.item.node.items.iter().all(|it| is_plain(&it.node));
        let answering: Answering<'_> = if are_plain {
            Box::pin(in_order(&self.0, context))
        } else {
            Box::pin(self.0.resolve(context, field))
        };
        answering.await
    }
}

/// Whether `selection` is a field and nothing more; fragments and directives are left to async-graphql.
fn is_plain(selection: &Selection) -> bool {
    matches!(selection, Selection::Field(field) if field.node.directives.is_empty())
}

async fn in_order<T: ContainerType>(
    object: &T,
    context: &ContextSelectionSet<'_>,
) -> ServerResult<Value> {
    let selections = &context.item.node.items;
    let mut answers = IndexMap::with_capacity(selections.len());
    for selection in selections {
        let Selection::Field(field) = &selection.node else { continue };
        let name = field.node.response_key().node.clone();
        if field.node.name.node == "__typename" {
            insert(&mut answers, name, object.introspection_type_name().into_owned().into());
            continue;
        }
        let context = context.with_field(field);
        match object.resolve_field(&context).await {
            Ok(value) => insert(&mut answers, name, value.unwrap_or_default()),
            Err(error) => context.add_error(error),
        }
    }
    Ok(if answers.is_empty() { Value::Null } else { Value::Object(answers) })
}

/// Adds an answer; where a field is asked for twice, with different fields in it, both are one answer (GraphQL, section
/// 6.3.2 "Field Collection").
fn insert(answers: &mut IndexMap<Name, Value>, name: Name, value: Value) {
    match answers.entry(name) {
        Entry::Vacant(place) => {
            place.insert(value);
        }
        Entry::Occupied(mut known) => merge(known.get_mut(), value),
    }
}

fn merge(known: &mut Value, value: Value) {
    match (known, value) {
        (Value::Object(known), Value::Object(more)) => {
            more.into_iter().for_each(|(name, value)| insert(known, name, value));
        }
        (Value::List(known), Value::List(more)) => {
            known.iter_mut().zip(more).for_each(|(known, more)| merge(known, more));
        }
        _ => {}
    }
}
