//! Any story: its first line is the headline, the rest is the text. Every span of the annotation
//! holds the words that it says.
#![no_main]

use std::sync::LazyLock;

use dateline_annotate::Annotator;
use dateline_event::story::{Headline, Story, StoryRole};
use dateline_event::{Piece, Span};
use dateline_fuzz::{REGISTRY, length, spans};

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(&REGISTRY));

libfuzzer_sys::fuzz_target!(|page: &str| {
    let (title, body) = page.split_once('\n').unwrap_or(("", page));
    let headline = Span::new(0, length(title));
    let start = length(page) - length(body);
    let story = Story {
        role: StoryRole::Article,
        title: (!title.is_empty()).then(|| Headline { text: title.to_owned(), span: headline }),
        body: body.to_owned(),
        pieces: Piece::lines([Span::new(start, length(page))]),
        address: None,
        language: "en".to_owned(),
        published: None,
        passages: Vec::new(),
        stamp_place: None,
        dateline: None,
    };
    let letters: Vec<char> = page.chars().collect();
    for (span, words) in spans(&ANNOTATOR.annotate(&story)) {
        let range = usize::try_from(span.start).ok().zip(usize::try_from(span.end).ok());
        let found = range.and_then(|(start, end)| letters.get(start..end));
        let found: String = found.unwrap_or_else(|| panic!("{span:?} is beyond")).iter().collect();
        // A text whose lines are broken at a fixed width is read with blanks for its line feeds.
        if let Some(words) = words {
            assert_eq!(found.replace('\n', " "), words.replace('\n', " "), "at {span:?}");
        }
    }
});
