//! The JSON form of an envelope: a CloudEvents 1.0 event with the extension attributes
//! `recordedtime`, `position`, `correlationid` and `causationid`.
//!
//! ```text
//! {"specversion":"1.0","id":…,"type":…,…,"data":{…}   ,"recordedtime":"…","position":"7"}
//! └──────────── OpenLine: known to the writer ─────┘   └── closing: known to the log ──┘
//! ```
//!
//! What only the log can say stands last, so that many writers encode their events beside each
//! other and the log adds some bytes to each.

use std::borrow::Cow;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

use crate::envelope::{Envelope, NewEvent, Payload};
use crate::id::StreamId;
use crate::position::Position;

const SPEC_VERSION: &str = "1.0";
const CONTENT_TYPE: &str = "application/json";
const SCHEMA: &str = "urn:dateline:event:";

/// Starts the part that the log adds. A payload may hold the same bytes, but never behind them.
const CLOSING_STARTS: &str = ",\"recordedtime\":\"";

/// An event as one line of JSON that is still open: without `recordedtime`, `position`, the closing
/// brace and the line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLine(String);

impl OpenLine {
    /// Encodes an event. White space of the payload that would break the line is replaced by
    /// spaces; inside of a JSON string there is none.
    ///
    /// # Panics
    /// Never: what cannot be encoded as JSON are maps with other keys than texts, and an event has
    /// none.
    pub fn of(event: &NewEvent) -> Self {
        let mut line = Vec::with_capacity(event.data.as_json().len() + USUAL_ATTRIBUTES_BYTES);
        serde_json::to_writer(&mut line, &Written::open(event)).expect("an event has no maps");
        line.pop();
        let mut line = String::from_utf8(line).expect("JSON is UTF-8");
        if line.contains('\n') || line.contains('\r') {
            line = line.replace(['\n', '\r'], " ");
        }
        Self(line)
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Bytes of the longest line that this can become.
    pub fn most_bytes(&self) -> usize {
        self.0.len() + MOST_CLOSING_BYTES
    }
}

/// Bytes that the attributes besides the data usually take, with those of the closing.
const USUAL_ATTRIBUTES_BYTES: usize = 512;

/// Bytes of the longest closing: a time to the nanosecond of the year 262,142 and 20 digits.
const MOST_CLOSING_BYTES: usize = 100;

/// Writes the time of recording as the lines of a log have it. Asked once for many events.
pub fn recorded_text(recorded: DateTime<Utc>) -> String {
    recorded.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// What ends the line of an event that was recorded at `recorded` (of [`recorded_text`]).
pub fn closing(recorded: &str, position: Position) -> String {
    format!("{CLOSING_STARTS}{recorded}\",\"position\":\"{position}\"}}")
}

/// Parts a line into what its writer knew and what the log added; `None` if it has no closing.
pub fn part(line: &str) -> Option<(&str, &str)> {
    line.rfind(CLOSING_STARTS).map(|at| line.split_at(at))
}

/// The type of the event in `line`, told by the place where [`OpenLine::of`] writes it; `None` where the line begins in
/// another way, and has to be read as a whole.
pub fn kind_of_line(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(LINE_STARTS)?;
    let (id, rest) = rest.split_once('"')?;
    // Neither holds anything that JSON would escape.
    let plain = |it: &str| it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-.".contains(&it));
    let kind = rest.strip_prefix(TYPE_STARTS)?.split_once('"')?.0;
    (plain(id) && plain(kind)).then_some(kind)
}

/// How a line begins up to the id of its event, and what stands between that and its type.
const LINE_STARTS: &str = "{\"specversion\":\"1.0\",\"id\":\"";
const TYPE_STARTS: &str = ",\"type\":\"";

/// The attributes in the order of their writing.
#[derive(Serialize)]
struct Written<'a> {
    specversion: &'static str,
    id: Uuid,
    #[serde(rename = "type")]
    kind: &'a str,
    source: &'a str,
    subject: &'a StreamId,
    time: DateTime<Utc>,
    datacontenttype: &'static str,
    dataschema: Schema<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correlationid: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    causationid: Option<Uuid>,
    data: &'a Payload,
    #[serde(skip_serializing_if = "Option::is_none")]
    recordedtime: Option<DateTime<Utc>>,
    /// A string, since CloudEvents integers end at 2^31.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<String>,
}

impl<'a> Written<'a> {
    fn open(event: &'a NewEvent) -> Self {
        Self {
            specversion: SPEC_VERSION,
            id: event.id,
            kind: &event.kind,
            source: &event.source,
            subject: &event.stream,
            time: event.time,
            datacontenttype: CONTENT_TYPE,
            dataschema: Schema { kind: &event.kind, version: event.version },
            correlationid: event.correlation,
            causationid: event.causation,
            data: &event.data,
            recordedtime: None,
            position: None,
        }
    }
}

struct Schema<'a> {
    kind: &'a str,
    version: u16,
}

impl Serialize for Schema<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{SCHEMA}{}:{}", self.kind, self.version))
    }
}

impl Serialize for Envelope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = Written {
            recordedtime: Some(self.recorded),
            position: Some(self.position.to_string()),
            ..Written::open(&self.event)
        };
        written.serialize(serializer)
    }
}

/// The attributes as read, in any order. Texts are borrowed where they stand in the line as they
/// are.
#[derive(Deserialize)]
struct Read<'a> {
    #[serde(borrow)]
    specversion: Cow<'a, str>,
    id: Uuid,
    #[serde(rename = "type")]
    kind: String,
    source: String,
    subject: StreamId,
    time: DateTime<Utc>,
    recordedtime: DateTime<Utc>,
    #[serde(borrow)]
    dataschema: Cow<'a, str>,
    #[serde(default)]
    correlationid: Option<Uuid>,
    #[serde(default)]
    causationid: Option<Uuid>,
    #[serde(borrow)]
    position: Cow<'a, str>,
    data: Payload,
}

impl<'de> Deserialize<'de> for Envelope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Read::deserialize(deserializer)?.envelope().map_err(de::Error::custom)
    }
}

impl Read<'_> {
    fn envelope(self) -> Result<Envelope, String> {
        if self.specversion != SPEC_VERSION {
            return Err(format!("specversion is `{}`, wanted `{SPEC_VERSION}`", self.specversion));
        }
        let version = self.version().ok_or_else(|| {
            format!(
                "dataschema is `{}`, wanted `{SCHEMA}{}:` and a version",
                self.dataschema, self.kind
            )
        })?;
        let position = self.position.parse().map_err(|_| {
            format!("position is `{}`, wanted a whole number from 1", self.position)
        })?;
        let event = NewEvent {
            id: self.id,
            stream: self.subject,
            kind: self.kind,
            version,
            source: self.source,
            time: self.time,
            correlation: self.correlationid,
            causation: self.causationid,
            data: self.data,
        };
        Ok(Envelope { position, recorded: self.recordedtime, event })
    }

    fn version(&self) -> Option<u16> {
        let rest = self.dataschema.strip_prefix(SCHEMA)?.strip_prefix(self.kind.as_str())?;
        rest.strip_prefix(':')?.parse().ok().filter(|version| *version > 0)
    }
}
