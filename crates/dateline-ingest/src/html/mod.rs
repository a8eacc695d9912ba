//! HTML pages.

pub(crate) mod tokens;
