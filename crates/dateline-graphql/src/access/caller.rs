//! Who asks: the holder of a key, or anybody.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

use super::key::{Key, KeyScope};

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(super) key: Option<Arc<Key>>,
    pub(super) anybody: Anybody,
}

/// What somebody without a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anybody {
    /// Read, since there are no keys; changes are off.
    Reads,
    /// Read, since that was left open.
    ReadsBesideKeys,
    /// Nothing.
    Nothing,
}

/// Why somebody may not do something. Its text is written for the client.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Denied {
    /// There is no key at all.
    #[error("changes are off, since the service has no keys; `dateline keys new` makes one")]
    Off,
    /// A key is wanted.
    #[error("this needs a key with the scope `{0}`, as `Authorization: Bearer KEY`")]
    NoKey(&'static str),
    /// Nobody has the key that was named.
    #[error("the service has no such key; it may have been revoked")]
    UnknownKey,
    /// The key is for something else.
    #[error("the key `{key}` lacks the scope `{scope}`")]
    LacksScope {
        /// Name of the key.
        key: String,
        /// What it lacks.
        scope: &'static str,
    },
}

impl Denied {
    /// Whether another key could help.
    pub(crate) const fn is_unauthenticated(&self) -> bool {
        matches!(self, Self::NoKey(_) | Self::UnknownKey)
    }
}

impl Caller {
    /// Whether this caller may do what `scope` is for.
    pub(crate) fn may(&self, scope: KeyScope) -> Result<(), Denied> {
        let word = scope.as_str();
        match (&self.key, self.anybody) {
            (Some(key), _) if key.scopes.iter().any(|it| [scope, KeyScope::Admin].contains(it)) => {
                Ok(())
            }
            (Some(key), _) => Err(Denied::LacksScope { key: key.name.clone(), scope: word }),
            (None, Anybody::Reads | Anybody::ReadsBesideKeys) if scope == KeyScope::Read => Ok(()),
            (None, Anybody::Reads) => Err(Denied::Off),
            (None, Anybody::ReadsBesideKeys | Anybody::Nothing) => Err(Denied::NoKey(word)),
        }
    }

    /// The name of the key, for the record; nobody without one changes anything.
    pub(crate) fn name(&self) -> &str {
        self.key.as_deref().map_or("nobody", |it| it.name.as_str())
    }

    /// Whether this caller may do anything at all.
    pub(crate) fn may_come_in(&self) -> Result<(), Denied> {
        if self.key.is_none() { self.may(KeyScope::Read) } else { Ok(()) }
    }
}

/// The key in a value of the header `Authorization`: `Bearer KEY`, or `Basic` with the key as the password, as readers of
/// feeds send it.
pub(super) fn key_of(header: &str) -> Option<String> {
    let (scheme, rest) = header.trim().split_once(' ')?;
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(rest).ok()?).ok()?;
    pair.split_once(':').map(|(_, password)| password.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(scopes: Option<&[KeyScope]>, anybody: Anybody) -> Caller {
        let key = scopes.map(|it| Key {
            name: "desk".to_owned(),
            digest: String::new(),
            scopes: it.to_vec(),
            made: chrono::DateTime::UNIX_EPOCH,
        });
        Caller { key: key.map(Arc::new), anybody }
    }

    #[test]
    fn a_key_allows_what_it_is_for_and_nothing_else() {
        for scope in KeyScope::ALL {
            let one = caller(Some(&[scope]), Anybody::Nothing);
            let allowed = KeyScope::ALL.into_iter().filter(|it| one.may(*it).is_ok());
            let wanted =
                if scope == KeyScope::Admin { KeyScope::ALL.to_vec() } else { vec![scope] };
            assert_eq!(allowed.collect::<Vec<_>>(), wanted);
        }
    }

    #[test]
    fn without_keys_everybody_reads_and_nobody_changes() {
        let open = caller(None, Anybody::Reads);
        assert_eq!(open.may(KeyScope::Read), Ok(()));
        assert_eq!(open.may(KeyScope::Editor), Err(Denied::Off));
        let beside = caller(None, Anybody::ReadsBesideKeys);
        assert_eq!(beside.may(KeyScope::Read), Ok(()));
        assert_eq!(beside.may(KeyScope::Editor), Err(Denied::NoKey("editor")));
        let closed = caller(None, Anybody::Nothing);
        assert_eq!(closed.may(KeyScope::Read), Err(Denied::NoKey("read")));
    }

    #[test]
    fn a_key_is_a_bearer_token_or_the_password_of_a_reader() {
        for (header, key) in [
            ("Bearer dlk_1", Some("dlk_1")),
            ("bearer  dlk_1 ", Some("dlk_1")),
            ("Basic cmVhZGVyOmRsa18x", Some("dlk_1")),
            ("Basic dlk_1", None),
            ("Digest dlk_1", None),
            ("dlk_1", None),
            ("", None),
        ] {
            assert_eq!(key_of(header).as_deref(), key, "{header}");
        }
    }
}
