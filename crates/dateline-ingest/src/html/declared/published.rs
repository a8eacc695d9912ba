//! The day of publication, chosen among all dates of a page by trust and agreement.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use dateline_event::date::Edtf;

use super::candidate::{Candidate, Setting, candidates};
use super::found::Found;
use super::refused::{self, Refused};
use super::region::Regions;
use crate::refused::{LAST_YEAR, last_day};

/// First year in which a page of the web can have been published.
const FIRST_YEAR: i32 = 1990;

/// Least trust with which a date is taken.
const LEAST_TRUST: i32 = 40;

/// Least trust with which a date tells the day of an instant of UTC where the page was made.
const LEAST_LOCAL_TRUST: i32 = 60;

/// How much less a date may be trusted that names the time of day too.
const LESS_TRUST_FOR_TIME: i32 = 30;

/// The day of publication and that of the last change, where the page tells.
#[derive(Debug, Default)]
pub(super) struct Dates {
    pub(super) published: Option<Found<Edtf>>,
    pub(super) modified: Option<Found<Edtf>>,
    /// Declared days that cannot be those of publication.
    pub(super) refused: Vec<Refused>,
}

/// Chooses among the dates of a page, none behind the day on which it was captured.
pub(super) fn dates(
    setting: &Setting<'_, '_>,
    regions: &mut Regions<'_, '_>,
    captured: Option<DateTime<Utc>>,
) -> Dates {
    let mut all = candidates(setting, regions);
    let last = last_day(captured);
    let can_be = |it: &Candidate| {
        (FIRST_YEAR..=LAST_YEAR).contains(&it.day.year()) && last.is_none_or(|last| it.day <= last)
    };
    let refused = refused::refused(setting, all.iter().filter(|it| !can_be(it)));
    all.retain(can_be);
    let published = choose(&all).filter(|it| it.trust >= LEAST_TRUST);
    let published = published.map(|it| local_day(&all, it));
    let published = published.map(|it| timed(&all, it).found(setting.works));
    let modified = all.iter().filter(|it| it.changed).max_by_key(|it| it.trust);
    let modified = modified.map(|it| it.found(setting.works));
    Dates { published, modified, refused }
}

/// What the page prints or its address names for `chosen`, where that is an instant of UTC: the day
/// there may be the one before or behind.
fn local_day<'a>(all: &'a [Candidate], chosen: &'a Candidate) -> &'a Candidate {
    let Some(clock) = chosen.edtf.start().clock().filter(|it| it.offset == Some(0)) else {
        return chosen;
    };
    let neighbour = |it: &Candidate| {
        let days = it.day.signed_duration_since(chosen.day).num_days();
        (days == -1 && clock.hour < 12) || (days == 1 && clock.hour >= 10)
    };
    let local = |it: &&Candidate| {
        let of_utc = it.edtf.start().clock().is_some_and(|it| it.offset == Some(0));
        !it.changed && !of_utc && it.trust >= LEAST_LOCAL_TRUST && neighbour(it)
    };
    let same_day = all.iter().any(|it| {
        it.day == chosen.day
            && it.trust >= LEAST_LOCAL_TRUST
            && it.edtf.start().clock().and_then(|it| it.offset) != Some(0)
    });
    let best = all.iter().filter(local).max_by_key(|it| it.trust);
    if same_day { chosen } else { best.unwrap_or(chosen) }
}

/// A candidate of the day of `chosen` that names the time of day too, where one is nearly as trusted.
fn timed<'a>(all: &'a [Candidate], chosen: &'a Candidate) -> &'a Candidate {
    let has_time = |it: &Candidate| it.edtf.start().clock().is_some();
    let as_good = |it: &&Candidate| {
        it.day == chosen.day
            && !it.changed
            && has_time(it)
            && it.trust + LESS_TRUST_FOR_TIME >= chosen.trust
    };
    if has_time(chosen) {
        return chosen;
    }
    all.iter().filter(as_good).rev().max_by_key(|it| it.trust).unwrap_or(chosen)
}

/// The most trusted candidate, its day's agreement with evidence of other kinds counted in.
fn choose(all: &[Candidate]) -> Option<&Candidate> {
    let mut best: Option<(i32, &Candidate)> = None;
    for it in all {
        let score = it.trust + agreement(all, it.day, it);
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, it));
        }
    }
    best.map(|it| it.1)
}

fn agreement(all: &[Candidate], day: NaiveDate, own: &Candidate) -> i32 {
    let kind = |it: &Candidate| std::mem::discriminant(&it.evidence);
    let mut kinds = Vec::new();
    for it in all.iter().filter(|it| it.day == day && it.trust >= LEAST_TRUST) {
        if kind(it) != kind(own) && !kinds.contains(&kind(it)) {
            kinds.push(kind(it));
        }
    }
    i32::try_from(kinds.len().min(3)).unwrap_or(0) * 6
}
