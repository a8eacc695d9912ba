//! One entry of a feed in words.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use dateline_event::link::story_link;
use dateline_projector::annotation::{Resolved, Statement, StatementKind};
use dateline_projector::{DayBasis, Entry, Reading};

/// Longest headline that is made of the first words of a text, in characters.
const MAX_HEADLINE: usize = 100;

/// What all forms say of an entry.
pub(super) struct Item<'a>(pub(super) &'a Entry);

impl Item<'_> {
    /// The headline; where the page prints none, the first words of the text.
    pub(super) fn title(&self) -> String {
        let body = &self.0.reading().content().body;
        self.0.title().map_or_else(|| first_words(body), str::to_owned)
    }

    /// A name of the story that stays the same whatever becomes of it (RFC 4122).
    pub(super) fn id(&self) -> String {
        format!("urn:uuid:{}", self.0.story())
    }

    /// The address of the page, leading to the words where the page has one.
    pub(super) fn link(&self) -> Option<String> {
        link(self.0.reading())
    }

    /// Who put it out, each once: first the one that is shown.
    pub(super) fn source_names(&self) -> Vec<String> {
        let shown = self.0.source();
        let others = self.0.sources().map(|it| it.source()).filter(|it| *it != shown);
        let others: BTreeSet<_> = others.collect();
        [shown].into_iter().chain(others).map(ToString::to_string).collect()
    }

    /// The copies that are not shown, in their order.
    pub(super) fn others(&self) -> impl Iterator<Item = &Arc<Reading>> {
        let shown = self.0.reading();
        self.0.sources().filter(move |it| !Arc::ptr_eq(it, shown))
    }

    /// Name of the page with its address, where it has one.
    pub(super) fn page(&self) -> String {
        page_of(self.0.reading())
    }

    /// When it was published, where that is known to the day or finer. A day alone counts as its first moment.
    pub(super) fn published(&self) -> Option<DateTime<Utc>> {
        moment(self.0.published())
    }

    /// What was said in it, a line a statement.
    pub(super) fn said(&self) -> Vec<String> {
        self.0.statements().map(|it| self.said_in(it)).collect()
    }

    fn said_in(&self, statement: &Statement) -> String {
        let text = match statement.kind {
            StatementKind::Direct => format!("“{}”", statement.text),
            StatementKind::Indirect => statement.text.clone(),
        };
        match self.speaker(statement) {
            Some(speaker) => format!("{speaker}: {text}"),
            None => text,
        }
    }

    /// Who made a statement, with the office that the page names.
    pub(super) fn speaker(&self, statement: &Statement) -> Option<String> {
        let speaker = self.0.speaker(statement)?;
        let office = speaker.office_as_written.as_ref().map(|it| format!(" ({it})"));
        Some(format!("{}{}", speaker.name, office.unwrap_or_default()))
    }

    /// When it happened, when it was published, and who says so, a line each.
    pub(super) fn evidence(&self) -> Vec<String> {
        let page = self.0.page();
        let mut lines = vec![
            format!("Happened: {}", in_words(self.0.happened())),
            format!("Published: {}", in_words(self.0.published())),
            format!("Source: {}, {} ({})", self.0.source(), self.page(), page.digest),
        ];
        lines.extend(self.others().map(|it| {
            let (source, digest) = (it.source(), &it.page().digest);
            let published = in_words(&it.annotation().published);
            format!("Also by: {source}, {} ({digest}), published: {published}", page_of(it))
        }));
        lines
    }

    /// All of it as plain text.
    pub(super) fn text(&self) -> String {
        [self.said(), self.evidence()].concat().join("\n")
    }

    /// The days under which it stands, first and last; `None` where nothing gives a day. An imprecise date stands for
    /// its first day alone, and a day that is one of several is none.
    pub(super) fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let day = self.0.key().day()?;
        let known = match self.0.day_basis() {
            DayBasis::Happened => self.0.happened(),
            DayBasis::Published => self.0.published(),
            DayBasis::FirstPossible | DayBasis::Unknown => return None,
        };
        let is_interval = known.edtf.is_some_and(|it| it.to_string().contains('/'));
        let last = known.edtf.filter(|_| is_interval).and_then(dateline_event::date::Edtf::latest);
        Some((day, last.unwrap_or(day).max(day)))
    }
}

/// The address of the page of a story, leading to its words where the page has one.
pub(super) fn link(reading: &Reading) -> Option<String> {
    let (page, story) = (reading.page(), reading.content());
    let address = || story.address.clone().or_else(|| page.address.clone());
    // Others follow what stands here without a look, and pages are written by strangers.
    let is_web = |it: &String| it.starts_with("https://") || it.starts_with("http://");
    story_link(page, story).or_else(address).filter(is_web)
}

/// Address of the page of a story, else its name.
pub(super) fn page_of(reading: &Reading) -> String {
    let page = reading.page();
    page.address.clone().unwrap_or_else(|| page.name.clone())
}

/// A date with what is not known about it.
pub(super) fn in_words(date: &Resolved) -> String {
    let Some(edtf) = date.edtf else { return "not known".to_owned() };
    let how = date.how.as_ref().map(|it| format!(", {it}")).unwrap_or_default();
    if date.years.is_empty() {
        return format!("{edtf}{how}");
    }
    let years: Vec<String> = date.years.iter().map(i32::to_string).collect();
    format!("{edtf}{how}, in one of the years {}", years.join(", "))
}

/// A date as an instant: the minute that it names in its zone, in UTC where it names none; the first moment of a day.
fn moment(date: &Resolved) -> Option<DateTime<Utc>> {
    let edtf = date.edtf?;
    let day = edtf.start().calendar().date()?;
    let clock = edtf.start().clock();
    let time = clock
        .and_then(|it| NaiveTime::from_hms_opt(it.hour, it.minute, it.second.unwrap_or(0).min(59)));
    let local = day.and_time(time.unwrap_or_default()).and_utc();
    let offset = clock.and_then(|it| it.offset).unwrap_or(0);
    local.checked_sub_signed(chrono::TimeDelta::minutes(i64::from(offset)))
}

fn first_words(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let Some((end, _)) = line.char_indices().nth(MAX_HEADLINE) else { return line.to_owned() };
    let cut = line.get(..end).unwrap_or_default();
    let cut = cut.rsplit_once(' ').map_or(cut, |it| it.0);
    format!("{cut}…")
}
