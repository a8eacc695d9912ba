//! What the words beside a date call it: published, updated, or something else.

use super::region::Dated;

/// Most words before a date that are asked.
const MAX_WORDS: usize = 5;

/// How words begin that call a date that of publication; "as of" among them, where a page prints no
/// other.
const PUBLISHED: &[&str] = &[
    "publi",
    "pubbl",
    "opubli",
    "gepubli",
    "veröffentlich",
    "posted",
    "erstell",
    "geplaatst",
    "опублик",
    "yayın",
    "offentliggj",
    "erschien",
    "eingestellt",
    "geschrieben",
    "written",
    "created",
    "datum",
    "date",
    "дата",
    "added",
    "julkais",
    "ligne",
    "online",
    "stand",
    "fecha",
    "gepostet",
    "data",
    "tarih",
    "issued",
    "released",
];

/// How words begin that call a date that of a change.
const UPDATED: &[&str] = &[
    "updat",
    "modif",
    "changed",
    "revis",
    "aktualis",
    "geändert",
    "änderung",
    "jour",
    "actualiz",
    "aggiorn",
    "bijgewerkt",
    "обновл",
    "güncel",
    "zaktualiz",
    "aktualiz",
    "atualiz",
    "uppdater",
    "oppdater",
    "opdater",
    "päivit",
    "bearbeit",
    "zuletzt",
];

/// Words that make a date that of something else.
const OTHER: &[&str] = &[
    "©",
    "copyright",
    "until",
    "bis",
    "since",
    "seit",
    "born",
    "geboren",
    "abgerufen",
    "accessed",
    "retrieved",
    "dabei",
    "joined",
    "registriert",
];

/// What the words before a date in its line say that it is the date of.
pub(super) fn label_before(before: &str) -> Dated {
    let is_one = |word: &str, stems: &[&str]| stems.iter().any(|it| word.starts_with(it));
    let words = before.rsplit(|it: char| !it.is_alphanumeric() && it != '©');
    for word in words.filter(|it| !it.is_empty()).take(MAX_WORDS) {
        let lower = word.to_lowercase();
        if is_one(&lower, UPDATED) || OTHER.contains(&lower.as_str()) {
            return Dated::Updated;
        }
        if is_one(&lower, PUBLISHED) {
            return Dated::Published;
        }
    }
    Dated::No
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_in_many_languages() {
        for text in
            ["Published on ", "Veröffentlicht am: ", "Publié le ", "Опубликовано: ", "Stand: "]
        {
            assert_eq!(label_before(text), Dated::Published, "{text}");
        }
        for text in ["Last updated ", "Zuletzt geändert am ", "Mis à jour le ", "Обновлено ", "© "]
        {
            assert_eq!(label_before(text), Dated::Updated, "{text}");
        }
        assert_eq!(label_before("By Pavel Orlovets, "), Dated::No);
    }
}
