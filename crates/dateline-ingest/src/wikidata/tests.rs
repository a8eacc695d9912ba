//! Invented entities in the forms in which they come.

use serde_json::json;

use super::*;

fn time(text: &str, precision: u64) -> Value {
    json!({"snaktype": "value", "datavalue": {"type": "time", "value": {"time": text, "precision": precision}}})
}

fn item(id: &str) -> Value {
    json!({"snaktype": "value", "datavalue": {"type": "wikibase-entityid", "value": {"id": id}}})
}

fn held(position: &str, qualifiers: Value) -> Value {
    let mut held = json!({"mainsnak": item(position), "rank": "normal"});
    held["qualifiers"] = qualifiers;
    held
}

fn person(id: &str, name: &str, held: Vec<Value>) -> Value {
    let held = Value::from(held);
    json!({
        "type": "item", "id": id,
        "labels": {"en": {"language": "en", "value": name}, "ru": {"language": "ru", "value": "Кет"}},
        "aliases": {"en": [{"language": "en", "value": "M. Ket"}]},
        "claims": {"P31": [{"mainsnak": item("Q5")}], "P39": held},
    })
}

fn office(id: &str, name: &str, place: Option<&str>) -> Value {
    let claims = place.map_or_else(|| json!({}), |it| json!({"P361": [{"mainsnak": item(it)}]}));
    json!({"type": "item", "id": id, "labels": {"en": {"language": "en", "value": name}}, "claims": claims})
}

fn pact() -> Value {
    json!({"type": "item", "id": "Q900", "labels": {"en": {"language": "en", "value": "Allied Rampart Pact"}}, "claims": {}})
}

fn read_all(entities: &[Value]) -> Import {
    read(Value::Array(entities.to_vec()).to_string().as_bytes()).unwrap()
}

fn tenures(import: &Import) -> Vec<String> {
    let tenure = |it: &Event| {
        let Event::TenureRecorded(it) = it else { return None };
        let bound = |it: Option<Edtf>| it.map_or_else(|| "…".to_owned(), |it| it.to_string());
        let (from, until) = (bound(it.from), bound(it.until));
        Some(format!("{} {} {:?} {from}/{until}", it.official, it.office, it.kind))
    };
    import.events.iter().filter_map(tenure).collect()
}

