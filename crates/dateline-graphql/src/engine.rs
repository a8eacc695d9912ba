//! Reads, weighs and executes operations, whatever way they came.

use std::sync::Arc;

use async_graphql::{Response, ValidationMode};
use futures_util::StreamExt as _;

use crate::access::Caller;
use crate::error::seal;
use crate::guard::{Limits, Shape};
use crate::http::{Parameters, Refusal, ViewSource};
use crate::metrics::{Ended, Metrics};
use crate::outcome::Outcome;
use crate::prepared::Prepared;
use crate::schema::{self, Executor, Moment, Schema, Tune};

/// Most errors of one answer; the first ones are kept.
const MAX_ERRORS: usize = 20;

/// What all transports share: the schema, the guard in front of it, and the views behind it.
pub(crate) struct Engine {
    views: Arc<dyn ViewSource>,
    commands: Executor,
    schema: Schema,
    /// The same, which does not validate again what was found valid.
    trusting: Schema,
    shape: Shape,
    limits: Limits,
    metrics: Arc<Metrics>,
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
            schema: schema::build(ValidationMode::Strict),
            trusting: schema::build(ValidationMode::Fast),
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
        let prepared = Prepared::read(parameters, &self.shape, &self.limits);
        prepared.inspect_err(|refusal| self.metrics.refused(refusal.rule()))
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
        let response = self.schema_for(prepared).execute(request).await;
        self.ended(prepared, outcome(response, position, trace))
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
        let response = self.schema_for(prepared).execute_stream(request).next().await;
        let Some(response) = response else {
            prepared.set_valid();
            return None;
        };
        Some(self.ended(prepared, outcome(response, position, trace)))
    }

    fn schema_for(&self, prepared: &Prepared) -> &Schema {
        if prepared.is_valid() { &self.trusting } else { &self.schema }
    }

    /// Counts an operation that has ended, and remembers that it was valid, which depends on its words alone.
    fn ended(&self, prepared: &Prepared, outcome: Outcome) -> Outcome {
        if !outcome.is_refused() {
            prepared.set_valid();
        }
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
