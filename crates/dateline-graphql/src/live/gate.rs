//! Counts open streams, and tells them when the service stops.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// The way in for streams, which outlive the request that opened them.
#[derive(Debug)]
pub(crate) struct Gate {
    places: Arc<Semaphore>,
    limit: u32,
    closing: watch::Sender<bool>,
}

/// The place of one open stream; it is free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Pass {
    _place: OwnedSemaphorePermit,
    closing: watch::Receiver<bool>,
}

impl Gate {
    /// A gate for at most `limit` streams at once.
    pub(crate) fn new(limit: usize) -> Self {
        let limit = u32::try_from(limit.min(Semaphore::MAX_PERMITS)).unwrap_or(u32::MAX);
        let places = Semaphore::new(usize::try_from(limit).unwrap_or(Semaphore::MAX_PERMITS));
        Self { places: Arc::new(places), limit, closing: watch::Sender::new(false) }
    }

    /// A place, unless all are taken or the service stops.
    pub(crate) fn enter(&self) -> Option<Pass> {
        if *self.closing.borrow() {
            return None;
        }
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        Some(Pass { _place: place, closing: self.closing.subscribe() })
    }

    /// How many streams are open.
    pub(crate) fn open(&self) -> usize {
        usize::try_from(self.limit).unwrap_or(usize::MAX) - self.places.available_permits()
    }

    /// Tells every stream to end.
    pub(crate) fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Waits until all streams have ended, at most for `deadline`; says whether they have.
    pub(crate) async fn emptied(&self, deadline: Duration) -> bool {
        tokio::time::timeout(deadline, self.places.acquire_many(self.limit)).await.is_ok()
    }
}

impl Pass {
    /// Done when the service stops.
    pub(crate) async fn closing(&mut self) {
        // The sender is gone only when the service is.
        let _ = self.closing.wait_for(|it| *it).await;
    }
}
