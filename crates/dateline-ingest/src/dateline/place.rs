//! The place of a dateline, and the region or second place behind it.

use crate::page::is_blank;

/// Most words of a place behind its first.
const MAX_FURTHER_WORDS: usize = 4;

/// Small words inside of a place: `Rostov-on-Don`, `Rio de Janeiro`.
pub(super) const JOINING: &[&str] =
    &["de", "da", "di", "la", "le", "el", "am", "an", "on", "of", "the", "upon"];

/// Fewest and most characters between the brackets or slashes of a region.
const REGION_CHARS: std::ops::RangeInclusive<usize> = 2..=40;

/// Fewest and most characters of a region behind a comma, its first letter aside.
const BEHIND_COMMA: std::ops::RangeInclusive<usize> = 2..=30;

/// The same of a second place behind a slash.
const BEHIND_SLASH: std::ops::RangeInclusive<usize> = 1..=30;

/// The bytes of the place that starts `text`: words with capitals, and small words between them, joined by
/// blanks and hyphens. `None` where no capital starts it.
pub(super) fn place(text: &str) -> Option<&str> {
    let mut end = capital_word(text)?;
    for _ in 0..MAX_FURTHER_WORDS {
        let rest = text.get(end..)?;
        let Some(joint) = rest.chars().next().filter(|it| matches!(it, ' ' | '\u{a0}' | '-'))
        else {
            break;
        };
        let word = rest.get(joint.len_utf8()..)?;
        let Some(length) = small_word(word).or_else(|| capital_word(word)) else { break };
        end += joint.len_utf8() + length;
    }
    text.get(..end)
}

/// The length of the word with a capital that starts `text`, with its points and apostrophes.
fn capital_word(text: &str) -> Option<usize> {
    text.starts_with(char::is_uppercase).then(|| {
        let ends = |it: char| !(it.is_alphabetic() || matches!(it, '.' | '\'' | '’'));
        text.find(ends).unwrap_or(text.len())
    })
}

fn small_word(text: &str) -> Option<usize> {
    if !text.starts_with(|it: char| it.is_ascii_lowercase()) {
        return None;
    }
    let end = text.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(text.len());
    text.get(..end).is_some_and(|it| JOINING.contains(&it)).then_some(end)
}

/// The length of what follows the name of a place at the start of `text`: a region in brackets, in slashes or
/// behind a comma, and a second place behind a slash.
pub(super) fn region(text: &str) -> usize {
    let region = region_alone(text).unwrap_or(0);
    region + text.get(region..).and_then(second_place).unwrap_or(0)
}

fn region_alone(text: &str) -> Option<usize> {
    let bare = text.trim_start();
    let before = text.len() - bare.len();
    let rest = bare.get(1..)?;
    let length = match bare.as_bytes().first()? {
        b'(' => enclosed(rest, |it| matches!(it, '(' | ')'), ')'),
        b'/' => enclosed(rest, |it| it == '/', '/'),
        b',' => named(rest, BEHIND_COMMA),
        _ => None,
    };
    length.map(|it| before + 1 + it)
}

/// The length up to the `close` that is the first character of `text` at which it `ends`, with it.
fn enclosed(text: &str, ends: impl Fn(char) -> bool, close: char) -> Option<usize> {
    let (at, found) = text.char_indices().find(|it| ends(it.1))?;
    let inside = text.get(..at)?;
    (found == close && REGION_CHARS.contains(&inside.chars().count())).then_some(at + 1)
}

/// The length of the blanks and of the name with a capital behind them that start `text`.
fn named(text: &str, chars: std::ops::RangeInclusive<usize>) -> Option<usize> {
    let name = text.trim_start();
    let first = name.chars().next().filter(|it| it.is_uppercase())?;
    let inside = |it: &char| it.is_alphabetic() || matches!(it, ' ' | '.' | '\'' | '’' | '-');
    let rest = name.get(first.len_utf8()..)?.chars().take_while(inside).take(*chars.end());
    let (count, bytes) = rest.fold((0, 0), |(count, bytes), it| (count + 1, bytes + it.len_utf8()));
    (count >= *chars.start()).then_some(text.len() - name.len() + first.len_utf8() + bytes)
}

fn second_place(text: &str) -> Option<usize> {
    let bare = text.trim_start();
    let name = bare.strip_prefix('/')?;
    Some(text.len() - name.len() + named(name, BEHIND_SLASH)?)
}

/// Whether a place is in capitals throughout.
pub(super) fn is_shouted(place: &str) -> bool {
    place.chars().count() > 3 && !place.chars().any(char::is_lowercase)
}

/// A place in ordinary spelling: `NOVO-OGARYOVO` becomes `Novo-Ogaryovo`.
pub(super) fn ordinary(place: &str) -> String {
    let place = place.trim_end_matches(['.', ' ']);
    if place.chars().any(char::is_lowercase) {
        return place.to_owned();
    }
    let mut text = String::with_capacity(place.len());
    let mut inside = false;
    for letter in place.chars() {
        if inside {
            text.extend(letter.to_lowercase());
        } else {
            text.push(letter);
        }
        inside = letter.is_alphabetic() || matches!(letter, '\'' | '’');
    }
    text
}

/// Whether nothing but blanks and marks stands in `text`.
pub(super) fn is_marks(text: &str) -> bool {
    text.chars().all(|it| is_blank(it) || matches!(it, ',' | '.' | '/' | '-' | '–' | '—'))
}
