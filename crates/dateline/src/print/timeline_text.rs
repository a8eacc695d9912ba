//! A timeline for people, newest first: each entry with its day, office, what was said or done, and source.

use std::sync::Arc;

use dateline_annotate::{Appearance, AppearanceRole, Resolved, Statement, StatementKind};
use dateline_event::Position;
use dateline_event::story::StoryRole;
use dateline_projector::{DayBasis, Entry, Reading};

use super::evidence;
use super::page_text::explained;
use super::style::{BOLD, DIM, Styled};
use super::wrap::{one_line, wrapped};

/// Widest line that is printed, in characters.
const WIDTH: usize = 100;
/// Where the words start, behind the day.
const INDENT: usize = 12;

/// One entry, of a story seen on `seen` pages: day and headline, then office, what was said or done, how the date was found, and all sources.
pub(crate) fn entry(it: &Entry, seen: usize) -> String {
    let mut lines = vec![first_line(it)];
    if let Some(who) = it.appearance() {
        lines.push(indented(&office(who)));
        if who.role != AppearanceRole::Speaker {
            lines.push(indented(deed(who.role)));
        }
    }
    lines.extend(it.statements().map(|said| statement(it, said)));
    lines.extend(caused(it).map(|words| dim(&words)));
    lines.extend(date_note(it).map(|words| dim(&words)));
    lines.extend(sources(it, seen));
    lines.join("\n")
}

/// Day and headline.
pub(super) fn first_line(it: &Entry) -> String {
    let title = it.title().map_or_else(|| opening(it), |title| one_line(title, WIDTH - INDENT));
    let heading = format!("{:<width$}{title}", day(it), width = INDENT);
    Styled(BOLD, heading).to_string()
}

/// A line for each of its sources.
pub(super) fn sources(it: &Entry, seen: usize) -> Vec<String> {
    let others = it.sources().filter(|one| !Arc::ptr_eq(one, it.reading()));
    let shown = [dim(&source(it, seen))].into_iter();
    shown.chain(others.map(|one| dim(&also(one)))).collect()
}

pub(super) fn indented(words: &str) -> String {
    wrapped(words, INDENT, WIDTH)
}

fn dim(words: &str) -> String {
    Styled(DIM, indented(words)).to_string()
}

/// The day under which the entry stands; what is not known is not filled in.
fn day(it: &Entry) -> String {
    let date = match it.day_basis() {
        DayBasis::Happened | DayBasis::FirstPossible | DayBasis::Unknown => {
            it.happened().edtf.or(it.published().edtf)
        }
        DayBasis::Published => it.published().edtf,
    };
    date.map_or_else(|| "undated".to_owned(), |it| it.start().calendar().to_string())
}

/// The first words of a story without a headline.
fn opening(it: &Entry) -> String {
    one_line(&it.reading().content().body, WIDTH - INDENT)
}

fn office(who: &Appearance) -> String {
    let written = who.office_as_written.as_deref().map(|it| one_line(it, WIDTH));
    let held = who.held.first().map(|it| it.label.clone());
    let office = written.or_else(|| held.map(|it| format!("{it} (by the registry)")));
    let mut words = office.unwrap_or_else(|| "no office given".to_owned());
    if let Some(disagreement) = &who.disagreement {
        words.push_str("; ");
        words.push_str(disagreement);
    }
    words
}

const fn deed(role: AppearanceRole) -> &'static str {
    match role {
        AppearanceRole::Speaker => "spoke",
        AppearanceRole::Participant => "took part",
        AppearanceRole::Mentioned => "was mentioned",
    }
}

fn statement(it: &Entry, said: &Statement) -> String {
    let verb = said.verb.as_deref().unwrap_or("said");
    let words = match said.kind {
        StatementKind::Direct => format!("“{}”", said.text.trim().trim_end_matches(',')),
        StatementKind::Indirect => said.text.trim().to_owned(),
    };
    if it.appearance().is_some() {
        return indented(&format!("{verb}: {words}"));
    }
    let speaker = it.speaker(said).map_or("(not named)", |it| it.name.as_str());
    indented(&format!("{speaker}, {verb}: {words}"))
}

/// The words that put a story into the timeline of a topic.
fn caused(it: &Entry) -> Option<String> {
    let words = evidence::words(it.matched_topics().flat_map(|it| &it.evidence));
    let most = WIDTH - INDENT - 12;
    (!words.is_empty()).then(|| format!("because of: {}", one_line(&words, most)))
}

/// How the date was found, where it is not simply printed, and what is not known.
fn date_note(it: &Entry) -> Option<String> {
    let note = |label: &str, date: &Resolved| {
        let edtf = date.edtf?;
        let how = explained(date);
        let plain = how.is_empty() && edtf.start() == edtf.end();
        (!plain).then(|| format!("{label} {edtf}{how}"))
    };
    match it.day_basis() {
        DayBasis::Published => {
            Some("when it happened is not said; this is the day of publication".to_owned())
        }
        DayBasis::Unknown if it.happened().edtf.is_none() && it.published().edtf.is_none() => None,
        DayBasis::Happened | DayBasis::FirstPossible | DayBasis::Unknown => {
            note("happened", it.happened()).or_else(|| note("published", it.published()))
        }
    }
}

fn source(it: &Entry, seen: usize) -> String {
    let mut words = vec![it.source().to_string()];
    words.extend(it.agency().map(|it| it.name.clone()));
    words.push(it.page().address.clone().unwrap_or_else(|| it.page().name.clone()));
    if seen > 1 {
        words.push(format!("seen on {seen} pages"));
    }
    words.push(format!("position {}", it.recorded_at()));
    if let Some(superseded) = it.superseded() {
        words.push(format!("superseded by a {} at {}", superseded.by.as_str(), superseded.at));
    }
    words.join(" · ")
}

/// Another source of the same story.
fn also(it: &Reading) -> String {
    let address = it.content().address.as_ref().or(it.page().address.as_ref());
    let mut words = vec![format!("also {}", it.source())];
    if it.content().role == StoryRole::Teaser {
        words.push("teaser".to_owned());
    }
    words.push(address.unwrap_or(&it.page().name).clone());
    words.extend(it.annotation().published.edtf.map(|it| format!("published {it}")));
    words.join(" · ")
}

/// How much of a timeline is shown.
pub(crate) struct Extent {
    /// Entries that are shown.
    pub(crate) shown: usize,
    /// Entries of the whole timeline, where nothing is filtered out.
    pub(crate) of: Option<usize>,
}

/// The first line of a timeline: whose it is, how much is shown, and the position of the log that it stands for.
pub(crate) fn heading(name: &str, extent: &Extent, position: Option<Position>) -> String {
    let count = match *extent {
        Extent { shown, of: Some(of) } if shown < of => format!("{shown} of {of} entries"),
        Extent { shown: 1, .. } => "1 entry".to_owned(),
        Extent { shown, .. } => format!("{shown} entries"),
    };
    let at = position.map_or_else(|| "empty log".to_owned(), |it| format!("log at position {it}"));
    format!("{} · {count}, newest first · {at}", Styled(BOLD, name))
}
