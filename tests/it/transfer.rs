//! Events out of a log and into another by the program: export, import, backup, restore.

use std::io::Write as _;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::program::{Desk, Ended, root};

/// A desk whose data directory holds the registry and topics of the demo, and its pages.
fn filled() -> Desk {
    let desk = Desk::new();
    let demo = root().join("fixtures/demo");
    let path = |name: &str| demo.join(name).display().to_string();
    desk.done(["registry", "import", &path("registry.json")]);
    desk.done(["topics", "import", &path("topics.json")]);
    desk.done(["ingest", &path("pages")]);
    desk
}

/// What `dateline log verify` says of a data directory: how many events, and the head of the chain.
fn verified(desk: &Desk, data: &str) -> (u64, String) {
    let found = json(&desk.done(["--data", data, "log", "verify", "--json"]));
    (found["events"].as_u64().expect("a number"), found["chain"].to_string())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

/// The program with `args`, given `input` by standard input.
fn fed(desk: &Desk, args: &[&str], input: &[u8]) -> Ended {
    let mut command = desk.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    stdin.write_all(input).expect("the program reads its input");
    drop(stdin);
    Ended::of(child.wait_with_output().expect("the program ends"))
}

#[test]
fn importing_what_was_exported_gives_the_same_log() {
    let desk = filled();
    let log = verified(&desk, "dateline-data");
    assert!(log.0 > 50, "{log:?}");
    for file in ["events.ndjson", "events.ndjson.gz", "events.ndjson.zst"] {
        let report = json(&desk.done(["log", "export", "--json", file]));
        assert_eq!(report["events"], log.0);
        assert_eq!(report["from"], "1");
        let copy = format!("copy-of-{file}");
        let report = json(&desk.done(["--data", &copy, "log", "import", "--json", file]));
        assert_eq!(report["imported"], log.0);
        assert_eq!(report["chain"].to_string(), log.1);
        assert_eq!(verified(&desk, &copy), log);
        assert_eq!(
            desk.done(["--data", &copy, "log", "show", "--json"]),
            desk.done(["log", "show", "--json"]),
        );
    }
    let bytes = |name: &str| std::fs::read(desk.path().join(name)).expect("the file is there");
    let plain = bytes("events.ndjson");
    assert!(bytes("events.ndjson.gz").starts_with(&[0x1f, 0x8b]));
    assert!(bytes("events.ndjson.zst").starts_with(&[0x28, 0xb5, 0x2f, 0xfd]));
    assert!(bytes("events.ndjson.gz").len() * 2 < plain.len());
    assert!(bytes("events.ndjson.zst").len() * 2 < plain.len());
    // Other tools read them.
    let packed = desk.path().join("events.ndjson.gz");
    let unpacked = Command::new("gzip").arg("-dc").arg(packed).output().expect("gzip runs");
    assert_eq!(unpacked.stdout, plain);
}

#[test]
fn a_log_is_taken_over_in_pieces_that_continue_each_other() {
    let desk = filled();
    let log = verified(&desk, "dateline-data");
    let first = desk.done(["log", "export", "--to", "20", "-"]);
    assert_eq!(first.lines().count(), 20);
    let report = json(&desk.done(["log", "export", "--from", "21", "rest.zst", "--json"]));
    assert_eq!(report["from"], "21");
    let import = ["--data", "copy", "log", "import"];
    let ended = fed(&desk, &[&import[..], &["-", "--json"]].concat(), first.as_bytes());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(json(&ended.stdout)["head"], "20");
    // The same piece again, and a piece that leaves one out, do not continue the log.
    let again = fed(&desk, &[&import[..], &["-"]].concat(), first.as_bytes());
    assert_eq!(again.code, Some(3));
    assert!(again.stderr.contains("line 1 is the event at position 1, wanted position 21"));
    desk.done(["log", "export", "--from", "22", "gap.gz"]);
    let gap = desk.run([&import[..], &["gap.gz"]].concat());
    assert_eq!(gap.code, Some(3));
    assert!(gap.stderr.contains("gap.gz: line 1 is the event at position 22"), "{}", gap.stderr);
    assert_eq!(verified(&desk, "copy").0, 20);
    desk.done([&import[..], &["rest.zst"]].concat());
    assert_eq!(verified(&desk, "copy"), log);
}

/// Lines of an export with one thing wrong, each with the line that is to be named.
fn bad_lines(good: &str) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let lines: Vec<&str> = good.lines().collect();
    let joined = |lines: &[&str]| (lines.join("\n") + "\n").into_bytes();
    let with = |number: usize, line: &str| {
        let mut lines = lines.clone();
        lines[number - 1] = line;
        joined(&lines)
    };
    let mut without_fifth = lines.clone();
    without_fifth.remove(4);
    let mut swapped = lines.clone();
    swapped.swap(7, 8);
    let newer_event = lines[2].replace(".recorded:1\"", ".recorded:99\"");
    vec![
        ("cut off inside of a line", good.as_bytes()[..good.len() - 30].to_vec(), "line 30 "),
        ("cut off before a line end", good.trim_end().as_bytes().to_vec(), "line 30 "),
        ("a gap", joined(&without_fifth), "line 5 "),
        ("a duplicate", with(4, lines[2]), "line 4 "),
        ("wrong order", joined(&swapped), "line 8 "),
        ("another format", b"id,name\n1,Ket\n".to_vec(), "line 1 "),
        ("no text", vec![0xff, 0xd8, 0xff, 0xe0, b'\n'], "line 1 "),
        ("another JSON", with(6, "{\"hello\":\"world\"}"), "line 6 "),
        ("a future CloudEvents", with(3, &lines[2].replace("\"1.0\"", "\"2.0\"")), "line 3 "),
        ("a future event", with(3, &newer_event), "line 3 "),
        ("an unknown event", with(3, &lines[2].replace(".recorded\"", ".dreamt\"")), "line 3 "),
    ]
}

