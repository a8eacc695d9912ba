//! Who asks, what they may do, and how often.
//!
//! Without keys everybody may read and nobody may change anything. As soon as there is one, whoever asks has to name a key,
//! unless reading was left open. Only digests of keys are known here.

mod caller;
mod door;
mod key;
mod rate;

pub(crate) use caller::{Caller, Denied};
pub(crate) use door::{Door, Peer, TooOften, Watch};
pub use key::{Key, KeyScope, key_digest};
pub use rate::{RateLimit, RateLimits};
