//! The stretches of a text in which a date can stand. Most of a text has neither figures nor months, and is never cut
//! into tokens.

use std::ops::Range;

use super::names::{Name, name_of};

/// Bytes before a figure or a month in which an expression can start: a weekday, marks and an article, with the words
/// that are looked at before it.
const BEFORE: usize = 64;
/// Bytes behind the last figure or month that an expression can still reach: words for the year, a weekday, a zone.
const BEHIND: usize = 112;

/// Most bytes between two figures of one date: marks, blanks, or the words for year and month.
const APART: usize = 24;
/// Fewest numbers of a date without the name of a month.
const NUMBERS: usize = 3;

/// The stretches of `text` that can hold a date, in order, none overlapping: around each figure and each month that
/// needs none beside it. They start and end at white space, and hold the name of a month or three numbers near each
/// other. `lower` is the text with its ASCII letters in lower case. Only figures and months in `words`, which are in
/// order, are looked at.
pub(super) fn stretches(
    text: &str,
    lower: &str,
    words: impl Iterator<Item = Range<usize>>,
) -> Vec<Range<usize>> {
    let (mut found, mut signs) = (Vec::new(), Signs::default());
    for word in words {
        let mut at = word.start;
        while at < word.end {
            at = read_spot(text, lower, at, (&mut found, &mut signs));
        }
    }
    // Without a figure anywhere a text prints no date.
    if signs.end == 0 {
        return Vec::new();
    }
    found.retain(|it| signs.are_in(it));
    found
}

/// Takes down the figure or month at byte `at`, where one stands; gives the byte behind what stands there.
fn read_spot(
    text: &str,
    lower: &str,
    at: usize,
    (found, signs): (&mut Vec<Range<usize>>, &mut Signs),
) -> usize {
    let bytes = text.as_bytes();
    let byte = bytes.get(at).copied().unwrap_or_default();
    match byte {
        b'0'..=b'9' => {
            let rest = bytes.get(at..).unwrap_or_default();
            let end = at + rest.iter().take_while(|it| it.is_ascii_digit()).count();
            signs.number(at..end);
            add(found, bytes, at..end);
            end
        }
        b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
            let end = word_end(text, at);
            let month = lower.get(at..end).and_then(month);
            if let Some(month) = month {
                signs.spots.push(at);
                if month == Month::Plain || byte.is_ascii_uppercase() {
                    add(found, bytes, at..end);
                }
            }
            end
        }
        _ => at + 1,
    }
}

/// What shows that a date stands in a stretch.
#[derive(Default)]
struct Signs {
    /// Where the name of a month starts, or the last of three numbers near each other, in order.
    spots: Vec<usize>,
    /// Numbers that stand near each other, up to the last one.
    near: usize,
    /// The byte behind the last number.
    end: usize,
}

impl Signs {
    fn number(&mut self, at: Range<usize>) {
        let is_near = self.near > 0 && at.start - self.end <= APART;
        self.near = if is_near { self.near + 1 } else { 1 };
        self.end = at.end;
        if self.near >= NUMBERS {
            self.spots.push(at.start);
        }
    }

    fn are_in(&self, stretch: &Range<usize>) -> bool {
        let first = self.spots.partition_point(|it| *it < stretch.start);
        self.spots.get(first).is_some_and(|it| *it < stretch.end)
    }
}

/// Adds the stretch around `spot`, or makes the last one longer.
fn add(found: &mut Vec<Range<usize>>, bytes: &[u8], spot: Range<usize>) {
    let space = |it: &u8| matches!(it, b' ' | b'\n');
    let reach = (spot.end + BEHIND).min(bytes.len());
    // Where the last stretch reaches this far, it was made by a spot that is nearer than what one reaches.
    match found.last_mut() {
        Some(last) if spot.start <= last.end + BEFORE => {
            if reach > last.end {
                last.end = reach;
            }
        }
        _ => {
            let head = bytes.get(..spot.start.saturating_sub(BEFORE)).unwrap_or_default();
            found.push(head.iter().rposition(space).unwrap_or(0)..reach);
        }
    }
    if let Some(last) = found.last_mut() {
        let tail = bytes.get(last.end..).unwrap_or_default();
        last.end += tail.iter().position(space).unwrap_or(tail.len());
    }
}

/// The byte behind the run of letters at `at`; behind the character there where it is no letter.
fn word_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes().get(at..).unwrap_or_default();
    let plain = bytes.iter().position(|it| !it.is_ascii_alphabetic()).unwrap_or(bytes.len());
    if bytes.get(plain).is_none_or(u8::is_ascii) {
        return at + plain;
    }
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(|it: char| !it.is_alphabetic()).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(1, char::len_utf8);
    at + end.max(first)
}

/// A month by how sure its name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Month {
    /// It makes a date without a figure: "September last year".
    Plain,
    /// It does so with a capital alone, and is an ordinary word too.
    Weak,
}

/// The month that a word names.
fn month(word: &str) -> Option<Month> {
    let name = if word.is_ascii() { name_of(word) } else { name_of(&word.to_lowercase()) };
    match name? {
        Name::Month(_) => Some(Month::Plain),
        Name::WeakMonth(_) => Some(Month::Weak),
        Name::Weekday(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(text: &str) -> Vec<Range<usize>> {
        super::stretches(text, &text.to_ascii_lowercase(), std::iter::once(0..text.len()))
    }

    #[test]
    fn only_the_surroundings_of_figures_and_months_are_cut_out() {
        let filler = "word ".repeat(100);
        let text = format!("{filler}on Monday, 5 June. {filler}In September last year {filler}");
        let found = stretches(&text);
        assert_eq!(found.len(), 2);
        assert!(text[found[0].clone()].contains("on Monday, 5 June."));
        assert!(text[found[1].clone()].contains("In September last year"));
        assert!(found.iter().all(|it| it.len() < 400));
    }

    #[test]
    fn spots_near_each_other_share_a_stretch() {
        let text = format!("may 5 {}6 {}", "a".repeat(200), "b".repeat(500));
        let whole = 0..text.len();
        assert_eq!(stretches(&text), [whole]);
    }

    #[test]
    fn figures_far_from_each_other_and_from_months_make_no_stretch() {
        for text in ["some 300 guests came in 2024", "5 of 12", "Monday 5"] {
            assert_eq!(stretches(text), []);
        }
        for text in ["5. 6. 2024", "2024年6月5日", "5 may"] {
            let whole = 0..text.len();
            assert_eq!(stretches(text), [whole]);
        }
        let apart = format!("5{0}6{0}2024", " word".repeat(APART));
        assert_eq!(stretches(&apart), []);
    }
}
