//! Follows the views, and tells every channel what changed.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, broadcast};
use tokio::task::{JoinSet, spawn_blocking};

use super::change::{About, Change, Steps, Wanted, What};
use super::channel::{Channel, Told};
use super::place::Place;
use super::wording::Wording;
use super::{History, LiveLimits};
use crate::engine::Engine;
use crate::prepared::Prepared;
use crate::schema::Listened;

/// Events that are taken from the log at once.
pub(super) const STEP_EVENTS: usize = 256;

/// A channel that had nothing to tell for this part of the replay limit tells that it is still there, so that the
/// cursors of quiet timelines do not expire.
const QUIET_PART: u64 = 4;

/// Pause after the log could not be read.
const RETRY_PAUSE: Duration = Duration::from_secs(1);

/// Knows all channels and where they are.
pub(crate) struct Hub {
    engine: Arc<Engine>,
    history: Arc<dyn History>,
    limits: LiveLimits,
    channels: Mutex<Channels>,
    bell: Notify,
    seats: AtomicUsize,
}

struct Channels {
    /// Everything up to here was told, or there was nobody to tell it to.
    place: Place,
    all: HashMap<String, Arc<Channel>>,
}

/// A place to listen from.
pub(crate) struct Seat {
    hub: Arc<Hub>,
    identity: String,
    pub(super) channel: Arc<Channel>,
    pub(super) receiver: broadcast::Receiver<Arc<Told>>,
    /// Everything behind this is heard.
    pub(super) from: Place,
}

impl Hub {
    pub(crate) fn new(
        engine: Arc<Engine>,
        history: Arc<dyn History>,
        limits: LiveLimits,
    ) -> Arc<Self> {
        let place = Place::behind(engine.moment().view.position());
        let channels = Mutex::new(Channels { place, all: HashMap::new() });
        Arc::new(Self {
            engine,
            history,
            limits,
            channels,
            bell: Notify::new(),
            seats: AtomicUsize::new(0),
        })
    }

    /// How many feeds there are.
    pub(crate) fn seats(&self) -> usize {
        self.seats.load(Ordering::Relaxed)
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Says that there is a new view. Cheap, from any thread.
    pub(crate) fn ring(&self) {
        self.bell.notify_one();
    }

    /// Follows the views for as long as it is polled.
    pub(crate) async fn run(&self) {
        loop {
            match self.step().await {
                Ok(true) => {}
                Ok(false) => self.bell.notified().await,
                Err(why) => {
                    tracing::error!(why, "live feeds wait: the log cannot be read");
                    tokio::time::sleep(RETRY_PAUSE).await;
                }
            }
        }
    }

    /// What events behind `after` and up to `until` are about.
    pub(super) async fn about(&self, after: Place, until: Place) -> Result<Vec<About>, String> {
        let history = Arc::clone(&self.history);
        let Some(last) = until.whole() else { return Ok(Vec::new()) };
        let read = move || history.about(after.whole(), last, STEP_EVENTS);
        spawn_blocking(read).await.map_err(|why| why.to_string())?
    }

    /// A seat in the channel of those who ask the same.
    pub(super) fn join(
        self: &Arc<Self>,
        listened: &Listened,
        prepared: &Arc<Prepared>,
        trace: &str,
    ) -> Seat {
        let but = prepared.variable_of_after();
        let wanted = Wanted { scope: listened.scope.clone(), filter: listened.filter.clone() };
        let identity = format!("{wanted:?}\n{}", prepared.identity(but.as_slice()));
        let mut channels = self.lock();
        let place = channels.place;
        let new = || {
            let prepared = Arc::clone(prepared);
            Arc::new(Channel::new(wanted, prepared, trace.to_owned(), place, self.limits.behind))
        };
        let channel = Arc::clone(channels.all.entry(identity.clone()).or_insert_with(new));
        let (receiver, from) = channel.join();
        drop(channels);
        self.seats.fetch_add(1, Ordering::Relaxed);
        Seat { hub: Arc::clone(self), identity, channel, receiver, from }
    }

    /// Tells the channels of some more events. Says whether there may be more.
    async fn step(&self) -> Result<bool, String> {
        let moment = self.engine.moment();
        let until = Place::behind(moment.view.position());
        let from = {
            let mut channels = self.lock();
            if channels.all.is_empty() || until <= channels.place {
                channels.place = channels.place.max(until);
                return Ok(false);
            }
            channels.place
        };
        let steps: Vec<_> = {
            let about = self.about(from, until).await?.into_iter();
            about.map(|it| Steps::of(&moment.view, it)).collect()
        };
        let Some(end) = steps.last().map(Steps::end) else {
            return Err(format!("the log told nothing of position {until}"));
        };
        // A channel that comes in from here on starts behind this step.
        let listening: Vec<_> = {
            let mut channels = self.lock();
            channels.place = end;
            channels.all.values().map(Arc::clone).collect()
        };
        let wording = Arc::new(Wording::new(Arc::clone(&self.engine), moment.clone()));
        let mut telling = JoinSet::new();
        for channel in listening {
            let view = &moment.view;
            let tell = |it: &Steps| it.in_timeline(view, channel.wanted(), from);
            let mut changes: Vec<_> = steps.iter().flat_map(tell).collect();
            if changes.is_empty() && channel.silence(end) > self.limits.replay_events / QUIET_PART {
                changes.push(Change { place: end, what: What::Checkpoint });
            }
            if changes.is_empty() {
                channel.tell(Vec::new(), end);
                continue;
            }
            let wording = Arc::clone(&wording);
            telling.spawn(async move {
                let mut told = Vec::with_capacity(changes.len());
                for change in changes {
                    told.push(wording.of(&channel, change).await);
                }
                channel.tell(told, end);
            });
        }
        while telling.join_next().await.is_some() {}
        Ok(true)
    }

    fn lock(&self) -> MutexGuard<'_, Channels> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Comes in anew, after having fallen behind.
    pub(super) fn rejoin(&mut self) {
        (self.receiver, self.from) = self.channel.join();
    }
}

impl Drop for Seat {
    /// The last one to leave takes the channel away.
    fn drop(&mut self) {
        self.hub.seats.fetch_sub(1, Ordering::Relaxed);
        let mut channels = self.hub.lock();
        // The map and this seat.
        if Arc::strong_count(&self.channel) <= 2 {
            channels.all.remove(&self.identity);
        }
    }
}
