//! Keys as they are stored.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What the holder of a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyScope {
    /// Ask, and listen.
    Read,
    /// Hand in pages and stories.
    Ingest,
    /// Retract stories, make rulings, keep registry and topics, and preview what that changes.
    Editor,
    /// All of it, and rebuilds.
    Admin,
}

impl KeyScope {
    /// All of them, the narrowest first.
    pub const ALL: [Self; 4] = [Self::Read, Self::Ingest, Self::Editor, Self::Admin];

    /// The word on the command line and in errors.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Ingest => "ingest",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }
}

/// A key as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// What its owner calls it; it stands in the events that it brought about.
    pub name: String,
    /// SHA-256 of the key, in hexadecimal digits. A key has 256 random bits, so nobody finds it by its digest.
    pub digest: String,
    /// What it allows. [`KeyScope::Admin`] allows all; the others allow what they say, and no scope includes another.
    pub scopes: Vec<KeyScope>,
    /// When it was made.
    pub made: DateTime<Utc>,
}

/// The digest by which a key is known: SHA-256 in hexadecimal digits.
pub fn key_digest(key: &str) -> String {
    Sha256::digest(key.as_bytes()).iter().fold(String::new(), |mut digits, byte| {
        // Writing to a string does not fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// Keys by their digests.
#[derive(Debug, Default)]
pub(super) struct Keys(HashMap<String, Arc<Key>>);

impl Keys {
    pub(super) fn new(keys: Vec<Key>) -> Self {
        Self(keys.into_iter().map(|it| (it.digest.clone(), Arc::new(it))).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key that `presented` is. It is looked up by its digest, so the time that this takes tells nothing of any key.
    pub(super) fn find(&self, presented: &str) -> Option<Arc<Key>> {
        self.0.get(&key_digest(presented)).map(Arc::clone)
    }

    /// Whether `key` is still there, with the same scopes.
    pub(super) fn has(&self, key: &Key) -> bool {
        self.0.get(&key.digest).is_some_and(|it| it.scopes == key.scopes)
    }
}
