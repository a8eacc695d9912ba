//! What a name in Cyrillic letters may be in the nominative: Russian and Ukrainian give names the endings of six cases
//! (Rozental, "Handbook of Spelling", §§ 148-153), and `Мирослава Кета` is nobody whom a registry has.
//!
//! An ending seldom tells which case and which name it was, so all that it may have been is given, likeliest first. It
//! is for the registry to say which of them is a name.

/// Endings with what stands in their place in the nominative, longest first.
const ENDINGS: &[(&str, &[&str])] = &[
    ("ского", &["ский", "ской"]),
    ("скому", &["ский", "ской"]),
    ("цкого", &["цкий", "цкой"]),
    ("цкому", &["цкий", "цкой"]),
    ("ського", &["ський"]),
    ("ському", &["ський"]),
    ("ським", &["ський"]),
    ("ских", &["ский"]),
    ("ским", &["ский", "ской"]),
    ("ском", &["ский", "ской"]),
    ("цким", &["цкий", "цкой"]),
    ("ской", &["ская"]),
    ("скую", &["ская"]),
    ("цкой", &["цкая"]),
    ("цкую", &["цкая"]),
    ("ьому", &["ій"]),
    ("ого", &["ой", "ый", "ий"]),
    ("ому", &["ой", "ый", "ий"]),
    ("его", &["ий"]),
    ("ему", &["ий"]),
    ("ой", &["а"]),
    ("ею", &["я", "а"]),
    ("ою", &["а"]),
    ("ей", &["я", "а"]),
    ("ью", &["ь"]),
    ("ем", &["", "й", "ь"]),
    ("єм", &["й"]),
    ("ом", &["", "о"]),
    ("ым", &["", "ый", "ой"]),
    ("им", &["", "ий"]),
    ("ові", &[""]),
    ("еві", &["", "й", "ь"]),
    ("ии", &["ия", "ий"]),
    ("ію", &["ія"]),
    ("ию", &["ия", "ий"]),
    ("а", &["", "о"]),
    ("у", &["", "а", "о"]),
    ("ю", &["й", "ь", "я"]),
    ("я", &["й", "ь"]),
    ("е", &["", "а", "й", "ь", "я"]),
    ("і", &["а", "я"]),
    ("ы", &["а"]),
    ("и", &["а", "я", "ь"]),
];

/// Fewest letters of a name without its ending.
const SHORTEST: usize = 2;

/// The names that `word` may be a case of; none where it is not in Cyrillic letters.
pub(crate) fn nominatives(word: &str) -> impl Iterator<Item = String> {
    let lower = if is_cyrillic(word) { word.to_lowercase() } else { String::new() };
    let fitting = ENDINGS.iter().filter_map(move |(ending, instead)| {
        let stem = lower.strip_suffix(ending)?;
        (stem.chars().count() >= SHORTEST).then(|| (stem.to_owned(), *instead))
    });
    fitting.flat_map(|(stem, instead)| {
        let whole = instead.iter().map(|it| format!("{stem}{it}")).collect::<Vec<_>>();
        let with_vowel = instead.contains(&"").then(|| with_vowel(&stem)).into_iter().flatten();
        whole.into_iter().chain(with_vowel)
    })
}

fn is_cyrillic(word: &str) -> bool {
    word.starts_with(|it| matches!(it, '\u{400}'..='\u{52f}'))
}

/// A stem with the vowel that other cases leave out: `Павл` is `Павел`, `Льв` is `Лев`.
fn with_vowel(stem: &str) -> Vec<String> {
    let mut letters = stem.chars();
    let (Some(last), Some(before)) = (letters.next_back(), letters.next_back()) else {
        return Vec::new();
    };
    let start = letters.as_str();
    if before == 'ь' {
        return vec![format!("{start}е{last}")];
    }
    if is_consonant(last) && is_consonant(before) {
        return vec![format!("{start}{before}е{last}"), format!("{start}{before}о{last}")];
    }
    Vec::new()
}

fn is_consonant(letter: char) -> bool {
    "бвгґджзйклмнпрстфхцчшщ".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_case_of_a_name_leads_to_it() {
        for (name, cases) in [
            ("кет", "Кета Кету Кетом Кете"),
            ("мирослав", "Мирослава Мирославу Мирославом Мирославе"),
            ("ардин", "Ардина Ардину Ардиным Ардине"),
            ("ардина", "Ардиной Ардину Ардины"),
            ("зимогорский", "Зимогорского Зимогорскому Зимогорским Зимогорском"),
            ("зимогорская", "Зимогорской Зимогорскую"),
            ("матвей", "Матвея Матвею Матвеем Матвее"),
            ("игорь", "Игоря Игорю Игорем Игоре"),
            ("илья", "Ильи Илье Илью Ильей"),
            ("мария", "Марии Марию Марией"),
            ("павел", "Павла Павлу Павлом Павле"),
            ("лев", "Льва Льву Львом Льве"),
            ("аркадий", "Аркадия Аркадию Аркадием Аркадии"),
            ("толстой", "Толстого Толстому Толстым"),
            ("данило", "Данила Данилу Данилом"),
        ] {
            for case in cases.split(' ') {
                assert!(nominatives(case).any(|it| it == name), "{case} is no case of {name}");
            }
        }
    }

    #[test]
    fn other_letters_have_no_cases() {
        assert_eq!(nominatives("Keta").next(), None);
        assert_eq!(nominatives("Юа").next(), None);
        assert_eq!(nominatives("").next(), None);
    }
}
