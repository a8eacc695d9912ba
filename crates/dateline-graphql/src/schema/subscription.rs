//! What clients can listen to.
//!
//! async-graphql executes a subscription field once, against data that was put on the request when it began. A feed
//! lives on while views come and go, so here a field is executed once to find out what it means ([`Tune::Opening`]),
//! and once for each item, with the view of that item ([`Tune::Telling`]). The feed itself is made outside of it, and
//! the same words serve all who ask the same.

#![expect(clippy::unused_async, reason = "async-graphql wants every resolver to be async")]

use std::sync::{Arc, OnceLock};

use async_graphql::{Context, Result};
use dateline_projector::{Filter, Scope};
use futures_util::{Stream, stream};

use super::change::TimelineChange;
use super::cursor::List;
use super::filter::TimelineFilter;
use super::rebuild::RebuildProgress;
use super::timeline::TimelineScope;
use super::view;
use crate::error::{ErrorCode, FieldError};
use crate::live::{Change, Place, RebuildState};

/// How a field of a subscription is to be answered.
#[derive(Debug, Clone)]
pub(crate) enum Tune {
    /// Find out what it means, and say nothing.
    Opening(Arc<Opening>),
    /// Say this, and nothing else.
    Telling(Change),
    /// Say how rebuilds stand, and nothing else.
    Rebuild(RebuildState),
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
pub(crate) enum Opened {
    /// The changes of a timeline.
    Changes(Listened),
    /// How rebuilds stand.
    Rebuilds,
}

/// Whose changes are listened to.
#[derive(Debug, Clone)]
pub(crate) struct Listened {
    pub(crate) scope: Scope,
    /// Which entries count.
    pub(crate) filter: Filter,
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
        #[graphql(desc = "Which of its entries; others come and go unsaid.")] filter: Option<
            TimelineFilter,
        >,
    ) -> Result<impl Stream<Item = TimelineChange> + use<>> {
        let told = match context.data_unchecked::<Tune>() {
            Tune::Telling(change) => Some(change.clone()),
            Tune::Rebuild(_) => None,
            Tune::Opening(opening) => {
                let after = opening.resume.clone().or(after);
                let filter = filter.unwrap_or_default().within(None, None)?;
                let (after, events) = (after.as_deref(), opening.replay_events);
                let opened = Opened::Changes(listened(context, by, filter, (after, events))?);
                // A subscription has one field, so this is empty; validation says so where it has several.
                let _ = opening.found.set(opened);
                None
            }
        };
        Ok(stream::iter(told.map(TimelineChange)))
    }

    /// How rebuilds of the view stand: at once, and whenever it is another than before, at most four times a second.
    async fn rebuild_progress(
        &self,
        context: &Context<'_>,
    ) -> Result<impl Stream<Item = RebuildProgress> + use<>> {
        let told = match context.data_unchecked::<Tune>() {
            Tune::Rebuild(state) => Some(state.clone()),
            Tune::Telling(_) => None,
            Tune::Opening(opening) => {
                // A subscription has one field, so this is empty.
                let _ = opening.found.set(Opened::Rebuilds);
                None
            }
        };
        Ok(stream::iter(told.map(RebuildProgress)))
    }
}

fn listened(
    context: &Context<'_>,
    by: TimelineScope,
    filter: Filter,
    (after, replay_events): (Option<&str>, u64),
) -> Result<Listened, FieldError> {
    let view = view(context);
    let scope = by.within(view)?.ok_or_else(|| {
        FieldError::bad_input("nothing is known by that name, so nothing can change")
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
    Ok(Listened { scope, filter, after })
}
