//! Officials, topics, stories and the rest, by their ids.

use serde_json::json;

use crate::client::{ask, ask_with};
use crate::world::story_id;

#[tokio::test]
async fn an_official_is_found_by_the_registrys_id_and_by_the_global_one() {
    let by_registry =
        ask(r#"{ official(by: { registryId: "p-ket" }) { id registryId name otherNames
            tenures { kind from until office { id label organisation { name } } } } }"#)
        .await;
    let official = by_registry.data("/official");
    assert_eq!(official["name"], "Anders Ket");
    assert_eq!(official["tenures"][0]["kind"], "ACTING");
    assert_eq!(official["tenures"][0]["from"], "2030-01");
    assert_eq!(official["tenures"][0]["office"]["organisation"]["name"], "ARPO");

    let query = "query Q($id: ID!) { official(by: { id: $id }) { registryId } }";
    let by_id = ask_with(query, json!({ "id": official["id"] })).await;
    assert_eq!(by_id.data("/official/registryId"), "p-ket");
}

#[tokio::test]
async fn everything_with_an_id_is_found_again_by_it() {
    let all = ask(
        r#"{ official(by: { registryId: "p-ket" }) { id tenures { office { id organisation { id } } } }
            topic(by: { slug: "civil-defence" }) { id broader { id } }
            timeline(by: { officialId: "p-ket" }, last: 1) { nodes { story { id } } } }"#,
    )
    .await;
    let ids = json!([
        all.data("/official/id"),
        all.data("/official/tenures/0/office/id"),
        all.data("/official/tenures/0/office/organisation/id"),
        all.data("/topic/id"),
        all.data("/topic/broader/0/id"),
        all.data("/timeline/nodes/0/story/id"),
    ]);
    let query = "query Q($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
    let found = ask_with(query, json!({ "ids": ids })).await.data("/nodes");
    let pick = |key: &str| found.as_array().unwrap().iter().map(|it| it[key].clone()).collect();
    let types: Vec<_> = pick("__typename");
    assert_eq!(types, ["Official", "Office", "Organisation", "Topic", "Topic", "Story"]);
    let again: Vec<_> = pick("id");
    assert_eq!(json!(again), ids);
}

#[tokio::test]
async fn what_nobody_knows_is_null_and_no_error() {
    let answer = ask(r#"{ official(by: { registryId: "p-nobody" }) { name }
            spaced: official(by: { registryId: "p nobody" }) { name }
            topic(by: { slug: "fishing" }) { slug }
            story(by: { storyId: "00000000-0000-0000-0000-000000000000" }) { title }
            odd: story(by: { storyId: "x" }) { title }
            timeline(by: { topicId: "fishing" }, first: 1) { nodes { day } } }"#)
    .await;
    for path in ["/official", "/spaced", "/topic", "/story", "/odd", "/timeline"] {
        assert!(answer.data(path).is_null());
    }
}

#[tokio::test]
async fn an_id_of_another_type_is_a_typed_error_beside_the_data() {
    let topic = ask(r#"{ topic(by: { slug: "security" }) { id } }"#).await.data("/topic/id");
    for query in [
        "query Q($id: ID!) { official(by: { id: $id }) { name } log { head } }",
        "query Q($id: ID!) { timeline(by: { officialId: $id }, first: 1) { nodes { day } } log { head } }",
        "query Q($id: ID!) { story(by: { id: $id }) { title } log { head } }",
    ] {
        let answer = ask_with(query, json!({ "id": topic })).await;
        assert_eq!(answer.code(), "BAD_ID");
        assert!(answer.message().contains("is the id of a topic, wanted that of"));
        assert_eq!(answer.json()["data"]["log"]["head"], "39");
        assert_eq!(answer.status, 200);
    }
    assert_eq!(ask(r#"{ node(id: "p-ket") { id } }"#).await.code(), "BAD_ID");
}

#[tokio::test]
async fn a_retracted_story_is_given_with_the_reason() {
    let query = "query Q($id: String!) {
        story(by: { storyId: $id }) {
            title status retraction { position reason } supersededAt { position by }
            revisions { recordedAt { position } }
        }
    }";
    let id = story_id("rumour").to_string();
    let story = ask_with(query, json!({ "id": id })).await.data("/story");
    assert_eq!(
        story,
        json!({
            "title": "Headline of rumour",
            "status": "RETRACTED",
            "retraction": { "position": "11", "reason": "the agency withdrew it" },
            "supersededAt": { "position": "11", "by": "RETRACTION" },
            "revisions": [{ "recordedAt": { "position": "10" } }],
        })
    );
}

#[tokio::test]
async fn a_topic_knows_its_place_in_the_scheme() {
    let answer =
        ask(r#"{ topic(by: { slug: "security" }) { label labels { language text } entryCount
            narrower { slug label(language: "ru") } } }"#)
        .await;
    assert_eq!(
        answer.data("/topic"),
        json!({
            "label": "Security",
            "labels": [{ "language": "en", "text": "Security" }],
            "entryCount": 2,
            "narrower": [{ "slug": "civil-defence", "label": "Civil defence" }],
        })
    );
}

#[tokio::test]
async fn an_answer_names_the_position_at_which_all_of_it_stands() {
    let answer = ask("{ log { head checkpoint lag } }").await;
    assert_eq!(answer.data("/log"), json!({ "head": "39", "checkpoint": "37", "lag": 2 }));
    assert_eq!(answer.json()["extensions"]["position"], "37");
    assert_eq!(answer.header("dateline-position"), Some("37"));
}
