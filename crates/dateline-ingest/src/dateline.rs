//! The words before the first sentence of a story: `PLACE, day (AGENCY) –` and its many forms.

use std::ops::Range;

use dateline_event::date::Edtf;
use dateline_event::date::printed::{DateExpression, find_all};

use crate::page::{first_chars, is_blank};
use crate::stamp::{is_agency, is_name};
use crate::strides::{any, has_figure};

mod end;
mod place;

use end::{End, Form, end};
use place::{JOINING, is_marks, is_shouted, ordinary, place, region};

/// Longest dateline, in characters.
const MAX_CHARS: usize = 160;

/// A dateline in a text. Ranges are of bytes of that text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The first place, in ordinary spelling.
    pub(crate) place: String,
    pub(crate) date: Option<(Edtf, Range<usize>)>,
    pub(crate) agency: Option<Range<usize>>,
    /// Whether the place is in capitals throughout.
    pub(crate) shouted: bool,
    /// From the place to the mark that ends it.
    pub(crate) range: Range<usize>,
}

/// The dateline at the start of `text`.
pub(crate) fn find(text: &str) -> Option<Found> {
    let head = first_chars(text, MAX_CHARS);
    if may_start(head) { find_in(head, find_all(head).first()) } else { None }
}

/// The same of a text that is asked for the dates of its start: as far as a dateline can reach at least.
pub(crate) fn find_dated<'d>(
    text: &str,
    dates: impl FnOnce() -> &'d [DateExpression],
) -> Option<Found> {
    let head = first_chars(text, MAX_CHARS);
    let first = || dates().first().filter(|it| it.range.end <= head.len());
    if may_start(head) { find_in(head, first()) } else { None }
}

/// The dateline at byte `at` of a text with its dates.
pub(crate) fn find_behind(text: &str, at: usize, dates: &[DateExpression]) -> Option<Found> {
    let head = first_chars(text.get(at..)?, MAX_CHARS);
    let first = dates.iter().find(|it| it.range.start >= at)?;
    let range = first.range.start - at..first.range.end - at;
    let date = DateExpression { range, ..first.clone() };
    let date = Some(&date).filter(|it| it.range.end <= head.len());
    if may_start(head) { find_in(head, date) } else { None }
}

/// The dateline at the start of `head`, the first date of which is `date`.
fn find_in(head: &str, date: Option<&DateExpression>) -> Option<Found> {
    let date = date.filter(|it| it.range.start > 2);
    let before = head.get(..date.map_or(head.len(), |it| it.range.start))?;
    // None of these is part of a name.
    let place = place(before.split([',', '(', '/', '–', '—']).next()?)?;
    let whole_end = place.len() + region(before.get(place.len()..)?);
    if let Some(date) = date.filter(|_| before.get(whole_end..).is_some_and(is_marks)) {
        return dated(head, place, date);
    }
    if let Some(found) = undotted(head, place) {
        return Some(found);
    }
    // Without a date the region may have taken the bracket of the agency.
    [place.len(), whole_end].into_iter().find_map(|at| undated(head, place, at))
}

/// Whether a text can start with a dateline that has a day.
pub(crate) fn may_have_date(text: &str) -> bool {
    let head = first_chars(text, MAX_CHARS);
    starts_as_place(head) && has_figure(head)
}

/// Whether a text can start with a dateline at all, told quickly: it starts as a place does, and a figure, a bracket
/// or a dash stands in it.
fn may_start(head: &str) -> bool {
    let marked = |it: u8| it.is_ascii_digit() || matches!(it, b'(' | b'/');
    let dashed = || head.contains(['–', '—']) || head.contains("- ") || head.contains("--");
    starts_as_place(head) && (any(head.as_bytes(), marked) || dashed())
}

/// Whether the first word has a capital, and what follows does not go on as a sentence does.
fn starts_as_place(head: &str) -> bool {
    let mut words = head.split_whitespace();
    let first = words.next().is_some_and(|it| it.starts_with(char::is_uppercase));
    let goes_on = |it: &str| it.starts_with(char::is_lowercase) && !JOINING.contains(&it);
    first && words.next().is_some_and(|it| !goes_on(it))
}

