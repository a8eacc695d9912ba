//! Finds dates with a day in a line.

use std::ops::Range;
use std::sync::LazyLock;

use dateline_event::date::{Clock, Day, Edtf, Moment};
use regex::{Captures, Regex};

/// A date in a text.
pub(crate) struct Found {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    pub(crate) edtf: Edtf,
    pub(crate) weekday: bool,
    pub(crate) in_figures: bool,
}

const MONTHS: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        r"(?i)(?:\b(?P<h1>\d\d?):(?P<m1>\d\d),?\s+)?(?P<wd>\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\b(?P<d1>\d\d?)[ \u{{a0}}-](?P<n1>{MONTHS})\b\.?,?(?:[ \u{{a0}}-](?P<y1>\d{{4}}))?|\b(?P<n2>{MONTHS})\b\.?\s*(?P<d2>\d\d?),?(?: (?P<y2>\d{{4}}))?|\b(?P<d3>\d\d?)\.(?P<n3>\d\d?)\.(?P<y3>\d{{4}})|\b(?P<y4>\d{{4}})-(?P<n4>\d\d)-(?P<d4>\d\d))(?:,?\s+(?P<h2>\d\d?):(?P<m2>\d\d))?"
    );
    Regex::new(&pattern).expect("the pattern is a constant and is tested")
});

/// All dates of `text`.
pub(crate) fn find_all(text: &str) -> Vec<Found> {
    DATE.captures_iter(text).filter_map(|it| found(&it)).collect()
}

fn found(it: &Captures<'_>) -> Option<Found> {
    let number = |name: &str| it.name(name).and_then(|it| it.as_str().parse::<u32>().ok());
    let pick = |names: &[&str]| names.iter().find_map(|name| number(name));
    let named = it.name("n1").or(it.name("n2")).map(|it| it.as_str().to_lowercase());
    let month = match &named {
        Some(name) => "janfebmaraprmayjunjulaugsepoctnovdec"
            .find(name.get(..3)?)
            .and_then(|at| u32::try_from(at / 3 + 1).ok())?,
        None => pick(&["n3", "n4"])?,
    };
    let day = pick(&["d1", "d2", "d3", "d4"])?;
    let year = pick(&["y1", "y2", "y3", "y4"]).and_then(|it| i32::try_from(it).ok());
    let day = Day::new(year, Some(month), Some(day))?;
    let clock = pick(&["h1", "h2"]).zip(pick(&["m1", "m2"]));
    let moment = clock
        .and_then(|(hour, minute)| {
            Moment::at(day, Clock { hour, minute, second: None, offset: None })
        })
        .unwrap_or(Moment::day(day));
    let range = it.get(0)?.range();
    let text = it.get(0)?.as_str();
    let end = range.start + text.trim_end_matches([',', '.', ' ']).len();
    Some(Found {
        range: range.start..end,
        edtf: Edtf::Date(moment),
        weekday: it.name("wd").is_some(),
        in_figures: named.is_none(),
    })
}
