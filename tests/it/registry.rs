//! The registry as its keepers use it: imports of every kind, names resolved, candidates proposed and taken, rulings.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;

use crate::inputs::packed;
use crate::program::{Desk, Ended, root};

fn fixture(path: &str) -> String {
    root().join("fixtures").join(path).display().to_string()
}

/// A desk whose log has the pages of the demo, and the registry and topics that go with them.
fn demo() -> Desk {
    let desk = Desk::new();
    desk.done(["registry", "import", &fixture("demo/registry.json")]);
    desk.done(["topics", "import", &fixture("demo/topics.json")]);
    desk.done(["ingest", &fixture("demo/pages")]);
    desk
}

fn typed(desk: &Desk, args: &[&str], input: &str) -> Ended {
    let mut command = desk.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("it reads").write_all(input.as_bytes()).expect("it takes all");
    Ended::of(child.wait_with_output().expect("the program ends"))
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|it| serde_json::from_str(it).expect("a line is JSON")).collect()
}

#[test]
fn names_on_standard_input_are_resolved_a_line_each() {
    let desk = Desk::new();
    let registry = fixture("demo/registry.json");
    let args = ["registry", "resolve", "--registry", &registry];
    let names = "Мирослав Кет\n\nToskarbaliyev, Ilmangir\nSomebody Else\n";
    let ended = typed(&desk, &args, names);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(
        ended.stdout,
        "Мирослав Кет\tp-ket\nToskarbaliyev, Ilmangir\tp-toskarbaliev\nSomebody Else\t\n"
    );
    let told = typed(&desk, &[&args[..], &["--json"]].concat(), names);
    let told = lines(&told.stdout);
    assert_eq!((&told[0]["official"], &told[0]["rule"]), (&"p-ket".into(), &"sound".into()));
    assert_eq!(told[0]["candidates"][0]["name"], "Miroslav Ket");
    assert_eq!((&told[2]["official"], &told[2]["rule"]), (&Value::Null, &Value::Null));
}

#[test]
fn entities_of_wikidata_are_imported_packed_or_not_and_what_is_wrong_is_named() {
    let desk = Desk::new();
    let said = desk.run(["registry", "import", &fixture("registry/wikidata.json")]);
    assert!(said.stdout.contains("4 appended, 0 known already, 1 warning"), "{}", said.stdout);
    let wrong = "Q990000001.claims.P39[1]: it ends on 2017-01-01, before it starts on 2018-01-01";
    assert!(said.stderr.contains(wrong), "{}", said.stderr);
    let bytes = std::fs::read(fixture("registry/wikidata.json")).expect("the fixture is there");
    for bytes in ["gzip", "zstd"].into_iter().filter_map(|it| packed(it, &bytes)) {
        let packed = desk.file("entities", bytes);
        let again = desk.done(["registry".as_ref(), "import".as_ref(), packed.as_os_str()]);
        assert!(again.contains("0 appended, 4 known already"), "{again}");
    }
    let page = desk.file(
        "page.txt",
        "RIVER BOARD MEETS\n\nNAROVETS, 2 May 2021. Director General of the Steppe River Board Hanna Selmarova said that the water was low.\n",
    );
    let read = desk.done(["read".as_ref(), "--json".as_ref(), page.as_os_str()]);
    assert!(read.contains("Q990000001"), "{read}");
}

#[test]
fn topics_are_imported_in_the_form_in_which_the_iptc_publishes_its_own() {
    let desk = Desk::new();
    let said = desk.run(["topics", "import", &fixture("topics/newscodes.json")]);
    assert!(said.stdout.contains("2 appended, 0 known already, 1 warning"), "{}", said.stdout);
    assert!(said.stderr.contains("was retired on 2023-05-01"), "{}", said.stderr);
}

