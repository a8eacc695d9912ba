//! Folding of a name's words to keys, so that transliteration variants of one name have one key: `Yuri` and `Yury`,
//! `Japarov` and `Zhaparov`, `Matvei` and `Matvey`, and the Cyrillic spelling of each.
//!
//! Keys are for comparing, never for showing. Two different names may fold together; what a key finds is a candidate.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::word_hash::WordHash;

/// The key of one word of a name.
pub(crate) fn key(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    push_key(word, &mut key);
    key
}

/// Writes the key of `word` at the end of `out`.
pub(crate) fn push_key(word: &str, out: &mut String) {
    if word.bytes().all(|it| it.is_ascii_lowercase()) {
        return push_sounds(word, out);
    }
    let mut plain = String::with_capacity(word.len());
    if word.is_ascii() {
        plain.extend(word.chars().filter(char::is_ascii_alphanumeric));
        plain.make_ascii_lowercase();
    } else {
        let letters = word.nfd().filter(|it| !is_combining_mark(*it));
        letters.flat_map(char::to_lowercase).for_each(|it| push_latin(&mut plain, it));
    }
    push_sounds(&plain, out);
}

/// The key of a given name: like [`key`], with the forms that languages give the same name made one.
pub(crate) fn given_key(word: &str) -> String {
    static FORMS: LazyLock<HashMap<&str, &str, WordHash>> = LazyLock::new(|| {
        let rows = SAME_GIVEN.iter().filter_map(|row| Some((row.first()?, row)));
        rows.flat_map(|(first, row)| row.iter().map(|it| (*it, *first))).collect()
    });
    let key = key(word);
    FORMS.get(key.as_str()).map_or(key, |first| (*first).to_owned())
}

/// Given names, as keys, that are forms of one name; the first stands for all.
const SAME_GIVEN: &[&[&str]] = &[
    &["aleksandr", "aleksander", "oleksandr", "aliaksandr", "iskander"],
    &["aleksei", "aliaksei", "oleksi", "aleksi", "aleksej"],
    &["andrei", "andri", "andre", "andrew"],
    &["dmitri", "dmitro", "dzmitri", "dimitri"],
    &["ivgeni", "evgeni", "evgen", "iaugen", "evgeniu"],
    &["filip", "filipp", "philip"],
    &["fedor", "feodor", "teodor"],
    &["grigori", "hrihori", "rigor"],
    &["iuri", "juri", "iori"],
    &["ivan", "ioan"],
    &["mihail", "mihailo", "mikhailo", "mikail", "michael"],
    &["nikolai", "mikola", "mikalai", "nicolai", "nikola"],
    &["petr", "piotr", "petro", "peter"],
    &["pavel", "pavlo", "paul"],
    &["sergei", "serhi", "sergi", "siarhei"],
    &["valeri", "valeriu", "valeru"],
    &["vasili", "vasil", "vasiliu"],
    &["viktor", "viktar"],
    &["vladimir", "volodimir", "uladzimir", "vladimer"],
    &["vladislav", "uladzislau"],
    &["iakov", "iakub", "jakob"],
    &["iaroslav", "jaroslav"],
    &["ihor", "igor", "ihar"],
    &["kostantin", "konstantin", "kanstantin"],
    &["natalia", "natalija", "natali"],
    &["elena", "iolena", "olena", "helena", "alena"],
    &["katerina", "ekaterina", "katsiarina"],
];

fn push_latin(out: &mut String, letter: char) {
    let latin = match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' => "g",
        'д' | 'đ' | 'ð' => "d",
        'е' | 'ё' | 'э' | 'є' | 'æ' | 'ə' => "e",
        'ж' | 'җ' => "zh",
        'з' => "z",
        'и' | 'й' | 'ы' | 'і' | 'ї' | 'ј' | 'ı' => "i",
        'к' | 'қ' => "k",
        'л' | 'ł' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ө' | 'ø' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' | 'þ' => "t",
        'у' | 'ү' | 'ұ' | 'ў' => "u",
        'ф' => "f",
        'х' | 'һ' | 'ҳ' => "kh",
        'ц' => "ts",
        'ч' | 'ҷ' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'ъ' | 'ь' => "",
        'ß' => "ss",
        'œ' => "oe",
        other => {
            if other.is_alphanumeric() {
                out.push(other);
            }
            return;
        }
    };
    out.push_str(latin);
}

