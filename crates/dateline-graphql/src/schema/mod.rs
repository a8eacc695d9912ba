//! The schema: what clients can ask, and how it is answered from one view.

mod activity;
mod appearance;
mod as_of;
mod change;
mod connection;
mod cursor;
mod date;
mod filter;
mod global_id;
mod in_order;
mod log;
mod mutation;
mod office;
mod official;
mod page;
mod query;
mod rebuild;
mod scalar;
mod search;
mod source;
mod statement;
mod story;
mod subscription;
mod timeline;
mod topic;

use std::sync::Arc;

use async_graphql::{Context, SDLExportOptions, ValidationMode};
use dateline_event::Position;
use dateline_projector::View;

use crate::error::ErrorCode;
use crate::http::ViewSource;
pub(crate) use change::change_cursor;
pub(crate) use global_id::shortened;
pub(crate) use mutation::{Executor, Mutation};
pub(crate) use query::Query;
pub(crate) use subscription::{Listened, Opened, Opening, Subscription, Tune};

/// The schema of the service.
pub(crate) type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// Levels of selection sets that async-graphql itself allows. The guard refuses earlier, so this acts only when it
/// fails to.
const LAST_RESORT_DEPTH: usize = 64;

/// What all resolvers of one request read: one view, and where the log stood when the request came.
#[derive(Clone)]
pub(crate) struct Moment {
    /// The view. It does not change while the request lasts.
    pub(crate) view: Arc<View>,
    /// The newest event of the log.
    pub(crate) head: Option<Position>,
    /// Where views come from, and what finds entries of them by words.
    pub(crate) views: Arc<dyn ViewSource>,
}

/// The schema, ready to execute. Each request brings its [`Moment`].
pub(crate) fn build(validation: ValidationMode) -> Schema {
    Schema::build(Query, Mutation, Subscription)
        .validation_mode(validation)
        .register_output_type::<ErrorCode>()
        .limit_recursive_depth(LAST_RESORT_DEPTH)
        .finish()
}

/// The schema in GraphQL's schema definition language, types, fields, arguments and enum values in the order of their
/// names. It is committed as `schema/schema.graphql`.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .use_space_ident();
    build(ValidationMode::Strict).sdl_with_options(options)
}

/// The moment at which a request is answered.
fn moment<'c>(context: &Context<'c>) -> &'c Moment {
    context.data_unchecked::<Moment>()
}

/// The view that answers a request.
fn view<'c>(context: &Context<'c>) -> &'c View {
    &moment(context).view
}
