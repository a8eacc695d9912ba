//! Any text: its dates stand in it in order, none overlaps another, and each is written in EDTF as
//! it is read from it.
#![no_main]

use dateline_event::date::Edtf;
use dateline_event::date::printed::{DateExpression, find_all, read_whole};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut behind = 0;
    for found in find_all(text) {
        assert!(found.range.start >= behind, "dates overlap: {found:?}");
        behind = found.range.end;
        check(text, &found);
    }
    read_whole(text).iter().for_each(|it| check(text, it));
});

fn check(text: &str, found: &DateExpression) {
    let words = text.get(found.range.clone());
    assert!(words.is_some_and(|it| !it.is_empty()), "{found:?} is beyond the text");
    let written = found.edtf.to_string();
    assert_eq!(written.parse::<Edtf>().ok(), Some(found.edtf), "{written} is read as another date");
}
