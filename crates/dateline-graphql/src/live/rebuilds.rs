//! How far a rebuild is, for those who follow it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use dateline_projector::Rebuilding;
use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::engine::Engine;
use crate::prepared::Prepared;
use crate::schema::Tune;

/// Time between two looks at a rebuild.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// How rebuilds stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RebuildState {
    /// The one that runs.
    pub(crate) running: Option<Arc<Rebuilding>>,
    /// How many came to their end since the start of the server.
    pub(crate) ended: u64,
}

/// Tells one subscriber whenever that is another than before.
pub(crate) struct RebuildFeed {
    engine: Arc<Engine>,
    prepared: Arc<Prepared>,
    trace: String,
    told: Option<RebuildState>,
    looks: Interval,
}

impl RebuildFeed {
    pub(crate) fn open(engine: &Arc<Engine>, prepared: &Arc<Prepared>, trace: &str) -> Self {
        let mut looks = interval(LOOK_EVERY);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (engine, prepared) = (Arc::clone(engine), Arc::clone(prepared));
        Self { engine, prepared, trace: trace.to_owned(), told: None, looks }
    }

    /// The next state, as JSON. May be given up at any time without losing anything.
    pub(crate) async fn next(&mut self) -> Bytes {
        loop {
            self.looks.tick().await;
            let views = self.engine.views();
            let state = RebuildState { running: views.rebuilding(), ended: views.rebuilds() };
            if self.told.as_ref() == Some(&state) {
                continue;
            }
            let (moment, tune) = (self.engine.moment(), Tune::Rebuild(state.clone()));
            let outcome = self.engine.tell(&self.prepared, moment, tune, &self.trace).await;
            self.told = Some(state);
            if let Some(outcome) = outcome {
                return outcome.to_json();
            }
        }
    }
}
