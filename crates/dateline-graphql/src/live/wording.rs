//! Changes in words, each worded once for all channels that say the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::change::{Change, What};
use super::channel::{Channel, Told};
use crate::engine::Engine;
use crate::schema::Moment;

/// The words for the changes of one step.
pub(super) struct Wording {
    engine: Arc<Engine>,
    moment: Moment,
    shared: Mutex<HashMap<Plain, Arc<OnceCell<Arc<Told>>>>>,
}

/// A change that is the same in every timeline, and how it is asked for.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Plain {
    phrasing: Arc<str>,
    place: super::Place,
    is_reread: bool,
}

impl Wording {
    pub(super) fn new(engine: Arc<Engine>, moment: Moment) -> Self {
        Self { engine, moment, shared: Mutex::default() }
    }

    /// `change` in the words of `channel`.
    pub(super) async fn of(&self, channel: &Channel, change: Change) -> Arc<Told> {
        let Some(plain) = plain(channel, &change) else {
            return self.anew(channel, change).await;
        };
        let cell = {
            let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(shared.entry(plain).or_default())
        };
        Arc::clone(cell.get_or_init(|| self.anew(channel, change)).await)
    }

    async fn anew(&self, channel: &Channel, change: Change) -> Arc<Told> {
        Arc::new(channel.word(&self.engine, self.moment.clone(), change).await)
    }
}

/// What channels share of `change`; `None` where it has an entry.
fn plain(channel: &Channel, change: &Change) -> Option<Plain> {
    let is_reread = match change.what {
        What::Reread => true,
        What::Checkpoint => false,
        What::Added { .. } | What::Revised { .. } | What::Removed { .. } => return None,
    };
    Some(Plain { phrasing: Arc::clone(channel.phrasing()), place: change.place, is_reread })
}
