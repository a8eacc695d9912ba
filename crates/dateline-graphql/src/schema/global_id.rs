//! Global ids: opaque to clients, and each names its type, so an id of another type is an error and not a miss.
//!
//! The form is base64url (RFC 4648, no padding) of a version byte, a byte for the type, the id of the registry or the
//! story, and two bytes by which a text that merely looks like one is told apart.

use async_graphql::ID;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::{ErrorCode, FieldError};

const VERSION: u8 = 0xd1;

/// Types that have a global id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Office,
    Official,
    Organisation,
    Story,
    Topic,
}

impl Kind {
    const ALL: [Self; 5] =
        [Self::Office, Self::Official, Self::Organisation, Self::Story, Self::Topic];

    const fn byte(self) -> u8 {
        match self {
            Self::Office => b'o',
            Self::Official => b'p',
            Self::Organisation => b'g',
            Self::Story => b's',
            Self::Topic => b't',
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::Office => "an office",
            Self::Official => "an official",
            Self::Organisation => "an organisation",
            Self::Story => "a story",
            Self::Topic => "a topic",
        }
    }
}

/// The global id of the thing that the registry or the log names `local`.
pub(crate) fn encode(kind: Kind, local: &str) -> ID {
    let mut bytes = vec![VERSION, kind.byte()];
    bytes.extend_from_slice(local.as_bytes());
    let check = checksum(&bytes);
    bytes.extend_from_slice(&check);
    ID(URL_SAFE_NO_PAD.encode(bytes))
}

/// Type and local id, where `id` is a global id.
pub(crate) fn decode(id: &str) -> Option<(Kind, String)> {
    let bytes = URL_SAFE_NO_PAD.decode(id).ok()?;
    let (named, check) = bytes.split_last_chunk::<2>()?;
    let (head, local) = named.split_first_chunk::<2>()?;
    let kind = Kind::ALL.into_iter().find(|it| [VERSION, it.byte()] == *head)?;
    let local = std::str::from_utf8(local).ok()?;
    (checksum(named) == *check).then(|| (kind, local.to_owned()))
}

/// The local id in `id`, which must be a global id of this type.
pub(crate) fn local(id: &str, wanted: Kind) -> Result<String, FieldError> {
    let (kind, local) = decode(id).ok_or_else(|| not_an_id(id))?;
    right_kind(id, kind, wanted).map(|()| local)
}

/// The local id that `id` means: that of a global id, else `id` itself, as the registry's own.
pub(crate) fn local_or_plain(id: &str, wanted: Kind) -> Result<String, FieldError> {
    match decode(id) {
        Some((kind, local)) => right_kind(id, kind, wanted).map(|()| local),
        None => Ok(id.to_owned()),
    }
}

/// The error for a text that is no global id.
pub(crate) fn not_an_id(id: &str) -> FieldError {
    FieldError::new(ErrorCode::BadId, format!("`{}` is not an id of this API", shortened(id)))
}

fn right_kind(id: &str, kind: Kind, wanted: Kind) -> Result<(), FieldError> {
    if kind == wanted {
        return Ok(());
    }
    let (found, wanted) = (kind.noun(), wanted.noun());
    let message = format!("`{}` is the id of {found}, wanted that of {wanted}", shortened(id));
    Err(FieldError::new(ErrorCode::BadId, message))
}

/// What may be repeated of a text that a client sent.
pub(crate) fn shortened(text: &str) -> String {
    const SHOWN: usize = 64;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// Fletcher's checksum with sums modulo 255.
pub(crate) fn checksum(bytes: &[u8]) -> [u8; 2] {
    let (low, high) = bytes.iter().fold((0_u16, 0_u16), |(low, high), byte| {
        let low = (low + u16::from(*byte)) % 255;
        (low, (high + low) % 255)
    });
    [low, high].map(|it| u8::try_from(it).expect("a remainder of 255 fits a byte"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_back_to_what_it_names() {
        for kind in Kind::ALL {
            let id = encode(kind, "p-ket");
            assert_eq!(decode(&id), Some((kind, "p-ket".to_owned())));
        }
    }

    #[test]
    fn ids_of_the_registry_are_not_taken_for_global_ones() {
        for plain in ["p-ket", "civil-defence", "0QAA", "", "0XAwcA"] {
            assert_eq!(decode(plain), None);
            assert_eq!(local_or_plain(plain, Kind::Official).unwrap(), plain);
        }
    }

    #[test]
    fn an_id_of_another_type_is_refused_by_name() {
        let topic = encode(Kind::Topic, "floods");
        let error = local_or_plain(&topic, Kind::Official).unwrap_err();
        let wanted = format!("`{}` is the id of a topic, wanted that of an official", *topic);
        assert_eq!(error.to_string(), wanted);
    }
}
