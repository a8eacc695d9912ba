//! What is no page, or a broken one: warnings, never an error, never a panic.
#![expect(clippy::indexing_slicing, reason = "in the helpers of a test a panic is a failure")]

use dateline_event::story::Story;
use dateline_event::{SourceId, Span};
use dateline_ingest::{Capture, Reading, StoriesSoFar, WarningKind, decide, read_page};
use proptest::prelude::*;

fn read(bytes: &[u8]) -> Reading {
    let source = SourceId::new("example.org").expect("it is an id");
    let capture = Capture {
        name: "page.txt",
        source: &source,
        address: None,
        captured: None,
        content_type: None,
        bytes,
    };
    read_page(&capture)
}

/// The one warning of a page without stories.
fn only_warning(bytes: &[u8]) -> (WarningKind, String) {
    let reading = read(bytes);
    assert_eq!(reading.stories, []);
    assert_eq!(reading.warnings.len(), 1, "{:?}", reading.warnings);
    (reading.warnings[0].kind, reading.warnings[0].to_string())
}

const PROSE: &str = "The envoys met in Narovets on 3 June 2024. They talked about the autumn.";

#[test]
fn an_empty_page_says_so() {
    assert_eq!(only_warning(b""), (WarningKind::Empty, "the page is empty".to_owned()));
    assert_eq!(only_warning(b" \r\n\t\n").0, WarningKind::Empty);
}

#[test]
fn bytes_that_are_no_text_give_one_warning_that_names_the_first_of_them() {
    let bytes: Vec<u8> =
        (0..9000_u32).map(|it| it.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let (kind, message) = only_warning(&bytes);
    assert_eq!(kind, WarningKind::NotText);
    assert!(message.contains("it starts with bytes 00 9e 3c da"), "{message}");
    assert_eq!(only_warning(&[0; 4096]).0, WarningKind::NotText);
}

#[test]
fn bytes_that_are_not_utf_8_are_named_and_the_rest_is_read() {
    let mut bytes = format!("Envoys meet in Narovets\n\n{PROSE}").into_bytes();
    bytes.insert(6, 0xff);
    let reading = read(&bytes);
    assert_eq!(reading.stories.len(), 1);
    let warning = reading.warnings[0].to_string();
    assert_eq!(
        warning,
        "byte 6 (0xff) is not UTF-8; the page was read without it and its like (characters 6 to 7)"
    );
}

#[test]
fn html_is_read_with_and_without_its_frame() {
    let page = format!("\u{feff}\n<!DOCTYPE html>\n<html><body><p>{PROSE}</p></body></html>");
    let fragment = format!("<div class=x><p>{PROSE}</p><p>a</p></div>").repeat(4);
    for markup in [page, fragment] {
        let reading = read(markup.as_bytes());
        assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
        assert_eq!(reading.stories.len(), 1);
        assert!(reading.stories[0].body.contains(PROSE.trim()), "{}", reading.stories[0].body);
    }
}

#[test]
fn control_characters_reach_no_story() {
    let page = PROSE.replace("They", "\0They\u{1b}");
    let reading = read(page.as_bytes());
    let body: Vec<&str> = reading.stories.iter().map(|it| it.body.as_str()).collect();
    assert_eq!(body.len(), 1);
    assert!(body[0].chars().all(|it| it == '\n' || !it.is_control()), "{body:?}");
}

#[test]
fn a_line_of_ten_megabytes_is_left_out_and_the_rest_is_read() {
    let mut page = format!("{PROSE}\n");
    page.push_str(&"x".repeat(10 * 1024 * 1024));
    page.push_str("\nThe talks go on tomorrow, a speaker said.");
    let reading = read(page.as_bytes());
    assert_eq!(reading.stories.len(), 1);
    assert!(reading.stories[0].body.ends_with("a speaker said."));
    let warning = reading.warnings[0].to_string();
    assert_eq!(
        warning,
        "a line of 10485760 bytes was left out, at most 524288 are read (characters 73 to 10485833)"
    );
}

#[test]
fn a_page_of_too_many_lines_is_read_up_to_the_limit() {
    let page = "One line more.\n".repeat(200_001);
    let reading = read(page.as_bytes());
    assert_eq!(reading.warnings[0].kind, WarningKind::Limit);
    assert_eq!(reading.stories.len(), 1);
}

#[test]
fn pages_without_a_story_say_so() {
    assert_eq!(only_warning(b"Home\nNews\nContacts").0, WarningKind::NoStory);
}

#[test]
fn a_line_that_found_no_place_is_shown_with_its_span() {
    let page =
        format!("Bridge opens near Narovets\n\n{PROSE}\n\nsee\nsome line of unknown use here\nbye");
    let reading = read(page.as_bytes());
    let warning = &reading.warnings[0];
    assert_eq!(warning.kind, WarningKind::Unplaced);
    let span = warning.span.expect("it has one");
    let start = usize::try_from(span.start).expect("it fits");
    let end = usize::try_from(span.end).expect("it fits");
    assert_eq!(&page[start..end], "some line of unknown use here");
}

/// Lines of which pages are made, and of which broken ones are.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("20.02.2023".to_owned()),
        Just("Flag Monday, 19 May 2025".to_owned()),
        Just("15:46 21 February 2020".to_owned()),
        Just("15:46".to_owned()),
        Just("Envoys meet in Narovets".to_owned()),
        Just("Envoys meet in Narovets 20.02.2023".to_owned()),
        Just("NAROVETS, 4 February (VESK) – The envoys met.".to_owned()),
        Just("The envoys met in Narovets. They talked.".to_owned()),
        Just("Go back".to_owned()),
        Just("See also".to_owned()),
        Just("Встреча послов в Наровце".to_owned()),
        Just("* * *".to_owned()),
        "\\PC{0,60}",
        "[A-Z][a-z ]{0,30}[/(]?[0-9., –-]{0,12}[/)]?",
    ]
}

