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

/// A language and the script of its text.
pub(crate) type Told = (&'static str, Option<Script>);

/// The language of `text` on a page with the language and script that `page` tells: that of the
/// page where the text is too short to tell and in the same script.
pub(crate) fn on_page(text: &str, page: impl FnOnce() -> Told) -> &'static str {
    let is_short = text.chars().nth(MIN_CHARS).is_none();
    let page = is_short.then(page).filter(|it| it.0 != "und" && it.1 == script(text));
    page.map_or_else(|| language(text), |it| it.0)
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
    let mut word = Word::default();
    for it in text.chars().chain([' ']) {
        if it.is_ascii_alphabetic() || !it.is_ascii() && it.is_alphabetic() {
            word.push(it);
        } else if word.length > 0 {
            words += 1;
            english += usize::from(word.is_english());
            word = Word::default();
        }
    }
    english > 0 && english * WORDS_PER_ENGLISH >= words
}

/// A word while it is read.
#[derive(Default)]
struct Word {
    length: usize,
    /// The last letters in lower case, those beyond ASCII as 0.
    last: [u8; 4],
}

impl Word {
    fn push(&mut self, letter: char) {
        let [_, second, third, fourth] = self.last;
        let lower = u8::try_from(letter.to_ascii_lowercase()).ok().filter(u8::is_ascii);
        self.last = [second, third, fourth, lower.unwrap_or(0)];
        self.length += 1;
    }

    /// Whether it is one of the words that make a text English.
    fn is_english(&self) -> bool {
        let [_, second, third, fourth] = self.last;
        match self.length {
            2 => matches!(
                &[third, fourth],
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
            ),
            3 => matches!(
                &[second, third, fourth],
                b"the" | b"and" | b"was" | b"for" | b"has" | b"are" | b"his"
            ),
            4 => matches!(&self.last, b"with" | b"that" | b"from" | b"will" | b"have" | b"were"),
            _ => false,
        }
    }
}
