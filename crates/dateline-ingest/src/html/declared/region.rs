//! What part of a page an element lies in, as the page's own labels tell.

use std::collections::HashMap;

use super::element::{Element, ElementId, Elements};
use super::outline::Outline;

/// What the labels of an element and of all that holds it say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Region {
    /// It belongs to a reader's comment.
    pub(super) comment: bool,
    /// It is not part of the story: navigation, teasers, a sidebar, the foot of the page.
    pub(super) aside: bool,
    /// It is part of what the page labels as its story.
    pub(super) story: bool,
    /// Its label says that it holds a date or what goes with one.
    pub(super) dated: Dated,
}

/// What a label says of the date inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Dated {
    #[default]
    No,
    /// The line about author, section and date.
    Meta,
    /// A date.
    Date,
    /// The date of publication.
    Published,
    /// The date of a change.
    Updated,
}

/// How many elements around a date are asked whether they are labelled as one.
const LABELS_AROUND: usize = 4;

/// Tells regions, and remembers them.
pub(super) struct Regions<'a, 'b> {
    elements: &'b Elements<'a>,
    /// The elements around the headline: whatever they are called, the story lies in them.
    around_headline: Vec<ElementId>,
    known: HashMap<ElementId, Region>,
    /// Number of blocks of text of the page.
    places: usize,
}

impl<'a, 'b> Regions<'a, 'b> {
    pub(super) fn new(outline: &'b Outline<'a>, headline: Option<ElementId>) -> Self {
        let (elements, places) = (&outline.elements, outline.places);
        let around_headline =
            headline.map(|it| elements.around(it).map(|it| it.0).collect()).unwrap_or_default();
        Self { elements, around_headline, known: HashMap::new(), places }
    }

    /// The region of the element `id`.
    pub(super) fn region(&mut self, id: ElementId) -> Region {
        let mut region = Region::default();
        let elements = self.elements;
        for (distance, (id, element)) in elements.around(id).enumerate() {
            let own = *self.known.entry(id).or_insert_with(|| of_labels(element));
            region.story |= own.story;
            if distance < LABELS_AROUND {
                region.dated = region.dated.max(own.dated);
            }
            if !self.around_headline.contains(&id) {
                region.comment |= own.comment;
                // What holds a good part of the page is called after something else in it.
                region.aside |= own.aside && element.places() * 5 < self.places * 2;
            }
        }
        region
    }
}

fn of_labels(element: &Element<'_>) -> Region {
    let mut region = Region::default();
    match element.name.as_ref() {
        "html" | "body" => return region,
        "article" | "main" => region.story = true,
        "aside" | "nav" | "footer" | "select" | "form" => region.aside = true,
        "time" | "abbr" => region.dated = Dated::Date,
        _ => {}
    }
    for label in element.labels() {
        let story = label.iter().any(|it| STORY.contains(&it.as_str()));
        for word in &label {
            region.comment |= is_comment(word);
            let foot = word == "footer" && is_foot_of_part(&label);
            region.aside |= !foot && ASIDE.iter().any(|it| word.starts_with(it));
        }
        region.story |= story;
        region.dated = region.dated.max(dated(&label));
    }
    region
}

/// Whether the label names the foot of something smaller than the page.
fn is_foot_of_part(label: &[String]) -> bool {
    const OF_PAGE: &[&str] =
        &["footer", "site", "page", "global", "main", "info", "wrapper", "content"];
    label.iter().any(|it| !OF_PAGE.contains(&it.as_str()))
}

fn is_comment(word: &str) -> bool {
    ["comment", "kommentar", "disqus", "respond", "replies", "leserbrief", "commentaire", "reactie"]
        .iter()
        .any(|it| word.starts_with(it))
}

/// How words begin that label what is not the story.
const ASIDE: &[&str] = &[
    "sidebar",
    "related",
    "recommend",
    "widget",
    "teaser",
    "footer",
    "nav",
    "menu",
    "similar",
    "popular",
    "recent",
    "archive",
    "calendar",
    "kalender",
    "ticker",
    "carousel",
    "slider",
    "banner",
    "promo",
    "copyright",
    "breadcrumb",
    "latest",
    "upcoming",
    "trending",
];

const STORY: &[&str] =
    &["article", "story", "post", "entry", "hentry", "beitrag", "artikel", "main"];

/// What a label says of the date inside. The class `updated` alone is that of the hAtom microformat,
/// which many pages set on the only date that they print.
fn dated(label: &[String]) -> Dated {
    let [only] = label else {
        return label.iter().map(|it| dated_by_word(it)).max().unwrap_or_default();
    };
    if only == "updated" { Dated::Meta } else { dated_by_word(only) }
}

fn dated_by_word(word: &str) -> Dated {
    const PUBLISHED: &[&str] = &[
        "published",
        "publish",
        "pubdate",
        "posted",
        "postdate",
        "publishdate",
        "publication",
        "veroeffentlicht",
        "datepublished",
        "postedon",
        "publicado",
        "created",
    ];
    const UPDATED: &[&str] = &["updated", "modified", "update", "aktualisiert", "datemodified"];
    const DATES: &[&str] =
        &["datetime", "time", "timestamp", "fecha", "dato", "datestamp", "stamp"];
    const METAS: &[&str] = &[
        "meta",
        "metadata",
        "byline",
        "author",
        "autor",
        "info",
        "subline",
        "submitted",
        "details",
    ];
    if UPDATED.contains(&word) {
        Dated::Updated
    } else if PUBLISHED.contains(&word) {
        Dated::Published
    } else if DATES.contains(&word)
        || (word.ends_with("date") && !word.ends_with("update"))
        || word.ends_with("datum")
        || word.starts_with("datum")
        || word == "dateline"
    {
        Dated::Date
    } else if METAS.contains(&word) {
        Dated::Meta
    } else {
        Dated::No
    }
}
