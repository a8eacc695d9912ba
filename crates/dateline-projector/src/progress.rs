//! How far a rebuild has come, how fast it goes, and the way to end it early.

use std::ops::ControlFlow;
use std::time::Duration;

use thiserror::Error;

/// How far a rebuild has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What it is doing.
    pub step: Step,
    /// How many of `total` this step has done.
    pub done: usize,
    /// How many there are: events while replaying and annotating, stories and then timelines while folding.
    pub total: usize,
}

/// The steps of a rebuild, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The log is looked through for what it says of the registry.
    Replaying,
    /// Events are decoded, and stories annotated, on all threads. Nearly all of the time goes here.
    Annotating,
    /// Stories of which several events speak, and timelines, are put together.
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

/// How fast a step goes, and how long it will take at that rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pace {
    /// Of what the step counts, how many a second; `None` at its very start.
    pub per_second: Option<u64>,
    /// Time until the step is done.
    pub left: Option<Duration>,
}

/// Makes a pace out of progress and of the time that its caller reads off a clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct PaceMaker {
    step: Option<(Step, Duration)>,
}

impl PaceMaker {
    /// The pace at `progress`, `elapsed` after the start of the whole rebuild.
    pub fn at(&mut self, progress: Progress, elapsed: Duration) -> Pace {
        let started = match self.step {
            Some((step, started)) if step == progress.step => started,
            _ => {
                self.step = Some((progress.step, elapsed));
                elapsed
            }
        };
        let count = |it: usize| u128::try_from(it).unwrap_or(u128::MAX);
        let spent = elapsed.saturating_sub(started).as_micros();
        let done = count(progress.done);
        let per_second = (done * 1_000_000).checked_div(spent);
        let rest = count(progress.total.saturating_sub(progress.done));
        let left = (rest * spent).checked_div(done).filter(|_| spent > 0);
        Pace {
            per_second: per_second.and_then(|it| u64::try_from(it).ok()),
            left: left.and_then(|it| u64::try_from(it).ok()).map(Duration::from_micros),
        }
    }
}

/// Is told of progress by the thread that gathers what all threads do, and says whether to go on.
pub type Watch<'a> = &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync);

/// A watch that looks away.
pub(crate) const fn unwatched(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The watch ended the work. Nothing that readers see has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the rebuild was cancelled")]
pub struct Cancelled;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_from_the_rate_of_the_step() {
        let mut pace = PaceMaker::default();
        let seconds = Duration::from_secs;
        pace.at(Progress::new(Step::Replaying, 0, 900), seconds(0));
        assert_eq!(pace.at(Progress::new(Step::Annotating, 0, 900), seconds(5)), Pace::default());
        let later = pace.at(Progress::new(Step::Annotating, 300, 900), seconds(8));
        assert_eq!(later, Pace { per_second: Some(100), left: Some(seconds(6)) });
    }
}
