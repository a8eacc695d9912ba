//! An entry of a timeline in eight bytes: where it stands, and what a filter asks of it.
//!
//! ```text
//!   63        41 40                              5 4      0
//!   ┌───────────┬─────────────────────────────────┬────────┐
//!   │ day       │ position of the first report    │ traits │
//!   └───────────┴─────────────────────────────────┴────────┘
//!     newest first, what has no day last; later reports first
//! ```
//!
//! So a list of numbers in their order is a timeline in its order, and two timelines are compared by comparing
//! numbers. A story counts with one reading at a time, so day and first report tell its entries of one timeline apart.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use dateline_event::Position;

const TRAIT_BITS: u32 = 5;
const POSITION_BITS: u32 = 36;

/// Last position that a view can hold: 68,719,476,735, the limit of a slot.
pub(crate) const MAX_POSITION: u64 = (1 << POSITION_BITS) - 1;

/// Days of the common era up to the end of the year 9999, the last one that EDTF dates of dateline have.
const LAST_DAY: i32 = 3_652_059;

/// Stands in the place of the days for what has none.
const UNDATED: u64 = (1 << (u64::BITS - POSITION_BITS - TRAIT_BITS)) - 1;

/// Where an entry stands among all entries: its day and the position of the story's first report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place(u64);

impl Place {
    /// Behind every entry.
    pub(crate) const END: Self = Self(u64::MAX >> TRAIT_BITS);

    pub(crate) fn new(day: Option<NaiveDate>, reported_at: Position) -> Self {
        let newest = MAX_POSITION.saturating_sub(reported_at.get());
        Self((day_rank(day) << POSITION_BITS) | newest)
    }

    /// Where the entries of `day` begin.
    pub(crate) fn start_of(day: NaiveDate) -> Self {
        Self(day_rank(Some(day)) << POSITION_BITS)
    }

    /// Where the entries behind those of `day` begin.
    pub(crate) fn end_of(day: NaiveDate) -> Self {
        Self((day_rank(Some(day)) + 1) << POSITION_BITS)
    }

    /// Where the entries without a day begin.
    pub(crate) const fn start_of_undated() -> Self {
        Self(UNDATED << POSITION_BITS)
    }

    /// The place right behind it.
    pub(crate) const fn following(self) -> Self {
        Self(self.0 + 1)
    }

    /// The day; `None` for what has none.
    pub(crate) fn day(self) -> Option<NaiveDate> {
        let rank = self.0 >> POSITION_BITS;
        let rank = (rank != UNDATED).then_some(rank)?;
        NaiveDate::from_num_days_from_ce_opt(LAST_DAY.checked_sub(i32::try_from(rank).ok()?)?)
    }

    /// Position of the first report of the story.
    pub(crate) fn reported_at(self) -> Position {
        Position::new(MAX_POSITION - (self.0 & MAX_POSITION)).unwrap_or(Position::FIRST)
    }
}

fn day_rank(day: Option<NaiveDate>) -> u64 {
    let rank = |it: NaiveDate| u64::try_from(LAST_DAY.saturating_sub(it.num_days_from_ce()));
    day.map_or(UNDATED, |it| rank(it).unwrap_or(0).min(UNDATED - 1))
}

/// What an official does in an entry, and how: what filters ask for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Traits(u8);

impl Traits {
    pub(crate) const MENTIONED: Self = Self(1);
    pub(crate) const PARTICIPANT: Self = Self(2);
    pub(crate) const SPEAKER: Self = Self(3);
    pub(crate) const DIRECT: Self = Self(4);
    pub(crate) const INDIRECT: Self = Self(8);
    /// The story has another reading than this one, superseded or later.
    pub(crate) const AMENDED: Self = Self(16);

    const ROLE: u8 = 3;

    /// Both: the stronger part, and the statements of either.
    pub(crate) const fn with(self, other: Self) -> Self {
        let (a, b) = (self.0 & Self::ROLE, other.0 & Self::ROLE);
        let role = if a > b { a } else { b };
        Self(((self.0 | other.0) & !Self::ROLE) | role)
    }

    pub(crate) const fn has(self, bits: Self) -> bool {
        self.0 & bits.0 == bits.0
    }

    /// The strongest part: one of the three above, or none.
    pub(crate) const fn role(self) -> Self {
        Self(self.0 & Self::ROLE)
    }

    pub(crate) const fn byte(self) -> u8 {
        self.0
    }

    pub(crate) const fn of_byte(byte: u8) -> Self {
        Self(byte & 31)
    }
}

impl fmt::Debug for Traits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:05b}", self.0)
    }
}

/// A place with the traits of what stands there. Two slots of one place are of one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Slot(u64);

impl Slot {
    pub(crate) fn new(place: Place, traits: Traits) -> Self {
        Self((place.0 << TRAIT_BITS) | u64::from(traits.0))
    }

    pub(crate) const fn place(self) -> Place {
        Place(self.0 >> TRAIT_BITS)
    }

    pub(crate) fn traits(self) -> Traits {
        Traits::of_byte(u8::try_from(self.0 & 31).unwrap_or_default())
    }

    pub(crate) const fn number(self) -> u64 {
        self.0
    }

    pub(crate) const fn of_number(number: u64) -> Self {
        Self(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        let day = text.parse();
        assert!(day.is_ok(), "{text}");
        day.ok()
    }

    fn at(value: u64) -> Position {
        Position::new(value).unwrap()
    }

    #[test]
    fn places_are_in_the_order_of_a_timeline() {
        let order = [
            Place::new(day("9999-12-31"), at(7)),
            Place::new(day("2031-05-02"), at(MAX_POSITION)),
            Place::new(day("2031-05-02"), at(2)),
            Place::new(day("2031-05-01"), at(9)),
            Place::new(day("1000-01-01"), at(9)),
            Place::new(None, at(9)),
            Place::new(None, at(1)),
        ];
        assert!(order.is_sorted());
        assert!(order.iter().all(|it| *it < Place::END));
        assert!(Place::start_of_undated() < order[5] && order[4] < Place::start_of_undated());
        let (start, end) = (Place::start_of(day("2031-05-02").unwrap()), order[3]);
        assert!(start <= order[1] && order[2] < Place::end_of(day("2031-05-02").unwrap()));
        assert!(Place::end_of(day("2031-05-02").unwrap()) < end);
    }

    #[test]
    fn a_slot_says_what_was_put_into_it() {
        for day in [None, day("1000-01-01"), day("2031-05-02"), day("9999-12-31")] {
            let place = Place::new(day, at(4_000_000_123));
            let slot = Slot::new(place, Traits::SPEAKER.with(Traits::DIRECT));
            assert_eq!((slot.place().day(), slot.place().reported_at()), (day, at(4_000_000_123)));
            assert!(slot.traits().has(Traits::DIRECT) && !slot.traits().has(Traits::AMENDED));
            assert_eq!(slot.traits().role(), Traits::SPEAKER);
        }
    }

    #[test]
    fn the_stronger_part_of_two_stays() {
        let both = Traits::MENTIONED.with(Traits::INDIRECT).with(Traits::PARTICIPANT);
        assert_eq!(both.role(), Traits::PARTICIPANT);
        assert!(both.has(Traits::INDIRECT));
    }
}
