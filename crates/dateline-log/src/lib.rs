//! The one ordered list of all events: what it promises ([`EventLog`]), the log on disk
//! ([`SledLog`]), a log in memory for tests ([`MemoryLog`]), and the suite that every log passes
//! (`conformance`).
//!
//! It is not for what an event means: a payload goes in and comes out as the same JSON text.

mod admit;
mod append;
mod block;
mod chain;
#[cfg(feature = "conformance")]
pub mod conformance;
mod contract;
mod follow;
mod index;
pub mod limits;
mod memory;
mod read;
mod sled_log;
mod transfer;

pub use append::{AppendError, Refused, Unknown, Written};
pub use chain::ChainHead;
pub use contract::{Clock, EventLog, LogReader, LogWriter, NewEvents};
pub use follow::Follower;
pub use memory::MemoryLog;
pub use read::{Damage, Envelopes, Progress, ReadError, Verified};
pub use sled_log::{OpenError, SledLog};
pub use transfer::{
    Accept, BackupError, ExportError, ImportError, ImportLines, backup, export, import,
};
