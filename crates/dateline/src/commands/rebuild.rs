//! `dateline rebuild`: replays the log into a fresh view, says what it holds, and saves it; or says what another
//! registry would change.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use dateline_event::{Event, Position};
use dateline_projector::{Changes, Counts, Progress, RebuildError};
use serde_json::json;

use super::Outcome;
use crate::cli::RebuildArgs;
use crate::exit::{Exit, Failure};
use crate::output::{print, progress, tell};
use crate::print::changes_text;
use crate::{registry_files, snapshots, store, views};

/// Replays all of the log, or previews it.
pub(crate) fn run(args: &RebuildArgs, data: &Path) -> Outcome {
    if args.preview { preview(args, data) } else { rebuild(args, data) }
}

fn rebuild(args: &RebuildArgs, data: &Path) -> Outcome {
    let log = Arc::new(store::open_existing(data)?);
    let mut projector = views::projector(log);
    let start = Instant::now();
    let rebuilt = watched(|watch| projector.rebuild().run(watch))?;
    let seconds = start.elapsed().as_secs_f64();
    projector.adopt(rebuilt).map_err(views::stopped)?;
    let view = projector.views().current();
    show(args, view.position(), view.counts(), seconds)?;
    snapshots::save(&projector, data);
    Ok(Exit::Done)
}

/// Does a rebuild, and shows on a terminal how far it is.
fn watched<T>(
    work: impl FnOnce(&(dyn Fn(Progress) -> ControlFlow<()> + Sync)) -> Result<T, RebuildError>,
) -> Result<T, Failure> {
    let bar = progress(0, "");
    let done = work(&|it| {
        bar.set_message(it.step.as_str());
        bar.set_length(u64::try_from(it.total).unwrap_or(u64::MAX));
        bar.set_position(u64::try_from(it.done).unwrap_or(u64::MAX));
        ControlFlow::Continue(())
    });
    bar.finish_and_clear();
    done.map_err(|why| match why {
        RebuildError::Follow(why) => views::stopped(why),
        RebuildError::Cancelled(why) => Failure::new(Exit::Internal, why),
    })
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

/// Compares the view of the log with the one that there would be. Nothing is stored.
fn preview(args: &RebuildArgs, data: &Path) -> Outcome {
    let log = Arc::new(store::open_existing(data)?);
    let mut projector = views::saved_projector(data, log);
    projector.catch_up().map_err(views::stopped)?;
    let before = projector.views().current();
    let events = supposed(args)?;
    let after = watched(|watch| projector.suppose(&events, watch))?;
    let changes = Changes::between(&before, &after);
    if args.json {
        print(changes_text::as_json(&changes))?;
    } else {
        print(changes_text::as_text(&changes, &before, &after).trim_end())?;
    }
    Ok(Exit::Done)
}

/// The events that an import of the files would append.
fn supposed(args: &RebuildArgs) -> Result<Vec<Event>, Failure> {
    let mut events = Vec::new();
    let registry = args.with.as_deref().map(|it| (it, registry_files::registry(it)));
    let topics = args.with_topics.as_deref().map(|it| (it, registry_files::topics(it)));
    for (file, import) in registry.into_iter().chain(topics) {
        let import = import?;
        for warning in &import.warnings {
            tell(format_args!("warning: {}: {warning}", file.display()));
        }
        events.extend(import.events);
    }
    Ok(events)
}
