//! The day of the main event of a story.

use chrono::NaiveDate;
use dateline_event::date::printed::YearSaid;
use dateline_event::date::{Basis, Edtf};

use super::candidate::{Candidate, Said};
use super::stamp::{beside_stamp, weekday_day, word_day};
use super::{Reader, printed};
use crate::annotation::{Evidence, Resolved};
use crate::bracket::dated_bracket;

/// With a stamp, an event that is told lies at most this many days before it; what lies further
/// back is background.
const BACK_DAYS: i64 = 60;
/// With a stamp, an event that is announced lies at most this many days behind it.
const AHEAD_DAYS: i64 = 400;

/// A day to count from: the stamp of the page, else a dateline with its year.
struct Anchor {
    day: NaiveDate,
    evidence: Evidence,
}

impl Reader<'_> {
    pub(super) fn happened(&self) -> Resolved {
        // A line with date and place under the headline says when and where the event was.
        if let (Some(stamp), Some(_)) = (&self.story.published, &self.story.stamp_place) {
            return printed(whole(stamp.edtf), stamp.basis, Evidence::of_page(stamp));
        }
        let anchor = self.anchor();
        let candidates = self.candidates();
        let read = candidates.iter().find_map(|it| self.read_candidate(it, anchor.as_ref()));
        read.or_else(|| self.bracketed(anchor.as_ref()))
            .or_else(|| self.filed())
            .unwrap_or_default()
    }

    fn anchor(&self) -> Option<Anchor> {
        let filed = || self.story.dateline.as_ref().and_then(|it| it.date.as_ref());
        let stamp = self.story.published.as_ref().or_else(filed)?;
        let day = stamp.edtf.earliest().filter(|it| stamp.edtf.latest() == Some(*it))?;
        Some(Anchor { day, evidence: Evidence::of_page(stamp) })
    }

    fn read_candidate(&self, candidate: &Candidate, anchor: Option<&Anchor>) -> Option<Resolved> {
        let evidence = self.evidence(candidate.range.clone());
        let ahead = candidate.is_ahead;
        let (edtf, how) = match (&candidate.date, anchor) {
            (Said::Date(date, ..), None) if date.has_year() => {
                return Some(printed(whole(*date), Basis::Body, evidence));
            }
            (Said::Date(date, ..), None) => {
                return Some(self.with_inferred_year(*date, Basis::Body, evidence));
            }
            (Said::Word(_) | Said::Weekday(_), None) => return None,
            (Said::Date(date, ..), Some(anchor)) if date.has_year() => {
                let date = whole(*date);
                is_near(date, anchor.day).then_some(())?;
                return Some(printed(date, Basis::Body, evidence));
            }
            (Said::Date(date, said), Some(anchor)) => {
                (beside_stamp(*date, *said, anchor.day, ahead)?, "the year is that of")
            }
            (Said::Word(word), Some(anchor)) => (word_day(word, anchor.day)?, "counted from"),
            (Said::Weekday(day), Some(anchor)) => {
                (weekday_day(*day, anchor.day, ahead)?, "the nearest such day to")
            }
        };
        let anchor = anchor.filter(|it| is_near(edtf, it.day))?;
        Some(Resolved {
            edtf: Some(whole(edtf)),
            basis: Some(Basis::Body),
            how: Some(format!("{how} the printed date {}", anchor.day)),
            evidence: vec![evidence, anchor.evidence.clone()],
            years: Vec::new(),
        })
    }

    /// A date with a place in brackets, "(7 February 2025, Irvashen)", says when a speech was
    /// given.
    fn bracketed(&self, anchor: Option<&Anchor>) -> Option<Resolved> {
        let date = dated_bracket(self.text, &self.expressions)?.date;
        let evidence = self.evidence(date.range.clone());
        let is_day = date.edtf.earliest().is_some() && date.edtf.earliest() == date.edtf.latest();
        let fits = anchor.is_none_or(|it| is_near(date.edtf, it.day));
        (is_day && fits).then(|| printed(whole(date.edtf), Basis::Body, evidence))
    }

    /// The day of the dateline, where the text names none.
    fn filed(&self) -> Option<Resolved> {
        let filed = self.story.dateline.as_ref()?.date.as_ref()?;
        let evidence = Evidence::of_page(filed);
        if filed.edtf.has_year() {
            return Some(printed(whole(filed.edtf), Basis::Dateline, evidence));
        }
        let Some(anchor) = self.anchor() else {
            return Some(self.with_inferred_year(filed.edtf, Basis::Dateline, evidence));
        };
        let said = YearSaid::Nothing;
        let edtf = beside_stamp(filed.edtf, said, anchor.day, false)?;
        let mut resolved = printed(whole(edtf), Basis::Dateline, evidence);
        resolved.how = Some(format!("the year is that of the printed date {}", anchor.day));
        resolved.evidence.push(anchor.evidence);
        Some(resolved)
    }
}

/// Whether an event of that day can be what a story of `stamp` tells or announces.
fn is_near(date: Edtf, stamp: NaiveDate) -> bool {
    let days = |it: NaiveDate| (it - stamp).num_days();
    let (Some(first), Some(last)) = (date.earliest(), date.latest()) else { return false };
    days(last) >= -BACK_DAYS && days(first) <= AHEAD_DAYS
}

/// The days of a date, without the time of day.
fn whole(date: Edtf) -> Edtf {
    match date {
        Edtf::Date(it) => Edtf::day(it.calendar()),
        Edtf::Interval(..) => date,
    }
}