/// What must hold of every story of a page.
fn check(page: &str, story: &Story) -> Result<(), TestCaseError> {
    let letters: Vec<char> = page.chars().collect();
    let mut slices = Vec::new();
    let mut before = 0;
    for piece in story.pieces.iter().map(|it| it.page) {
        prop_assert!(piece.start >= before, "pieces overlap or go back");
        before = piece.end;
        let start = usize::try_from(piece.start).expect("it fits");
        let end = usize::try_from(piece.end).expect("it fits");
        slices.push(letters[start..end].iter().collect::<String>());
    }
    prop_assert_eq!(&slices.join("\n"), &story.body);
    let whole = Span::new(0, u32::try_from(story.body.chars().count()).expect("it fits"));
    let last = story.pieces.last();
    prop_assert_eq!(last.map_or(0, |it| it.body.end), whole.end, "the pieces make all of the body");
    if let Some(page) = story.on_page(whole).filter(|_| !whole.is_empty()) {
        prop_assert_eq!(story.in_body(page), Some(whole));
    }
    let spans = story.title.iter().map(|it| (it.span, &it.text));
    for (span, text) in spans.chain(story.published.iter().map(|it| (it.span, &it.text))) {
        let start = usize::try_from(span.start).expect("it fits");
        let end = usize::try_from(span.end).expect("it fits");
        prop_assert_eq!(&letters[start..end].iter().collect::<String>(), text);
    }
    prop_assert!(story.title.is_some() || !story.body.is_empty(), "a story without text");
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes);
    }

    #[test]
    fn any_text_is_read_into_what_stands_on_the_page(page in "(?s).{0,400}") {
        let reading = read(page.as_bytes());
        for story in &reading.stories {
            check(&page, story)?;
        }
    }

    #[test]
    fn any_lines_are_read_into_what_stands_on_the_page_and_a_second_reading_adds_nothing(
        lines in proptest::collection::vec(line(), 0..24),
    ) {
        let page = lines.join("\n");
        let reading = read(page.as_bytes());
        for story in &reading.stories {
            check(&page, story)?;
        }
        let source = SourceId::new("example.org").expect("it is an id");
        let mut known = StoriesSoFar::default();
        for decision in decide(&known.clone(), &source, &reading) {
            decision.event().into_iter().for_each(|it| known.fold(it));
        }
        let again = decide(&known, &source, &reading);
        prop_assert!(again.iter().all(|it| it.event().is_none()), "{again:?}");
    }
}

#[test]
fn a_stamp_that_cannot_be_is_refused_with_its_place() {
    let page = "Envoys meet in Narovets again\n\n31 June 2024, 10:00\n\nThe envoys met in Narovets. They talked.\n";
    let reading = read(page.as_bytes());
    assert_eq!(reading.stories.first().and_then(|it| it.published.clone()), None);
    let refused = reading.warnings.iter().find(|it| it.kind == WarningKind::RefusedDate);
    let refused = refused.expect("the day is refused");
    assert_eq!(refused.span, Some(Span::new(31, 50)));
    assert!(refused.message.contains("`31 June 2024, 10:00`"), "{}", refused.message);
}

#[test]
fn a_stamp_behind_the_capture_is_refused() {
    let source = SourceId::new("example.org").expect("it is an id");
    let page =
        b"Envoys meet in Narovets again\n\n3 June 2064\n\nThe envoys met in Narovets. They talked.\n";
    let captured = |day: &str| {
        let captured = format!("{day}T10:00:00Z").parse().ok();
        read_page(&Capture { captured, ..Capture::new("page.txt", &source, page) })
    };
    let early = captured("2024-06-04");
    assert!(early.stories.iter().all(|it| it.published.is_none()));
    assert!(early.warnings.iter().any(|it| it.kind == WarningKind::RefusedDate));
    let late = captured("2064-06-02");
    assert!(late.stories.iter().all(|it| it.published.is_some()));
    assert!(late.warnings.iter().all(|it| it.kind != WarningKind::RefusedDate));
}

#[test]
fn a_page_of_nothing_but_dates_takes_linear_time() {
    let reading = read("03.06.2024\n".repeat(200_000).as_bytes());
    assert_eq!(reading.stories, []);
    assert!(reading.warnings.iter().any(|it| it.kind == WarningKind::NoStory));
}
