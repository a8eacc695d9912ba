//! Timelines counted and filtered.

use serde_json::{Value, json};

use crate::client::{ask, ask_with};

async fn activity(bucket: &str, more: &str) -> Value {
    let query = format!(
        "{{ activity(by: {{ officialId: \"p-ket\" }}, bucket: {bucket} {more}) {{ total undated bars {{ from to entries }} }} }}"
    );
    ask(&query).await.data("/activity")
}

#[tokio::test]
async fn a_chart_counts_what_the_timeline_lists() {
    let years = activity("YEAR", "").await;
    let bars = json!([{ "from": "2031-01-01", "to": "2031-12-31", "entries": 27 }]);
    assert_eq!(years, json!({ "total": 27, "undated": 0, "bars": bars }));
    let weeks = activity("WEEK", "from: \"2031-06-02\", to: \"2031-06-15\"").await;
    let bar =
        |from: &str, to: &str, entries: u32| json!({ "from": from, "to": to, "entries": entries });
    let bars = [bar("2031-06-09", "2031-06-15", 7), bar("2031-06-02", "2031-06-08", 7)];
    assert_eq!(weeks, json!({ "total": 14, "undated": 0, "bars": bars }));
    let spoken = activity("MONTH", "filter: { statements: DIRECT }").await;
    assert_eq!(spoken["bars"], json!([bar("2031-05-01", "2031-05-31", 1)]));
    let then = activity("YEAR", "asOf: { position: \"9\" }").await;
    assert_eq!(then["total"], 1);
    let nobody = ask("{ activity(by: { officialId: \"p-nobody\" }, bucket: DAY) { total } }").await;
    assert_eq!(nobody.data("/activity"), Value::Null);
}

#[tokio::test]
async fn facets_say_what_entries_are_about() {
    let query = "{ facets(by: { officialId: \"p-ket\" }) { counted isComplete
        officials { entries official { registryId } } topics { entries topic { slug } }
        sources { entries name } languages { entries name } } }";
    let facets = ask(query).await.data("/facets");
    assert_eq!((&facets["counted"], &facets["isComplete"]), (&json!(27), &json!(true)));
    let ket = json!({ "entries": 27, "official": { "registryId": "p-ket" } });
    let lun = json!({ "entries": 1, "official": { "registryId": "p-lun" } });
    assert_eq!(facets["officials"], json!([ket, lun]));
    let topic = |slug: &str| json!({ "entries": 1, "topic": { "slug": slug } });
    assert_eq!(facets["topics"], json!([topic("civil-defence"), topic("security")]));
    assert_eq!(facets["sources"], json!([{ "entries": 27, "name": "toskar-news" }]));
    assert_eq!(facets["languages"], json!([{ "entries": 27, "name": "en" }]));
}

#[tokio::test]
async fn what_looks_through_many_entries_is_counted_as_much() {
    let many = |count: usize| {
        let one =
            |at: usize| format!("f{at}: facets(by: {{ officialId: \"p-ket\" }}) {{ counted }} ");
        format!("{{ {} }}", (0..count).map(one).collect::<String>())
    };
    assert_eq!(ask(&many(9)).await.data("/f8/counted"), 27);
    let refused = ask(&many(10)).await;
    assert_eq!(
        (refused.code().as_str(), &refused.json()["errors"][0]["extensions"]["limit"]),
        ("LIMIT_EXCEEDED", &json!("cost"))
    );
}

#[tokio::test]
async fn a_total_is_counted_where_it_is_asked_for() {
    let query = "query Q($filter: TimelineFilter) {
        timeline(by: { officialId: \"p-ket\" }, first: 1, filter: $filter) { totalCount nodes { day } }
        topics(first: 1) { totalCount } }";
    for (filter, total) in [
        (json!(null), 27),
        (json!({}), 27),
        (json!({ "topics": ["security"] }), 2),
        (json!({ "topics": ["civil-defence"] }), 1),
        (json!({ "officials": ["p-lun"] }), 1),
        (json!({ "source": "toskar-news", "language": "en" }), 27),
        (json!({ "source": "polta" }), 0),
        (json!({ "roles": ["SPEAKER"] }), 1),
    ] {
        let answer = ask_with(query, json!({ "filter": filter })).await;
        assert_eq!(answer.data("/timeline/totalCount"), total, "{filter}");
        assert_eq!(answer.data("/topics/totalCount"), 2);
    }
    let too_many = json!({ "topics": ["a", "b", "c", "d", "e", "f", "g", "h", "i"] });
    assert_eq!(ask_with(query, json!({ "filter": too_many })).await.code(), "BAD_INPUT");
}

#[tokio::test]
async fn timelines_of_offices_organisations_and_sources_are_asked_for_alike() {
    for (by, total) in [
        ("officeId: \"arpo-secretary-general\"", 27),
        ("organisationId: \"arpo\"", 27),
        ("source: \"toskar-news\"", 27),
        ("topicId: \"security\"", 2),
    ] {
        let query = format!("{{ timeline(by: {{ {by} }}, first: 1) {{ totalCount }} }}");
        assert_eq!(ask(&query).await.data("/timeline/totalCount"), total, "{by}");
    }
    for by in ["officeId: \"x\"", "organisationId: \"x\"", "source: \"x\"", "source: \"?\""] {
        let query = format!("{{ timeline(by: {{ {by} }}, first: 1) {{ totalCount }} }}");
        assert_eq!(ask(&query).await.data("/timeline"), Value::Null, "{by}");
    }
    assert_eq!(
        ask("{ sources { name entries } }").await.data("/sources"),
        json!([{ "name": "toskar-news", "entries": 27 }])
    );
}

#[tokio::test]
async fn a_statement_is_found_by_its_place() {
    let query =
        "{ timeline(by: { officialId: \"p-ket\" }, filter: { statements: DIRECT }, first: 1) {
        nodes { story { id } statements { text spans { start end } } } } }";
    let node = ask(query).await.data("/timeline/nodes/0");
    let (id, span) = (&node["story"]["id"], &node["statements"][0]["spans"][0]);
    let at = |place: u64| {
        format!(
            "{{ statement(storyId: {id}, at: {place}) {{ statement {{ text }} story {{ title }} }} }}"
        )
    };
    let (start, end) = (span["start"].as_u64().unwrap(), span["end"].as_u64().unwrap());
    for place in [start, end - 1] {
        let found = ask(&at(place)).await.data("/statement");
        assert_eq!(found["statement"]["text"], "The bridge opens in June.");
        assert_eq!(found["story"]["title"], "Headline of bridge");
    }
    assert_eq!(ask(&at(end)).await.data("/statement"), Value::Null);
}
