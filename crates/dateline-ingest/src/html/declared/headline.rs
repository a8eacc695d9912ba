//! The headline: what the page prints as such, agreed between what it declares and what it shows.

use super::found::{Evidence, Found};
use super::json_ld::{Standing, Work, WorkKind};
use super::outline::{Heading, Outline};
use super::printed_text::{push_squeezed, squeezed};

/// Longest text that is a headline, in characters.
const MAX_CHARS: usize = 400;

/// A text that may be the headline, with the heading that prints it where one does.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub(super) found: Found<String>,
    /// Index of the heading.
    pub(super) heading: Option<usize>,
}

/// The headline of a page, and the heading that prints it.
pub(super) fn headline(
    outline: &Outline<'_>,
    works: &[Work<'_>],
    site: &[String],
) -> Option<Claim> {
    let declared = declared(outline, works, site);
    let headings = headings(outline);
    let lone =
        || headings.iter().find(|it| level_of(outline, it) == 1 && !is_site(&it.found.value, site));
    let weighed = headings.iter().map(|it| (weight(it, level_of(outline, it), &declared), it));
    let agreed = weighed.filter(|it| it.0 > 0).rev().max_by_key(|it| it.0).map(|it| it.1);
    let chosen = agreed.or_else(|| if declared.is_empty() { lone() } else { None });
    let claim = chosen.or_else(|| declared.first()).or_else(lone)?;
    let heading = claim.heading.and_then(|it| outline.headings.get(it));
    let bounded = heading.and_then(|it| {
        without_kicker(claim, it, &declared).or_else(|| with_kicker(claim, it, &declared))
    });
    Some(bounded.unwrap_or_else(|| claim.clone()))
}

/// Most words of the line that some pages set before a headline, as part of the heading or as a line of
/// its own: a theme, a place.
const MAX_KICKER_WORDS: usize = 8;

/// The headline without the theme before it, where the heading prints both in elements of their own
/// and the page declares the headline alone.
fn without_kicker(claim: &Claim, heading: &Heading<'_>, declared: &[Claim]) -> Option<Claim> {
    let alone: Vec<String> = declared.iter().map(|it| bare(&it.found.value)).collect();
    (1..heading.pieces.len()).find_map(|at| {
        let (kicker, rest) = heading.pieces.split_at(at);
        let value = squeezed(rest);
        let short = squeezed(kicker).split_whitespace().count() <= MAX_KICKER_WORDS;
        let starts = rest.first()?.source.contains(char::is_alphanumeric);
        let range = rest.first()?.range.start..claim.found.range.end;
        let found = Found { value, range, ..claim.found.clone() };
        let is_declared = alone.iter().any(|it| *it == bare(&found.value));
        (short && starts && is_declared).then_some(Claim { found, heading: claim.heading })
    })
}

/// The headline with the theme that the page prints in the line before it, where it declares both
/// as one.
fn with_kicker(claim: &Claim, heading: &Heading<'_>, declared: &[Claim]) -> Option<Claim> {
    let kicker = bare(&heading.before.as_ref()?.decoded());
    let whole = format!("{kicker} {}", bare(&claim.found.value));
    let both = declared.iter().find(|it| bare(&it.found.value) == whole)?;
    (!kicker.is_empty()).then(|| Claim { heading: claim.heading, ..both.clone() })
}

/// How much of what the page declares agrees with a heading of `level`; 0 where nothing does.
fn weight(heading: &Claim, level: u8, declared: &[Claim]) -> u32 {
    let agreeing = declared.iter().filter(|it| agree(&it.found.value, &heading.found.value));
    let agreement: u32 = agreeing.map(|it| if is_strong(&it.found.evidence) { 4 } else { 2 }).sum();
    if agreement == 0 { 0 } else { agreement + u32::from(3_u8.saturating_sub(level)) }
}

/// Whether a declared headline is made for readers of other pages, who see nothing else of this one.
fn is_strong(evidence: &Evidence) -> bool {
    match evidence {
        Evidence::JsonLd(_) => true,
        Evidence::Meta(name) => name == "og:title",
        Evidence::Microdata(_)
        | Evidence::Datetime
        | Evidence::Script
        | Evidence::Canonical
        | Evidence::Element(_)
        | Evidence::PageText
        | Evidence::Address => false,
    }
}

fn level_of(outline: &Outline<'_>, claim: &Claim) -> u8 {
    claim.heading.and_then(|it| outline.headings.get(it)).map_or(0, |it| it.level)
}

/// What the page declares, the most trusted first.
fn declared(outline: &Outline<'_>, works: &[Work<'_>], site: &[String]) -> Vec<Claim> {
    let mut all = Vec::new();
    let mut push = |text: String, evidence, range| {
        let text = without_site(&text, site);
        if !text.is_empty() && text.chars().count() <= MAX_CHARS && !is_site(&text, site) {
            all.push(Claim { found: Found { value: text, evidence, range }, heading: None });
        }
    };
    let article =
        works.iter().find(|it| it.kind == WorkKind::Article && it.standing == Standing::Main);
    if let Some(said) = article.and_then(|it| it.said("headline")) {
        push(plain(&said.text), Evidence::JsonLd("headline"), said.range);
    }
    for name in ["og:title", "twitter:title", "dc.title", "headline"] {
        for meta in outline.metas.iter().filter(|it| it.name == name) {
            push(
                plain(&meta.content.text),
                Evidence::Meta(name.to_owned()),
                meta.content.range.clone(),
            );
        }
    }
    for title in outline.headings.iter().filter(|it| it.level == 0).take(1) {
        push(squeezed(&title.pieces), Evidence::Element("title"), range_of(title));
    }
    all
}

