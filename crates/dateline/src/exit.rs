//! How the program ends: one documented exit code a kind of failure, and one line that names the thing and the place.

use std::fmt;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

/// The exit codes of `dateline --help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Exit {
    /// All done.
    Done,
    /// A bug, or something nobody expected.
    Internal,
    /// Some input could not be read or is refused; all other input was handled.
    Input,
    /// Another process owns the data directory.
    InUse,
    /// The log is damaged, or a newer program wrote it.
    Damaged,
    /// The disk refused; what was acknowledged before is safe.
    Storage,
    /// No official or topic of that name.
    NotFound,
    /// The address is taken or not ours.
    Listen,
}

impl Exit {
    /// Its number.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Internal => 1,
            // 2 is clap's, for arguments that are not understood.
            Self::Input => 3,
            Self::InUse => 4,
            Self::Damaged => 5,
            Self::Storage => 6,
            Self::NotFound => 7,
            Self::Listen => 8,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// A failure on its way to the terminal.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the program ends.
    pub(crate) exit: Exit,
    /// What went wrong, with its causes.
    pub(crate) error: anyhow::Error,
}

impl Failure {
    /// `error` ends the program with `exit`.
    pub(crate) fn new(exit: Exit, error: impl Into<anyhow::Error>) -> Self {
        Self { exit, error: error.into() }
    }

    /// Nobody reads the output any more, so the program ends without a word and without blame.
    pub(crate) fn reader_gone() -> Self {
        Self::new(Exit::Done, ReaderGone)
    }

    /// Whether there is nothing to say.
    pub(crate) fn is_silent(&self) -> bool {
        self.error.is::<ReaderGone>()
    }

    /// A failure with a message of its own.
    pub(crate) fn message(exit: Exit, message: impl fmt::Display) -> Self {
        Self { exit, error: anyhow::anyhow!("{message}") }
    }
}

/// The reader of standard output went away.
#[derive(Debug, thiserror::Error)]
#[error("nobody reads the output")]
struct ReaderGone;

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::new(Exit::Internal, error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.error)
    }
}
