//! Puts the projector on a log: which annotator, how many threads, and which failure ends the program how.

use std::num::NonZeroUsize;
use std::sync::Arc;

use dateline_log::LogReader;
use dateline_projector::{FollowError, Projector, Standard, View};

use crate::exit::{Exit, Failure};
use crate::store;

/// A projector over `log` that has read nothing yet, with the annotator of this program and all cores.
pub(crate) fn projector(log: Arc<dyn LogReader>) -> Projector {
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    Projector::new(log, Arc::new(Standard), threads)
}

/// The view of all of `log`.
pub(crate) fn of_log(log: Arc<dyn LogReader>) -> Result<Arc<View>, Failure> {
    let mut projector = projector(log);
    projector.catch_up().map_err(stopped)?;
    Ok(projector.views().current())
}

/// A projector that stopped: at an event it cannot read, or because the log cannot be read.
pub(crate) fn stopped(why: FollowError) -> Failure {
    match why {
        FollowError::Fold(why) => Failure::new(Exit::Damaged, why),
        FollowError::Read(why) => store::not_read(why),
    }
}
