//! Changes over the API, against the running program: who may make them, what is said of them, and that each is made once.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::program::{Answer, Desk, Server, root};

const WRITTEN: &str = "appended position replayed problem { __typename field message }";

/// A desk with the demo's registry and topics, its server, and a key with each of `scopes`.
struct Office {
    desk: Desk,
    server: Server,
    keys: Vec<String>,
}

impl Office {
    fn new(scopes: &[&str]) -> Self {
        let desk = Desk::new();
        let demo = root().join("fixtures/demo");
        desk.done(["registry".as_ref(), "import".as_ref(), demo.join("registry.json").as_os_str()]);
        desk.done(["topics".as_ref(), "import".as_ref(), demo.join("topics.json").as_os_str()]);
        let make = |scope: &&str| {
            let args = ["keys", "new", *scope, "--scope", "read", "--scope", scope];
            desk.done(args).trim().to_owned()
        };
        let keys = scopes.iter().map(make).collect();
        let server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
        Self { desk, server, keys }
    }

    fn key(&self) -> &str {
        &self.keys[0]
    }
}

/// The events of the log, while no server holds it.
fn events(desk: &Desk) -> Vec<Value> {
    let lines = desk.done(["log", "show", "--json"]);
    lines.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect()
}

fn send(server: &Server, key: Option<&str>, body: &Value) -> Answer {
    let authorization = key.map(|it| format!("Bearer {it}"));
    let mut headers =
        vec![("content-type", "application/json"), ("accept", "application/graphql-response+json")];
    headers.extend(authorization.as_deref().map(|it| ("authorization", it)));
    server.http("POST", "/graphql", &headers, &body.to_string())
}

/// What the mutation `field` answers to `input`, of the `fields` of its payload.
fn change(server: &Server, key: &str, field: &str, input: &Value, fields: &str) -> Value {
    let ty = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
    let query = format!("mutation M($input: {ty}!) {{ {field}(input: $input) {{ {fields} }} }}");
    let answer =
        send(server, Some(key), &json!({ "query": query, "variables": { "input": input } }));
    let json: Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(json.get("errors"), None, "{json}");
    json["data"][field].clone()
}

/// What `query` answers when the view has come to `position`.
fn ask_after(server: &Server, key: &str, query: &str, position: &Value) -> Value {
    let body = json!({ "query": query, "extensions": { "after": position } });
    let json: Value = serde_json::from_str(&send(server, Some(key), &body).body).expect("JSON");
    assert_eq!(json.get("errors"), None, "{json}");
    json["data"].clone()
}

fn page(number: u32) -> Value {
    let title = format!("The ARPO Secretary General opens bridge number {number}");
    let text = format!(
        "{title}\n\n{title} 20.02.2023\n\nOn February 20, 2023, the ARPO Secretary General Ilmangir Toskarbaliev opened the \
         bridge number {number}.\n"
    );
    json!({ "name": format!("{number}.txt"), "content": { "text": text } })
}

const STORIES: &str = "stories { storyId outcome } warnings";

