//! What an HTML page says about itself: its headline, dates, address, language, site and authors,
//! each with what gave it and where that stands.
//!
//! The way: `outline` walks once over the tokens; `json_ld` reads what scripts declare; `headline`
//! agrees on the headline; `candidate` gathers all dates with the trust that their kind and place
//! earn, and `published` chooses.

mod address;
mod candidate;
mod date_label;
mod date_text;
mod declared_dates;
mod element;
mod found;
mod headline;
mod json_ld;
mod json_repair;
mod meta_names;
mod outline;
mod page_dates;
mod printed_text;
mod published;
mod refused;
mod region;
mod script_data;

use std::ops::Range;

use chrono::{DateTime, Utc};
use dateline_event::date::Edtf;

use candidate::Setting;
use date_text::FieldOrder;
pub(crate) use found::{Evidence, Found};
use json_ld::{Standing, Work, WorkKind};
use outline::Outline;
pub(crate) use refused::Refused;
use region::Regions;

/// What kind of page it declares to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum PageKind {
    /// A page with a story of its own.
    Article,
    /// A page that lists others.
    Index,
    /// It does not say.
    #[default]
    Unsaid,
}

/// What a page says about itself.
#[derive(Debug, Default)]
pub(crate) struct Declared {
    /// The headline of the page's own story, as printed where it is printed.
    pub(crate) headline: Option<Found<String>>,
    /// The first publication, at least to the day.
    pub(crate) published: Option<Found<Edtf>>,
    /// Declared days that cannot be those of publication.
    pub(crate) refused: Vec<Refused>,
    /// The last change.
    #[cfg_attr(not(test), expect(dead_code, reason = "no story has a place for it yet"))]
    pub(crate) modified: Option<Found<Edtf>>,
    /// The page's own address, without fragment and tracking parameters.
    pub(crate) address: Option<Found<String>>,
    /// The language tag, as declared.
    pub(crate) language: Option<Found<String>>,
    /// The name of the site.
    #[cfg_attr(not(test), expect(dead_code, reason = "no story has a place for it yet"))]
    pub(crate) site_name: Option<Found<String>>,
    /// Article or index.
    pub(crate) kind: PageKind,
    /// Texts that the page declares as the body of its story, most trusted first.
    pub(crate) bodies: Vec<Found<String>>,
    /// Names of the authors.
    #[cfg_attr(not(test), expect(dead_code, reason = "no story has a place for it yet"))]
    pub(crate) authors: Vec<Found<String>>,
}

/// Reads what `markup`, a decoded page, says about itself. `address` is where it was captured and
/// `captured` when, where the capture says so.
pub(crate) fn declared(
    markup: &str,
    address: Option<&str>,
    captured: Option<DateTime<Utc>>,
) -> Declared {
    let outline = outline::outline(markup);
    let works = json_ld::works(&outline.json_ld);
    let own = own_address(&outline, &works, address);
    let site_name = site_name(&outline, &works);
    let language = language(&outline, &works);
    let mut site: Vec<String> = site_name.iter().map(|it| it.value.clone()).collect();
    site.extend(own.as_ref().and_then(|it| address::site(&it.value).map(str::to_owned)));
    let claim = headline::headline(&outline, &works, &site);
    let heading = claim.as_ref().and_then(|it| it.heading).and_then(|it| outline.headings.get(it));
    let setting = Setting {
        markup,
        outline: &outline,
        works: &works,
        address: own.as_ref(),
        title: claim.as_ref().map(|it| headline::bare(&it.found.value)).unwrap_or_default(),
        headline: heading.map(|it| it.place).filter(|it| *it < outline.places / 5 * 4 + 8),
        order: FieldOrder::of_language(language.as_ref().map(|it| it.value.as_str())),
    };
    let mut regions = Regions::new(&outline, heading.map(|it| it.element));
    let dates = published::dates(&setting, &mut regions, captured);
    Declared {
        headline: claim.map(|it| it.found),
        published: dates.published,
        refused: dates.refused,
        modified: dates.modified,
        address: own,
        language,
        site_name,
        kind: kind(&outline, &works),
        bodies: bodies(&works),
        authors: authors(&outline, &works),
    }
}

fn meta(outline: &Outline<'_>, names: &[&str]) -> Option<Found<String>> {
    names.iter().find_map(|name| {
        let meta = outline.metas.iter().find(|it| it.name == *name)?;
        let value = meta.content.text.trim().to_owned();
        let evidence = Evidence::Meta(meta.name.clone());
        Some(Found { value, evidence, range: meta.content.range.clone() })
    })
}

