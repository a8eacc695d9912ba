//! Operations that were read before: who asks in the same words is not read again. What an operation means does not
//! depend on the view, so unlike answers they stay while the log goes on.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::parser::types::OperationType;
use dateline_event::Position;

use crate::prepared::Prepared;
use crate::shelf::{Shelf, Words};

/// Space for all of them.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// What a request was found to ask.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) prepared: Arc<Prepared>,
    /// The position that the view must have reached.
    pub(crate) after: Option<Position>,
}

/// Operations by the words of requests.
#[derive(Debug)]
pub(crate) struct Known(Mutex<Shelf<Asked>>);

impl Known {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Shelf::new(MAX_BYTES)))
    }

    /// What `words` ask; `read` finds it out if it is not known.
    ///
    /// # Errors
    /// Those of `read`. They are found out anew each time.
    pub(crate) fn get<E>(
        &self,
        words: &Words,
        read: impl FnOnce() -> Result<Asked, E>,
    ) -> Result<Asked, E> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(asked) = lock().get(words) {
            return Ok(asked);
        }
        let asked = read()?;
        // A mutation comes once.
        if asked.prepared.kind() != OperationType::Mutation {
            lock().put(words.clone(), asked.clone(), asked.prepared.bytes());
        }
        Ok(asked)
    }
}
