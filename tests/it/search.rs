//! `dateline search`: entries by their words, with evidence, filters and past states.

use std::fs;

use serde_json::{Value, json};

use crate::program::Desk;

const BRIDGE: &str = "The transport minister opened a new bridge over the river at Lamun on Tuesday, eleven months after \
    the old one was closed because of cracks in two of its pillars. Residents had waited for it through a winter in which \
    the only way across was a ferry that stopped at dusk.\n\"It will stay open,\" said minister Ilma Vey.";

const STRIKE: &str = "Teachers in Senna begin a strike for smaller classes on Thursday. Their union asks for four hundred \
    new posts before the school year ends; Édouard Lom of the union called the ferry of promises closed.";

fn record(name: &str, source: &str, title: &str, body: &str) -> String {
    let address = format!("https://{source}.example/{name}");
    let record = json!({
        "title": title, "body": body, "source": source, "address": address, "language": "en",
        "published": "2031-05-06T10:00:00Z",
    });
    format!("{record}\n")
}

fn desk() -> Desk {
    let desk = Desk::new();
    let person = json!({ "id": "p-vey", "name": "Ilma Vey" });
    let registry = json!({ "persons": [person], "organizations": [], "memberships": [] });
    desk.file("registry.json", registry.to_string());
    desk.done(["registry", "import", "registry.json"]);
    let copy = format!("SENNA (Agency) - {BRIDGE}");
    let records = [
        record("a", "north", "Bridge at Lamun open again", BRIDGE),
        record("b", "north", "Teachers to strike in Senna", STRIKE),
        record("c", "south", "Minister opens crossing", &copy),
    ];
    desk.file("news.jsonl", records.concat());
    desk.done(["ingest", "news.jsonl"]);
    desk
}

fn found(desk: &Desk, args: &[&str]) -> Value {
    let printed = desk.done([&["search", "--json"], args].concat());
    serde_json::from_str(&printed).expect("what is found is JSON")
}

fn titles(desk: &Desk, args: &[&str]) -> Vec<String> {
    let entries = found(desk, args);
    let entries = entries["entries"].as_array().expect("a list").iter();
    let mut titles: Vec<_> =
        entries.map(|it| it["title"].as_str().unwrap_or_default().to_owned()).collect();
    titles.sort();
    titles
}

#[test]
fn words_phrases_beginnings_and_exclusions_find_entries_with_all_their_sources() {
    let desk = desk();
    let (bridge, strike) = ("Bridge at Lamun open again", "Teachers to strike in Senna");
    assert_eq!(titles(&desk, &["FERRY"]), [bridge, strike]);
    assert_eq!(titles(&desk, &["ferry -teachers"]), [bridge]);
    assert_eq!(titles(&desk, &["\"old one was closed\""]), [bridge]);
    assert_eq!(titles(&desk, &["\"one old was closed\""]), [""; 0]);
    assert_eq!(titles(&desk, &["edouard"]), [strike]);
    assert_eq!(titles(&desk, &["resid* OR teach*"]), [bridge, strike]);
    assert_eq!(titles(&desk, &["said:stay"]), [bridge]);
    assert_eq!(titles(&desk, &["said:residents"]), [""; 0]);
    assert_eq!(titles(&desk, &["ferry", "--official", "p-vey"]), [bridge]);
    assert_eq!(titles(&desk, &["ferry", "--to", "2031-01-01"]), [""; 0]);
    // Only the copy has these words, and it is one entry with the story that is shown.
    let copy = found(&desk, &["title:crossing"]);
    assert_eq!(
        (copy["entry_count"].clone(), copy["entries"][0]["title"].clone()),
        (json!(1), json!(bridge))
    );
    assert_eq!(copy["entries"][0]["sources"].as_array().map(Vec::len), Some(2));
    assert_eq!(titles(&desk, &["ferry", "--source", "south"]), ["Minister opens crossing"]);
}

