//! The running digest over all events of a log. Two logs with the same head of the chain hold the
//! same events in the same order, however they were cut into commits.

use std::fmt;

use dateline_event::cloud_event;

/// Bytes of a digest (BLAKE3).
pub(crate) const DIGEST_BYTES: usize = 32;

/// The digest of everything up to one position. Its text is 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainHead([u8; DIGEST_BYTES]);

impl ChainHead {
    /// The chain of a log that holds nothing.
    pub const EMPTY: Self = Self([0; DIGEST_BYTES]);

    /// The chain after one more event: BLAKE3 over this chain, the digest of what the writer of the
    /// event encoded, and what the log closed its line with.
    #[must_use]
    pub(crate) fn after(self, event: &EventDigest, closing: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.0);
        hasher.update(&event.0);
        hasher.update(closing.as_bytes());
        Self(*hasher.finalize().as_bytes())
    }

    /// The chain after the event of a stored line, given without its line end.
    #[must_use]
    pub(crate) fn after_line(self, line: &str) -> Self {
        let (event, closing) = cloud_event::part(line).unwrap_or((line, ""));
        self.after(&EventDigest::of(event), closing)
    }

    pub(crate) const fn from_bytes(bytes: [u8; DIGEST_BYTES]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; DIGEST_BYTES] {
        &self.0
    }
}

/// The digest of an event as its writer encoded it, before it has its position. Writers make it
/// beside each other, so that the chain, which is made one event after the other, costs little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EventDigest([u8; DIGEST_BYTES]);

impl EventDigest {
    /// The digest of an open line.
    pub(crate) fn of(open: &str) -> Self {
        Self(*blake3::hash(open.as_bytes()).as_bytes())
    }
}

impl fmt::Display for ChainHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
