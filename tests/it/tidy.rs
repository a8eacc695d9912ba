//! House rules a machine can check. Each message says where, what and what to do instead.

use std::fs;
use std::path::{Path, PathBuf};

/// Words with one agreed spelling in this project.
const BANNED: &[(&str, &str)] = &[
    ("sequence_number", "position"),
    ("event_offset", "position"),
    ("aggregate_id", "StreamId"),
    ("FIXME", "finish it before merging"),
    ("TODO", "finish it before merging"),
    ("todo!(", "finish it before merging"),
    ("unimplemented!(", "finish it before merging"),
    ("dbg!(", "remove it"),
];

/// The pages that a reader opens first.
const PAGES: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/API.md",
    "docs/BENCHMARKS.md",
    "docs/CONFIGURATION.md",
    "docs/DESIGN.md",
    "docs/INPUTS.md",
    "docs/RELIABILITY.md",
    "docs/SECURITY.md",
];

const VAGUE_FILES: &[&str] = &["utils.rs", "util.rs", "helpers.rs", "common.rs", "misc.rs"];

#[test]
fn files_are_tidy() {
    let mut complaints = Vec::new();
    for path in rust_files(&root()) {
        // This file has to spell the words it bans.
        if path.ends_with("it/tidy.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("source files are UTF-8");
        complaints.extend(check(&path, &text));
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Folders whose paths, where a page of ours names one, must exist.
const NAMED_FOLDERS: &[&str] =
    &["crates/", "docs/", "fixtures/", "fuzz/", "schema/", "tests/", ".ci/", ".config/"];

#[test]
fn pages_of_ours_name_only_paths_that_exist() {
    for page in PAGES {
        let text =
            fs::read_to_string(root().join(page)).unwrap_or_else(|_| panic!("{page} exists"));
        // Fences come in pairs of three marks, so every second part between marks is code either way.
        for path in text.split('`').skip(1).step_by(2) {
            if NAMED_FOLDERS.iter().any(|it| path.starts_with(it))
                && !path.contains(['*', ' ', '<'])
            {
                assert!(root().join(path).exists(), "{page} names `{path}`, which is gone");
            }
        }
    }
}

#[test]
fn architecture_names_every_crate() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md exists");
    for entry in fs::read_dir(root().join("crates")).expect("crates/ exists") {
        let name = entry.expect("readable entry").file_name();
        let path = format!("`crates/{}`", name.to_string_lossy());
        assert!(text.contains(&path), "ARCHITECTURE.md does not mention {path}");
    }
}

#[test]
fn tidy_says_where_and_what_instead() {
    let text = "//! Doc.\nlet sequence_number = 1;\n";
    assert_eq!(check(Path::new("a.rs"), text), ["a.rs:2: write `position`, not `sequence_number`"]);
}

fn check(path: &Path, text: &str) -> Vec<String> {
    let at = path.display();
    let mut complaints = Vec::new();
    if !text.starts_with("//!") {
        complaints.push(format!("{at}:1: start with a `//!` line that says what the file is for"));
    }
    if path.file_name().is_some_and(|it| VAGUE_FILES.iter().any(|vague| it == *vague)) {
        complaints.push(format!("{at}:1: name the file after what it holds"));
    }
    let lines = text.lines().count();
    if lines > 600 {
        complaints
            .push(format!("{at}:{lines}: over 600 lines; find the second topic, move it out"));
    }
    for (index, line) in text.lines().enumerate() {
        for (banned, instead) in BANNED {
            if line.contains(banned) {
                complaints.push(format!("{at}:{}: write `{instead}`, not `{banned}`", index + 1));
            }
        }
        if line.trim_start().starts_with("fn test_") {
            complaints.push(format!("{at}:{}: name the test after what it proves", index + 1));
        }
    }
    complaints
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn rust_files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut pending =
        ["crates", "tests", "fuzz/src", "fuzz/targets"].map(|it| root.join(it)).to_vec();
    while let Some(directory) = pending.pop() {
        for entry in fs::read_dir(directory).expect("readable directory") {
            let path = entry.expect("readable entry").path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
