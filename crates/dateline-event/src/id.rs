//! Names of things: streams, stories, officials, offices, organisations, topics, sources.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

/// Longest name of a stream or of a thing in the registry, in bytes.
pub const MAX_ID_BYTES: usize = 200;

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdError {
    /// Nothing was given.
    #[error("an id is empty")]
    Empty,
    /// Longer than [`MAX_ID_BYTES`].
    #[error("the id `{start}…` has {bytes} bytes, at most {MAX_ID_BYTES} are allowed")]
    TooLong {
        /// The first characters of the id.
        start: String,
        /// Its whole length.
        bytes: usize,
    },
    /// White space or a control character, which would break lines and addresses.
    #[error(
        "the id `{id}` has the character {found:?}; white space and control characters are not allowed"
    )]
    Character {
        /// The id as given.
        id: String,
        /// The first character that is not allowed.
        found: char,
    },
}

fn checked(text: &str) -> Result<&str, IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.len() > MAX_ID_BYTES {
        return Err(IdError::TooLong { start: text.chars().take(24).collect(), bytes: text.len() });
    }
    match text.chars().find(|it| it.is_whitespace() || it.is_control()) {
        Some(found) => Err(IdError::Character { id: text.to_owned(), found }),
        None => Ok(text),
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes `text` as an id, unchanged. Refuses empty and overlong texts, white space and
            /// control characters.
            pub fn new(text: &str) -> Result<Self, IdError> {
                checked(text).map(|it| Self(it.into()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.into()
            }
        }
    };
}

text_id! {
    /// The events of one thing in the log, such as `story-7f3a…` or `official-p-42`. The `subject`
    /// of an envelope.
    StreamId
}
text_id! {
    /// A person who holds or held an office, as the registry names them.
    OfficialId
}
text_id! {
    /// A post that outlives its holders, as the registry names it.
    OfficeId
}
text_id! {
    /// An organisation, state or agency, as the registry names it.
    OrganisationId
}
text_id! {
    /// A subject of the topic scheme: a slug, or the end of a concept's address.
    TopicId
}
text_id! {
    /// Who publishes a page: a site or agency.
    SourceId
}

/// Identity of a story: a UUID of version 5 over what makes it the same story when it is read
/// again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoryId(Uuid);

/// Namespace of all names that dateline hashes into UUIDs (RFC 9562, version 5).
pub const NAMESPACE: Uuid = Uuid::from_u128(0x6e0d_31f0_4b5c_5a7e_9d0a_da7e_11e5_0001);

impl StoryId {
    /// The id for a name: equal names give equal ids, on every machine and in every version of
    /// dateline.
    pub fn of_name(name: &str) -> Self {
        Self(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
    }

    /// The id as a UUID.
    pub const fn uuid(self) -> Uuid {
        self.0
    }

    /// The id of these bytes, which are those of [`StoryId::uuid`].
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    /// The stream that holds the events of this story.
    pub fn stream(self) -> StreamId {
        StreamId(format!("story-{}", self.0).into())
    }
}

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for StoryId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_taken_unchanged_and_reads_back() {
        for text in ["p-42", "person/42", "Ильмангир", "a:b#c", &"x".repeat(MAX_ID_BYTES)]
        {
            let id = OfficialId::new(text).unwrap();
            assert_eq!(id.as_str(), text);
            let json = serde_json::to_string(&id).unwrap();
            assert_eq!(serde_json::from_str::<OfficialId>(&json).unwrap(), id);
        }
    }

    #[test]
    fn what_would_break_a_line_or_an_address_is_no_id() {
        assert_eq!(OfficialId::new(""), Err(IdError::Empty));
        for text in ["two words", "tab\there", "line\nend", "no\u{a0}break", "bell\u{7}"] {
            assert!(matches!(OfficeId::new(text), Err(IdError::Character { .. })), "{text:?}");
            assert!(serde_json::from_value::<OfficeId>(text.into()).is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_overlong_id_is_named_by_its_start_and_length() {
        let why = TopicId::new(&"ж".repeat(101)).unwrap_err();
        let start = "ж".repeat(24);
        assert_eq!(
            why.to_string(),
            format!("the id `{start}…` has 202 bytes, at most 200 are allowed")
        );
    }

    #[test]
    fn a_story_has_the_same_id_on_every_machine() {
        let id = StoryId::of_name("example.org/news/dam");
        assert_eq!(id.to_string(), "8e7f53a8-1c00-56b5-9555-3537a5918465");
        assert_eq!(id.stream().as_str(), format!("story-{id}"));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_ne!(id, StoryId::of_name("example.org/news/dam2"));
    }
}
