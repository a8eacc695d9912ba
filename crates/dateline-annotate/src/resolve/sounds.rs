//! A word of a name as the sounds that it stands for, whatever script it is written in.
//!
//! The letters are made Latin by `any_ascii`, then read as sounds: spellings of one sound become one, and what a script
//! leaves out or writes alike is known by its [`Script`]. It is a rough ear on purpose. Two words that sound alike here
//! are candidates for being one name; `distance` says how near they are.

use any_ascii::any_ascii_char;

/// One sound. Lower case is a sound of its own; these stand for what one Latin letter cannot:
/// `S` sh, `Z` zh, `C` ch, `J` as in `judge`, `G` a `g` that may be `J`, `c` ts, `j` a Latin `j`,
/// `T` as in `thin`, `Y` and `W` letters that are a glide or a vowel.
pub(crate) type Sound = u8;

/// How much of a name's sound a script tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Script {
    /// Latin: all of it, in the spelling of some language.
    Latin,
    /// An alphabet or syllabary that writes vowels.
    Voweled,
    /// Arabic or Hebrew: most vowels are left out.
    Abjad,
    /// Chinese, Japanese or Korean: syllables with few closing consonants.
    Syllables,
}

/// Which kind of script most letters of `word` are of; the first of equals in the order of [`Script`].
pub(crate) fn script_of(word: &str) -> Script {
    let mut counts = [0_usize; 4];
    for letter in word.chars().filter(|it| it.is_alphabetic()) {
        let at = match script_of_letter(letter) {
            Script::Latin => 0,
            Script::Voweled => 1,
            Script::Abjad => 2,
            Script::Syllables => 3,
        };
        if let Some(count) = counts.get_mut(at) {
            *count += 1;
        }
    }
    let [latin, voweled, abjad, syllables] = counts;
    let most = latin.max(voweled).max(abjad).max(syllables);
    match most {
        it if it == latin => Script::Latin,
        it if it == voweled => Script::Voweled,
        it if it == abjad => Script::Abjad,
        _ => Script::Syllables,
    }
}

/// By the blocks of Unicode.
const fn script_of_letter(letter: char) -> Script {
    match letter {
        '\0'..='\u{36f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{590}'..='\u{77f}'
        | '\u{8a0}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}' => Script::Abjad,
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Script::Syllables,
        _ => Script::Voweled,
    }
}

