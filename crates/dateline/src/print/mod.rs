//! Values in, text or JSON out: how results look. Nothing here reads or decides.

pub(crate) mod candidates_popolo;
pub(crate) mod changes_text;
mod evidence;
pub(crate) mod log_text;
pub(crate) mod page_json;
pub(crate) mod page_text;
pub(crate) mod ruling_text;
pub(crate) mod search_text;
pub(crate) mod stories_text;
pub(crate) mod style;
pub(crate) mod timeline_json;
pub(crate) mod timeline_text;
pub(crate) mod wrap;
