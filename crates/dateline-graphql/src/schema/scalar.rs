//! Scalars: positions, instants, days and EDTF dates, each a string with a fixed form.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use super::global_id::shortened;

/// A place in the log: a whole number from 1, written as a string, since numbers of JSON lose digits above 2^53.
pub(crate) struct Position(pub(crate) dateline_event::Position);

/// A place in the log: a whole number from 1, dense, in the order of appending. It is a string, since JSON numbers
/// lose digits above 2^53.
#[Scalar(name = "Position")]
impl ScalarType for Position {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text_of(value)?;
        let digits = text.bytes().all(|it| it.is_ascii_digit());
        match text.parse() {
            Ok(position) if digits => Ok(Self(position)),
            _ => {
                let found = shortened(&text);
                Err(InputValueError::custom(format!("`{found}` is not a whole number from 1")))
            }
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// An instant in UTC.
pub(crate) struct Instant(pub(crate) DateTime<Utc>);

/// An instant as RFC 3339 has it. Answers are in UTC and end in `Z`; another offset is accepted in arguments.
#[Scalar(name = "Instant", specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for Instant {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text_of(value)?;
        DateTime::parse_from_rfc3339(&text).map(|it| Self(it.to_utc())).map_err(|_| {
            let found = shortened(&text);
            InputValueError::custom(format!(
                "`{found}` is not an instant like 2024-07-17T09:30:00Z"
            ))
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// A day.
pub(crate) struct Date(pub(crate) NaiveDate);

/// A day of the calendar, as ISO 8601 has it: `2024-07-17`.
#[Scalar(name = "Date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text_of(value)?;
        let shaped = text.len() == 10;
        match text.parse() {
            Ok(day) if shaped => Ok(Self(day)),
            _ => {
                let found = shortened(&text);
                Err(InputValueError::custom(format!("`{found}` is not a day like 2024-07-17")))
            }
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A date that may lack its year, month or day, or an interval of two.
pub(crate) struct Edtf(pub(crate) dateline_event::date::Edtf);

/// A date that may lack its year, month or day, or an interval of two, in the Extended Date/Time Format (ISO 8601-2):
/// `2024`, `2024-07`, `2024-07-17`, `XXXX-07-17`, `2024-07-17T15:54`, `2024-05-27/2024-05-30`.
#[Scalar(name = "Edtf", specified_by_url = "https://www.loc.gov/standards/datetime/")]
impl ScalarType for Edtf {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text_of(value)?;
        text.parse().map(Self).map_err(|_| {
            let found = shortened(&text);
            InputValueError::custom(format!("`{found}` is not an EDTF date like 2024-07-17"))
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

fn text_of<T: async_graphql::InputType>(value: Value) -> Result<String, InputValueError<T>> {
    if let Value::String(text) = value {
        return Ok(text);
    }
    Err(InputValueError::expected_type(value))
}
