//! Any markup, as a server would declare it.
#![no_main]

use dateline_fuzz::{SOURCE, check, length};
use dateline_ingest::{Capture, read_page};

libfuzzer_sys::fuzz_target!(|markup: &str| {
    let page = format!("<!DOCTYPE html>{markup}");
    let capture = Capture {
        address: Some("https://news.example/2024/06/03/envoys-meet.html"),
        captured: "2024-06-04T10:00:00Z".parse().ok(),
        content_type: Some("text/html; charset=utf-8"),
        ..Capture::new("page.html", &SOURCE, page.as_bytes())
    };
    check(&read_page(&capture), length(&page));
});