/// Spellings of one sound that start with `letter`, longest first, with what stands for all of them.
/// A `^` means the start of the word.
const fn sounds(letter: char) -> &'static [(&'static str, &'static str)] {
    match letter {
        'c' => &[
            ("ch", "c"),
            ("ck", "k"),
            ("ca", "ka"),
            ("co", "ko"),
            ("cu", "ku"),
            ("ct", "kt"),
            ("cr", "kr"),
            ("cl", "kl"),
        ],
        'd' => &[("dzh", "j"), ("dj", "j")],
        'e' => &[("ee", "i")],
        'g' => &[("gh", "g")],
        'j' => &[("^je", "e")],
        'k' => &[("kh", "h")],
        'o' => &[("oo", "u"), ("ou", "u")],
        'p' => &[("ph", "f")],
        'q' => &[("q", "k")],
        's' => &[("shch", "s"), ("sch", "s"), ("sh", "s")],
        't' => &[("tch", "c"), ("tz", "ts"), ("th", "t")],
        'w' => &[("w", "v")],
        'x' => &[("x", "ks")],
        'y' => &[("^ye", "e"), ("y", "i")],
        'z' => &[("zh", "j")],
        _ => &[],
    }
}

/// Whether a spelling of [`sounds`] can start with these two letters.
const fn may_be_spelled(letter: u8, next: u8) -> bool {
    match letter {
        b'c' => matches!(next, b'h' | b'k' | b'a' | b'o' | b'u' | b't' | b'r' | b'l'),
        b'd' => matches!(next, b'z' | b'j'),
        b'e' => next == b'e',
        b'g' | b'k' | b'p' | b'z' => next == b'h',
        b'o' => matches!(next, b'o' | b'u'),
        b's' => matches!(next, b'h' | b'c'),
        b't' => matches!(next, b'c' | b'z' | b'h'),
        b'j' | b'q' | b'w' | b'x' | b'y' => true,
        _ => false,
    }
}

/// For each letter of the alphabet a bit for each letter behind it with which it is written otherwise, or squeezed;
/// the last bit is for the end of the word.
const CHANGES: [u32; 26] = {
    let mut changes = [0; 26];
    let mut letter = b'a';
    let mut rest: &mut [u32] = &mut changes;
    while let [row, others @ ..] = rest {
        let mut bit = 0;
        let mut next = b'a';
        while next <= b'z' {
            let squeezed = letter == next || (letter == b'i' && next == b'e');
            if squeezed || may_be_spelled(letter, next) {
                *row |= 1 << bit;
            }
            bit += 1;
            next += 1;
        }
        if may_be_spelled(letter, 0) {
            *row |= 1 << bit;
        }
        letter += 1;
        rest = others;
    }
    changes
};

/// Whether a word stays as it is: no sound of it has another spelling, and nothing is squeezed.
fn stays(plain: &str) -> bool {
    let number = |it: u8| usize::from(it.wrapping_sub(b'a'));
    let followers = plain.bytes().skip(1).map(number).chain([CHANGES.len()]);
    plain.bytes().zip(followers).all(|(letter, next)| {
        CHANGES.get(number(letter)).is_some_and(|row| next <= CHANGES.len() && row >> next & 1 == 0)
    })
}

/// Writes `plain` with one spelling for each sound, squeezed, at the end of `out`.
fn push_sounds(plain: &str, out: &mut String) {
    if stays(plain) {
        out.push_str(plain);
    } else {
        push_spelled(plain, out);
    }
}

