//! What an answer costs the server: a nested page of 20 entries from this service, beside the same bytes from a plain axum
//! route and beside async-graphql's own handler on the same schema, one after the other in one run on loopback.
//!
//! Each server has one thread, and its processor time is that of the thread. The load comes from another thread: first
//! open-loop, so many requests a second whatever the server does, then as many as it takes.

#![expect(clippy::print_stdout, reason = "a benchmark says what it measured")]

mod load;
mod server;
#[path = "../../tests/it/world.rs"]
#[expect(dead_code, reason = "the tests need more of it")]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "it is a part of the tests")]
mod world;

use std::time::Duration;

use async_graphql_axum::GraphQL;
use axum::Router;
use axum::http::header;
use axum::routing::{any, post_service};
use dateline_graphql::{Api, Options, RateLimit, RateLimits, ServeLimits, Stock, serve};
use serde_json::json;

use load::{Load, Measured};
use server::Server;
use world::World;

/// Requests a second while the load is open-loop, and for how long.
const RATE: u32 = 400;
const OPEN: Duration = Duration::from_secs(5);

/// How long a server is asked as much as it takes.
const FULL: Duration = Duration::from_secs(3);

const QUERY: &str = r#"{ timeline(by: { officialId: "p-ket" }, first: 20) {
  nodes { day dayBasis happened { edtf precision basis } published { edtf }
    appearance { asWritten role official { name } held { label kind } }
    story { id title body source status page { name address digest } }
    statements { kind verb text textFragmentUrl spans { start end } speaker { name } }
    topics { topic { slug label } } recordedAt { position instant } }
  pageInfo { hasNextPage endCursor } } }"#;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let post = load::post(&json!({ "query": QUERY }).to_string());
    let answer = load::once(&Server::start(ours(0)), &post);
    println!(
        "an answer has {} bytes; {RATE} requests a second for {} s, then as many as it takes for {} s",
        answer.body.len(),
        OPEN.as_secs(),
        FULL.as_secs(),
    );
    let tagged = load::once(&Server::start(ours(0)), &load::get(QUERY, ""));
    let again = load::get(QUERY, &format!("if-none-match: {}\r\n", tagged.tag));
    print(&[
        ("the same bytes, plain axum", measured(fixed(answer.body), &post, 200)),
        ("this service, afresh", measured(ours(0), &post, 200)),
        ("the same, unknown words", unknown(ours(0), QUERY)),
        ("this service, kept", measured(ours(64 * 1024 * 1024), &post, 200)),
        ("this service, 304", measured(ours(0), &again, 304)),
        ("async-graphql's handler", measured(stock(), &post, 200)),
    ]);
}

/// The rows, beside the first one.
fn print(rows: &[(&str, Measured)]) {
    let base = rows.first().map(|it| it.1).unwrap_or_default();
    println!(
        "{:<28} {:>8} {:>8} {:>7} {:>7} {:>12} {:>8} {:>8} {:>8}",
        "", "µs", "× static", "p50 ms", "p99 ms", "most, req/s", "× static", "µs", "× static"
    );
    for (name, it) in rows {
        println!(
            "{name:<28} {:>8.1} {:>8.2} {:>7.2} {:>7.2} {:>12.0} {:>8.2} {:>8.1} {:>8.2}",
            it.micros,
            it.micros / base.micros,
            it.p50.as_secs_f64() * 1e3,
            it.p99.as_secs_f64() * 1e3,
            it.rate,
            it.rate / base.rate,
            it.full_micros,
            it.full_micros / base.full_micros,
        );
    }
}

/// What a server makes of `query` in words that it has never read: a comment differs each time.
fn unknown(
    serving: impl FnOnce(tokio::net::TcpListener) -> server::Serving + Send + 'static,
    query: &str,
) -> Measured {
    const NUMBER: &str = "987654321";
    let request = load::post(&json!({ "query": format!("# {NUMBER}\n{query}") }).to_string());
    let server = Server::start(serving);
    let load = Load { server: &server, request: &request, numbered: Some(NUMBER), status: 200 };
    load.run(RATE, OPEN, FULL)
}

/// What a server makes of `request`, asked again and again.
fn measured(
    serving: impl FnOnce(tokio::net::TcpListener) -> server::Serving + Send + 'static,
    request: &str,
    status: u16,
) -> Measured {
    let server = Server::start(serving);
    let load = Load { server: &server, request, numbered: None, status };
    load.run(RATE, OPEN, FULL)
}

fn ours(
    kept_bytes: usize,
) -> impl FnOnce(tokio::net::TcpListener) -> server::Serving + Send + 'static {
    move |listener| {
        let unlimited = RateLimit { per_second: 0, burst: 1 };
        let rates = RateLimits { key: unlimited, address: unlimited };
        let world = World::new();
        let options = Options { kept_bytes, rates, ..Options::default() };
        let api = Api::new(world.clone(), world, options);
        Box::pin(serve(listener, api, std::future::pending(), ServeLimits::default()))
    }
}

fn stock() -> impl FnOnce(tokio::net::TcpListener) -> server::Serving + Send + 'static {
    |listener| {
        let handler = GraphQL::new(Stock::new(World::new()));
        let router = Router::new().route("/graphql", post_service(handler));
        Box::pin(async move { axum::serve(listener, router).await })
    }
}

fn fixed(text: String) -> impl FnOnce(tokio::net::TcpListener) -> server::Serving + Send + 'static {
    move |listener| {
        let bytes = axum::body::Bytes::from(text.into_bytes());
        let answer = move || {
            let bytes = bytes.clone();
            async move { ([(header::CONTENT_TYPE, "application/json")], bytes) }
        };
        let router = Router::new().route("/graphql", any(answer));
        Box::pin(async move { axum::serve(listener, router).await })
    }
}
