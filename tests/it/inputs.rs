//! Inputs of every kind, as users have them: each ends in the same timelines, and what is broken is named.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::program::Desk;

const PAGE: &str = "ARPO strategic drill ends\n\nARPO strategic drill ends 20.03.2025\n\nOn 20 March 2025, the drill ended in Varegrad.\n";

/// What `dateline read --json` prints of a file, one object a page.
fn read(desk: &Desk, name: &str, bytes: impl AsRef<[u8]>) -> Vec<Value> {
    let file = desk.file(name, bytes);
    let ended = desk.run(["read".as_ref(), "--json".as_ref(), file.as_os_str()]);
    ended.stdout.lines().map(|it| serde_json::from_str(it).expect("a line of JSON")).collect()
}

fn bodies(pages: &[Value]) -> Vec<&str> {
    let stories = pages.iter().flat_map(|it| it["stories"].as_array().into_iter().flatten());
    stories.filter_map(|it| it["body"].as_str()).collect()
}

/// Packs `bytes` with a program of the machine; `None` where there is none.
pub(crate) fn packed(program: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut child = Command::new(program)
        .arg("-c")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(bytes).ok()?;
    Some(child.wait_with_output().ok()?.stdout)
}

fn record(address: &str, text: &str) -> String {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{text}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-03-21T08:00:00Z\r\n\
        Content-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

#[test]
fn a_page_reads_alike_whatever_it_is_packed_in_and_whatever_its_name() {
    let desk = Desk::new();
    let plain = read(&desk, "page.txt", PAGE);
    assert_eq!(bodies(&plain), ["On 20 March 2025, the drill ended in Varegrad."]);
    let gzipped = packed("gzip", PAGE.as_bytes()).expect("gzip is there");
    assert_eq!(bodies(&read(&desk, "page.html", gzipped)), bodies(&plain));
    let archive = record("https://arpo.example/drill", PAGE);
    let archived = read(&desk, "page.bin", &archive);
    assert_eq!(bodies(&archived), bodies(&plain));
    assert_eq!(archived[0]["address"], "https://arpo.example/drill");
    assert_eq!(archived[0]["captured"], "2025-03-21T08:00:00Z");
    assert_eq!(
        archived[0]["stories"][0]["link"],
        "https://arpo.example/drill#:~:text=ARPO%20strategic%20drill%20ends"
    );
    assert_eq!(archived[0]["digest"], plain[0]["digest"]);
    let line = serde_json::json!({ "text": PAGE }).to_string();
    assert_eq!(bodies(&read(&desk, "page.xml", format!("{line}\n{line}\n"))).len(), 2);
    let wide: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(bodies(&read(&desk, "wide.txt", wide)), bodies(&plain));
}

#[test]
fn standard_input_is_read_as_a_file_is() {
    let desk = Desk::new();
    let mut command = desk.command(["read", "--json", "-"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let gzipped = packed("gzip", PAGE.as_bytes()).expect("gzip is there");
    child.stdin.take().expect("a pipe").write_all(&gzipped).expect("it is read");
    let output = child.wait_with_output().expect("the program ends");
    assert!(output.status.success());
    let page: Value = serde_json::from_slice(&output.stdout).expect("a line of JSON");
    assert_eq!(page["stories"][0]["title"], "ARPO strategic drill ends");
}

#[test]
fn a_folder_of_all_kinds_is_ingested_and_what_is_broken_is_named() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path().join("captures")).expect("folder is made");
    let cut = record("https://arpo.example/2", "Second page");
    let archive = format!("{}{}", record("https://arpo.example/1", PAGE), &cut[..cut.len() - 8]);
    desk.file("captures/a.warc", archive);
    desk.file(
        "captures/b.xml",
        "<rss><channel><item><title>Dam breaks near Narovets</title><link>https://herald.example/dam</link>\
        <pubDate>Fri, 21 Mar 2025 08:00:00 GMT</pubDate><description>A dam broke.</description></item></channel></rss>",
    );
    desk.file(
        "captures/c.ndjson",
        "{\"title\": \"Envoys meet\", \"body\": \"The envoys met.\"}\n{broken\n",
    );
    desk.file("captures/d.pdf", "%PDF-1.7\nnothing");
    let ended = desk.run(["ingest", "--json", "captures"]);
    assert_eq!(ended.code, Some(3), "{}", ended.stderr);
    let report: Value = serde_json::from_str(&ended.stdout).expect("a report");
    assert_eq!(report["reported"], 3, "{report}");
    let warnings: Vec<&str> =
        report["warnings"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let wanted = [
        ("a.warc", "record 2 at byte "),
        ("c.ndjson:2", "the JSON is broken at character "),
        ("d.pdf", "the page is a PDF, which is not read"),
    ];
    assert_eq!(warnings.len(), wanted.len(), "{warnings:?}");
    for (warning, (place, words)) in warnings.iter().zip(wanted) {
        assert!(warning.contains(place) && warning.contains(words), "{warning}");
    }
    let again = desk.run(["ingest", "--json", "captures"]);
    let again: Value = serde_json::from_str(&again.stdout).expect("a report");
    let counts = [&again["reported"], &again["revised"], &again["sighted"], &again["unchanged"]];
    assert_eq!(counts, [0, 0, 0, 3]);
    assert_eq!(again["head"], report["head"], "reading again appends nothing");
}

#[test]
fn a_story_on_two_pages_is_one_with_two_sightings() {
    let desk = Desk::new();
    desk.done(["registry".as_ref(), "import".as_ref(), registry().as_os_str()]);
    let feed = |extra: &str| {
        format!(
            "<rss><channel>{extra}<item><title>Envoys agree</title><link>https://herald.example/envoys</link>\
            <pubDate>Fri, 21 Mar 2025 08:00:00 GMT</pubDate><description>Secretary General Ilmangir Toskarbaliev \
            said on Friday that the envoys agree.</description></item></channel></rss>"
        )
    };
    desk.file("one.xml", feed(""));
    desk.file("two.xml", feed("<title>All news</title>"));
    let ended = desk.done(["ingest", "one.xml", "two.xml"]);
    assert!(
        ended.contains("1 story reported") && ended.contains("1 seen on another page"),
        "{ended}"
    );
    let json = desk.done(["timeline", "--official", "Ilmangir Toskarbaliev", "--json"]);
    let timeline: Value = serde_json::from_str(&json).expect("JSON");
    let entry = &timeline["entries"][0];
    let names: Vec<_> = entry["seen_on"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| it["page"]["name"].as_str())
        .collect();
    assert_eq!(names, [Some("one.xml"), Some("two.xml")]);
    assert_eq!(entry["link"], "https://herald.example/envoys#:~:text=Envoys%20agree");
    let head =
        timeline["position"].as_str().and_then(|it| it.parse::<u64>().ok()).expect("a position");
    let before = (head - 1).to_string();
    let then = desk.done([
        "timeline",
        "--official",
        "Ilmangir Toskarbaliev",
        "--json",
        "--as-of",
        &before,
    ]);
    let then: Value = serde_json::from_str(&then).expect("JSON");
    assert_eq!(then["entries"][0]["seen_on"].as_array().map(Vec::len), Some(1));
    let text = desk.done(["timeline", "--official", "Ilmangir Toskarbaliev"]);
    assert!(text.contains("seen on 2 pages"), "{text}");
}

#[test]
fn lines_in_another_language_are_shown_with_their_place() {
    let desk = Desk::new();
    let german = "Die Gesandten der sechs Staaten kamen am Dienstag in Narowitz zusammen und besprachen den Plan der \
        gemeinsamen Übungen, der bis zum Ende der Woche fertig sein soll, wie es hieß.";
    let before = "Envoys meet in Narovets\n\n5 June 2025, 10:15\n\nThe envoys of the six states met in Narovets on \
        Tuesday, and it was said that the plan of the common drills would be ready by the end of the week.\n\n";
    desk.file("mixed.txt", format!("{before}{german}\n\nThe plan will be signed in the autumn.\n"));
    let text = desk.done(["read", "mixed.txt"]);
    assert!(text.contains("article · en (lines in de)"), "{text}");
    let json = desk.done(["read", "--json", "mixed.txt"]);
    let page: Value = serde_json::from_str(&json).expect("JSON");
    let span = [before.chars().count(), before.chars().count() + german.chars().count()];
    let wanted = serde_json::json!([{ "span": span, "language": "de" }]);
    assert_eq!(page["stories"][0]["passages"], wanted);
}

fn registry() -> std::path::PathBuf {
    crate::program::root().join("fixtures/demo/registry.json")
}
