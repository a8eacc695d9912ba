//! Lists in pages: no gap, no repeat, and a typed error for every page that makes no sense.

use serde_json::{Value, json};

use crate::client::{ask, ask_with};

const FORWARD: &str = "query Q($size: Int!, $at: String) {
    timeline(by: { officialId: \"p-ket\" }, first: $size, after: $at) {
        edges { cursor node { story { title } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}";

const BACKWARD: &str = "query Q($size: Int!, $at: String) {
    timeline(by: { officialId: \"p-ket\" }, last: $size, before: $at) {
        edges { cursor node { story { title } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}";

fn titles(page: &Value) -> Vec<Value> {
    let edges = page["edges"].as_array().unwrap();
    edges.iter().map(|it| it["node"]["story"]["title"].clone()).collect()
}

#[tokio::test]
async fn pages_of_any_size_join_to_the_whole_list_in_both_directions() {
    let whole = ask_with(FORWARD, json!({ "size": 100 })).await.data("/timeline");
    assert_eq!(whole["pageInfo"]["hasNextPage"], false);
    assert_eq!(whole["pageInfo"]["hasPreviousPage"], false);
    let whole = titles(&whole);
    assert_eq!(whole.len(), 27);
    for size in [1, 4, 26, 27] {
        let mut joined = Vec::new();
        let mut at = Value::Null;
        loop {
            let page = ask_with(FORWARD, json!({ "size": size, "at": at })).await;
            let page = page.data("/timeline");
            assert_eq!(page["pageInfo"]["hasPreviousPage"], !at.is_null());
            joined.extend(titles(&page));
            at = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(joined, whole, "forward by {size}");

        let (mut joined, mut at) = (Vec::new(), Value::Null);
        loop {
            let page = ask_with(BACKWARD, json!({ "size": size, "at": at })).await;
            let page = page.data("/timeline");
            joined.splice(0..0, titles(&page));
            at = page["pageInfo"]["startCursor"].clone();
            if page["pageInfo"]["hasPreviousPage"] == false {
                break;
            }
        }
        assert_eq!(joined, whole, "backward by {size}");
    }
}

#[tokio::test]
async fn officials_and_topics_come_in_pages_too() {
    let first =
        ask("{ officials(first: 1) { nodes { registryId } pageInfo { endCursor } } }").await;
    assert_eq!(first.data("/officials/nodes/0/registryId"), "p-ket");
    let query = "query Q($at: String) { officials(first: 5, after: $at) {
        nodes { registryId } pageInfo { hasNextPage hasPreviousPage } } }";
    let at = first.data("/officials/pageInfo/endCursor");
    let second = ask_with(query, json!({ "at": at })).await;
    assert_eq!(second.data("/officials/nodes"), json!([{ "registryId": "p-lun" }]));
    let info = json!({ "hasNextPage": false, "hasPreviousPage": true });
    assert_eq!(second.data("/officials/pageInfo"), info);
    let topics = ask("{ topics(last: 1) { edges { node { slug } } } }").await;
    assert_eq!(topics.data("/topics/edges/0/node/slug"), "security");
}

#[tokio::test]
async fn a_page_must_have_one_size_between_1_and_100() {
    for arguments in [
        "first: 0",
        "first: -1",
        "first: 101",
        "first: 2147483647",
        "last: 0",
        "first: 1, last: 1",
        "after: null",
    ] {
        let answer = ask(&format!("{{ officials({arguments}) {{ nodes {{ id }} }} }}")).await;
        assert_eq!(answer.code(), "BAD_INPUT", "{arguments}");
        assert!(answer.json()["data"]["officials"].is_null());
    }
}

#[tokio::test]
async fn a_cursor_that_is_malformed_or_of_another_list_is_a_typed_error() {
    let topics = ask("{ topics(first: 1) { pageInfo { endCursor } } }").await;
    let foreign = topics.data("/topics/pageInfo/endCursor");
    for cursor in [json!(""), json!("?"), json!("AAAA"), json!("x".repeat(5_000)), foreign] {
        let answer = ask_with(FORWARD, json!({ "size": 1, "at": cursor })).await;
        assert_eq!(answer.code(), "BAD_CURSOR");
        assert!(answer.message().len() < 150, "{}", answer.message());
    }
}
