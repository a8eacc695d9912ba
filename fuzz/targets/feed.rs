//! Any feed: what does not start as one does is the inside of an item.
#![no_main]

use dateline_fuzz::{SOURCE, check, length};
use dateline_ingest::{Capture, read_page};

libfuzzer_sys::fuzz_target!(|feed: &str| {
    let page = match feed.trim_start().chars().next() {
        Some('<' | '{' | '[') => feed.to_owned(),
        _ => format!("<rss><channel><item><title>Envoys meet</title>{feed}</item></channel></rss>"),
    };
    check(&read_page(&Capture::new("feed.xml", &SOURCE, page.as_bytes())), length(&page));
});