fn warnings(import: &Import) -> Vec<String> {
    import.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn persons_offices_and_tenures_are_read_with_their_precision() {
    let import = read_all(&[
        person(
            "Q1",
            "Miroslav Ket",
            vec![
                held(
                    "Q10",
                    json!({"P580": [time("+2020-01-01T00:00:00Z", 11)], "P582": [time("+2022-12-00T00:00:00Z", 10)], "P1365": [item("Q2")]}),
                ),
                held(
                    "Q11",
                    json!({"P580": [time("+2023-00-00T00:00:00Z", 9)], "P5102": [item("Q4676846")]}),
                ),
            ],
        ),
        office("Q10", "Secretary General", Some("Q900")),
        office("Q11", "Mayor of Narovets", None),
        pact(),
    ]);
    assert_eq!(warnings(&import), [""; 0]);
    assert_eq!(tenures(&import), ["Q1 Q10 Full 2020-01-01/2023-01", "Q1 Q11 Acting 2023/…"]);
    let office = import.events.iter().find_map(|it| {
        let Event::OfficeRecorded(it) = it else { return None };
        it.organisation.clone()
    });
    assert_eq!(office.unwrap().as_str(), "Q900");
    let names = import.events.iter().find_map(|it| {
        let Event::OfficialRecorded(it) = it else { return None };
        Some((it.name.clone(), it.other_names.clone()))
    });
    assert_eq!(
        names.unwrap(),
        ("Miroslav Ket".to_owned(), vec!["Кет".to_owned(), "M. Ket".to_owned()])
    );
}

#[test]
fn all_forms_of_a_file_say_the_same() {
    let entities = [
        person("Q1", "Miroslav Ket", vec![held("Q10", json!({}))]),
        office("Q10", "Mayor of Narovets", None),
    ];
    let [ket, mayor] = &entities;
    let wanted = read_all(&entities);
    let dump = format!("[\n{ket},\n{mayor}\n]\n");
    let lines = format!("{ket}\n{mayor}\n");
    let object = json!({"entities": {"Q1": ket, "Q10": mayor}, "success": 1}).to_string();
    for text in [dump, lines, object] {
        assert!(is_wikidata(text.as_bytes()));
        assert_eq!(read(text.as_bytes()).unwrap(), wanted, "{text}");
    }
    assert_eq!(tenures(&read(ket.to_string().as_bytes()).unwrap()), ["Q1 Q10 Full …/…"]);
    assert!(!is_wikidata(br#"{"persons": []}"#));
}

#[test]
fn the_day_of_a_handover_is_the_successors() {
    let day = || time("+2022-03-01T00:00:00Z", 11);
    let import = read_all(&[
        person("Q1", "Miroslav Ket", vec![held("Q10", json!({"P582": [day()]}))]),
        person("Q2", "Anna Selm", vec![held("Q10", json!({"P580": [day()]}))]),
        office("Q10", "Mayor of Narovets", None),
    ]);
    assert_eq!(warnings(&import), [""; 0]);
    assert_eq!(tenures(&import), ["Q1 Q10 Full …/2022-03-01", "Q2 Q10 Full 2022-03-01/…"]);
}

#[test]
fn what_is_wrong_is_named_with_its_place_and_hides_nothing_else() {
    let deprecated = json!({"mainsnak": item("Q10"), "rank": "deprecated"});
    let import = read_all(&[
        person(
            "Q1",
            "Miroslav Ket",
            vec![
                held(
                    "Q10",
                    json!({"P580": [time("+2022-01-01T00:00:00Z", 11)], "P582": [time("+2021-01-01T00:00:00Z", 11)]}),
                ),
                held("Q10", json!({"P582": [{"snaktype": "somevalue"}]})),
                deprecated,
                json!({"mainsnak": {"snaktype": "somevalue"}}),
                held("Q77", json!({"P580": [time("+1990-00-00T00:00:00Z", 8)]})),
                held("Q10", json!({"P580": [time("+2020-01-01T00:00:00Z", 11)]})),
                held("Q10", json!({"P580": [time("+2020-01-01T00:00:00Z", 11)]})),
            ],
        ),
        person(
            "Q2",
            "Anna Selm",
            vec![held("Q10", json!({"P580": [time("+2021-01-01T00:00:00Z", 11)]}))],
        ),
        office("Q10", "Mayor of Narovets", Some("Q901")),
        json!({"id": "Q50", "missing": ""}),
        json!({"id": "Q51", "claims": {}}),
        json!(7),
    ]);
    assert_eq!(
        warnings(&import),
        [
            "[3]: there is no entity `Q50`; left out",
            "[5]: found a number, wanted an entity with an id; left out",
            "Q10.claims.P361[0]: `Q901` is not in this file; kept without it",
            "Q51: neither a person nor an office nor where one is held; left out",
            "Q1.claims.P39[0]: it ends on 2021-01-01, before it starts on 2022-01-01; left out",
            "Q1.claims.P39[1]: it ended on a day that is not known; left out",
            "Q1.claims.P39[2]: its rank is deprecated; left out",
            "Q1.claims.P39[3]: the position is not known; left out",
            "Q1.claims.P39[4]: the position `Q77` is not in this file; the tenure waits for it",
            "Q1.claims.P39[4].qualifiers.P580: `+1990-00-00T00:00:00Z` with precision 8 is no year, month or day; counted as not known",
            "Q1.claims.P39[6]: same person, office and start as Q1.claims.P39[5]; left out",
            "Q2.claims.P39[0]: `Q10` allows one holder, on 2021-01-01 `Q1` (Q1.claims.P39[5]) and `Q2` hold it; kept",
        ]
    );
    assert_eq!(
        tenures(&import),
        ["Q1 Q77 Full …/…", "Q1 Q10 Full 2020-01-01/…", "Q2 Q10 Full 2021-01-01/…"]
    );
}

#[test]
fn what_holds_no_entity_is_no_registry() {
    assert!(matches!(read(b"\"claims\""), Err(WikidataError::NoEntity)));
    assert!(matches!(read(b"{\"claims\":"), Err(WikidataError::NotJson(_))));
    assert!(matches!(read(b"[]"), Err(WikidataError::NoEntity)));
}
