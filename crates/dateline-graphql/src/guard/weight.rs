//! Weighs a document with its fragments expanded, in time linear in its text: each fragment is weighed once.

use std::collections::HashMap;

use async_graphql::Variables;
use async_graphql::parser::types::{
    ExecutableDocument, Field, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
};

use super::Refused;
use super::shape::{FieldShape, Shape};

/// How much a part of a document asks for, fragments expanded. Counts saturate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Weight {
    /// Selection sets inside of each other, fragments included.
    pub(crate) depth: u64,
    /// Fields.
    pub(crate) fields: u64,
    /// Fragment spreads and inline fragments.
    pub(crate) spreads: u64,
    /// Aliases.
    pub(crate) aliases: u64,
    /// Directives.
    pub(crate) directives: u64,
    /// Lists of the type system inside of each other.
    pub(crate) introspection: u64,
    /// Values that the answer may have.
    pub(crate) cost: u64,
}

impl Weight {
    /// Both parts, one beside the other.
    fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            fields: self.fields.saturating_add(other.fields),
            spreads: self.spreads.saturating_add(other.spreads),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            introspection: self.introspection.max(other.introspection),
            cost: self.cost.saturating_add(other.cost),
        }
    }
}

/// Fields of the type system that lead from a type to others.
const TYPE_LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// Fields that look through many entries to give a few values, and the values that they are counted as.
const HEAVY: [(&str, u64); 3] = [("activity", 1_000), ("facets", 5_000), ("totalCount", 500)];

/// Weighs the operations of one document.
pub(crate) struct Weigher<'a> {
    document: &'a ExecutableDocument,
    shape: &'a Shape,
    variables: &'a Variables,
    /// `None` while a fragment is being weighed: to meet it again means that it spreads itself.
    known: HashMap<&'a str, Option<Weight>>,
}

impl<'a> Weigher<'a> {
    /// A weigher for `document`, asked with `variables`, whose defaults are filled in.
    pub(crate) fn new(
        document: &'a ExecutableDocument,
        shape: &'a Shape,
        variables: &'a Variables,
    ) -> Self {
        Self { document, shape, variables, known: HashMap::new() }
    }

    /// The weight of all operations and of all fragments, also of those that no operation spreads, since validation
    /// reads those too.
    pub(crate) fn document(mut self) -> Result<Weight, Refused> {
        let mut total = Weight::default();
        for (_, operation) in self.document.operations.iter() {
            total = total.beside(self.operation(&operation.node)?);
        }
        let mut unused: Vec<_> = self.document.fragments.iter().collect();
        unused.retain(|(name, _)| !self.known.contains_key(name.as_str()));
        unused.sort_by_key(|(_, fragment)| fragment.pos);
        for (name, fragment) in unused {
            total = total.beside(self.fragment(name.as_str(), &fragment.node)?);
        }
        Ok(total)
    }

    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<Weight, Refused> {
        let root = self.shape.root(operation.ty);
        let mut weight = self.selections(&operation.selection_set.node, root)?;
        let on_variables = operation.variable_definitions.iter().map(|it| &it.node.directives);
        weight.directives = on_variables
            .chain([&operation.directives])
            .fold(weight.directives, |sum, it| sum.saturating_add(count(it)));
        Ok(weight)
    }

    fn selections(
        &mut self,
        set: &'a SelectionSet,
        on: Option<&'a str>,
    ) -> Result<Weight, Refused> {
        let mut total = Weight::default();
        for selection in &set.items {
            let mut weight = match &selection.node {
                Selection::Field(field) => self.field(&field.node, on)?,
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    let found = self.document.fragments.get(name);
                    let within = found.map(|it| self.fragment(name, &it.node)).transpose()?;
                    spread_of(within.unwrap_or_default())
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map_or(on, |it| Some(it.node.on.node.as_str()));
                    spread_of(self.selections(&inline.node.selection_set.node, on)?)
                }
            };
            weight.directives =
                weight.directives.saturating_add(count(selection.node.directives()));
            total = total.beside(weight);
        }
        total.depth = total.depth.saturating_add(1);
        Ok(total)
    }

    fn field(&mut self, field: &'a Field, on: Option<&'a str>) -> Result<Weight, Refused> {
        let name = field.name.node.as_str();
        let known = self.shape.field(on, name);
        let mut weight = Weight::default();
        if !field.selection_set.node.items.is_empty() {
            weight = self.selections(&field.selection_set.node, known.map(FieldShape::leads_to))?;
        }
        if TYPE_LISTS.contains(&name) {
            weight.introspection = weight.introspection.saturating_add(1);
        }
        let times = known.map_or(1, |it| it.times(field, self.variables));
        weight.fields = weight.fields.saturating_add(1);
        weight.aliases = weight.aliases.saturating_add(u64::from(field.alias.is_some()));
        let heavy = HEAVY.iter().find(|it| it.0 == name).map_or(1, |it| it.1);
        weight.cost = weight.cost.saturating_mul(times).saturating_add(heavy);
        Ok(weight)
    }

    fn fragment(
        &mut self,
        name: &'a str,
        fragment: &'a FragmentDefinition,
    ) -> Result<Weight, Refused> {
        match self.known.get(name) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => return Err(Refused::Cycle(name.to_owned())),
            None => {}
        }
        self.known.insert(name, None);
        let on = fragment.type_condition.node.on.node.as_str();
        let mut weight = self.selections(&fragment.selection_set.node, Some(on))?;
        weight.directives = weight.directives.saturating_add(count(&fragment.directives));
        self.known.insert(name, Some(weight));
        Ok(weight)
    }
}

fn spread_of(mut within: Weight) -> Weight {
    within.spreads = within.spreads.saturating_add(1);
    within
}

fn count<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}
