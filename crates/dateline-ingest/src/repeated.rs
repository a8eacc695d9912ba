//! Headlines that a layout prints twice.

use crate::chrome::Chrome;
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
pub(crate) fn mark(rows: &mut [Row<'_>]) {
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
