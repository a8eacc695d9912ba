//! What reading a registry or a topic scheme gives: the events to append, and what was wrong on the
//! way.

use std::fmt;

use dateline_event::Event;

/// What a file of a registry or of a topic scheme says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    /// The facts, in the order of the file; equal files give equal lists.
    pub events: Vec<Event>,
    /// What was found wrong, in the order in which it was found. Nothing is left out without one of
    /// these.
    pub warnings: Vec<ImportWarning>,
}

/// One thing that is wrong in a file that could be read as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportWarning {
    /// Where, as a path in the JSON, such as `memberships[12].start_date`.
    pub at: String,
    /// What is wrong there, and what became of it.
    pub message: String,
}

impl fmt::Display for ImportWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}

impl Import {
    pub(crate) fn warn(&mut self, at: &str, message: impl Into<String>) {
        self.warnings.push(ImportWarning { at: at.to_owned(), message: message.into() });
    }
}

/// The JSON of a file, without the byte order mark that some editors put before it.
pub(crate) fn json_value(bytes: &[u8]) -> Result<serde_json::Value, serde_json::Error> {
    serde_json::from_slice(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
}

/// What JSON calls the kind of `value`, for messages.
pub(crate) const fn kind_of(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "a truth value",
        serde_json::Value::Number(_) => "a number",
        serde_json::Value::String(_) => "a text",
        serde_json::Value::Array(_) => "a list",
        serde_json::Value::Object(_) => "an object",
    }
}
