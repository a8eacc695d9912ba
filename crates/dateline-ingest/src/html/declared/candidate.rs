//! Dates that may be the page's day of publication, each with how far it is trusted.

use std::ops::Range;

use chrono::NaiveDate;
use dateline_event::date::Edtf;

use super::address::{day_in_path, month_in_path};
use super::date_text::FieldOrder;
use super::found::{Evidence, Found};
use super::json_ld::Work;
use super::outline::Outline;
use super::region::Regions;
use super::{declared_dates, page_dates};

/// Most candidates that are weighed.
const MAX_CANDIDATES: usize = 1000;

/// Trust in the day in the page's address.
const TRUST_IN_ADDRESS: i32 = 97;

/// What a month in the page's address adds to trust in the dates of that month.
const MONTH_IN_ADDRESS: i32 = 15;

/// Days of one kind from which on they are those of a list.
const LEAST_LIST: usize = 4;

/// What that takes from trust in the first of a list, and in the others.
const IN_LIST: (i32, i32) = (8, 25);

/// A date that may be the day of publication.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) edtf: Edtf,
    pub(super) day: NaiveDate,
    pub(super) evidence: Evidence,
    pub(super) place: Place,
    /// How far it is trusted: 100 is sure, below 40 it is no more than a date.
    pub(super) trust: i32,
    /// Whether it is said to be the date of a change.
    pub(super) changed: bool,
}

/// Where a candidate stands.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// There in the markup, in bytes.
    Markup(Range<usize>),
    /// Under `key` of a work in JSON-LD; looked up when asked for, since that takes time.
    InWork { work: usize, key: &'static str },
}

/// What is known of a page before its dates are weighed.
pub(super) struct Setting<'a, 'b> {
    pub(super) markup: &'a str,
    pub(super) outline: &'b Outline<'a>,
    pub(super) works: &'b [Work<'a>],
    /// The page's own address.
    pub(super) address: Option<&'b Found<String>>,
    /// The headline, in words for comparing.
    pub(super) title: String,
    /// The place of the headline among the blocks of text.
    pub(super) headline: Option<usize>,
    pub(super) order: FieldOrder,
}

impl Candidate {
    /// A date of publication; `None` when its day is not known.
    pub(super) fn new(edtf: Edtf, evidence: Evidence, place: Place, trust: i32) -> Option<Self> {
        let day = edtf.earliest()?;
        Some(Self { edtf, day, evidence, place, trust, changed: false })
    }

    /// The date with its evidence.
    pub(super) fn found(&self, works: &[Work<'_>]) -> Found<Edtf> {
        let range = match &self.place {
            Place::Markup(range) => range.clone(),
            Place::InWork { work, key } => {
                works.get(*work).and_then(|it| it.said(key)).map_or(0..0, |it| it.range)
            }
        };
        Found { value: self.edtf, evidence: self.evidence.clone(), range }
    }
}

/// All candidates of a page.
pub(super) fn candidates(
    setting: &Setting<'_, '_>,
    regions: &mut Regions<'_, '_>,
) -> Vec<Candidate> {
    let mut all = Vec::new();
    declared_dates::gather(setting, regions, &mut all);
    page_dates::gather(setting, regions, &mut all);
    all.truncate(MAX_CANDIDATES);
    trust_lists_less(&mut all);
    weigh_address(setting, &mut all);
    all
}

/// Dates of one kind and standing on different days are those of a list of stories.
fn trust_lists_less(all: &mut [Candidate]) {
    let kind = |it: &Candidate| (std::mem::discriminant(&it.evidence), it.trust);
    let is_on_page =
        |it: &Candidate| matches!(it.evidence, Evidence::Datetime | Evidence::PageText);
    let mut days: Vec<_> = Vec::new();
    for it in all.iter().filter(|it| is_on_page(it)) {
        let entry = (kind(it), it.day);
        if !days.contains(&entry) {
            days.push(entry);
        }
    }
    for it in all.iter_mut().filter(|it| is_on_page(it)) {
        let own = kind(it);
        let mut of_kind = days.iter().filter(|it| it.0 == own);
        let is_first = of_kind.next().is_some_and(|first| first.1 == it.day);
        if of_kind.count() + 1 >= LEAST_LIST {
            it.trust -= if is_first { IN_LIST.0 } else { IN_LIST.1 };
        }
    }
}

/// The day in the page's address is a candidate; a month there speaks for the dates in it.
fn weigh_address(setting: &Setting<'_, '_>, all: &mut Vec<Candidate>) {
    let Some(address) = setting.address else { return };
    if let Some((edtf, written)) = day_in_path(&address.value) {
        let start = address.range.start;
        let within = setting.markup.get(address.range.clone()).and_then(|it| it.find(written));
        let range = within.map(|it| start + it..start + it + written.len());
        let place = Place::Markup(range.unwrap_or_else(|| address.range.clone()));
        all.extend(Candidate::new(edtf, Evidence::Address, place, TRUST_IN_ADDRESS));
    } else if let Some(month) = month_in_path(&address.value) {
        for it in all.iter_mut().filter(|it| it.edtf.to_string().starts_with(&month)) {
            it.trust += MONTH_IN_ADDRESS;
        }
    }
}
