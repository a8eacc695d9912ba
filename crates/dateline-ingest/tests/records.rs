//! Files of JSON records, one a line.
use dateline_event::SourceId;
use dateline_ingest::{Capture, Found, Reading, captures, read_page};

/// What was read of each page, and why others could not be.
fn read(file: &str) -> (Vec<Reading>, Vec<String>) {
    let source = SourceId::new("example.org").expect("it is an id");
    let (mut pages, mut warnings) = (Vec::new(), Vec::new());
    for found in captures("news.ndjson", file.as_bytes()) {
        match found {
            Found::Page(page) => pages.push(page.read(&source)),
            Found::Unread { name, warning } => warnings.push(format!("{name}: {warning}")),
        }
    }
    (pages, warnings)
}

#[test]
fn each_line_is_a_page_and_a_bad_one_is_named_with_its_number() {
    let file = r#"{"title": "Envoys meet", "body": "The envoys met.", "published": "2024-06-03"}
{"title": "broken

{"text": "Dam broke near Narovets\n\nThe dam of Narovets broke on 3 June 2024.", "address": "https://herald.example/dam", "captured": "2024-06-04T10:00:00Z", "name": "dam.txt"}
"#;
    let (pages, warnings) = read(file);
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[0].page.name, "news.ndjson:1");
    assert_eq!(pages[0].stories[0].body, "The envoys met.");
    let dam = &pages[1];
    assert_eq!(dam.page.name, "dam.txt");
    assert_eq!(dam.page.address.as_deref(), Some("https://herald.example/dam"));
    assert!(dam.page.captured.is_some());
    assert_eq!(
        dam.stories[0].title.as_ref().map(|it| it.text.as_str()),
        Some("Dam broke near Narovets")
    );
    assert_eq!(warnings.len(), 1);
    assert!(
        warnings[0].starts_with("news.ndjson:2: the JSON is broken at character "),
        "{warnings:?}"
    );
}

#[test]
fn a_record_over_several_lines_is_one_page() {
    let (pages, warnings) =
        read("{\n \"title\": \"Envoys meet\",\n \"body\": \"The envoys met.\"\n}\n");
    assert_eq!((pages.len(), warnings.len()), (1, 0));
    assert_eq!(pages[0].stories[0].body, "The envoys met.");
}

#[test]
fn the_source_of_a_record_is_that_of_its_page() {
    let file = "{\"title\": \"Envoys meet\", \"source\": \"Narovets Herald\"}\n";
    let Some(Found::Page(page)) = captures("news.ndjson", file.as_bytes()).next() else { return };
    assert_eq!(page.source.as_ref().map(SourceId::as_str), Some("Narovets-Herald"));
}

#[test]
fn a_passage_behind_the_cut_of_a_text_is_none() {
    let source = SourceId::new("herald").unwrap();
    let english = "The envoys of the six states met in Narovets and it was said that the plan would be ready soon.";
    let german = "Die Gesandten der sechs Staaten kamen am Dienstag in Narowitz zusammen und besprachen den Plan der \
        gemeinsamen Übungen, der bis zum Ende der Woche fertig sein soll, wie es hieß.";
    for (lines, passages) in [(10, 1), (8_000, 0)] {
        let body = format!("{}{german}", format!("{english}\n").repeat(lines));
        let page = serde_json::json!({ "title": "Envoys meet", "body": body }).to_string();
        let reading = read_page(&Capture::new("one.json", &source, page.as_bytes()));
        let story = &reading.stories[0];
        assert_eq!(story.passages.len(), passages, "{lines} lines");
        assert!(story.passages.iter().all(|it| story.in_body(it.span).is_some()));
    }
}
