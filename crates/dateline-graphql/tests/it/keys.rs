//! Keys on every transport, and how often somebody may ask.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use dateline_graphql::{Api, Key, KeyScope, Options, RateLimit, RateLimits, key_digest};
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tower::ServiceExt as _;

use crate::client::{Answer, over, post, send_to};
use crate::talker::{PATIENCE, Served, Talker, served};
use crate::world::World;

const LOG: &str = r#"{"query":"{ log { head } }"}"#;
const FEED: &str = "subscription { timelineChanges(by: {officialId: \"p-ket\"}) { change } }";

/// A key whose text is its name.
fn key(name: &str, scopes: &[KeyScope]) -> Key {
    let made = "2031-07-01T00:00:00Z".parse().unwrap();
    Key { name: name.to_owned(), digest: key_digest(name), scopes: scopes.to_vec(), made }
}

fn keyed() -> Options {
    let keys = vec![key("reader", &[KeyScope::Read]), key("scraper", &[KeyScope::Ingest])];
    Options { keys, ..Options::default() }
}

async fn ask(api: &Api, mut request: Request<Body>, authorization: Option<&str>) -> Answer {
    if let Some(it) = authorization {
        request.headers_mut().insert("authorization", it.parse().unwrap());
    }
    send_to(api.router(), request).await
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn with_keys_every_question_wants_one_that_may_read() {
    let api = over(World::new(), keyed());
    for path in ["/graphql", "/feeds/official/p-ket.json", "/metrics"] {
        let request = || if path == "/graphql" { post(LOG) } else { get(path) };
        for (authorization, status, code) in [
            (None, 401, "UNAUTHENTICATED"),
            (Some("Bearer nobody"), 401, "UNAUTHENTICATED"),
            (Some("Bearer "), 401, "UNAUTHENTICATED"),
            (Some("Digest reader"), 401, "UNAUTHENTICATED"),
            (Some("Bearer scraper"), 403, "FORBIDDEN"),
        ] {
            let answer = ask(&api, request(), authorization).await;
            assert_eq!(answer.status, status, "{path} {authorization:?}");
            assert_eq!(answer.code(), code);
            assert_eq!(answer.header("www-authenticate").is_some(), status == 401);
        }
        for authorization in ["Bearer reader", "bearer  reader", "Basic eDpyZWFkZXI="] {
            assert_eq!(ask(&api, request(), Some(authorization)).await.status, 200, "{path}");
        }
    }
    for path in ["/healthz", "/readyz"] {
        assert_eq!(ask(&api, get(path), None).await.status, 200);
    }
}

#[tokio::test]
async fn a_tag_is_no_key() {
    let api = over(World::new(), keyed());
    let request = || get("/graphql?query=%7Blog%7Bhead%7D%7D");
    let tag = ask(&api, request(), Some("Bearer reader")).await.header("etag").unwrap().to_owned();
    let again = |authorization: Option<&'static str>| {
        let (api, mut request) = (api.clone(), request());
        request.headers_mut().insert("if-none-match", tag.parse().unwrap());
        async move { ask(&api, request, authorization).await.status.as_u16() }
    };
    assert_eq!(again(Some("Bearer reader")).await, 304);
    assert_eq!((again(None).await, again(Some("Bearer scraper")).await), (401, 403));
}

#[tokio::test]
async fn reading_can_be_left_open_beside_keys() {
    let api = over(World::new(), Options { reading_is_open: true, ..keyed() });
    assert_eq!(ask(&api, post(LOG), None).await.status, 200);
    assert_eq!(ask(&api, post(LOG), Some("Bearer nobody")).await.status, 401);
}

