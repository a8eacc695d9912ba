//! Infers the year of a day that is printed without one, where a stamp is missing too. It abstains
//! while two years remain, and without a tenure or the same day printed whole it infers nothing: a
//! weekday alone returns every five or six years.

use chrono::{Datelike, Weekday};
use dateline_event::date::printed::YearSaid;
use dateline_event::date::{Basis, Edtf};

use super::Reader;
use super::constraint::{Bound, Held};
use crate::annotation::{Evidence, Resolved};

/// More years than this are not listed: nothing narrows them.
const MAX_YEARS: usize = 40;

impl Reader<'_> {
    /// `date`, which has no year, with the one that remains; else as it is, with the years that do.
    pub(super) fn with_inferred_year(
        &self,
        date: Edtf,
        basis: Basis,
        evidence: Evidence,
    ) -> Resolved {
        let unresolved = Resolved {
            edtf: Some(date),
            basis: Some(basis),
            evidence: vec![evidence],
            ..Resolved::default()
        };
        if let Some(resolved) = self.same_day_elsewhere(date, &unresolved) {
            return resolved;
        }
        let held = self.held();
        if held.is_empty() {
            let how = "no year is printed, and no office named in the story bounds it".to_owned();
            return Resolved { how: Some(how), ..unresolved };
        }
        Search { date, weekday: self.weekday_of(date), held, bounds: self.bounds() }
            .narrow(self.first_year_of_offices(), unresolved)
    }

    /// The year of the same day where the story prints it whole.
    fn same_day_elsewhere(&self, date: Edtf, unresolved: &Resolved) -> Option<Resolved> {
        let same = |it: Edtf| {
            let year = it.start().calendar().year()?;
            let whole = date.in_year(year)?;
            let within = it.earliest()? <= whole.earliest()? && whole.latest()? <= it.latest()?;
            (within && it.precision() >= date.precision()).then_some(whole)
        };
        let whole = self.expressions.iter().filter(|it| !self.quoted.holds(it.range.start));
        let mut found = whole.filter_map(|it| Some((same(it.edtf)?, it.range.clone())));
        let (edtf, range) = found.next()?;
        if found.any(|it| it.0 != edtf) {
            return None;
        }
        let mut resolved = unresolved.clone();
        resolved.edtf = Some(edtf);
        resolved.basis = Some(Basis::Inferred);
        resolved.how =
            Some(format!("the story prints the same day as {}", self.text.get(range.clone())));
        resolved.evidence.push(self.evidence(range));
        Some(resolved)
    }

    /// The weekday that the story prints with the day that `date` starts on, with its words.
    fn weekday_of(&self, date: Edtf) -> Option<(Weekday, Evidence)> {
        let day = date.start().calendar();
        self.expressions.iter().find_map(|it| {
            let printed = it.edtf.start().calendar();
            let same = (printed.month(), printed.day()) == (day.month(), day.day());
            let weekday = it.weekday.filter(|_| same && it.year != YearSaid::Printed)?;
            Some((weekday, self.evidence(it.range.clone())))
        })
    }

    /// First and last year of which the registry knows who held one of the offices that the story
    /// names.
    fn first_year_of_offices(&self) -> impl Fn(&Held<'_>) -> Option<(i32, i32)> {
        |held| {
            let office = &held.tenures.first()?.office;
            let tenures = self.registry.tenures_in(office);
            let ends = tenures.flat_map(|it| [it.from, it.until]).flatten();
            let years: Vec<i32> = ends.filter_map(|it| it.start().calendar().year()).collect();
            Some((*years.iter().min()?, *years.iter().max()?))
        }
    }
}

/// A day without a year with all that narrows it.
struct Search<'a> {
    date: Edtf,
    weekday: Option<(Weekday, Evidence)>,
    held: Vec<Held<'a>>,
    bounds: Vec<Bound>,
}

