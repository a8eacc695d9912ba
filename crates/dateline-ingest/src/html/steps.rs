//! The steps of reading a page of HTML, told one by one: what a benchmark needs to say where the time
//! goes. This crate has no clock, so the caller takes the time.

use super::{read_in_steps, tokens};
use crate::decode;

/// A step of reading a page of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HtmlStep {
    /// The charset is found and the bytes are text.
    Decoded,
    /// What the page says about itself is read.
    Declared,
    /// The elements are in order.
    Tree,
    /// The blocks of the page's own story are told from what stands around it.
    MainText,
    /// The stories are written out with their places.
    Stories,
}

/// Reads a page of HTML as `read_page` does and calls `done` behind each step. Returns the number of
/// stories; 0 for bytes that are no text.
pub fn html_steps(bytes: &[u8], mut done: impl FnMut(HtmlStep)) -> usize {
    let Ok((markup, _)) = decode::decode(bytes, None) else { return 0 };
    done(HtmlStep::Decoded);
    read_in_steps(&markup, None, None, &mut done).stories.len()
}

/// The number of tokens of a page of HTML. Reading cuts a page into them twice, for what it declares
/// and for its tree; alone they show how much of both that is.
pub fn html_tokens(bytes: &[u8]) -> usize {
    decode::decode(bytes, None).map_or(0, |(markup, _)| tokens::tokens(&markup).count())
}
