//! The words before the first sentence of a story: `PLACE, day (AGENCY) –` and its many forms.

use std::ops::Range;
use std::sync::LazyLock;

use dateline_event::date::Edtf;
use dateline_event::date::printed::find_all;
use regex::{Captures, Regex};

use crate::chrome::constant;
use crate::page::{first_chars, is_blank};
use crate::stamp::{is_agency, is_name};

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

/// A place: words with capitals, joined by blanks and hyphens.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"^\p{Lu}[\p{L}.'’]*(?:[ \u{a0}-](?:de|da|di|la|le|el|am|an|on|of|the|upon)\b|[ \u{a0}-]\p{Lu}[\p{L}.'’]*){0,4}",
    )
});

/// What follows the name of a place: a region in brackets or behind a comma, a second place.
static REGION: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"^(?:\s*(?:\([^()]{2,40}\)|/[^/]{2,40}/|,\s*\p{Lu}[\p{L} .'’-]{2,30}))?(?:\s*/\s*\p{Lu}[\p{L} .'’-]{1,30})?",
    )
});

/// What follows the place and the date: the agency and the mark that ends the dateline. One pattern
/// for each mark that it can start with, since a small one is run many times faster.
static BRACKET: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"^[\s,.]*\(\s*(?P<bracket>[^()]{2,40}?)\s*\)(?P<endb>\s*(?:[–—-]{1,2}\s|[.:]|$))?")
});
static SLASH: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"^[\s,.]*/\s*(?P<slash>[^/]{2,40}?)\s*/(?P<endb>\s*(?:[–—-]{1,2}\s|[.:]|$))?")
});
static DASH: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"^[\s,.]*(?P<dash>[–—-]{1,2})\s+(?:(?P<named>\p{Lu}[\p{L}\d -]{1,40}?)\s*\.(?:\s|$))?",
    )
});
static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"^[\s,.]*(?P<plain>\p{Lu}[\p{L}\d.-]{1,20}(?: \p{Lu}[\p{L}\d.-]{1,20})?)\s*(?P<endp>\s[–—-]{1,2}\s|\.(?:\s|$))",
    )
});

/// The end of a dateline at the start of `behind`, in the groups of one of the patterns.
fn end(behind: &str) -> Option<Captures<'_>> {
    let marks = |it: char| it.is_whitespace() || matches!(it, ',' | '.');
    let pattern = match behind.trim_start_matches(marks).chars().next()? {
        '(' => &BRACKET,
        '/' => &SLASH,
        '–' | '—' | '-' => &DASH,
        it if it.is_uppercase() => &PLAIN,
        _ => return None,
    };
    pattern.captures(behind)
}

/// The dateline at the start of `text`.
pub(crate) fn find(text: &str) -> Option<Found> {
    let head = first_chars(text, MAX_CHARS);
    if !may_start(head) {
        return None;
    }
    let dates = find_all(head);
    let date = dates.first().filter(|it| it.range.start > 2);
    let before = head.get(..date.map_or(head.len(), |it| it.range.start))?;
    // None of these is part of a name; without them the pattern seldom looks beyond ASCII.
    let names = before.split([',', '(', '/', '–', '—']).next()?;
    let place = PLACE.find(names)?.as_str();
    let region = before.get(place.len()..)?;
    let whole_end = place.len() + REGION.find(region).map_or(0, |it| it.end());
    if let Some(date) = date.filter(|_| only_marks(before.get(whole_end..)).is_some()) {
        let rest_at = date.range.end;
        let end = end(head.get(rest_at..)?)?;
        let agency = agency(&end, rest_at, EndNeeded::No)?;
        let range = 0..rest_at + end.get(0)?.end();
        let range = 0..head.get(range)?.trim_end_matches(is_blank).len();
        let date = Some((date.edtf, date.range.clone()));
        return Some(Found {
            place: ordinary(place),
            shouted: is_shouted(place),
            date,
            agency,
            range,
        });
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
    head.bytes().any(|it| it.is_ascii_digit()) && may_start(head)
}

/// Whether a text can start with a dateline at all, told quickly: it starts with a capital, and
/// what follows the first word does not go on as a sentence does.
fn may_start(head: &str) -> bool {
    const JOINING: &[&str] =
        &["de", "da", "di", "la", "le", "el", "am", "an", "on", "of", "the", "upon"];
    let mut words = head.split_whitespace();
    let first = words.next().is_some_and(|it| it.starts_with(char::is_uppercase));
    let second =
        words.next().is_some_and(|it| !it.starts_with(char::is_lowercase) || JOINING.contains(&it));
    let marked = head.contains(['(', '/', '–', '—']) || head.contains("- ") || head.contains("--");
    first && second && (marked || head.bytes().any(|it| it.is_ascii_digit()))
}

fn only_marks(text: Option<&str>) -> Option<&str> {
    text.filter(|it| {
        it.chars().all(|it| is_blank(it) || matches!(it, ',' | '.' | '/' | '-' | '–' | '—'))
    })
}

/// `PLACE (AGENCY) –`, `PLACE /AGENCY/`, and `PLACE –` where the place is in capitals throughout.
fn undated(head: &str, place: &str, at: usize) -> Option<Found> {
    let end = end(head.get(at..)?)?;
    let agency = agency(&end, at, EndNeeded::Yes)?;
    let shouted = is_shouted(place);
    let by_agency = agency.as_ref().and_then(|it| head.get(it.clone())).is_some_and(is_agency);
    let goes_on = head.get(at + end.get(0)?.end()..)?.trim_start_matches(is_blank);
    let by_dash = end.name("dash").is_some() && shouted && !goes_on.starts_with(char::is_lowercase);
    if !by_agency && !by_dash {
        return None;
    }
    let length = head.get(..at + end.get(0)?.end())?.trim_end_matches(is_blank).len();
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

fn is_shouted(place: &str) -> bool {
    place.chars().count() > 3 && !place.chars().any(char::is_lowercase)
}

/// Whether the bracket of an agency must be followed by the mark that ends a dateline.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EndNeeded {
    Yes,
    No,
}

/// The agency in the end of a dateline; the outer `None` when it is no end.
#[expect(clippy::option_option, reason = "no dateline and no agency are two different answers")]
fn agency(end: &Captures<'_>, at: usize, needed: EndNeeded) -> Option<Option<Range<usize>>> {
    if let Some(plain) = end.name("plain") {
        let known = is_agency(plain.as_str());
        return known.then(|| Some(at + plain.start()..at + plain.end()));
    }
    let bracket = end.name("bracket").or(end.name("slash"));
    if bracket.is_some() && end.name("endb").is_none() && needed == EndNeeded::Yes {
        return None;
    }
    let one_word = |it: &str| needed == EndNeeded::No && it.chars().all(char::is_alphabetic);
    let named = end.name("named").map(|it| (it, it.as_str()));
    let named = named.filter(|(_, it)| is_name(it) && (is_agency(it) || one_word(it)));
    let named = named.map(|it| it.0);
    Some(bracket.or(named).map(|it| at + it.start()..at + it.end()))
}

/// A place in ordinary spelling: `NOVO-OGARYOVO` becomes `Novo-Ogaryovo`.
fn ordinary(place: &str) -> String {
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
