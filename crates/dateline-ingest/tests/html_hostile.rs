//! Markup that no author meant: it ends soon, says something, and never stops a run.

use std::time::{Duration, Instant};

use dateline_event::SourceId;
use dateline_ingest::{Capture, Reading, WarningKind, read_page};
use proptest::prelude::*;

/// Far more than any page here needs, even in a debug build beside other tests on a busy machine; what takes quadratic
/// time takes minutes.
const LIMIT: Duration = Duration::from_secs(180);

const PROSE: &str =
    "<p>The envoys met in Narovets on 3 June 2024. They talked about the autumn.</p>";

fn read(markup: &str) -> Reading {
    let source = SourceId::new("varegia-today").expect("a valid id");
    let start = Instant::now();
    let reading = read_page(&Capture::new("page.html", &source, markup.as_bytes()));
    assert!(start.elapsed() < LIMIT, "it took {:?}", start.elapsed());
    assert!(reading.warnings.iter().all(|it| it.kind != WarningKind::Bug));
    reading
}

fn page(inside: &str) -> String {
    format!("<!DOCTYPE html><html><body>{inside}</body></html>")
}

fn tells_of_the_envoys(reading: &Reading) {
    assert!(reading.stories.iter().any(|it| it.body.contains("The envoys met")));
}

#[test]
fn a_hundred_thousand_levels_are_read() {
    for tag in ["div", "span", "a", "b", "ul><li", "table><tr><td", "blockquote", "svg"] {
        let deep = format!("<{tag}>").repeat(100_000);
        read(&page(&format!("{PROSE}{deep}{PROSE}")));
    }
    let deep = page(&format!("{}{PROSE}", "<div>".repeat(100_000)));
    tells_of_the_envoys(&read(&deep));
}

#[test]
fn end_tags_without_number_are_read() {
    tells_of_the_envoys(&read(&page(&format!("{PROSE}{}", "</i></div>".repeat(200_000)))));
    let open = "<div>".repeat(500);
    tells_of_the_envoys(&read(&page(&format!("{PROSE}{open}{}", "</q>".repeat(300_000)))));
}

#[test]
fn a_page_of_ten_megabytes_is_read() {
    let filler = "<div class=\"item photo\"><a href=\"/x\">A headline of some length over here</a>\
        <img src=x> &amp; some words. </div>\n";
    let body = filler.repeat(10_000_000 / filler.len());
    read(&page(&format!("{PROSE}{body}")));
}

#[test]
fn an_attribute_of_megabytes_is_passed_over() {
    let class = "x ".repeat(1_000_000);
    tells_of_the_envoys(&read(&page(&format!("<div class=\"{class}\">{PROSE}</div>"))));
}

#[test]
fn what_is_never_closed_ends_with_the_page() {
    for open in ["<!--", "<script>", "<title>", "<a href=\"", "<textarea>", "<p class='"] {
        read(&page(&format!("{PROSE}{open}{}", "word ".repeat(1000))));
    }
}

#[test]
fn null_bytes_reach_no_body() {
    let reading = read(&page(&PROSE.replace("met", "met\0")));
    assert!(reading.stories.iter().all(|it| !it.body.contains('\0')));
}

#[test]
fn ampersands_without_end_take_linear_time() {
    read(&page(&format!("<p>{}</p>", "&".repeat(1_000_000))));
    read(&page(&format!("<p>{}</p>", "&am".repeat(100_000))));
}

#[test]
fn a_text_longer_than_a_story_may_be_is_cut_with_a_warning_and_keeps_its_places() {
    let runs = ["The envoys met. ".repeat(60_000), "<".repeat(900_000), "Послы ".repeat(60_000)];
    for run in runs {
        let markup = page(&format!("{PROSE}<p>{run}</p>"));
        let reading = read(&markup);
        assert!(reading.warnings.iter().any(|it| it.kind == WarningKind::Limit));
        let story = reading.stories.first().expect("what is before the limit is read");
        assert!(story.body.len() <= 512 * 1024 && story.body.len() > 500 * 1024);
        let last = story.pieces.last().expect("it has text");
        assert_eq!(last.body.len(), last.page.len());
        let end = usize::try_from(last.page.end).expect("small");
        let shown = markup.chars().nth(end - 1);
        assert_eq!(shown, story.body.chars().last());
    }
    let short = read(&page(PROSE));
    assert!(short.warnings.iter().all(|it| it.kind != WarningKind::Limit));
}

#[test]
fn a_headline_of_very_many_elements_takes_linear_time() {
    read(&page(&format!("<h1>{}</h1>{PROSE}", "<i>Envoys</i> ".repeat(100_000))));
}

proptest! {
    #[test]
    fn no_markup_stops_the_reader(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "<div>", "</div>", "<p>", "</p>", "<a href=/x>", "</a>", "<table>", "<tr>", "<td>", "</td>",
            "</table>", "<ul>", "<li>", "</ul>", "<b>", "</b>", "<br>", "<h1>", "</h1>", "<script>",
            "</script>", "&amp;", "&#x41;", "&", "<", ">", "The envoys met. ", "ж\u{301}", "\u{ad}",
            "<body>", "</body>", "<head>", "</head>", "<title>", "</title>", "<!--", "-->", "\0",
            "<nav class=menu>", "</nav>", "<article>", "</article>", "<noscript>", "<svg/>",
        ]),
        0..80,
    )) {
        let markup = page(&pieces.concat());
        let length = u32::try_from(markup.chars().count()).expect("small");
        for story in read(&markup).stories {
            for piece in story.pieces {
                prop_assert!(piece.page.end <= length);
            }
        }
    }
}