#[test]
fn bad_input_is_refused_with_the_line_named_and_nothing_is_written() {
    let desk = filled();
    let good = desk.done(["log", "export", "--to", "30", "-"]);
    for (what, bytes, line) in bad_lines(&good) {
        assert!(bytes != good.as_bytes(), "{what}: nothing is wrong");
        let file = desk.file("bad.ndjson", bytes);
        let ended = desk.run(["--data", "new", "log", "import", &file.display().to_string()]);
        assert_eq!(ended.code, Some(3), "{what}: {}", ended.stderr);
        assert!(ended.stderr.contains(&format!("bad.ndjson: {line}")), "{what}: {}", ended.stderr);
        assert_eq!(ended.stderr.lines().count(), 1, "{what}: {}", ended.stderr);
        assert_eq!(names_in(&desk.path().join("new")), [""; 0], "{what}: something was written");
    }
}

#[test]
fn a_packed_file_that_is_cut_off_or_changed_is_refused() {
    let desk = filled();
    for name in ["events.gz", "events.zst"] {
        desk.done(["log", "export", name]);
        let bytes = std::fs::read(desk.path().join(name)).expect("the file is there");
        let mut changed = bytes.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 0x40;
        for bad in [bytes[..bytes.len() / 2].to_vec(), bytes[..bytes.len() - 2].to_vec(), changed] {
            desk.file("bad", bad);
            let ended = desk.run(["--data", "new", "log", "import", "bad"]);
            assert_eq!(ended.code, Some(3), "{}", ended.stderr);
            assert!(ended.stderr.contains("line "), "{}", ended.stderr);
            assert_eq!(names_in(&desk.path().join("new")), [""; 0]);
        }
    }
}

