//! What one subscriber hears: first what it missed, then whatever changes.

use std::collections::VecDeque;
use std::sync::Arc;

use async_graphql::{ServerError, Value};
use tokio::sync::broadcast::error::RecvError;

use super::change::{Change, Steps, What};
use super::channel::Told;
use super::hub::{Hub, Seat};
use super::place::Place;
use crate::error::{ErrorCode, stamp};
use crate::prepared::Prepared;
use crate::schema::{Listened, change_cursor};

/// The changes of one timeline for one subscriber.
pub(crate) struct Feed {
    hub: Arc<Hub>,
    seat: Seat,
    trace: String,
    /// Behind what was heard last.
    last: Place,
    /// Behind what was taken out of the log.
    replayed: Place,
    backlog: VecDeque<Change>,
    /// Whether everything up to the seat was heard.
    is_live: bool,
    has_ended: bool,
}

/// What a subscriber hears.
#[derive(Debug)]
pub(crate) enum Heard {
    /// A change.
    Told(Arc<Told>),
    /// The end, and why.
    Broken(ServerError),
}

impl Feed {
    /// Opens a feed, whose subscription is `prepared` and was found to mean `listened`.
    pub(crate) fn open(
        hub: &Arc<Hub>,
        prepared: &Arc<Prepared>,
        listened: &Listened,
        trace: String,
    ) -> Self {
        let seat = hub.join(listened, prepared, &trace);
        let last = listened.after.unwrap_or(seat.from);
        let (hub, backlog) = (Arc::clone(hub), VecDeque::new());
        let (is_live, has_ended) = (false, false);
        Self { hub, seat, trace, last, replayed: last, backlog, is_live, has_ended }
    }

    /// The next thing to hear; `None` behind the end. May be given up at any time without losing anything.
    pub(crate) async fn next(&mut self) -> Option<Heard> {
        if self.has_ended {
            return None;
        }
        let heard = self.next_open().await;
        match &heard {
            Heard::Told(it) => self.last = it.place,
            Heard::Broken(_) => self.has_ended = true,
        }
        Some(heard)
    }

    async fn next_open(&mut self) -> Heard {
        loop {
            if let Some(change) = self.backlog.front() {
                let (engine, moment) = (self.hub.engine(), self.hub.engine().moment());
                let told = self.seat.channel.word(engine, moment, change.clone()).await;
                self.backlog.pop_front();
                return Heard::Told(Arc::new(told));
            }
            if self.replayed < self.seat.from {
                if let Err(why) = self.replay().await {
                    tracing::error!(trace = self.trace, why, "a feed cannot be replayed");
                    return self.broken(ErrorCode::Internal, "the service failed");
                }
                continue;
            }
            if !self.is_live {
                self.is_live = true;
                let place = self.seat.from.max(self.last);
                self.backlog.push_back(Change { place, what: What::Checkpoint });
                continue;
            }
            match self.seat.receiver.recv().await {
                // It was replayed.
                Ok(told) if told.place <= self.last => {}
                Ok(told) => return Heard::Told(told),
                // The replay took longer than the channel keeps, so there is more to replay.
                Err(RecvError::Lagged(_)) if self.last <= self.seat.from => {
                    self.replayed = self.last;
                    self.seat.rejoin();
                }
                Err(RecvError::Lagged(_) | RecvError::Closed) => {
                    let message = "this subscription fell too far behind; subscribe again with \
                                   `after: extensions.cursor`";
                    return self.broken(ErrorCode::ResyncRequired, message);
                }
            }
        }
    }

    /// Takes some more out of the log.
    async fn replay(&mut self) -> Result<(), String> {
        let view = self.hub.engine().moment().view;
        let about = self.hub.about(self.replayed, self.seat.from).await?;
        let wanted = self.seat.channel.wanted();
        let mut end = None;
        for it in about {
            let steps = Steps::of(&view, it);
            end = Some(steps.end());
            self.backlog.extend(steps.in_timeline(&view, wanted, self.replayed));
        }
        let place = self.replayed;
        self.replayed = end.ok_or_else(|| format!("the log told nothing behind {place}"))?;
        Ok(())
    }

    fn broken(&self, code: ErrorCode, message: &str) -> Heard {
        let mut error = ServerError::new(message, None);
        stamp(&mut error, code, &self.trace);
        if let Some(extensions) = &mut error.extensions {
            extensions.set("cursor", Value::from(change_cursor(self.last)));
        }
        Heard::Broken(error)
    }
}
