//! The configuration of a server: what holds, and where it comes from.

use serde_json::Value;

use crate::program::{Desk, root};

/// The settings as `dateline config --json` prints them.
fn settings(desk: &Desk, args: &[&str], variables: &[(&str, &str)]) -> Vec<Value> {
    let mut command = desk.command(["config", "--json"].iter().chain(args));
    let output = command.envs(variables.iter().copied()).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect()
}

fn held<'a>(settings: &'a [Value], name: &str) -> (&'a str, &'a str) {
    let setting = settings.iter().find(|it| it["name"] == name).expect("a setting");
    (setting["value"].as_str().expect("text"), setting["from"].as_str().expect("text"))
}

#[test]
fn a_flag_goes_before_the_environment_that_before_the_file_and_that_before_the_default() {
    let desk = Desk::new();
    let file =
        desk.file("dateline-data/dateline.toml", "deadline = 20\ncatch-up = 3\nkey-rate = 7\n");
    let named =
        desk.file("other.toml", "origins = [\"https://a.example\", \"https://b.example\"]\n");
    let variables = [("DATELINE_DEADLINE", "30"), ("DATELINE_CATCH_UP", "4")];
    let found = settings(&desk, &["--deadline", "40", "--open-reading"], &variables);
    assert_eq!(held(&found, "deadline"), ("40", "flag"));
    assert_eq!(held(&found, "open-reading"), ("true", "flag"));
    assert_eq!(held(&found, "catch-up"), ("4", "environment DATELINE_CATCH_UP"));
    let shown =
        format!("file {}", file.strip_prefix(desk.path()).expect("below the desk").display());
    assert_eq!(held(&found, "key-rate"), ("7", shown.as_str()));
    assert_eq!(held(&found, "streams"), ("20000", "default"));
    let found = settings(&desk, &["--config", named.to_str().expect("text")], &[]);
    assert_eq!(held(&found, "origins").0, "https://a.example,https://b.example");
    assert_eq!(held(&found, "deadline"), ("10", "default"));
}

#[test]
fn a_bad_setting_is_named_with_its_place_and_what_is_wanted() {
    let desk = Desk::new();
    for (text, wanted) in [
        (
            "deadline = 0",
            "`deadline` is `0`, from file dateline-data/dateline.toml; wanted 1 to 600 seconds",
        ),
        ("origins = [\"*\"]", "`origins` is `*`"),
        ("dead-line = 1", "there is no setting `dead-line`"),
        ("deadline = ", "dateline-data/dateline.toml: "),
        ("deadline = {}", "`deadline` is `{…}`"),
    ] {
        desk.file("dateline-data/dateline.toml", text);
        for command in ["config", "serve"] {
            let ended = desk.run([command]);
            assert_eq!(ended.code, Some(3), "{text}");
            assert!(ended.stderr.contains(wanted), "{text}: {}", ended.stderr);
        }
    }
    let typed = desk.run(["config", "--deadline", "x"]);
    assert_eq!(typed.code, Some(2));
    assert!(typed.stderr.contains("wanted 1 to 600 seconds"), "{}", typed.stderr);
    let missing = desk.run(["config", "--config", "nowhere.toml"]);
    assert_eq!(missing.code, Some(3));
}

#[test]
fn what_is_set_holds_for_the_server() {
    let desk = Desk::new();
    desk.file("dateline-data/dateline.toml", "address-burst = 2\naddress-rate = 1\n");
    let server =
        desk.serve(&["serve", "--listen", "127.0.0.1:0", "--origins", "https://desk.example"]);
    let path = "/graphql?query=%7Blog%7Bhead%7D%7D";
    let statuses = [(); 3].map(|()| {
        let answer = server.http("GET", path, &[("origin", "https://desk.example")], "");
        (
            answer.status,
            answer.header("access-control-allow-origin") == Some("https://desk.example"),
        )
    });
    assert_eq!(statuses, [(200, true), (200, true), (429, true)]);
    assert_eq!(server.stop("TERM"), Some(0));
}

#[test]
fn a_manifest_of_documents_locks_others_out_and_a_broken_one_is_named() {
    let desk = Desk::new();
    desk.file("documents.json", r#"{"head": "{ log { head } }"}"#);
    let args =
        ["serve", "--listen", "127.0.0.1:0", "--documents", "documents.json", "--documents-only"];
    let server = desk.serve(&args);
    let status = |body: &str| {
        let headers =
            [("content-type", "application/json"), ("accept", "application/graphql-response+json")];
        server.http("POST", "/graphql", &headers, body).status
    };
    assert_eq!(status(r#"{"documentId":"head"}"#), 200);
    assert_eq!(status(r#"{"query":"{ log { head } }"}"#), 403);
    assert_eq!(server.stop("TERM"), Some(0));
    desk.file("documents.json", r#"{"head": "{ log "}"#);
    let broken = desk.run(args);
    assert_eq!(broken.code, Some(3));
    let wanted = "documents.json: the document `head` is no GraphQL";
    assert!(broken.stderr.contains(wanted), "{}", broken.stderr);
}

#[test]
fn every_setting_is_documented_with_its_default_and_its_limits() {
    let page = std::fs::read_to_string(root().join("docs/CONFIGURATION.md")).expect("the page");
    for setting in settings(&Desk::new(), &[], &[]) {
        let text = |name: &str| setting[name].as_str().expect("text").to_owned();
        let default = if text("default").is_empty() { "none".to_owned() } else { text("default") };
        let row =
            format!("| `{}` | {default} | {} | {} |", text("name"), text("wanted"), text("help"));
        assert!(page.contains(&row), "docs/CONFIGURATION.md lacks this row:\n{row}");
    }
}