/// `PLACE, day (AGENCY) –`: the place is before the `date`, with nothing but its region and marks between them.
fn dated(head: &str, place: &str, date: &DateExpression) -> Option<Found> {
    let at = date.range.end;
    let end = end(head.get(at..)?)?;
    let agency = agency(head, at, &end, EndNeeded::No)?;
    Some(Found {
        place: ordinary(place),
        shouted: is_shouted(place),
        date: Some((date.edtf, date.range.clone())),
        agency,
        range: 0..head.get(..at + end.length)?.trim_end_matches(is_blank).len(),
    })
}

/// `PLACE (AGENCY) –`, `PLACE /AGENCY/`, and `PLACE –` where the place is in capitals throughout.
fn undated(head: &str, place: &str, at: usize) -> Option<Found> {
    let end = end(head.get(at..)?)?;
    let agency = agency(head, at, &end, EndNeeded::Yes)?;
    let shouted = is_shouted(place);
    let by_agency = agency.as_ref().and_then(|it| head.get(it.clone())).is_some_and(is_agency);
    let goes_on = head.get(at + end.length..)?.trim_start_matches(is_blank);
    let by_dash = end.form == Form::Dash && shouted && !goes_on.starts_with(char::is_lowercase);
    if !by_agency && !by_dash {
        return None;
    }
    let length = head.get(..at + end.length)?.trim_end_matches(is_blank).len();
    Some(Found { place: ordinary(place), shouted, date: None, agency, range: 0..length })
}

/// `PLACE. AGENCY –`, both in capitals throughout. `ST. PORT –` names a place alone.
fn undotted(head: &str, names: &str) -> Option<Found> {
    let (place, agency) = names.split_once(". ")?;
    let whole = place.rsplit(' ').next().is_some_and(|it| it.chars().count() > 3);
    let rest = head.get(names.len()..)?.trim_start_matches(is_blank);
    let shouted = is_shouted(place) && is_shouted(agency);
    if !(whole && shouted && rest.starts_with(['–', '—', '-'])) {
        return None;
    }
    let agency = names.len() - agency.len()..names.len();
    let mark = rest.chars().take_while(|it| matches!(it, '–' | '—' | '-')).map(char::len_utf8);
    let range = 0..head.len() - rest.len() + mark.sum::<usize>();
    Some(Found { place: ordinary(place), shouted, date: None, agency: Some(agency), range })
}

/// Whether the bracket of an agency must be followed by the mark that ends a dateline.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EndNeeded {
    Yes,
    No,
}

