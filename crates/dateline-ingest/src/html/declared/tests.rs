//! What pages of several kinds say about themselves. All names and sentences are invented.

use proptest::prelude::*;

use super::*;
use crate::html::tokens::CodePoints;

fn published(markup: &str) -> Option<String> {
    let found = declared(markup, None, None).published?;
    assert!(markup.get(found.range.clone()).is_some(), "{markup}");
    Some(format!("{} by {}", found.value, found.evidence))
}

fn headline(markup: &str) -> Option<String> {
    declared(markup, None, None).headline.map(|it| it.value)
}

const ARTICLE: &str = r#"<!DOCTYPE html><html lang="en-GB"><head>
<title>Envoys of Varegia meet in Ket - Arvash News</title>
<meta property="og:title" content="Envoys of Varegia meet in Ket">
<meta property="og:site_name" content="Arvash News">
<meta property="og:type" content="article">
<meta property="article:modified_time" content="2025-06-07T09:00:00+03:00">
<link rel="canonical" href="https://arvash.example/2025/06/05/envoys?utm_source=feed#top">
<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [
  {"@type": "NewsArticle", "headline": "Envoys of Varegia meet in Ket",
   "datePublished": "2025-06-05T23:30:00+03:00", "dateModified": "2025-06-07T09:00:00+03:00",
   "author": [{"@type": "Person", "name": "Pavel Orlovets"}],
   "publisher": {"@type": "Organization", "name": "Arvash"},
   "articleBody": "The envoys met.\nThey spoke."}]}
</script></head>
<body><nav>12 May 2025</nav><h1> Envoys of Varegia
 meet in Ket</h1><time datetime="2025-06-05T23:30:00+03:00">5 June 2025</time>
<p>The envoys met.</p></body></html>"#;

#[test]
fn an_article_tells_everything_with_its_evidence() {
    let page = declared(ARTICLE, Some("https://www.arvash.example/x"), None);
    let text = |it: &Found<String>| format!("{} by {}", it.value, it.evidence);
    assert_eq!(page.headline.as_ref().map(text).unwrap(), "Envoys of Varegia meet in Ket by h1");
    let dates = [&page.published, &page.modified].map(|it| it.as_ref().unwrap().value.to_string());
    assert_eq!(dates, ["2025-06-05T23:30:00+03:00", "2025-06-07T09:00:00+03:00"]);
    assert_eq!(page.published.as_ref().unwrap().evidence.to_string(), "json-ld datePublished");
    let address = page.address.as_ref().map(text).unwrap();
    assert_eq!(address, "https://arvash.example/2025/06/05/envoys by link canonical");
    assert_eq!(page.language.as_ref().map(text).unwrap(), "en-GB by html");
    assert_eq!(page.site_name.as_ref().map(text).unwrap(), "Arvash News by meta og:site_name");
    assert_eq!(page.kind, PageKind::Article);
    assert_eq!(page.bodies[0].value, "The envoys met.\nThey spoke.");
    assert_eq!(
        page.authors.iter().map(text).collect::<Vec<_>>(),
        ["Pavel Orlovets by json-ld author"]
    );
}

#[test]
fn evidence_stands_where_it_says_in_code_points() {
    let markup = format!("<p>Варегия</p>{ARTICLE}");
    let found = declared(&markup, None, None).published.unwrap();
    let span = found.span(&CodePoints::new(&markup));
    let inside = |at: &usize| (span.start..span.end).contains(&u32::try_from(*at).unwrap());
    let shown: String =
        markup.chars().enumerate().filter(|it| inside(&it.0)).map(|it| it.1).collect();
    assert_eq!(shown, "2025-06-05T23:30:00+03:00");
}

#[test]
fn a_day_in_the_address_stands_where_the_page_writes_it() {
    let markup = "<link rel=canonical href='https://ket.example/2025/06/05/a'>";
    let found = declared(markup, None, None).published.unwrap();
    assert_eq!(&markup[found.range], "2025/06/05");
}

#[test]
fn an_address_of_another_site_is_not_taken() {
    let page = declared(ARTICLE, Some("https://mirror.example/copy#a"), None);
    assert_eq!(page.address.unwrap().value, "https://mirror.example/copy");
}