/// The sounds of one word.
pub(crate) fn sounds(word: &str, script: Script) -> Vec<Sound> {
    let latin = latin(word);
    let greek = word.chars().any(|it| matches!(it, '\u{370}'..='\u{3ff}'));
    let mut out: Vec<Sound> = Vec::with_capacity(latin.len());
    let mut rest = latin.as_str();
    while let Some(letter) = rest.bytes().next() {
        let spelled = spelling(rest, out.is_empty(), script, greek);
        let (said, length) = spelled.unwrap_or_else(|| (one(letter, script), 1));
        for sound in said.bytes() {
            if out.last() != Some(&sound) {
                out.push(sound);
            }
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// Lower-case Latin letters for `word`, nothing else. Marks that make another consonant of a letter are kept as the
/// English spelling of it.
fn latin(word: &str) -> String {
    let mut latin = String::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        let spelled = match letter {
            'č' | 'ć' | 'ç' | 'ч' => "ch",
            'š' | 'ş' | 'ș' | 'ś' | 'ш' | 'щ' => "sh",
            'ž' | 'ź' | 'ż' | 'ж' => "zh",
            'џ' | 'ђ' => "dzh",
            'ñ' | 'њ' => "n",
            'ł' | 'љ' => "l",
            'х' => "kh",
            'й' => "y",
            'ы' => "i",
            'ā' | 'ä' | 'æ' => "e",
            // A long vowel and a doubled consonant of Japanese.
            'ー' | 'ッ' | 'っ' => "",
            other => any_ascii_char(other),
        };
        latin.extend(
            spelled.chars().filter(char::is_ascii_alphabetic).map(|it| it.to_ascii_lowercase()),
        );
        if matches!(letter, '\'' | '’' | '׳')
            && matches!(latin.bytes().last(), Some(b'g'))
            && script_of(word) == Script::Abjad
        {
            latin.pop();
            latin.push('j');
        }
    }
    latin
}

/// Spellings of more than one letter: what they sound like, and at which places (`^` at the start, `$` at the end).
const SPELLINGS: &[(&str, &str)] = &[
    ("^kn", "n"),
    ("^wr", "r"),
    ("^ps", "s"),
    ("^pf", "f"),
    ("^x", "z"),
    ("^mc", "mak"),
    ("^y", "y"),
    ("^eu", "yu"),
    ("^ie", "ye"),
    ("mb$", "m"),
    ("gh$", ""),
    ("e$", ""),
    ("ough", "o"),
    ("augh", "o"),
    ("eigh", "ey"),
    ("igh", "ay"),
    ("ugh", "u"),
    ("shch", "S"),
    ("dzsh", "J"),
    ("dzh", "J"),
    ("tsch", "C"),
    ("tch", "C"),
    ("sch", "S"),
    ("dj", "J"),
    ("dg", "J"),
    ("sh", "S"),
    ("zh", "Z"),
    ("ch", "C"),
    ("ck", "k"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "T"),
    ("dh", "d"),
    ("wh", "w"),
    ("rh", "r"),
    ("qu", "kw"),
    ("ts", "c"),
    ("tz", "c"),
    ("cz", "C"),
    ("sz", "S"),
    ("rz", "Z"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("ge", "Ge"),
    ("gi", "Gi"),
    ("gy", "Gi"),
    ("x", "ks"),
    ("tion", "San"),
    ("ee", "i"),
    ("ea", "i"),
    ("oo", "u"),
    ("ou", "u"),
    ("ll", "l"),
];

/// Spellings that come of making another script Latin.
const VOWELED: &[(&str, &str)] = &[
    ("shch", "S"),
    ("dzsh", "J"),
    ("dzh", "J"),
    ("dj", "J"),
    ("tch", "C"),
    ("ch", "C"),
    ("sh", "S"),
    ("zh", "Z"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "T"),
    ("dh", "d"),
    ("bh", "b"),
    ("ts", "c"),
    ("ks", "ks"),
    ("x", "ks"),
    ("yu", "yu"),
    ("ya", "ya"),
];

/// Two letters for one sound in Greek names.
const GREEK: &[(&str, &str)] = &[
    ("ntz", "J"),
    ("tz", "J"),
    ("^nt", "d"),
    ("nt", "d"),
    ("^mp", "b"),
    ("mp", "b"),
    ("^gk", "g"),
    ("gk", "g"),
    ("ou", "u"),
    ("ch", "h"),
];

/// The spelling of Mandarin syllables.
const SYLLABLES: &[(&str, &str)] =
    &[("ng", "n"), ("x", "S"), ("q", "C"), ("zh", "J"), ("ts", "c"), ("hs", "S")];

/// The first spelling that `rest` starts with: what it sounds like and its length in bytes.
fn spelling(
    rest: &str,
    starts: bool,
    script: Script,
    greek: bool,
) -> Option<(&'static str, usize)> {
    let lists: [&[(&str, &str)]; 2] = match script {
        Script::Latin => [SPELLINGS, &[]],
        Script::Voweled if greek => [GREEK, SPELLINGS],
        Script::Voweled | Script::Abjad => [VOWELED, &[]],
        Script::Syllables => [SYLLABLES, VOWELED],
    };
    lists.iter().copied().flatten().find_map(|(from, to)| {
        let (from, at_start) = from.strip_prefix('^').map_or((*from, false), |it| (it, true));
        let (from, at_end) = from.strip_suffix('$').map_or((from, false), |it| (it, true));
        let tail = rest.strip_prefix(from)?;
        let fits = (!at_start || starts) && (!at_end || (tail.is_empty() && !starts));
        fits.then_some((*to, from.len()))
    })
}

/// What one Latin letter sounds like.
const fn one(letter: u8, script: Script) -> &'static str {
    match (letter, script) {
        (b'y', Script::Abjad) => "Y",
        (b'w' | b'v', Script::Abjad) => "W",
        (b'j', Script::Latin) => "j",
        (b'a', _) => "a",
        (b'b', _) => "b",
        (b'c' | b'k' | b'q', _) => "k",
        (b'd', _) => "d",
        (b'e', _) => "e",
        (b'f', _) => "f",
        (b'g', _) => "g",
        (b'h', _) => "h",
        (b'i' | b'y', _) => "i",
        (b'j', _) => "J",
        (b'l', _) => "l",
        (b'm', _) => "m",
        (b'n', _) => "n",
        (b'o', _) => "o",
        (b'p', _) => "p",
        (b'r', _) => "r",
        (b's', _) => "s",
        (b't', _) => "t",
        (b'u', _) => "u",
        (b'v', _) => "v",
        (b'w', _) => "w",
        (b'z', _) => "z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(word: &str) -> String {
        String::from_utf8(sounds(word, script_of(word))).unwrap()
    }

    #[test]
    fn a_word_sounds_alike_in_several_scripts() {
        for (one, other) in
            [("Dzhonson", "Джонсон"), ("Zhaparov", "Жапаров"), ("Šuplikevič", "Shuplikevich")]
        {
            assert_eq!(heard(one), heard(other), "{one} and {other}");
        }
        assert_eq!(heard("Knight"), "nayt");
        assert_eq!(heard("Ντόρεν"), "doren");
        assert_eq!(heard("كلارك"), "klrk");
    }

    #[test]
    fn the_script_is_that_of_most_letters() {
        assert_eq!(script_of("O'Brel"), Script::Latin);
        assert_eq!(script_of("Брел"), Script::Voweled);
        assert_eq!(script_of("برل"), Script::Abjad);
        assert_eq!(script_of("布雷尔"), Script::Syllables);
        assert_eq!(script_of("…"), Script::Latin);
    }
}
