//! The rules of GraphQL over HTTP, and what every answer carries.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::Request;
use dateline_graphql::Options;
use futures_util::stream;
use serde_json::json;

use crate::client::{ask, ask_with, over, post, send, send_to};
use crate::world::World;

const LOG: &str = r#"{"query":"{ log { head } }"}"#;

fn with_accept(accept: &str, body: &'static str) -> Request<Body> {
    let mut request = post(body);
    request.headers_mut().insert("accept", accept.parse().unwrap());
    request
}

fn get(uri: &str) -> Request<Body> {
    Request::get(uri).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn the_media_type_follows_what_the_client_takes() {
    for (accept, content_type) in [
        ("application/graphql-response+json", "application/graphql-response+json; charset=utf-8"),
        ("application/json", "application/json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
    ] {
        let answer = send(with_accept(accept, LOG)).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some(content_type));
        assert_eq!(answer.header("vary"), Some("accept, authorization"));
    }
    let answer = send(with_accept("image/png", LOG)).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (406, "NOT_ACCEPTABLE"));
}

#[tokio::test]
async fn a_document_that_is_refused_has_no_data_and_a_status_by_media_type() {
    for (query, code) in [
        (r#"{"query":"{ log "}"#, "PARSE_FAILED"),
        (r#"{"query":"{ nothing }"}"#, "VALIDATION_FAILED"),
        (r#"{"query":"mutation { log { head } }"}"#, "VALIDATION_FAILED"),
        (r#"{"query":"subscription { log { head } }"}"#, "VALIDATION_FAILED"),
        (r#"{"query":"query A { log { head } } query B { log { head } }"}"#, "VALIDATION_FAILED"),
        (r#"{"query":"{ log { head } }","operationName":"C"}"#, "VALIDATION_FAILED"),
        (r#"{"query":"query Q($a: Int!) { topics(first: $a) { nodes { id } } }"}"#, "BAD_INPUT"),
    ] {
        let new = send(post(query)).await;
        let old = send(with_accept("application/json", query)).await;
        assert_eq!((new.code().as_str(), old.code().as_str()), (code, code), "{query}");
        assert_eq!((new.status.as_u16(), old.status.as_u16()), (400, 200), "{query}");
        assert_eq!(new.json().get("data"), None, "{query}");
        assert_eq!(old.json().get("data"), None, "{query}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_request_is_refused_with_400_in_both_media_types() {
    for body in [
        "",
        "{",
        "null",
        "\"{ log { head } }\"",
        "[{\"query\":\"{ log { head } }\"}]",
        "{}",
        r#"{"query":1}"#,
        r#"{"query":"{ log { head } }","operationName":{}}"#,
        r#"{"query":"{ log { head } }","variables":[]}"#,
        r#"{"query":"{ log { head } }","variables":"{}"}"#,
        r#"{"query":"{ log { head } }","extensions":1}"#,
    ] {
        for accept in ["application/json", "application/graphql-response+json"] {
            let answer = send(with_accept(accept, body)).await;
            assert_eq!(
                (answer.status.as_u16(), answer.code().as_str()),
                (400, "BAD_REQUEST"),
                "{body}"
            );
            assert_eq!(answer.json().get("data"), None);
        }
    }
}

#[tokio::test]
async fn only_json_in_utf_8_is_taken_as_a_body() {
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=utf-16",
    ] {
        let mut request = post(LOG);
        request.headers_mut().insert("content-type", content_type.parse().unwrap());
        let answer = send(request).await;
        assert_eq!(
            (answer.status.as_u16(), answer.code().as_str()),
            (415, "UNSUPPORTED_MEDIA_TYPE")
        );
    }
    let mut request = post(LOG);
    request.headers_mut().remove("content-type");
    assert_eq!(send(request).await.status, 415);
    let mut request = post(LOG);
    let json = "Application/JSON; Charset=\"UTF-8\"".parse().unwrap();
    request.headers_mut().insert("content-type", json);
    assert_eq!(send(request).await.status, 200);
}

#[tokio::test]
async fn a_get_asks_and_never_changes() {
    let answer = send(get("/graphql?query=%7Blog%7Bhead+%7D%7D&variables=%7B%7D")).await;
    assert_eq!(answer.data("/log/head"), "39");
    let answer = send(get("/graphql?query=mutation%7Bx%7D")).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (405, "METHOD_NOT_ALLOWED"));
    assert_eq!(answer.header("allow"), Some("POST"));
    for uri in [
        "/graphql",
        "/graphql?query=%zz",
        "/graphql?query=%ff",
        "/graphql?query={log{head}}&variables=[1]",
        "/graphql?query={log{head}}&variables={",
    ] {
        let answer = send(get(&uri.replace('{', "%7B").replace('}', "%7D"))).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "BAD_REQUEST"), "{uri}");
    }
}

#[tokio::test]
async fn other_methods_are_told_which_ones_there_are() {
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
        let request =
            Request::builder().method(method).uri("/graphql").body(Body::empty()).unwrap();
        let answer = send(request).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (405, "METHOD_NOT_ALLOWED"));
        assert_eq!(answer.header("allow"), Some("GET, HEAD, POST"));
    }
    let answer = send(get("/nowhere")).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (404, "NOT_FOUND"));
}

#[tokio::test]
async fn a_browser_gets_a_page_that_loads_nothing_from_anywhere() {
    let mut request = get("/graphql?query=x");
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    request.headers_mut().insert("accept", browser.parse().unwrap());
    let answer = send(request).await;
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    for outside in ["http://", "https://", "<link", "<img", "src=", "@import", "url("] {
        assert!(!answer.text.contains(outside), "the page has {outside}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_browsers_from_guessing() {
    for request in [post(LOG), post("{"), get("/healthz"), get("/nowhere"), get("/")] {
        let answer = send(request).await;
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ] {
            assert_eq!(answer.header(name), Some(value));
        }
        assert_eq!(answer.header("x-trace-id").map(str::len), Some(32));
    }
}

#[tokio::test]
async fn the_trace_of_the_caller_is_named_in_the_error() {
    let mut request = post("{");
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".parse().unwrap();
    request.headers_mut().insert("traceparent", trace);
    let answer = send(request).await;
    let extensions = &answer.json()["errors"][0]["extensions"];
    assert_eq!(extensions["traceId"], "4bf92f3577b34da6a3ce929d0e0e4736");
}

#[tokio::test]
async fn the_health_check_tells_position_and_lag() {
    let answer = send(get("/healthz")).await;
    assert_eq!(answer.status, 200);
    let wanted =
        json!({ "status": "ok", "position": "37", "head": "39", "lag": 2, "lag_seconds": 0 });
    assert_eq!(answer.json(), wanted);
    let post = Request::post("/healthz").body(Body::empty()).unwrap();
    assert_eq!(send(post).await.status, 405);
}

#[tokio::test]
async fn a_view_without_events_answers_too() {
    let service = over(World::up_to(0), Options::default()).router();
    let answer = send_to(service.clone(), post(r#"{"query":"{ log { checkpoint } }"}"#)).await;
    assert!(answer.data("/log/checkpoint").is_null());
    assert!(answer.json()["extensions"]["position"].is_null());
    assert_eq!(send_to(service, get("/healthz")).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let options = Options { deadline: Duration::from_secs(2), ..Options::default() };
    let never = stream::pending::<Result<Bytes, std::io::Error>>();
    let answer =
        send_to(over(World::new(), options).router(), post(Body::from_stream(never))).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "DEADLINE_EXCEEDED"));
}

#[tokio::test]
async fn a_variable_that_was_not_sent_has_its_default_in_directives_too() {
    let query = "query Q($with: Boolean = true, $size: Int = 1) {
        log { head @include(if: $with) lag @skip(if: $with) }
        topics(first: $size) { nodes { slug } }
    }";
    let answer = ask(query).await;
    assert_eq!(answer.data("/log"), json!({ "head": "39" }));
    assert_eq!(answer.data("/topics/nodes"), json!([{ "slug": "civil-defence" }]));
    let answer = ask_with(query, json!({ "with": false, "size": 2 })).await;
    assert_eq!(answer.data("/log"), json!({ "lag": 2 }));
}

#[tokio::test]
async fn a_lookup_by_none_or_both_of_its_keys_is_refused() {
    for by in ["{}", "{ id: \"x\", registryId: \"y\" }", "{ id: null }", "null", "{ name: \"x\" }"]
    {
        let answer = ask(&format!("{{ official(by: {by}) {{ name }} }}")).await;
        assert_eq!(answer.code(), "VALIDATION_FAILED", "{by}");
        assert_eq!(answer.status, 400);
    }
}
