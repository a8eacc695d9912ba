//! What a reader of a topic scheme sees of its concepts and of what is wrong in it.

use super::*;

fn topics(import: &Import) -> Vec<&Topic> {
    let mut topics = Vec::new();
    for event in &import.events {
        let Event::TopicRecorded(topic) = event else { panic!("not a topic: {event:?}") };
        topics.push(topic);
    }
    topics
}

fn lines(json: &str) -> String {
    let import = read(json.as_bytes()).unwrap();
    let mut lines = Vec::new();
    for topic in topics(&import) {
        let labels = |list: &[Label]| {
            let texts: Vec<String> =
                list.iter().map(|it| format!("{}@{}", it.text, it.language)).collect();
            texts.join(", ")
        };
        let broader: Vec<&str> = topic.broader.iter().map(TopicId::as_str).collect();
        lines.push(format!(
            "{} | {} | {} | {} | < {} | {} rules",
            topic.id,
            labels(&topic.labels),
            labels(&topic.alt_labels),
            topic.definition.as_deref().unwrap_or_default(),
            broader.join(", "),
            topic.rules.len()
        ));
    }
    lines.extend(import.warnings.iter().map(|it| format!("! {it}")));
    lines.join("\n")
}

#[test]
fn a_plain_list_takes_labels_in_every_form() {
    insta::assert_snapshot!(lines(
        r#"[
          {"id": "exercise", "label": "Exercises", "broader": "military", "definition": "Drills."},
          {"id": "military", "labels": {"en": "Military", "ru": "Армия"}, "alt_labels": ["Forces"]},
          {"id": "cyber", "labels": [{"language": "en", "text": "Networks"}, "Cyber"],
           "rules": [{"any": ["cyber*"], "weight": 8}]}
        ]"#
    ));
}

#[test]
fn json_ld_reads_the_same_compact_prefixed_and_expanded() {
    let bare = lines(
        r#"{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#",
          "@vocab": "http://www.w3.org/2004/02/skos/core#",
                         "@language": "en"},
            "@graph": [{"@id": "https://t.example/s/1", "@type": "ConceptScheme",
              "prefLabel": "The scheme"},
              {"@id": "https://t.example/s/drills", "@type": "Concept", "prefLabel": "Drills",
               "altLabel": ["Exercises"], "definition": "Troops at practice",
                 "broader": "https://t.example/s/army"},
              {"@id": "https://t.example/s/army", "@type": "Concept",
                "prefLabel": {"@value": "Army", "@language": "en"}}]}"#,
    );
    let prefixed = lines(
        r#"{"@context": {"s": "http://www.w3.org/2004/02/skos/core#", "t": "https://t.example/s/"},
            "@graph": [
              {"@id": "t:drills", "@type": "s:Concept", "s:prefLabel": {"en": "Drills"},
               "s:altLabel": {"en": ["Exercises"]}, "s:definition": {"en": "Troops at practice"}},
              {"@id": "t:army", "s:prefLabel": {"en": "Army"},
                "s:narrower": {"@id": "t:drills"}}]}"#,
    );
    let expanded = lines(
        r#"[{"@id": "https://t.example/s/drills",
             "@type": ["http://www.w3.org/2004/02/skos/core#Concept"],
             "http://www.w3.org/2004/02/skos/core#prefLabel": [{"@value": "Drills",
               "@language": "en"}],
             "http://www.w3.org/2004/02/skos/core#altLabel": [{"@value": "Exercises",
               "@language": "en"}],
             "http://www.w3.org/2004/02/skos/core#definition": [{"@value": "Troops at practice",
               "@language": "en"}],
             "http://www.w3.org/2004/02/skos/core#broader": [{"@id": "https://t.example/s/army"}]},
            {"@id": "https://t.example/s/army",
             "http://www.w3.org/2004/02/skos/core#prefLabel": [{"@value": "Army",
               "@language": "en"}]}]"#,
    );
    assert_eq!(bare, prefixed);
    assert_eq!(bare, expanded);
    insta::assert_snapshot!(bare);
}

#[test]
fn what_is_wrong_is_reported_with_its_place_and_hides_nothing_else() {
    insta::assert_snapshot!(lines(
        r#"[
          {"id": "a", "label": "A", "broader": ["b", "nowhere"]},
          {"id": "b", "label": "B", "broader": ["a"], "lable": "C"},
          {"id": "a", "label": "Another A"},
          {"id": "c"}, {"label": "D"}, {"id": "with space", "label": "E"}, 5,
          {"id": "f", "label": "F", "rules": [{"none": ["x"]}, {"any": ["a*b"]}, {"any": ["x"],
            "weight": 99},
             {"an": ["x"], "any": ["y"]}, {"any": "x"}]},
          {"@id": "https://one.example/same", "skos:prefLabel": "One"},
          {"@id": "https://two.example/same", "skos:prefLabel": "Two"},
          {"@id": "https://two.example/unlabelled"},
          {"id": "g", "label": "G", "broader": 3, "definition": ["x"]},
          {"@id": "https://two.example/h", "skos:prefLabel": "H", "skos:broader": {"@list": []}}
        ]"#
    ));
}

#[test]
fn what_is_no_scheme_is_refused_with_a_reason() {
    let errors: Vec<String> = ["[\n {,]", "", "\"text\"", "[]"]
        .iter()
        .map(|it| read(it.as_bytes()).unwrap_err().to_string())
        .collect();
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn the_schemes_of_the_fixtures_read_without_a_warning() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    for (file, count) in
        [("topics/layouts.json", 22), ("topics/seeds.json", 26), ("demo/topics.json", 22)]
    {
        let import = read(&std::fs::read(folder.join(file)).unwrap()).unwrap();
        assert_eq!(import.warnings, [], "{file}");
        assert_eq!(topics(&import).len(), count, "{file}");
    }
}

proptest::proptest! {
    #[test]
    fn no_torn_scheme_makes_the_reader_panic(
        cut in 0..4000usize, end in 0..4000usize, put in "\\PC{0,6}",
    ) {
        let whole = include_str!("../../../../fixtures/topics/layouts.json");
        let mut text: Vec<char> = whole.chars().take(4000).collect();
        text.splice(cut.min(end)..cut.max(end).min(cut.min(end) + 40), put.chars());
        let torn: String = text.into_iter().chain("]}]".chars()).collect();
        let _ = read(torn.as_bytes());
    }

    #[test]
    fn every_json_value_is_read_or_refused(
        word in "[a-z@:]{1,8}", number in proptest::num::i64::ANY,
    ) {
        for value in ["null", "[]", "{}", "\"x\"", &number.to_string(), "[[{}]]"] {
            for key in [word.as_str(), "@graph", "labels", "skos:prefLabel", "rules", "broader"] {
                let json = format!(r#"[{{"id": "a", "label": "A", "{key}": {value}}}]"#);
                let _ = read(json.as_bytes());
                let _ = read(format!(r#"{{"{key}": {value}}}"#).as_bytes());
            }
        }
    }
}
