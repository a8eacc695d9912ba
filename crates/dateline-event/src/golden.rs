//! The stored shapes, held by one golden file for each type and version of event under
//! `schema/events`: what was written once can be read for good, and is written the same way today.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::event::{Ruling, Verdict};
use crate::{DecodeError, Envelope, Event, EventKind, Payload, StoryId};
use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schema/events")
}

fn name(kind: EventKind, version: u16) -> String {
    format!("{kind}.v{version}.json")
}

fn files() -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let mut files: Vec<(String, String)> = entries
        .map(|it| it.unwrap())
        .map(|it| (it.file_name().into_string().unwrap(), it.path()))
        .map(|(name, path)| (name, std::fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

fn golden(kind: EventKind) -> Envelope {
    golden_of(kind, kind.version())
}

fn golden_of(kind: EventKind, version: u16) -> Envelope {
    let json = std::fs::read_to_string(folder().join(name(kind, version))).unwrap();
    serde_json::from_str(&json).unwrap()
}

fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[test]
fn every_version_of_every_type_of_event_has_a_file_and_no_other_file_is_there() {
    let versions = |kind: EventKind| (1..=kind.version()).map(move |it| name(kind, it));
    let wanted: BTreeSet<String> = EventKind::ALL.into_iter().flat_map(versions).collect();
    let found: BTreeSet<String> = files().into_iter().map(|(name, _)| name).collect();
    assert_eq!(found, wanted);
}

#[test]
fn every_file_is_named_after_what_it_holds_and_can_be_read() {
    for (file, json) in files() {
        let envelope: Envelope = serde_json::from_str(&json).unwrap();
        let (kind, version) = (&envelope.event.kind, envelope.event.version);
        assert_eq!(file, format!("{kind}.v{version}.json"));
        let event = Event::decode(&envelope).unwrap_or_else(|why| panic!("{file}: {why}"));
        assert_eq!(event.kind().as_str(), kind, "{file}");
        assert_eq!(event.stream(), envelope.event.stream, "{file}");
    }
}

#[test]
fn an_envelope_is_written_as_it_was_read() {
    for (file, json) in files() {
        let envelope: Envelope = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_value(&envelope).unwrap(), value(&json), "{file}");
    }
}

#[test]
fn an_event_of_the_present_version_is_made_again_to_the_letter() {
    for kind in EventKind::ALL {
        let envelope = golden(kind);
        let event = Event::decode(&envelope).unwrap();
        let stored = envelope.event;
        let made = event.into_new(&stored.source, stored.time);
        assert_eq!(value(made.data.as_json()), value(stored.data.as_json()), "{kind}");
        assert_eq!((made.version, made.kind.as_str()), (kind.version(), kind.as_str()));
        assert_eq!(made.id, stored.id, "the same fact must have the same id for good: {kind}");
    }
}

#[test]
fn an_event_of_a_retired_version_says_what_the_present_one_says() {
    let mut retired = 0;
    for kind in EventKind::ALL {
        for version in 1..kind.version() {
            let old = Event::decode(&golden_of(kind, version)).unwrap();
            assert_eq!(old, Event::decode(&golden(kind)).unwrap(), "{kind} version {version}");
            retired += 1;
        }
    }
    assert!(retired >= 2, "the shapes of stories were retired once");
}

#[test]
fn data_that_is_not_of_its_retired_version_stops_a_replay_and_says_what_is_wrong() {
    let refused = |pieces: &str| {
        let mut envelope = golden_of(EventKind::StoryReported, 1);
        let mut data = value(envelope.event.data.as_json());
        data["content"]["pieces"] = value(pieces);
        envelope.event.data = Payload::of(&data).unwrap();
        Event::decode(&envelope).unwrap_err().to_string()
    };
    for pieces in
        ["null", "[[1]]", "[[5, 4]]", "[[0, \"1\"]]", r#"[{"body": [0, 1], "page": [0, 1]}]"#]
    {
        assert_eq!(
            refused(pieces),
            "the event at position 1 is no `story.reported` version 1: `content.pieces` is no list of spans"
        );
    }
    // Together they are longer than a body can be.
    assert!(refused("[[0, 4294967295], [0, 9]]").contains("`story.reported` version 1: "));
}

#[test]
fn an_unknown_type_stops_a_replay_and_is_named_with_its_position() {
    let mut envelope = golden(EventKind::StoryRetracted);
    envelope.event.kind = "story.sung".to_owned();
    let why = Event::decode(&envelope).unwrap_err();
    assert!(matches!(why, DecodeError::UnknownKind { .. }));
    assert_eq!(
        why.to_string(),
        "the event at position 3 has the unknown type `story.sung` (version 1)"
    );
}

#[test]
fn a_later_version_stops_a_replay_and_says_what_can_be_read() {
    let mut envelope = golden(EventKind::StoryRetracted);
    envelope.event.version = 2;
    let why = Event::decode(&envelope).unwrap_err();
    assert!(matches!(why, DecodeError::NewerVersion { known: 1, .. }));
    assert_eq!(
        why.to_string(),
        "the event at position 3 is `story.retracted` version 2, this program reads up to 1"
    );
}

#[test]
fn data_of_another_shape_stops_a_replay_and_says_what_is_wrong() {
    for kind in EventKind::ALL {
        let version = kind.version();
        let mut envelope = golden(kind);
        envelope.event.data = Payload::from_json(r#"{"reason": 7}"#.to_owned()).unwrap();
        let why = Event::decode(&envelope).unwrap_err();
        assert!(matches!(&why, DecodeError::Shape { kind: named, .. } if *named == kind));
        let start = format!(
            "the event at position {} is no `{kind}` version {version}: ",
            envelope.position
        );
        assert!(why.to_string().starts_with(&start), "{why}");
    }
}

#[test]
fn the_name_of_a_type_reads_back_as_the_type() {
    for kind in EventKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    assert_eq!("story".parse::<EventKind>(), Err(()));
}

#[test]
fn each_ruling_names_what_it_is_on() {
    let story = StoryId::of_name("a story");
    let topic = "cyber".parse().unwrap();
    let other = StoryId::of_name("another story");
    let rulings = [
        (Ruling::Topic { story, topic, verdict: Verdict::Is }, "topic", "is"),
        (Ruling::Same { story, other, verdict: Verdict::IsNot }, "same", "is-not"),
    ];
    for (ruling, on, verdict) in rulings {
        let json = serde_json::to_value(&ruling).unwrap();
        assert_eq!((json["on"].as_str(), json["verdict"].as_str()), (Some(on), Some(verdict)));
        assert_eq!(serde_json::from_value::<Ruling>(json).unwrap(), ruling);
        assert_eq!(Event::RulingMade(ruling).stream(), story.stream());
    }
}
