//! What a reader of a registry file sees of its tenures and of what is wrong in it.

use dateline_event::Event;

use super::*;

fn read_text(json: &str) -> Import {
    read(json.as_bytes()).unwrap()
}

fn tenures(import: &Import) -> Vec<String> {
    let line = |event: &Event| {
        let Event::TenureRecorded(it) = event else { return None };
        let end = it.until.map_or_else(String::new, |it| it.to_string());
        Some(format!("{} {:?} until {end}", it.id(), it.kind))
    };
    import.events.iter().filter_map(line).collect()
}

fn warnings(import: &Import) -> Vec<String> {
    import.warnings.iter().map(ToString::to_string).collect()
}

fn registry(memberships: &str) -> String {
    format!(
        r#"{{
          "persons": [{{"id": "ket", "name": "Miroslav Ket"}}, {{"id": "ard",
            "name": "Konstantin Ardin"}}],
          "organizations": [{{"id": "arpo", "name": "Allied Rampart Pact Organization"}}],
          "posts": [{{"id": "sg", "label": "ARPO Secretary General", "organization_id": "arpo"}},
                    {{"id": "dsg", "label": "Deputy Secretary General", "maximum_memberships": 2}}],
          "memberships": [{memberships}]
        }}"#
    )
}

#[test]
fn a_tenure_ends_on_the_day_after_its_last_day() {
    let import = read_text(&registry(
        r#"{"person_id": "ket", "post_id": "sg", "start_date": "2020-01-01",
          "end_date": "2022-12-31"},
           {"person_id": "ard", "post_id": "sg", "start_date": "2018-11", "end_date": "2019-12"},
           {"person_id": "ard", "post_id": "dsg", "start_date": "2011", "end_date": "2012"},
           {"person_id": "ket", "post_id": "dsg"}"#,
    ));
    assert_eq!(
        tenures(&import),
        [
            "ket:sg:2020-01-01 Full until 2023-01-01",
            "ard:sg:2018-11 Full until 2020-01",
            "ard:dsg:2011 Full until 2013",
            "ket:dsg:unknown Full until ",
        ]
    );
    assert!(import.warnings.is_empty(), "{:?}", import.warnings);
}

#[test]
fn whoever_acts_holds_the_office_for_the_time_being() {
    let import = read_text(&registry(
        r#"{"person_id": "ard", "post_id": "sg", "role": "Acting Secretary General"},
           {"person_id": "ket", "post_id": "sg", "start_date": "2020"}"#,
    ));
    assert_eq!(
        tenures(&import),
        ["ard:sg:unknown Acting until ", "ket:sg:2020 Full until "],
        "an acting holder beside a full one is no overlap: {:?}",
        import.warnings
    );
    assert!(import.warnings.is_empty());
}

#[test]
fn a_membership_with_a_role_and_no_post_makes_an_office() {
    let import = read_text(&registry(
        r#"{"person_id": "ket", "organization_id": "arpo", "role": "member"},
           {"person_id": "ard", "organization_id": "arpo", "role": "member"},
           {"person_id": "ard", "organization_id": "arpo"}"#,
    ));
    let labels = import.events.iter().filter_map(|it| {
        let Event::OfficeRecorded(office) = it else { return None };
        Some(office.label.as_str())
    });
    let made = "member of Allied Rampart Pact Organization";
    assert_eq!(labels.filter(|it| *it == made).count(), 1);
    assert_eq!(tenures(&import).len(), 2);
    let [warning] = import.warnings.as_slice() else { panic!("{:?}", import.warnings) };
    assert_eq!(warning.at, "memberships[2]");
}

#[test]
fn a_membership_takes_the_days_of_its_legislative_period() {
    let import = read_text(
        r#"{"persons": [{"id": "ket", "name": "Miroslav Ket"}],
            "organizations": [{"id": "seym", "name": "the Seym"}],
            "events": [{"id": "term/6", "start_date": "2016-10-11", "end_date": "2019-12-03"}],
            "memberships": [{"person_id": "ket", "organization_id": "seym", "role": "member",
                             "legislative_period_id": "term/6"}]}"#,
    );
    assert_eq!(tenures(&import), ["ket:seym:member:2016-10-11 Full until 2019-12-04"]);
}

#[test]
fn what_is_wrong_is_reported_with_its_place_and_hides_nothing_else() {
    let import = read_text(
        r#"{
          "persons": [{"id": "ket", "name": "Miroslav Ket", "other_names": [{"name": "M. Ket"},
            {"note": "x"}]},
                      {"id": "ket", "name": "Another Ket"}, {"id": "k et", "name": "K"},
                        {"name": "N"},
                      {"id": "nameless"}, 7],
          "organizations": [{"id": "arpo", "name": "ARPO", "parent_id": "nowhere"}],
          "posts": [{"id": "sg", "label": "Secretary General", "organization_id": "nowhere"}],
          "memberships": [
            {"person_id": "nobody", "post_id": "sg"},
            {"person_id": "ket", "post_id": "nothing"},
            {"person_id": "ket", "post_id": "sg", "start_date": "2020-02-30"},
            {"person_id": "ket", "post_id": "sg", "start_date": "2020-02",
              "end_date": "2020-01-31"},
            {"person_id": "ket", "post_id": "sg", "start_date": "2021"},
            {"person_id": "ket", "post_id": "sg", "start_date": "2021"}
          ]
        }"#,
    );
    insta::assert_snapshot!(warnings(&import).join("\n"));
    assert_eq!(tenures(&import), ["ket:sg:2021 Full until "]);
}