#[test]
fn metadata_beats_text_and_the_first_publication_a_change() {
    for (markup, expected) in [
        (
            "<meta name=date content=2025-06-05><p>On 1 May 2024 the panel met.</p>",
            Some("2025-06-05 by meta date"),
        ),
        (
            "<meta property='article:modified_time' content='2025-06-07'>\
             <meta property='article:published_time' content='2025-06-05'>",
            Some("2025-06-05 by meta article:published_time"),
        ),
        (
            "<h1>Ket votes on bread</h1><p>Updated 7 June 2025, published 5 June 2025</p>",
            Some("2025-06-05 by page text"),
        ),
        (
            "<h1>Ket votes on bread</h1><span itemprop=datePublished content=2025-06-05></span>",
            Some("2025-06-05 by itemprop datePublished"),
        ),
        (
            "<h1>Ket votes on bread</h1><abbr class=published title='2025-06-05T10:00'>today</abbr>",
            Some("2025-06-05T10:00 by time datetime"),
        ),
        (
            "<link rel=canonical href='https://ket.example/2025/06/05/a'>",
            Some("2025-06-05 by address"),
        ),
        (
            "<script>var page = {\"publishDate\": \"2025-06-05\"};</script>",
            Some("2025-06-05 by script data"),
        ),
        ("<h1>Ket votes on bread</h1><p>No date here.</p>", None),
    ] {
        assert_eq!(published(markup).as_deref(), expected, "{markup}");
    }
}

#[test]
fn printed_stamps_are_read_in_many_languages() {
    for (stamp, expected) in [
        ("Veröffentlicht am 5. Juni 2025, 10:15 Uhr", "2025-06-05T10:15"),
        ("Publié le 5 juin 2025 à 10h15", "2025-06-05T10:15"),
        ("Publicado el 5 de junio de 2025", "2025-06-05"),
        ("Pubblicato il 5 giugno 2025", "2025-06-05"),
        ("Gepubliceerd op 5 juni 2025", "2025-06-05"),
        ("Opublikowano: 5 czerwca 2025", "2025-06-05"),
        ("Опубликовано 5 июня 2025", "2025-06-05"),
        ("Publicado em 5 de junho de 2025", "2025-06-05"),
        ("Yayınlanma: 5 Haziran 2025", "2025-06-05"),
        ("Von Pavel Orlovets | 05.06.25", "2025-06-05"),
        ("<span>5<sup>th</sup> <span>June</span> <span>2025</span>", "2025-06-05"),
        ("Datum</p><p>05.06.2025", "2025-06-05"),
    ] {
        let markup = format!("<h1>Ket votes on bread</h1><p>{stamp}</p><p>Text.</p>");
        let expected = format!("{expected} by page text");
        assert_eq!(published(&markup), Some(expected), "{stamp}");
    }
}

#[test]
fn dates_of_comments_teasers_and_copyright_are_not_taken() {
    for markup in [
        "<h1>Ket votes on bread</h1><p>a<p>b<p>c<p>d<p>e<p>f<div class=comments><p>Levon\
         <time datetime=2025-06-09>9 June 2025</time></div>",
        "<h1>Ket votes on bread</h1><p>a<p>b<p>c<p>d<p>e<p>f<p>g<p>h<p>i<footer>\
         <p>© Arvash, 1 January 2025</footer>",
        "<h1>Ket votes on bread</h1><p>a<p>b<p>c<p>d<p>e<p>f<p>g<p>h<p>i<aside class=related>\
         <a href=/a>Ket sleeps</a><span class=date>4 June 2025</span></aside>",
    ] {
        assert_eq!(published(markup), None, "{markup}");
    }
}

#[test]
fn a_date_behind_the_day_of_capture_is_refused() {
    let markup = "<meta name=pubdate content=2035-06-05><h1>Ket votes on bread</h1>5 June 2025";
    let captured = "2025-06-06T10:00:00Z".parse().ok();
    let found = declared(markup, None, captured).published.unwrap();
    assert_eq!(found.value.to_string(), "2025-06-05");
}