/// The agency in the `end` of a dateline that starts at byte `at` of `head`; the outer `None` when it is no end.
#[expect(clippy::option_option, reason = "no dateline and no agency are two different answers")]
fn agency(head: &str, at: usize, end: &End, needed: EndNeeded) -> Option<Option<Range<usize>>> {
    let range = end.name.as_ref().map(|it| at + it.start..at + it.end);
    let name = range.clone().and_then(|it| head.get(it)).unwrap_or_default();
    let one_word = || needed == EndNeeded::No && name.chars().all(char::is_alphabetic);
    match end.form {
        Form::Plain => is_agency(name).then_some(range),
        Form::Enclosed { closed: false } if needed == EndNeeded::Yes => None,
        Form::Enclosed { .. } => Some(range),
        Form::Dash => Some(range.filter(|_| is_name(name) && (is_agency(name) || one_word()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Place, date, agency and all of the dateline at the start of a text.
    fn seen(text: &str) -> Option<String> {
        let found = find(text)?;
        let date = found.date.map_or("-".to_owned(), |it| it.0.to_string());
        let agency = found.agency.map_or("-", |it| &text[it]);
        Some(format!("{} | {date} | {agency} | {}", found.place, &text[found.range]))
    }

    #[test]
    fn datelines_of_many_agencies_are_read() {
        for (text, expected) in [
            (
                "VAREGRAD, 19 May (PolTA) – The talks",
                "Varegrad | XXXX-05-19 | PolTA | VAREGRAD, 19 May (PolTA) –",
            ),
            (
                "IRVASHEN, July17 – VESK News Agency. The Pact",
                "Irvashen | XXXX-07-17 | VESK News Agency | IRVASHEN, July17 – VESK News Agency.",
            ),
            (
                "IGORSK /Northern Region/, December 26. /VESK/. The",
                "Igorsk | XXXX-12-26 | VESK | IGORSK /Northern Region/, December 26. /VESK/.",
            ),
            (
                "NAROVETS / BOSHKUL, 13 June 2016 – The Chair",
                "Narovets | 2016-06-13 | - | NAROVETS / BOSHKUL, 13 June 2016 –",
            ),
            (
                "Boshkul, Nov. 22, 2023. / Kerimpress/. The summit",
                "Boshkul | 2023-11-22 | Kerimpress | Boshkul, Nov. 22, 2023. / Kerimpress/.",
            ),
            (
                "BOSHKUL (Steppe News) - The Pact does",
                "Boshkul | - | Steppe News | BOSHKUL (Steppe News) -",
            ),
            ("SESHANBAD (VESK) — The Pact does", "Seshanbad | - | VESK | SESHANBAD (VESK) —"),
            (
                "VAREGRAD, March 12 - VESK. The talks",
                "Varegrad | XXXX-03-12 | VESK | VAREGRAD, March 12 - VESK.",
            ),
            (
                "NOVO-ZIMORODOVO, August 3 (VESK) - The",
                "Novo-Zimorodovo | XXXX-08-03 | VESK | NOVO-ZIMORODOVO, August 3 (VESK) -",
            ),
            (
                "ST. MARINBURG, June 5, 2025 /VESK/ - The",
                "St. Marinburg | 2025-06-05 | VESK | ST. MARINBURG, June 5, 2025 /VESK/ -",
            ),
            (
                "IRVASHEN, MAY 19, ARVASHPRESS. The foreign",
                "Irvashen | XXXX-05-19 | ARVASHPRESS | IRVASHEN, MAY 19, ARVASHPRESS.",
            ),
            (
                "PORT MERIDIAN, 24 September – Speaking",
                "Port Meridian | XXXX-09-24 | - | PORT MERIDIAN, 24 September –",
            ),
            (
                "SESHANBAD, 11.04.2025 (Zafarnews). – The",
                "Seshanbad | 2025-04-11 | Zafarnews | SESHANBAD, 11.04.2025 (Zafarnews).",
            ),
            ("VAREGRAD – The minister said", "Varegrad | - | - | VAREGRAD –"),
            (
                "БОШКУЛ, 28 мая. /ВЕСК/. В Бошкуле",
                "Бошкул | XXXX-05-28 | ВЕСК | БОШКУЛ, 28 мая. /ВЕСК/.",
            ),
        ] {
            assert_eq!(seen(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn an_agency_may_be_one_plain_word_or_stand_before_the_dash() {
        for (text, expected) in [
            (
                "NAROVETS, 7 May – Polinform. The talks",
                "Narovets | XXXX-05-07 | Polinform | NAROVETS, 7 May – Polinform.",
            ),
            (
                "NAROVETS, 7 May – Courier. The talks",
                "Narovets | XXXX-05-07 | Courier | NAROVETS, 7 May – Courier.",
            ),
            (
                "TASHVAR. ARVASHPRESS – The talks",
                "Tashvar | - | ARVASHPRESS | TASHVAR. ARVASHPRESS –",
            ),
            ("ST. MARINBURG – The talks", "St. Marinburg | - | - | ST. MARINBURG –"),
        ] {
            assert_eq!(seen(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn sentences_have_no_dateline() {
        for text in [
            "On November 27, Boshkul (the Kerim Republic) was the venue.",
            "From 17 to 20 March 2025, the Pact is carrying out a drill.",
            "Colonel-General Stepan Pridorogov, the Head of the Joint Staff, spoke.",
            "Miroslav Ket, put forward by Polavia, took over on January 1, 2020 – a Wednesday.",
            "Secretary General Miroslav Ket (Polavia) – a soldier – said so.",
            "ARPO – the Pact – was signed in Tashvar.",
            "President of Varegia Konstantin Ardin: Good afternoon.",
            "May 9 – the Day of Victory – was marked in Varegrad.",
            "Varegrad, 19 May and 20 May saw rain.",
            "",
        ] {
            assert_eq!(seen(text), None, "{text}");
        }
    }
}
