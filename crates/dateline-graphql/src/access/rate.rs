//! How often somebody may ask: so many a second, and so many at once after a pause.
//!
//! It is the generic cell rate algorithm (ITU-T I.371): of each caller one instant is kept, until which what was asked
//! would fill an even stream. So a caller costs some bytes, however often it asks.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lru::LruCache;
use tokio::time::Instant;

/// Callers that are remembered; of more, those are forgotten that asked least lately.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(65_536).expect("not zero");

/// How often one caller may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests a second in the long run; zero for no limit.
    pub per_second: u32,
    /// Requests at once after a pause, at least 1.
    pub burst: u32,
}

/// How often callers may ask: WebSocket operations count like requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimits {
    /// The holder of a key, from wherever.
    pub key: RateLimit,
    /// Anybody without a key, by address; those of IPv6 by the first 64 bits, which one subscriber has.
    pub address: RateLimit,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            key: RateLimit { per_second: 1_000, burst: 5_000 },
            address: RateLimit { per_second: 200, burst: 1_000 },
        }
    }
}

/// Counts what callers ask.
#[derive(Debug)]
pub(super) struct Rate<C: Hash + Eq> {
    limit: RateLimit,
    until: Mutex<LruCache<C, Instant>>,
}

impl<C: Hash + Eq> Rate<C> {
    pub(super) fn new(limit: RateLimit) -> Self {
        Self { limit, until: Mutex::new(LruCache::new(REMEMBERED)) }
    }

    /// Counts a request of `caller` at `now`, or says how long to wait with it.
    pub(super) fn take(&self, caller: C, now: Instant) -> Result<(), Duration> {
        if self.limit.per_second == 0 {
            return Ok(());
        }
        let each = Duration::from_secs(1) / self.limit.per_second;
        let room = each.saturating_mul(self.limit.burst.max(1));
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        let filled = until.get(&caller).copied().unwrap_or(now).max(now) + each;
        let wait = (filled - now).saturating_sub(room);
        if wait.is_zero() {
            until.put(caller, filled);
            return Ok(());
        }
        Err(wait)
    }
}

/// Whom an address stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Subscriber(IpAddr);

impl From<IpAddr> for Subscriber {
    fn from(address: IpAddr) -> Self {
        let address = address.to_canonical();
        let IpAddr::V6(it) = address else { return Self(address) };
        let [a, b, c, d, ..] = it.segments();
        Self(IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_taken_and_then_an_even_stream() {
        let rate = Rate::new(RateLimit { per_second: 10, burst: 3 });
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        assert_eq!([0, 0, 0].map(|it| rate.take("a", at(it))), [Ok(()); 3]);
        assert_eq!(rate.take("a", at(0)), Err(Duration::from_millis(100)));
        assert_eq!(rate.take("a", at(40)), Err(Duration::from_millis(60)));
        assert_eq!(rate.take("b", at(40)), Ok(()));
        assert_eq!(rate.take("a", at(100)), Ok(()));
        assert_eq!(rate.take("a", at(100)), Err(Duration::from_millis(100)));
        assert_eq!([5_000; 3].map(|it| rate.take("a", at(it))), [Ok(()); 3]);
        assert!(rate.take("a", at(5_000)).is_err());
    }

    #[test]
    fn no_limit_is_none() {
        let rate = Rate::new(RateLimit { per_second: 0, burst: 0 });
        let now = Instant::now();
        assert!((0..10_000).all(|_| rate.take("a", now) == Ok(())));
    }

    #[test]
    fn the_addresses_of_one_subscriber_count_together() {
        let of = |it: &str| Subscriber::from(it.parse::<IpAddr>().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