#[test]
fn an_instant_of_utc_is_the_day_that_the_page_prints() {
    let markup = "<meta property='article:published_time' content='2025-06-06T02:10:00Z'>\
        <link rel=canonical href='https://ket.example/2025/06/05/a'>";
    assert_eq!(published(markup).as_deref(), Some("2025-06-05 by address"));
    let markup = "<meta property='article:published_time' content='2025-06-06T02:10:00Z'>\
        <h1>Ket votes on bread</h1><p class=date>5 June 2025, 22:10</p>";
    assert_eq!(published(markup).as_deref(), Some("2025-06-05T22:10 by page text"));
}

#[test]
fn figures_follow_the_language_of_the_page() {
    for (language, expected) in
        [("en-US", "2025-06-05"), ("en-GB", "2025-05-06"), ("fr", "2025-05-06")]
    {
        let markup = format!("<html lang={language}><h1>Ket votes on bread</h1><p>06/05/2025</p>");
        assert_eq!(published(&markup), Some(format!("{expected} by page text")), "{language}");
    }
}

#[test]
fn the_headline_is_what_the_page_prints_without_the_name_of_the_site() {
    for (markup, expected) in [
        (
            "<title>Ket votes on bread | Arvash</title><meta property=og:site_name content=Arvash>",
            "Ket votes on bread",
        ),
        (
            "<title>Arvash</title><h1>Arvash</h1><h2>Ket votes on bread</h2><meta property=og:title content='Ket votes on bread'>",
            "Ket votes on bread",
        ),
        (
            "<meta property=og:title content='Ket votes on bread'><h1><span>Economy</span><span>Ket votes on bread</span></h1>",
            "Ket votes on bread",
        ),
        (
            "<meta property=og:title content='Economy: Ket votes on bread'><p>Economy</p><h1>Ket votes on bread</h1>",
            "Economy: Ket votes on bread",
        ),
        ("<meta property=og:title content='Ket &amp;quot;votes&amp;quot;'>", "Ket \"votes\""),
        ("<h1>Ket votes on bread</h1>", "Ket votes on bread"),
    ] {
        assert_eq!(headline(markup).as_deref(), Some(expected), "{markup}");
    }
}

#[test]
fn hostile_pages_are_read_in_time_and_without_a_crash() {
    let deep = format!("<script type=application/ld+json>{}</script>", "[".repeat(500_000));
    let many = "<script type=application/ld+json>{\"@type\":\"Article\",\"datePublished\":\"2025-06-05\"}</script>".repeat(20_000);
    let broken = format!(
        "<script type=application/ld+json>{{\"@type\":\"Article\",{}",
        "\"a\":[1,".repeat(200_000)
    );
    let dates = "<p><time datetime=2025-06-05>5 June 2025</time>".repeat(20_000);
    let open = "<div class='a b'>".repeat(200_000);
    let headings = "<h1>Ket votes on bread".repeat(20_000);
    let attribute = format!("<p {}", "a=\"b\" ".repeat(200_000));
    let metas = "<meta property=og:title content='Ket votes on bread'>".repeat(20_000);
    for markup in [deep, many, broken, dates, open, headings, attribute, metas] {
        let started = std::time::Instant::now();
        let _ = declared(&markup, None, None);
        let taken = started.elapsed();
        assert!(taken.as_secs() < 20, "{taken:?} for {}…", &markup[..60]);
    }
}

proptest! {
    #[test]
    fn no_markup_makes_it_panic(
        markup in "(<h1>|</h1>|<p class=date>|<time datetime='|2025-06-05|5 June 2025|'>|<div>|</div>|\
            <script type='application/ld\\+json'>|\\{\"@type\":\"Article\",\"headline\":\"|\"\\}|</script>|\
            <meta name=date content=|<title>| - |\\PC|é|&amp;){0,40}"
    ) {
        let page = declared(&markup, Some("https://ket.example/2025/"), None);
        for found in [page.headline, page.address, page.language] {
            prop_assert!(found.is_none_or(|it| markup.get(it.range).is_some()));
        }
        prop_assert!(page.published.is_none_or(|it| markup.get(it.range).is_some()));
    }
}
