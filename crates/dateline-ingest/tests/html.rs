//! Pages of HTML: what is the story, what is a teaser, and where in the markup it stands.

#![expect(clippy::indexing_slicing, reason = "in the helpers of a test a panic is a failure")]

use std::fmt::Write as _;
use std::path::Path;

use dateline_event::SourceId;
use dateline_event::story::{Story, StoryRole};
use dateline_ingest::{Capture, Reading, WarningKind, read_page};

fn read(markup: &str) -> Reading {
    let source = SourceId::new("varegia-today").expect("a valid id");
    read_page(&Capture::new("page.html", &source, markup.as_bytes()))
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/html").join(name);
    std::fs::read_to_string(path).expect("the fixture is there")
}

/// What a reader of the page is told, in lines.
fn told(reading: &Reading) -> String {
    let mut out = String::new();
    for story in &reading.stories {
        let title = story.title.as_ref().map_or("-", |it| it.text.as_str());
        let day = story.published.as_ref().map_or("-".to_owned(), |it| it.edtf.to_string());
        let address = story.address.as_deref().unwrap_or("-");
        let role = story.role.as_str();
        writeln!(out, "{role}: {title}\n  {day}, {}, {address}", story.language).expect("memory");
        for line in story.body.lines() {
            writeln!(out, "  | {line}").expect("memory");
        }
    }
    for warning in &reading.warnings {
        writeln!(out, "warning: {warning}").expect("memory");
    }
    out
}

/// Every piece stands in the markup as in the body, or is a character reference for what the body has.
fn places_are_right(markup: &str, stories: &[Story]) {
    let page: Vec<char> = markup.chars().collect();
    let at = |span: dateline_event::Span| {
        usize::try_from(span.start).expect("small")..usize::try_from(span.end).expect("small")
    };
    for story in stories {
        let body: Vec<char> = story.body.chars().collect();
        let mut covered = 0;
        for piece in &story.pieces {
            let (shown, source) = (&body[at(piece.body)], &page[at(piece.page)]);
            if shown.len() == source.len() {
                assert_eq!(shown, source);
            } else {
                assert_eq!(source.first(), Some(&'&'), "{source:?} for {shown:?}");
            }
            covered += shown.len();
        }
        let gaps = story.body.chars().filter(|it| it.is_whitespace()).count();
        assert!(covered + gaps >= body.len(), "only white space may belong to no piece");
    }
}

fn check(name: &str) -> String {
    let markup = fixture(name);
    let reading = read(&markup);
    places_are_right(&markup, &reading.stories);
    told(&reading)
}

#[test]
fn an_article_is_told_from_what_stands_around_it() {
    insta::assert_snapshot!(check("classic.html"));
}

#[test]
fn line_breaks_part_the_paragraphs_of_a_page_of_divisions() {
    insta::assert_snapshot!(check("divs.html"));
}

#[test]
fn tags_that_are_never_closed_hide_no_text() {
    insta::assert_snapshot!(check("tables.html"));
}

#[test]
fn a_post_ends_before_its_comments() {
    insta::assert_snapshot!(check("wordpress.html"));
}

#[test]
fn a_page_without_classes_is_read_by_its_sentences() {
    insta::assert_snapshot!(check("classless.html"));
}

#[test]
fn words_of_classes_that_would_hide_the_story_are_not_believed() {
    insta::assert_snapshot!(check("paywall.html"));
}

#[test]
fn every_item_of_an_index_is_a_teaser() {
    let reading = read(&fixture("index.html"));
    assert!(reading.stories.iter().all(|it| it.role == StoryRole::Teaser));
    insta::assert_snapshot!(check("index.html"));
}

#[test]
fn a_span_of_the_body_is_found_in_the_markup_across_tags_and_references() {
    let markup = fixture("classic.html");
    let reading = read(&markup);
    let story = &reading.stories[0];
    let quote = "“The objectives were met,” said Secretary-General";
    let start = story.body.split(quote).next().expect("the quote is there").chars().count();
    let start = u32::try_from(start).expect("small");
    let length = u32::try_from(quote.chars().count()).expect("small");
    let span =
        story.on_page(dateline_event::Span::new(start, start + length)).expect("it is there");
    let found: String = markup
        .chars()
        .skip(usize::try_from(span.start).expect("small"))
        .take(usize::try_from(span.len()).expect("small"))
        .collect();
    assert_eq!(
        found,
        "&ldquo;The objectives were met,&rdquo; said <a href=\"/people/ket\">Secretary-General"
    );
}

#[test]
fn a_page_of_modules_gives_its_lead_its_dateline_and_its_quotations() {
    let sentence = "The envoys of Polesk and Ket met in the old town hall, and they agreed on a list of five \
        bridges that are to be built by both states. ";
    let markup = format!(
        "<title>Five bridges - Ket Daily</title><main><header><h1>Five bridges</h1>\
         <div class=article-teaser><p>Polesk and Ket have agreed, and work begins in May.</p></div></header>\
         <div class='field field-label-hidden'><p><span class=dateline>NAROVETS, 3 June –</span> {sentence}</p>\
         <p>Foto: Pavel Orlovets</p>\
         <blockquote class=twitter-quote><p>We build, and we build together.</p></blockquote>\
         <div class=article-text-image><p>{sentence}</p></div>\
         <h3>Related articles</h3><p><a href=/other>A bridge was closed for repairs on Monday</a></p>\
         </div></main>"
    );
    let reading = read(&markup);
    places_are_right(&markup, &reading.stories);
    let sentence = sentence.trim();
    assert_eq!(
        reading.stories[0].body,
        format!(
            "Polesk and Ket have agreed, and work begins in May.\nNAROVETS, 3 June – {sentence}\n\
             We build, and we build together.\n{sentence}"
        )
    );
}

#[test]
fn a_declared_date_that_cannot_be_is_refused_with_a_warning() {
    let page = |date: &str| {
        format!(
            "<!DOCTYPE html><title>Ket votes</title><meta property=article:published_time content='{date}'>\
             <h1>Ket votes</h1><p>The assembly of Ket votes on the budget, and the session is open to all.</p>"
        )
    };
    for date in ["2024-02-31", "2999-01-01", "1024-06-03"] {
        let markup = page(date);
        let reading = read(&markup);
        assert!(reading.stories[0].published.is_none(), "{date}");
        let warning = reading
            .warnings
            .iter()
            .find(|it| it.kind == WarningKind::RefusedDate)
            .expect("a warning");
        let span = warning.span.expect("it has a place");
        let shown: String = markup
            .chars()
            .skip(usize::try_from(span.start).expect("small"))
            .take(usize::try_from(span.len()).expect("small"))
            .collect();
        assert_eq!(shown, date);
    }
    let fine = read(&page("2024-02-29"));
    assert!(fine.warnings.iter().all(|it| it.kind != WarningKind::RefusedDate));
    assert!(fine.stories[0].published.is_some());
}