fn article<'a, 'b>(works: &'b [Work<'a>]) -> Option<&'b Work<'a>> {
    works.iter().filter(|it| it.standing == Standing::Main).min_by_key(|it| it.kind)
}

/// The first address that the page gives as its own and that lies on the site it was captured from.
fn own_address(
    outline: &Outline<'_>,
    works: &[Work<'_>],
    captured_at: Option<&str>,
) -> Option<Found<String>> {
    let mut claims: Vec<(String, Evidence, Range<usize>)> = Vec::new();
    for it in &outline.canonical {
        claims.push((it.text.clone().into_owned(), Evidence::Canonical, it.range.clone()));
    }
    if let Some(it) = meta(outline, &["og:url", "twitter:url"]) {
        claims.push((it.value, it.evidence, it.range));
    }
    for key in ["url", "mainEntityOfPage"] {
        if let Some(said) = article(works).and_then(|it| it.said(key)) {
            claims.push((said.text, Evidence::JsonLd(key), said.range));
        }
    }
    let found = claims.into_iter().find_map(|(text, evidence, range)| {
        let value = address::normalised(&text)?;
        let same = captured_at.is_none_or(|it| address::same_site(it, &value));
        same.then_some(Found { value, evidence, range })
    });
    found.or_else(|| {
        let value = address::normalised(captured_at?)?;
        Some(Found { value, evidence: Evidence::Address, range: 0..0 })
    })
}

fn site_name(outline: &Outline<'_>, works: &[Work<'_>]) -> Option<Found<String>> {
    let declared = meta(outline, &["og:site_name", "application-name"]);
    declared.or_else(|| {
        let said = works.iter().find_map(|it| it.names("publisher").into_iter().next())?;
        Some(Found { value: said.text, evidence: Evidence::JsonLd("publisher"), range: said.range })
    })
}

fn language(outline: &Outline<'_>, works: &[Work<'_>]) -> Option<Found<String>> {
    let of_root = outline.language.as_ref().map(|it| Found {
        value: it.text.trim().to_owned(),
        evidence: Evidence::Element("html"),
        range: it.range.clone(),
    });
    of_root
        .or_else(|| meta(outline, &["content-language", "og:locale", "language", "dc.language"]))
        .or_else(|| {
            let said = article(works)?.said("inLanguage")?;
            let evidence = Evidence::JsonLd("inLanguage");
            Some(Found { value: said.text, evidence, range: said.range })
        })
}

fn kind(outline: &Outline<'_>, works: &[Work<'_>]) -> PageKind {
    let og = meta(outline, &["og:type"]).map(|it| it.value.to_lowercase());
    let main = works.iter().filter(|it| it.standing == Standing::Main).map(|it| it.kind).min();
    match (og.as_deref(), main) {
        (Some("article" | "news" | "blog"), _) | (_, Some(WorkKind::Article)) => PageKind::Article,
        (Some("website"), _) => PageKind::Index,
        _ => PageKind::Unsaid,
    }
}

fn bodies(works: &[Work<'_>]) -> Vec<Found<String>> {
    let mut all: Vec<&Work<'_>> =
        works.iter().filter(|it| it.text("articleBody").is_some()).collect();
    all.sort_by_key(|it| (it.standing, it.kind));
    let said = all.into_iter().filter_map(|it| it.said("articleBody"));
    said.take(MAX_BODIES)
        .map(|it| Found {
            value: it.text,
            evidence: Evidence::JsonLd("articleBody"),
            range: it.range,
        })
        .collect()
}

/// Most declared bodies and authors that are handed on.
const MAX_BODIES: usize = 8;

fn authors(outline: &Outline<'_>, works: &[Work<'_>]) -> Vec<Found<String>> {
    let of_work = article(works).map(|it| it.names("author")).unwrap_or_default();
    let mut all: Vec<_> = of_work
        .into_iter()
        .map(|it| Found { value: it.text, evidence: Evidence::JsonLd("author"), range: it.range })
        .collect();
    if all.is_empty() {
        all.extend(meta(outline, &["author", "article:author", "parsely-author", "dc.creator"]));
    }
    all.retain(|it| !it.value.contains("://"));
    all.truncate(MAX_BODIES);
    all
}

#[cfg(test)]
mod tests;
