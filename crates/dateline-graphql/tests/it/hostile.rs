//! Documents that are made to hurt: each is refused by name, before it costs anything.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::client::{Answer, ask, ask_with, post, send};

/// Far more than a refusal takes on a busy machine in a build without optimisation, and far less than a document that
/// is not refused.
const SOON: Duration = Duration::from_secs(2);

async fn refused(query: &str, limit: &str) {
    let start = Instant::now();
    let answer = ask(query).await;
    assert!(start.elapsed() < SOON, "{limit} took {:?}", start.elapsed());
    assert_limit(&answer, limit);
}

fn assert_limit(answer: &Answer, limit: &str) {
    let head: String = answer.text.chars().take(300).collect();
    assert_eq!(answer.code(), "LIMIT_EXCEEDED", "{head}");
    let json = answer.json();
    let extensions = &json["errors"][0]["extensions"];
    assert_eq!(extensions["limit"], limit, "{head}");
    assert!(extensions["found"].as_u64() > extensions["max"].as_u64(), "{head}");
    assert_eq!(answer.status, 400);
    assert_eq!(json.get("data"), None);
}

/// Fragments that spread the next one twice each; the last one has `leaf`.
fn bomb(levels: u32, leaf: &str) -> String {
    let mut query = "{ ...F0 }".to_owned();
    for level in 0..levels {
        let next = level + 1;
        write!(query, " fragment F{level} on Query {{ ...F{next} ...F{next} }}").unwrap();
    }
    write!(query, " fragment F{levels} on Query {{ {leaf} }}").unwrap();
    query
}

#[tokio::test]
async fn fragment_bombs_are_refused_however_deep() {
    for levels in 10..=28 {
        refused(&bomb(levels, "log { head }"), if levels < 28 { "fields" } else { "depth" }).await;
    }
    refused(&bomb(20, "...Unknown"), "spreads").await;
    refused(&bomb(60, "log { head }"), "depth").await;
}

#[tokio::test]
async fn fragments_that_spread_themselves_are_refused() {
    for query in [
        "{ ...A } fragment A on Query { ...A }",
        "{ ...A } fragment A on Query { log { head } ...B } fragment B on Query { ...A }",
        "{ log { head } } fragment A on Query { ... { ...A } }",
    ] {
        let answer = ask(query).await;
        assert_eq!(answer.code(), "VALIDATION_FAILED");
        assert_eq!(answer.message(), "the fragment `A` spreads itself");
    }
}

#[tokio::test]
async fn floods_are_refused_by_name() {
    let many = |count: usize, part: &str| part.repeat(count);
    let aliases: String = (0..150).fold(String::new(), |mut all, at| {
        write!(all, "a{at}: log {{ head }} ").unwrap();
        all
    });
    refused(&format!("{{ {aliases} }}"), "aliases").await;
    refused(&format!("{{ log {{ {} }} }}", many(1_500, "head ")), "fields").await;
    refused(&format!("{{ log {{ head {} }} }}", many(200, "@include(if: true) ")), "directives")
        .await;
    refused(&format!("{{ log {{ head {} }} }}", many(10_000, "@a ")), "tokens").await;
    refused(&format!("{{ log {{ head }} }} # {}", many(40_000, "x")), "document_bytes").await;
    let operations = (0..20).map(|at| format!("query Q{at} {{ log {{ head }} }} "));
    refused(&operations.collect::<String>(), "operations").await;
    refused(&format!("{{ {} }}", many(600, "... { __typename } ")), "spreads").await;
    let fragments: String = (0..150).fold(String::new(), |mut all, at| {
        write!(all, " fragment F{at} on Query {{ log {{ head }} }}").unwrap();
        all
    });
    refused(&format!("{{ log {{ head }} }}{fragments}"), "fragments").await;
}

#[tokio::test]
async fn deep_nesting_never_reaches_a_recursive_parser() {
    for (depth, limit) in [(40, "nesting"), (1_000, "nesting"), (15_000, "tokens")] {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        refused(&format!("{{ a(x: {open}1{close}) }}"), limit).await;
        refused(&format!("{{ a(x: {open}"), limit).await;
    }
    let selections = format!("{}head{}", "{ log ".repeat(200), "}".repeat(200));
    refused(&selections, "nesting").await;
    refused(&format!("{{ a(x: {}", "{ a: ".repeat(3_000)), "tokens").await;
    refused(&format!("query Q($a: {}Int) {{ a }}", "[".repeat(3_000)), "nesting").await;
    // An unclosed block string, which the parser would take for two strings with brackets behind them.
    let hidden = ask(&format!("{{ a(x: [\"\"\"x\"{}", "[".repeat(3_000))).await;
    assert_eq!(hidden.code(), "PARSE_FAILED");
}

