//! A name as it is written, into its words: without titles, what stands in brackets, and the style of a peer or doctor.

use unicode_normalization::UnicodeNormalization as _;

use super::sounds::{Script, Sound, script_of, sounds};

/// One word of a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct NameWord {
    /// Lower case.
    pub(crate) low: String,
    pub(crate) script: Script,
    pub(crate) sounds: Vec<Sound>,
    /// A letter, with or without a full stop, that stands for a name.
    pub(crate) initial: bool,
}

impl NameWord {
    pub(crate) fn of(word: &str) -> Option<Self> {
        let word = if is_junior(&word.trim_matches('.').to_lowercase()) { JUNIOR } else { word };
        let script = script_of(word);
        let sounds = sounds(word, script);
        let letters = word.chars().filter(|it| it.is_alphabetic()).count();
        let initial =
            letters == 1 && word.chars().any(char::is_uppercase) && script != Script::Syllables;
        let low: String =
            word.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        (!sounds.is_empty() && letters > 0).then_some(Self { low, script, sounds, initial })
    }
}

/// Words before or behind a name that are none of it.
const TITLES: &[&str] = &[
    "sir",
    "lord",
    "lady",
    "dame",
    "baron",
    "baroness",
    "viscount",
    "earl",
    "count",
    "countess",
    "dr",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "miss",
    "hon",
    "rt",
    "rthon",
    "mp",
    "mep",
    "qc",
    "kc",
    "phd",
    "obe",
    "mbe",
    "cbe",
    "kbe",
    "dbe",
    "sr",
    "senator",
    "president",
    "minister",
    "rev",
    "reverend",
    "hrh",
    "excellency",
    "general",
    "gen",
    "colonel",
    "col",
    "major",
    "maj",
    "captain",
    "capt",
    "lieutenant",
    "lt",
    "admiral",
    "adm",
    "sheikh",
    "the",
    "г-н",
    "г-жа",
    "господин",
    "госпожа",
    "сэр",
    "лорд",
    "барон",
    "баронесса",
    "генерал",
    "полковник",
    "д-р",
    "проф",
];

/// Words behind a comma that begin a style, not a given name.
const STYLES: &[&str] = &[
    "baron",
    "baroness",
    "viscount",
    "viscountess",
    "earl",
    "lord",
    "lady",
    "duke",
    "duchess",
    "count",
    "countess",
    "marquess",
    "marquis",
    "1st",
    "2nd",
    "3rd",
    "4th",
    "5th",
    "6th",
    "7th",
    "phd",
    "md",
    "qc",
    "kc",
    "mp",
    "барон",
    "баронесса",
    "лорд",
    "граф",
];

/// Longest name that is looked at, in words.
const MOST_WORDS: usize = 8;

/// The words of `name`, in their order.
pub(crate) fn words_of(name: &str) -> Vec<NameWord> {
    let name: String = without_brackets(name).nfc().collect();
    let mut parts = name.split([',', '،', '、']);
    let mut kept: Vec<&str> = parts.next().into_iter().collect();
    for part in parts {
        let first =
            part.split_whitespace().next().unwrap_or_default().trim_end_matches('.').to_lowercase();
        if STYLES.contains(&first.as_str()) {
            break;
        }
        kept.push(part);
    }
    let pieces = kept.iter().flat_map(|it| it.split(is_gap)).flat_map(|it| it.split_inclusive('.'));
    let words = pieces.filter(|it| !it.trim_matches('.').is_empty());
    let plain = |it: &str| it.trim_matches('.').to_lowercase();
    let mut words: Vec<&str> = words.collect();
    let is_title = |it: &str| TITLES.contains(&plain(it).as_str());
    // `Lord Patten` has a title and a name, `Michael Lord` two names.
    while words.len() > 1 && words.first().is_some_and(|it| is_title(it)) {
        words.remove(0);
    }
    if words.len() > 2 {
        words.retain(|it| !is_title(it));
    }
    words
        .into_iter()
        .filter(|it| !is_particle(it))
        .filter_map(NameWord::of)
        .take(MOST_WORDS)
        .collect()
}

fn is_gap(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '-' | '‐'
                | '‑'
                | '–'
                | '—'
                | '·'
                | '・'
                | '‧'
                | '•'
                | '='
                | '＝'
                | '/'
                | '_'
                | '\u{200b}'
                | '\u{200c}'
        )
}

fn without_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

fn is_particle(word: &str) -> bool {
    let mut letters = word.chars().filter(|it| it.is_alphabetic());
    let one = letters.next().is_some_and(|it| it.is_lowercase() && it.is_ascii());
    one && letters.next().is_none()
}

/// What stands for all words that call somebody the younger of two of one name.
const JUNIOR: &str = "jr";

/// Whether the word says that its bearer is the younger of two of the same name.
pub(crate) fn is_junior(low: &str) -> bool {
    matches!(low, "jr" | "jnr" | "junior" | "iunior" | "ii" | "младший")
}
