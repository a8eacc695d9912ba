//! `dateline rebuild --preview` and the saved view, as a person meets them. That a preview is exact is tested beside the
//! projector.

use std::fs;

use serde_json::Value;

use crate::program::{Desk, root};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

fn array<'a>(value: &'a Value, name: &str) -> &'a Vec<Value> {
    value[name].as_array().unwrap_or_else(|| panic!("`{name}` is a list: {value}"))
}

#[test]
fn a_preview_names_the_entries_that_an_import_would_change_and_stores_nothing() {
    let desk = Desk::new();
    let layouts = root().join("fixtures/layouts");
    let registry = layouts.join("registry.json");
    let mut less = json(&fs::read_to_string(&registry).expect("a registry"));
    less["memberships"] = Value::Array(Vec::new());
    let less = desk.file("less.json", less.to_string());
    desk.done(["registry".as_ref(), "import".as_ref(), less.as_os_str()]);
    desk.done(["ingest".as_ref(), layouts.join("pages").as_os_str()]);
    let log = desk.done(["log", "show", "--json"]);
    let preview = json(&desk.done([
        "rebuild".as_ref(),
        "--preview".as_ref(),
        "--json".as_ref(),
        "--with".as_ref(),
        registry.as_os_str(),
    ]));
    let timelines = array(&preview, "timelines");
    let offices = timelines.iter().filter(|it| it["kind"] == "office");
    assert!(offices.clone().count() > 0, "{preview}");
    for office in offices {
        assert!(!array(office, "added").is_empty() && array(office, "removed").is_empty());
    }
    assert_eq!(desk.done(["log", "show", "--json"]), log);
    let ended = desk.run(["timeline", "--office", "none-such"]);
    assert_eq!(ended.code, Some(7), "{}", ended.stderr);
}

#[test]
fn the_preview_of_the_same_registry_says_that_nothing_would_change() {
    let desk = Desk::new();
    let demo = root().join("fixtures/demo");
    desk.done(["registry".as_ref(), "import".as_ref(), demo.join("registry.json").as_os_str()]);
    desk.done(["ingest".as_ref(), demo.join("pages").as_os_str()]);
    let registry = demo.join("registry.json");
    let text = desk.done([
        "rebuild".as_ref(),
        "--preview".as_ref(),
        "--with".as_ref(),
        registry.as_os_str(),
    ]);
    assert_eq!(text.trim_end(), "Nothing would change.");
}

#[test]
fn a_saved_view_that_is_damaged_is_told_and_not_used() {
    let desk = Desk::new();
    let demo = root().join("fixtures/demo");
    desk.done(["registry".as_ref(), "import".as_ref(), demo.join("registry.json").as_os_str()]);
    desk.done(["ingest".as_ref(), demo.join("pages").as_os_str()]);
    let asked = ["timeline", "--official", "Miroslav Ket", "--json"];
    let fresh = desk.done(asked);
    desk.done(["rebuild"]);
    assert_eq!(desk.done(asked), fresh);
    let mut bytes = fs::read(desk.path().join("dateline-data/view.snapshot")).expect("a snapshot");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    desk.file("dateline-data/view.snapshot", bytes);
    let ended = desk.run(asked);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), fresh.as_str()));
    assert!(ended.stderr.contains("view.snapshot is not used"), "{}", ended.stderr);
}