#[test]
fn the_words_are_told_with_their_places_in_code_points_of_the_page() {
    let desk = desk();
    let entry = found(&desk, &["\"stopped at dusk\""])["entries"][0].clone();
    let place = &entry["evidence"]["places"][0];
    assert_eq!((&place["in"], &place["words"]), (&json!("body"), &json!("stopped at dusk")));
    assert!(place["before"].as_str().is_some_and(|it| it.ends_with("a ferry that ")), "{place}");
    let page = record("a", "north", "Bridge at Lamun open again", BRIDGE);
    let at = |bound: usize| {
        let at = place["span"][bound].as_u64().and_then(|it| usize::try_from(it).ok());
        at.expect("a place")
    };
    let shown: String = page.chars().skip(at(0)).take(at(1) - at(0)).collect();
    assert_eq!(shown, "stopped at dusk");
}

#[test]
fn a_past_state_is_searched_as_it_was_and_a_ruling_is_seen_by_the_next_search() {
    let desk = desk();
    let first = |args: &[&str]| found(&desk, args)["entry_count"].clone();
    // The registry takes position 1.
    assert_eq!(
        (first(&["ferry", "--as-of", "2"]), first(&["ferry", "--as-of", "1"])),
        (json!(1), json!(0))
    );
    assert_eq!(first(&["title:crossing", "--as-of", "3"]), json!(0));
    let sources = found(&desk, &["title:crossing"])["entries"][0]["sources"].clone();
    let story = |at: usize| sources[at]["story"].as_str().expect("an id").to_owned();
    assert_eq!(first(&["minister"]), json!(1));
    desk.done(["rule", "same", &story(0), &story(1), "is-not"]);
    assert_eq!((first(&["minister"]), first(&["minister", "--as-of", "4"])), (json!(2), json!(1)));
}

#[test]
fn an_index_that_is_missing_damaged_or_of_another_log_is_made_anew() {
    let desk = desk();
    let search = desk.path().join("dateline-data/search");
    assert_eq!(titles(&desk, &["ferry"]).len(), 2);
    fs::remove_dir_all(&search).expect("the index can be deleted");
    assert_eq!(titles(&desk, &["ferry"]).len(), 2);
    // Files of the index are larger than its list of them, and only bytes in front of the checksum are changed.
    let mut files: Vec<_> = fs::read_dir(&search).expect("a folder").flatten().collect();
    files.retain(|it| it.path().extension().is_some_and(|it| it == "idx" || it == "term"));
    let damaged = files.first().expect("an index has files").path();
    let mut bytes = fs::read(&damaged).expect("a file");
    bytes[0] ^= 0x10;
    fs::remove_file(&damaged).expect("it can be replaced");
    fs::write(&damaged, bytes).expect("it can be written");
    let ended = desk.run(["search", "ferry", "--json"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("is not used, and made anew"), "{}", ended.stderr);
    assert!(
        ended.stdout.contains("\"entry_count\": 2") || ended.stdout.contains("\"entry_count\":2")
    );
}

#[test]
fn what_is_no_query_is_refused_with_the_reason() {
    let desk = desk();
    let ended = desk.run(["search", "\"ferry"]);
    assert_eq!(ended.code, Some(3));
    assert!(ended.stderr.contains("no quotation mark at its end"), "{}", ended.stderr);
}

#[test]
fn a_server_finds_words_at_the_position_of_its_view_and_gives_them_with_their_places() {
    let desk = desk();
    let server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
    let query = r#"{ search(query: "\"stopped at dusk\"", first: 5) { totalCount nodes {
        entry { sourceCount story { title } } matchedStory { source }
        evidence { words before inTitle span { start end } } } } }"#;
    let found = server.query(query);
    let found = &found["data"]["search"];
    assert_eq!(found["totalCount"], 1, "{found}");
    let hit = &found["nodes"][0];
    assert_eq!(
        hit["entry"],
        json!({ "sourceCount": 2, "story": { "title": "Bridge at Lamun open again" } })
    );
    assert_eq!(
        (&hit["matchedStory"]["source"], &hit["evidence"][0]["words"]),
        (&json!("north"), &json!("stopped at dusk"))
    );
    let past = "{ search(query: \"dusk\", first: 5, asOf: { position: \"1\" }) { totalCount } }";
    assert_eq!(server.query(past)["data"]["search"]["totalCount"], 0);
    let wrong = "{ search(query: \"-dusk\", first: 5) { totalCount } }";
    assert_eq!(server.query(wrong)["errors"][0]["extensions"]["code"], "BAD_INPUT");
}
