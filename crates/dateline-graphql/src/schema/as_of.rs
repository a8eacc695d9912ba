//! Asking for a past state of the record.

use async_graphql::OneofObject;
use dateline_projector::View;

use super::scalar::{Instant, Position};
use crate::error::{ErrorCode, FieldError};

/// A past state of the record: exactly one of the two.
#[derive(OneofObject)]
#[graphql(name = "AsOf")]
pub(crate) enum AsOf {
    /// What the log had recorded at this instant, it included.
    Instant(Instant),
    /// What the log said up to this position, it included. A position that the view has not reached is an error
    /// (`UNKNOWN_POSITION`).
    Position(Position),
}

impl AsOf {
    /// The same for `view`.
    pub(crate) fn within(self, view: &View) -> Result<dateline_projector::AsOf, FieldError> {
        match self {
            Self::Instant(Instant(instant)) => Ok(dateline_projector::AsOf::Instant(instant)),
            Self::Position(Position(position)) if view.position() < Some(position) => {
                let reached = view
                    .position()
                    .map_or_else(|| "no position".to_owned(), |it| format!("position {it}"));
                let message =
                    format!("`asOf` names position {position}, the view has reached {reached}");
                Err(FieldError::new(ErrorCode::UnknownPosition, message))
            }
            Self::Position(Position(position)) => Ok(dateline_projector::AsOf::Position(position)),
        }
    }
}
