//! `dateline rebuild`: replays the log into fresh views and says what they hold.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use dateline_event::Position;
use dateline_projector::{Counts, RebuildError};
use serde_json::json;

use super::Outcome;
use crate::cli::RebuildArgs;
use crate::exit::{Exit, Failure};
use crate::output::{print, progress};
use crate::{store, views};

/// Replays all of the log. Views live in memory, so what this leaves behind is the proof that the log can be
/// replayed, and what a view of it holds.
pub(crate) fn run(args: &RebuildArgs, data: &Path) -> Outcome {
    let log = Arc::new(store::open_existing(data)?);
    let bar = progress(0, "");
    let start = Instant::now();
    let rebuilt = views::projector(log).rebuild().run(&|it| {
        bar.set_message(it.step.as_str());
        bar.set_length(u64::try_from(it.total).unwrap_or(u64::MAX));
        bar.set_position(u64::try_from(it.done).unwrap_or(u64::MAX));
        ControlFlow::Continue(())
    });
    bar.finish_and_clear();
    let rebuilt = rebuilt.map_err(|why| match why {
        RebuildError::Follow(why) => views::stopped(why),
        RebuildError::Cancelled(why) => Failure::new(Exit::Internal, why),
    })?;
    let view = rebuilt.view();
    show(args, view.position(), view.counts(), start.elapsed().as_secs_f64())?;
    Ok(Exit::Done)
}

fn show(
    args: &RebuildArgs,
    position: Option<Position>,
    counts: Counts,
    seconds: f64,
) -> Result<(), Failure> {
    if args.json {
        let position = position.map(|it| it.to_string());
        return print(json!({ "position": position, "counts": counts, "seconds": seconds }));
    }
    let events = position.map_or(0, Position::get);
    print(format_args!("{events} events replayed in {seconds:.2} s"))?;
    let Counts { stories, retracted, revisions, statements, .. } = counts;
    print(format_args!(
        "{stories} stories ({retracted} retracted), {revisions} texts, {statements} statements"
    ))?;
    let Counts { officials, organisations, offices, tenures, topics, .. } = counts;
    print(format_args!(
        "{officials} officials, {offices} offices in {organisations} organisations, {tenures} tenures, {topics} topics"
    ))
}
