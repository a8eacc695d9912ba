//! Timelines: what an entry shows, days, and the record as it was.

use serde_json::{Value, json};

use crate::client::{ask, ask_with};

#[tokio::test]
async fn an_entry_shows_where_each_part_of_it_comes_from() {
    let answer = ask(
        r#"{ timeline(by: { topicId: "civil-defence" }, first: 1) {
            nodes {
                day dayBasis status
                happened { edtf earliest latest precision basis how remainingYears
                    evidence { text span { start end } } }
                published { edtf basis precision }
                story { storyId title role source language page { name address digest captured } }
                appearance { name }
                statements { kind verb text rule spans { start end } speakerSpan { start end }
                    cueSpan { start end } textFragmentUrl
                    speaker { name role held { label kind office { registryId } } official { registryId } } }
                matchedTopics { slug evidence { text } topic { label } }
                recordedAt { position instant }
                supersededAt { position by }
            }
        } }"#,
    )
    .await;
    insta::assert_json_snapshot!(answer.json());
}

#[tokio::test]
async fn a_day_without_a_year_stays_so_and_names_the_years_that_remain() {
    let answer = ask(r#"{ timeline(by: { officialId: "p-lun" }, first: 5) { nodes {
            day dayBasis appearance { asWritten role official { registryId } }
            happened { edtf earliest latest precision basis how remainingYears } } } }"#)
    .await;
    insta::assert_json_snapshot!(answer.json());
}

#[tokio::test]
async fn from_and_to_are_days_and_both_count() {
    let query = "query Q($from: Date, $to: Date) {
        timeline(by: { officialId: \"p-ket\" }, first: 100, from: $from, to: $to) { nodes { day } }
    }";
    let days = |from: &str, to: &str| ask_with(query, json!({ "from": from, "to": to }));
    let answer = days("2031-06-03", "2031-06-05").await;
    let wanted = json!([{ "day": "2031-06-05" }, { "day": "2031-06-04" }, { "day": "2031-06-03" }]);
    assert_eq!(answer.data("/timeline/nodes"), wanted);
    assert_eq!(days("2031-06-05", "2031-06-03").await.code(), "BAD_INPUT");
    for day in ["2031-02-30", "2031-6-3", "yesterday", "", "+2031-06-03"] {
        let answer = days(day, "2031-06-05").await;
        assert_eq!(answer.code(), "BAD_INPUT", "{day}");
        assert!(answer.message().contains("is not a day like"), "{}", answer.message());
    }
}

async fn said(as_of: Value) -> Value {
    let query = "query Q($asOf: AsOf) {
        timeline(by: { topicId: \"civil-defence\" }, first: 5, asOf: $asOf) {
            nodes { statements { text } supersededAt { position by } story { id } }
        }
    }";
    ask_with(query, json!({ "asOf": as_of })).await.data("/timeline/nodes")
}

#[tokio::test]
async fn as_of_a_position_or_an_instant_gives_what_the_record_said_then() {
    let now = said(Value::Null).await;
    assert_eq!(now[0]["statements"][0]["text"], "The bridge opens in June.");
    assert!(now[0]["supersededAt"].is_null());
    for as_of in [
        json!({ "position": "8" }),
        json!({ "instant": "2031-07-01T00:08:30Z" }),
        json!({ "instant": "2031-07-01T02:08:30+02:00" }),
    ] {
        let then = said(as_of).await;
        assert_eq!(then[0]["statements"][0]["text"], "The bridge opens in May.");
        assert_eq!(then[0]["supersededAt"], json!({ "position": "9", "by": "REVISION" }));
        assert_ne!(then[0]["story"]["id"], now[0]["story"]["id"]);
        let query = "query Q($id: ID!) { node(id: $id) { ... on Story { body } } }";
        let text = ask_with(query, json!({ "id": then[0]["story"]["id"] })).await;
        assert!(text.data("/node/body").as_str().unwrap().contains("in May"));
    }
    assert_eq!(said(json!({ "position": "7" })).await, json!([]));
}

#[tokio::test]
async fn a_retracted_story_is_in_the_record_of_then_and_not_of_now() {
    let query = |as_of: &str| {
        format!(
            "{{ timeline(by: {{ officialId: \"p-lun\" }}, first: 5{as_of}) {{
                nodes {{ story {{ title }} status }} }} }}"
        )
    };
    let then = ask(&query(", asOf: { position: \"10\" }")).await.data("/timeline/nodes");
    let entry = json!([{ "story": { "title": "Headline of rumour" }, "status": "RETRACTED" }]);
    assert_eq!(then, entry);
    let now = ask(&query("")).await.data("/timeline/nodes");
    assert_eq!(now[0]["story"]["title"], "Headline of autumn");
    assert_eq!(now.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_position_that_the_view_has_not_reached_is_a_typed_error() {
    let answer =
        ask(r#"{ timeline(by: { officialId: "p-ket" }, first: 1, asOf: { position: "38" }) {
            nodes { day } } }"#)
        .await;
    assert_eq!(answer.code(), "UNKNOWN_POSITION");
    let wanted = "`asOf` names position 38, the view has reached position 37";
    assert_eq!(answer.message(), wanted);
    for position in ["0", "-1", "+5", "1.5", "99999999999999999999", "x"] {
        let query = "query Q($at: Position!) {
            timeline(by: { officialId: \"p-ket\" }, first: 1, asOf: { position: $at }) { nodes { day } }
        }";
        let answer = ask_with(query, json!({ "at": position })).await;
        assert_eq!(answer.code(), "BAD_INPUT", "{position}");
    }
}

#[tokio::test]
async fn the_timeline_of_an_official_is_a_field_of_the_official_too() {
    let answer = ask(
        r#"{ official(by: { registryId: "p-ket" }) { timeline(first: 1) { nodes { day } } }
            topic(by: { slug: "security" }) { timeline(last: 1) { nodes { matchedTopics { slug } } } }
            timeline(by: { officialId: "p-ket" }, first: 1) { nodes { day } } }"#,
    )
    .await;
    assert_eq!(answer.data("/official/timeline"), answer.data("/timeline"));
    let wanted = json!([{ "slug": "civil-defence" }]);
    assert_eq!(answer.data("/topic/timeline/nodes/0/matchedTopics"), wanted);
}

#[tokio::test]
async fn an_object_is_the_same_by_fields_by_fragments_and_field_by_field() {
    let asked = async |selection: &str| {
        let of = "timeline(by: { officialId: \"p-ket\" }, first: 3)";
        ask(&format!("{{ {of} {{ nodes {{ {selection} }} }} }}")).await.data("/timeline/nodes")
    };
    let plain =
        asked("__typename day story { title body } spans: statements { spans { end } }").await;
    assert_eq!(plain[0]["__typename"], "TimelineEntry");
    assert_eq!(plain.as_array().map(Vec::len), Some(3));
    for other in [
        "__typename day story { title } spans: statements { spans { end } } story { body } day",
        "... on TimelineEntry { __typename day } story { ... { title body } } spans: statements { spans { end } }",
        "__typename day @include(if: true) story { title body } spans: statements { spans { end } }
         topics @skip(if: true) { slug }",
    ] {
        assert_eq!(asked(other).await, plain, "{other}");
    }
}
