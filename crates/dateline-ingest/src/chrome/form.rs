//! Lines that are boilerplate by their form: image names, addresses, phones, counters, photo
//! credits, times, paths, labels of a page's records.
//!
//! Each pattern runs only on lines that a look at a few bytes has not ruled out: most lines are
//! ruled out by all of them.

use std::sync::LazyLock;

use regex::Regex;

use super::{LineSigns, caption_end, constant};
use crate::strides::has_figure;

static IMAGE_NAME: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?i)\.(?:jpe?g|png|gif|webp|bmp|tiff?|svg|mp[34]|pdf|docx?)$"));
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?i)^(?:e-?mail:?\s*)?(?:https?://\S+|www\.\S+|\S+@\S+\.\w+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|int|info|gov|ru|by|kg|kz|tj|am|uz))/?$",
    )
});
static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?i)^(?:(?:tel|phone|fax|тел|факс|т)[\w./ ]{0,12}[.:]?\s*)?[+(]?\d[\d\s()./,\u{2010}-\u{2015}-]{4,40}\d$",
    )
});
static COUNTER: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?i)^(?:(?:views?|hits|comments?|shares?|likes?|просмотр\w*)[: ]*)?[\d\s.,:/|%+-]{1,12}(?: (?:views?|comments?|shares?|likes?))?$",
    )
});
static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?i)^(?:©|photos?(?: by| courtesy| credit|:|/)|(?:an? )?(?:archive|archival|file|illustrative|stock) (?:photo|picture|image)|image(?: credit)?:|credit:|videos?(?: by| courtesy| credit|:|/)|footage(?: by|:)|graphics?:|infographics?:|фото:?\b)",
    )
});
/// A time of day alone, or a count of pictures.
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?i)^(?:(?:updated|published|posted|modified)(?: at)?:?\s*)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?$|^\d+ of \d+$",
    )
});
/// A label of the page's records with a few words behind it: who edited the text, what kind it is.
static RECORD: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?i)^(?:source|editors?|authors?|content type|type|category|categories|section|rubric|reading time|news type|issued by|document type|language|filed under|where we are|what we do|источник|автор|редактор|рубрика)\s*:\s*\S.{0,60}$",
    )
});
/// Two or more signs that part the steps of a path (`Home / News / Politics`), one at an end, or one between steps of a
/// word or two.
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"^[^.!?]+\s[/>›»|]\s[^.!?]+\s[/>›»|]\s[^.!?]*$|^[^.!?]{2,60}\s+[/>›»|]$|^[/>›|]\s[^.!?]{2,60}$|^[^\s.!?]+(?: [^\s.!?]+)? [/>›»|] [^\s.!?]+(?: [^\s.!?]+)?$",
    )
});

/// How far into a line the colon of a label stands at most, in bytes.
const MAX_LABEL_BYTES: usize = 60;

/// Longest ending of the name of an image, in bytes.
const MAX_ENDING_BYTES: usize = 8;

/// Whether `line` is boilerplate by its form.
pub(super) fn is_boilerplate(line: &str, signs: LineSigns) -> bool {
    let caption = caption_end(line, signs).is_some_and(|end| end >= line.len()) || is_byline(line);
    let weather = || !line.is_ascii() && (line.contains("°C") || line.contains("°F"));
    caption || weather() || matches_form(line)
}

/// Most words of a line that names the authors.
const MAX_BYLINE_WORDS: usize = 10;

/// Whether a line names the authors and no more: `By Ana Orlo and Ivo Redlich`, `By Channel 4 Newsroom`, `Ana Orlo,
/// special correspondent`.
pub(crate) fn is_byline(line: &str) -> bool {
    if is_signed(line) {
        return true;
    }
    let named = |word: &str| {
        let small =
            matches!(word, "and" | "in" | "for" | "of" | "the" | "de" | "van" | "von" | "al");
        small || word.starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit())
    };
    let names = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "));
    names.is_some_and(|it| {
        let unnamed = it.starts_with("our ") || it.starts_with("a staff ");
        (unnamed || it.split([' ', ',', '&']).filter(|it| !it.is_empty()).all(named))
            && !it.ends_with(['.', '!', '?', ':'])
            && it.split_whitespace().count() < MAX_BYLINE_WORDS
    })
}

/// `Captain Ana Orlo, special correspondent`
fn is_signed(line: &str) -> bool {
    const TRADES: &[&str] = &["correspondent", "reporter", "columnist", "staff writer", "observer"];
    let Some((name, trade)) = line.rsplit_once(", ") else { return false };
    let has_capital = |it: &str| it.starts_with(char::is_uppercase);
    TRADES.iter().any(|it| trade.ends_with(it))
        && trade.starts_with(char::is_lowercase)
        && trade.split_whitespace().count() <= 3
        && (2..MAX_BYLINE_WORDS).contains(&name.split_whitespace().count())
        && name.split_whitespace().all(has_capital)
}

/// Whether a line starts with the first two letters of a word for a picture or its author.
fn may_credit(line: &str) -> bool {
    let Some(&[first, second]) = line.as_bytes().first_chunk() else { return false };
    let start = [first.to_ascii_lowercase(), second.to_ascii_lowercase()];
    let known =
        [b"ph", b"a ", b"an", b"ar", b"fi", b"il", b"st", b"im", b"cr", b"vi", b"fo", b"gr", b"in"];
    !first.is_ascii() || known.contains(&&start)
}

fn matches_form(line: &str) -> bool {
    let (Some(first), Some(last)) = (line.chars().next(), line.chars().next_back()) else {
        return false;
    };
    let has = |marks: &[u8]| line.bytes().any(|it| marks.contains(&it));
    let starts = |letters: &str| !first.is_ascii() || letters.contains(first.to_ascii_lowercase());
    let parts = || line.split_whitespace().take(3).count();
    let figures = || !line.is_ascii() || has_figure(line);
    let ending = || {
        last.is_ascii_alphanumeric()
            && line.bytes().rev().take(MAX_ENDING_BYTES).any(|it| it == b'.')
    };
    let labelled = || line.find(':').is_some_and(|it| it <= MAX_LABEL_BYTES);
    let counted = || !last.is_ascii_alphabetic() || "swte".contains(last.to_ascii_lowercase());
    (ending() && IMAGE_NAME.is_match(line))
        || (has(b"./") && parts() <= 2 && ADDRESS.is_match(line))
        || (last.is_numeric() && PHONE.is_match(line))
        || ((!first.is_alphabetic() || starts("vhcsl")) && counted() && COUNTER.is_match(line))
        || (may_credit(line) && CREDIT.is_match(line))
        || ((first.is_numeric() || starts("upm")) && figures() && CLOCK.is_match(line))
        || ((has(b"/|>") || !line.is_ascii() && line.contains(['›', '»'])) && PATH.is_match(line))
        || (labelled() && RECORD.is_match(line))
}

/// Whether a line is a time of day and nothing else.
pub(crate) fn is_clock(line: &str) -> bool {
    line.starts_with(|it: char| it.is_ascii_digit()) && line.contains(':') && CLOCK.is_match(line)
}
