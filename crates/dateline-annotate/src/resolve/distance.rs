//! How far two words are from each other by their sounds.

use super::sounds::{Script, Sound};

/// What it costs to leave a sound out, and how much a sound counts, in hundredths of a whole consonant.
#[derive(Debug, Clone, Copy)]
struct Ear {
    /// A vowel left out.
    vowel: u16,
    /// A vowel for quite another one.
    vowel_change: u16,
    /// A glide left out.
    glide: u16,
    /// An `h` left out.
    h: u16,
    /// An `r` left out.
    r: u16,
    /// A voiced consonant for its voiceless brother.
    voice: u16,
    /// Written in Latin on both sides, so that `s` for `th` is another name.
    latin: bool,
    /// Written in syllables, which tell `l` from `r` badly and close with few consonants.
    poor: bool,
}

/// What a name in `script` can be heard by.
const fn ear(script: Script) -> Ear {
    match script {
        Script::Latin => Ear {
            vowel: 40,
            vowel_change: 25,
            glide: 30,
            h: 50,
            r: 100,
            voice: 50,
            latin: true,
            poor: false,
        },
        Script::Voweled => Ear {
            vowel: 22,
            vowel_change: 12,
            glide: 20,
            h: 40,
            r: 60,
            voice: 35,
            latin: false,
            poor: false,
        },
        Script::Abjad => Ear {
            vowel: 8,
            vowel_change: 8,
            glide: 12,
            h: 30,
            r: 100,
            voice: 20,
            latin: false,
            poor: false,
        },
        Script::Syllables => Ear {
            vowel: 10,
            vowel_change: 8,
            glide: 15,
            h: 40,
            r: 40,
            voice: 25,
            latin: false,
            poor: true,
        },
    }
}

/// Longest word that is compared, in sounds; what is longer is no word of a name.
const LONGEST: usize = 40;

/// How alike two words sound, from 0 to 100. `script` is the poorer of their two scripts.
pub(crate) fn likeness(one: &[Sound], two: &[Sound], script: Script) -> u16 {
    if one.is_empty() || two.is_empty() || one.len() > LONGEST || two.len() > LONGEST {
        return 0;
    }
    if one == two {
        return 100;
    }
    let ear = ear(script);
    let whole = |it: &[Sound]| it.iter().map(|it| weight(*it, ear)).sum::<u16>();
    let most = whole(one).max(whole(two)).max(1);
    let cost = cost(one, two, ear).min(most);
    100 - u16::try_from(100 * u32::from(cost) / u32::from(most)).unwrap_or(100)
}

/// The least cost of turning one word into the other.
fn cost(one: &[Sound], two: &[Sound], ear: Ear) -> u16 {
    let mut cells = [0_u16; LONGEST + 1];
    let row = cells.get_mut(..=two.len()).unwrap_or_default();
    let mut sum = 0;
    for (cell, it) in row.iter_mut().skip(1).zip(two) {
        sum += gap(*it, ear);
        *cell = sum;
    }
    for a in one {
        let mut diagonal = row.first().copied().unwrap_or_default();
        let mut left = diagonal + gap(*a, ear);
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (b, cell) in two.iter().zip(row.iter_mut().skip(1)) {
            let best =
                (diagonal + change(*a, *b, ear)).min(*cell + gap(*a, ear)).min(left + gap(*b, ear));
            diagonal = *cell;
            *cell = best;
            left = best;
        }
    }
    row.last().copied().unwrap_or_default()
}

const fn is_vowel(it: Sound) -> bool {
    matches!(it, b'a' | b'e' | b'i' | b'o' | b'u')
}

const fn is_glide(it: Sound) -> bool {
    matches!(it, b'y' | b'w' | b'Y' | b'W')
}

const fn weight(it: Sound, ear: Ear) -> u16 {
    if is_vowel(it) {
        ear.vowel
    } else if is_glide(it) {
        ear.glide
    } else {
        100
    }
}

const fn gap(it: Sound, ear: Ear) -> u16 {
    match it {
        b'h' => ear.h,
        b'j' => 60,
        b'r' => ear.r,
        b't' | b'd' | b'k' | b'g' | b'p' | b'b' | b'l' if ear.poor => 60,
        _ if is_vowel(it) => ear.vowel,
        _ if is_glide(it) => ear.glide,
        _ => 100,
    }
}

