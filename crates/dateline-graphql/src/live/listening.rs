//! What one subscriber listens to.

use std::sync::Arc;

use axum::body::Bytes;

use super::channel::Told;
use super::feed::{Feed, Heard};
use super::rebuilds::RebuildFeed;
use crate::event_stream;

/// The feed of one subscription.
pub(crate) enum Listening {
    /// The changes of a timeline.
    Changes(Box<Feed>),
    /// How rebuilds stand.
    Rebuilds(Box<RebuildFeed>),
}

/// The next thing that a subscriber hears.
#[derive(Debug)]
pub(crate) struct Item {
    /// The answer as JSON.
    pub(crate) json: Bytes,
    /// The same as an event of a stream, with the cursor behind which the feed goes on, where it can.
    pub(crate) event: Bytes,
}

impl Listening {
    /// The next item, or the error with which it ends; `None` behind the end. May be given up at any time without losing
    /// anything.
    pub(crate) async fn next(&mut self) -> Option<Result<Item, async_graphql::ServerError>> {
        match self {
            Self::Changes(feed) => Some(match feed.next().await? {
                Heard::Told(told) => Ok(Item::of(&told)),
                Heard::Broken(error) => Err(error),
            }),
            Self::Rebuilds(feed) => Some(Ok(Item::without_cursor(feed.next().await))),
        }
    }
}

impl Item {
    fn of(told: &Arc<Told>) -> Self {
        Self { json: told.json.clone(), event: told.event.clone() }
    }

    fn without_cursor(json: Bytes) -> Self {
        Self { event: event_stream::next(None, &json).into(), json }
    }
}
