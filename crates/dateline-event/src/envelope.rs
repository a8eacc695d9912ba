//! An event with what surrounds it: before it is written ([`NewEvent`]) and as the log gives it
//! back ([`Envelope`]).
//!
//! The JSON form is a CloudEvents 1.0 event with the extension attributes `position`,
//! `recordedtime`, `correlationid` and `causationid`. `position` is a string, since CloudEvents
//! integers end at 2^31.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::id::StreamId;
use crate::position::Position;

/// The JSON text of an event's data, kept as written: decoding it is the business of
/// [`crate::Event`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Payload(Box<RawValue>);

impl Payload {
    /// The JSON of `value`.
    pub fn of<T: Serialize>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::value::to_raw_value(value).map(Self)
    }

    /// Takes `json` as it is, after a check that it is one JSON value.
    pub fn from_json(json: String) -> Result<Self, serde_json::Error> {
        RawValue::from_string(json).map(Self)
    }

    /// The JSON text.
    pub fn as_json(&self) -> &str {
        self.0.get()
    }
}

impl PartialEq for Payload {
    fn eq(&self, other: &Self) -> bool {
        self.as_json() == other.as_json()
    }
}

impl Eq for Payload {}

/// An event that has not been written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Identity of the event; the same fact made twice has the same id.
    pub id: Uuid,
    /// The stream that it is appended to: what the event is about (`subject`).
    pub stream: StreamId,
    /// Type of the event, such as `story.reported`.
    pub kind: String,
    /// Version of the shape of `data`, from 1.
    pub version: u16,
    /// Who says so, as a URI reference: the source of a page, or the part of dateline that decided.
    pub source: String,
    /// When it was found out, in the words of whoever made the event; not when it was written.
    pub time: DateTime<Utc>,
    /// The run or request that this belongs to.
    pub correlation: Option<Uuid>,
    /// The event that led to this one.
    pub causation: Option<Uuid>,
    /// The fact.
    pub data: Payload,
}

/// An event as the log holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CloudEvent", into = "CloudEvent")]
pub struct Envelope {
    /// Where it stands in the log.
    pub position: Position,
    /// When the log took it, by the clock of the log's writer. It never goes back from one position
    /// to the next.
    pub recorded: DateTime<Utc>,
    /// The event.
    pub event: NewEvent,
}

#[derive(Serialize, Deserialize)]
struct CloudEvent {
    specversion: String,
    id: Uuid,
    #[serde(rename = "type")]
    kind: String,
    source: String,
    subject: StreamId,
    time: DateTime<Utc>,
    recordedtime: DateTime<Utc>,
    datacontenttype: String,
    dataschema: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    correlationid: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    causationid: Option<Uuid>,
    position: String,
    data: Payload,
}

const SPEC_VERSION: &str = "1.0";
const CONTENT_TYPE: &str = "application/json";
const SCHEMA: &str = "urn:dateline:event:";

impl From<Envelope> for CloudEvent {
    fn from(Envelope { position, recorded, event }: Envelope) -> Self {
        Self {
            specversion: SPEC_VERSION.to_owned(),
            id: event.id,
            dataschema: format!("{SCHEMA}{}:{}", event.kind, event.version),
            kind: event.kind,
            source: event.source,
            subject: event.stream,
            time: event.time,
            recordedtime: recorded,
            datacontenttype: CONTENT_TYPE.to_owned(),
            correlationid: event.correlation,
            causationid: event.causation,
            position: position.to_string(),
            data: event.data,
        }
    }
}

impl TryFrom<CloudEvent> for Envelope {
    type Error = String;

    fn try_from(it: CloudEvent) -> Result<Self, String> {
        if it.specversion != SPEC_VERSION {
            return Err(format!("specversion is `{}`, wanted `{SPEC_VERSION}`", it.specversion));
        }
        let version = it
            .dataschema
            .strip_prefix(SCHEMA)
            .and_then(|rest| rest.strip_prefix(it.kind.as_str()))
            .and_then(|rest| rest.strip_prefix(':'))
            .and_then(|version| version.parse().ok())
            .filter(|version| *version > 0)
            .ok_or_else(|| {
                format!(
                    "dataschema is `{}`, wanted `{SCHEMA}{}:` and a version",
                    it.dataschema, it.kind
                )
            })?;
        let position = it
            .position
            .parse()
            .map_err(|_| format!("position is `{}`, wanted a whole number from 1", it.position))?;
        let event = NewEvent {
            id: it.id,
            stream: it.subject,
            kind: it.kind,
            version,
            source: it.source,
            time: it.time,
            correlation: it.correlationid,
            causation: it.causationid,
            data: it.data,
        };
        Ok(Self { position, recorded: it.recordedtime, event })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn cloud_event() -> Value {
        json!({
            "specversion": "1.0",
            "id": "6e0d31f0-4b5c-5a7e-9d0a-da7e11e50002",
            "type": "topic.withdrawn",
            "source": "/topics",
            "subject": "topic-cyber",
            "time": "2025-03-01T10:00:00Z",
            "recordedtime": "2025-03-01T10:00:01Z",
            "datacontenttype": "application/json",
            "dataschema": "urn:dateline:event:topic.withdrawn:3",
            "position": "18446744073709551615",
            "data": {"id": "cyber", "reason": "Split."}
        })
    }

    fn refusal(field: &str, value: &str) -> String {
        let mut event = cloud_event();
        event[field] = json!(value);
        serde_json::from_value::<Envelope>(event).unwrap_err().to_string()
    }

    #[test]
    fn an_envelope_has_the_attributes_of_a_cloud_event_and_four_more() {
        let mut event = cloud_event();
        event["causationid"] = json!("6e0d31f0-4b5c-5a7e-9d0a-da7e11e50003");
        event["correlationid"] = json!("6e0d31f0-4b5c-5a7e-9d0a-da7e11e50004");
        let envelope: Envelope = serde_json::from_str(&event.to_string()).unwrap();
        assert_eq!(envelope.event.version, 3);
        assert_eq!(serde_json::to_value(&envelope).unwrap(), event);
    }

    #[test]
    fn a_position_beyond_every_integer_of_cloud_events_is_kept() {
        let envelope: Envelope = serde_json::from_str(&cloud_event().to_string()).unwrap();
        assert_eq!(envelope.position.get(), u64::MAX);
    }

    #[test]
    fn an_envelope_that_contradicts_itself_is_refused_with_what_was_found() {
        assert!(refusal("specversion", "0.3").contains("specversion is `0.3`, wanted `1.0`"));
        let start = "urn:dateline:event:topic";
        for end in [".recorded:3", ".withdrawn", ".withdrawn:0", ".withdrawn:-1", ".withdrawn:3.1"]
        {
            let schema = format!("{start}{end}");
            assert!(refusal("dataschema", &schema).contains(&format!("dataschema is `{schema}`")));
        }
        for position in ["0", "-1", "first", ""] {
            let message = refusal("position", position);
            assert!(message.contains(&format!("position is `{position}`")), "{message}");
        }
        assert!(refusal("subject", "two words").contains("white space"));
    }

    #[test]
    fn data_is_kept_as_written() {
        let written = "{\"b\": 1.50,  \"a\": 2}";
        let payload = Payload::from_json(written.to_owned()).unwrap();
        assert_eq!(payload.as_json(), written);
        assert!(Payload::from_json("{} {}".to_owned()).is_err());
    }
}