#[tokio::test]
async fn deep_variables_are_refused() {
    let mut deep = json!(1);
    for _ in 0..60 {
        deep = json!([deep]);
    }
    let query = "query Q($a: Int) { topics(first: $a) { nodes { id } } }";
    assert_limit(&ask_with(query, json!({ "a": deep })).await, "nesting");
    let brackets =
        format!(r#"{{"query":"{{ log {{ head }} }}","variables":{{"a":{}"#, "[".repeat(100_000));
    let answer = send(post(brackets)).await;
    assert_eq!(answer.code(), "BAD_REQUEST");
}

#[tokio::test]
async fn bodies_beyond_the_limit_are_refused_while_they_come() {
    let answer = send(post(" ".repeat(8 * 1024 * 1024))).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (413, "PAYLOAD_TOO_LARGE"));
}

#[tokio::test]
async fn pages_inside_of_pages_are_weighed_by_their_sizes() {
    let nested = "query Q($size: Int = 100) { officials(first: 100) { nodes {
        timeline(first: $size) { nodes { story { title body source } statements { text } } } } } }";
    assert_limit(&ask(nested).await, "cost");
    let small = ask_with(nested, json!({ "size": 5 })).await;
    assert_eq!(small.data("/officials/nodes/0/timeline/nodes").as_array().unwrap().len(), 5);
    let ring = "{ topics(first: 100) { nodes { broader { narrower { broader { narrower { broader {
        narrower { slug } } } } } } } } }";
    assert_limit(&ask(ring).await, "cost");
}

#[tokio::test]
async fn the_usual_introspection_is_answered_and_a_walk_through_the_types_is_not() {
    let query = "query IntrospectionQuery { __schema { queryType { name } types { ...FullType }
        directives { name args { ...InputValue } } } }
        fragment FullType on __Type { kind name fields(includeDeprecated: true) { name
            args { ...InputValue } type { ...TypeRef } } inputFields { ...InputValue }
            interfaces { ...TypeRef } enumValues { name } possibleTypes { ...TypeRef } }
        fragment InputValue on __InputValue { name type { ...TypeRef } defaultValue }
        fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name
            ofType { kind name ofType { kind name ofType { kind name ofType { kind name
            ofType { kind name ofType { kind name } } } } } } } } } }";
    let answer = ask(query).await;
    assert_eq!(answer.data("/__schema/queryType/name"), "Query");
    let walk = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    refused(walk, "introspection").await;
}

#[tokio::test]
async fn an_answer_never_has_more_than_twenty_errors() {
    let unknown: String = (0..500).fold(String::new(), |mut all, at| {
        write!(all, "unknown{at} ").unwrap();
        all
    });
    let start = Instant::now();
    let answer = ask(&format!("{{ {unknown} }}")).await;
    assert!(start.elapsed() < SOON, "took {:?}", start.elapsed());
    let json = answer.json();
    assert_eq!(json["errors"].as_array().map(Vec::len), Some(20));
    assert!(
        json["errors"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| { it["extensions"]["code"] == "VALIDATION_FAILED" })
    );
}

#[tokio::test]
async fn an_error_does_not_repeat_a_long_name() {
    for name in ["x".repeat(30_000), format!("a(x: \"{}\")", "é".repeat(10_000))] {
        let answer = ask(&format!("{{ {name} }}")).await;
        assert!(answer.text.len() < 2_000, "{} bytes", answer.text.len());
    }
}

#[tokio::test]
async fn long_lists_of_ids_are_refused() {
    let ids: Vec<_> = (0..101).map(|at| at.to_string()).collect();
    let answer =
        ask_with("query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ids }));
    assert_eq!(answer.await.code(), "BAD_INPUT");
}

#[tokio::test]
async fn variables_of_many_values_are_refused_before_they_are_copied() {
    let query = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let many = |count: usize| json!({ "ids": vec![1; count] });
    assert_limit(&ask_with(query, many(5_000)).await, "values");
    assert_eq!(ask_with(query, many(4_000)).await.code(), "BAD_INPUT");
}