/// The same, letter by letter.
fn push_spelled(plain: &str, out: &mut String) {
    let start = out.len();
    let mut squeezed = Squeezed { start, last: None, out };
    let mut rest = plain;
    // The last letter before it was squeezed; none at the start of the word.
    let mut last = None;
    while let Some(letter) = rest.chars().next() {
        let tail = rest.get(letter.len_utf8()..).unwrap_or_default();
        let next = tail.as_bytes().first().copied().unwrap_or_default();
        let spelled = u8::try_from(letter).is_ok_and(|it| may_be_spelled(it, next));
        let found = if spelled { sound(letter, rest, last.is_none()) } else { None };
        if let Some((to, after)) = found {
            to.chars().for_each(|it| squeezed.push(it));
            last = to.chars().next_back().or(last);
            rest = after;
            continue;
        }
        // `Andrej`: after a vowel and before none, j is a vowel too.
        let vowel = letter == 'j' && last.is_some_and(is_vowel);
        let letter = if vowel { 'i' } else { letter };
        squeezed.push(letter);
        last = Some(letter);
        rest = tail;
    }
}

/// What stands for the spelling that `rest` starts with, whose first letter is `letter`, and what follows it.
fn sound(letter: char, rest: &str, starts: bool) -> Option<(&'static str, &str)> {
    sounds(letter).iter().find_map(|(from, to)| {
        let from = match from.strip_prefix('^') {
            Some(start) if starts => start,
            Some(_) => return None,
            None => from,
        };
        rest.strip_prefix(from).map(|tail| (*to, tail))
    })
}

/// A word as it is written. Double letters become one, and an `i` before `e` goes: `Aliyev` is `Aliev`, `Otarshayev`
/// `Otarshaev`.
struct Squeezed<'a> {
    /// Byte of `out` at which the word starts.
    start: usize,
    /// Its last letter so far.
    last: Option<char>,
    out: &'a mut String,
}

impl Squeezed<'_> {
    fn push(&mut self, letter: char) {
        if self.last == Some(letter) {
            return;
        }
        if letter == 'e' && self.last == Some('i') && self.out.len() > self.start + 1 {
            self.out.pop();
            self.last = self.out.get(self.start..).and_then(|it| it.chars().next_back());
            if self.last == Some('e') {
                return;
            }
        }
        self.out.push(letter);
        self.last = Some(letter);
    }
}

const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (one, other) in [
            ("Yuri", "Yury"),
            ("Yuri", "Юрий"),
            ("Japarov", "Zhaparov"),
            ("Japarov", "Жапаров"),
            ("Matvei", "Matvey"),
            ("Otarshayev", "Отаршаев"),
            ("Toskarbaliev", "TOSKARBALIYEV"),
            ("Shchuplykevich", "Щуплыкевич"),
            ("Savely", "Savelii"),
            ("Evgeny", "Yevgeny"),
            ("Kovaljov", "Kovaljov"),
            ("Müller", "Muller"),
        ] {
            assert_eq!(key(one), key(other), "{one} and {other}");
        }
        assert_eq!(given_key("Alexander"), given_key("Aleksandr"));
        assert_eq!(given_key("Alexei"), given_key("Алексей"));
    }

    #[test]
    fn every_spelling_of_a_sound_is_looked_for() {
        for letter in 'a'..='z' {
            for (from, _) in sounds(letter) {
                let mut bytes = from.trim_start_matches('^').bytes();
                let (first, next) = (bytes.next().unwrap(), bytes.next().unwrap_or_default());
                assert!(may_be_spelled(first, next), "{from}");
            }
        }
    }

    #[test]
    fn a_word_that_stays_as_it_is_has_itself_as_key() {
        let words = include_str!("given_names.txt").to_lowercase();
        let (mut all, mut staying) = (0, 0);
        for word in words.split_whitespace().filter(|it| it.is_ascii()) {
            let mut spelled = String::new();
            push_spelled(word, &mut spelled);
            assert!(!stays(word) || spelled == word, "{word}");
            all += 1;
            staying += usize::from(stays(word));
        }
        assert!(staying * 3 > all, "{staying} of {all}");
    }

    #[test]
    fn other_names_have_other_keys() {
        assert_ne!(key("Ket"), key("Kit"));
        assert_ne!(key("Zalinyev"), key("Zarinyev"));
    }
}
