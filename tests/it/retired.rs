//! Logs that an earlier version of the program wrote are read for good, and their bytes stay as they are.

use serde_json::Value;

use crate::program::{Desk, root};

/// `line` of an export, a story's event written as version 1 wrote it: pieces are spans of the page alone, and dates
/// have no field. Any other line stays as it is.
fn in_version_1(line: &str) -> String {
    let (head, data) = line.split_once(r#","data":"#).expect("an event has data");
    let now = r#"ed:2""#;
    if !head.contains(r#""dataschema":"urn:dateline:event:story."#) || !head.contains(now) {
        return line.to_owned();
    }
    let (data, closing) = data.rsplit_once(r#","recordedtime":"#).expect("the log closes the line");
    let mut data: Value = serde_json::from_str(data).expect("data are JSON");
    for piece in data["content"]["pieces"].as_array_mut().expect("a list") {
        *piece = piece["page"].take();
    }
    for date in ["/content/published", "/content/dateline/date"] {
        if let Some(Value::Object(date)) = data.pointer_mut(date) {
            assert_eq!(date.remove("field"), Some(Value::Null));
        }
    }
    let head = head.replace(now, r#"ed:1""#);
    format!(r#"{head},"data":{data},"recordedtime":{closing}"#)
}

/// A data directory with the demo's registry, topics and pages, and its events with the stories in version 1.
fn worlds() -> (Desk, String) {
    let desk = Desk::new();
    let demo = root().join("fixtures/demo");
    let path = |name: &str| demo.join(name).display().to_string();
    desk.done(["--data", "now", "registry", "import", &path("registry.json")]);
    desk.done(["--data", "now", "topics", "import", &path("topics.json")]);
    desk.done(["--data", "now", "ingest", &path("pages")]);
    let now = desk.done(["--data", "now", "log", "export", "-"]);
    let old: String = now.lines().map(|it| in_version_1(it) + "\n").collect();
    // A story that is sighted has its first version still.
    let retired = |events: &str| {
        events.matches(r#""dataschema":"urn:dateline:event:story.re"#).count()
            - events.matches(r#"ed:2""#).count()
    };
    assert!(retired(&old) > 5 && retired(&now) == 0, "{} {}", retired(&old), retired(&now));
    (desk, old)
}

#[test]
fn a_log_of_version_1_is_projected_alike_and_its_bytes_stay_as_they_are() {
    let (desk, old) = worlds();
    desk.file("old.ndjson", &old);
    desk.done(["--data", "old", "log", "import", "old.ndjson"]);
    for scope in [["--official", "p-ket"], ["--topic", "exercise"]] {
        let timeline =
            |data| desk.done([&["--data", data, "timeline", "--json"][..], &scope[..]].concat());
        assert!(timeline("now").matches(r#""day":"#).count() > 1, "{scope:?}: nothing to compare");
        assert_eq!(timeline("old"), timeline("now"), "{scope:?}");
    }
    desk.done(["--data", "old", "rebuild"]);
    desk.done(["--data", "old", "log", "verify"]);
    assert!(desk.done(["--data", "old", "log", "export", "-"]) == old, "stored bytes were changed");
}

#[test]
fn pages_that_a_log_of_version_1_has_are_no_news_and_new_events_follow_the_old_ones() {
    let (desk, old) = worlds();
    desk.file("old.ndjson", &old);
    desk.done(["--data", "old", "log", "import", "old.ndjson"]);
    let pages = root().join("fixtures/demo/pages").display().to_string();
    desk.done(["--data", "old", "ingest", &pages]);
    assert!(desk.done(["--data", "old", "log", "export", "-"]) == old, "something was appended");

    let page = "Envoys meet in Narovets\n\n20.02.2023\n\nThe envoys of Polavia and Varegia met in Narovets on \
                Monday and spoke about the drill.\n";
    desk.file("new/page.txt", page);
    desk.done(["--data", "old", "ingest", "new"]);
    let both = desk.done(["--data", "old", "log", "export", "-"]);
    assert!(both.strip_prefix(&old).expect("the old events come first").contains(r#"reported:2""#));
    desk.done(["--data", "old", "rebuild"]);
    desk.file("both.ndjson", &both);
    desk.done(["--data", "copy", "log", "import", "both.ndjson"]);
    assert!(desk.done(["--data", "copy", "log", "export", "-"]) == both);
}

#[test]
fn an_event_of_a_later_version_stops_the_replay_and_is_named() {
    let (desk, old) = worlds();
    let lines: Vec<&str> = old.lines().collect();
    let at = lines.iter().position(|it| it.contains(r#"story.reported:1""#)).expect("a story");
    for (found, written) in [
        ("is `story.reported` version 3, this program reads up to 2", "story.reported:3\""),
        ("is no `story.reported` version 2: ", "story.reported:2\""),
    ] {
        let later = lines[at].replace("story.reported:1\"", written);
        let mut lines = lines.clone();
        lines[at] = &later;
        desk.file("later.ndjson", lines.join("\n") + "\n");
        let ended = desk.run(["--data", "later", "log", "import", "later.ndjson"]);
        assert_eq!(ended.code, Some(3), "{}", ended.stderr);
        let wanted = format!("the event at position {} {found}", at + 1);
        assert!(ended.stderr.contains(&wanted), "{}", ended.stderr);
    }
}