/// The headings that the page prints, in their order.
fn headings(outline: &Outline<'_>) -> Vec<Claim> {
    let all = outline.headings.iter().enumerate().filter(|it| it.1.level > 0);
    let claims = all.map(|(index, heading)| {
        let evidence = Evidence::Element(match heading.level {
            1 => "h1",
            2 => "h2",
            _ => "h3",
        });
        let value = squeezed(&heading.pieces);
        Claim { found: Found { value, evidence, range: range_of(heading) }, heading: Some(index) }
    });
    claims
        .filter(|it| !it.found.value.is_empty() && it.found.value.chars().count() <= MAX_CHARS)
        .collect()
}

fn range_of(heading: &Heading<'_>) -> std::ops::Range<usize> {
    match (heading.pieces.first(), heading.pieces.last()) {
        (Some(first), Some(last)) => first.range.start..last.range.end,
        _ => 0..0,
    }
}

/// A declared text with single spaces, and with entities that were escaped twice decoded.
fn plain(text: &str) -> String {
    let decoded = if text.contains('&') { htmlize::unescape(text) } else { text.into() };
    let mut plain = String::new();
    push_squeezed(&mut plain, &decoded);
    plain.truncate(plain.trim_end().len());
    plain
}

/// The words of a text in lower case, for comparing.
pub(super) fn bare(text: &str) -> String {
    let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Whether one headline is the other, or a good part of it.
fn agree(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let starts = long.strip_prefix(short.as_str()).is_some_and(|it| it.starts_with(' '));
    let good_part = starts || short.len() * 3 >= long.len();
    (good_part && short.chars().count() >= 8) && long.contains(short.as_str())
        || (one == other && !one.is_empty())
}

/// Whether a text is the name of the site.
fn is_site(text: &str, site: &[String]) -> bool {
    let text = bare(text).replace(' ', "");
    text.is_empty() || site.iter().any(|it| bare(it).replace(' ', "") == text)
}

const SEPARATORS: [&str; 9] = [" - ", " | ", " – ", " — ", " • ", " · ", " :: ", " » ", " « "];

/// `text` without the name of the site behind or before it.
fn without_site(text: &str, site: &[String]) -> String {
    let mut text = text.trim();
    loop {
        let last = SEPARATORS.iter().filter_map(|it| Some((text.rfind(it)?, it.len()))).max();
        let first = SEPARATORS.iter().filter_map(|it| Some((text.find(it)?, it.len()))).min();
        let tail = last.and_then(|(at, length)| Some((text.get(..at)?, text.get(at + length..)?)));
        let head = first.and_then(|(at, length)| Some((text.get(at + length..)?, text.get(..at)?)));
        match (tail, head) {
            (Some((kept, name)), _) | (_, Some((kept, name))) if is_site(name, site) => {
                text = kept.trim();
            }
            (_, Some((kept, name))) if is_site(name, site) => {
                text = kept.trim();
            }
            _ => return text.to_owned(),
        }
    }
}
