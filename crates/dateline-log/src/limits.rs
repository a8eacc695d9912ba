//! Every limit of the log, with its unit and the reason for its size.

/// Longest stored form of one event, in bytes of JSON. A story of 100,000 words fits; a page of
/// pictures does not.
pub const MAX_EVENT_BYTES: usize = 1024 * 1024;

/// Most events in one commit, and so in one append and in one block. A point read unpacks a whole
/// block.
pub const MAX_COMMIT_EVENTS: usize = 256;

/// Most bytes of JSON in one commit, and so in one append and in one block.
pub const MAX_COMMIT_BYTES: usize = 2 * 1024 * 1024;

/// Appends that may wait for the committer. A writer that finds the queue full waits for room in
/// it.
pub const QUEUE_LENGTH: usize = 1024;

/// Bytes of unpacked blocks that are kept for point reads.
pub const BLOCK_CACHE_BYTES: usize = 16 * 1024 * 1024;

/// Bytes of pages that sled may keep in memory. Its own default is 1 GB.
pub const SLED_CACHE_BYTES: u64 = 32 * 1024 * 1024;

/// Bytes that the envelope of one event adds to its payload and names in the stored form, at most:
/// the names of the attributes, four times, ids, and times. Used to check a limit before an event
/// has its position.
pub(crate) const ENVELOPE_BYTES: usize = 700;
