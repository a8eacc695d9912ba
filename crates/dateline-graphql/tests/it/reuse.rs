//! What is not sent again, sent smaller, and shown to pages of other origins.

use std::fmt::Write as _;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use dateline_graphql::{Api, Options};
use tower::ServiceExt as _;

use crate::client::{over, post};
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
