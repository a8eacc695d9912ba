//! Requests with an idempotency key, as the log itself remembers them: the correlation id of an event says which request
//! wrote it, and what that asked. So a request is known also after a kill between its write and its answer.
//!
//! The id is a UUID of version 8 (RFC 9562): 60 bits of a digest over the names of the API key and of the request, and 62
//! bits of one over what was asked.

use std::num::NonZeroUsize;

use dateline_event::story::digest;
use dateline_event::{NewEvent, Position, SourceId};
use dateline_graphql::{CommandError, Mandate, PageGiven, Written};
use lru::LruCache;
use uuid::Uuid;

/// Requests that are remembered, the latest ones.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(65_536).expect("not zero");

/// Where a UUID says its version and its variant.
const VERSION_BITS: u64 = 0xF000;
const VERSION_8: u64 = 0x8000;
const VARIANT_BITS: u64 = 0xC000_0000_0000_0000;
const VARIANT: u64 = 0x8000_0000_0000_0000;

/// A request that has an idempotency key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Request {
    name: u64,
    asked: u64,
}

impl Request {
    /// Pages that are handed in; `None` without an idempotency key.
    pub(super) fn of_pages(by: &Mandate, source: &SourceId, pages: &[PageGiven]) -> Option<Self> {
        Self::of(by, || {
            let mut asked = source.as_str().as_bytes().to_vec();
            for page in pages {
                let address = page.address.as_deref().unwrap_or_default();
                let captured = page.captured.map(|it| it.to_rfc3339()).unwrap_or_default();
                let parts = [page.name.as_bytes(), address.as_bytes(), captured.as_bytes()];
                for part in parts.into_iter().chain([page.bytes.as_slice()]) {
                    asked.extend_from_slice(&part.len().to_be_bytes());
                    asked.extend_from_slice(part);
                }
            }
            asked
        })
    }

    /// A fact that is recorded; `None` without an idempotency key.
    pub(super) fn of_fact(by: &Mandate, fact: &NewEvent) -> Option<Self> {
        // The id is made of stream, type and data.
        Self::of(by, || fact.id.as_bytes().to_vec())
    }

    fn of(by: &Mandate, asked: impl FnOnce() -> Vec<u8>) -> Option<Self> {
        let key = by.idempotency_key.as_deref()?;
        let name = number(format!("{}\n{key}", by.key).as_bytes());
        let asked = number(&asked());
        let (name, asked) = (name & !VERSION_BITS | VERSION_8, asked & !VARIANT_BITS | VARIANT);
        Some(Self { name, asked })
    }

    /// As it stands in the envelope of an event.
    pub(super) const fn correlation(self) -> Uuid {
        Uuid::from_u64_pair(self.name, self.asked)
    }

    /// The request that wrote an event with this correlation id, if one of the API did.
    pub(super) fn of_correlation(id: Uuid) -> Option<Self> {
        let (name, asked) = id.as_u64_pair();
        (name & VERSION_BITS == VERSION_8).then_some(Self { name, asked })
    }
}

/// The first 64 bits of a digest.
fn number(bytes: &[u8]) -> u64 {
    let digest = digest(bytes);
    let digits = digest.rsplit(':').next().and_then(|it| it.get(..16));
    digits.and_then(|it| u64::from_str_radix(it, 16).ok()).unwrap_or_default()
}

/// What requests wrote.
pub(super) struct Requests(LruCache<u64, Earlier>);

struct Earlier {
    asked: u64,
    last: Position,
    appended: usize,
}

impl Default for Requests {
    fn default() -> Self {
        Self(LruCache::new(REMEMBERED))
    }
}

impl Requests {
    /// Takes down that `request` wrote the event at `position`.
    pub(super) fn note(&mut self, request: Request, position: Position) {
        let Request { name, asked } = request;
        let earlier =
            self.0.get_or_insert_mut(name, || Earlier { asked, last: position, appended: 0 });
        earlier.last = position;
        earlier.appended += 1;
    }

    /// What `request` wrote when it was carried out before; `None` where it was not.
    pub(super) fn earlier(
        &mut self,
        request: Option<Request>,
    ) -> Result<Option<Written>, CommandError> {
        let Some(request) = request else { return Ok(None) };
        match self.0.get(&request.name) {
            None => Ok(None),
            Some(it) if it.asked != request.asked => Err(CommandError::KeyReused),
            Some(it) => {
                let (position, appended) = (Some(it.last), it.appended);
                Ok(Some(Written { position, appended, is_replayed: true }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mandate(key: &str, idempotency_key: Option<&str>) -> Mandate {
        Mandate { key: key.to_owned(), idempotency_key: idempotency_key.map(str::to_owned) }
    }

    fn request(by: &Mandate, text: &str) -> Option<Request> {
        let page = PageGiven {
            name: "a".to_owned(),
            address: None,
            captured: None,
            bytes: text.as_bytes().to_vec(),
        };
        Request::of_pages(by, &"toskar-news".parse().unwrap(), &[page])
    }

    #[test]
    fn a_request_is_read_back_out_of_the_correlation_of_its_events() {
        let request = request(&mandate("desk", Some("1")), "text").unwrap();
        let id = request.correlation();
        assert_eq!((id.get_version_num(), id.get_variant()), (8, uuid::Variant::RFC4122));
        assert_eq!(Request::of_correlation(id), Some(request));
        assert_eq!(Request::of_correlation(Uuid::new_v5(&Uuid::NAMESPACE_URL, b"other")), None);
    }

    #[test]
    fn a_request_is_known_by_who_asks_and_by_its_name_and_what_is_asked_must_be_the_same() {
        let mut requests = Requests::default();
        let at = |it| Position::new(it).unwrap();
        let first = request(&mandate("desk", Some("1")), "text");
        requests.note(first.unwrap(), at(7));
        requests.note(first.unwrap(), at(8));
        let written = Written { position: Some(at(8)), appended: 2, is_replayed: true };
        assert_eq!(requests.earlier(first), Ok(Some(written)));
        let other = request(&mandate("desk", Some("1")), "other text");
        assert_eq!(requests.earlier(other), Err(CommandError::KeyReused));
        for by in [mandate("desk", Some("2")), mandate("other", Some("1")), mandate("desk", None)] {
            assert_eq!(requests.earlier(request(&by, "text")), Ok(None));
        }
    }
}
