//! Which crate may depend on which. The table is the architecture; the test keeps it true.

#![expect(clippy::indexing_slicing, reason = "a missing key in cargo's JSON must stop the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Each crate of ours with every crate of ours it depends on.
const OURS: &[(&str, &[&str])] = &[
    (
        "dateline",
        &[
            "dateline-annotate",
            "dateline-event",
            "dateline-graphql",
            "dateline-ingest",
            "dateline-log",
            "dateline-projector",
            "dateline-search",
        ],
    ),
    ("dateline-annotate", &["dateline-event"]),
    ("dateline-event", &[]),
    ("dateline-graphql", &["dateline-event", "dateline-projector", "dateline-search"]),
    ("dateline-ingest", &["dateline-event"]),
    ("dateline-log", &["dateline-event"]),
    ("dateline-projector", &["dateline-annotate", "dateline-event", "dateline-log"]),
    ("dateline-search", &["dateline-event", "dateline-projector"]),
    ("dateline-tests", &[]),
];

/// Outside crates with a home: nobody else may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("aho-corasick", &["dateline-annotate"]),
    ("any_ascii", &["dateline-annotate"]),
    ("anyhow", &["dateline"]),
    ("async-graphql", &["dateline-graphql"]),
    ("atom_syndication", &["dateline-graphql"]),
    ("axum", &["dateline-graphql"]),
    ("clap", &["dateline"]),
    ("hyper", &["dateline-graphql"]),
    ("brotli-decompressor", &["dateline-ingest"]),
    ("chardetng", &["dateline-ingest"]),
    ("csv", &["dateline-graphql"]),
    ("encoding_rs", &["dateline-ingest"]),
    // Captures come packed, and so do the files that the program exports.
    ("flate2", &["dateline", "dateline-ingest"]),
    ("icalendar", &["dateline-graphql"]),
    ("sled", &["dateline-log"]),
    ("tantivy", &["dateline-search"]),
    // The middle of the system is synchronous; only the border waits.
    ("tokio", &["dateline", "dateline-graphql"]),
    ("whatlang", &["dateline-ingest"]),
    // Captures, the blocks of the log, the stories in views, and the files that the program exports.
    ("zstd", &["dateline", "dateline-ingest", "dateline-log", "dateline-projector"]),
];

#[test]
fn crates_depend_only_downwards() {
    let expected: BTreeMap<String, Vec<String>> = OURS
        .iter()
        .map(|(name, deps)| ((*name).into(), deps.iter().map(|it| (*it).into()).collect()))
        .collect();
    let actual: BTreeMap<String, Vec<String>> = packages()
        .into_iter()
        .map(|(name, mut deps)| {
            deps.retain(|it| expected.contains_key(it));
            (name, deps)
        })
        .collect();
    assert_eq!(actual, expected, "change the arrow in ARCHITECTURE.md first, then this table");
}

#[test]
fn architecture_has_the_same_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md");
    let text = fs::read_to_string(path).expect("ARCHITECTURE.md exists");
    for (name, deps) in OURS.iter().filter(|(name, _)| *name != "dateline-tests") {
        let row = text
            .lines()
            .find(|it| it.starts_with(&format!("| `crates/{name}` |")))
            .unwrap_or_else(|| panic!("ARCHITECTURE.md has no row for `crates/{name}`"));
        let cell = row.split('|').nth(2).unwrap_or_default().trim();
        let short: Vec<&str> = deps.iter().map(|it| it.trim_start_matches("dateline-")).collect();
        let wanted = if short.is_empty() { "nothing".to_owned() } else { short.join(", ") };
        assert_eq!(cell, wanted, "ARCHITECTURE.md, row of `crates/{name}`, may use");
    }
}

#[test]
fn outside_crates_stay_in_their_home() {
    for (name, deps) in packages() {
        for (outside, homes) in HOMES {
            let named = deps.iter().any(|it| it == outside);
            let at_home = homes.contains(&name.as_str());
            assert!(!named || at_home, "`{name}` names `{outside}`; only {homes:?} may");
        }
    }
}

/// Every workspace package with its sorted normal dependencies.
fn packages() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .output()
        .expect("cargo metadata runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    metadata["packages"]
        .as_array()
        .expect("a list of packages")
        .iter()
        .map(|package| {
            let mut deps: Vec<String> = package["dependencies"]
                .as_array()
                .expect("a list of dependencies")
                .iter()
                .filter(|dep| dep["kind"].is_null())
                .map(|dep| text(&dep["name"]))
                .collect();
            deps.sort();
            (text(&package["name"]), deps)
        })
        .collect()
}