#[test]
fn what_cannot_be_exported_or_imported_is_said() {
    let desk = filled();
    let cases: [(&[&str], i32, &str); 6] = [
        (&["log", "import", "missing.ndjson"], 3, "missing.ndjson: "),
        (&["log", "import", "."], 3, "is a folder"),
        (&["log", "export", "--from", "9", "--to", "3", "-"], 3, "--to 3 lies before --from 9"),
        (&["log", "export", "no/such/folder/events.gz"], 6, "no/such/folder/events.gz: "),
        (&["--data", "none", "log", "export", "-"], 3, "no log here"),
        (&["log", "export", "--from", "0", "-"], 2, "0"),
    ];
    for (args, code, words) in cases {
        let ended = desk.run(args);
        assert_eq!(ended.code, Some(code), "{args:?}: {}", ended.stderr);
        assert!(ended.stderr.contains(words), "{args:?}: {}", ended.stderr);
    }
    assert!(!desk.path().join("none").exists());
}

#[test]
fn an_export_that_fails_leaves_the_old_file_and_nothing_else() {
    let desk = filled();
    desk.file("out/events.ndjson", "old");
    // A byte of the events is changed, so that the log opens or not, but cannot be read as a whole.
    let db = desk.path().join("dateline-data/log/sled/db");
    let mut bytes = std::fs::read(&db).expect("the store has a file");
    let middle = bytes.iter().rposition(|it| *it != 0).expect("it is not empty") / 2;
    bytes[middle..middle + 64].iter_mut().for_each(|it| *it ^= 0x55);
    std::fs::write(&db, bytes).expect("the file is written");
    let ended = desk.run(["log", "export", "out/events.ndjson"]);
    assert_eq!(ended.code, Some(5), "{}", ended.stderr);
    assert_eq!(names_in(&desk.path().join("out")), ["events.ndjson"]);
    let left = std::fs::read_to_string(desk.path().join("out/events.ndjson")).expect("it is there");
    assert_eq!(left, "old");
}

#[test]
fn a_backup_is_made_while_the_server_runs_and_restored() {
    let desk = filled();
    let log = verified(&desk, "dateline-data");
    let server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
    let socket = desk.path().join("dateline-data/control.sock");
    let mode = std::fs::metadata(&socket).expect("the server has a socket");
    assert!(mode.file_type().is_socket());
    assert_eq!(mode.permissions().mode() & 0o777, 0o600);
    let report = json(&desk.done(["log", "backup", "--json", "saved/monday"]));
    assert_eq!(report["events"], log.0);
    assert_eq!(report["chain"].to_string(), log.1);
    // What the server refuses arrives as if the command had refused it.
    let again = desk.run(["log", "backup", "saved/monday"]);
    assert_eq!(again.code, Some(3), "{}", again.stderr);
    assert!(again.stderr.contains("saved/monday: holds a log"), "{}", again.stderr);
    assert_eq!(server.query("{ log { head } }")["data"]["log"]["head"], log.0.to_string());
    assert_eq!(server.stop("TERM"), Some(0));
    assert!(!socket.exists(), "the socket stays behind");

    let report = desk.done(["--data", "new", "log", "restore", "saved/monday"]);
    assert!(report.contains("copied and verified"), "{report}");
    assert_eq!(verified(&desk, "new"), log);
    assert_eq!(verified(&desk, "saved/monday"), log);
    let timeline = |data| desk.done(["--data", data, "timeline", "--official", "p-ket", "--json"]);
    assert_eq!(timeline("new"), timeline("dateline-data"));
}

#[test]
fn the_control_socket_refuses_what_is_no_request() {
    use std::io::Read as _;
    let desk = filled();
    let _server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
    let ask = |request: &[u8]| {
        let socket = desk.path().join("dateline-data/control.sock");
        let mut stream = UnixStream::connect(socket).expect("the server listens");
        // It may close the door on a long request before all of it is written.
        let _ = stream.write_all(request);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer
    };
    for (request, words) in [
        (&b"hello\n"[..], "no request"),
        (b"{\"backup\":\"relative\"}\n", "is not a full path"),
        (b"{\"backup\":\"/a\",\"also\":1}\n", "no request"),
        (b"{\"verify\":{\"also\":1}}\n", "unknown field"),
        (b"{\"export\":{\"from\":0}}\n", "no request"),
        (b"{\"backup\":\"/a\"}", "without a line end"),
    ] {
        let answer = ask(request);
        assert!(answer.contains("\"failed\"") && answer.contains(words), "{answer}");
    }
    ask(&vec![b'x'; 100_000]);
    let report = desk.done(["log", "backup", "after"]);
    assert!(report.contains("copied and verified"), "the server takes no more requests: {report}");
}

