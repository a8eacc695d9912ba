//! What a story belongs to.

use std::fmt;

use dateline_event::Position;
use serde::Serialize;

/// A story with its copies: the position of the event that brought its oldest text. A story without copies is a group of
/// its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct StoryGroup(pub(crate) Position);

/// Stories that report one event: the position of the event of the log that brought the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct EventGroup(pub(crate) Position);

/// What a story belongs to at one position of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bond {
    /// The stories that are the same.
    pub story: StoryGroup,
    /// The stories that report the same event.
    pub event: EventGroup,
}

impl fmt::Display for StoryGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for EventGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
