//! Which rows of a page make which story.

use std::ops::Range;

use dateline_event::story::StoryRole;

use crate::chrome::{self, Chrome};
use crate::glue::{self, Glued};
use crate::headline::{self, Head};
use crate::row::{Kind, Row};
use crate::stamp::{self, Stamp};
use crate::{list, repeated};

/// A story before it is put together. Ranges are of bytes of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) role: StoryRole,
    pub(crate) title: Option<Range<usize>>,
    pub(crate) stamp: Option<Stamp>,
    pub(crate) body: Vec<Range<usize>>,
}

impl Draft {
    pub(crate) const fn new(role: StoryRole) -> Self {
        Self { role, title: None, stamp: None, body: Vec::new() }
    }

    pub(crate) const fn has_text(&self) -> bool {
        self.title.is_some() || !self.body.is_empty()
    }

    /// Takes the line at `range` as headline and first paragraph.
    pub(crate) fn take_glued(&mut self, range: &Range<usize>, glued: Glued) {
        self.title = Some(range.start..range.start + glued.title_end);
        self.body.insert(0, range.start + glued.body_start..range.end);
        self.stamp = self.stamp.take().or(glued.stamp.map(|it| it.shifted(range.start)));
    }

    /// Takes `row` as headline, without a date glued behind it.
    pub(crate) fn take_title(&mut self, row: &Row<'_>) {
        self.take_title_from(row, 0);
    }

    /// Takes `row` from byte `start` of its text on as headline, without a date glued behind it.
    pub(crate) fn take_title_from(&mut self, row: &Row<'_>, start: usize) {
        let glued = if row.kind == Kind::Title { None } else { stamp::at_end(row.text) };
        let Some(glued) = glued else {
            self.title = Some(row.range.start + start..row.range.end);
            return;
        };
        let text = row.text.get(..glued.range.start).unwrap_or_default().trim_end();
        self.title = Some(row.range.start + start..row.range.start + text.len());
        self.stamp.get_or_insert(glued.shifted(row.range.start));
    }
}

/// The stories of a page, in its order.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) drafts: Vec<Draft>,
    /// Rows that found no place and are no known boilerplate.
    pub(crate) unplaced: Vec<Range<usize>>,
}

/// How far above a headline its stamp stands, in rows, at most.
const STAMP_WITHIN: usize = 3;

/// Paragraphs of a lead over a stamp, at most.
const MAX_LEAD: usize = 1;

/// Words of the place in a line of its own, at most.
const MAX_PLACE_WORDS: usize = 8;

/// Paragraphs between a headline and a dateline that are a subtitle, at most.
const MAX_SUBTITLE: usize = 2;

/// Fewest words of a line that is worth a warning when it finds no place.
pub(crate) const MIN_UNPLACED_WORDS: usize = 4;

