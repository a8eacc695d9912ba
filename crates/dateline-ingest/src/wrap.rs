//! Joins lines that a capture has broken to fit a width.

use crate::page::Line;

/// Widest text that counts as broken to a width, in bytes.
const MAX_WIDTH: usize = 120;

/// Narrowest text that counts so.
const MIN_WIDTH: usize = 40;

/// Fewest lines that are full, of all lines one in this many, and fewest that break inside of a
/// sentence.
const MIN_FULL: usize = 3;
const LINES_PER_FULL: usize = 6;
const MIN_INSIDE: usize = 2;

/// The lines of a page, those joined that were broken to fit a width. A page that is not broken
/// stays as it is.
pub(crate) fn joined(text: &str, lines: Vec<Line>) -> Vec<Line> {
    let slice = |it: &Line| text.get(it.range.clone()).unwrap_or_default();
    let mut lengths: Vec<usize> = lines.iter().map(|it| it.range.len()).collect();
    lengths.sort_unstable();
    let Some(width) = lengths.get(lengths.len() * 19 / 20).copied() else { return lines };
    if !(MIN_WIDTH..=MAX_WIDTH).contains(&width) {
        return lines;
    }
    // The first word of the next line would not have fitted into the line before.
    let is_full = |length: usize, next: &Line| {
        let word = slice(next).split_whitespace().next().map_or(0, str::len);
        next.gap == 0 && length + 1 + word > width
    };
    let (mut full, mut inside) = (0, 0);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        if is_full(line.range.len(), next) {
            full += 1;
            inside += usize::from(slice(next).starts_with(char::is_lowercase));
        }
    }
    if full < MIN_FULL || inside < MIN_INSIDE || full * LINES_PER_FULL < lines.len() {
        return lines;
    }
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    let mut last = 0;
    for line in lines {
        let length = line.range.len();
        match joined.last_mut() {
            Some(before) if is_full(last, &line) => before.range.end = line.range.end,
            _ => joined.push(line),
        }
        last = length;
    }
    joined
}
