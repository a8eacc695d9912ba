//! HTML pages: markup in, stories out.
//!
//! The way: `tokens` cuts the markup into tags and text, `tree` puts them in order, `declared` reads
//! what the page says about itself, `text` finds the blocks of the page's own story and of the teasers
//! beside it, `provenance` writes them out with their places, and `story` puts the stories together.

pub(crate) mod declared;
mod link;
mod provenance;
pub(crate) mod steps;
mod story;
mod text;
pub(crate) mod tokens;
mod tree;

use chrono::{DateTime, Utc};
use dateline_event::story::Story;

use crate::read::Read;
use crate::warning::{Warning, WarningKind};
use crate::{language, script};
use declared::PageKind;
use steps::HtmlStep;
use story::Page;
use text::Teaser;
use tokens::CodePoints;
use tree::Tree;

/// Reads a page of HTML. `address` is where it was captured and `captured` when, where the capture
/// says so.
pub(crate) fn read_html(
    markup: &str,
    address: Option<&str>,
    captured: Option<DateTime<Utc>>,
) -> Read {
    read_in_steps(markup, address, captured, &mut |_| {})
}

/// The same, telling `done` of each step that it has taken.
fn read_in_steps(
    markup: &str,
    address: Option<&str>,
    captured: Option<DateTime<Utc>>,
    done: &mut impl FnMut(HtmlStep),
) -> Read {
    let declared = declared::declared(markup, address, captured);
    done(HtmlStep::Declared);
    let tree = Tree::new(markup);
    done(HtmlStep::Tree);
    let places = CodePoints::new(markup);
    let declared_chars = declared.bodies.first().map(|it| it.value.chars().count());
    let headline = declared.headline.as_ref().map(|it| it.value.as_str());
    let found = text::read(&tree, headline, declared_chars);
    done(HtmlStep::MainText);
    let page = Page { markup, tree: &tree, places: &places, declared: &declared, address };
    let is_index = match declared.kind {
        PageKind::Article => false,
        PageKind::Index => found.teasers.len() >= MIN_TEASERS && found.prose < MAX_INDEX_PROSE,
        PageKind::Unsaid => {
            found.teasers.len() >= 2 * MIN_TEASERS && found.prose < MAX_INDEX_PROSE / 2.0
        }
    };
    let mut stories = Vec::new();
    let mut warnings = Vec::new();
    if !is_index && !found.blocks.is_empty() {
        let (story, is_cut) = page.own(&found.blocks, &found.dropped);
        stories.push(story);
        if is_cut {
            let message =
                "the text of the page is longer than that of a story may be, the rest was left out";
            warnings.push(Warning::of_page(WarningKind::Limit, message));
        }
    }
    let sample = sample(&stories, &found.teasers, &page);
    let language = (language::language(&sample), script::script(&sample));
    stories.extend(found.teasers.iter().filter_map(|it| page.teaser(it, &found.unseen, language)));
    for it in &declared.refused {
        let message = format!("the date `{}` was refused: {}", it.written, it.why);
        warnings.push(Warning::at(WarningKind::RefusedDate, places.span(&it.range), message));
    }
    if tree.cut {
        let message = "the page has more elements than are read, the rest was left out";
        warnings.push(Warning::of_page(WarningKind::Limit, message));
    }
    done(HtmlStep::Stories);
    Read { stories, warnings, address: declared.address.map(|it| it.value) }
}

/// Fewest teasers of a page that only lists stories.
const MIN_TEASERS: usize = 4;

/// Most prose of a page that lists stories and tells none, in characters: a welcome, a description of
/// the section.
const MAX_INDEX_PROSE: f32 = 800.0;

/// Text by which the language of the page is told: of its own story, else of the first teasers.
fn sample(stories: &[Story], teasers: &[Teaser], page: &Page<'_, '_>) -> String {
    if let Some(own) = stories.first() {
        return own.body.chars().take(MAX_SAMPLE_CHARS).collect();
    }
    let headlines = teasers.iter().take(50).map(|it| page.source_of(&it.headline));
    headlines.collect::<Vec<_>>().join("\n")
}

/// How much of a page its language is told by, in characters.
const MAX_SAMPLE_CHARS: usize = 4000;