/// Cost of hearing one sound as the other.
fn change(a: Sound, b: Sound, ear: Ear) -> u16 {
    if a == b {
        return 0;
    }
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    if is_vowel(a) && is_vowel(b) {
        return match (a, b) {
            (b'e', b'i') | (b'o', b'u') | (b'a', b'e' | b'o') => ear.vowel_change / 2,
            _ => ear.vowel_change,
        };
    }
    match (a, b) {
        (b'Y', b'i' | b'e' | b'y')
        | (b'W', b'u' | b'o' | b'w' | b'v')
        | (b'i', b'y')
        | (b'u', b'w')
        | (b'J', b'j') => 5,
        (b'G', b'J' | b'g') => 8,
        (b'G', b'j') | (b'j', b'y') => 10,
        (b'v', b'w') => 15,
        (b'T', b's' | b'z' | b'f' | b'd') if ear.latin => 60,
        (b'W', b'b' | b'f')
        | (b'e', b'y')
        | (b'o', b'w')
        | (b'i' | b'Z', b'j')
        | (b'J', b'y' | b'Y' | b'Z')
        | (b'G', b'Z')
        | (b'T', b't' | b's' | b'd' | b'z' | b'f') => 20,
        (b'g', b'h') | (b'h', b'k') => 30,
        (b'e' | b'h', b'j') | (b'J' | b'G', b'h') => 40,
        (b'g', b'k')
        | (b'b', b'p')
        | (b'd', b't')
        | (b's', b'z')
        | (b'S', b'Z')
        | (b'C', b'J')
        | (b'f', b'v') => ear.voice,
        (b'b', b'v') | (b'f', b'p') => ear.voice + 10,
        (b'C', b'S' | b'c' | b'T') | (b'c' | b'S', b's') | (b'Z' | b'J', b'z') => 35,
        (b'u', b'v') => 45,
        (b'C', b'k' | b's' | b't' | b'h')
        | (b'c', b'z' | b't' | b'k')
        | (b'J', b'd' | b's' | b'S')
        | (b'S', b'c' | b'z') => 50,
        (b'f', b'h') => 60,
        (b'l', b'r') if ear.poor => 10,
        (b'm', b'n') if ear.poor => 40,
        (b'm', b'n') => 70,
        (b'l', b'r') => 90,
        // More than leaving one out: another consonant is another name.
        _ => 130,
    }
}

/// How much a word tells, in hundredths of a consonant.
pub(crate) fn size(said: &[Sound]) -> u16 {
    said.iter().map(|it| if is_vowel(*it) || is_glide(*it) { 30 } else { 100 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::sounds::{script_of, sounds};

    fn alike(one: &str, two: &str) -> u16 {
        let (first, second) = (script_of(one), script_of(two));
        likeness(&sounds(one, first), &sounds(two, second), first.max(second))
    }

    #[test]
    fn a_name_is_near_its_other_spellings_and_far_from_other_names() {
        for (one, two) in [
            ("Toskarbaliev", "Toskarbaliyev"),
            ("Hallworth", "Холлуорт"),
            ("Harwin", "Гарвін"),
            ("Cameryn", "كاميرين"),
            ("Belfante", "ベルファンテ"),
            ("Jorgumov", "Georgumov"),
        ] {
            assert!(alike(one, two) >= 75, "{one} and {two}: {}", alike(one, two));
            assert_eq!(alike(one, two), alike(two, one));
        }
        for (one, two) in
            [("Ket", "Kim"), ("Zalinyev", "Dobrunev"), ("Ruth", "Ros"), ("Orlin", "Marov")]
        {
            assert!(alike(one, two) < 75, "{one} and {two}: {}", alike(one, two));
        }
    }

    #[test]
    fn nothing_and_what_is_longer_than_a_word_are_like_nothing() {
        assert_eq!(alike("", "Ket"), 0);
        assert_eq!(likeness(&[b'k'; LONGEST + 1], &[b'k'; LONGEST + 1], Script::Latin), 0);
    }
}
