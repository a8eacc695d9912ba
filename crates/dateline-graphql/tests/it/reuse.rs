//! What is not sent again, sent smaller, and shown to pages of other origins.

use std::fmt::Write as _;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use dateline_graphql::{Api, Documents, Key, KeyScope, Options, key_digest};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::client::{Answer, over, post, send_to};
use crate::world::{World, reported};

/// `query` as a GET, with `headers`.
fn get(query: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let query = query.bytes().fold(String::new(), |mut all, byte| {
        write!(all, "%{byte:02x}").unwrap();
        all
    });
    let mut request = Request::get(format!("/graphql?query={query}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

async fn send(api: &Api, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
    let response = api.router().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    (status, headers, to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
}

const OFFICIALS: &str = "{ officials(first: 10) { nodes { name } } }";

#[tokio::test]
async fn a_query_is_not_answered_again_until_the_log_goes_on() {
    let world = World::new();
    let api = over(world.clone(), Options::default());
    let (status, headers, _) = send(&api, get(OFFICIALS, &[])).await;
    assert_eq!(status, 200);
    assert_eq!(headers["cache-control"], "no-cache");
    let tag = headers["etag"].to_str().unwrap().to_owned();
    let again = || get(OFFICIALS, &[("if-none-match", &tag)]);
    let (status, headers, body) = send(&api, again()).await;
    assert_eq!((status.as_u16(), body.len(), headers["etag"].to_str().unwrap()), (304, 0, &*tag));
    let vary: Vec<_> = headers.get_all("vary").iter().map(|it| it.to_str().unwrap()).collect();
    assert!(vary.join(",").contains("accept, authorization"), "{vary:?}");
    world.append(reported("news", "Ket spoke again."));
    assert_eq!(send(&api, again()).await.0, 200);
    let other = Options { edition: "another program".to_owned(), ..Options::default() };
    let fresh = over(World::new(), other);
    assert_eq!(send(&fresh, again()).await.0, 200);
}

#[tokio::test]
async fn what_is_refused_failed_or_posted_has_no_tag() {
    let api = over(World::new(), Options::default());
    for request in [
        get("{ nothing }", &[]),
        get("{ officials(first: 0) { nodes { name } } }", &[]),
        get("{ nothing }", &[("if-none-match", "*")]),
        post(r#"{"query":"{ log { head } }"}"#),
    ] {
        let (status, headers, _) = send(&api, request).await;
        assert_ne!(status, 304);
        assert_eq!(headers.get("etag"), None);
        assert_eq!(headers["cache-control"], "no-store");
    }
}

#[tokio::test]
async fn large_answers_are_compressed_for_those_who_take_that_and_small_ones_are_not() {
    let api = over(World::new(), Options::default());
    let large =
        "{ timeline(by: { officialId: \"p-ket\" }, first: 20) { nodes { story { title body } } } }";
    for encoding in ["gzip", "br", "zstd"] {
        let (_, headers, body) = send(&api, get(large, &[("accept-encoding", encoding)])).await;
        assert_eq!(headers["content-encoding"], encoding);
        let (_, plain_headers, plain) = send(&api, get(large, &[])).await;
        assert_eq!(plain_headers.get("content-encoding"), None);
        assert!(body.len() * 2 < plain.len(), "{} of {}", body.len(), plain.len());
        let (_, headers, _) = send(&api, get(OFFICIALS, &[("accept-encoding", encoding)])).await;
        assert_eq!(headers.get("content-encoding"), None);
    }
}

#[tokio::test]
async fn pages_of_named_origins_may_ask_and_others_may_not() {
    let preflight = |origin: &str| {
        let mut request = get(
            OFFICIALS,
            &[
                ("origin", origin),
                ("access-control-request-method", "POST"),
                ("access-control-request-headers", "content-type,authorization"),
            ],
        );
        *request.method_mut() = Method::OPTIONS;
        request
    };
    let desk = "https://desk.example";
    let closed = over(World::new(), Options::default());
    let (status, headers, _) = send(&closed, preflight(desk)).await;
    assert_eq!((status.as_u16(), headers.get("access-control-allow-origin")), (405, None));
    let options = Options { origins: vec![desk.to_owned()], ..Options::default() };
    let open = over(World::new(), options);
    let (status, headers, _) = send(&open, preflight(desk)).await;
    assert_eq!(
        (status.as_u16(), &headers["access-control-allow-origin"]),
        (200, &desk.parse().unwrap())
    );
    assert!(headers["access-control-allow-headers"].to_str().unwrap().contains("authorization"));
    let (_, headers, _) = send(&open, get(OFFICIALS, &[("origin", desk)])).await;
    assert_eq!(headers["access-control-allow-origin"], desk);
    assert!(headers["access-control-expose-headers"].to_str().unwrap().contains("etag"));
    for other in ["https://evil.example", "https://desk.example.evil.example", "null"] {
        for request in [preflight(other), get(OFFICIALS, &[("origin", other)])] {
            let (_, headers, _) = send(&open, request).await;
            assert_eq!(headers.get("access-control-allow-origin"), None, "{other}");
        }
    }
}

#[tokio::test]
async fn a_request_keeps_the_id_that_it_brings_if_that_is_one() {
    let api = over(World::new(), Options::default());
    let id = |sent: &'static str| {
        let api = api.clone();
        async move {
            let (_, headers, _) = send(&api, get("{ nothing }", &[("x-request-id", sent)])).await;
            let text = |name: &str| headers[name].to_str().unwrap().to_owned();
            (text("x-request-id"), text("x-trace-id"))
        }
    };
    assert_eq!(id("desk-42:a").await.0, "desk-42:a");
    for bad in ["", "a b", "<script>"] {
        let (request, trace) = id(bad).await;
        assert_eq!(request, trace);
    }
}

/// How many operations were executed, and how many questions got what was kept.
async fn counts(api: &Api) -> (u64, u64) {
    let metrics =
        send_to(api.router(), Request::get("/metrics").body(Body::empty()).unwrap()).await;
    let value = |name: &str| {
        let line = metrics.text.lines().find_map(|it| it.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0, |it| it.parse().unwrap())
    };
    let executed = value(r#"dateline_operations_total{kind="query",outcome="answered"}"#);
    (executed, value("dateline_kept_answers_total"))
}

#[tokio::test]
async fn who_asks_the_same_is_told_the_same_without_executing_it_again() {
    let world = World::new();
    let api = over(world.clone(), Options::default());
    let ask = || post(json!({ "query": OFFICIALS }).to_string());
    let (_, first_headers, first) = send(&api, ask()).await;
    let (_, headers, again) = send(&api, ask()).await;
    assert_eq!((first, counts(&api).await), (again, (1, 1)));
    for name in ["content-type", "dateline-position", "cache-control"] {
        assert_eq!(headers[name], first_headers[name], "{name}");
    }
    // Another way to ask is another question.
    let (_, tagged, _) = send(&api, get(OFFICIALS, &[])).await;
    let (_, again, _) = send(&api, get(OFFICIALS, &[])).await;
    assert_eq!((&tagged["etag"], counts(&api).await), (&again["etag"], (2, 2)));
    let (_, older, _) = send(&api, get(OFFICIALS, &[("accept", "application/json")])).await;
    assert_eq!(older["content-type"], "application/json; charset=utf-8");
    world.append(reported("news", "Ket spoke again."));
    let (_, headers, _) = send(&api, ask()).await;
    assert_eq!(
        (&headers["dateline-position"], counts(&api).await),
        (&"38".parse().unwrap(), (3, 3))
    );
}

#[tokio::test]
async fn what_is_kept_is_for_those_who_may_read() {
    let key = |name: &str, scope| Key {
        name: name.to_owned(),
        digest: key_digest(name),
        scopes: vec![scope],
        made: "2031-07-01T00:00:00Z".parse().unwrap(),
    };
    let keys = vec![key("reader", KeyScope::Read), key("scraper", KeyScope::Ingest)];
    let api = over(World::new(), Options { keys, ..Options::default() });
    let ask = async |name: &str| {
        let mut request = post(json!({ "query": OFFICIALS }).to_string());
        let authorization = format!("Bearer {name}").parse().unwrap();
        request.headers_mut().insert("authorization", authorization);
        send(&api, request).await.0.as_u16()
    };
    assert_eq!([ask("reader").await, ask("scraper").await, ask("nobody").await], [200, 403, 401]);
}

#[tokio::test]
async fn words_that_were_read_before_mean_the_same_and_are_answered_anew() {
    let world = World::new();
    let api = over(world.clone(), Options { kept_bytes: 0, ..Options::default() });
    let ask = async |body: &Value| send_to(api.router(), post(body.to_string())).await;
    let query = "query Q($first: Int!, $with: Boolean = false) {
        timeline(by: { officialId: \"p-ket\" }, first: $first) {
            nodes { story { title } source: sourceCount @include(if: $with) } } }";
    let newest = json!({ "query": query, "variables": { "first": 1 } });
    let first = ask(&newest).await;
    assert_eq!(ask(&newest).await.text, first.text);
    world.append(reported("late", "Ket spoke again. @2039-01-01"));
    let answer = ask(&newest).await;
    let entry = answer.data("/timeline/nodes/0");
    assert_eq!(entry, json!({ "story": { "title": "Headline of late" } }));
    // The same document with other variables is other words.
    let two = json!({ "query": query, "variables": { "first": 2, "with": true } });
    assert_eq!(ask(&two).await.data("/timeline/nodes/1/source"), json!(1));
    // What is not valid is not taken on trust the second time.
    for wrong in [
        json!({ "query": "{ log { nothing } }" }),
        json!({ "query": query, "variables": { "first": "one" } }),
        json!({ "query": query, "variables": { "first": 1, "with": 3 } }),
        json!({ "query": query }),
    ] {
        let first = ask(&wrong).await;
        assert_ne!(first.json().get("errors"), None, "{wrong}");
        for _ in 0..2 {
            let again = ask(&wrong).await;
            let told =
                |it: &Answer| (it.status, it.code(), it.message(), it.json()["data"].clone());
            assert_eq!(told(&again), told(&first), "{wrong}");
        }
    }
}

#[tokio::test]
async fn errors_and_large_answers_are_not_kept() {
    let api = over(World::new(), Options { kept_bytes: 16 * 700, ..Options::default() });
    let broken = "{ officials(first: 0) { nodes { name } } }";
    let large =
        "{ timeline(by: { officialId: \"p-ket\" }, first: 20) { nodes { story { body } } } }";
    for query in [broken, large, broken, large] {
        send(&api, post(json!({ "query": query }).to_string())).await;
    }
    assert_eq!(counts(&api).await, (2, 0));
}

#[tokio::test]
async fn a_trusted_document_is_asked_for_by_its_id_and_others_can_be_locked_out() {
    let manifest =
        json!({ "abc": "query Q($n: Int!) { officials(first: $n) { nodes { name } } }" });
    let documents = |only| Documents::of_manifest(manifest.to_string().as_bytes(), only).unwrap();
    let by_id = json!({ "documentId": "abc", "variables": { "n": 1 } });
    for only in [false, true] {
        let api = over(World::new(), Options { documents: documents(only), ..Options::default() });
        let ask = async |body: &Value| {
            let answer = send_to(api.router(), post(body.to_string())).await;
            if answer.json().get("errors").is_some() { answer.code() } else { "done".to_owned() }
        };
        assert_eq!(ask(&by_id).await, "done");
        assert_eq!(ask(&json!({ "documentId": "abd" })).await, "UNKNOWN_DOCUMENT");
        assert_eq!(ask(&json!({ "documentId": 1 })).await, "BAD_REQUEST");
        assert_eq!(
            ask(&json!({ "documentId": "abc", "query": "{ log { head } }" })).await,
            "BAD_REQUEST"
        );
        let wanted = if only { "FORBIDDEN" } else { "done" };
        assert_eq!(ask(&json!({ "query": "{ log { head } }" })).await, wanted);
        let address = "/graphql?documentId=abc&variables=%7B%22n%22%3A1%7D";
        let request = Request::get(address).body(Body::empty()).unwrap();
        assert_eq!(send_to(api.router(), request).await.status, 200);
    }
}
