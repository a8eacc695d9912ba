//! The attacks.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::attack::Attack;

/// All requests that are sent by HTTP.
pub(crate) fn attacks() -> Vec<Attack> {
    let mut attacks = bombs();
    attacks.extend(floods());
    attacks.extend(values());
    attacks.extend(transports());
    attacks
}

fn attack(name: &str, bytes: String, wanted: &str) -> Attack {
    Attack { name: name.to_owned(), bytes: bytes.into_bytes(), wanted: wanted.to_owned() }
}

/// A POST of JSON, with its answer in the media type in which refusals have statuses.
fn post(body: &str) -> String {
    sent_as("application/json", body)
}

fn sent_as(media: &str, body: &str) -> String {
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\naccept: application/graphql-response+json";
    format!("{head}\r\ncontent-type: {media}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

fn document(name: &str, query: &str, wanted: &str) -> Attack {
    attack(name, post(&json!({ "query": query }).to_string()), wanted)
}

fn with_variables(name: &str, query: &str, variables: &Value, wanted: &str) -> Attack {
    attack(name, post(&json!({ "query": query, "variables": variables }).to_string()), wanted)
}

/// Fragments that spread the next one twice each.
fn bombs() -> Vec<Attack> {
    let bomb = |levels: u32| {
        let mut query = "{ ...F0 }".to_owned();
        for level in 0..levels {
            let next = level + 1;
            write!(query, " fragment F{level} on Query {{ ...F{next} ...F{next} }}")
                .expect("a string takes it");
        }
        format!("{query} fragment F{levels} on Query {{ log {{ head }} }}")
    };
    let wanted = |levels| match levels {
        28.. => "400 LIMIT_EXCEEDED depth",
        _ => "400 LIMIT_EXCEEDED fields",
    };
    let attack = |levels| {
        document(&format!("fragment bomb, {levels} levels"), &bomb(levels), wanted(levels))
    };
    [10, 16, 22, 28].map(attack).into()
}

fn floods() -> Vec<Attack> {
    let aliases = |count: usize| {
        let all: Vec<_> = (0..count).map(|it| format!("a{it}: log {{ head }}")).collect();
        all.join(" ")
    };
    let lists = |depth: usize| format!("{{ a(x: {}1{}) }}", "[".repeat(depth), "]".repeat(depth));
    let list = |count: usize| format!("{{ nodes(ids: [{}]) {{ id }} }}", "\"x\" ".repeat(count));
    let directives =
        |name: &str, count: usize| format!("{{ log {{ head {} }} }}", name.repeat(count));
    let selections = format!("{}head{}", "{ log ".repeat(200), "}".repeat(200));
    vec![
        document("150 aliases", &format!("{{ {} }}", aliases(150)), "400 LIMIT_EXCEEDED aliases"),
        document(
            "1,500 aliases",
            &format!("{{ {} }}", aliases(1_500)),
            "400 LIMIT_EXCEEDED tokens",
        ),
        document(
            "200 directives",
            &directives("@include(if: true) ", 200),
            "400 LIMIT_EXCEEDED directives",
        ),
        document("10,000 directives", &directives("@a ", 10_000), "400 LIMIT_EXCEEDED tokens"),
        document("200 selections in each other", &selections, "400 LIMIT_EXCEEDED nesting"),
        document("1,000 lists in each other", &lists(1_000), "400 LIMIT_EXCEEDED nesting"),
        document("15,000 lists in each other", &lists(15_000), "400 LIMIT_EXCEEDED tokens"),
        document("a list of 3,900 ids", &list(3_900), "200 BAD_INPUT"),
        document("a list of 8,000 ids", &list(8_000), "400 LIMIT_EXCEEDED tokens"),
    ]
}

fn values() -> Vec<Attack> {
    let ids =
        |count: u32| json!({ "ids": (0..count).map(|it| it.to_string()).collect::<Vec<_>>() });
    let of = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let page = |first: &str| format!("{{ topics(first: {first}) {{ nodes {{ id }} }} }}");
    let nested = "{ officials(first: 100) { nodes { timeline(first: 100) { nodes {
        story { title body source } statements { text } } } } } }";
    vec![
        with_variables("a variable of 4,900 ids", of, &ids(4_900), "200 BAD_INPUT"),
        with_variables("a variable of 25,000 ids", of, &ids(25_000), "400 LIMIT_EXCEEDED values"),
        document("first: -1", &page("-1"), "200 BAD_INPUT"),
        document("first: 2147483647", &page("2147483647"), "200 BAD_INPUT"),
        document("pages inside of pages", nested, "400 LIMIT_EXCEEDED cost"),
        attack("a body of 8 MB", post(&" ".repeat(8 * 1024 * 1024)), "413 PAYLOAD_TOO_LARGE"),
    ]
}

fn transports() -> Vec<Attack> {
    let one = r#"{"query":"{ log { head } }"}"#;
    let batch = format!("[{}]", vec![one; 1_000].join(","));
    let mutation =
        "mutation%7BstartRebuild(input%3A%7Breason%3A%22x%22%7D)%7Bproblem%7Bmessage%7D%7D%7D";
    let get = format!(
        "GET /graphql?query={mutation} HTTP/1.1\r\nhost: x\r\naccept: application/json\r\n\r\n"
    );
    let upgrade = "GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                   sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\
                   sec-websocket-protocol: graphql-transport-ws\r\norigin: https://evil.example\r\n\r\n";
    let form = format!("query={mutation}");
    vec![
        attack("a batch of 1,000", post(&batch), "400 BAD_REQUEST"),
        attack("a mutation by GET", get, "405 METHOD_NOT_ALLOWED"),
        attack(
            "a mutation by a form",
            sent_as("application/x-www-form-urlencoded", &form),
            "415 UNSUPPORTED_MEDIA_TYPE",
        ),
        attack("a WebSocket of another origin", upgrade.to_owned(), "403 FORBIDDEN"),
    ]
}
