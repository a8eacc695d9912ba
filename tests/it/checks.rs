//! What an operator asks of the running program.

use serde_json::Value;

use crate::program::{Desk, root};

#[test]
fn a_running_server_is_ready_and_tells_how_it_stands() {
    let desk = Desk::new();
    let demo = root().join("fixtures/demo");
    desk.done(["registry".as_ref(), "import".as_ref(), demo.join("registry.json").as_os_str()]);
    desk.done(["ingest".as_ref(), demo.join("pages").as_os_str()]);
    let server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
    let ready = server.http("GET", "/readyz", &[], "");
    let state: Value = serde_json::from_str(&ready.body).expect("JSON");
    assert_eq!((ready.status, state["status"].as_str()), (200, Some("ready")));
    assert_eq!((&state["lag"], &state["lag_seconds"]), (&0.into(), &0.into()));
    let log = server.query("{ log { chainHead } }");
    let metrics = server.http("GET", "/metrics", &[], "").body;
    let head = state["head"].as_str().expect("a head");
    for line in [
        r#"dateline_http_requests_total{route="/graphql",status="200"} 1"#,
        &format!("dateline_log_head {head}"),
        &format!("dateline_view_checkpoint {head}"),
        "dateline_view_stopped 0",
    ] {
        assert!(metrics.lines().any(|it| it == line), "{line}\n{metrics}");
    }
    assert_eq!(server.stop("TERM"), Some(0));
    let verified: Value =
        serde_json::from_str(&desk.done(["log", "verify", "--json"])).expect("JSON");
    assert_eq!(log["data"]["log"]["chainHead"], verified["chain"]);
    assert!(verified["chain"].is_string());
}

#[test]
fn the_tag_of_an_answer_outlives_the_server() {
    let desk = Desk::new();
    desk.done(["ingest".as_ref(), root().join("fixtures/demo/pages").as_os_str()]);
    let ask = |tag: Option<&str>| {
        let server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
        let headers: Vec<_> = tag.iter().map(|it| ("if-none-match", *it)).collect();
        let answer = server.http("GET", "/graphql?query=%7Blog%7Bcheckpoint%7D%7D", &headers, "");
        assert_eq!(server.stop("TERM"), Some(0));
        (answer.status, answer.header("etag").expect("a tag").to_owned())
    };
    let (status, tag) = ask(None);
    assert_eq!(status, 200);
    assert_eq!(ask(Some(&tag)), (304, tag));
}
