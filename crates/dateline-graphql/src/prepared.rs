//! An operation, read and weighed.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};

use async_graphql::parser::types::{ExecutableDocument, Field, OperationType, Selection};
use async_graphql::{Name, Positioned, Request, Value, Variables};

use crate::error::ErrorCode;
use crate::guard::{self, Limits, Shape, Weigher};
use crate::http::{Parameters, Refusal};
use crate::schema;

/// What a token of a document takes in memory when it is parsed: a field has a name, a place, and lists of arguments,
/// directives and fields.
const TOKEN_BYTES: usize = 256;

/// What a value of a variable takes in memory beside its text.
const VALUE_BYTES: usize = 128;

/// An operation that the guard let through.
#[derive(Debug)]
pub(crate) struct Prepared {
    query: String,
    operation_name: Option<String>,
    variables: Variables,
    document: ExecutableDocument,
    kind: OperationType,
    /// Bytes that it takes, roughly.
    bytes: usize,
    /// Whether async-graphql has validated it and found nothing.
    is_valid: AtomicBool,
}

impl Prepared {
    /// Lets the guard read what `parameters` ask of a schema of this `shape`.
    pub(crate) fn read(
        parameters: Parameters,
        shape: &Shape,
        limits: &Limits,
    ) -> Result<Self, Refusal> {
        let Parameters { query, operation_name, mut variables, values, after: _ } = parameters;
        let (document, tokens) = guard::read(&query, limits)?;
        let Some(operation) = guard::operation(&document, operation_name.as_deref()) else {
            return Err(no_operation(operation_name.as_deref()));
        };
        let kind = operation.ty;
        guard::fill_defaults(operation, &mut variables);
        if let Some(missing) = guard::missing(operation, &variables) {
            let message = format!("the variable `${missing}` has no value, and its type wants one");
            return Err(Refusal::new(ErrorCode::BadInput, message));
        }
        let weight = Weigher::new(&document, shape, &variables).document()?;
        guard::check(weight, limits)?;
        if kind == OperationType::Subscription && !guard::has_one_field(operation) {
            let message = "a subscription has one field, which does not stand in a fragment";
            return Err(Refusal::new(ErrorCode::ValidationFailed, message));
        }
        let bytes = query.len() + TOKEN_BYTES * tokens + VALUE_BYTES * values;
        let is_valid = AtomicBool::new(false);
        Ok(Self { query, operation_name, variables, document, kind, bytes, is_valid })
    }

    /// Query, mutation or subscription.
    pub(crate) const fn kind(&self) -> OperationType {
        self.kind
    }

    /// The same as GraphQL writes it.
    pub(crate) const fn kind_name(&self) -> &'static str {
        match self.kind {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        }
    }

    /// The name that the document gives to the operation.
    pub(crate) fn name(&self) -> Option<&str> {
        self.operation_name.as_deref().or_else(|| {
            let mut names = self.document.operations.iter().filter_map(|(name, _)| name);
            names.next().map(Name::as_str)
        })
    }

    /// A text that two operations share only if they ask the same, leaving out the variables named in `but`.
    pub(crate) fn identity(&self, but: &[String]) -> String {
        let name = self.operation_name.as_deref().unwrap_or_default();
        let mut variables = self.variables.clone();
        variables.retain(|name, _| !but.iter().any(|it| it == name.as_str()));
        let variables = serde_json::to_string(&variables).unwrap_or_default();
        format!("{name}\n{variables}\n{}", self.query)
    }

    /// The variable of which the argument `after` of the only field consists, where it is used for nothing else: answers
    /// do not depend on it.
    pub(crate) fn variable_of_after(&self) -> Option<String> {
        let [name] = self.variables_of(|name| name == "after").try_into().ok()?;
        // Its definition and this one use.
        (self.times_named(&name) == 2).then_some(name)
    }

    /// The variables that are used in the arguments of the only field and nowhere else: how an answer is worded does not
    /// depend on them.
    pub(crate) fn variables_of_arguments(&self) -> Vec<String> {
        let used = self.variables_of(|_| true);
        let times_used = |name: &String| used.iter().filter(|it| *it == name).count();
        let only_there = |name: &&String| self.times_named(name) == 1 + times_used(name);
        used.iter().filter(only_there).cloned().collect()
    }

    /// The variables in the arguments of the only field whose names are `wanted`, each as often as it stands there.
    fn variables_of(&self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let arguments = self.only_field().map(|it| it.arguments.as_slice()).unwrap_or_default();
        let mut found = Vec::new();
        for (_, value) in arguments.iter().filter(|it| wanted(it.0.node.as_str())) {
            let constant = value.node.clone().into_const_with(|name| {
                found.push(name.to_string());
                Ok::<_, Infallible>(Value::Null)
            });
            let Ok(_) = constant;
        }
        found
    }

    fn only_field(&self) -> Option<&Field> {
        let operation = guard::operation(&self.document, self.operation_name.as_deref())?;
        match operation.selection_set.node.items.as_slice() {
            [Positioned { node: Selection::Field(field), .. }] => Some(&field.node),
            _ => None,
        }
    }

    /// How often the variable `name` stands in the text, its definition counted.
    fn times_named(&self, name: &str) -> usize {
        let named = self.query.split('$').skip(1).filter(|it| {
            it.strip_prefix(name).is_some_and(|rest| {
                !rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_')
            })
        });
        named.count()
    }

    /// Bytes of memory that it takes, roughly.
    pub(crate) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether it was validated and nothing was found.
    pub(crate) fn is_valid(&self) -> bool {
        self.is_valid.load(Ordering::Relaxed)
    }

    /// Says that it was validated and nothing was found.
    pub(crate) fn set_valid(&self) {
        self.is_valid.store(true, Ordering::Relaxed);
    }

    /// It as async-graphql wants it, which does not read the text of a document that was parsed.
    pub(crate) fn request(&self) -> Request {
        let mut request = Request::new(String::new()).variables(self.variables.clone());
        request.operation_name.clone_from(&self.operation_name);
        request.set_parsed_query(self.document.clone());
        request
    }
}

fn no_operation(name: Option<&str>) -> Refusal {
    let message = match name {
        Some(name) => format!("the document has no operation `{}`", schema::shortened(name)),
        None => "the document has several operations, and `operationName` names none".into(),
    };
    Refusal::new(ErrorCode::ValidationFailed, message)
}
