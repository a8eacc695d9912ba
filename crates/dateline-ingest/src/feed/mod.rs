//! RSS 0.9x, 1.0 and 2.0, and Atom: each item a story, with its places in the feed.
//!
//! The reader is our own, since the places are wanted, and since one broken item must not cost the
//! others.

use dateline_event::story::Story;

use crate::item::Item;
use crate::languages;
use crate::letters::Letters;
use crate::story_limits::{MAX_STORIES, left_out};
use crate::warning::{Warning, WarningKind};

mod xml;

use xml::{Element, MAX_ITEM_BYTES, Scan};

/// The fields that hold the text of an item, all of it first.
const BODIES: &[(&str, bool)] = &[
    ("encoded", true),
    ("content", true),
    ("description", false),
    ("summary", false),
    ("subtitle", false),
];

/// The fields that date an item, the first publication first.
const DATES: &[&str] =
    &["published", "issued", "pubdate", "date", "created", "updated", "modified"];

/// The stories of a feed, and what could not be read of it.
pub(crate) fn read(text: &str) -> (Vec<Story>, Vec<Warning>) {
    let (mut stories, mut warnings) = (Vec::new(), Vec::new());
    let mut scan = Scan::new(text);
    let mut number = 0;
    while stories.len() < MAX_STORIES
        && let Some(fields) = scan.next_item()
    {
        number += 1;
        if scan.item_is_too_large() {
            let message = format!(
                "item {number} has {} bytes, at most {MAX_ITEM_BYTES} are read",
                scan.item_bytes()
            );
            warnings.push(Warning::at(WarningKind::Limit, scan.item_span(), message));
            continue;
        }
        let language = field(&fields, &["language"]).map(|it| it.letters.text());
        let item = item(&fields, language.or_else(|| scan.language()));
        warnings.extend(item.undated());
        if let Some(story) = item.story() {
            stories.push(story);
        } else {
            let message = format!("item {number} has neither a title nor a text");
            warnings.push(Warning::at(WarningKind::Unplaced, scan.item_span(), message));
        }
    }
    warnings.extend(left_out(scan.count_items()));
    languages::tell(&mut stories);
    if let Some((at, why)) = scan.broken() {
        warnings.push(Warning::at(WarningKind::Damaged, at, why));
    }
    (stories, warnings)
}

fn item(fields: &[Element<'_>], language: Option<String>) -> Item {
    let body = BODIES.iter().find_map(|(name, is_whole)| {
        let found = field(fields, &[name]).filter(|it| it.letters.len() > 0)?;
        Some((found, *is_whole))
    });
    let published = DATES.iter().find_map(|it| field(fields, &[it]));
    Item {
        title: field(fields, &["title"]).map(Element::text),
        is_whole: body.is_some_and(|it| it.1),
        body: body.map(|it| it.0.text()),
        published: published.map(|it| (format!("feed {}", it.name), it.letters.clone())),
        address: address(fields),
        language,
    }
}

/// The first field of one of these names in lower case, whatever its namespace; media players have
/// fields of the same names, which do not count.
fn field<'f, 'a>(fields: &'f [Element<'a>], names: &[&str]) -> Option<&'f Element<'a>> {
    fields.iter().find(|it| {
        let lower = it.name.to_ascii_lowercase();
        let (prefix, local) = lower.split_once(':').unwrap_or(("", &lower));
        names.contains(&local) && !matches!(prefix, "media" | "itunes" | "podcast" | "googleplay")
    })
}

/// The address of the story itself.
fn address(fields: &[Element<'_>]) -> Option<String> {
    let is_web = |it: &String| it.starts_with("http://") || it.starts_with("https://");
    let links = fields.iter().filter(|it| it.name.rsplit(':').next() == Some("link"));
    let own = links.filter(|it| it.attribute("rel").is_none_or(|rel| rel == "alternate"));
    let linked = own.filter_map(|it| {
        let written = it.attribute("href").unwrap_or_else(|| it.letters.text());
        Some(written.trim().to_owned()).filter(is_web)
    });
    let guid = || {
        let guid = field(fields, &["guid"])?;
        let is_link = guid.attribute("isPermaLink").is_none_or(|it| it != "false");
        Some(guid.letters.text().trim().to_owned()).filter(|it| is_link && is_web(it))
    };
    linked.into_iter().next().or_else(guid)
}

impl Element<'_> {
    /// What readers see of the field.
    fn text(&self) -> Letters {
        let kind = self.attribute("type").unwrap_or_default();
        if kind == "text" || kind == "text/plain" {
            return self.letters.clone();
        }
        self.letters.clone().without_markup()
    }
}

#[cfg(test)]
mod tests;
