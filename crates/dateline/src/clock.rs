//! The only place that reads the clock.

use chrono::{DateTime, SubsecRound as _, Utc};

/// The present moment, to the microsecond.
pub(crate) fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}

/// A number that tells this process from others, for trace ids: the nanoseconds at which it was asked for.
pub(crate) fn instance() -> u64 {
    u64::try_from(Utc::now().timestamp_nanos_opt().unwrap_or_default()).unwrap_or_default()
}
