//! Times of day: `15:54`, `09:01:30`, `08:17 PM EDT`, `15.54 Uhr`, `15h54`, `T15:54+03:00`.

use super::tokens::{Kind, Token};
use crate::date::Clock;

/// A time of day with what it says of the way in which the date beside it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Time {
    pub(super) clock: Clock,
    /// Whether it is written as in North America: AM or PM, or one of the time zones there.
    pub(super) american: bool,
}

/// Zones by their letters: minutes east of UTC, and whether they are North American. Letters that
/// several zones share (CST, BST, IST) are not here.
const ZONES: [(&str, i32, bool); 17] = [
    ("z", 0, false),
    ("utc", 0, false),
    ("gmt", 0, false),
    ("wet", 0, false),
    ("west", 60, false),
    ("cet", 60, false),
    ("cest", 120, false),
    ("eet", 120, false),
    ("eest", 180, false),
    ("msk", 180, false),
    ("мск", 180, false),
    ("est", -300, true),
    ("edt", -240, true),
    ("mst", -420, true),
    ("mdt", -360, true),
    ("pst", -480, true),
    ("pdt", -420, true),
];

/// The time that starts at token `at`, and the token behind it.
pub(super) fn time(tokens: &[Token<'_>], at: usize) -> Option<(Time, usize)> {
    let mut hour = number(tokens, at, 1..=2)?;
    let separator = tokens.get(at + 1)?;
    let by_h = matches!(separator.word(), Some("h" | "時" | "时" | "點" | "点"));
    // A dot parts the hour only where the word for it follows: `15.54 Uhr`.
    let by_dot =
        separator.is_mark(&['.']) && tokens.get(at + 3).and_then(Token::word) == Some("uhr");
    if separator.spaced
        || !(by_h || by_dot || separator.is_mark(&[':']))
        || tokens.get(at + 2)?.spaced
    {
        return None;
    }
    let minute = number(tokens, at + 2, 2..=2)?;
    let mut next = at + 3;
    let mut second = None;
    if glued_mark(tokens, next, &[':']) {
        second = Some(number(tokens, next + 1, 2..=2)?);
        next += 2;
        let fraction = glued_mark(tokens, next, &['.', ','])
            && matches!(tokens.get(next + 1)?.kind, Kind::Number(..))
            && !tokens.get(next + 1)?.spaced;
        next += if fraction { 2 } else { 0 };
    }
    let half = half_of_day(tokens, next);
    if let Some((is_afternoon, after)) = half {
        hour = match (hour, is_afternoon) {
            (12, false) => 0,
            (1..=11, true) => hour + 12,
            (1..=12, _) => hour,
            _ => return None,
        };
        next = after;
    }
    if matches!(tokens.get(next).and_then(Token::word), Some("uhr" | "hrs" | "hours" | "ч" | "分"))
    {
        next += 1;
    }
    let (offset, american, next) = zone(tokens, next);
    let clock = Clock { hour, minute, second, offset };
    let exists = hour < 24 && minute < 60 && second.is_none_or(|it| it < 60);
    exists.then_some((Time { clock, american: american || half.is_some() }, next))
}

/// Whether AM or PM stands at `at` (false: AM), and the token behind it.
fn half_of_day(tokens: &[Token<'_>], at: usize) -> Option<(bool, usize)> {
    match tokens.get(at)?.word()? {
        "am" => Some((false, at + 1)),
        "pm" => Some((true, at + 1)),
        half @ ("a" | "p") => {
            let dotted = glued_mark(tokens, at + 1, &['.'])
                && tokens.get(at + 2)?.word() == Some("m")
                && !tokens.get(at + 2)?.spaced;
            let end = if glued_mark(tokens, at + 3, &['.']) { at + 4 } else { at + 3 };
            dotted.then_some((half == "p", end))
        }
        _ => None,
    }
}

/// The zone at `at`, in brackets or not: its offset, whether it is North American, and the token behind it.
fn zone(tokens: &[Token<'_>], at: usize) -> (Option<i32>, bool, usize) {
    if tokens.get(at).is_some_and(|it| it.is_mark(&['(']))
        && let (Some(offset), american, next) = plain_zone(tokens, at + 1)
        && glued_mark(tokens, next, &[')'])
    {
        return (Some(offset), american, next + 1);
    }
    plain_zone(tokens, at)
}

fn plain_zone(tokens: &[Token<'_>], at: usize) -> (Option<i32>, bool, usize) {
    if let Some((minutes, next)) = signed_offset(tokens, at) {
        return (Some(minutes), false, next);
    }
    let word = tokens.get(at).and_then(Token::word);
    let known = ZONES.iter().find(|it| Some(it.0) == word);
    match known {
        Some((_, minutes, american)) => {
            let (shift, next) = signed_offset(tokens, at + 1).unwrap_or((0, at + 1));
            (Some(minutes + shift), *american, next)
        }
        None => (None, word == Some("et"), if word == Some("et") { at + 1 } else { at }),
    }
}

/// `+03:00`, `-0430` or `+3` right behind a time or a zone.
fn signed_offset(tokens: &[Token<'_>], at: usize) -> Option<(i32, usize)> {
    let sign = tokens.get(at).filter(|it| !it.spaced && it.is_mark(&['+', '-', '−']))?;
    let Kind::Number(value, digits) = tokens.get(at + 1).filter(|it| !it.spaced)?.kind else {
        return None;
    };
    let (minutes, next) = match digits {
        1 | 2 if glued_mark(tokens, at + 2, &[':']) => {
            (value * 60 + number(tokens, at + 3, 2..=2)?, at + 4)
        }
        1 | 2 => (value * 60, at + 2),
        4 => (value / 100 * 60 + value % 100, at + 2),
        _ => return None,
    };
    let minutes = i32::try_from(minutes).ok().filter(|it| *it <= 14 * 60)?;
    Some((if sign.is_mark(&['+']) { minutes } else { -minutes }, next))
}

pub(super) fn glued_mark(tokens: &[Token<'_>], at: usize, marks: &[char]) -> bool {
    tokens.get(at).is_some_and(|it| !it.spaced && it.is_mark(marks))
}

pub(super) fn number(
    tokens: &[Token<'_>],
    at: usize,
    digits: std::ops::RangeInclusive<usize>,
) -> Option<u32> {
    match tokens.get(at)?.kind {
        Kind::Number(value, count) if digits.contains(&count) => Some(value),
        Kind::Number(..) | Kind::Word { .. } | Kind::Mark(_) => None,
    }
}
