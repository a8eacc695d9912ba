//! An event with what surrounds it: before it is written ([`NewEvent`]) and as the log gives it
//! back ([`Envelope`]). Their JSON form stands in [`crate::cloud_event`].

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Where it stands in the log.
    pub position: Position,
    /// When the log took it, by the clock of the log's writer. It never goes back from one position
    /// to the next.
    pub recorded: DateTime<Utc>,
    /// The event.
    pub event: NewEvent,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::cloud_event::{OpenLine, closing, kind_of_line, part, recorded_text};

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
    fn a_line_that_the_log_closes_is_the_line_of_the_envelope() {
        let tail = ",\"recordedtime\":\"2025-03-01T10:00:01Z\",\"position\":\"5\"}";
        for data in [json!({"id": "cyber"}), json!(tail), json!({"a\nb": tail})] {
            let mut event = cloud_event();
            event["data"] = data;
            let envelope: Envelope = serde_json::from_value(event).unwrap();
            let open = OpenLine::of(&envelope.event);
            let closing = closing(&recorded_text(envelope.recorded), envelope.position);
            let line = format!("{}{closing}", open.as_str());
            assert_eq!(line, serde_json::to_string(&envelope).unwrap());
            assert_eq!(part(&line), Some((open.as_str(), closing.as_str())));
            assert!(line.len() <= open.most_bytes());
            assert_eq!(kind_of_line(&line), Some("topic.withdrawn"));
        }
    }

    #[test]
    fn a_line_of_another_make_does_not_tell_its_type_without_being_read() {
        for line in [
            "{ \"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"topic.withdrawn\"}",
            "{\"specversion\":\"1.0\",\"id\":\"1\\\"\",\"type\":\"topic.withdrawn\"}",
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"topic\\u002ewithdrawn\"}",
            "",
        ] {
            assert_eq!(kind_of_line(line), None, "{line}");
        }
    }

    #[test]
    fn data_is_kept_as_written() {
        let written = "{\"b\": 1.50,  \"a\": 2}";
        let payload = Payload::from_json(written.to_owned()).unwrap();
        assert_eq!(payload.as_json(), written);
        assert!(Payload::from_json("{} {}".to_owned()).is_err());
    }
}