#[tokio::test]
async fn a_socket_is_closed_by_what_its_key_is() {
    let served = served(keyed()).await;
    let init = |payload: Value| json!({ "type": "connection_init", "payload": payload });
    for (payload, code) in [
        (json!({}), 4401),
        (json!({ "authorization": "Bearer nobody" }), 4403),
        (json!({ "authorization": 1 }), 4403),
    ] {
        let mut talker = Talker::of(&served).await;
        talker.say(&init(payload)).await;
        assert_eq!(talker.closed().await, code);
    }
    let mut talker = Talker::of(&served).await;
    talker.say(&init(json!({ "Authorization": "Bearer reader" }))).await;
    assert_eq!(talker.hear().await, json!({ "type": "connection_ack" }));
    talker.subscribe("q", "{ log { head } }").await;
    assert_eq!(talker.hear().await["payload"]["data"]["log"]["head"], "39");
    let mut scraper = Talker::of(&served).await;
    scraper.say(&init(json!({ "authorization": "Bearer scraper" }))).await;
    assert_eq!(scraper.hear().await, json!({ "type": "connection_ack" }));
    scraper.subscribe("q", FEED).await;
    assert_eq!(scraper.hear().await["payload"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test]
async fn a_key_in_the_upgrade_serves_for_the_socket_and_a_bad_one_opens_none() {
    let served = served(keyed()).await;
    let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
    let open = async |key| Talker::open(served.address, &[protocol, ("authorization", key)]).await;
    let mut talker = open("Bearer reader").await.unwrap();
    talker.say(&json!({ "type": "connection_init" })).await;
    assert_eq!(talker.hear().await, json!({ "type": "connection_ack" }));
    let refused = open("Bearer nobody").await.err().expect("no socket").to_string();
    assert!(refused.contains("401"), "{refused}");
}

#[tokio::test]
async fn who_loses_a_key_loses_its_streams() {
    let served = served(keyed()).await;
    let mut talker = Talker::of(&served).await;
    let payload = json!({ "authorization": "Bearer reader" });
    talker.say(&json!({ "type": "connection_init", "payload": payload })).await;
    talker.hear().await;
    talker.subscribe("f", FEED).await;
    talker.hear().await;
    let mut request = post(json!({ "query": FEED }).to_string());
    request.headers_mut().insert("accept", "text/event-stream".parse().unwrap());
    request.headers_mut().insert("authorization", "Bearer reader".parse().unwrap());
    let response = served.api.router().oneshot(request).await.unwrap();
    let mut events = response.into_body().into_data_stream();
    assert!(events.next().await.unwrap().unwrap().starts_with(b"event: next"));
    served.api.set_keys(vec![key("other", &[KeyScope::Read])]);
    assert_eq!(talker.closed().await, 4403);
    let last = tokio::time::timeout(PATIENCE, events.next()).await.unwrap().unwrap().unwrap();
    let last = std::str::from_utf8(&last).unwrap();
    assert!(last.contains("UNAUTHENTICATED") && last.ends_with("event: complete\ndata:\n\n"));
    assert!(events.next().await.is_none());
    assert_eq!(ask(&served.api, post(LOG), Some("Bearer reader")).await.status, 401);
    assert_eq!(ask(&served.api, post(LOG), Some("Bearer other")).await.status, 200);
}

#[tokio::test]
async fn the_first_key_ends_streams_that_were_open_to_all() {
    let served = served(Options::default()).await;
    let mut talker = Talker::ready(&served).await;
    served.api.set_keys(vec![key("reader", &[KeyScope::Read])]);
    assert_eq!(talker.closed().await, 4401);
}

const RETRACT: &str =
    "mutation { retractStory(input: {storyId: \"x\", reason: \"y\"}) { position } }";
const REBUILD: &str = "mutation { startRebuild(input: {}) { started problem { __typename } } }";

#[tokio::test]
async fn a_change_over_a_socket_needs_its_scope_too() {
    let chief = key("chief", &[KeyScope::Admin]);
    let served = served(Options {
        keys: vec![chief, key("reader", &[KeyScope::Read])],
        ..Options::default()
    });
    let served = served.await;
    let open = async |name: &str| {
        let mut talker = Talker::of(&served).await;
        let payload = json!({ "authorization": format!("Bearer {name}") });
        talker.say(&json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(talker.hear().await, json!({ "type": "connection_ack" }));
        talker
    };
    let mut reader = open("reader").await;
    reader.subscribe("m", RETRACT).await;
    let payload = reader.hear().await["payload"].clone();
    assert_eq!(payload["errors"][0]["extensions"]["code"], "FORBIDDEN", "{payload}");
    let mut chief = open("chief").await;
    chief.subscribe("m", REBUILD).await;
    let started = chief.hear().await["payload"]["data"]["startRebuild"].clone();
    // This service only answers.
    assert_eq!(started, json!({ "started": false, "problem": { "__typename": "Unavailable" } }));
}

#[tokio::test]
async fn changes_are_off_without_keys_and_never_asked_by_get() {
    let api = over(World::new(), Options::default());
    let answer = ask(&api, post(json!({ "query": RETRACT }).to_string()), None).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (200, "FORBIDDEN"));
    let query: String = RETRACT.replace(' ', "%20").replace('"', "%22");
    let answer = ask(&api, get(&format!("/graphql?query={query}")), None).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (405, "METHOD_NOT_ALLOWED"));
}

#[tokio::test]
async fn only_who_may_hand_in_pages_may_send_much() {
    let api = over(World::new(), keyed());
    let large =
        || post(format!("{{\"query\":\"{{log}}\",\"pad\":\"{}\"}}", "x".repeat(1024 * 1024)));
    let answer = ask(&api, large(), Some("Bearer reader")).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (413, "PAYLOAD_TOO_LARGE"));
    let answer = ask(&api, large(), Some("Bearer scraper")).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (403, "FORBIDDEN"));
    let huge = post(" ".repeat(25 * 1024 * 1024));
    assert_eq!(ask(&api, huge, Some("Bearer scraper")).await.status, 413);
}

