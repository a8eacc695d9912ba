//! The answers to changes: what was written, or what is wrong with the input.

use async_graphql::{Enum, ID, SimpleObject};

use super::problem::{Outcome, Problem};
use crate::commands::{Ingested, RebuildStarted, StoryOutcome, Written};
use crate::schema::global_id::{Kind, encode};
use crate::schema::scalar::Position;

/// What all changes answer.
#[derive(SimpleObject)]
struct Done {
    /// Events that were written, now or by the request that is repeated; 0 where the log said all of it.
    appended: i32,
    /// Position of the last event that was written or, where there was none, of the newest event: a view that
    /// has come as far shows it. Null where there is a problem.
    position: Option<Position>,
    /// Why nothing was written; null where all is well.
    problem: Option<Problem>,
    /// Whether an earlier request with this idempotency key had written it.
    replayed: bool,
}

impl Done {
    fn of(written: Written, problem: Option<Problem>) -> Self {
        let Written { position, appended, is_replayed: replayed } = written;
        Self { appended: count(appended), position: position.map(Position), problem, replayed }
    }
}

macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub(super) struct $name {
            #[graphql(flatten)]
            done: Done,
        }

        impl From<Outcome<Written>> for $name {
            fn from(outcome: Outcome<Written>) -> Self {
                let (written, problem) = parts(outcome);
                Self { done: Done::of(written, problem) }
            }
        }
    )*};
}

payloads! {
    /// What came of `makeRuling`.
    MakeRulingPayload;
    /// What came of `recordOffice`.
    RecordOfficePayload;
    /// What came of `recordOfficial`.
    RecordOfficialPayload;
    /// What came of `recordOrganisation`.
    RecordOrganisationPayload;
    /// What came of `recordTenure`.
    RecordTenurePayload;
    /// What came of `recordTopic`.
    RecordTopicPayload;
    /// What came of `retractStory`.
    RetractStoryPayload;
}

macro_rules! payloads_of_pages {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub(super) struct $name {
            #[graphql(flatten)]
            done: Done,
            /// What became of each story, in the order of the pages.
            stories: Vec<IngestedStory>,
            /// What could not be read or placed, each with the name of its page.
            warnings: Vec<String>,
        }

        impl From<Outcome<Ingested>> for $name {
            fn from(outcome: Outcome<Ingested>) -> Self {
                let (Ingested { written, stories, warnings }, problem) = parts(outcome);
                let stories = stories.into_iter().map(IngestedStory::of).collect();
                Self { done: Done::of(written, problem), stories, warnings }
            }
        }
    )*};
}

payloads_of_pages! {
    /// What came of `ingestPages`.
    IngestPagesPayload;
    /// What came of `reportStory`.
    ReportStoryPayload;
}

/// What became of a story that was handed in.
#[derive(SimpleObject)]
struct IngestedStory {
    /// What became of it.
    outcome: StoryOutcomeValue,
    /// Its global id, for `story(by: { id: … })` once the view has come as far.
    story_id: ID,
}

impl IngestedStory {
    fn of((story, outcome): (dateline_event::StoryId, StoryOutcome)) -> Self {
        let story_id = encode(Kind::Story, &story.uuid().to_string());
        Self { outcome: outcome.into(), story_id }
    }
}

/// What became of a story that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "StoryOutcome")]
enum StoryOutcomeValue {
    /// The log had never told of it.
    Reported,
    /// It was retracted, and a page that prints it does not bring it back.
    Retracted,
    /// It says something else now.
    Revised,
    /// The log has it just so, and not yet from this page.
    Sighted,
    /// The log has it just so.
    Unchanged,
}

impl From<StoryOutcome> for StoryOutcomeValue {
    fn from(outcome: StoryOutcome) -> Self {
        match outcome {
            StoryOutcome::Reported => Self::Reported,
            StoryOutcome::Revised => Self::Revised,
            StoryOutcome::Sighted => Self::Sighted,
            StoryOutcome::Unchanged => Self::Unchanged,
            StoryOutcome::Retracted => Self::Retracted,
        }
    }
}

/// What came of `startRebuild`.
#[derive(SimpleObject)]
pub(super) struct StartRebuildPayload {
    /// The newest event when it was asked for: the rebuilt view has that at least. Null on an empty log, and where there
    /// is a problem.
    position: Option<Position>,
    /// Why nothing was started; null where all is well.
    problem: Option<Problem>,
    /// Whether this request started one; not where one is under way already, or where this idempotency key had started it.
    started: bool,
}

impl From<Outcome<RebuildStarted>> for StartRebuildPayload {
    fn from(outcome: Outcome<RebuildStarted>) -> Self {
        match outcome {
            Ok(RebuildStarted { position, is_new: started }) => {
                Self { position: position.map(Position), problem: None, started }
            }
            Err(problem) => Self { position: None, problem: Some(problem), started: false },
        }
    }
}

/// What was done, else nothing, and the problem.
pub(super) fn parts<T: Default>(outcome: Outcome<T>) -> (T, Option<Problem>) {
    match outcome {
        Ok(done) => (done, None),
        Err(problem) => (T::default(), Some(problem)),
    }
}

/// A number as GraphQL has it.
pub(super) fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
