//! The language of a text.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use whatlang::{Detector, Info, Lang};

use crate::page::first_chars;
use crate::script::{Script, script};

/// Languages that are told apart.
const LANGUAGES: &[(Lang, &str)] = &[
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Bel, "be"),
    (Lang::Deu, "de"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Ita, "it"),
    (Lang::Por, "pt"),
    (Lang::Pol, "pl"),
    (Lang::Tur, "tr"),
    (Lang::Nld, "nl"),
    (Lang::Swe, "sv"),
    (Lang::Ces, "cs"),
    (Lang::Ron, "ro"),
    (Lang::Hun, "hu"),
    (Lang::Bul, "bg"),
    (Lang::Srp, "sr"),
    (Lang::Uzb, "uz"),
    (Lang::Aze, "az"),
    (Lang::Hye, "hy"),
    (Lang::Kat, "ka"),
    (Lang::Heb, "he"),
    (Lang::Ell, "el"),
    (Lang::Ara, "ar"),
    (Lang::Pes, "fa"),
    (Lang::Cmn, "zh"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
];

/// Longest part of a text that is looked at, in characters.
const SAMPLE_CHARS: usize = 2000;

/// Share of words that are common in English, one in this many, at which a text is English.
const WORDS_PER_ENGLISH: usize = 6;

/// The same share at the start of a text, at which nobody need look at the rest.
const WORDS_PER_CLEAR: usize = 5;

/// How much of a text is its start, in characters.
const CLEAR_CHARS: usize = 240;

/// Shortest text that is judged without regard to its page, in characters.
const MIN_CHARS: usize = 160;

/// A language and the script of its text.
pub(crate) type Told = (&'static str, Option<Script>);

/// The language of `text` on a page with the language and script that `page` tells: that of the
/// page where the text is too short to tell and in the same script.
pub(crate) fn on_page(text: &str, page: impl FnOnce() -> Told) -> &'static str {
    let page = is_short(text).then(page).filter(|it| it.0 != "und" && it.1 == script(text));
    page.map_or_else(|| language(text), |it| it.0)
}

/// Whether a text is too short to tell its language by itself.
pub(crate) fn is_short(text: &str) -> bool {
    text.len() <= MIN_CHARS || text.chars().nth(MIN_CHARS).is_none()
}

/// The ISO 639-1 code of the language of `text`; `und` where it could not be told.
pub(crate) fn language(text: &str) -> &'static str {
    let sample = first_chars(text, SAMPLE_CHARS);
    let Some(script) = script(sample) else { return "und" };
    if script == Script::Latin && is_english(sample) {
        return "en";
    }
    DETECTOR.detect(sample).and_then(|it| code(it.lang())).unwrap_or("und")
}

static DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(LANGUAGES.iter().map(|it| it.0).collect()));

fn code(lang: Lang) -> Option<&'static str> {
    LANGUAGES.iter().find(|it| it.0 == lang).map(|it| it.1)
}

/// The language of a line of a text that is in `whole`, where it is surely another one.
pub(crate) fn other_than(whole: &str, line: &str) -> Option<&'static str> {
    static THE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(" the "));
    // Nearly every line of an English text says it, and hardly a line in another language does.
    let is_plain = || whole == "en" && THE.find(line.as_bytes()).is_some();
    if whole == "und" || is_plain() || is_short(line) || whole == "en" && is_english(line) {
        return None;
    }
    let sample = first_chars(line, SAMPLE_CHARS);
    let is_english = script(sample) == Some(Script::Latin) && is_english(sample);
    let found = if is_english { Some("en") } else { surely(sample) };
    found.filter(|it| *it != whole)
}

/// The language of a text, where the detector is sure of it.
fn surely(text: &str) -> Option<&'static str> {
    DETECTOR.detect(text).filter(Info::is_reliable).and_then(|it| code(it.lang()))
}

/// Whether the words of a text in Latin letters are English often enough. Its start decides where it is clear.
fn is_english(text: &str) -> bool {
    let start = first_chars(text, CLEAR_CHARS);
    let clear = start.len() < text.len() && has_english(start, WORDS_PER_CLEAR);
    clear || has_english(text, WORDS_PER_ENGLISH)
}

/// Whether one in so many words of a text is a common one of English.
fn has_english(text: &str, words_per_english: usize) -> bool {
    let (mut words, mut english) = (0, 0);
    let mut rest = text;
    while !rest.is_empty() {
        let bytes = rest.as_bytes();
        let plain = bytes.iter().take_while(|it| it.is_ascii_alphabetic()).count();
        let plain_word = bytes.get(plain).is_none_or(u8::is_ascii);
        let end = if plain_word { plain } else { letters(rest) };
        words += usize::from(end > 0);
        let word = bytes.get(..end).filter(|_| plain_word).unwrap_or_default();
        english += usize::from(is_english_word(word));
        let behind = rest.get(end..).unwrap_or_default();
        let mut behind = behind.chars();
        behind.next();
        rest = behind.as_str();
    }
    english > 0 && english * words_per_english >= words
}

/// The length of the letters that start a text.
fn letters(text: &str) -> usize {
    text.find(|it: char| !it.is_alphabetic()).unwrap_or(text.len())
}

/// Whether a word is one of those that make a text English.
fn is_english_word(word: &[u8]) -> bool {
    let mut lower = [0; 4];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    matches!(
        &*lower,
        b"of"
            | b"to"
            | b"in"
            | b"is"
            | b"on"
            | b"by"
            | b"at"
            | b"as"
            | b"it"
            | b"he"
            | b"be"
            | b"an"
            | b"the"
            | b"and"
            | b"was"
            | b"for"
            | b"has"
            | b"are"
            | b"his"
            | b"with"
            | b"that"
            | b"from"
            | b"will"
            | b"have"
            | b"were"
    )
}
