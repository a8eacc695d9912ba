//! A story whose parts come in fields of their own: the item of a feed, of ninjs, or of a record.

use chrono::{DateTime, Datelike, FixedOffset, Timelike};
use dateline_event::Span;
use dateline_event::date::printed::read_whole;
use dateline_event::date::{Basis, Clock, Day, Edtf, Moment, PrintedDate};
use dateline_event::story::{Dateline, Headline, Story, StoryRole};

use crate::dateline;
use crate::letters::Letters;
use crate::page::code_points;
use crate::warning::{Warning, WarningKind};

/// Longest field that is shown in a warning, in characters.
const MAX_SHOWN: usize = 40;

/// The parts of one story.
#[derive(Debug, Default)]
pub(crate) struct Item {
    /// Markup and references resolved.
    pub(crate) title: Option<Letters>,
    /// Markup and references resolved.
    pub(crate) body: Option<Letters>,
    /// Whether `body` is all of the story, and not the lead for one.
    pub(crate) is_whole: bool,
    /// The name of the field that dates the item, and what it says.
    pub(crate) published: Option<(String, Letters)>,
    pub(crate) address: Option<String>,
    /// A tag of a language, such as `en-GB`.
    pub(crate) language: Option<String>,
}

impl Item {
    /// The warning that the field which dates the item says no date that can be.
    pub(crate) fn undated(&self) -> Option<Warning> {
        let (field, letters) = self.published.as_ref()?;
        let written = letters.text();
        if written.trim().is_empty() || edtf(written.trim()).is_some() {
            return None;
        }
        let shown: String = written.trim().chars().take(MAX_SHOWN).collect();
        let message = format!("`{shown}` of `{field}` is no date that can be read");
        Some(Warning::at(WarningKind::RefusedDate, letters.span()?, message))
    }

    /// The story, its language that of the field or still to be told; `None` where there is no text
    /// of it.
    pub(crate) fn story(self) -> Option<Story> {
        let title = self.title.and_then(|it| {
            let text = it.written().0.replace('\n', " ");
            let span = it.span()?;
            (!text.is_empty()).then_some(Headline { text, span })
        });
        let (body, pieces) = self.body.map(|it| it.written()).unwrap_or_default();
        if title.is_none() && body.is_empty() {
            return None;
        }
        let published = self.published.and_then(|(field, letters)| declared(field, &letters));
        let language = self.language.as_deref().and_then(code).unwrap_or_default();
        let mut story = Story {
            role: if self.is_whole { StoryRole::Article } else { StoryRole::Teaser },
            title,
            body,
            pieces,
            address: self.address.filter(|it| !it.is_empty()),
            language,
            published,
            passages: Vec::new(),
            stamp_place: None,
            dateline: None,
        };
        story.dateline = first_words(&story);
        Some(story)
    }
}

/// The dateline before the first sentence of the body.
fn first_words(story: &Story) -> Option<Dateline> {
    let line = story.body.lines().next()?;
    let found = dateline::find(line)?;
    let chars = |bytes: usize| line.get(..bytes).map_or(0, code_points);
    let on_page =
        |it: std::ops::Range<usize>| story.on_page(Span::new(chars(it.start), chars(it.end)));
    let date = found.date.and_then(|(edtf, at)| {
        let text = line.get(at.clone())?.to_owned();
        Some(PrintedDate { edtf, basis: Basis::Dateline, field: None, span: on_page(at)?, text })
    });
    let agency = found.agency.and_then(|it| line.get(it)).map(str::to_owned);
    Some(Dateline { place: Some(found.place), date, agency, span: on_page(found.range)? })
}

/// The two letters of a language tag.
fn code(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_']).next()?;
    let is_code = first.len() == 2 && first.bytes().all(|it| it.is_ascii_alphabetic());
    is_code.then(|| first.to_ascii_lowercase())
}

/// The date that a field declares: a moment of RFC 3339 or RFC 5322, or a date as people write it.
fn declared(field: String, letters: &Letters) -> Option<PrintedDate> {
    let written = letters.text();
    let text = written.trim();
    let edtf = edtf(text)?;
    let span = letters.span()?;
    Some(PrintedDate {
        edtf,
        basis: Basis::Declared,
        field: Some(field),
        span,
        text: text.to_owned(),
    })
}

fn edtf(text: &str) -> Option<Edtf> {
    let instant =
        DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text));
    match instant {
        Ok(instant) => moment(&instant),
        Err(_) => read_whole(text).map(|it| it.edtf).filter(|it| it.has_year()),
    }
}

/// The day and minute of `instant` in its own zone.
fn moment(instant: &DateTime<FixedOffset>) -> Option<Edtf> {
    let day = Day::new(Some(instant.year()), Some(instant.month()), Some(instant.day()))?;
    let offset = instant.offset().local_minus_utc() / 60;
    let clock = Clock {
        hour: instant.hour(),
        minute: instant.minute(),
        second: Some(instant.second()),
        offset: Some(offset),
    };
    Moment::at(day, clock).map(Edtf::Date)
}
