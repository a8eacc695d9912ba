//! The words that credit an agency, and how its name is told from other words.

use dateline_event::OrganisationId;

/// Agencies that papers of many countries print, under their usual names: known without a registry.
pub(super) const WORLD_AGENCIES: &[&str] = &[
    "AFP",
    "Agence France-Presse",
    "Anadolu Agency",
    "ANSA",
    "Antara",
    "Associated Press",
    "AZERTAC",
    "Bernama",
    "Bloomberg",
    "CTK",
    "dpa",
    "EFE",
    "IRNA",
    "Interfax",
    "Kazinform",
    "KCNA",
    "Khovar",
    "Kyodo",
    "Montsame",
    "PAP",
    "Press Trust of India",
    "Reuters",
    "RIA Novosti",
    "TASS",
    "Trend",
    "Ukrinform",
    "UPI",
    "UzA",
    "Xinhua",
    "Yonhap",
    "Armenpress",
    "Kabar",
    "MENA",
    "SANA",
    "Tanjug",
    "BTA",
    "Agerpres",
    "LETA",
    "BNS",
    "ELTA",
    "MTI",
];

/// What stands before the name of the one who was told.
pub(super) const TOLD: &[&str] = &[
    "told",
    "informed",
    "talked to",
    "spoke to",
    "speaking to",
    "said to",
    "interview with",
    "interview to",
    "interview for",
    "interview of",
    "grants",
    "granted",
    "gives",
    "gave",
    "conversation with",
    "comment to",
    "commentary to",
    "commented to",
    "reported to",
    "reports with reference to",
    "with reference to",
    "quoted by",
    "cited by",
    "reported by",
    "reports",
    "answered questions from",
    "questions of",
    "questions from",
    "by a correspondent of",
    "correspondent of",
];

/// What an agency says of itself.
pub(super) const OWN_WORDS: &[&str] = &[
    "has learned",
    "has learnt",
    "learned",
    "learnt",
    "was told",
    "has been told",
    "correspondent reports",
    "correspondent has learned",
];

/// What stands behind the name of the one who reports.
pub(super) const REPORTS: &[&str] =
    &["reported", "reports", "has reported", "writes", "wrote", "quotes", "quoted", "informs"];

/// What makes a name a place where somebody spoke.
pub(super) const VENUES: &[&str] = &[
    "press cent",
    "press-cent",
    "press club",
    "media cent",
    "office",
    "building",
    "headquarters",
    "head",
    "director",
    "chief",
    "'s",
];

/// `text` without the words at its start that say what kind of body the name before it is.
pub(super) fn without_kind(text: &str) -> &str {
    let text = text.trim_start();
    let lower = text.to_lowercase();
    for kind in ["news agency", "information agency", "telegraph agency", "agency"] {
        if lower.starts_with(kind) {
            return text.get(kind.len()..).unwrap_or_default().trim_start();
        }
    }
    text
}

pub(super) fn without_article(before: &str) -> &str {
    let before = before.trim_end();
    for article in [" the", " a", " an"] {
        if let Some(rest) = before.strip_suffix(article) {
            return rest.trim_end();
        }
    }
    before
}

/// A printed name without what kind of body it is: "News Agency" behind it, "news agency" before
/// it.
pub(super) fn bare_name(printed: &str) -> &str {
    let trimmed = printed.trim();
    for kind in [" News Agency", " news agency", " Information Agency", " information agency"] {
        if let Some(name) = trimmed.strip_suffix(kind) {
            return name.trim();
        }
    }
    trimmed.strip_prefix("the ").unwrap_or(trimmed)
}

pub(super) fn ends_with_words(text: &str, words: &str) -> bool {
    text.strip_suffix(words).is_some_and(|it| !it.ends_with(char::is_alphanumeric))
}

/// Whether `text` starts with `name` as whole words. Names in capitals match in capitals only, so
/// that `Trend` and
/// `trend`, `ELTA` and `Elta` stay apart.
pub(super) fn starts_with_name(text: &str, name: &str) -> bool {
    let Some(head) = text.get(..name.len()) else { return false };
    let same = head == name || head == name.to_uppercase();
    same && !text.get(name.len()..).is_some_and(|it| it.starts_with(char::is_alphanumeric))
}

/// A name that the page itself calls a news agency: `Ketnews news agency`.
pub(super) fn called_agency(rest: &str) -> Option<(usize, String, Option<OrganisationId>)> {
    let kinds = [" news agency", " News Agency", " information agency", " Information Agency"];
    let at = kinds.iter().filter_map(|it| rest.find(it)).min()?;
    let name = rest.get(..at)?;
    let words = name.split(' ');
    let is_name = words.clone().count() <= 3
        && words
            .clone()
            .all(|it| it.starts_with(char::is_uppercase) && it.chars().all(is_name_character))
        && !matches!(name, "The" | "A" | "This" | "State" | "National" | "Russian");
    is_name.then(|| (name.len(), name.to_owned(), None))
}

pub(super) fn is_name_character(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '-' | '\'' | '’')
}
