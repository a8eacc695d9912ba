//! How far a rebuild has come, and the way to end it early.

use std::ops::ControlFlow;

use thiserror::Error;

/// How far a rebuild has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What it is doing.
    pub step: Step,
    /// How many of `total` this step has done. Several threads report, so it may step back a little.
    pub done: usize,
    /// How many there are: events while replaying, texts while annotating, stories while folding.
    pub total: usize,
}

/// The steps of a rebuild, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Events are read from the log and decoded.
    Replaying,
    /// Stories are annotated, on all threads.
    Annotating,
    /// Timelines are put together.
    Folding,
}

impl Step {
    /// The word used on the terminal and in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Replaying => "replaying",
            Self::Annotating => "annotating",
            Self::Folding => "folding",
        }
    }
}

impl Progress {
    pub(crate) const fn new(step: Step, done: usize, total: usize) -> Self {
        Self { step, done, total }
    }
}

/// Is told of progress, from any thread, and says whether to go on. Rates and times are for the caller, who has a
/// clock.
pub type Watch<'a> = &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync);

/// A watch that looks away.
pub(crate) const fn unwatched(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The watch ended the work. Nothing that readers see has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the rebuild was cancelled")]
pub struct Cancelled;
