//! `dateline stories`: copies of one story are one, and stories on one event stand together.

use serde_json::{Value, json};

use crate::program::Desk;

const BRIDGE: &str = "The transport minister opened a new bridge over the river at Lamun on Tuesday, eleven months after \
    the old one was closed because of cracks in two of its pillars. The ministry said that the work had cost less than \
    planned and that lorries could use the crossing from next week. Residents had waited for it through a winter in \
    which the only way across was a ferry that stopped at dusk.";

const RETOLD: &str = "Lorries and cars may cross the river near Lamun again: a bridge that replaces the cracked one was \
    opened by the transport minister. Pillars of the old crossing had been found damaged last year, and residents \
    depended on a ferry.";

const OTHER: &str = "Teachers in Senna begin a strike for smaller classes on Thursday. Their union asks for four hundred \
    new posts before the school year ends; the department of education offers half of that.";

fn record(name: &str, source: &str, title: &str, body: &str) -> String {
    let address = format!("https://{source}.example/{name}");
    let record = json!({
        "title": title, "body": body, "source": source, "address": address, "language": "en",
        "published": "2031-05-06T10:00:00Z",
    });
    format!("{record}\n")
}

fn stories(desk: &Desk, args: &[&str]) -> Vec<Value> {
    let printed = desk.done([&["stories", "--json"], args].concat());
    printed.lines().map(|it| serde_json::from_str(it).expect("a line is JSON")).collect()
}

#[test]
fn copies_are_one_story_and_one_event_is_told_in_several() {
    let desk = Desk::new();
    let copy = format!("SENNA (Agency) - {BRIDGE} Follow us for more.");
    let records = [
        record("a", "north", "Bridge at Lamun open again", BRIDGE),
        record("b", "north", "Teachers to strike in Senna", OTHER),
        record("c", "south", "Minister opens crossing", &copy),
        record("d", "east", "New bridge over the river at Lamun", RETOLD),
    ];
    desk.file("news.jsonl", records.concat());
    desk.done(["ingest", "news.jsonl"]);

    let all = stories(&desk, &[]);
    assert_eq!(all.len(), 4);
    let of = |name: &str, field: &str| {
        let ends = |it: &&Value| it["address"].as_str().is_some_and(|it| it.ends_with(name));
        all.iter().find(ends).expect("the story is printed")[field].clone()
    };
    assert_eq!(of("/a", "same_story"), of("/c", "same_story"));
    assert_ne!(of("/a", "same_story"), of("/d", "same_story"));
    assert_eq!(of("/a", "same_event"), of("/d", "same_event"));
    assert_ne!(of("/a", "same_event"), of("/b", "same_event"));
    assert_eq!((of("/a", "shown"), of("/c", "shown")), (json!(true), json!(false)));

    // Before the copy came, the record had two stories, each alone.
    let before = stories(&desk, &["--as-of", "2"]);
    assert_eq!(before.len(), 2);
    assert!(before.iter().all(|it| it["shown"] == json!(true)));
    let text = desk.done(["stories"]);
    assert!(text.contains("also   article by south"), "{text}");
}

#[test]
fn copies_are_one_entry_of_a_timeline_with_all_its_sources_until_a_ruling_parts_them() {
    let desk = Desk::new();
    let registry = json!({
        "persons": [{ "id": "p-vey", "name": "Ilma Vey" }],
        "organizations": [],
        "memberships": [],
    });
    desk.file("registry.json", registry.to_string());
    desk.done(["registry", "import", "registry.json"]);
    let text = format!("{BRIDGE}\n\"It will stay open,\" said minister Ilma Vey.");
    let copy = format!("SENNA (Agency) - {text} Follow us for more.");
    let records = [
        record("a", "north", "Bridge at Lamun open again", &text),
        record("c", "south", "Minister opens crossing", &copy),
    ];
    desk.file("news.jsonl", records.concat());
    desk.done(["ingest", "news.jsonl"]);

    let timeline = |args: &[&str]| -> Value {
        let all = [&["timeline", "--official", "p-vey", "--json"], args].concat();
        serde_json::from_str(&desk.done(all)).expect("a timeline is JSON")
    };
    let now = timeline(&[]);
    assert_eq!(
        (&now["entry_count"], now["entries"].as_array().map(Vec::len)),
        (&json!(1), Some(1))
    );
    let sources = &now["entries"][0]["sources"];
    assert_eq!((&sources[0]["source"], &sources[1]["source"]), (&json!("north"), &json!("south")));
    assert_eq!(sources[1]["address"], "https://south.example/c");
    assert_eq!(timeline(&["--source", "south"])["entries"][0]["source"], "south");
    assert_eq!(
        timeline(&["--as-of", "2"])["entries"][0]["sources"].as_array().map(Vec::len),
        Some(1)
    );
    let printed = desk.done(["timeline", "--official", "p-vey"]);
    assert!(printed.contains("also south · https://south.example/c"), "{printed}");

    let story = |at: usize| sources[at]["story"].as_str().expect("an id").to_owned();
    desk.done(["rule", "same", &story(0), &story(1), "is-not"]);
    assert_eq!(timeline(&[])["entry_count"], 2);
}
