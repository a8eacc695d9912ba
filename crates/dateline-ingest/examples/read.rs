//! Prints what the reader understood of pages, one JSON object a line, until the program does.
#![expect(clippy::print_stdout, reason = "printing is what this example is for")]

use dateline_event::SourceId;
use dateline_ingest::{Capture, read_page};
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let source = SourceId::new("example")?;
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let capture =
            Capture { name: &path, source: &source, address: None, captured: None, bytes: &bytes };
        let reading = read_page(&capture);
        let stories: Vec<_> = reading
            .stories
            .iter()
            .map(|it| {
                json!({
                    "role": it.role.as_str(), "title": it.title.as_ref().map(|it| &it.text), "body": it.body,
                    "published": {
                        "edtf": it.published.as_ref().map(|it| it.edtf.to_string()),
                        "basis": it.published.as_ref().map(|it| it.basis.as_str()),
                    },
                    "happened": {"edtf": null, "basis": null}, "place": it.stamp_place,
                    "agency": it.dateline.as_ref().and_then(|it| it.agency.clone()),
                    "dateline": it.dateline, "language": it.language,
                    "officials": [], "statements": [], "topics": [],
                })
            })
            .collect();
        let warnings: Vec<_> = reading.warnings.iter().map(ToString::to_string).collect();
        println!("{}", json!({"page": path, "stories": stories, "warnings": warnings}));
    }
    Ok(())
}
