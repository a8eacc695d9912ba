//! Places in the changes of the log, by which a live feed goes on where it was left.

use std::fmt;
use std::str::FromStr;

use dateline_event::Position;

/// A place in the changes that events brought about: behind the `nth` story that the event at `position` is about, or
/// behind all of it. One place is good for every timeline, since it counts stories of events and not entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    /// Zero before the first event.
    position: u64,
    nth: u32,
}

/// Stands for all that an event is about.
const ALL: u32 = u32::MAX;

impl Place {
    /// Behind everything that the log says up to `position`.
    pub(crate) fn behind(position: Option<Position>) -> Self {
        Self { position: position.map_or(0, Position::get), nth: ALL }
    }

    /// Behind the `nth` story, counted from zero, of the event at `position`.
    pub(crate) fn behind_story(position: Position, nth: usize) -> Self {
        let nth = u32::try_from(nth).map_or(ALL - 1, |it| it.saturating_add(1).min(ALL - 1));
        Self { position: position.get(), nth }
    }

    /// The last event of which everything lies before this place; `None` where there is none.
    pub(crate) const fn whole(self) -> Option<Position> {
        Position::new(if self.nth == ALL { self.position } else { self.position.saturating_sub(1) })
    }

    /// The event that it stands in or behind; zero before the first one.
    pub(crate) const fn position(self) -> u64 {
        self.position
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.position)?;
        if self.nth == ALL { Ok(()) } else { write!(f, ":{}", self.nth) }
    }
}

/// A text that is no place.
#[derive(Debug)]
pub(crate) struct NoPlace;

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (position, nth) = match text.split_once(':') {
            Some((position, nth)) => (position, nth.parse().map_err(|_| NoPlace)?),
            None => (text, ALL),
        };
        let position = position.parse().map_err(|_| NoPlace)?;
        let place = Self { position, nth };
        // One text a place, so that a cursor that was tampered with is not taken.
        let is_place = position > 0 || nth == ALL;
        if is_place && place.to_string() == text { Ok(place) } else { Err(NoPlace) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_leads_back_from_its_text_and_stands_in_the_order_of_the_log() {
        let at = |it| Position::new(it).unwrap();
        let places = [
            Place::behind(None),
            Place::behind_story(at(1), 0),
            Place::behind_story(at(1), 1),
            Place::behind(Some(at(1))),
            Place::behind_story(at(2), 0),
        ];
        assert!(places.is_sorted());
        assert_eq!(places.map(|it| it.to_string()), ["0", "1:1", "1:2", "1", "2:1"]);
        assert_eq!(places.map(|it| it.to_string().parse::<Place>().unwrap()), places);
        assert_eq!(places.map(Place::whole), [None, None, None, Some(at(1)), Some(at(1))]);
    }

    #[test]
    fn what_is_no_place_is_refused() {
        for text in ["", "x", "1:", ":1", "01", "+1", "1:-1", "1:4294967295", "-1", "1:1:1", "0:1"]
        {
            assert!(text.parse::<Place>().is_err(), "{text}");
        }
    }
}
