//! How far a rebuild is.

use async_graphql::{Enum, Object};
use dateline_projector::{Rebuilding, Step};

use crate::live::RebuildState;

/// The steps of a rebuild, in their order: `REPLAYING`, `ANNOTATING`, `FOLDING`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum RebuildStep {
    /// Stories are annotated. Nearly all of the time goes here.
    Annotating,
    /// Stories of which several events speak, and timelines, are put together.
    Folding,
    /// The log is looked through for what it says of the registry.
    Replaying,
}

/// How rebuilds of the view stand.
pub(crate) struct RebuildProgress(pub(crate) RebuildState);

impl RebuildProgress {
    fn now(&self) -> Option<&Rebuilding> {
        self.0.running.as_deref()
    }
}

/// How rebuilds of the view stand. While one runs, the view before it serves.
#[Object(name = "RebuildProgress", serial)]
impl RebuildProgress {
    /// How much of `total` the step has done; null while none runs.
    async fn done(&self) -> Option<usize> {
        self.now().map(|it| it.progress.done)
    }

    /// How many came to their end since the server was started.
    async fn ended(&self) -> u64 {
        self.0.ended
    }

    /// Of what the step counts, how many a second; null at its start, and while none runs.
    async fn per_second(&self) -> Option<u64> {
        self.now()?.pace.per_second
    }

    /// Why it runs; null while none does.
    async fn reason(&self) -> Option<&str> {
        self.now().map(|it| it.reason.as_str())
    }

    /// Whether one runs.
    async fn running(&self) -> bool {
        self.now().is_some()
    }

    /// Seconds until the step is done, at its rate; null at its start, and while none runs.
    async fn seconds_left(&self) -> Option<u64> {
        self.now()?.pace.left.map(|it| it.as_secs())
    }

    /// What it does; null while none runs.
    async fn step(&self) -> Option<RebuildStep> {
        Some(match self.now()?.progress.step {
            Step::Replaying => RebuildStep::Replaying,
            Step::Annotating => RebuildStep::Annotating,
            Step::Folding => RebuildStep::Folding,
        })
    }

    /// How much there is: events, and while folding stories and then timelines; null while none runs.
    async fn total(&self) -> Option<usize> {
        self.now().map(|it| it.progress.total)
    }
}