#[test]
fn organisations_that_belong_to_each_other_are_reported() {
    let import = read_text(
        r#"{"organizations": [{"id": "a", "name": "A", "parent_id": "b"},
                              {"id": "b", "name": "B", "parent_id": "c"},
                              {"id": "c", "name": "C", "parent_id": "a"},
                              {"id": "d", "name": "D", "parent_id": "d"}]}"#,
    );
    assert_eq!(
        warnings(&import),
        [
            "organizations[2].parent_id: `a` belongs to it already; kept without it",
            "organizations[3].parent_id: `d` belongs to it already; kept without it",
        ]
    );
}

#[test]
fn two_full_holders_on_one_day_are_reported_and_kept() {
    let import = read_text(&registry(
        r#"{"person_id": "ket", "post_id": "sg", "start_date": "2020-01-01",
          "end_date": "2022-12-31"},
           {"person_id": "ard", "post_id": "sg", "start_date": "2022-12-31"},
           {"person_id": "ket", "post_id": "dsg"},
           {"person_id": "ard", "post_id": "dsg"}"#,
    ));
    assert_eq!(tenures(&import).len(), 4);
    insta::assert_snapshot!(warnings(&import).join("\n"));
}

#[test]
fn a_handover_known_to_the_month_is_no_overlap() {
    let import = read_text(&registry(
        r#"{"person_id": "ket", "post_id": "sg", "start_date": "2017", "end_date": "2018-11"},
           {"person_id": "ard", "post_id": "sg", "start_date": "2018-11"}"#,
    ));
    assert!(import.warnings.is_empty(), "{:?}", import.warnings);
}

#[test]
fn a_tenure_of_unknown_start_is_an_overlap_on_its_last_day_alone() {
    let over = r#"{"person_id": "ket", "post_id": "sg", "end_date": "2018-11"},
                  {"person_id": "ard", "post_id": "sg", "start_date": "2017",
                    "end_date": "2018-12"}"#;
    assert_eq!(warnings(&read_text(&registry(over))).len(), 1);
    let apart = over.replace("2017", "2019").replace("2018-12", "2020");
    assert_eq!(warnings(&read_text(&registry(&apart))).len(), 0);
    let open = r#"{"person_id": "ket", "post_id": "sg"},
                  {"person_id": "ard", "post_id": "sg", "start_date": "2017"}"#;
    assert_eq!(warnings(&read_text(&registry(open))).len(), 1);
}

#[test]
fn what_is_no_registry_is_refused_with_a_reason() {
    let errors: Vec<String> = ["{\n \"persons\": [,]}", "", "[]", "{}", r#"{"persons": {}}"#]
        .iter()
        .map(|it| read(it.as_bytes()).unwrap_err().to_string())
        .collect();
    insta::assert_snapshot!(errors.join("\n"));
    assert!(read(b"{\"persons\": \"\xff\"}").is_err());
}

#[test]
fn the_registries_of_the_fixtures_read_without_a_warning() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    for (file, least) in [("registry/seeds.json", 300), ("demo/registry.json", 50)] {
        let import = read(&std::fs::read(folder.join(file)).unwrap()).unwrap();
        assert_eq!(warnings(&import), [""; 0], "{file}");
        assert!(tenures(&import).len() > least, "{file}");
    }
}

proptest::proptest! {
    #[test]
    fn a_tenure_covers_its_first_and_last_day_and_not_the_day_after(
        year in 1900..2100i32, first in 0..365u64, length in 0..4000u64,
    ) {
        let first = chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap() + chrono::Days::new(first);
        let last = first + chrono::Days::new(length);
        let import = read_text(&registry(&format!(
            r#"{{"person_id": "ket", "post_id": "sg", "start_date": "{first}",
              "end_date": "{last}"}}"#
        )));
        let Some(Event::TenureRecorded(tenure)) = import.events.last() else { panic!("no tenure") };
        proptest::prop_assert!(tenure.covers(first) && tenure.covers(last));
        proptest::prop_assert!(!tenure.covers(last.succ_opt().unwrap()));
        proptest::prop_assert!(!tenure.covers(first.pred_opt().unwrap()));
    }

    #[test]
    fn every_json_value_in_every_place_is_read_or_refused(
        list in "persons|organizations|posts|memberships|events",
        key in "id|name|label|other_names|other_labels|post_id|person_id|start_date|role",
        value in "null|true|-1|\"\"|\"x y\"|\"2020-13\"|\\[\\]|\\[7\\]|\\{\\}|\\[\\{\\}\\]",
    ) {
        let entry = format!(r#"{{"id": "a", "name": "A", "label": "A", "{key}": {value}}}"#);
        let import = read(format!(r#"{{"persons": [], "{list}": [{entry}, {value}]}}"#).as_bytes());
        proptest::prop_assert!(import.is_ok());
        let _ = read(format!(r#"{{"{list}": {value}}}"#).as_bytes());
    }
}
