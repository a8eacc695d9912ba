//! Copies of a log that is in use, copies from where nothing can be written, and what killed runs leave behind.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::Value;

use crate::program::{Desk, root};

/// A desk whose data directory holds the registry of the demo.
fn filled() -> Desk {
    let desk = Desk::new();
    let demo = root().join("fixtures/demo");
    desk.done(["registry", "import", &demo.join("registry.json").display().to_string()]);
    desk
}

/// Each file below `folder` with its bytes and the time of its last change.
fn state(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.append(&mut state(&path));
        } else {
            let changed = path.metadata().and_then(|it| it.modified()).expect("a time");
            found.insert(path.clone(), (std::fs::read(&path).expect("a file"), changed));
        }
    }
    found
}

/// Takes the right to write from all below `folder`, or gives it back.
fn set_modes(folder: &Path, of_folders: u32, of_files: u32) {
    let set = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("a mode");
    };
    set(folder, 0o755);
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            set_modes(&path, of_folders, of_files);
        } else {
            set(&path, of_files);
        }
    }
    set(folder, of_folders);
}

#[test]
fn events_are_exported_and_verified_while_the_server_runs() {
    let desk = filled();
    let alone = desk.done(["log", "export", "-"]);
    let verified = desk.done(["log", "verify", "--json"]);
    let server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(desk.done(["log", "export", "-"]) == alone, "the server exports something else");
    assert_eq!(desk.done(["log", "verify", "--json"]), verified);
    assert!(desk.done(["log", "verify"]).contains("all as they were written"));
    let lines = |from: usize, to: usize| -> String {
        alone.lines().skip(from - 1).take(to + 1 - from).map(|it| it.to_owned() + "\n").collect()
    };
    assert_eq!(desk.done(["log", "export", "--from", "3", "--to", "9", "-"]), lines(3, 9));
    let behind = desk.done(["log", "export", "--from", "90000", "--json", "none.ndjson"]);
    let behind: Value = serde_json::from_str(&behind).expect("a report");
    assert_eq!((behind["events"].as_u64(), &behind["from"]), (Some(0), &Value::Null));
    let report = desk.done(["log", "export", "--json", "served.zst"]);
    let report: Value = serde_json::from_str(&report).expect("a report");
    assert_eq!(report["events"], alone.lines().count());
    assert_eq!(report["to"], alone.lines().count().to_string());
    let refused = desk.run(["log", "export", "no/such/folder/events.gz"]);
    assert_eq!(refused.code, Some(6), "{}", refused.stderr);
    assert_eq!(server.stop("TERM"), Some(0));
    desk.done(["--data", "copy", "log", "import", "served.zst"]);
    assert!(desk.done(["--data", "copy", "log", "export", "-"]) == alone);
}

#[test]
fn who_wants_a_log_that_a_server_holds_is_told_what_works() {
    let desk = filled();
    let _server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
    let ended = desk.run(["rebuild"]);
    assert_eq!(ended.code, Some(4));
    for words in ["in use by another process", "`log export`", "once it is stopped"] {
        assert!(ended.stderr.contains(words), "{}", ended.stderr);
    }
}

#[test]
fn a_backup_that_cannot_be_written_is_restored_and_left_as_it_was() {
    let desk = filled();
    desk.done(["log", "backup", "saved"]);
    let saved = desk.path().join("saved");
    let before = state(&saved);
    set_modes(&saved, 0o555, 0o444);
    let report = desk.done(["--data", "new", "log", "restore", "saved"]);
    assert!(report.contains("copied and verified"), "{report}");
    assert!(state(&saved) == before, "the backup was changed");
    set_modes(&saved, 0o755, 0o644);
    let verified = |data| desk.done(["--data", data, "log", "verify", "--json"]);
    assert_eq!(verified("new"), verified("dateline-data"));
    desk.done(["--data", "new", "rebuild"]);
}

#[test]
fn a_log_that_is_in_use_is_no_backup_to_restore() {
    let desk = filled();
    let _server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
    let ended = desk.run(["--data", "new", "log", "restore", "dateline-data"]);
    assert_eq!(ended.code, Some(4), "{}", ended.stderr);
    assert!(!desk.path().join("new/log").exists());
}

#[test]
fn what_a_killed_run_left_is_named_and_removed_by_the_next() {
    let desk = filled();
    let commands: [(&str, &[&str]); 4] = [
        ("saved", &["log", "backup", "saved"]),
        ("new", &["--data", "new", "log", "restore", "saved"]),
        ("dateline-data", &["rebuild"]),
        ("fresh", &["--data", "fresh", "log", "import", "events.ndjson"]),
    ];
    desk.done(["log", "export", "events.ndjson"]);
    for (data, command) in commands {
        let left = desk.path().join(data).join(".log-k1LLed");
        desk.file(&format!("{data}/.log-k1LLed/owner"), "dateline: a log in the making\n");
        desk.file(&format!("{data}/.log-k1LLed/log/format"), "dateline-log 1\n");
        let ended = desk.run(command);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        assert!(ended.stderr.contains(".log-k1LLed: left by a run that was killed, removed"));
        assert!(!left.exists(), "{command:?}");
    }
}
