//! What must hold of everything that is read, whatever the bytes were. A violation panics, which is
//! how a fuzzer is told; a panic inside of a reader ends the fuzzer before the reader can catch it.

use std::sync::LazyLock;

use dateline_annotate::{Annotation, Evidence, Registry, Resolved};
use dateline_event::story::Story;
use dateline_event::{SourceId, Span};
use dateline_ingest::{Found, Reading, StoriesSoFar, captures, decide, popolo, skos};

/// Who puts out the pages.
pub static SOURCE: LazyLock<SourceId> =
    LazyLock::new(|| SourceId::new("varegia-today").expect("it is an id"));

/// The registry and the topics of the invented world.
pub static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let officials = popolo::read(include_bytes!("../../fixtures/demo/registry.json"));
    let topics = skos::read(include_bytes!("../../fixtures/demo/topics.json"));
    let mut registry = Registry::default();
    for event in officials.expect("it is a registry").events {
        registry.apply(&event);
    }
    for event in topics.expect("it is a scheme").events {
        registry.apply(&event);
    }
    registry
});

/// Code points of `text`.
pub fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).expect("no page is that long")
}

/// Reads every page of a file and checks what was read.
pub fn read_file(bytes: &[u8]) {
    for found in captures("file", bytes) {
        if let Found::Page(page) = found {
            // No charset has more characters than bytes.
            let limit = u32::try_from(page.bytes.len()).expect("no page is that long");
            check(&page.read(&SOURCE), limit);
        }
    }
}

/// Checks a page of at most `limit` code points, and that a second reading of it is no news.
pub fn check(reading: &Reading, limit: u32) {
    for story in &reading.stories {
        check_story(story, limit);
    }
    for span in reading.warnings.iter().filter_map(|it| it.span) {
        assert!(span.start <= span.end && span.end <= limit, "a warning beyond the page: {span:?}");
    }
    let mut known = StoriesSoFar::default();
    for decision in decide(&known.clone(), &SOURCE, reading) {
        decision.event().into_iter().for_each(|it| known.fold(it));
    }
    let again = decide(&known, &SOURCE, reading);
    assert!(again.iter().all(|it| it.event().is_none()), "news again: {again:?}");
}

fn check_story(story: &Story, limit: u32) {
    assert!(story.title.is_some() || !story.body.is_empty(), "a story without text");
    let body = length(&story.body);
    let mut before = 0;
    for piece in &story.pieces {
        assert!(piece.body.start >= before, "pieces overlap in the body: {:?}", story.pieces);
        assert!(piece.body.end <= body, "a piece beyond the body: {piece:?}");
        assert!(piece.page.end <= limit, "a piece beyond the page: {piece:?}");
        before = piece.body.end;
    }
    assert_eq!(before, body, "the pieces end before the body: {:?}", story.pieces);
    for passage in &story.passages {
        assert!(story.in_body(passage.span).is_some(), "{passage:?} is not in the text");
    }
    let title = story.title.iter().map(|it| it.span);
    let dates = story.published.iter().map(|it| it.span);
    for span in title.chain(dates).chain(story.dateline.iter().map(|it| it.span)) {
        assert!(span.start <= span.end && span.end <= limit, "{span:?} is beyond the page");
    }
}

/// Every span of an annotation, with the words that it says stand there, if it says any.
pub fn spans(annotation: &Annotation) -> Vec<(Span, Option<&str>)> {
    let Annotation { published, happened, place, agency, appearances, statements, topics } =
        annotation;
    let evidence = |it: &Resolved| it.evidence.clone();
    let dated: Vec<Evidence> = [published, happened].into_iter().flat_map(evidence).collect();
    let found = [place, agency].into_iter().flatten().map(|it| &it.evidence);
    let shown = found.chain(topics.iter().flat_map(|it| &it.evidence));
    let mut spans: Vec<(Span, Option<&str>)> =
        shown.filter_map(|it| Some((it.span?, Some(it.text.as_str())))).collect();
    spans.extend(dated.iter().filter_map(|it| Some((it.span?, None))));
    for it in appearances {
        spans.push((it.span, Some(&it.as_written)));
        spans.extend(it.office_span.map(|span| (span, it.office_as_written.as_deref())));
    }
    for it in statements {
        match it.spans.as_slice() {
            [one] => spans.push((*one, Some(&it.text))),
            several => spans.extend(several.iter().map(|it| (*it, None))),
        }
        spans.extend(it.speaker_span.map(|it| (it, None)));
        spans.extend(it.cue_span.map(|span| (span, it.verb.as_deref())));
    }
    spans
}
