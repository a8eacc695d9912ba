//! Reads the fact out of an envelope, whichever version of its shape it was written in.

use serde::{Deserialize, Deserializer};
use thiserror::Error;

use crate::envelope::Envelope;
use crate::event::{Event, EventKind};
use crate::position::Position;
use crate::retired;

/// Why a stored event cannot be read. It stops a replay; an event is never skipped.
#[derive(Debug, Error)]
pub enum DecodeError {
    /// The type is not known to this program.
    #[error("the event at position {position} has the unknown type `{kind}` (version {version})")]
    UnknownKind {
        /// Where it stands.
        position: Position,
        /// Its type.
        kind: String,
        /// Its version.
        version: u16,
    },
    /// A later program wrote it.
    #[error(
        "the event at position {position} is `{kind}` version {version}, this program reads up to {known}"
    )]
    NewerVersion {
        /// Where it stands.
        position: Position,
        /// Its type.
        kind: EventKind,
        /// Its version.
        version: u16,
        /// The latest version that this program reads.
        known: u16,
    },
    /// The data does not have the shape of its type and version.
    #[error("the event at position {position} is no `{kind}` version {version}: {why}")]
    Shape {
        /// Where it stands.
        position: Position,
        /// Its type.
        kind: EventKind,
        /// Its version.
        version: u16,
        /// What is wrong, in the words of the JSON reader.
        why: serde_json::Error,
    },
}

impl Event {
    /// Reads the fact out of an envelope, bringing old shapes up to the present one.
    pub fn decode(envelope: &Envelope) -> Result<Self, DecodeError> {
        let (position, version) = (envelope.position, envelope.event.version);
        let Ok(kind) = envelope.event.kind.parse::<EventKind>() else {
            let kind = envelope.event.kind.clone();
            return Err(DecodeError::UnknownKind { position, kind, version });
        };
        let known = kind.version();
        if version > known {
            return Err(DecodeError::NewerVersion { position, kind, version, known });
        }
        let json = envelope.event.data.as_json();
        let event = if version == known {
            Self::present(kind, &mut serde_json::Deserializer::from_str(json))
        } else {
            serde_json::from_str(json)
                .and_then(|data| retired::upcast(kind, version, data))
                .and_then(|data| Self::present(kind, data))
        };
        event.map_err(|why| DecodeError::Shape { position, kind, version, why })
    }

    /// Reads data of the present shape of `kind`.
    fn present<'de, D: Deserializer<'de>>(kind: EventKind, data: D) -> Result<Self, D::Error> {
        fn read<'de, T: Deserialize<'de>, D: Deserializer<'de>>(data: D) -> Result<T, D::Error> {
            T::deserialize(data)
        }
        Ok(match kind {
            EventKind::StoryReported => Self::StoryReported(read(data)?),
            EventKind::StoryRevised => Self::StoryRevised(read(data)?),
            EventKind::StoryRetracted => Self::StoryRetracted(read(data)?),
            EventKind::StorySighted => Self::StorySighted(read(data)?),
            EventKind::OfficialRecorded => Self::OfficialRecorded(read(data)?),
            EventKind::OfficialWithdrawn => Self::OfficialWithdrawn(read(data)?),
            EventKind::OrganisationRecorded => Self::OrganisationRecorded(read(data)?),
            EventKind::OrganisationWithdrawn => Self::OrganisationWithdrawn(read(data)?),
            EventKind::OfficeRecorded => Self::OfficeRecorded(read(data)?),
            EventKind::OfficeWithdrawn => Self::OfficeWithdrawn(read(data)?),
            EventKind::TenureRecorded => Self::TenureRecorded(read(data)?),
            EventKind::TenureWithdrawn => Self::TenureWithdrawn(read(data)?),
            EventKind::TopicRecorded => Self::TopicRecorded(read(data)?),
            EventKind::TopicWithdrawn => Self::TopicWithdrawn(read(data)?),
            EventKind::RulingMade => Self::RulingMade(read(data)?),
        })
    }
}