#[test]
fn a_backup_needs_no_server_and_a_killed_server_does_not_stand_in_its_way() {
    let desk = filled();
    let log = verified(&desk, "dateline-data");
    drop(desk.serve(&["serve", "--listen", "127.0.0.1:0"]));
    assert!(desk.path().join("dateline-data/control.sock").exists(), "it was killed");
    desk.done(["log", "backup", "saved"]);
    assert_eq!(verified(&desk, "saved"), log);
    drop(desk.serve(&["serve", "--listen", "127.0.0.1:0"]));
}

#[test]
fn restore_refuses_where_a_log_is_and_what_is_no_backup() {
    let desk = filled();
    desk.done(["log", "backup", "saved"]);
    let log = verified(&desk, "dateline-data");
    let occupied = desk.run(["log", "restore", "saved"]);
    assert_eq!(occupied.code, Some(3));
    assert!(occupied.stderr.contains("there is a log here already"), "{}", occupied.stderr);
    assert_eq!(verified(&desk, "dateline-data"), log);
    let missing = desk.run(["--data", "new", "log", "restore", "elsewhere"]);
    assert_eq!(missing.code, Some(3));
    assert!(missing.stderr.contains("elsewhere: no backup"), "{}", missing.stderr);
    assert!(!desk.path().join("new").exists());

    let format = desk.path().join("saved/log/format");
    let ours = std::fs::read(&format).expect("the backup has a format");
    std::fs::write(&format, "dateline-log 7\n").expect("the file is written");
    let newer = desk.run(["--data", "new", "log", "restore", "saved"]);
    assert_eq!(newer.code, Some(5));
    assert!(newer.stderr.contains("version 7") && newer.stderr.contains("version 2"));
    std::fs::write(&format, ours).expect("the file is written");

    let db = desk.path().join("saved/log/sled/db");
    let bytes = std::fs::read(&db).expect("the store has a file");
    std::fs::write(&db, &bytes[..bytes.len() / 2]).expect("the file is written");
    let cut = desk.run(["--data", "new", "log", "restore", "saved"]);
    assert!(matches!(cut.code, Some(5 | 6)), "{:?} {}", cut.code, cut.stderr);
    assert_eq!(names_in(&desk.path().join("new")), [""; 0]);
}

#[test]
fn a_data_directory_in_use_by_no_server_is_named() {
    let desk = Desk::new();
    let mut drill = desk.command(["log", "drill"]).stdout(Stdio::piped()).spawn().expect("starts");
    let mut first = [0];
    std::io::Read::read_exact(drill.stdout.as_mut().expect("a pipe"), &mut first).expect("an ack");
    let ended = desk.run(["log", "backup", "saved"]);
    drill.kill().expect("it runs");
    drill.wait().expect("it ends");
    assert_eq!(ended.code, Some(4), "{}", ended.stderr);
    assert!(ended.stderr.contains("in use by another process"), "{}", ended.stderr);
    let filled = filled();
    let refused = filled.run(["log", "drill"]);
    assert_eq!(refused.code, Some(3));
    assert!(refused.stderr.contains("a drill wants a log of its own"), "{}", refused.stderr);
}

/// Names in a folder, in order; none where there is no folder.
fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let name = |it: std::fs::DirEntry| it.file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = entries.map(|it| name(it.expect("an entry"))).collect();
    names.sort();
    names
}
