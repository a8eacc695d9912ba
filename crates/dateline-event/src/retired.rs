//! The steps from shapes of events that are no longer written to the shapes that followed them.
//!
//! A step knows two shapes, the retired one and the next, and works on plain JSON: it names no type of today, so it
//! stays as it is when the types change again. A shape that was retired long ago takes several steps.

use serde::de::Error as _;
use serde_json::{Error, Value, json};

use crate::event::EventKind;

/// Brings `data`, written as `version` of `kind`, up to the version that is written today.
pub(crate) fn upcast(kind: EventKind, version: u16, data: Value) -> Result<Value, Error> {
    (version..kind.version()).try_fold(data, |data, version| match (kind, version) {
        (EventKind::StoryReported | EventKind::StoryRevised, 1) => story_from_1_to_2(data),
        _ => Err(Error::custom("no such version was ever written")),
    })
}

/// Version 1 had the spans of the page alone: its body was the page's text there, joined by one line feed each. Its
/// dates were printed, all of them; version 2 knows some that are declared by a field.
fn story_from_1_to_2(mut data: Value) -> Result<Value, Error> {
    let wanted = || Error::custom("`content.pieces` is no list of spans");
    let pieces = data.pointer_mut("/content/pieces").ok_or_else(wanted)?;
    let mut start = 0_u64;
    for piece in pieces.as_array_mut().ok_or_else(wanted)? {
        let len = match piece.as_array().map(Vec::as_slice) {
            Some([from, until]) => {
                until.as_u64().zip(from.as_u64()).and_then(|it| it.0.checked_sub(it.1))
            }
            _ => None,
        };
        let end = len.and_then(|len| start.checked_add(len)).ok_or_else(wanted)?;
        *piece = json!({ "body": [start, end], "page": piece.take() });
        start = end.saturating_add(1);
    }
    for date in ["/content/published", "/content/dateline/date"] {
        if let Some(Value::Object(date)) = data.pointer_mut(date) {
            date.insert("field".to_owned(), Value::Null);
        }
    }
    Ok(data)
}
