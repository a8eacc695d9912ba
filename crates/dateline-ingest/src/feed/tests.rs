//! Feeds of the kinds that sites offer, and broken ones.

use super::*;

fn cut(feed: &str, span: dateline_event::Span) -> String {
    let (start, len) = (usize::try_from(span.start).unwrap(), usize::try_from(span.len()).unwrap());
    feed.chars().skip(start).take(len).collect()
}

/// The stories of a feed without warnings.
fn stories(feed: &str) -> Vec<Story> {
    let (stories, warnings) = read(feed);
    assert_eq!(warnings, []);
    stories
}

const RSS: &str = r#"<?xml version="1.0" encoding="windows-1251"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Narovets Herald</title><link>https://herald.example/</link><language>en-gb</language>
<item><title>Envoys &amp; soldiers meet</title><link>https://herald.example/envoys</link>
<pubDate>Mon, 03 Jun 2024 10:05:00 +0300</pubDate>
<description>&lt;p&gt;The envoys met in Narovets.&lt;/p&gt; &lt;p&gt;R&amp;amp;D came first.&lt;/p&gt;</description></item>
<item><guid>https://herald.example/dam</guid><title><![CDATA[Dam <b>broke</b>]]></title>
<content:encoded><![CDATA[<p>NAROVETS, 3 June 2024 (PolTA) &ndash; A dam broke.</p>]]></content:encoded>
<description>A dam</description></item>
</channel></rss>"#;

#[test]
fn each_item_of_rss_is_a_story_with_its_places() {
    let stories = stories(RSS);
    assert_eq!(stories.len(), 2);
    let envoys = &stories[0];
    assert_eq!(envoys.role, dateline_event::story::StoryRole::Teaser);
    let title = envoys.title.as_ref().unwrap();
    assert_eq!(
        (title.text.as_str(), cut(RSS, title.span).as_str()),
        ("Envoys & soldiers meet", "Envoys &amp; soldiers meet")
    );
    assert_eq!(envoys.body, "The envoys met in Narovets.\nR&D came first.");
    assert_eq!(envoys.address.as_deref(), Some("https://herald.example/envoys"));
    assert_eq!(envoys.language, "en");
    let published = envoys.published.as_ref().unwrap();
    assert_eq!(published.edtf.to_string(), "2024-06-03T10:05:00+03:00");
    assert_eq!(published.field.as_deref(), Some("feed pubDate"));
    assert_eq!(cut(RSS, published.span), "Mon, 03 Jun 2024 10:05:00 +0300");
    let shown: Vec<String> = envoys.pieces.iter().map(|it| cut(RSS, it.page)).collect();
    assert_eq!(shown, ["The envoys met in Narovets.", "R", "&amp;amp;", "D came first."]);
}

#[test]
fn the_whole_text_makes_an_article_and_its_dateline_is_read() {
    let stories = stories(RSS);
    let dam = &stories[1];
    assert_eq!(dam.role, dateline_event::story::StoryRole::Article);
    assert_eq!(dam.title.as_ref().unwrap().text, "Dam broke");
    assert_eq!(dam.address.as_deref(), Some("https://herald.example/dam"));
    let dateline = dam.dateline.as_ref().unwrap();
    assert_eq!(dateline.place.as_deref(), Some("Narovets"));
    assert_eq!(dateline.agency.as_deref(), Some("PolTA"));
    assert_eq!(dateline.date.as_ref().unwrap().edtf.to_string(), "2024-06-03");
    assert!(cut(RSS, dateline.span).starts_with("NAROVETS, 3 June 2024"));
}

#[test]
fn atom_is_read_with_its_kinds_of_text() {
    let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Herald</title>
<entry><title type="text">a &lt; b</title><link rel="self" href="https://herald.example/x.atom"/>
<link href="https://herald.example/x?a=1&amp;b=2"/><updated>2024-06-04T08:00:00Z</updated>
<published>2024-06-03T08:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <em>two</em>.</p><p>Three.</p></div></content>
</entry></feed>"#;
    let stories = stories(feed);
    assert_eq!(stories[0].title.as_ref().unwrap().text, "a < b");
    assert_eq!(stories[0].body, "One two.\nThree.");
    assert_eq!(stories[0].address.as_deref(), Some("https://herald.example/x?a=1&b=2"));
    assert_eq!(stories[0].published.as_ref().unwrap().edtf.to_string(), "2024-06-03T08:00:00Z");
}

#[test]
fn rss_1_has_its_items_beside_the_channel() {
    let feed = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>Herald</title></channel>
<item rdf:about="https://herald.example/1"><title>Envoys meet</title><link>https://herald.example/1</link><dc:date>2024-06-03</dc:date></item></rdf:RDF>"#;
    let stories = stories(feed);
    assert_eq!(stories.len(), 1);
    assert_eq!(stories[0].published.as_ref().unwrap().edtf.to_string(), "2024-06-03");
}

#[test]
fn a_feed_that_is_cut_keeps_its_whole_items_and_names_the_broken_one() {
    let end = RSS.find("A dam broke").unwrap();
    let (stories, warnings) = read(&RSS[..end]);
    assert_eq!(stories.len(), 1);
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].to_string().starts_with("the feed ends in the middle of this item"));
    for (end, _) in RSS.char_indices() {
        assert!(read(&RSS[..end]).0.len() <= 2);
    }
}

#[test]
fn an_item_without_text_is_named() {
    let (stories, warnings) = read("<rss><channel><item><link>x</link></item></channel></rss>");
    assert_eq!(stories, []);
    assert!(warnings[0].to_string().starts_with("item 1 has neither a title nor a text"));
}

#[test]
fn items_beyond_the_limit_are_counted_and_not_read() {
    let item = "<item><title>Envoys meet</title></item>";
    let feed = format!("<rss><channel>{}</channel></rss>", item.repeat(MAX_STORIES + 3));
    let (stories, warnings) = read(&feed);
    assert_eq!(stories.len(), MAX_STORIES);
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].kind, WarningKind::Limit);
    assert!(warnings[0].to_string().ends_with("3 behind them were left out"));
}

#[test]
fn a_short_item_has_the_language_of_the_others() {
    let feed = "<rss><channel><item><title>Ministerin reist nach Narowitz und trifft den Botschafter</title></item>\
        <item><title>Der Haushalt für das nächste Jahr ist beschlossen</title></item>\
        <item><title>Budget steht</title></item></channel></rss>";
    let stories = stories(feed);
    assert!(stories.iter().all(|it| it.language == "de"));
}

#[test]
fn a_date_that_no_calendar_has_is_named_and_the_item_read() {
    let feed = "<rss><channel><item><title>Envoys meet</title><pubDate>Mon, 31 Jun 2024 10:05:00 +0300</pubDate></item></channel></rss>";
    let (stories, warnings) = read(feed);
    assert_eq!(stories[0].published, None);
    assert_eq!(warnings[0].kind, WarningKind::RefusedDate);
    assert_eq!(cut(feed, warnings[0].span.unwrap()), "Mon, 31 Jun 2024 10:05:00 +0300");
}