#[test]
fn a_candidate_that_is_taken_into_the_registry_is_linked_from_then_on() {
    let desk = Desk::new();
    desk.done(["ingest", &fixture("demo/pages")]);
    let found = lines(&desk.done(["registry", "candidates", "--json"]));
    let ket = found.iter().find(|it| it["name"] == "Miroslav Ket").expect("the pages name him");
    assert!(ket["stories"].as_u64() >= Some(1) && ket["example"]["span"].is_array(), "{ket}");
    assert!(desk.done(["registry", "candidates"]).contains("Miroslav Ket \u{b7} "));
    let popolo = desk.done(["registry", "candidates", "--popolo"]);
    let file = desk.file("new.json", popolo);
    let said = desk.run(["registry".as_ref(), "import".as_ref(), file.as_os_str()]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(said.stdout.contains("0 warnings"), "{}{}", said.stdout, said.stderr);
    let timeline = desk.done(["timeline", "--official", "p-miroslav-ket", "--json"]);
    let timeline: Value = serde_json::from_str(&timeline).expect("a timeline is JSON");
    assert!(!timeline["entries"].as_array().expect("a list").is_empty(), "{timeline}");
    let left = lines(&desk.done(["registry", "candidates", "--json"]));
    assert!(left.iter().all(|it| it["name"] != "Miroslav Ket"), "{left:?}");
}

/// The first entry of an official's timeline that has a statement: story, span of the statement, topics.
fn entry_of(desk: &Desk, official: &str) -> Value {
    let timeline = desk.done(["timeline", "--official", official, "--json"]);
    let timeline: Value = serde_json::from_str(&timeline).expect("a timeline is JSON");
    let entries = timeline["entries"].as_array().expect("a list").clone();
    let speaks = |it: &Value| it["statements"].as_array().is_some_and(|it| !it.is_empty());
    entries.into_iter().find(speaks).expect("the official says something")
}

#[test]
fn a_ruling_is_shown_before_it_is_written_and_written_once() {
    let desk = demo();
    let entry = entry_of(&desk, "p-toskarbaliev");
    let story = entry["story"].as_str().expect("an id");
    let said = &entry["statements"][0];
    let span = &said["span"];
    let first = if span[0].is_array() { &span[0] } else { span };
    let place = format!("{}..{}", first[0], first[1]);
    let rule =
        ["rule", "statement", story, "--span", &place, "--official", "p-toskarbaliev", "is-not"];
    let shown = desk.done([&rule[..], &["--dry-run"]].concat());
    assert!(shown.contains("words at ") && shown.ends_with("nothing written\n"), "{shown}");
    assert!(shown.contains("read so far: ") && shown.contains("Ilmangir Toskarbaliev"), "{shown}");
    let text = said["text"].clone();
    let still = |desk: &Desk| {
        let timeline = desk.done(["timeline", "--official", "p-toskarbaliev", "--json"]);
        let timeline: Value = serde_json::from_str(&timeline).expect("a timeline is JSON");
        let entries = timeline["entries"].as_array().expect("a list").clone();
        let here = entries.into_iter().filter(|it| it["story"] == story);
        here.flat_map(|it| it["statements"].as_array().cloned().unwrap_or_default())
            .any(|it| it["text"] == text)
    };
    assert!(still(&desk));
    assert!(desk.done(rule).ends_with("written\n"));
    assert!(!still(&desk));
    assert!(desk.done(rule).contains("ruled so already at position "));
    let back = [&rule[..7], &["is"]].concat();
    assert!(desk.done(back).ends_with("written\n"));
    assert!(still(&desk));
}

#[test]
fn a_topic_is_taken_from_a_story_and_two_stories_are_ruled_the_same() {
    let desk = demo();
    let timeline = desk.done(["timeline", "--topic", "exercise", "--json"]);
    let timeline: Value = serde_json::from_str(&timeline).expect("a timeline is JSON");
    let ids: Vec<&str> = timeline["entries"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| it["story"].as_str())
        .collect();
    let [one, two, ..] = ids.as_slice() else { panic!("{ids:?}") };
    let shown = desk.done(["rule", "topic", one, "--topic", "exercise", "is-not"]);
    assert!(shown.contains("read so far: on `exercise` because of "), "{shown}");
    let after = desk.done(["timeline", "--topic", "exercise", "--json"]);
    assert!(!after.contains(one));
    let same = desk.done(["rule", "same", one, two, "is", "--json"]);
    let same: Value = serde_json::from_str(&same).expect("a report is JSON");
    assert_eq!((&same["written"], &same["ruling"]["on"]), (&true.into(), &"same".into()));
}

#[test]
fn a_ruling_about_what_is_not_there_says_so() {
    let desk = demo();
    let entry = entry_of(&desk, "p-ket");
    let story = entry["story"].as_str().expect("an id");
    for (args, wanted) in [
        (vec!["rule", "topic", "nonsense", "--topic", "exercise", "is"], "no story `nonsense`"),
        (vec!["rule", "topic", story, "--topic", "nonsense", "is"], "no topic `nonsense`"),
        (vec!["rule", "same", story, story, "is"], "is given twice, wanted two stories"),
        (
            vec!["rule", "statement", story, "--span", "5..2", "--official", "p-ket", "is"],
            "--span is `5..2`, wanted two growing numbers",
        ),
        (
            vec![
                "rule",
                "statement",
                story,
                "--span",
                "900000..900001",
                "--official",
                "p-ket",
                "is",
            ],
            "lies outside of the story, which stands at ",
        ),
        (
            vec!["rule", "statement", story, "--span", "0..1", "--official", "p-nobody", "is"],
            "no official `p-nobody`",
        ),
    ] {
        let ended = desk.run(args);
        assert_ne!(ended.code, Some(0));
        assert!(ended.stderr.contains(wanted), "{}", ended.stderr);
    }
}
