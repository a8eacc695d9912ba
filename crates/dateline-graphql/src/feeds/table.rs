//! Timelines as CSV (RFC 4180): a line for each statement, and one for an entry without any.

use chrono::SecondsFormat;
use dateline_projector::Entry;
use dateline_projector::annotation::Statement;

use super::Feed;
use super::item::{Item, page_of};

/// The columns.
const COLUMNS: [&str; 18] = [
    "day",
    "day_basis",
    "happened",
    "published",
    "source",
    "language",
    "title",
    "speaker",
    "kind",
    "statement",
    "rule",
    "topics",
    "story",
    "page",
    "digest",
    "link",
    "recorded",
    "also",
];

pub(super) fn write(feed: &Feed) -> Vec<u8> {
    let mut table =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut line = |cells: &[String]| {
        table.write_record(cells.iter().map(|it| inert(it))).expect("memory takes it");
    };
    line(&COLUMNS.map(str::to_owned));
    for entry in &feed.entries {
        let mut statements = entry.statements().peekable();
        if statements.peek().is_none() {
            line(&cells(entry, None));
        }
        for statement in statements {
            line(&cells(entry, Some(statement)));
        }
    }
    table.into_inner().expect("memory takes it")
}

fn cells(entry: &Entry, statement: Option<&Statement>) -> [String; 18] {
    let item = Item(entry);
    let edtf = |date: Option<dateline_event::date::Edtf>| {
        date.map(|it| it.to_string()).unwrap_or_default()
    };
    let topics: Vec<String> = entry.topics().iter().map(|it| it.topic.to_string()).collect();
    [
        entry.key().day().map(|it| it.to_string()).unwrap_or_default(),
        entry.day_basis().as_str().to_owned(),
        edtf(entry.happened().edtf),
        edtf(entry.published().edtf),
        entry.source().to_string(),
        entry.language().to_owned(),
        item.title(),
        statement.and_then(|it| item.speaker(it)).unwrap_or_default(),
        statement.map_or("", |it| it.kind.as_str()).to_owned(),
        statement.map_or("", |it| &it.text).to_owned(),
        statement.map_or("", |it| &it.rule).to_owned(),
        topics.join(" "),
        entry.story().to_string(),
        item.page(),
        entry.page().digest.clone(),
        item.link().unwrap_or_default(),
        entry.recorded().to_rfc3339_opts(SecondsFormat::AutoSi, true),
        item.others()
            .map(|it| format!("{} {}", it.source(), page_of(it)))
            .collect::<Vec<_>>()
            .join("\n"),
    ]
}

/// `cell` so that a spreadsheet does not take it for a formula: pages are written by strangers (OWASP, "CSV Injection").
fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return format!("'{cell}");
    }
    cell.to_owned()
}
