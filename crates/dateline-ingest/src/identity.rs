//! Which story a text is: ids that come out the same whenever it is read again.

use dateline_event::story::{Story, StoryRole, digest};
use dateline_event::{SourceId, StoryId};
use unicode_normalization::UnicodeNormalization;

use crate::address::canonical;
use crate::page::is_blank;

/// The digest of what `story` says: of its headline and body, white space, quotation marks and
/// dashes folded. Equal texts have equal digests on every page and in every version of dateline;
/// where a text stands, its dates and its role do not count.
pub fn text_digest(story: &Story) -> String {
    digest(whole_text(story).as_bytes())
}

/// Headline and body, folded.
pub(crate) fn whole_text(story: &Story) -> String {
    let title = story.title.as_ref().map_or("", |it| it.text.as_str());
    format!("{}\n{}", folded(title), folded(&story.body))
}

/// `text` in NFKC with one blank for each run of white space, plain quotation marks and plain
/// dashes.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank = false;
    for letter in text.nfkc() {
        if letter == '\u{ad}' || (is_blank(letter) && !letter.is_whitespace()) {
            continue;
        }
        if letter.is_whitespace() {
            blank = !folded.is_empty();
            continue;
        }
        if blank {
            folded.push(' ');
            blank = false;
        }
        folded.push(match letter {
            '“' | '”' | '„' | '«' | '»' | '‟' => '"',
            '‘' | '’' | '‚' | '‛' | '`' | '´' => '\'',
            '\u{2010}'..='\u{2015}' | '−' => '-',
            other => other,
        });
    }
    folded
}

/// The id under which a story is known first: one that has an address of its own goes by it, the article of a page by
/// the page's, an article with a headline by headline and printed date, anything else by its text. What a source says of
/// a story elsewhere, and the story itself, are two.
pub(crate) fn identity(source: &SourceId, page: Option<&str>, story: &Story) -> StoryId {
    match (story.role, story.address.as_deref().or(page), &story.title) {
        (StoryRole::Article, Some(address), _) => named(source, "address", &canonical(address)),
        (StoryRole::Article, None, Some(title)) => {
            let day = story.published.as_ref().map(|it| it.edtf.start().calendar().to_string());
            let name =
                format!("{}\n{}", day.unwrap_or_default(), folded(&title.text).to_lowercase());
            named(source, "title", &name)
        }
        (StoryRole::Teaser, _, _) if story.address.is_some() => {
            let address = story.address.as_deref().unwrap_or_default();
            named(source, "teaser", &canonical(address))
        }
        (StoryRole::Article, None, None) | (StoryRole::Teaser, _, _) => fingerprint(source, story),
    }
}

/// The id of a story that goes by its text.
pub(crate) fn fingerprint(source: &SourceId, story: &Story) -> StoryId {
    named(source, "text", &whole_text(story))
}

fn named(source: &SourceId, by: &str, name: &str) -> StoryId {
    StoryId::of_name(&format!("story\n{source}\n{by}\n{name}"))
}
