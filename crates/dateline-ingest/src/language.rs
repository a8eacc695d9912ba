//! The language of a text.

use std::sync::LazyLock;

use whatlang::{Detector, Lang};

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

/// Shortest text that is judged without regard to its page, in characters.
const MIN_CHARS: usize = 160;

/// The language of `text` on a page in the language `page`: that of the page where the text is too
/// short to tell and in the same script.
pub(crate) fn on_page(text: &str, page: &'static str, page_script: Option<Script>) -> &'static str {
    let short = text.chars().nth(MIN_CHARS).is_none();
    if short && page != "und" && script(text) == page_script { page } else { language(text) }
}

/// The ISO 639-1 code of the language of `text`; `und` where it could not be told.
pub(crate) fn language(text: &str) -> &'static str {
    static DETECTOR: LazyLock<Detector> =
        LazyLock::new(|| Detector::with_allowlist(LANGUAGES.iter().map(|it| it.0).collect()));
    let sample = first_chars(text, SAMPLE_CHARS);
    let Some(script) = script(sample) else { return "und" };
    if script == Script::Latin && is_english(sample) {
        return "en";
    }
    let found = DETECTOR.detect(sample);
    let code = |lang: Lang| LANGUAGES.iter().find(|it| it.0 == lang).map(|it| it.1);
    found.and_then(|it| code(it.lang())).unwrap_or("und")
}

/// Whether the words of a text in Latin letters are English often enough.
fn is_english(text: &str) -> bool {
    let (mut words, mut english) = (0, 0);
    // Cut at bytes, so that a piece is a word, or several with characters beyond ASCII between.
    for piece in text.as_bytes().split(|it| it.is_ascii() && !it.is_ascii_alphabetic()) {
        if piece.is_ascii() {
            words += usize::from(!piece.is_empty());
            english += usize::from(is_english_word(piece));
        } else {
            let piece = std::str::from_utf8(piece).unwrap_or_default();
            for word in piece.split(|it: char| !it.is_alphabetic()).filter(|it| !it.is_empty()) {
                words += 1;
                english += usize::from(is_english_word(word.as_bytes()));
            }
        }
    }
    english > 0 && english * WORDS_PER_ENGLISH >= words
}

/// Whether a word is one of those that make a text English.
fn is_english_word(word: &[u8]) -> bool {
    let mut lower = [0; 4];
    let Some(lower) = lower.get_mut(..word.len()).filter(|it| it.len() > 1) else { return false };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    #[rustfmt::skip]
    let is_common = matches!(
        &*lower,
        b"the" | b"of" | b"and" | b"to" | b"in" | b"is" | b"was" | b"with" | b"for" | b"that"
            | b"on" | b"by" | b"at" | b"from" | b"as" | b"will" | b"has" | b"have" | b"are"
            | b"it" | b"he" | b"his" | b"be" | b"were" | b"an"
    );
    is_common
}