impl Search<'_> {
    fn narrow(
        self,
        known_years: impl Fn(&Held<'_>) -> Option<(i32, i32)>,
        mut resolved: Resolved,
    ) -> Resolved {
        resolved.evidence.extend(self.weekday.iter().map(|it| it.1.clone()));
        resolved.evidence.extend(self.held.iter().map(|it| it.evidence.clone()));
        let tenures: Vec<&str> = self.held.iter().map(|it| it.words.as_str()).collect();
        let tenures = tenures.join(" and ");
        let Some(years) = self.years_of_tenures() else {
            resolved.how =
                Some(format!("no year is printed, and nothing bounds {tenures} on both sides"));
            return resolved;
        };
        let (left, bounds) = self.within_bounds(years);
        let by_weekday: Vec<i32> = left.iter().copied().filter(|it| self.is_weekday(*it)).collect();
        resolved.evidence.extend(bounds.iter().map(|it| it.evidence.clone()));
        let weekday = self.weekday_words(&known_years);
        let bounded: String = bounds.iter().map(|it| it.words()).collect();
        let leave = if self.held.len() > 1 { "leave" } else { "leaves" };
        let how = |left: &str| format!("{weekday}{tenures}{bounded} {leave} {left}");
        match by_weekday.as_slice() {
            [] => resolved.how = Some(how("no year")),
            [year] => {
                resolved.edtf = self.date.in_year(*year).or(resolved.edtf);
                resolved.basis = Some(Basis::Inferred);
                resolved.how = Some(how(&year.to_string()));
            }
            several => {
                resolved.how = Some(how(&listed(several)));
                resolved.years = several.to_vec();
            }
        }
        resolved
    }

    /// The years in which the day lies in all tenures; `None` where they do not bound it on both
    /// sides.
    fn years_of_tenures(&self) -> Option<Vec<i32>> {
        let first = self.held.iter().filter_map(Held::first_year).max()?;
        let last = self.held.iter().filter_map(Held::last_year).min()?;
        let in_tenures = |year: &i32| {
            self.date.in_year(*year).is_some_and(|day| self.held.iter().all(|it| it.covers(day)))
        };
        Some((first..=last).filter(in_tenures).take(MAX_YEARS).collect())
    }

    /// What of `years` the days leave that the story prints whole, and those of them that took a
    /// year away.
    fn within_bounds(&self, mut years: Vec<i32>) -> (Vec<i32>, Vec<&Bound>) {
        let mut used = Vec::new();
        for bound in &self.bounds {
            let fits = |year: &i32| {
                let day = self.date.in_year(*year);
                day.is_some_and(|day| bound.allows(day))
            };
            let left: Vec<i32> = years.iter().copied().filter(fits).collect();
            // A day that would leave nothing is background of another time, and says nothing of
            // this one.
            if !left.is_empty() && left.len() < years.len() {
                years = left;
                used.push(bound);
            }
        }
        (years, used)
    }

    fn is_weekday(&self, year: i32) -> bool {
        let day = self.date.in_year(year).and_then(Edtf::earliest);
        let weekday = self.weekday.as_ref().map(|it| it.0);
        weekday.is_none_or(|it| day.is_some_and(|day| day.weekday() == it))
    }

    /// "17 July is a Wednesday in 2013, 2019 and 2024; ", over the years of which the registry
    /// knows the office.
    fn weekday_words(&self, known_years: impl Fn(&Held<'_>) -> Option<(i32, i32)>) -> String {
        let spans = || self.held.iter().filter_map(&known_years);
        let (Some((weekday, _)), Some(first), Some(last)) =
            (&self.weekday, spans().map(|it| it.0).min(), spans().map(|it| it.1).max())
        else {
            return String::new();
        };
        let years: Vec<i32> = (first..=last).filter(|it| self.is_weekday(*it)).collect();
        let day = self.date.in_year(2000).and_then(Edtf::earliest);
        let day = day.map(|it| it.format("%-d %B").to_string()).unwrap_or_default();
        format!("{day} is a {} in {}; ", weekday_name(*weekday), listed(&years))
    }
}

impl Bound {
    /// Whether an event on `day` can be told beside this bound: what is past lies before it, what
    /// is to come behind.
    fn allows(&self, day: Edtf) -> bool {
        match (day.earliest(), day.latest()) {
            (Some(first), Some(_)) if !self.is_past => first <= self.day,
            (Some(_), Some(last)) => last >= self.day,
            _ => false,
        }
    }

    fn words(&self) -> String {
        let side = if self.is_past { "past" } else { "to come" };
        format!(" with {} told as {side}", self.day)
    }
}

fn listed(years: &[i32]) -> String {
    match years {
        [] => "no year".to_owned(),
        [one] => one.to_string(),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(i32::to_string).collect();
            format!("{} and {last}", first.join(", "))
        }
    }
}

const fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
