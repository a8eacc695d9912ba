//! How a writer waits for what its append became of. A channel would do, and costs a large
//! allocation an append.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::request::Outcome;

enum State {
    Waiting,
    Said(Outcome),
    /// Nobody is left who could say.
    Gone,
}

struct Slot {
    state: Mutex<State>,
    changed: Condvar,
}

/// The end that says the outcome.
pub(super) struct Answer(Arc<Slot>);

/// The end that waits for it.
pub(super) struct Answered(Arc<Slot>);

pub(super) fn answer() -> (Answer, Answered) {
    let slot = Slot { state: Mutex::new(State::Waiting), changed: Condvar::new() };
    let slot = Arc::new(slot);
    (Answer(Arc::clone(&slot)), Answered(slot))
}

impl Answer {
    pub(super) fn say(self, outcome: Outcome) {
        self.0.set(State::Said(outcome));
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.0.set(State::Gone);
    }
}

impl Slot {
    /// Sets the first state that is not [`State::Waiting`].
    fn set(&self, to: State) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, State::Waiting) {
            *state = to;
            drop(state);
            self.changed.notify_one();
        }
    }
}

impl Answered {
    /// Waits for the outcome; `None` if nobody is left to say it.
    pub(super) fn wait(self) -> Option<Outcome> {
        let state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.changed.wait_while(state, |it| matches!(it, State::Waiting));
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        match std::mem::replace(&mut *state, State::Gone) {
            State::Said(outcome) => Some(outcome),
            State::Waiting | State::Gone => None,
        }
    }
}
