//! Reads, weighs and executes operations, whatever way they came.

use std::sync::Arc;

use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection};
use async_graphql::{Name, Request, Response, Variables};
use futures_util::StreamExt as _;

use crate::access::Caller;
use crate::error::{ErrorCode, seal};
use crate::guard::{self, Limits, Shape, Weigher};
use crate::http::{Parameters, Refusal, ViewSource};
use crate::metrics::{Ended, Metrics};
use crate::outcome::Outcome;
use crate::schema::{self, Executor, Moment, Schema, Tune};

/// Most errors of one answer; the first ones are kept.
const MAX_ERRORS: usize = 20;

/// What all transports share: the schema, the guard in front of it, and the views behind it.
pub(crate) struct Engine {
    views: Arc<dyn ViewSource>,
    commands: Executor,
    schema: Schema,
    shape: Shape,
    limits: Limits,
    metrics: Arc<Metrics>,
}

/// An operation that the guard let through.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    query: String,
    operation_name: Option<String>,
    variables: Variables,
    document: ExecutableDocument,
    kind: OperationType,
}

impl Prepared {
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
    pub(crate) fn identity(&self, but: Option<&str>) -> String {
        let name = self.operation_name.as_deref().unwrap_or_default();
        let mut variables = self.variables.clone();
        variables.retain(|name, _| Some(name.as_str()) != but);
        let variables = serde_json::to_string(&variables).unwrap_or_default();
        format!("{name}\n{variables}\n{}", self.query)
    }

    /// The name of the variable of which the argument `after` of the only field consists, where it is used for nothing
    /// else: answers do not depend on it.
    pub(crate) fn variable_of_after(&self) -> Option<String> {
        let operation = guard::operation(&self.document, self.operation_name.as_deref())?;
        let [selection] = operation.selection_set.node.items.as_slice() else { return None };
        let Selection::Field(field) = &selection.node else { return None };
        let value = field.node.get_argument("after")?.node.clone();
        let mut name = None;
        let constant = value.into_const_with(|variable| {
            name = Some(variable.to_string());
            Err(())
        });
        let name = name.filter(|_| constant.is_err())?;
        // Its definition and this one use.
        let uses = self.query.split('$').skip(1).filter(|it| {
            it.strip_prefix(name.as_str()).is_some_and(|rest| {
                !rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_')
            })
        });
        (uses.count() == 2).then_some(name)
    }

    fn request(&self) -> Request {
        let mut request = Request::new(self.query.clone()).variables(self.variables.clone());
        request.operation_name.clone_from(&self.operation_name);
        request.set_parsed_query(self.document.clone());
        request
    }
}

impl Engine {
    /// An engine that serves the schema, of which `sdl` is the text.
    pub(crate) fn new(
        (views, commands): (Arc<dyn ViewSource>, Executor),
        sdl: &str,
        limits: Limits,
        metrics: Arc<Metrics>,
    ) -> Self {
        Self {
            views,
            commands,
            schema: schema::build(),
            shape: Shape::of_sdl(sdl),
            limits,
            metrics,
        }
    }

    pub(crate) const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The latest view, and where the log stands.
    pub(crate) fn moment(&self) -> Moment {
        // The head is read first: seen after the view, it would count events as lag that came in between.
        let head = self.views.head();
        Moment { view: self.views.current(), head, views: Arc::clone(&self.views) }
    }

    /// Where views come from.
    pub(crate) fn views(&self) -> &dyn ViewSource {
        &*self.views
    }

    /// Lets the guard read the request, before async-graphql sees any of it.
    pub(crate) fn prepare(&self, parameters: Parameters) -> Result<Prepared, Refusal> {
        self.guarded(parameters).inspect_err(|refusal| self.metrics.refused(refusal.rule()))
    }

    fn guarded(&self, parameters: Parameters) -> Result<Prepared, Refusal> {
        let Parameters { query, operation_name, mut variables, after: _ } = parameters;
        let document = guard::read(&query, &self.limits)?;
        let Some(operation) = guard::operation(&document, operation_name.as_deref()) else {
            let message = match operation_name {
                Some(name) => {
                    let name = schema::shortened(&name);
                    format!("the document has no operation `{name}`")
                }
                None => {
                    "the document has several operations, and `operationName` names none".into()
                }
            };
            return Err(Refusal::new(ErrorCode::ValidationFailed, message));
        };
        let kind = operation.ty;
        guard::fill_defaults(operation, &mut variables);
        if let Some(missing) = guard::missing(operation, &variables) {
            let message = format!("the variable `${missing}` has no value, and its type wants one");
            return Err(Refusal::new(ErrorCode::BadInput, message));
        }
        let weight = Weigher::new(&document, &self.shape, &variables).document()?;
        guard::check(weight, &self.limits)?;
        if kind == OperationType::Subscription && !guard::has_one_field(operation) {
            let message = "a subscription has one field, which does not stand in a fragment";
            return Err(Refusal::new(ErrorCode::ValidationFailed, message));
        }
        Ok(Prepared { query, operation_name, variables, document, kind })
    }

    /// Executes a query or mutation of `caller` at `moment`.
    pub(crate) async fn execute(
        &self,
        prepared: &Prepared,
        moment: Moment,
        caller: Caller,
        trace: &str,
    ) -> Outcome {
        let position = moment.view.position();
        let request = prepared.request().data(moment).data(caller).data(Arc::clone(&self.commands));
        let response = self.schema.execute(request).await;
        self.counted(prepared, outcome(response, position, trace))
    }

    /// Executes a subscription for one item, as `tune` has it. `None` where it gives none, and no error.
    pub(crate) async fn tell(
        &self,
        prepared: &Prepared,
        moment: Moment,
        tune: Tune,
        trace: &str,
    ) -> Option<Outcome> {
        let position = moment.view.position();
        let request = prepared.request().data(moment).data(tune);
        let response = self.schema.execute_stream(request).next().await?;
        Some(self.counted(prepared, outcome(response, position, trace)))
    }

    fn counted(&self, prepared: &Prepared, outcome: Outcome) -> Outcome {
        let ended = match () {
            () if outcome.is_refused() => Ended::Refused,
            () if outcome.errors.is_empty() => Ended::Answered,
            () => Ended::WithErrors,
        };
        self.metrics.operated(prepared.kind_name(), ended);
        outcome
    }
}

fn outcome(response: Response, position: Option<dateline_event::Position>, trace: &str) -> Outcome {
    let mut errors = response.errors;
    // Some rules of validation say the same twice.
    errors.dedup();
    errors.truncate(MAX_ERRORS);
    // Errors of validation have no path; those of execution have one each.
    let refused = !errors.is_empty() && errors.iter().all(|it| it.path.is_empty());
    for error in &mut errors {
        if let Some(hidden) = seal(error, trace) {
            tracing::error!(trace, message = hidden, "a resolver failed");
        }
    }
    Outcome { errors, data: (!refused).then_some(response.data), position }
}
