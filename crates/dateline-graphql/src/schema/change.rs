//! What changed in a timeline, one item of a live feed.

use async_graphql::{Enum, Object};

use super::cursor::List;
use super::scalar::Position;
use super::timeline::TimelineEntry;
use crate::live::{Change, Place, What};

/// The cursor behind which a live feed goes on from `place`.
pub(crate) fn change_cursor(place: Place) -> String {
    List::Changes.cursor(&place.to_string())
}

/// What happened to a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "TimelineChangeKind")]
pub(crate) enum TimelineChangeKind {
    /// A story came into the timeline: `entry`.
    Added,
    /// Nothing: everything up to this place was told. It comes first where there is nothing to catch up on, then where
    /// a feed has caught up and is live, and now and then in a quiet timeline, to give a fresh cursor.
    Checkpoint,
    /// A story is in the timeline no longer: `before` was its entry.
    Removed,
    /// The registry or the scheme of topics is another one, and old stories may read otherwise under it: ask for the
    /// timeline again.
    Reread,
    /// An entry of the timeline reads otherwise, after a revision or a ruling, or has other sources: `entry` stands in the
    /// place of `before`.
    Revised,
}

/// One change of a timeline.
pub(crate) struct TimelineChange(pub(crate) Change);

/// One change of a timeline. Changes come in the order of the log.
#[Object(name = "TimelineChange", serial)]
impl TimelineChange {
    /// The entry that counts no longer; null where there was none.
    async fn before(&self) -> Option<TimelineEntry> {
        match &self.0.what {
            What::Revised { before, .. } | What::Removed { before } => {
                Some(TimelineEntry(before.clone()))
            }
            What::Added { .. } | What::Reread | What::Checkpoint => None,
        }
    }

    /// What happened.
    async fn change(&self) -> TimelineChangeKind {
        match &self.0.what {
            What::Added { .. } => TimelineChangeKind::Added,
            What::Revised { .. } => TimelineChangeKind::Revised,
            What::Removed { .. } => TimelineChangeKind::Removed,
            What::Reread => TimelineChangeKind::Reread,
            What::Checkpoint => TimelineChangeKind::Checkpoint,
        }
    }

    /// The place of the change, for `after`: a feed goes on behind it. It is good for every timeline.
    async fn cursor(&self) -> String {
        change_cursor(self.0.place)
    }

    /// The entry that counts now; null where there is none.
    async fn entry(&self) -> Option<TimelineEntry> {
        match &self.0.what {
            What::Added { entry } | What::Revised { entry, .. } => {
                Some(TimelineEntry(entry.clone()))
            }
            What::Removed { .. } | What::Reread | What::Checkpoint => None,
        }
    }

    /// Position of the event that brought the change about; null at a checkpoint before the first event.
    async fn position(&self) -> Option<Position> {
        dateline_event::Position::new(self.0.place.position()).map(Position)
    }
}
