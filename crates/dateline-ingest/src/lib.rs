//! Bytes of a page in, stories out, then the events to append

pub mod import;
pub mod popolo;
