//! What the API can have changed. It does not know the log: the program carries commands out and says what came of
//! them.

use dateline_event::{Event, Position, SourceId, StoryId};
use dateline_projector::Changes;

/// Carries out commands. Each may block for as long as it takes; what is said to be written is durable.
pub trait Commands: Send + Sync + 'static {
    /// Reads pages that `source` put out, and appends what they report, all of it or nothing.
    ///
    /// # Errors
    /// Nothing was written, or, where storage failed, it is not known.
    fn ingest(
        &self,
        by: &Mandate,
        source: SourceId,
        pages: Vec<PageGiven>,
    ) -> Result<Ingested, CommandError>;

    /// Appends a fact, if the log does not say it already.
    ///
    /// # Errors
    /// As [`Commands::ingest`].
    fn record(&self, by: &Mandate, fact: Event) -> Result<Written, CommandError>;

    /// Has the view rebuilt beside the serving one. Returns when that is arranged, not when it is done.
    ///
    /// # Errors
    /// Nothing is rebuilt.
    fn rebuild(&self, by: &Mandate) -> Result<RebuildStarted, CommandError>;

    /// Says what facts about the registry would change, and writes nothing. It ends early when `is_wanted` says no.
    ///
    /// # Errors
    /// Nothing was compared.
    fn preview(
        &self,
        facts: Vec<Event>,
        is_wanted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Previewed, CommandError>;
}

/// In whose name something is done.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mandate {
    /// The name of the key.
    pub key: String,
    /// What the client calls this change, so that asking twice changes once.
    pub idempotency_key: Option<String>,
}

/// A page as it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageGiven {
    /// What the capture is called.
    pub name: String,
    /// Its address.
    pub address: Option<String>,
    /// When it was captured.
    pub captured: Option<chrono::DateTime<chrono::Utc>>,
    /// The capture itself, of any content that is read.
    pub bytes: Vec<u8>,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Position of the last event that was written or, where none was, of the newest event; `None` on an empty log.
    /// A view that has come as far shows what was asked for.
    pub position: Option<Position>,
    /// Events that were written; zero where the log said all of it already.
    pub appended: usize,
    /// Whether an earlier request with this idempotency key had written it.
    pub is_replayed: bool,
}

/// What came of pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ingested {
    /// What was written.
    pub written: Written,
    /// The stories of the pages, in the order of the pages.
    pub stories: Vec<(StoryId, StoryOutcome)>,
    /// What could not be read or placed, each with its page.
    pub warnings: Vec<String>,
}

/// What became of a story of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryOutcome {
    /// The log had never told of it.
    Reported,
    /// It says something else now.
    Revised,
    /// The log has it just so, and not yet from this page.
    Sighted,
    /// The log has it just so.
    Unchanged,
    /// It was retracted, and a page that prints it does not bring it back.
    Retracted,
}

/// A rebuild that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RebuildStarted {
    /// The newest event when it was asked for: the rebuilt view has that at least.
    pub position: Option<Position>,
    /// Whether this request started it; not where one is under way, or where this idempotency key had started one.
    pub is_new: bool,
}

/// What a preview found.
#[derive(Debug)]
pub struct Previewed {
    /// Position of the view that was compared.
    pub position: Option<Position>,
    /// What would be other.
    pub changes: Changes,
}

/// Why a command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// It names something that is not there.
    #[error("{message}")]
    NotFound {
        /// The field of the input that names it.
        field: String,
        /// What was not found.
        message: String,
    },
    /// It makes no sense.
    #[error("{message}")]
    Invalid {
        /// The field of the input at fault.
        field: String,
        /// What is wrong.
        message: String,
    },
    /// The idempotency key was used for something else.
    #[error("this idempotency key was used for another input")]
    KeyReused,
    /// Something of the kind is under way, and there can be only one.
    #[error("{0}")]
    Busy(String),
    /// The service failed; the text is for its operator.
    #[error("{0}")]
    Failed(String),
}

/// Refuses every command: for a service that only answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NoCommands;

const ONLY_ANSWERS: &str = "this service carries out no commands";

impl Commands for NoCommands {
    fn ingest(
        &self,
        _: &Mandate,
        _: SourceId,
        _: Vec<PageGiven>,
    ) -> Result<Ingested, CommandError> {
        Err(CommandError::Busy(ONLY_ANSWERS.to_owned()))
    }

    fn record(&self, _: &Mandate, _: Event) -> Result<Written, CommandError> {
        Err(CommandError::Busy(ONLY_ANSWERS.to_owned()))
    }

    fn rebuild(&self, _: &Mandate) -> Result<RebuildStarted, CommandError> {
        Err(CommandError::Busy(ONLY_ANSWERS.to_owned()))
    }

    fn preview(
        &self,
        _: Vec<Event>,
        _: &(dyn Fn() -> bool + Sync),
    ) -> Result<Previewed, CommandError> {
        Err(CommandError::Busy(ONLY_ANSWERS.to_owned()))
    }
}
