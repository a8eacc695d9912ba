//! The longest that a page may take: the largest page that is read, of what is worst for a reader.
//! `just worst-page` prints how long each took, in a release build, and keeps the pages in the folder
//! that `DATELINE_WORST_PAGES` names, for the program to read.
use std::time::{Duration, Instant};

use dateline_event::SourceId;
use dateline_ingest::{Capture, MAX_PAGE_BYTES, WarningKind, read_page};

/// The most that one page may take on one core: what RELIABILITY.md promises.
const LIMIT: Duration = Duration::from_secs(30);

/// What starts a page, and what it repeats until it is as large as a page may be.
const PAGES: &[(&str, &str, &str)] = &[
    ("div in div", "<!DOCTYPE html>", "<div>"),
    ("formatting never closed", "<!DOCTYPE html>", "<b><i><a href=/x>"),
    ("lists in lists", "<!DOCTYPE html>", "<ul><li>"),
    ("tables in tables", "<!DOCTYPE html>", "<table><tr><td>"),
    ("end tags of nothing", "<!DOCTYPE html>", "</i></q></div>"),
    ("short paragraphs", "<!DOCTYPE html>", "<p>a"),
    ("paragraphs", "<!DOCTYPE html>", "<p>The envoys met in Narovets. They talked, and left."),
    ("links", "<!DOCTYPE html>", "<a href=/2024/06/03/x>Envoys meet in Narovets</a> "),
    (
        "cards",
        "<!DOCTYPE html>",
        "<div class=card><a href=/x><h3>Envoys meet in Narovets</h3></a>\
        <time>3 June 2024</time><p>The envoys met in Narovets.</p></div>",
    ),
    ("dates in elements", "<!DOCTYPE html>", "<span class=date>3 June 2024, 15:54</span>"),
    ("headings", "<!DOCTYPE html>", "<h1>Envoys meet in Narovets</h1>"),
    ("line breaks", "<!DOCTYPE html>", "a<br>"),
    ("ampersands", "<!DOCTYPE html><p>", "&am&#x;&"),
    ("comments never closed", "<!DOCTYPE html>", "<!--"),
    ("angle brackets", "<!DOCTYPE html>", "<"),
    ("attributes", "<!DOCTYPE html><p ", "a=b "),
    ("one class", "<!DOCTYPE html><p class='", "menu "),
    (
        "scripts",
        "<!DOCTYPE html>",
        "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\
        \"articleBody\":\"x\",\"datePublished\":\"2024-06-03\"}</script>",
    ),
    ("broken JSON", "<!DOCTYPE html><script type=\"application/ld+json\">", "{\"@graph\":[\""),
    ("metadata", "<!DOCTYPE html>", "<meta property=article:published_time content=2024-06-03>"),
    ("text in one paragraph", "<!DOCTYPE html><p>", "The envoys met in Narovets on 3 June 2024. "),
    ("marks that combine", "<!DOCTYPE html><p>", "e\u{301}\u{327}"),
    ("items of a feed", "<rss><channel>", "<item><title>Envoys meet</title></item>"),
    ("an item never closed", "<rss><channel><item>", "<title>Envoys"),
    ("references in a feed", "<rss><channel><item><description>", "&amp;amp;"),
    ("fields of an item", "<rss><channel><item>", "<title>Envoys meet</title>"),
    ("CDATA", "<rss><channel><item><description>", "<![CDATA[<p>a]]>"),
    ("brackets of JSON", "", "["),
    ("numbers", "[{}", ",0"),
    ("objects", "[{\"title\":\"a\"}", ",{\"title\":\"Envoys meet\",\"body\":\"They met.\"}"),
    (
        "items of a JSON Feed",
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"title\":\"a\"}",
        ",{\"title\":\"Envoys meet in Narovets\"}",
    ),
    ("escapes", "{\"text\":\"", "\\ud83c\\udf0d\\n"),
    ("lines", "", "Envoys meet in Narovets\n"),
    ("short lines", "", "a\n"),
    ("dates", "", "03.06.2024\n"),
    ("dated headlines", "", "03.06.2024 Envoys meet in Narovets\n\n"),
    ("stamps", "", "15:54, 3 June 2024 - "),
    ("stories", "", "Envoys meet\n\n3 June 2024\n\nNAROVETS, 3 June (PolTA) - The envoys met.\n\n"),
    ("words in a line", "", "envoys "),
    ("capitals", "", "ENVOYS MEET, "),
    ("sentences", "", "The envoys met in Narovets. "),
    ("line feeds", "a", "\n"),
    ("blanks", "a", " "),
    ("brackets", "", "(/["),
    ("digits", "", "20240603"),
    ("Cyrillic", "", "Послы встретились в Наровце 3 июня 2024 года.\n"),
    ("Han", "", "二〇二四年六月三日"),
];

/// What ends a page that is nothing without it.
const ENDS: &[(&str, &str)] = &[
    ("references in a feed", "</description></item>"),
    ("fields of an item", "</item>"),
    ("numbers", "]"),
    ("objects", "]"),
    ("items of a JSON Feed", "]}"),
    ("escapes", "\"}"),
];

#[test]
#[ignore = "takes minutes; wants a release build"]
fn the_worst_page_ends_in_time() {
    let source = SourceId::new("varegia-today").expect("it is an id");
    let folder = std::env::var_os("DATELINE_WORST_PAGES").map(std::path::PathBuf::from);
    let mut worst = Duration::ZERO;
    for (name, start, unit) in PAGES {
        let end = ENDS.iter().find(|it| it.0 == *name).map_or("", |it| it.1);
        let room = MAX_PAGE_BYTES - start.len() - end.len();
        let page = format!("{start}{}{end}", unit.repeat(room / unit.len()));
        if let Some(folder) = &folder {
            std::fs::write(folder.join(name), &page).expect("the folder takes the page");
        }
        let from = Instant::now();
        let reading = read_page(&Capture::new("page", &source, page.as_bytes()));
        let took = from.elapsed();
        println!("{:>7.2} s, {:>6} stories: {name}", took.as_secs_f64(), reading.stories.len());
        assert!(reading.warnings.iter().all(|it| it.kind != WarningKind::Bug), "{name}");
        worst = worst.max(took);
    }
    assert!(worst < LIMIT, "the worst page took {worst:?}");
}