/// A request on a connection of its own; gives the head of the answer in small letters.
async fn head(served: &Served, path: &str, headers: &str) -> String {
    let mut stream = tokio::net::TcpStream::connect(served.address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    text.to_lowercase()
}

fn slow(burst: u32) -> RateLimits {
    let limit = RateLimit { per_second: 1, burst };
    RateLimits { key: limit, address: limit }
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let served = served(Options { rates: slow(3), reading_is_open: true, ..keyed() }).await;
    let path = "/graphql?query=%7blog%7bhead%7d%7d";
    for _ in 0..3 {
        assert!(head(&served, path, "").await.starts_with("http/1.1 200"));
    }
    let refused = head(&served, path, "").await;
    assert!(refused.starts_with("http/1.1 429"), "{refused}");
    assert!(refused.contains("\r\nretry-after: 1\r\n"), "{refused}");
    assert!(refused.contains("rate_limited") && refused.contains("\"retryafter\":1"), "{refused}");
    // An unknown key is counted for the address, and a good one for itself.
    let stranger = head(&served, path, "authorization: Bearer nobody\r\n").await;
    assert!(stranger.starts_with("http/1.1 429"), "{stranger}");
    let known = "authorization: Bearer reader\r\n";
    for _ in 0..3 {
        assert!(head(&served, path, known).await.starts_with("http/1.1 200"));
    }
    assert!(head(&served, path, known).await.starts_with("http/1.1 429"));
    assert!(head(&served, "/healthz", "").await.starts_with("http/1.1 200"));
    let metrics = ask(&served.api, get("/metrics"), None).await.text;
    for line in [
        r#"dateline_refusals_total{by="rate_of_address"} 2"#,
        r#"dateline_refusals_total{by="rate_of_key"} 1"#,
    ] {
        assert!(metrics.contains(line), "{metrics}");
    }
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert!(head(&served, path, "").await.starts_with("http/1.1 200"));
}

#[tokio::test]
async fn a_socket_that_asks_too_often_is_closed() {
    let served = served(Options { rates: slow(4), ..Options::default() }).await;
    let mut talker = Talker::ready(&served).await;
    for id in ["1", "2", "3", "4"] {
        talker.subscribe(id, "{ log { head } }").await;
    }
    assert_eq!(talker.closed().await, 4429);
}
