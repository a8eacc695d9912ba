//! What is wrong with an input: data, and no error.

use async_graphql::{Interface, SimpleObject};

use crate::commands::CommandError;

/// What came of an input: something that was done, or a problem with it.
pub(super) type Outcome<T> = Result<T, Problem>;

/// Why nothing was done.
#[derive(Debug, Interface)]
#[graphql(
    name = "Problem",
    field(
        name = "field",
        ty = "&Option<String>",
        desc = "The field of the input at fault, such as `on.topicId`; null where it is none."
    ),
    field(name = "message", ty = "&String", desc = "What is wrong, for people.")
)]
pub(super) enum Problem {
    IdempotencyKeyReused(IdempotencyKeyReused),
    InvalidInput(InvalidInput),
    NotFound(NotFound),
    Unavailable(Unavailable),
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub(super) struct $name {
            /// The field of the input at fault, such as `on.topicId`; null where it is none.
            field: Option<String>,
            /// What is wrong, for people.
            message: String,
        }
    )*};
}

problems! {
    /// The idempotency key was used before, with another input.
    IdempotencyKeyReused;
    /// A field of the input makes no sense.
    InvalidInput;
    /// A field of the input names something that is not there.
    NotFound;
    /// It cannot be done now, whatever the input.
    Unavailable;
}

impl Problem {
    /// What a command was refused for.
    pub(super) fn of(refused: CommandError) -> Self {
        let message = refused.to_string();
        match refused {
            CommandError::NotFound { field, .. } => {
                Self::NotFound(NotFound { field: Some(field), message })
            }
            CommandError::Invalid { field, .. } => {
                Self::InvalidInput(InvalidInput { field: Some(field), message })
            }
            CommandError::KeyReused => {
                let field = Some("idempotencyKey".to_owned());
                Self::IdempotencyKeyReused(IdempotencyKeyReused { field, message })
            }
            CommandError::Busy(_) | CommandError::Failed(_) => {
                Self::Unavailable(Unavailable { field: None, message })
            }
        }
    }
}

/// A problem with the field `field` of the input.
pub(super) fn invalid(field: &str, message: impl Into<String>) -> Problem {
    let (field, message) = (Some(field.to_owned()), message.into());
    Problem::InvalidInput(InvalidInput { field, message })
}
