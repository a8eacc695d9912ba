//! What readers of registries do with tenures: the day after the last one, and offices that more people held at once
//! than there are seats.
//!
//! Only what is certain counts: a handover known to the month, where one ends and the next begins
//! in that month, is no overlap, and neither is a tenure of unknown start before its last day.
//! Acting holders stand in for somebody and never count.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use dateline_event::OfficeId;
use dateline_event::date::{Day, Edtf};
use dateline_event::registry::{Tenure, TenureKind};

use crate::import::Import;

/// How many may hold an office on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seats {
    AtMost(u64),
    Unlimited,
}

/// A tenure, where it was read, and its last day as the file has it.
pub(crate) struct Holding {
    pub(crate) at: String,
    pub(crate) tenure: Tenure,
    pub(crate) last: Option<Edtf>,
}

impl Holding {
    /// The first day on which the office was held for certain: where no start is known, the last
    /// day.
    fn surely_from(&self) -> NaiveDate {
        self.tenure.from.and_then(Edtf::latest).unwrap_or_else(|| self.surely_until())
    }

    /// The last day on which it was; [`NaiveDate::MAX`] where it is still held.
    fn surely_until(&self) -> NaiveDate {
        self.last.and_then(Edtf::earliest).unwrap_or(NaiveDate::MAX)
    }

    fn surely_held_on(&self, day: NaiveDate) -> bool {
        self.surely_from() <= day && day <= self.surely_until()
    }
}

/// Warns of each holding on whose first day the office had more full holders than seats.
pub(crate) fn warn(holdings: &[Holding], offices: &BTreeMap<OfficeId, Seats>, import: &mut Import) {
    let mut by_office: BTreeMap<&OfficeId, Vec<&Holding>> = BTreeMap::new();
    for holding in holdings.iter().filter(|it| it.tenure.kind == TenureKind::Full) {
        by_office.entry(&holding.tenure.office).or_default().push(holding);
    }
    for (office, mut held) in by_office {
        let Some(Seats::AtMost(seats)) = offices.get(office) else { continue };
        held.sort_by_key(|it| it.surely_from());
        for (index, holding) in held.iter().enumerate() {
            let day = holding.surely_from();
            let others: Vec<&&Holding> =
                held.iter().take(index).filter(|it| it.surely_held_on(day)).collect();
            let people: BTreeSet<_> = others.iter().map(|it| &it.tenure.official).collect();
            let again = people.contains(&holding.tenure.official);
            let count = u64::try_from(people.len()).unwrap_or(u64::MAX);
            if let Some(other) = others.first()
                && (again || count >= *seats)
            {
                import.warn(&holding.at, message(holding, other, *seats, day));
            }
        }
    }
}

fn message(holding: &Holding, other: &Holding, seats: u64, day: NaiveDate) -> String {
    let (office, official) = (&holding.tenure.office, &holding.tenure.official);
    let day = if day == NaiveDate::MAX { "this day".to_owned() } else { day.to_string() };
    if other.tenure.official == *official {
        return format!("`{official}` holds `{office}` on {day} by {} too; kept", other.at);
    }
    let holder = &other.tenure.official;
    let allowed = if seats == 1 { "one holder".to_owned() } else { format!("{seats} holders") };
    format!(
        "`{office}` allows {allowed}, on {day} `{holder}` ({}) and `{official}` hold it; kept",
        other.at
    )
}

/// The day after a day, the month after a month, the year after a year; `None` after the last year
/// there is.
pub(crate) fn after(last: Edtf) -> Option<Edtf> {
    let calendar = last.start().calendar();
    let next = last.latest()?.succ_opt().map(Day::of)?;
    let month = calendar.month().and(next.month());
    let day = calendar.day().and(next.day());
    Day::new(next.year(), month, day).map(Edtf::day)
}
