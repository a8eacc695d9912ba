//! A client in the same process: a request in, status, headers and JSON out.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use dateline_graphql::{Api, Options};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::world::World;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The value of `data` at `path`, which must have come without an error.
    pub(crate) fn data(&self, path: &str) -> Value {
        let json = self.json();
        assert_eq!(json.get("errors"), None, "{json}");
        json["data"].pointer(path).unwrap_or_else(|| panic!("no {path} in {json}")).clone()
    }

    /// The code of the only error.
    pub(crate) fn code(&self) -> String {
        let json = self.json();
        assert_eq!(json["errors"].as_array().map(Vec::len), Some(1), "{json}");
        let extensions = &json["errors"][0]["extensions"];
        assert_eq!(extensions["traceId"].as_str(), self.header("x-trace-id"), "{json}");
        extensions["code"].as_str().unwrap().to_owned()
    }

    /// The text of the first error.
    pub(crate) fn message(&self) -> String {
        self.json()["errors"][0]["message"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|it| it.to_str().unwrap())
    }
}

/// The service over the whole world.
pub(crate) fn api() -> Api {
    over(World::new(), Options::default())
}

/// The service over `world`.
pub(crate) fn over(world: World, options: Options) -> Api {
    Api::new(world.clone(), world, options)
}

pub(crate) fn service() -> Router {
    api().router()
}

pub(crate) async fn send_to(service: Router, request: Request<Body>) -> Answer {
    let response = service.oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Answer { status, headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

pub(crate) async fn send(request: Request<Body>) -> Answer {
    send_to(service(), request).await
}

/// A POST of `body` by a client that knows the newer media type.
pub(crate) fn post(body: impl Into<Body>) -> Request<Body> {
    Request::post("/graphql")
        .header("content-type", "application/json")
        .header("accept", "application/graphql-response+json")
        .body(body.into())
        .unwrap()
}

/// Asks `query` with `variables`.
pub(crate) async fn ask_with(query: &str, variables: Value) -> Answer {
    send(post(json!({ "query": query, "variables": variables }).to_string())).await
}

/// Asks `query`.
pub(crate) async fn ask(query: &str) -> Answer {
    ask_with(query, Value::Null).await
}
