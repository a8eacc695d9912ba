//! What the words beside a date call it: published, updated, or something else.

use super::region::Dated;

/// Most words before a date that are asked.
const MAX_WORDS: usize = 5;

/// How words begin that call a date that of publication.
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
    "added",
    "julkais",
    "ligne",
    "gepostet",
    "issued",
    "released",
    "publicat",
    "közzé",
    "megjelent",
    "δημοσ",
    "udgivet",
    "diterbit",
    "dipublik",
    "опублік",
    "апублік",
    "жариялан",
    "eklenme",
    "发布",
    "发表",
    "公開",
    "掲載",
    "입력",
    "등록",
    "نشر",
    "հրապարակ",
    "გამოქვეყნ",
];

/// Words that say no more than that a date follows.
const DATE: &[&str] =
    &["datum", "date", "data", "дата", "stand", "fecha", "tarih", "dato", "päiväys"];

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
    "frissít",
    "ενημέρ",
    "diperbar",
    "оновлен",
    "абноў",
    "жаңарт",
    "更新",
    "수정",
    "تحديث",
    "թարմաց",
    "განახლ",
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

/// How participles begin that stand behind the date of publication.
const BEHIND_PUBLISHED: &[&str] =
    &["veröffentlich", "geschrieben", "gepostet", "erstellt", "eingestellt", "posted"];

/// How participles begin that stand behind the date of a change.
const BEHIND_UPDATED: &[&str] = &["geändert", "aktualisiert", "bearbeitet"];

/// What the words before a date in its line say that it is the date of.
pub(super) fn label_before(before: &str) -> Dated {
    let is_one = |word: &str, stems: &[&str]| stems.iter().any(|it| word.starts_with(it));
    let words = before.rsplit(|it: char| !it.is_alphanumeric() && it != '©');
    for (distance, word) in words.filter(|it| !it.is_empty()).take(MAX_WORDS).enumerate() {
        let lower = word.to_lowercase();
        if is_one(&lower, UPDATED) || OTHER.contains(&lower.as_str()) {
            return Dated::Updated;
        }
        if is_one(&lower, PUBLISHED) || (distance == 0 && DATE.contains(&lower.as_str())) {
            return Dated::Published;
        }
    }
    Dated::No
}

/// What a line of its own says of the date in the next; nothing where it is more than a label.
pub(super) fn whole_label(line: &str) -> Dated {
    let short = line.split_whitespace().count() <= 3;
    if short { label_before(line) } else { Dated::No }
}

/// What the words behind a date in its line say that it is the date of: `am 5. Juni 2025
/// veröffentlicht`.
pub(super) fn label_behind(behind: &str) -> Dated {
    let words = behind.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    for word in words.take(2 * MAX_WORDS) {
        let lower = word.to_lowercase();
        if BEHIND_UPDATED.iter().any(|it| lower.starts_with(it)) {
            return Dated::Updated;
        }
        if BEHIND_PUBLISHED.iter().any(|it| lower.starts_with(it)) {
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
        for text in [
            "Published on ",
            "Veröffentlicht am: ",
            "Publié le ",
            "Опубликовано: ",
            "Stand: ",
            "发布时间：",
        ] {
            assert_eq!(label_before(text), Dated::Published, "{text}");
        }
        for text in [
            "Last updated ",
            "Zuletzt geändert am ",
            "Mis à jour le ",
            "Обновлено ",
            "© ",
            "更新日：",
        ] {
            assert_eq!(label_before(text), Dated::Updated, "{text}");
        }
        assert_eq!(label_before("By Pavel Orlovets, "), Dated::No);
    }
}
