//! Which names of `<meta>` tags mean the day of publication, and which the day of a change.

/// What a declared date is the date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DateOf {
    /// The first publication.
    Publication,
    /// The making of the page or its text, which as a rule is the day of publication.
    Making,
    /// Not said: `date`.
    Unsaid,
    /// The last change.
    Change,
}

/// What the `<meta>` tag `name` (lower case) dates; `None` where it dates nothing.
pub(super) fn date_of(name: &str) -> Option<DateOf> {
    let bare: String = name.chars().filter(|it| it.is_alphanumeric()).collect();
    let has = |parts: &[&str]| parts.iter().any(|it| bare.contains(it));
    if has(&["expire", "expiry", "birth", "event", "start", "end"]) && !has(&["publi"]) {
        return None;
    }
    if has(&["modif", "updated", "lastmod", "moddate", "revis", "changed", "lastupdate"]) {
        return Some(DateOf::Change);
    }
    let dates = has(&["date", "time", "pub", "day", "issued", "created", "posted", "released"]);
    if has(&[
        "publish",
        "publicat",
        "pubdate",
        "issued",
        "datepub",
        "pubtime",
        "firstpub",
        "posted",
        "released",
        "releasedate",
        "ptime",
    ]) && dates
        && !has(&["publisher", "expir", "unpublish", "publishing"])
    {
        return Some(DateOf::Publication);
    }
    if has(&["created", "creationdate", "createdate", "datecreat"]) {
        return Some(DateOf::Making);
    }
    match bare.as_str() {
        "date" | "dcdate" | "dctermsdate" | "articledate" | "sailthrudate" | "displaydate"
        | "pdate" | "citationdate" | "timestamp" | "dateposted" | "docdate" | "dcdatesubmitted"
        | "regdate" | "ogdate" | "newsdate" | "contentdate" | "datetime" | "parselypubdate"
        | "ogregdate" => Some(DateOf::Unsaid),
        "lastmodified" => Some(DateOf::Change),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_families_are_known() {
        for name in [
            "article:published_time",
            "og:published_time",
            "parsely-pub-date",
            "pubdate",
            "publish_date",
            "dcterms.issued",
            "dc.date.issued",
            "datepublished",
            "bt:pubdate",
            "citation_publication_date",
            "og:pubdate",
            "vr:published_time",
            "originalpublicationdate",
        ] {
            assert_eq!(date_of(name), Some(DateOf::Publication), "{name}");
        }
        for name in ["article:modified_time", "og:updated_time", "last-modified", "dc.modified"] {
            assert_eq!(date_of(name), Some(DateOf::Change), "{name}");
        }
        for name in ["date", "dc.date", "sailthru.date"] {
            assert_eq!(date_of(name), Some(DateOf::Unsaid), "{name}");
        }
        assert_eq!(date_of("dcterms.created"), Some(DateOf::Making));
        for name in
            ["article:publisher", "description", "viewport", "article:expiration_time", "og:title"]
        {
            assert_eq!(date_of(name), None, "{name}");
        }
    }
}
