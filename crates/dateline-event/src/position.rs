//! Places in the log, and what a writer believes about the end of a stream.

use std::fmt;
use std::num::{NonZeroU64, ParseIntError};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A place in the log: dense, from 1, in append order. It is not a count of bytes and never a
/// version of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(NonZeroU64);

impl Position {
    /// The position of the first event of every log.
    pub const FIRST: Self = Self(NonZeroU64::MIN);

    /// The position `value`, or `None` for zero, which no event has.
    pub const fn new(value: u64) -> Option<Self> {
        match NonZeroU64::new(value) {
            Some(value) => Some(Self(value)),
            None => None,
        }
    }

    /// The position as a number, from 1.
    pub const fn get(self) -> u64 {
        self.0.get()
    }

    /// The position behind this one.
    ///
    /// # Panics
    /// At position 2^64 - 1, which a log that appends a million events a second reaches after 580,000 years.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add(1).expect("a log never holds 2^64 events"))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Position {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// What a writer believes the end of its stream is. An append whose belief is wrong is refused and
/// writes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedPosition {
    /// The writer does not care.
    Any,
    /// The stream has no event yet.
    NoneYet,
    /// The last event of the stream stands at this position of the log.
    At(Position),
}

impl fmt::Display for ExpectedPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any position"),
            Self::NoneYet => f.write_str("no event yet"),
            Self::At(position) => write!(f, "position {position}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_start_at_one_and_leave_no_gap() {
        assert_eq!(Position::new(0), None);
        assert_eq!(Position::new(1), Some(Position::FIRST));
        assert_eq!(Position::FIRST.next().get(), 2);
        assert!(Position::FIRST < Position::FIRST.next());
    }

    #[test]
    fn zero_is_no_position_in_any_form() {
        assert!("0".parse::<Position>().is_err());
        assert!(serde_json::from_str::<Position>("0").is_err());
        assert_eq!("7".parse::<Position>().unwrap().to_string(), "7");
    }

    #[test]
    fn a_belief_about_a_stream_reads_as_a_phrase() {
        let believed = [
            ExpectedPosition::Any,
            ExpectedPosition::NoneYet,
            ExpectedPosition::At(Position::FIRST),
        ];
        let phrases = believed.map(|it| it.to_string());
        assert_eq!(phrases, ["any position", "no event yet", "position 1"]);
    }
}
