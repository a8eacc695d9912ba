//! One question that feeds ask together: a change is put into words once for all of them.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use tokio::sync::broadcast;

use super::change::{Change, Wanted};
use super::place::Place;
use crate::engine::Engine;
use crate::event_stream;
use crate::prepared::Prepared;
use crate::schema::{Moment, Tune, change_cursor};

/// A change in the words of a question.
#[derive(Debug)]
pub(crate) struct Told {
    /// Behind it the feed goes on.
    pub(crate) place: Place,
    /// The answer as JSON.
    pub(crate) json: Bytes,
    /// The same as an event of a stream, made once for all who listen.
    pub(crate) event: Bytes,
}

/// Those who ask the same of one timeline.
#[derive(Debug)]
pub(crate) struct Channel {
    wanted: Wanted,
    prepared: Arc<Prepared>,
    /// What channels share that say the same of a change without an entry.
    phrasing: Arc<str>,
    /// Names the answers in the logs: that of the first who asked.
    trace: String,
    state: Mutex<State>,
    sender: broadcast::Sender<Arc<Told>>,
}

#[derive(Debug)]
struct State {
    /// Everything up to here was told.
    place: Place,
    /// Position of the last thing that was told.
    told: u64,
}

impl Channel {
    /// A channel that tells what comes behind `place`, to feeds that are at most `behind` changes behind.
    pub(crate) fn new(
        wanted: Wanted,
        prepared: Arc<Prepared>,
        trace: String,
        place: Place,
        behind: usize,
    ) -> Self {
        let state = Mutex::new(State { place, told: place.position() });
        let phrasing = prepared.identity(&prepared.variables_of_arguments()).into();
        let sender = broadcast::Sender::new(behind.max(1));
        Self { wanted, prepared, phrasing, trace, state, sender }
    }

    pub(crate) const fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    pub(super) const fn phrasing(&self) -> &Arc<str> {
        &self.phrasing
    }

    /// A way to hear everything behind the place that is given with it.
    pub(crate) fn join(&self) -> (broadcast::Receiver<Arc<Told>>, Place) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        (self.sender.subscribe(), state.place)
    }

    /// How many events ago something was last told, at `place`.
    pub(crate) fn silence(&self, place: Place) -> u64 {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        place.position().saturating_sub(state.told)
    }

    /// Puts `change` into the words of the question.
    pub(crate) async fn word(&self, engine: &Engine, moment: Moment, change: Change) -> Told {
        let place = change.place;
        let tune = Tune::Telling(change);
        let outcome = engine.tell(&self.prepared, moment, tune, &self.trace).await;
        let json = outcome.map(|it| it.to_json()).unwrap_or_default();
        let event = event_stream::next(Some(&change_cursor(place)), &json).into();
        Told { place, json, event }
    }

    /// Tells all who listen `told`, after which everything up to `place` was told.
    pub(crate) fn tell(&self, told: Vec<Arc<Told>>, place: Place) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        for it in told {
            state.told = it.place.position();
            // Without anybody who listens it is told to nobody.
            let _ = self.sender.send(it);
        }
        state.place = place;
    }
}