#[test]
fn pages_that_are_handed_in_are_in_the_timeline_of_the_next_answer() {
    let office = Office::new(&["ingest"]);
    let input = json!({ "source": "toskar-news", "pages": [page(1), page(2)] });
    let fields = format!("{WRITTEN} {STORIES}");
    let done = change(&office.server, office.key(), "ingestPages", &input, &fields);
    assert_eq!((&done["appended"], &done["problem"]), (&json!(2), &Value::Null), "{done}");
    assert_eq!(done["stories"][1]["outcome"], "REPORTED");
    let id = &done["stories"][1]["storyId"];
    let query = format!(
        "{{ story(by: {{ id: {id} }}) {{ title source }} log {{ checkpoint }}
           timeline(by: {{ officialId: \"p-toskarbaliev\" }}, first: 5) {{ nodes {{ story {{ title }} }} }} }}"
    );
    let data = ask_after(&office.server, office.key(), &query, &done["position"]);
    assert_eq!(data["story"]["title"], "The ARPO Secretary General opens bridge number 2");
    assert_eq!(data["timeline"]["nodes"].as_array().map(Vec::len), Some(2), "{data}");
    let again = change(&office.server, office.key(), "ingestPages", &input, &fields);
    assert_eq!((&again["appended"], &again["position"]), (&json!(0), &done["position"]));
    assert_eq!(again["stories"][0]["outcome"], "UNCHANGED");
}

#[test]
fn a_story_of_a_news_system_is_reported_revised_and_retracted() {
    let office = Office::new(&["admin"]);
    let (server, key) = (&office.server, office.key());
    let story = |body: &str| {
        json!({ "source": "polta", "address": "https://polta.example/7", "title": "Bridge opens",
                "published": "2024-06-03T08:00:00Z", "language": "en", "body": body })
    };
    let fields = format!("{WRITTEN} {STORIES}");
    let text = "The ARPO Secretary General Ilmangir Toskarbaliev opened a bridge on Monday in the town of Varegrad.";
    let done = change(server, key, "reportStory", &story(text), &fields);
    assert_eq!(done["stories"][0]["outcome"], "REPORTED", "{done}");
    let id = done["stories"][0]["storyId"].as_str().expect("an id").to_owned();
    let longer = format!("{text} It is the second one of this year.");
    let revised = change(server, key, "reportStory", &story(&longer), &fields);
    assert_eq!(revised["stories"], json!([{ "storyId": id, "outcome": "REVISED" }]));
    let query = format!(
        "{{ story(by: {{ id: \"{id}\" }}) {{ title body status published {{ edtf }} page {{ name }} }} }}"
    );
    let data = ask_after(server, key, &query, &revised["position"]);
    assert_eq!(data["story"]["body"], longer);
    assert_eq!(data["story"]["published"]["edtf"], "2024-06-03T08:00:00Z");
    let input = json!({ "storyId": id, "reason": "the agency withdrew it" });
    let retracted = change(server, key, "retractStory", &input, WRITTEN);
    assert_eq!(retracted["appended"], 1);
    let data = ask_after(server, key, &query, &retracted["position"]);
    assert_eq!(data["story"]["status"], "RETRACTED");
    let again = change(server, key, "retractStory", &input, WRITTEN);
    assert_eq!((&again["appended"], &again["replayed"]), (&json!(0), &json!(false)));
}

#[test]
fn who_may_change_what_is_said_by_scopes() {
    let office = Office::new(&["read", "ingest", "editor"]);
    let [read, ingest, editor] = office.keys.as_slice() else { panic!("three keys") };
    let retract = r#"mutation { retractStory(input: { storyId: "x", reason: "y" }) { problem { __typename } } }"#;
    let hand_in =
        r#"mutation { ingestPages(input: { source: "", pages: [] }) { problem { __typename } } }"#;
    let rebuild = "mutation { startRebuild(input: {}) { started } }";
    let outcome = |key: Option<&str>, query: &str| {
        let answer = send(&office.server, key, &json!({ "query": query }));
        let json: Value = serde_json::from_str(&answer.body).expect("JSON");
        json["errors"][0]["extensions"]["code"].as_str().unwrap_or("done").to_owned()
    };
    for (key, outcomes) in [
        (None, ["UNAUTHENTICATED", "UNAUTHENTICATED", "UNAUTHENTICATED"]),
        (Some("dlk_made-up"), ["UNAUTHENTICATED", "UNAUTHENTICATED", "UNAUTHENTICATED"]),
        (Some(read.as_str()), ["FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]),
        (Some(ingest), ["FORBIDDEN", "done", "FORBIDDEN"]),
        (Some(editor), ["done", "FORBIDDEN", "FORBIDDEN"]),
    ] {
        assert_eq!([retract, hand_in, rebuild].map(|it| outcome(key, it)), outcomes, "{key:?}");
    }
    office.desk.done(["keys", "revoke", "editor"]);
    assert_eq!(outcome(Some(editor), retract), "UNAUTHENTICATED");
    for name in ["read", "ingest"] {
        office.desk.done(["keys", "revoke", name]);
    }
    assert_eq!(outcome(None, retract), "FORBIDDEN", "without keys changes are off");
}

#[test]
fn what_is_wrong_with_an_input_is_data_and_writes_nothing() {
    let office = Office::new(&["admin"]);
    let (server, key) = (&office.server, office.key());
    let head = || server_head(server, key);
    let before = head();
    let story = "0XM1ZjBjMDAwMC0wMDAwLTUwMDAtODAwMC0wMDAwMDAwMDAwMDBxcQ";
    let long_key = "k".repeat(201);
    for (field, input, problem, at) in [
        ("retractStory", json!({ "storyId": story, "reason": "x" }), "InvalidInput", "storyId"),
        ("retractStory", json!({ "storyId": story, "reason": " " }), "InvalidInput", "reason"),
        ("ingestPages", json!({ "source": "a b", "pages": [page(1)] }), "InvalidInput", "source"),
        ("ingestPages", json!({ "source": "polta", "pages": [] }), "InvalidInput", "pages"),
        (
            "ingestPages",
            json!({ "source": "polta", "pages": [{ "name": "a", "content": { "base64": "?" } }] }),
            "InvalidInput",
            "pages[0].content.base64",
        ),
        ("reportStory", json!({ "source": "polta", "body": "" }), "InvalidInput", "body"),
        (
            "reportStory",
            json!({ "source": "polta", "body": "A.", "address": "ftp://x" }),
            "InvalidInput",
            "address",
        ),
        (
            "recordTenure",
            json!({ "tenure": { "officialId": "p-nobody", "officeId": "o", "kind": "FULL" } }),
            "NotFound",
            "tenure.officialId",
        ),
        (
            "recordTenure",
            json!({ "tenure": { "officialId": "p-toskarbaliev", "officeId": "o", "kind": "FULL",
                                "from": "2024-05", "until": "2024-05" } }),
            "InvalidInput",
            "tenure.until",
        ),
        (
            "recordTopic",
            json!({ "topic": { "slug": "bridges", "labels": [] } }),
            "InvalidInput",
            "topic.labels",
        ),
        (
            "recordOfficial",
            json!({ "idempotencyKey": long_key, "official": { "registryId": "p-1", "name": "A B" } }),
            "InvalidInput",
            "idempotencyKey",
        ),
    ] {
        let done = change(server, key, field, &input, WRITTEN);
        let found = (done["problem"]["__typename"].as_str(), done["problem"]["field"].as_str());
        assert_eq!(found, (Some(problem), Some(at)), "{field}: {done}");
        assert_eq!((&done["appended"], &done["position"]), (&json!(0), &Value::Null));
    }
    assert_eq!(head(), before);
}

fn server_head(server: &Server, key: &str) -> Value {
    let answer = send(server, Some(key), &json!({ "query": "{ log { head } }" }));
    serde_json::from_str::<Value>(&answer.body).expect("JSON")["data"]["log"]["head"].clone()
}

#[test]
fn a_changed_registry_is_previewed_recorded_and_read() {
    let office = Office::new(&["admin"]);
    let (server, key) = (&office.server, office.key());
    let text =
        "The new minister, Orvena Tilsk, said that the harbour of Varegrad would be opened in May.";
    let story = json!({ "source": "polta", "title": "Harbour opens", "body": text });
    let done = change(server, key, "reportStory", &story, WRITTEN);
    ask_after(server, key, "{ log { head } }", &done["position"]);
    let official = json!({ "registryId": "p-tilsk", "name": "Orvena Tilsk" });
    let fields = "position timelineCount storyCount problem { message }
        timelines { kind registryId added removed } reattributed { to words isStatement }";
    let preview = json!({ "officials": [official] });
    let preview = change(server, key, "previewRebuild", &preview, fields);
    assert_eq!(preview["position"], done["position"], "{preview}");
    let timeline = json!({ "kind": "OFFICIAL", "registryId": "p-tilsk", "added": 1, "removed": 0 });
    assert_eq!(preview["timelines"], json!([timeline]), "{preview}");
    assert_eq!(server_head(server, key), done["position"]);
    let input = json!({ "official": official });
    let recorded = change(server, key, "recordOfficial", &input, WRITTEN);
    let query =
        r#"{ timeline(by: { officialId: "p-tilsk" }, first: 1) { nodes { story { title } } } }"#;
    let data = ask_after(server, key, query, &recorded["position"]);
    assert_eq!(data["timeline"]["nodes"][0]["story"]["title"], "Harbour opens");
}

#[test]
fn offices_organisations_tenures_and_topics_are_recorded() {
    let office = Office::new(&["editor"]);
    let (server, key) = (&office.server, office.key());
    let mut last = Value::Null;
    for (field, input) in [
        (
            "recordOrganisation",
            json!({ "organisation": { "registryId": "harbours", "name": "Harbour Board" } }),
        ),
        (
            "recordOffice",
            json!({ "office": { "registryId": "harbour-chair", "label": "Chair of the Harbour Board",
                                "organisationId": "harbours" } }),
        ),
        (
            "recordTenure",
            json!({ "tenure": { "officialId": "p-toskarbaliev", "officeId": "harbour-chair",
                                "kind": "ACTING", "from": "2024-05", "until": "2025" } }),
        ),
        (
            "recordTopic",
            json!({ "topic": { "slug": "harbours", "labels": [{ "language": "en", "text": "Harbours" }],
                               "terms": ["harbour*"] } }),
        ),
    ] {
        let done = change(server, key, field, &input, WRITTEN);
        assert_eq!((&done["appended"], &done["problem"]), (&json!(1), &Value::Null), "{done}");
        last = done["position"].clone();
        assert_eq!(change(server, key, field, &input, WRITTEN)["appended"], 0);
    }
    let query = r#"{ topic(by: { slug: "harbours" }) { label }
        official(by: { registryId: "p-toskarbaliev" }) { tenures { office { label } kind from until } } }"#;
    let data = ask_after(server, key, query, &last);
    let tenure = json!({ "office": { "label": "Chair of the Harbour Board" }, "kind": "ACTING",
                         "from": "2024-05", "until": "2025" });
    let tenures = data["official"]["tenures"].as_array().expect("tenures");
    assert!(tenures.contains(&tenure), "{data}");
}

#[test]
fn a_request_that_is_sent_again_is_carried_out_once_also_behind_a_contrary_one() {
    let office = Office::new(&["admin"]);
    let (server, key) = (&office.server, office.key());
    let input = json!({ "source": "polta", "pages": [page(1)], "idempotencyKey": "pages" });
    let pages = change(server, key, "ingestPages", &input, &format!("{WRITTEN} {STORIES}"));
    let id = pages["stories"][0]["storyId"].clone();
    let ruling = |holds: bool, name: &str| json!({ "storyId": id, "on": { "topicId": "exercise" }, "holds": holds, "idempotencyKey": name });
    let first = change(server, key, "makeRuling", &ruling(true, "first"), WRITTEN);
    let second = change(server, key, "makeRuling", &ruling(false, "second"), WRITTEN);
    assert_eq!((&first["appended"], &second["appended"]), (&json!(1), &json!(1)), "{first}");
    let again = change(server, key, "makeRuling", &ruling(true, "first"), WRITTEN);
    assert_eq!((&again["replayed"], &again["position"]), (&json!(true), &first["position"]));
    let reused = change(server, key, "makeRuling", &ruling(true, "second"), WRITTEN);
    assert_eq!(reused["problem"]["__typename"], "IdempotencyKeyReused");
    let again = change(server, key, "ingestPages", &input, WRITTEN);
    assert_eq!((&again["replayed"], &again["appended"]), (&json!(true), &json!(1)));
    let other = json!({ "source": "polta", "pages": [page(2)], "idempotencyKey": "pages" });
    let other = change(server, key, "ingestPages", &other, WRITTEN);
    assert_eq!(other["problem"]["__typename"], "IdempotencyKeyReused");
    // Without a key what the log says already is not written again.
    let mut same = ruling(false, "");
    same.as_object_mut().expect("an object").remove("idempotencyKey");
    assert_eq!(change(server, key, "makeRuling", &same, WRITTEN)["appended"], 0);
}

#[test]
fn a_kill_between_write_and_answer_leaves_one_event_however_often_it_is_sent_again() {
    let Office { desk, mut server, keys } = Office::new(&["admin"]);
    let key = keys[0].as_str();
    let input = |round: u32| json!({ "source": "polta", "pages": [page(round)], "idempotencyKey": round.to_string() });
    for round in 0..6_u32 {
        let body = json!({
            "query": "mutation M($input: IngestPagesInput!) { ingestPages(input: $input) { position } }",
            "variables": { "input": input(round) },
        });
        server.begin(key, &body.to_string());
        // Sometimes before the write, sometimes behind it.
        std::thread::sleep(Duration::from_millis(u64::from(round * round)));
        server.stop("KILL");
        server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
        let done = change(&server, key, "ingestPages", &input(round), WRITTEN);
        let again = change(&server, key, "ingestPages", &input(round), WRITTEN);
        assert_eq!((&done["appended"], &again["replayed"]), (&json!(1), &json!(true)), "{done}");
        assert_eq!(done["position"], again["position"]);
    }
    assert_eq!(server.stop("TERM"), Some(0));
    let reported = events(&desk).into_iter().filter(|it| it["type"] == "story.reported");
    let correlations: Vec<_> = reported.map(|it| it["correlationid"].to_string()).collect();
    assert_eq!(correlations.len(), 6, "{correlations:?}");
}

#[test]
fn an_answer_waits_for_its_position_and_says_so_when_that_does_not_come() {
    let office = Office::new(&["admin"]);
    let body = json!({ "query": "{ log { head } }", "extensions": { "after": "999999" } });
    let start = Instant::now();
    let answer = send(&office.server, Some(office.key()), &body);
    assert!(start.elapsed() >= Duration::from_secs(5), "it did not wait");
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("UNKNOWN_POSITION"), "{}", answer.body);
    let body = json!({ "query": "{ log { head } }", "extensions": { "after": 3 } });
    let answer = send(&office.server, Some(office.key()), &body);
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("BAD_REQUEST"), "{}", answer.body);
}

#[test]
fn a_rebuild_is_started_once() {
    let office = Office::new(&["admin"]);
    let (server, key) = (&office.server, office.key());
    let input = json!({ "idempotencyKey": "tuesday" });
    let fields = "started position problem { message }";
    let first = change(server, key, "startRebuild", &input, fields);
    assert_eq!((&first["started"], &first["problem"]), (&json!(true), &Value::Null));
    let again = change(server, key, "startRebuild", &input, fields);
    assert_eq!((&again["started"], &again["position"]), (&json!(false), &first["position"]));
    let until = Instant::now() + Duration::from_secs(60);
    let authorization = format!("Bearer {key}");
    let rebuilt = || {
        let headers = [("authorization", authorization.as_str())];
        let metrics = server.http("GET", "/metrics", &headers, "").body;
        metrics.lines().any(|it| it == "dateline_rebuilds_total 1")
    };
    while !rebuilt() {
        assert!(Instant::now() < until, "the rebuild does not end");
        std::thread::sleep(Duration::from_millis(50));
    }
}
