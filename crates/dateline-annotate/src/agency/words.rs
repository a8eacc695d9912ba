//! The words that credit an agency.

use crate::word_list::PhraseList;

/// Agencies that papers of many countries print, under their usual names: known without a registry.
pub(super) static WORLD_AGENCIES: PhraseList = PhraseList::new(
    "AFP / Agence France-Presse / Agerpres / AKIpress / Anadolu Agency / Anadolu / ANSA / Antara \
     / APA / Armenpress / Asia-Plus / Associated Press / AZERTAC / Bakhtar / BelaPAN / BelTA / \
     Bernama / Bloomberg / BNS / BTA / CTK / DHA / dpa / EFE / ELTA / Fars / HINA / IHA / \
     Interfax / IRNA / ISNA / Jiji Press / Kabar / Kazinform / KCNA / Khovar / KUNA / Kyodo / \
     LETA / Lusa / Mehr / Moldpres / Montsame / MTI / PAP / Press Trust of India / Regnum / \
     Reuters / RIA Novosti / Ritzau / Rossiya Segodnya / Sputnik / TASS / TASR / Tanjug / Tasnim \
     / Trend / Ukrinform / UNIAN / United Press International / UPI / UzA / WAM / Xinhua / \
     Yonhap",
);

/// What stands before the name of the one who was told, or who is quoted as the source.
pub(super) static TOLD: PhraseList = PhraseList::new(
    "told / tells / informed / talked to / talks to / spoke to / speaks to / spoke with / \
     speaking to / said to / grants / granted / gives / gave / comment to / comments to / \
     commentary to / commented to / commented for / comment for / reported to / with reference \
     to / referring to / citing / quoted by / cited by / reported by / answered questions from / \
     answered the questions of / questions of / questions from / correspondent of / reporter of \
     / source: / according to / as",
);

/// What an agency says of itself, behind its name.
pub(super) static OWN_WORDS: PhraseList = PhraseList::new(
    "has learned / has learnt / learned / learnt / was told / has been told / correspondent \
     reports / correspondent reported / correspondent has learned / was informed / has been \
     informed",
);

/// What stands behind the name of the one who reports, or who was given an interview.
pub(super) static REPORTS: PhraseList = PhraseList::new(
    "reported / reports / has reported / said / says / writes / wrote / quotes / quoted / \
     informs / informed / an interview / an exclusive interview / interview",
);

/// What makes a name the owner of a place, or somebody's employer.
pub(super) static VENUES: PhraseList = PhraseList::new(
    "press center / press centre / press-center / press-centre / press club / media center / \
     media centre / office / building / headquarters / head / director / director general / \
     general director / chief / editor / editor-in-chief / photo / photos / 's",
);

/// `text` without the words at its start that say what kind of body the name before it is.
pub(super) fn without_kind(text: &str) -> &str {
    let text = text.trim_start();
    for kind in ["news agency", "information agency", "telegraph agency", "agency"] {
        let head = text.get(..kind.len()).unwrap_or_default();
        if head.eq_ignore_ascii_case(kind) {
            return text.get(kind.len()..).unwrap_or_default().trim_start();
        }
    }
    text
}

/// Words for papers, with which an article calls one by its name in quotation marks.
pub(super) static PAPERS: PhraseList = PhraseList::new(
    "newspaper / magazine / weekly / journal / daily / tv channel / news portal / radio station",
);

/// `before` without the article and the words for an agency at its end.
pub(super) fn without_article(before: &str) -> &str {
    let mut rest = before.trim_end();
    for word in PAPERS.iter().chain([" news agency", " agency", " state", " the", " a", " an"]) {
        rest = rest.strip_suffix(word).unwrap_or(rest).trim_end();
    }
    rest
}

/// A printed name without what kind of body it is: "News Agency" behind it, an article before it.
pub(super) fn bare_name(printed: &str) -> &str {
    let trimmed = printed.trim();
    let trimmed = trimmed.strip_prefix("the ").unwrap_or(trimmed);
    for kind in [" News Agency", " news agency", " Information Agency", " information agency"] {
        if let Some(name) = trimmed.strip_suffix(kind) {
            return name.trim();
        }
    }
    trimmed
}
