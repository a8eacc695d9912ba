//! The main job, as a person does it: pages in, timelines out, on the terminal and over GraphQL.

use serde_json::Value;

use crate::program::{Desk, root};

/// A desk whose log holds the demo's registry, topics and pages.
fn desk_with_demo() -> Desk {
    let desk = Desk::new();
    let demo = root().join("fixtures/demo");
    desk.done(["registry".as_ref(), "import".as_ref(), demo.join("registry.json").as_os_str()]);
    desk.done(["topics".as_ref(), "import".as_ref(), demo.join("topics.json").as_os_str()]);
    desk.done(["ingest".as_ref(), demo.join("pages").as_os_str()]);
    desk
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

#[test]
fn reading_the_same_pages_twice_appends_nothing() {
    let desk = desk_with_demo();
    let before = desk.done(["log", "show", "--json"]);
    let pages = root().join("fixtures/demo/pages");
    let report = json(&desk.done(["ingest".as_ref(), "--json".as_ref(), pages.as_os_str()]));
    assert_eq!((&report["reported"], &report["revised"]), (&0.into(), &0.into()), "{report}");
    assert_eq!(report["unchanged"], 24);
    assert_eq!(desk.done(["log", "show", "--json"]), before);
}

#[test]
fn importing_the_same_registry_twice_appends_nothing() {
    let desk = desk_with_demo();
    let registry = root().join("fixtures/demo/registry.json");
    let again = json(&desk.done([
        "registry".as_ref(),
        "import".as_ref(),
        "--json".as_ref(),
        registry.as_os_str(),
    ]));
    assert_eq!(again["appended"], 0);
}

#[test]
fn a_teaser_on_two_pages_is_one_story() {
    let desk = desk_with_demo();
    let log = desk.done(["log", "show", "--json"]);
    let teasers = log.lines().map(json).filter(|it| {
        let title = &it["data"]["content"]["body"];
        title.as_str().is_some_and(|it| it.starts_with("On 25 July 2024, employees of the ARPO"))
    });
    assert_eq!(teasers.count(), 1);
}

#[test]
fn a_revision_supersedes_and_the_earlier_text_can_be_asked_for() {
    let desk = desk_with_demo();
    let timeline = |extra: &[&str]| {
        let args = ["timeline", "--official", "p-toskarbaliev", "--json"].iter().chain(extra);
        json(&desk.done(args))
    };
    let now = &timeline(&[])["entries"][0];
    let revised: u64 =
        now["recorded_at"].as_str().and_then(|it| it.parse().ok()).expect("a position");
    assert_eq!(now["page"]["name"], "11-dam-later-capture.txt");
    let before = (revised - 1).to_string();
    let then = &timeline(&["--as-of", &before])["entries"][0];
    assert_eq!(then["page"]["name"], "10-dam-first-capture.txt");
    assert_eq!(then["story"], now["story"]);
    assert_eq!(then["superseded_at"], now["recorded_at"]);
    assert_eq!(then["superseded_by"], "revision");
}

#[test]
fn a_timeline_line_has_day_office_words_and_source() {
    let desk = desk_with_demo();
    let text = desk.done(["timeline", "--official", "Miroslav Ket"]);
    for wanted in [
        "Miroslav Ket",
        "2020-01-16",
        "ARPO Secretary General",
        "said: “The people here are trained",
        "04-first-visit-to-the-joint-staff.txt",
    ] {
        assert!(text.contains(wanted), "wanted `{wanted}` in:\n{text}");
    }
    let dates: Vec<&str> =
        text.lines().filter(|it| it.starts_with("20")).map(|it| &it[..10]).collect();
    let mut newest_first = dates.clone();
    newest_first.sort_by(|a, b| b.cmp(a));
    assert!(dates.len() > 2 && dates == newest_first, "{dates:?}");
}

#[test]
fn a_missing_year_is_inferred_when_one_remains_and_named_when_several_do() {
    let desk = desk_with_demo();
    let of = |official: &str| json(&desk.done(["timeline", "--official", official, "--json"]));
    let entries = of("p-zveromyslov");
    let inferred = &entries["entries"].as_array().expect("a list")[..];
    let inferred =
        inferred.iter().find(|it| it["happened"]["basis"] == "inferred").expect("one is inferred");
    assert_eq!(inferred["happened"]["edtf"], "2019-06-20");
    let how = inferred["happened"]["how"].as_str().expect("it says how");
    assert!(how.contains("Thursday") && how.contains("acting tenure"), "{how}");
    let entries = of("p-ket");
    let open = entries["entries"].as_array().expect("a list");
    let open =
        open.iter().find(|it| it["happened"]["edtf"] == "XXXX-10-11").expect("one stays open");
    assert_eq!(open["happened"]["years"], serde_json::json!([2020, 2021, 2022]));
}

#[test]
fn the_api_gives_the_same_timeline_page_by_page() {
    let desk = desk_with_demo();
    let printed = json(&desk.done(["timeline", "--official", "p-ket", "--json"]));
    let server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
    let (mut stories, mut after) = (Vec::new(), String::new());
    loop {
        let query = format!(
            "{{ timeline(by: {{officialId: \"p-ket\"}}, first: 2{after}) {{ nodes {{ story {{ storyId }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let answer = server.query(&query);
        let page = &answer["data"]["timeline"];
        let nodes = page["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
        stories.extend(nodes.iter().map(|it| it["story"]["storyId"].clone()));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    }
    let wanted: Vec<Value> = printed["entries"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["story"].clone())
        .collect();
    assert_eq!(stories, wanted);
    assert_eq!(server.http("GET", "/healthz", &[], "").status, 200);
    assert_eq!(server.stop("INT"), Some(0));
}

#[test]
fn the_demo_does_the_whole_job_with_nothing_set_up() {
    let desk = Desk::new();
    let text = desk.done(["demo", "--once"]);
    for wanted in [
        "invented",
        "11 pages read: 19 stories reported",
        "Secretary General",
        "leaves 2020, 2021 and 2022",
    ] {
        assert!(text.contains(wanted), "wanted `{wanted}` in:\n{text}");
    }
    let left: Vec<_> = std::fs::read_dir(desk.path()).expect("readable folder").collect();
    assert!(left.is_empty(), "the demo leaves nothing behind: {left:?}");
}

#[test]
fn the_demo_serves_what_it_found() {
    let desk = Desk::new();
    let server = desk.serve(&["demo", "--listen", "127.0.0.1:0"]);
    let answer = server.query("{ officials(first: 1) { nodes { name } } log { head checkpoint } }");
    assert_eq!(answer["data"]["log"]["head"], answer["data"]["log"]["checkpoint"], "{answer}");
    assert_eq!(server.stop("TERM"), Some(0));
}

#[test]
fn a_rebuild_and_a_check_of_the_log_say_what_they_found() {
    let desk = desk_with_demo();
    let rebuilt = json(&desk.done(["rebuild", "--json"]));
    assert_eq!(rebuilt["counts"]["stories"], 19);
    let checked = json(&desk.done(["log", "verify", "--json"]));
    assert_eq!((&checked["ok"], &checked["head"]), (&true.into(), &rebuilt["position"]));
}

#[test]
fn reading_uses_the_registry_of_the_log_unless_files_are_named() {
    let desk = desk_with_demo();
    let page = root().join("fixtures/demo/pages/04-first-visit-to-the-joint-staff.txt");
    let official = |args: &[&std::ffi::OsStr]| {
        let page = [page.as_os_str()];
        let text = desk.done(["read".as_ref(), "--json".as_ref()].iter().chain(args).chain(&page));
        json(&text)["stories"][0]["officials"][0]["id"].clone()
    };
    assert_eq!(official(&[]), "p-ket");
    let empty = desk.file("empty.json", "{\"persons\": []}");
    assert_eq!(official(&["--registry".as_ref(), empty.as_os_str()]), Value::Null);
}
