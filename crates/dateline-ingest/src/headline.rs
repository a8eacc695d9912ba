//! Headlines: those that a layout prints twice, and the one that stands over an article.

use std::ops::Range;

use crate::chrome::Chrome;
use crate::dateline;
use crate::row::{Kind, Row};
use crate::stamp;

/// Fewest words of a headline that is known by being printed twice.
const MIN_REPEATED_WORDS: usize = 3;

/// Fewest characters of a cut repetition that is known as one.
const MIN_CUT_CHARS: usize = 12;

/// How many rows a headline and its repetition may be apart.
const REPEAT_WITHIN: usize = 3;

/// Marks headlines that are printed twice, takes the second copy away, and keeps the date glued behind it as a stamp.
/// The second copy may be cut where it is the last of the page.
pub(crate) fn mark_repeated(rows: &mut [Row<'_>]) {
    for index in 0..rows.len() {
        let Some((at, stamp)) = repetition(rows, index) else { continue };
        if let Some(row) = rows.get_mut(index) {
            row.kind = Kind::Title;
        }
        if let Some(row) = rows.get_mut(at) {
            row.kind = stamp.map_or(Kind::Chrome(Chrome::Inline), Kind::Stamp);
        }
    }
}

fn repetition(rows: &[Row<'_>], index: usize) -> Option<(usize, Option<stamp::Stamp>)> {
    let title = rows.get(index)?;
    let is_text = title.kind == Kind::Open || title.is_prose();
    if !is_text || title.words() < MIN_REPEATED_WORDS || title.text.len() > 600 {
        return None;
    }
    (index + 1..=index + REPEAT_WITHIN).find_map(|at| {
        let copy = rows.get(at).filter(|it| it.is_open() || it.is_prose())?;
        if let Some(rest) = copy.text.strip_prefix(title.text) {
            let glued = rest.trim();
            if glued.is_empty() && !(title.is_prose() && copy.is_prose()) {
                return Some((at, None));
            }
            let by = copy.range.end - rest.trim_start().len();
            if let Some(stamp::DateLine::Stamp(stamp)) = stamp::read_line(glued) {
                return Some((at, Some(stamp.shifted(by))));
            }
            let cut =
                at + 1 == rows.len() && glued.chars().all(|it| it.is_ascii_digit() || it == '.');
            return cut.then_some((at, None));
        }
        let cut = at + 1 == rows.len()
            && copy.text.chars().count() >= MIN_CUT_CHARS
            && title.text.starts_with(copy.text);
        cut.then_some((at, None))
    })
}

/// The row that is the headline of the article of a page.
pub(crate) fn of_article(rows: &[Row<'_>]) -> Option<usize> {
    let marked =
        (0..rows.len()).filter(|it| rows.get(*it).is_some_and(|it| it.kind == Kind::Title));
    if let Some(title) = marked.max_by_key(|it| (prose_behind(rows, *it), *it)) {
        return Some(title);
    }
    let spaced = rows.iter().any(|it| it.gap > 0);
    let runs = runs(rows);
    if !rows.iter().any(Row::is_prose) {
        return without_text(rows);
    }
    let best = runs.iter().rev().max_by_key(|it| it.score(rows, spaced))?;
    let first_prose = rows.iter().position(Row::is_prose)?;
    let behind_text = first_prose < best.prose;
    let starts_filed = rows.get(first_prose).is_some_and(|it| dateline::find(it.text).is_some());
    let title = best.title(rows)?;
    let weak = rows.get(title).is_none_or(|it| it.words() < 4 || it.text.ends_with(':'));
    (!(behind_text && (weak || starts_filed))).then_some(title)
}

/// The headline of a page that was cut before the text: it stands beside a stamp.
fn without_text(rows: &[Row<'_>]) -> Option<usize> {
    let title = Run { rows: 0..rows.len(), prose: rows.len() }.title(rows)?;
    let long = rows.get(title).is_some_and(|it| it.words() >= MIN_REPEATED_WORDS);
    let stamped = is_own_stamp(rows, title + 1)
        || title.checked_sub(1).is_some_and(|it| is_own_stamp(rows, it));
    (long && stamped).then_some(title)
}

/// Rows of prose between a headline and the next marked one.
fn prose_behind(rows: &[Row<'_>], title: usize) -> usize {
    let behind = rows.iter().skip(title + 1).take_while(|it| it.kind != Kind::Title);
    behind.filter(|it| it.is_prose()).count()
}

/// Rows of open text that stand over a row of prose.
struct Run {
    rows: Range<usize>,
    prose: usize,
}

fn runs(rows: &[Row<'_>]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut start = 0;
    for (index, row) in rows.iter().enumerate() {
        if row.is_prose() {
            if rows.get(start..index).is_some_and(|it| it.iter().any(Row::is_open)) {
                runs.push(Run { rows: start..index, prose: index });
            }
            start = index + 1;
        }
    }
    runs
}

impl Run {
    /// The row that is most like a headline: enough words, near the prose, beside a stamp.
    fn title(&self, rows: &[Row<'_>]) -> Option<usize> {
        let open = |it: &usize| rows.get(*it).is_some_and(Row::is_open);
        let mut best: Option<(i32, usize)> = None;
        for (behind, index) in (0..).zip(self.rows.clone().rev().filter(open)) {
            let row = rows.get(index)?;
            let words = match row.words() {
                0 | 1 => 0,
                2 | 3 => 2,
                4..=40 => 4,
                _ => 1,
            };
            let beside = |at: Option<usize>| at.is_some_and(|it| is_own_stamp(rows, it));
            let stamped = beside(index.checked_sub(1)) || beside(Some(index + 1));
            let colon = if row.text.ends_with(':') { 3 } else { 0 };
            let score = words + if stamped { 2 } else { 0 } - behind - colon;
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, index));
            }
        }
        best.map(|(_, index)| index)
    }

    /// How much the run looks like the head of an article.
    fn score(&self, rows: &[Row<'_>], spaced: bool) -> i32 {
        let Some((title, row)) = self.title(rows).and_then(|it| Some((it, rows.get(it)?))) else {
            return i32::MIN;
        };
        let set_off = row.gap > 0 || rows.get(title + 1).is_some_and(|it| it.gap > 0);
        let filed = rows.get(self.prose).is_some_and(|it| dateline::find(it.text).is_some());
        let stamped = is_own_stamp(rows, title + 1)
            || title.checked_sub(1).is_some_and(|it| is_own_stamp(rows, it));
        let words = match row.words() {
            0 | 1 => -3,
            2 | 3 => 0,
            4..=25 => 2,
            _ => 1,
        };
        let scores = [(set_off && spaced, 2), (filed, 3), (stamped, 1)];
        words + scores.iter().filter(|it| it.0).map(|it| it.1).sum::<i32>()
    }
}

fn is_own_stamp(rows: &[Row<'_>], at: usize) -> bool {
    rows.get(at).is_some_and(|it| matches!(&it.kind, Kind::Stamp(stamp) if !stamp.like_masthead))
}

/// Where a headline that is glued to the first sentence of its text ends, and where that sentence starts: in front
/// of a quotation that a cue closes (`… near the town “There is no such farm,” the governor said`). The words before
/// it must not lead up to the quotation.
pub(crate) fn glued(text: &str) -> Option<(usize, usize)> {
    let quote = text.find(['“', '"', '«'])?;
    let before = text.get(..quote)?;
    let title = before.trim_end();
    let inside = text.get(quote..)?.chars().nth(1)?;
    let words: Vec<&str> = title.split_whitespace().collect();
    let leads_up = words.last().is_none_or(|it| LEADING.contains(&it.to_lowercase().as_str()));
    let plain =
        !title.contains(['.', ',', ':', '!', '?', ';']) && words.len() >= 4 && words.len() <= 20;
    let said = words.iter().any(|it| SAID.contains(&it.to_lowercase().as_str()));
    let closed = [",”", ",\"", "”,", "\",", "»,", "!”", "?”"].iter().any(|it| text.contains(it));
    let fits = title.len() < before.len()
        && inside.is_uppercase()
        && plain
        && !leads_up
        && !said
        && closed;
    fits.then_some((title.len(), quote))
}

/// Words behind which a quotation goes on the sentence.
const LEADING: &[&str] = &[
    "that", "the", "a", "an", "of", "as", "is", "are", "was", "were", "called", "on", "in", "with",
    "and", "to", "by", "for", "not", "word", "words", "motto", "title", "headline", "entitled",
];

/// Verbs that lead up to a quotation.
const SAID: &[&str] = &[
    "said",
    "says",
    "told",
    "stated",
    "noted",
    "added",
    "stressed",
    "declared",
    "wrote",
    "asked",
    "replied",
    "recalled",
    "explained",
    "emphasized",
    "emphasised",
    "continued",
    "concluded",
    "remarked",
    "announced",
];
