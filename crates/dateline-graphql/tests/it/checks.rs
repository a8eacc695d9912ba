//! What machines that look after the service ask it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use dateline_graphql::{Api, Attribute, Options, Readiness, Span, SpanKind, SpanSink};

use crate::client::{Answer, over, post, send_to};
use crate::world::World;

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

async fn asked(api: &Api, path: &str) -> Answer {
    send_to(api.router(), get(path)).await
}

/// The state of the service with `readiness`, as `/readyz` tells it.
async fn state(world: &World, readiness: Readiness) -> (u16, String) {
    let clock = || "2031-07-02T00:10:00Z".parse().unwrap();
    let options = Options { readiness, clock, ..Options::default() };
    let answer = asked(&over(world.clone(), options), "/readyz").await;
    (answer.status.as_u16(), answer.json()["status"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_service_is_ready_while_its_view_is_close_enough_behind_the_log() {
    let world = World::new();
    let close = Readiness { lag_events: 2, ..Readiness::default() };
    assert_eq!(state(&world, close).await, (200, "ready".to_owned()));
    let closer = Readiness { lag_events: 1, ..Readiness::default() };
    assert_eq!(state(&world, closer).await, (503, "behind".to_owned()));
    world.wait_since("2031-07-02T00:09:00Z");
    let minute = Readiness { lag: Duration::from_secs(60), ..Readiness::default() };
    assert_eq!(state(&world, minute).await, (200, "ready".to_owned()));
    let less = Readiness { lag: Duration::from_secs(59), ..Readiness::default() };
    assert_eq!(state(&world, less).await, (503, "behind".to_owned()));
}

#[tokio::test]
async fn a_projector_that_stopped_makes_the_service_unready_and_leaves_it_alive() {
    let world = World::new();
    world.fail("the event at position 40 cannot be decoded");
    let api = over(world, Options::default());
    let ready = asked(&api, "/readyz").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.json()["status"], "stopped");
    assert_eq!(ready.json()["failure"], "the event at position 40 cannot be decoded");
    let alive = asked(&api, "/healthz").await;
    assert_eq!((alive.status.as_u16(), alive.json()["status"].as_str()), (200, Some("stale")));
}

/// The value of a line of `metrics`; 0 where there is none.
fn value(metrics: &str, name: &str) -> f64 {
    let line = metrics.lines().find_map(|it| it.strip_prefix(name)?.strip_prefix(' '));
    line.map_or(0.0, |it| it.parse().unwrap())
}

#[tokio::test]
async fn metrics_count_what_was_asked_and_say_how_the_view_stands() {
    let api = over(World::new(), Options::default());
    for query in [r#"{"query":"{ log { head } }"}"#, r#"{"query":"{ nothing }"}"#] {
        send_to(api.router(), post(query)).await;
    }
    let flood = format!(r#"{{"query":"{{ {} }}"}}"#, "log { head } ".repeat(2_000));
    send_to(api.router(), post(flood)).await;
    for path in ["/feeds/official/p-ket", "/feeds/official/nobody", "/made-up/1", "/made-up/2"] {
        asked(&api, path).await;
    }
    let answer = asked(&api, "/metrics").await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("content-type"),
        Some("application/openmetrics-text; version=1.0.0; charset=utf-8")
    );
    assert!(answer.text.ends_with("# EOF\n"), "{}", answer.text);
    for (name, wanted) in [
        (r#"dateline_http_requests_total{route="/graphql",status="200"}"#, 1.0),
        (r#"dateline_http_requests_total{route="/graphql",status="400"}"#, 2.0),
        (r#"dateline_http_requests_total{route="/feeds/",status="200"}"#, 1.0),
        (r#"dateline_http_requests_total{route="/feeds/",status="404"}"#, 1.0),
        (r#"dateline_http_requests_total{route="other",status="404"}"#, 2.0),
        (r#"dateline_http_request_duration_seconds_count{route="/graphql"}"#, 3.0),
        (r#"dateline_http_request_duration_seconds_bucket{le="10.0",route="/graphql"}"#, 3.0),
        (r#"dateline_operations_total{kind="query",outcome="answered"}"#, 1.0),
        (r#"dateline_operations_total{kind="query",outcome="refused"}"#, 1.0),
        (r#"dateline_refusals_total{by="tokens"}"#, 1.0),
        ("dateline_log_head", 39.0),
        ("dateline_view_checkpoint", 37.0),
        ("dateline_view_lag_events", 2.0),
        ("dateline_view_stopped", 0.0),
        ("dateline_rebuilds_total", 2.0),
        ("dateline_open_streams", 0.0),
    ] {
        assert!((value(&answer.text, name) - wanted).abs() < 1e-9, "{name}\n{}", answer.text);
    }
}

/// Keeps what it is told.
#[derive(Debug, Default)]
struct Told(Mutex<Vec<Span>>);

impl SpanSink for Told {
    fn ended(&self, span: Span) {
        self.0.lock().unwrap().push(span);
    }
}

#[tokio::test]
async fn a_request_is_a_span_and_its_operation_another_below_it() {
    let told = Arc::new(Told::default());
    let clock = || "2031-07-02T00:10:00Z".parse().unwrap();
    let spans: Option<Arc<dyn SpanSink>> = Some(told.clone());
    let api = over(World::new(), Options { spans, clock, ..Options::default() });
    let asked = post(r#"{"query":"query Head { log { head } }"}"#);
    let trace = send_to(api.router(), asked).await.header("x-trace-id").unwrap().to_owned();
    let spans = std::mem::take(&mut *told.0.lock().unwrap());
    let [operation, request] = spans.try_into().unwrap();
    assert_eq!((operation.name.as_str(), request.name.as_str()), ("query Head", "POST /graphql"));
    assert_eq!((operation.kind, request.kind), (SpanKind::Internal, SpanKind::Server));
    assert_eq!((operation.parent, request.parent), (Some(request.id), None));
    assert_eq!((format!("{:032x}", operation.trace), operation.trace), (trace, request.trace));
    assert!(operation.start >= request.start && operation.took <= request.took);
    assert!(request.attributes.contains(&("http.response.status_code", Attribute::Number(200))));

    // What a caller does not sample is not told, and what it does is a part of its trace.
    // An answer that was kept has no operation.
    for (flags, count) in [("00", 0), ("01", 1)] {
        let mut asked = post(r#"{"query":"{ log { lag } }"}"#);
        let caller = format!("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-{flags}");
        asked.headers_mut().insert("traceparent", caller.parse().unwrap());
        send_to(api.router(), asked).await;
        let spans = std::mem::take(&mut *told.0.lock().unwrap());
        assert_eq!(spans.len(), count, "{flags}");
        assert!(spans.last().is_none_or(|it| it.parent == Some(0x00f0_67aa_0ba9_02b7)));
    }
}
