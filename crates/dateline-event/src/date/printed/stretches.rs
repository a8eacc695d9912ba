//! The stretches of a text in which a date can stand. Most of a text has neither figures nor months, and is never cut
//! into tokens.

use std::ops::Range;

use super::names::{Name, name_of};

/// Bytes before a figure or a month in which an expression can start: a weekday, marks and an article, with the words
/// that are looked at before it.
const BEFORE: usize = 96;
/// Bytes behind the last figure or month that an expression can still reach: words for the year, a weekday, a zone.
const BEHIND: usize = 160;

/// The stretches of `text`, in order, none overlapping: around each figure and each month that needs none beside it.
/// They start and end at white space. `lower` is the text with its ASCII letters in lower case.
pub(super) fn stretches(text: &str, lower: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let end = match byte {
            b'0'..=b'9' => at + 1,
            b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                let end = word_end(text, at);
                if !lower.get(at..end).is_some_and(|it| is_month(it, byte.is_ascii_uppercase())) {
                    at = end;
                    continue;
                }
                end
            }
            _ => {
                at += 1;
                continue;
            }
        };
        add(&mut found, bytes, at..end);
        at = end;
    }
    found
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

/// Whether a word is the name of a month that makes a date without a figure: "September last year".
fn is_month(word: &str, capital: bool) -> bool {
    let name = if word.is_ascii() { name_of(word) } else { name_of(&word.to_lowercase()) };
    match name {
        Some(Name::Month(_)) => true,
        Some(Name::WeakMonth(_)) => capital,
        Some(Name::Weekday(_)) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_surroundings_of_figures_and_months_are_cut_out() {
        let filler = "word ".repeat(100);
        let text = format!("{filler}on Monday, 5 June. {filler}In September last year {filler}");
        let found = stretches(&text, &text.to_ascii_lowercase());
        assert_eq!(found.len(), 2);
        assert!(text[found[0].clone()].contains("on Monday, 5 June."));
        assert!(text[found[1].clone()].contains("In September last year"));
        assert!(found.iter().all(|it| it.len() < 400));
    }

    #[test]
    fn spots_near_each_other_share_a_stretch() {
        let text = format!("5 {}6 {}", "a".repeat(200), "b".repeat(500));
        let whole = 0..text.len();
        assert_eq!(stretches(&text, &text), [whole]);
    }
}
