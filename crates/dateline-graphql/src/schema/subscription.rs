//! What clients can listen to.
//!
//! async-graphql executes a subscription field once, against data that was put on the request when it began. A feed
//! lives on while views come and go, so here a field is executed once to find out what it means ([`Tune::Opening`]),
//! and once for each item, with the view of that item ([`Tune::Telling`]). The feed itself is made outside of it, and
//! the same words serve all who ask the same.

#![expect(clippy::unused_async, reason = "async-graphql wants every resolver to be async")]

use std::sync::{Arc, OnceLock};

use async_graphql::{Context, Result};
use dateline_projector::Scope;
use futures_util::{Stream, stream};

use super::change::TimelineChange;
use super::cursor::List;
use super::timeline::TimelineScope;
use super::view;
use crate::error::{ErrorCode, FieldError};
use crate::live::{Change, Place};

/// How a field of a subscription is to be answered.
#[derive(Debug, Clone)]
pub(crate) enum Tune {
    /// Find out what it means, and say nothing.
    Opening(Arc<Opening>),
    /// Say this, and nothing else.
    Telling(Change),
}

/// The beginning of a subscription.
#[derive(Debug, Default)]
pub(crate) struct Opening {
    /// The cursor of the last item that the client has, by the header `Last-Event-ID`: it goes before the argument.
    pub(crate) resume: Option<String>,
    /// Events that a feed replays at most.
    pub(crate) replay_events: u64,
    /// What it was found to mean.
    pub(crate) found: OnceLock<Opened>,
}

/// What a subscription was found to mean.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) scope: Scope,
    /// Behind which place to go on; `None`: from now on.
    pub(crate) after: Option<Place>,
}

/// The root of all live feeds.
pub(crate) struct Subscription;

/// What can be listened to, over WebSocket (`graphql-transport-ws`) or server-sent events (`graphql-sse`, distinct
/// connections). Each event carries its cursor as its id, so that a browser goes on by itself where it was cut off.
#[async_graphql::Subscription]
impl Subscription {
    /// What changes in a timeline: first everything behind `after`, then, behind a checkpoint, whatever comes. Nothing
    /// is missed and nothing repeated. Without `after` it starts with a checkpoint now. A feed that does not keep up
    /// ends with `RESYNC_REQUIRED`; a cursor from too long ago is refused with `EXPIRED_CURSOR`.
    async fn timeline_changes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose timeline.")] by: TimelineScope,
        #[graphql(
            desc = "Only what comes behind this cursor: that of a change, or `Log.changesCursor`."
        )]
        after: Option<String>,
    ) -> Result<impl Stream<Item = TimelineChange> + use<>> {
        let told = match context.data_unchecked::<Tune>() {
            Tune::Telling(change) => Some(change.clone()),
            Tune::Opening(opening) => {
                let after = opening.resume.clone().or(after);
                let opened = opened(context, by, after.as_deref(), opening.replay_events)?;
                // A subscription has one field, so this is empty; validation says so where it has several.
                let _ = opening.found.set(opened);
                None
            }
        };
        Ok(stream::iter(told.map(TimelineChange)))
    }
}

fn opened(
    context: &Context<'_>,
    by: TimelineScope,
    after: Option<&str>,
    replay_events: u64,
) -> Result<Opened, FieldError> {
    let view = view(context);
    let scope = by.within(view)?.ok_or_else(|| {
        FieldError::bad_input("the registry has no such official or topic, so nothing can change")
    })?;
    let after: Option<Place> = after.map(|it| List::Changes.key(it)).transpose()?;
    let reached = view.position().map_or(0, dateline_event::Position::get);
    if let Some(after) = after {
        let from = after.position();
        if from > reached {
            let message =
                format!("the cursor stands at position {from}, the view has reached {reached}");
            return Err(FieldError::new(ErrorCode::UnknownPosition, message));
        }
        if reached - from > replay_events {
            let message = format!(
                "the cursor stands {} events ago, at most {replay_events} are replayed",
                reached - from
            );
            return Err(FieldError::new(ErrorCode::ExpiredCursor, message));
        }
    }
    Ok(Opened { scope, after })
}
