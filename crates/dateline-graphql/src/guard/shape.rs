//! The schema as far as the guard needs it: which field leads to which type, and how many values it may give.

use std::collections::HashMap;

use async_graphql::parser::types::{
    BaseType, Field, FieldDefinition, OperationType, ServiceDocument, Type, TypeKind,
    TypeSystemDefinition,
};
use async_graphql::{Name, Value, Variables, parser};

/// Length at which a list without a page size is counted, such as the statements of one timeline entry.
const ASSUMED_LENGTH: u64 = 5;

/// Largest page; also the size at which a page is counted whose size cannot be read.
pub(crate) const MAX_PAGE: u64 = 100;

/// Fields by type. Types that the schema does not have are refused by validation, later.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    types: HashMap<String, HashMap<String, FieldShape>>,
}

/// Where a field leads.
#[derive(Debug)]
pub(crate) struct FieldShape {
    leads_to: String,
    many: Many,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Many {
    /// One value, or a list whose length the connection around it fixes.
    One,
    /// A connection: as many as `first` or `last` say.
    Page,
    /// A list without a page size.
    List,
}

impl Shape {
    /// Reads the shape out of the SDL of our own schema.
    ///
    /// # Panics
    /// When `sdl` is no SDL; it is written by async-graphql, and a test reads it.
    pub(crate) fn of_sdl(sdl: &str) -> Self {
        let document = parser::parse_schema(sdl).expect("async-graphql reads what it writes");
        let ServiceDocument { definitions } = document;
        let mut types = HashMap::new();
        for definition in definitions {
            let TypeSystemDefinition::Type(it) = definition else { continue };
            let (name, kind) = (it.node.name.node.to_string(), it.node.kind);
            let fields = match kind {
                TypeKind::Object(it) => it.fields,
                TypeKind::Interface(it) => it.fields,
                TypeKind::Scalar
                | TypeKind::Union(_)
                | TypeKind::Enum(_)
                | TypeKind::InputObject(_) => continue,
            };
            let connection = name.ends_with("Connection");
            let fields = fields.iter().map(|it| named_shape(&it.node, connection)).collect();
            types.insert(name, fields);
        }
        Self { types }
    }

    /// Name of the type at which operations of this kind start.
    pub(crate) fn root(&self, operation: OperationType) -> Option<&str> {
        let name = match operation {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        self.types.get_key_value(name).map(|(name, _)| name.as_str())
    }

    /// The field `name` of the type `on`.
    pub(crate) fn field(&self, on: Option<&str>, name: &str) -> Option<&FieldShape> {
        self.types.get(on?)?.get(name)
    }
}

impl FieldShape {
    /// Name of the type of its values.
    pub(crate) fn leads_to(&self) -> &str {
        &self.leads_to
    }

    /// How many values it may give, asked as `field`.
    pub(crate) fn times(&self, field: &Field, variables: &Variables) -> u64 {
        match self.many {
            Many::One => 1,
            Many::List => ASSUMED_LENGTH,
            Many::Page => ["first", "last"]
                .iter()
                .filter_map(|it| field.get_argument(it))
                .map(|it| {
                    let known = |name: Name| variables.get(&name).cloned().ok_or(());
                    page_size(it.node.clone().into_const_with(known).ok().as_ref())
                })
                .max()
                .unwrap_or(MAX_PAGE),
        }
    }
}

/// Reads a size out of the value of an argument. One that is no size is refused by its resolver; here it counts as a
/// full page.
fn page_size(value: Option<&Value>) -> u64 {
    match value {
        Some(Value::Number(it)) => it.as_u64().map_or(MAX_PAGE, |it| it.min(MAX_PAGE)),
        Some(Value::Null) => 0,
        _ => MAX_PAGE,
    }
}

fn named_shape(field: &FieldDefinition, in_connection: bool) -> (String, FieldShape) {
    let paged = field.arguments.iter().any(|it| it.node.name.node == "first");
    let (leads_to, is_list) = base(&field.ty.node);
    let many = match () {
        () if paged => Many::Page,
        () if is_list && !in_connection => Many::List,
        () => Many::One,
    };
    (field.name.node.to_string(), FieldShape { leads_to, many })
}

fn base(ty: &Type) -> (String, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.to_string(), false),
        BaseType::List(within) => (base(within).0, true),
    }
}
