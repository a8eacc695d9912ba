//! HTML pages.
#![expect(dead_code, reason = "no reader asks for it yet")]

pub(crate) mod declared;
pub(crate) mod tokens;
