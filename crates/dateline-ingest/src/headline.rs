//! The headline that stands over the article of a page, and where the article starts.

use std::ops::Range;

use crate::chrome::{self, Chrome};
use crate::row::{Kind, Row};
use crate::stamp;

/// Where an article starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// Its first row: the headline, or the first of the text.
    pub(crate) start: usize,
    pub(crate) title: Option<usize>,
}

impl Head {
    const fn titled(title: usize) -> Self {
        Self { start: title, title: Some(title) }
    }
}

/// Fewest words of a headline that nothing else gives away.
const MIN_WORDS: usize = 4;

/// Fewest words of each of a headline and the subtitle right under it.
const MIN_WORDS_OVER_SUBTITLE: usize = 5;

/// Least score of a row that is taken for a headline.
const MIN_SCORE: i32 = 3;

/// The head of the article; `None` where the page prints no more than its text, or several.
pub(crate) fn of_article(rows: &[Row<'_>]) -> Option<Head> {
    let marked =
        (0..rows.len()).filter(|it| rows.get(*it).is_some_and(|it| it.kind == Kind::Title));
    if let Some(title) = marked.max_by_key(|it| (prose_behind(rows, *it), *it)) {
        return Some(Head::titled(title));
    }
    let Some(first_prose) = rows.iter().position(Row::is_prose) else { return without_text(rows) };
    let asked = is_question(rows, first_prose).then(|| Head::titled(first_prose));
    let spaced = rows.iter().any(|it| it.gap > 0);
    let runs = runs(rows);
    let Some(best) = runs.iter().rev().max_by_key(|it| it.score(rows, spaced)) else {
        return asked;
    };
    let behind_text = first_prose < best.prose;
    let starts_filed = rows.get(first_prose).is_some_and(Row::is_filed);
    let title = best.title;
    let weak = title.and_then(|it| rows.get(it)).is_none_or(|it| it.words() < MIN_WORDS);
    if asked.is_some() && (title.is_none() || behind_text || weak) {
        return asked;
    }
    if behind_text && (weak || starts_filed) {
        return None;
    }
    Some(title.map_or(Head { start: best.prose, title: None }, Head::titled))
}

/// Most words of a headline that ends as a sentence does.
const MAX_QUESTION_WORDS: usize = 25;

/// Whether a row of prose is a headline: a question, or an exclamation that names its speaker or
/// stands beside a stamp, with the text right under it.
fn is_question(rows: &[Row<'_>], at: usize) -> bool {
    let Some(row) = rows.get(at) else { return false };
    let bare = row.text.trim_end_matches(['"', '”', '»', '’']);
    let asks = bare.ends_with('?');
    let calls = bare.ends_with('!') && (row.text.contains(": ") || beside_stamp(rows, at));
    let inner = bare.trim_end_matches(['?', '!']);
    let one = !inner.contains(['.', '!', '?']) && !inner.starts_with(['-', '–', '—']);
    let turn = row.text.starts_with("Question") || row.text.starts_with("Q:");
    let words = (MIN_WORDS..=MAX_QUESTION_WORDS).contains(&row.words());
    let behind = rows.iter().skip(at + 1).find(|it| it.is_open() || it.is_prose());
    (asks || calls) && one && !turn && words && behind.is_some_and(Row::is_prose)
}

/// The headline of a page that was cut before the text: it stands beside the only stamp.
fn without_text(rows: &[Row<'_>]) -> Option<Head> {
    let stamps = (0..rows.len()).filter(|it| stamp_at(rows, *it)).count();
    let title = title_of(rows, 0..rows.len())?;
    let long = rows.get(title).is_some_and(|it| it.words() >= MIN_WORDS);
    (long && stamps == 1 && beside_stamp(rows, title)).then_some(Head::titled(title))
}

/// Rows of prose between a headline and the next marked one.
fn prose_behind(rows: &[Row<'_>], title: usize) -> usize {
    let behind = rows.iter().skip(title + 1).take_while(|it| it.kind != Kind::Title);
    behind.filter(|it| it.is_prose()).count()
}

/// Rows that stand over a row of prose, some of them open text.
struct Run {
    prose: usize,
    /// Whether the end of an article stands between the prose before and this one.
    below: bool,
    /// The row that is most like a headline.
    title: Option<usize>,
}

fn runs(rows: &[Row<'_>]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut start = 0;
    for (index, row) in rows.iter().enumerate() {
        if row.is_prose() {
            let above = rows.get(start..index).unwrap_or_default();
            if above.iter().any(Row::is_open) {
                let below = start > 0 && above.iter().any(Row::ends_article);
                runs.push(Run { prose: index, below, title: title_of(rows, start..index) });
            }
            start = index + 1;
        }
    }
    runs
}

/// The row among those at `range` that is most like a headline: enough words, near the prose, beside a stamp.
fn title_of(rows: &[Row<'_>], range: Range<usize>) -> Option<usize> {
    let is_first = range.start == 0;
    let mut best: Option<(i32, usize)> = None;
    let mut under: Option<usize> = None;
    let mut nearer = 0;
    for index in range.rev() {
        let Some(row) = rows.get(index).filter(|it| it.is_open()) else { continue };
        if !is_first && between_stamps(rows, index) {
            continue;
        }
        let over_subtitle = under == Some(index + 1)
            && row.words() >= MIN_WORDS_OVER_SUBTITLE
            && !stamp::is_name(row.text)
            && rows.get(index + 1).is_some_and(|it| it.words() >= MIN_WORDS_OVER_SUBTITLE);
        let nearness = if over_subtitle { 0 } else { -nearer };
        // Authors under a subtitle show that the line above it is its headline.
        let signed = over_subtitle
            && rows.get(index + 2).is_some_and(|it| chrome::is_byline(it.text))
            && beside_stamp(rows, index + 1);
        let dated = signed || beside_stamp(rows, index);
        let likeness = likeness(row);
        let score = likeness + nearness + if dated { 2 } else { 0 };
        let better = best.is_none_or(|(most, _)| score > most || (over_subtitle && score == most));
        if better && score >= MIN_SCORE {
            best = Some((score, index));
        }
        under = Some(index);
        nearer += i32::from(likeness >= MIN_SCORE);
    }
    best.map(|(_, index)| index)
}

impl Run {
    /// How much the run looks like the head of an article.
    fn score(&self, rows: &[Row<'_>], spaced: bool) -> i32 {
        let below = if self.below { 3 } else { 0 };
        let Some((title, row)) = self.title.and_then(|it| Some((it, rows.get(it)?))) else {
            return -3 - below;
        };
        let set_off = row.gap > 0 || rows.get(title + 1).is_some_and(|it| it.gap > 0);
        let filed = rows.get(self.prose).is_some_and(Row::is_filed);
        let words = match row.words() {
            0..MIN_WORDS => 0,
            MIN_WORDS..=25 => 2,
            _ => 1,
        };
        let signs = [(set_off && spaced, 2), (filed, 3), (beside_stamp(rows, title), 1)];
        words - below + signs.iter().filter(|it| it.0).map(|it| it.1).sum::<i32>()
    }
}

/// How much a row looks like a headline by itself. Few words with a capital each name a section.
fn likeness(row: &Row<'_>) -> i32 {
    let base = match row.words() {
        0 | 1 => 0,
        2..MIN_WORDS if stamp::is_name(row.text) => 0,
        2..MIN_WORDS => 3,
        MIN_WORDS..=40 if names_sections(row.text) => 0,
        MIN_WORDS..=40 => 5,
        _ => 3,
    };
    if row.text.ends_with(':') { base - 3 } else { base }
}

/// Words by which sites name their sections and the kinds of what they print.
const SECTIONS: &[&str] = &[
    "news",
    "newsroom",
    "press",
    "release",
    "releases",
    "media",
    "center",
    "centre",
    "events",
    "politics",
    "economy",
    "business",
    "society",
    "sport",
    "sports",
    "culture",
    "opinion",
    "world",
    "region",
    "article",
    "articles",
    "interview",
    "interviews",
    "statements",
    "speeches",
    "briefings",
    "topics",
    "video",
    "photo",
    "documents",
];

/// Whether at least every second word of a line names a section: `Newsroom Press release Energy`.
fn names_sections(text: &str) -> bool {
    let (mut words, mut named) = (0, 0);
    for word in stamp::words(text) {
        words += 1;
        named += usize::from(SECTIONS.iter().any(|it| it.eq_ignore_ascii_case(word)));
    }
    named * 2 >= words
}

/// Whether a stamp of a story is the next row above or below, signs and counters aside.
fn beside_stamp(rows: &[Row<'_>], at: usize) -> bool {
    let (above, below) = around(rows, at);
    above.into_iter().chain(below).any(|it| stamp_at(rows, it))
}

/// Whether a row is an item of a block of dated ones: its stamp stands above, that of the next item
/// below.
fn between_stamps(rows: &[Row<'_>], at: usize) -> bool {
    let (above, below) = around(rows, at);
    above.is_some_and(|it| stamp_at(rows, it)) && below.is_some_and(|it| stamp_at(rows, it))
}

/// The next rows above and below, signs and counters aside.
fn around(rows: &[Row<'_>], at: usize) -> (Option<usize>, Option<usize>) {
    let inline =
        |it: &usize| rows.get(*it).is_some_and(|it| it.kind == Kind::Chrome(Chrome::Inline));
    let above = (0..at).rev().find(|it| !inline(it));
    let below = (at + 1..rows.len()).find(|it| !inline(it));
    (above, below)
}

fn stamp_at(rows: &[Row<'_>], at: usize) -> bool {
    rows.get(at).is_some_and(|it| matches!(&it.kind, Kind::Stamp(stamp) if !stamp.like_masthead))
}
