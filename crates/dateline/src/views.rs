//! Puts the projector on a log: which annotator, how many threads, and which failure ends the program how.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use dateline_event::Position;
use dateline_log::LogReader;
use dateline_projector::{FollowError, Projector, Standard, View};

use crate::exit::{Exit, Failure};
use crate::{snapshots, store};

/// Events that are worth a new snapshot when a command had to take them in.
const WORTH_SAVING_EVENTS: u64 = 5_000;

/// A projector over `log` that has read nothing yet, with the annotator of this program and all cores.
pub(crate) fn projector(log: Arc<dyn LogReader>) -> Projector {
    Projector::new(log, Arc::new(Standard), threads())
}

/// A projector over the log in `data` that goes on from what was saved there.
pub(crate) fn saved_projector(data: &Path, log: Arc<dyn LogReader>) -> Projector {
    snapshots::projector(data, log, threads())
}

/// All cores.
pub(crate) fn threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// The view of all of `log`, which is the one in `data`.
pub(crate) fn of_log(data: &Path, log: Arc<dyn LogReader>) -> Result<Arc<View>, Failure> {
    let mut projector = saved_projector(data, log);
    let number = |it: Option<Position>| it.map_or(0, Position::get);
    let before = number(projector.views().current().position());
    let after = number(projector.catch_up().map_err(stopped)?);
    if after - before >= WORTH_SAVING_EVENTS {
        snapshots::save(&projector, data);
    }
    Ok(projector.views().current())
}

/// A projector that stopped: at an event it cannot read, or because the log cannot be read.
pub(crate) fn stopped(why: FollowError) -> Failure {
    match why {
        FollowError::Fold(why) => Failure::new(Exit::Damaged, why),
        FollowError::Read(why) => store::not_read(why),
    }
}
