//! The language of a text.

use whatlang::{Detector, Lang};

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

/// Words that make a short text in Latin letters English.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "is", "was", "with", "for", "that", "on", "by", "at", "from",
    "as", "will", "has", "have", "are", "it", "he", "his", "be", "were", "an",
];

/// Longest part of a text that is looked at, in characters.
const SAMPLE_CHARS: usize = 2000;

/// Share of words that are [`ENGLISH`], one in this many, at which a text is English.
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
    let sample: String = text.chars().take(SAMPLE_CHARS).collect();
    let Some(script) = script(&sample) else { return "und" };
    if script == Script::Latin {
        let words = sample.split(|it: char| !it.is_alphabetic()).filter(|it| !it.is_empty());
        let words: Vec<String> = words.map(str::to_lowercase).collect();
        let english = words.iter().filter(|it| ENGLISH.contains(&it.as_str())).count();
        if english * WORDS_PER_ENGLISH >= words.len() && english > 0 {
            return "en";
        }
    }
    let languages = LANGUAGES.iter().map(|it| it.0).collect();
    let found = Detector::with_allowlist(languages).detect(&sample);
    let code = |lang: Lang| LANGUAGES.iter().find(|it| it.0 == lang).map(|it| it.1);
    found.and_then(|it| code(it.lang())).unwrap_or("und")
}
