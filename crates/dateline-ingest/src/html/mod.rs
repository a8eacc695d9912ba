//! HTML pages.

mod text;
pub(crate) mod tokens;
mod tree;

/// Reads the main text of a page of HTML.
#[doc(hidden)]
pub fn probe(markup: &str) -> String {
    let tree = tree::Tree::new(markup);
    let (blocks, dropped) = text::main_text(&tree, None);
    let lines: Vec<String> = blocks.iter().map(|it| text::text_of(&tree, it, &dropped)).collect();
    lines.join("\n")
}

#[doc(hidden)]
pub fn explain(markup: &str) -> String {
    let tree = tree::Tree::new(markup);
    text::explain(&tree)
}
