//! HTML pages: markup in, stories out.
//!
//! The way: `tokens` cuts the markup into tags and text, `tree` puts them in order, `text` finds the
//! blocks of the page's own story and of the teasers beside it, `provenance` writes them out with their
//! places, and this module adds what the page declares of itself.

mod provenance;
mod text;
pub(crate) mod tokens;
mod tree;

use dateline_event::story::{Story, StoryRole};

use crate::warning::{Warning, WarningKind};
use crate::{dateline, language};
use provenance::Writer;
use tokens::CodePoints;
use tree::Tree;

/// The stories of a page of HTML, and what could not be read of it.
pub(crate) fn read_html(markup: &str) -> (Vec<Story>, Vec<Warning>) {
    let tree = Tree::new(markup);
    let places = CodePoints::new(markup);
    let found = text::main_text(&tree, None);
    let mut writer = Writer::new(&places);
    for block in &found.blocks {
        writer.block(&tree, block, &found.dropped);
    }
    let (body, pieces) = writer.finish();
    let title = found
        .heading
        .and_then(|it| provenance::headline(&tree, it, &found.dropped, &places));
    let story = Story {
        role: StoryRole::Article,
        title,
        language: language::language(&body).to_owned(),
        body,
        pieces,
        published: None,
        address: None,
        stamp_place: None,
        dateline: None,
    };
    (vec![story], Vec::new())
}

/// Reads the main text of a page of HTML.
#[doc(hidden)]
pub fn probe(markup: &str) -> Vec<Story> {
    read_html(markup).0
}

#[doc(hidden)]
pub fn explain(markup: &str) -> String {
    let tree = tree::Tree::new(markup);
    text::explain(&tree)
}