/// Tells which rows make which story.
pub(crate) fn layout(rows: &mut [Row<'_>]) -> Layout {
    repeated::mark(rows);
    let mut layout = Layout::default();
    let head = if list::is_list(rows) { None } else { headline::of_article(rows) };
    if head.is_none() && list::is_block(rows) {
        list::items(rows, &mut layout);
        return layout;
    }
    let head = head.unwrap_or(Head { start: 0, title: None });
    let stamp = stamp_above(rows, head.start);
    let above = stamp.as_ref().map_or(head.start, |it| it.0);
    list::items(rows.get(..above).unwrap_or_default(), &mut layout);
    let behind = article(rows, head, stamp.map(|it| it.1), &mut layout);
    list::items(rows.get(behind..).unwrap_or_default(), &mut layout);
    layout
}

/// The stamp that stands close above the row `start`, and its row.
fn stamp_above(rows: &[Row<'_>], start: usize) -> Option<(usize, Stamp)> {
    let near = (start.saturating_sub(STAMP_WITHIN)..start).rev();
    let text = |it: &usize| rows.get(*it).is_some_and(|it| it.is_prose() || it.ends_article());
    let mut stamps = near
        .take_while(|it| !text(it))
        .filter_map(|it| rows.get(it).and_then(any_stamp).map(|stamp| (it, stamp)));
    stamps.find(|(_, it)| !it.like_masthead)
}

/// Reads the article at `head`; returns the row behind it.
fn article(rows: &[Row<'_>], head: Head, above: Option<Stamp>, layout: &mut Layout) -> usize {
    let mut draft = Draft::new(StoryRole::Article);
    if let Some(row) = head.title.and_then(|it| rows.get(it)) {
        draft.take_title(row);
    }
    let start = head.title.map_or(head.start, |it| it + 1);
    let first = first_of_body(rows, start, head.title.is_some());
    let between = rows.get(start..first).unwrap_or_default();
    let stamp_below = between.iter().position(|it| matches!(it.kind, Kind::Stamp(_)));
    if let Some(at) = stamp_below {
        draft.stamp = stamp_with_place(between, at);
    }
    draft.stamp = draft.stamp.or(above);
    let end = body(rows, first, &mut draft, &mut layout.unplaced);
    if draft.title.is_none()
        && let Some(glued) = rows.get(first).and_then(|it| glue::article(it))
    {
        let range = draft.body.remove(0);
        draft.take_glued(&range, glued);
    }
    if draft.has_text() {
        layout.drafts.push(draft);
    }
    end
}

/// The stamp at row `at`, with the place that the row under it names: `The Residence, Northern
/// Region`.
fn stamp_with_place(rows: &[Row<'_>], at: usize) -> Option<Stamp> {
    let stamp = rows.get(at).and_then(any_stamp)?;
    let mut behind = rows.iter().skip(at + 1);
    let place = behind.find(|it| it.kind != Kind::Chrome(Chrome::Inline)).filter(|it| {
        it.is_open()
            && it.text.contains(", ")
            && it.words() <= MAX_PLACE_WORDS
            && stamp::is_name(it.text)
    });
    Some(Stamp { place: stamp.place.or(place.map(|it| it.range.clone())), ..stamp })
}

fn any_stamp(row: &Row<'_>) -> Option<Stamp> {
    if let Kind::Stamp(stamp) = &row.kind { Some(stamp.clone()) } else { None }
}

/// Where the body starts: at the first prose, or at the dateline that stands behind a subtitle.
fn first_of_body(rows: &[Row<'_>], start: usize, titled: bool) -> usize {
    let prose = (start..rows.len()).filter(|it| rows.get(*it).is_some_and(Row::is_prose));
    let mut prose = prose.take(MAX_SUBTITLE + 1);
    let first = prose.next().unwrap_or(rows.len());
    let filed = |it: &usize| rows.get(*it).is_some_and(Row::is_filed);
    if titled && !filed(&first) { prose.find(filed).unwrap_or(first) } else { first }
}

/// Takes the body from row `first` on; returns the row behind it.
fn body(
    rows: &[Row<'_>],
    first: usize,
    draft: &mut Draft,
    unplaced: &mut Vec<Range<usize>>,
) -> usize {
    let mut open: Vec<&Row<'_>> = Vec::new();
    let last_text = rows.iter().rposition(|it| it.is_open() || it.is_prose());
    let mut at = first;
    while let Some(row) = rows.get(at) {
        match &row.kind {
            Kind::Prose => {
                draft.body.extend(open.drain(..).map(|it| it.range.clone()));
                draft.body.push(row.range.clone());
            }
            Kind::Open | Kind::Title => {
                let place = draft.stamp.as_ref().and_then(|it| it.place.as_ref());
                // Under a lead, the line behind the time of day names a place.
                let behind_time = at.checked_sub(1).and_then(|it| rows.get(it)).is_some_and(|it| {
                    matches!(it.kind, Kind::Stamp(_)) || chrome::is_clock(it.text)
                });
                let stray = behind_time && draft.body.len() <= MAX_LEAD && stamp::is_name(row.text);
                if place != Some(&row.range) && !stray {
                    open.push(row);
                }
            }
            Kind::Chrome(Chrome::Inline) => {}
            Kind::Chrome(Chrome::Closer | Chrome::Related) => break,
            Kind::Stamp(own) => {
                let goes_on = last_text.is_some_and(|it| it > at);
                let again = draft.stamp.as_ref().is_some_and(|it| it.same_day(own));
                let under_lead = draft.body.len() <= MAX_LEAD && open.is_empty();
                if goes_on && !again && !(draft.stamp.is_none() && under_lead) {
                    break;
                }
                draft.stamp = draft.stamp.take().or_else(|| stamp_with_place(rows, at));
            }
        }
        at += 1;
    }
    let cut = at == rows.len();
    let trailing = open.len();
    for (index, row) in open.into_iter().enumerate() {
        let is_last = cut && trailing == 1 && row.gap < 2 && row.words() >= MIN_UNPLACED_WORDS;
        if (index < 2 && is_signature(row)) || is_last {
            draft.body.push(row.range.clone());
        } else if row.words() >= MIN_UNPLACED_WORDS {
            unplaced.push(row.range.clone());
        }
    }
    at
}

/// Words of the offices of those who sign a story.
const SIGNING: &[&str] = &[
    "press",
    "secretary",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "service",
    "office",
    "head",
    "chief",
    "editor",
    "correspondent",
    "department",
    "minister",
    "ministry",
    "ambassador",
    "director",
    "chairman",
    "president",
    "deputy",
    "adviser",
    "advisor",
];

/// Whether a line under an article signs it: it ends in a name, alone or behind an office.
fn is_signature(row: &Row<'_>) -> bool {
    let words: Vec<&str> = row.text.split_whitespace().collect();
    let capital = |it: &&str| it.chars().next().is_some_and(char::is_uppercase);
    let named = words.iter().rev().take(2).filter(|it| capital(it)).count() == 2;
    let office = words.iter().any(|it| SIGNING.contains(&it.to_lowercase().as_str()));
    let name_alone = words.len() <= 3 && words.iter().all(capital);
    named && words.len() <= 16 && (office || name_alone)
}
