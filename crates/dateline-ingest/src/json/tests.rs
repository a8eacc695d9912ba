//! JSON of the kinds that agencies and tools write.

use super::*;

fn only(text: &str) -> Story {
    let (mut stories, warnings) = read(text);
    assert_eq!((stories.len(), warnings), (1, vec![]));
    stories.remove(0)
}

#[test]
fn each_item_of_a_json_feed_is_a_story() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Herald", "language": "en",
        "items": [
            {"id": "1", "url": "https://herald.example/1", "title": "Envoys meet", "content_html": "<p>The envoys met.</p>", "date_published": "2024-06-03T08:00:00+02:00"},
            {"id": "2", "summary": "A dam broke."}, {"id": "3"}]}"#;
    let (stories, warnings) = read(feed);
    assert_eq!(stories.len(), 2);
    assert_eq!(stories[0].body, "The envoys met.");
    assert_eq!(stories[0].address.as_deref(), Some("https://herald.example/1"));
    assert_eq!(
        stories[0].published.as_ref().unwrap().edtf.to_string(),
        "2024-06-03T08:00:00+02:00"
    );
    assert_eq!(stories[1].role.as_str(), "teaser");
    assert_eq!(warnings[0].to_string(), "item 3 has neither a title nor a text");
}

#[test]
fn ninjs_is_read_in_its_old_and_its_present_form() {
    let present = r#"{"uri": "https://polta.example/1", "standard": {"name": "ninjs", "version": "3.0"},
        "firstCreated": "2024-06-03T08:00:00Z", "language": "en-GB",
        "headlines": [{"role": "short", "value": "Envoys"}, {"role": "main", "value": "Envoys meet"}],
        "bodies": [{"contentType": "text/html", "value": "<p>Not this.</p>"}, {"contentType": "text/plain", "value": "The envoys met."}]}"#;
    let old = r#"{"uri": "https://polta.example/1", "versioncreated": "2024-06-03T08:00:00Z", "language": "en",
        "headline": "Envoys meet", "body_html": "<p>The envoys met.</p>"}"#;
    for text in [present, old] {
        let story = only(text);
        assert_eq!(story.title.as_ref().unwrap().text, "Envoys meet");
        assert_eq!((story.body.as_str(), story.language.as_str()), ("The envoys met.", "en"));
        assert_eq!(story.published.as_ref().unwrap().edtf.to_string(), "2024-06-03T08:00:00Z");
        assert_eq!(story.address.as_deref(), Some("https://polta.example/1"));
    }
}

#[test]
fn a_record_gives_its_text_with_the_places_of_escapes() {
    let text = r#"{"title": "Envoys meet", "body": "The \u201cenvoys\u201d met.\n\nThey left.", "published": "3 June 2024"}"#;
    let story = only(text);
    assert_eq!(story.body, "The “envoys” met.\nThey left.");
    assert_eq!(story.published.as_ref().unwrap().edtf.to_string(), "2024-06-03");
    let quote = story.on_page(Span::new(4, 5)).unwrap();
    let (start, len) =
        (usize::try_from(quote.start).unwrap(), usize::try_from(quote.len()).unwrap());
    assert_eq!(text.chars().skip(start).take(len).collect::<String>(), r"\u201c");
}

#[test]
fn broken_json_is_named_with_its_place() {
    let (stories, warnings) = read("{\"title\": \"Envoys");
    assert_eq!(stories, []);
    assert_eq!(warnings[0].kind, WarningKind::Damaged);
    let cut = "{\"items\": [{\"title\": \"Envoys meet\"}";
    let (at, broken) = (35, &read(cut).1[0]);
    assert_eq!(u32::try_from(cut.chars().count()), Ok(at));
    assert_eq!(broken.span, Some(Span::new(at, at)), "{broken}");
    assert_eq!(read("{\"title\": }").1[0].span, Some(Span::new(10, 11)));
}
