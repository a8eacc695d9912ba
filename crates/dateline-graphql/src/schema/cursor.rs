//! Cursors: opaque to clients, bound to one list, and good as long as the log is: a cursor holds the place of an item
//! in the order of its list, so it stays valid when items come, go or change.
//!
//! The form is base64url (no padding) of a version byte, a byte for the kind of list, two bytes by which the list is
//! told from others of its kind, and the text of the key.

use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dateline_projector::Scope;

use super::global_id::{checksum, shortened};
use crate::error::{ErrorCode, FieldError};

const VERSION: u8 = 1;

/// Which list a cursor belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum List {
    /// The officials of the registry.
    Officials,
    /// The changes of all timelines: one cursor is good for each.
    Changes,
    /// The topics of the scheme.
    Topics,
    /// The timeline of the official with this id.
    OfficialTimeline(String),
    /// The timeline of the topic with this id.
    TopicTimeline(String),
    /// Another timeline, by its kind and id.
    OtherTimeline(String),
}

impl List {
    /// The timeline of `scope`.
    pub(crate) fn timeline(scope: &Scope) -> Self {
        match scope {
            Scope::Official(id) => Self::OfficialTimeline(id.to_string()),
            Scope::Topic(id) => Self::TopicTimeline(id.to_string()),
            Scope::Office(id) => Self::OtherTimeline(format!("office {id}")),
            Scope::Organisation(id) => Self::OtherTimeline(format!("organisation {id}")),
            Scope::Source(id) => Self::OtherTimeline(format!("source {id}")),
            Scope::Language(code) => Self::OtherTimeline(format!("language {code}")),
            Scope::Everything => Self::OtherTimeline("everything".to_owned()),
        }
    }

    fn head(&self) -> [u8; 4] {
        let (kind, of) = match self {
            Self::Officials => (b'O', ""),
            Self::Changes => (b'C', ""),
            Self::Topics => (b'T', ""),
            Self::OfficialTimeline(id) => (b'o', id.as_str()),
            Self::TopicTimeline(id) => (b't', id.as_str()),
            Self::OtherTimeline(id) => (b'x', id.as_str()),
        };
        let [low, high] = checksum(of.as_bytes());
        [VERSION, kind, low, high]
    }

    /// The cursor of the item of this list whose key has the text `key`.
    pub(crate) fn cursor(&self, key: &str) -> String {
        let mut bytes = self.head().to_vec();
        bytes.extend_from_slice(key.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The key in a cursor of this list.
    pub(crate) fn key<K: FromStr>(&self, cursor: &str) -> Result<K, FieldError> {
        let read = || {
            let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
            let key = bytes.strip_prefix(&self.head())?;
            std::str::from_utf8(key).ok()?.parse().ok()
        };
        read().ok_or_else(|| {
            let message = format!("`{}` is not a cursor of this list", shortened(cursor));
            FieldError::new(ErrorCode::BadCursor, message)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let cursor = List::OfficialTimeline("p-ket".into()).cursor("7");
        let list = List::OfficialTimeline("p-ket".into());
        assert_eq!(list.key::<u32>(&cursor), Ok(7));
        for other in [List::OfficialTimeline("p-lun".into()), List::Topics, List::Officials] {
            let error = other.key::<u32>(&cursor).unwrap_err();
            assert_eq!(error.to_string(), format!("`{cursor}` is not a cursor of this list"));
        }
    }

    #[test]
    fn a_malformed_cursor_is_refused() {
        for cursor in ["", "?", "AA", "AU8AAA", &"x".repeat(10_000)] {
            assert!(List::Officials.key::<u32>(cursor).is_err());
        }
    }
}
