//! The messages of `graphql-transport-ws`, and the codes with which a connection is closed.

use async_graphql::ServerError;
use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::access::{Denied, TooOften};

/// The name of the protocol, as clients offer it.
pub(super) const PROTOCOL: &str = "graphql-transport-ws";

/// Longest id of an operation, in bytes. Clients use UUIDs or small numbers.
const MAX_ID_BYTES: usize = 128;

/// What a client may say.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Words {
    ConnectionInit {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Ping {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Pong {},
    Subscribe {
        id: String,
        payload: Value,
    },
    Complete {
        id: String,
    },
}

/// What a client said.
#[derive(Debug)]
pub(super) enum Said {
    /// It is there, and may say who it is: the value of `authorization`, as in the header of that name.
    Init(Option<String>),
    /// It wants to know whether we are.
    Ping(Option<Map<String, Value>>),
    /// It is still there.
    Pong,
    /// It begins an operation.
    Subscribe(String, Value),
    /// It ends an operation.
    Complete(String),
}

impl Said {
    /// Reads a message of the client.
    pub(super) fn read(text: &str) -> Result<Self, Close> {
        let words = serde_json::from_str(text).map_err(|_| Close::invalid())?;
        Ok(match words {
            Words::ConnectionInit { payload } => Self::Init(payload.and_then(authorization)),
            Words::Ping { payload } => Self::Ping(payload),
            Words::Pong {} => Self::Pong,
            Words::Subscribe { id, payload } => {
                if id.is_empty() || id.len() > MAX_ID_BYTES || !payload.is_object() {
                    return Err(Close::invalid());
                }
                Self::Subscribe(id, payload)
            }
            Words::Complete { id } => Self::Complete(id),
        })
    }
}

fn authorization(payload: Map<String, Value>) -> Option<String> {
    let mut fields = payload.into_iter();
    let found = fields.find(|(name, _)| name.eq_ignore_ascii_case("authorization"))?;
    if let Value::String(value) = found.1 { Some(value) } else { Some(String::new()) }
}

/// How an operation goes on.
#[derive(Debug)]
pub(super) enum Reply {
    /// An answer, as JSON.
    Next(Bytes),
    /// It failed, and is over.
    Errors(Vec<ServerError>),
    /// It is over.
    Complete,
}

impl Reply {
    /// Whether nothing comes behind it.
    pub(super) const fn is_last(&self) -> bool {
        matches!(self, Self::Errors(_) | Self::Complete)
    }

    /// The message of the operation `id`.
    pub(super) fn message(self, id: &str) -> Message {
        match self {
            Self::Next(answer) => {
                let mut bytes = br#"{"type":"next","id":"#.to_vec();
                bytes.extend_from_slice(json!(id).to_string().as_bytes());
                bytes.extend_from_slice(br#","payload":"#);
                bytes.extend_from_slice(&answer);
                bytes.push(b'}');
                let text = Utf8Bytes::try_from(Bytes::from(bytes));
                Message::Text(text.expect("JSON is UTF-8"))
            }
            Self::Errors(errors) => text(&json!({ "type": "error", "id": id, "payload": errors })),
            Self::Complete => text(&json!({ "type": "complete", "id": id })),
        }
    }
}

/// The answer to `connection_init`.
pub(super) fn acknowledged() -> Message {
    text(&json!({ "type": "connection_ack" }))
}

/// The answer to `ping`, with what it brought.
pub(super) fn pong(payload: Option<Map<String, Value>>) -> Message {
    match payload {
        Some(payload) => text(&json!({ "type": "pong", "payload": payload })),
        None => text(&json!({ "type": "pong" })),
    }
}

fn text(json: &Value) -> Message {
    Message::Text(json.to_string().into())
}

/// Why a connection is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Close {
    code: u16,
    reason: String,
}

impl Close {
    /// The service stops.
    pub(super) const GOING_AWAY: Self = Self { code: 1001, reason: String::new() };
    /// The message is larger than a request may be.
    pub(super) const TOO_BIG: Self = Self { code: 1009, reason: String::new() };

    /// A message that is none of the protocol.
    pub(super) fn invalid() -> Self {
        Self { code: 4400, reason: "Invalid message received".to_owned() }
    }

    /// An operation before the connection was acknowledged.
    pub(super) fn unauthorized() -> Self {
        Self { code: 4401, reason: "Unauthorized".to_owned() }
    }

    /// The caller may not come in, or no longer.
    pub(super) fn denied(why: &Denied) -> Self {
        // Where no key was named, naming one would help.
        let code = if matches!(why, Denied::NoKey(_)) { 4401 } else { 4403 };
        let reason = if code == 4401 { "Unauthorized" } else { "Forbidden" };
        Self { code, reason: reason.to_owned() }
    }

    /// The client asks too often.
    pub(super) fn too_often(why: TooOften) -> Self {
        Self { code: 4429, reason: format!("Too many requests; again in {} s", why.seconds()) }
    }

    /// The client does not speak the protocol.
    pub(super) fn other_protocol() -> Self {
        Self { code: 4406, reason: "Subprotocol not acceptable".to_owned() }
    }

    /// No `connection_init` in time.
    pub(super) fn init_timeout() -> Self {
        Self { code: 4408, reason: "Connection initialisation timeout".to_owned() }
    }

    /// An id that is in use.
    pub(super) fn id_in_use(id: &str) -> Self {
        // The reason of a close has at most 123 bytes.
        let shown: String = id.chars().take(20).collect();
        Self { code: 4409, reason: format!("Subscriber for {shown} already exists") }
    }

    /// A second `connection_init`.
    pub(super) fn init_again() -> Self {
        Self { code: 4429, reason: "Too many initialisation requests".to_owned() }
    }

    /// The message that closes the connection.
    pub(super) fn message(self) -> Message {
        Message::Close(Some(CloseFrame { code: self.code, reason: self.reason.into() }))
    }
}
