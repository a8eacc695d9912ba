//! The only place that reads the clock.

use chrono::{DateTime, SubsecRound as _, Utc};

/// The present moment, to the microsecond.
pub(crate) fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
