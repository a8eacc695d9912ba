//! The running digest over all events of a log. Two logs with the same head of the chain hold the
//! same events in the same order, however they were cut into commits.

use std::fmt;

/// Bytes of a digest (BLAKE3).
pub(crate) const DIGEST_BYTES: usize = 32;

/// The digest of everything up to one position. Its text is 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainHead([u8; DIGEST_BYTES]);

impl ChainHead {
    /// The chain of a log that holds nothing.
    pub const EMPTY: Self = Self([0; DIGEST_BYTES]);

    /// The chain after one more event, given the stored line of that event without its line end.
    #[must_use]
    pub(crate) fn after(self, line: &[u8]) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.0);
        hasher.update(line);
        Self(*hasher.finalize().as_bytes())
    }

    pub(crate) const fn from_bytes(bytes: [u8; DIGEST_BYTES]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; DIGEST_BYTES] {
        &self.0
    }
}

impl fmt::Display for ChainHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
