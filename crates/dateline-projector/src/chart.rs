//! How many entries there are, in all and for each day, week, month or year.

use std::ops::Range;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::page::{AsOf, Filter, Scope};
use crate::select::Selection;
use crate::slot::Place;
use crate::slots::{Direction, Past};
use crate::view::View;

/// The length of a bar in a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Interval {
    /// A day.
    Day,
    /// A week from Monday on (ISO 8601).
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

/// One bar of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// First day of the interval. With a filter by days it may lie before them.
    pub from: NaiveDate,
    /// Last day of the interval.
    pub to: NaiveDate,
    /// Entries that stand at these days; never zero. An imprecise date counts at its earliest day, as in the timeline.
    pub entries: usize,
}

/// The entries of a timeline, counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chart {
    /// One for each interval that has an entry, the newest first.
    pub bars: Vec<Bar>,
    /// Entries without any day, which stand at the end of a timeline.
    pub without_day: usize,
}

impl View {
    /// How many entries of the timeline of `scope` are left by `filter`, now or `as_of`.
    ///
    /// One timeline with a filter by days alone is counted without a walk; other filters take a step for each entry of
    /// the shortest timeline of those that the entries have to be in.
    pub fn count(&self, scope: &Scope, filter: &Filter, as_of: Option<AsOf>) -> usize {
        let selection = self.selection(scope, filter, as_of);
        selection.map_or(0, |it| it.count(it.range.clone()))
    }

    /// The entries that [`View::count`] counts, for each interval. A timeline with a filter by days alone costs some
    /// steps for each bar, however many entries it stands for.
    pub fn chart(
        &self,
        scope: &Scope,
        filter: &Filter,
        as_of: Option<AsOf>,
        interval: Interval,
    ) -> Chart {
        let Some(selection) = self.selection(scope, filter, as_of) else { return Chart::default() };
        let dated = selection.range.start..selection.range.end.min(Place::start_of_undated());
        let bars = match selection.plain() {
            Some(_) => selection.bars_by_leaps(interval, dated.clone()),
            None => selection.bars_by_steps(interval, dated.clone()),
        };
        let without_day =
            selection.count(dated.end.max(selection.range.start)..selection.range.end);
        Chart { bars, without_day }
    }
}

impl Selection<'_> {
    /// How many entries stand in `range`.
    fn count(&self, range: Range<Place>) -> usize {
        let Some(timeline) = self.plain() else { return self.places(range).count() };
        let Some(as_of) = self.as_of else { return timeline.current.count(range, None) };
        let past = Past { until: as_of.get(), counted: &|it| self.counted(it) };
        let superseded = self.past(Direction::Forward, range.clone()).count();
        timeline.current.count(range, Some(&past)) + superseded
    }

    /// The places in `range` at which an entry stands, in order; twice where two readings of a story do.
    fn places(&self, range: Range<Place>) -> impl Iterator<Item = Place> {
        let end = range.end;
        let current = self.current(Direction::Forward, Some(range.start));
        let mut current = current.take_while(move |it| *it < end).peekable();
        let mut past = self.past(Direction::Forward, range).map(|it| it.place).peekable();
        std::iter::from_fn(move || match (current.peek(), past.peek()) {
            (Some(a), Some(b)) if b < a => past.next(),
            (None, _) => past.next(),
            (Some(_), _) => current.next(),
        })
    }

    /// Finds the next entry, counts its interval, and goes on behind it.
    fn bars_by_leaps(&self, interval: Interval, dated: Range<Place>) -> Vec<Bar> {
        let mut bars = Vec::new();
        let mut rest = dated;
        while let Some(day) = self.places(rest.clone()).next().and_then(Place::day) {
            let (from, to) = interval.around(day);
            let end = Place::end_of(from).min(rest.end);
            let entries = self.count(Place::start_of(to).max(rest.start)..end);
            bars.push(Bar { from, to, entries });
            rest.start = end;
        }
        bars
    }

    fn bars_by_steps(&self, interval: Interval, dated: Range<Place>) -> Vec<Bar> {
        let mut bars: Vec<Bar> = Vec::new();
        for day in self.places(dated).filter_map(Place::day) {
            if let Some(bar) = bars.last_mut().filter(|it| it.from <= day) {
                bar.entries += 1;
            } else {
                let (from, to) = interval.around(day);
                bars.push(Bar { from, to, entries: 1 });
            }
        }
        bars
    }
}

impl Interval {
    /// First and last day of the interval that `day` is in.
    fn around(self, day: NaiveDate) -> (NaiveDate, NaiveDate) {
        let first = match self {
            Self::Day => return (day, day),
            Self::Week => {
                let monday = Days::new(day.weekday().num_days_from_monday().into());
                day.checked_sub_days(monday)
            }
            Self::Month => day.with_day(1),
            Self::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1),
        };
        let first = first.unwrap_or(day);
        let next = match self {
            Self::Day => None,
            Self::Week => first.checked_add_days(Days::new(7)),
            Self::Month => first.checked_add_months(Months::new(1)),
            Self::Year => first.checked_add_months(Months::new(12)),
        };
        (first, next.and_then(|it| it.pred_opt()).unwrap_or(day))
    }
}
