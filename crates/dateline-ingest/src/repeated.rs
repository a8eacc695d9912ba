//! Headlines that a layout prints twice.

use crate::chrome::Chrome;
use crate::row::{Kind, Row};
use crate::{date_line, stamp};

/// Fewest words of a headline that is known by being printed twice.
const MIN_REPEATED_WORDS: usize = 3;

/// Fewest characters of a cut repetition that is known as one.
const MIN_CUT_CHARS: usize = 12;

/// Longest headline, in bytes.
const MAX_REPEATED_BYTES: usize = 600;

/// How many rows a headline and its repetition may be apart.
const REPEAT_WITHIN: usize = 3;

/// Marks headlines that are printed twice, takes the second copy away, and keeps the date glued
/// behind it as a stamp. The second copy may be cut where it is the last of the page.
pub(crate) fn mark(rows: &mut [Row<'_>]) {
    mark_name_of_page(rows);
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

/// How many rows from the top the name of a page stands, and how many more its headline.
const NAME_WITHIN: usize = 3;
const HEADLINE_WITHIN: usize = 60;

/// What parts the headline from the name of the site in the name of a page.
const PARTING: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " • ", " » ", " / "];

/// Takes away the name of a page, which repeats its headline at the top, with the name of the site
/// or without.
fn mark_name_of_page(rows: &mut [Row<'_>]) {
    for index in 0..NAME_WITHIN.min(rows.len()) {
        let Some(name) = rows.get(index).filter(|it| it.is_open()) else { continue };
        let parted = name.text.bytes().any(|it| !it.is_ascii() || b"|-:/".contains(&it));
        let partings = if parted { PARTING } else { &[] };
        let may_part = |it: &&&str| {
            let mark = it.trim_ascii().bytes().next();
            name.text.bytes().any(|it| Some(it) == mark)
        };
        let parts = partings.iter().filter(may_part).flat_map(|parting| {
            let before = name.text.rsplit_once(parting).map(|it| it.0);
            before.into_iter().chain(name.text.split_once(parting).map(|it| it.1))
        });
        let names: Vec<&str> = [name.text].into_iter().chain(parts).collect();
        let further = index + 1..rows.len().min(index + HEADLINE_WITHIN);
        let headline = further.skip(REPEAT_WITHIN).find(|it| {
            let row = rows.get(*it).filter(|it| it.is_open() && names.contains(&it.text));
            row.is_some_and(|it| it.words() > MIN_REPEATED_WORDS)
        });
        let near = (index + 1..=index + REPEAT_WITHIN).find(|it| {
            let row = rows.get(*it).filter(|it| it.is_open() && names.contains(&it.text));
            row.is_some_and(|it| it.text != name.text && it.words() >= MIN_REPEATED_WORDS)
        });
        if let Some(at) = near.or(headline) {
            if let Some(row) = rows.get_mut(index) {
                row.kind = Kind::Chrome(Chrome::Inline);
            }
            if let Some(row) = rows.get_mut(at) {
                row.kind = Kind::Title;
            }
        }
    }
}

fn repetition(rows: &[Row<'_>], index: usize) -> Option<(usize, Option<stamp::Stamp>)> {
    let title = rows.get(index)?;
    let is_text = title.kind == Kind::Open || title.is_prose();
    if !is_text || title.text.len() > MAX_REPEATED_BYTES {
        return None;
    }
    let found = (index + 1..=index + REPEAT_WITHIN).find_map(|at| {
        let copy = rows.get(at).filter(|it| it.is_open() || it.is_prose())?;
        if let Some(rest) = copy.text.strip_prefix(title.text) {
            let glued = rest.trim();
            if glued.is_empty() && !(title.is_prose() && copy.is_prose()) {
                return Some((at, None));
            }
            let by = copy.range.end - rest.trim_start().len();
            if let Some(date_line::DateLine::Stamp(stamp)) = date_line::read_line(glued) {
                return Some((at, Some(stamp.shifted(by))));
            }
            let cut = at + 1 == rows.len()
                && !glued.is_empty()
                && glued.chars().all(|it| it.is_ascii_digit() || it == '.');
            return cut.then_some((at, None));
        }
        let cut = at + 1 == rows.len()
            && copy.text.chars().count() >= MIN_CUT_CHARS
            && copy.text.len() < title.text.len()
            && title.text.starts_with(copy.text);
        cut.then_some((at, None))
    });
    found.filter(|_| title.words() >= MIN_REPEATED_WORDS)
}
