//! JSON pages: a JSON Feed, items of ninjs, and records with the fields of docs/INPUTS.md.

use dateline_event::Span;
use dateline_event::story::Story;

use crate::item::Item;
use crate::languages;
use crate::letters::Letters;
use crate::page::code_points;
use crate::story_limits::{MAX_STORIES, left_out};
use crate::warning::{Warning, WarningKind};

mod located;

pub(crate) use located::Located;

/// The fields that hold the text of a story, all of it first. Those of the second kind hold HTML.
const BODIES: &[(&str, Kind, bool)] = &[
    ("content_html", Kind::Html, true),
    ("content_text", Kind::Text, true),
    ("body_html", Kind::Html, true),
    ("body_xhtml", Kind::Html, true),
    ("body_text", Kind::Text, true),
    ("body", Kind::Text, true),
    ("summary", Kind::Text, false),
    ("description_text", Kind::Text, false),
    ("description", Kind::Text, false),
];

/// The fields that hold the headline.
const TITLES: &[&str] = &["title", "headline", "name"];

/// The fields that date a story, the first publication first.
const DATES: &[&str] = &[
    "published",
    "date_published",
    "firstCreated",
    "firstcreated",
    "versionCreated",
    "versioncreated",
    "contentCreated",
    "date_modified",
];

/// The fields that hold the address of a story.
const ADDRESSES: &[&str] = &["address", "url", "external_url", "uri"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Html,
}

/// The stories of a JSON page, and what could not be read of it.
pub(crate) fn read(text: &str) -> (Vec<Story>, Vec<Warning>) {
    let value = match Located::read(text) {
        Ok(value) => value,
        Err(why) => {
            // Where the text ends too early there is nothing to show.
            let end = why.at.saturating_add(1).min(code_points(text)).max(why.at);
            let span = Span::new(why.at, end);
            return (Vec::new(), vec![Warning::at(WarningKind::Damaged, span, why.to_string())]);
        }
    };
    let is_feed = value.get("version").and_then(Located::text);
    let is_feed = is_feed.is_some_and(|it| it.starts_with("https://jsonfeed.org/version/"));
    let items = match (&value, value.get("items")) {
        (_, Some(items)) if is_feed => items.list(),
        (Located::List(items), _) => items,
        _ => std::slice::from_ref(&value),
    };
    let language = is_feed.then(|| value.get("language").and_then(Located::text)).flatten();
    let (mut stories, mut warnings) = (Vec::new(), Vec::new());
    for (index, found) in items.iter().enumerate().take(MAX_STORIES) {
        let item = item(found, language.as_deref());
        warnings.extend(item.undated());
        if let Some(story) = item.story() {
            stories.push(story);
        } else {
            let message = format!("item {} has neither a title nor a text", index + 1);
            warnings.push(Warning::of_page(WarningKind::UnreadFormat, message));
        }
    }
    warnings.extend(left_out(items.len().saturating_sub(MAX_STORIES)));
    languages::tell(&mut stories);
    (stories, warnings)
}

fn item(found: &Located<'_>, language: Option<&str>) -> Item {
    let first =
        |names: &[&str]| names.iter().find_map(|it| found.get(it).and_then(Located::letters));
    let text = |names: &[&str]| first(names).map(|it| it.text());
    let body = BODIES.iter().find_map(|(name, kind, is_whole)| {
        let letters = found.get(name)?.letters().filter(|it| it.len() > 0)?;
        Some((shown(letters, *kind), *is_whole))
    });
    let body = body.or_else(|| best(found.get("bodies")?).map(|it| (it, true)));
    let title = best_headline(found).or_else(|| first(TITLES));
    let published = DATES.iter().find_map(|name| Some((*name, found.get(name)?.letters()?)));
    let language = text(&["language"]).or_else(|| language.map(str::to_owned));
    let is_web = |it: &String| it.starts_with("http://") || it.starts_with("https://");
    let addresses = ADDRESSES.iter().filter_map(|it| found.get(it)?.text());
    Item {
        title,
        is_whole: body.as_ref().is_some_and(|it| it.1),
        body: body.map(|it| it.0),
        published: published.map(|(name, letters)| (format!("json {name}"), letters)),
        address: addresses.into_iter().find(is_web),
        language,
    }
}

fn shown(letters: Letters, kind: Kind) -> Letters {
    match kind {
        Kind::Text => letters,
        Kind::Html => letters.without_markup(),
    }
}

/// The text of ninjs 3, which may have several bodies: plain text before HTML.
fn best(bodies: &Located<'_>) -> Option<Letters> {
    let of =
        |it: &Located<'_>, name: &str| it.get(name).and_then(Located::text).unwrap_or_default();
    let kind = |it: &Located<'_>| match of(it, "contentType").as_str() {
        "" | "text/plain" => Some(Kind::Text),
        "text/html" | "application/xhtml+xml" => Some(Kind::Html),
        _ => None,
    };
    let mut all: Vec<_> = bodies.list().iter().filter_map(|it| Some((kind(it)?, it))).collect();
    all.sort_by_key(|(kind, _)| *kind != Kind::Text);
    all.into_iter().find_map(|(kind, it)| it.get("value")?.letters().map(|it| shown(it, kind)))
}

/// The headline of ninjs 3, which may have several: that of the role `main` before others.
fn best_headline(found: &Located<'_>) -> Option<Letters> {
    let headlines = found.get("headlines")?.list();
    let is_main =
        |it: &&Located<'_>| it.get("role").and_then(Located::text).is_some_and(|it| it == "main");
    let chosen = headlines.iter().find(is_main).or(headlines.first())?;
    chosen.get("value")?.letters()
}

#[cfg(test)]
mod tests;
