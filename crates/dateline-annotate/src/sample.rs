//! Stories and a registry of an invented world, for tests.

use chrono::NaiveDate;
use dateline_event::date::{Basis, Day, Edtf, PrintedDate};
use dateline_event::registry::{Office, Official, Organisation, Tenure, TenureKind};
use dateline_event::story::{Dateline, Headline, Story, StoryRole};
use dateline_event::{Event, OfficeId, OfficialId, OrganisationId, Piece, Span};

use crate::people::{Mention, MentionKind, People, Person};
use crate::registry::Registry;
use crate::text::StoryText;

/// A story without stamp, headline and dateline.
pub(crate) fn story(body: &str) -> Story {
    Story {
        role: StoryRole::Article,
        title: None,
        body: body.to_owned(),
        pieces: Piece::lines([Span::new(1000, 1000 + length(body))]),
        language: "en".to_owned(),
        published: None,
        address: None,
        passages: Vec::new(),
        stamp_place: None,
        dateline: None,
    }
}

/// The same with a stamp of `day`, such as `2023-02-20`.
pub(crate) fn stamped(day: &str, body: &str) -> Story {
    let day: NaiveDate = day.parse().unwrap();
    let published = PrintedDate {
        edtf: Edtf::day(Day::of(day)),
        basis: Basis::PageDate,
        field: None,
        span: Span::new(900, 910),
        text: day.format("%d.%m.%Y").to_string(),
    };
    Story { published: Some(published), ..story(body) }
}

pub(crate) fn titled(title: &str, body: &str) -> Story {
    let headline = Headline { text: title.to_owned(), span: Span::new(100, 100 + length(title)) };
    Story { title: Some(headline), ..story(body) }
}

/// Makes the start of the body up to `end` a dateline.
pub(crate) fn filed(story: Story, place: &str, date: Option<&str>, end: &str) -> Story {
    let bytes = story.body.find(end).unwrap() + end.len();
    let span = Span::new(1000, 1000 + length(&story.body[..bytes]));
    let date = date.map(|it| PrintedDate {
        edtf: it.parse().unwrap(),
        basis: Basis::Dateline,
        field: None,
        span,
        text: it.to_owned(),
    });
    let dateline = Dateline { place: Some(place.to_owned()), date, agency: None, span };
    Story { dateline: Some(dateline), ..story }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap()
}

/// The alliance ARPO with its Secretary Generals (Zveromyslov acting in 2019, Ket from 2020 to
/// 2022, Toskarbaliev since), the state of Polavia and the agency `PolTA`.
pub(crate) fn registry() -> Registry {
    let mut registry = Registry::default();
    for (id, name) in [
        ("ket", "Miroslav Ket"),
        ("zveromyslov", "Arkady Zveromyslov"),
        ("toskarbaliev", "Ilmangir Toskarbaliev"),
    ] {
        let id = OfficialId::new(id).unwrap();
        let official = Official { id, name: name.to_owned(), other_names: Vec::new() };
        registry.apply(&Event::OfficialRecorded(official));
    }
    let office = Office {
        id: OfficeId::new("head").unwrap(),
        label: "ARPO Secretary General".to_owned(),
        other_labels: Vec::new(),
        organisation: None,
    };
    registry.apply(&Event::OfficeRecorded(office));
    for (id, kind, from, until) in [
        ("zveromyslov", TenureKind::Acting, "2018-11-06", Some("2020-01-01")),
        ("ket", TenureKind::Full, "2020-01-01", Some("2023-01-01")),
        ("toskarbaliev", TenureKind::Full, "2023-01-01", None),
    ] {
        let (official, office) = (OfficialId::new(id).unwrap(), OfficeId::new("head").unwrap());
        let (from, until) = (Some(from.parse().unwrap()), until.map(|it| it.parse().unwrap()));
        registry.apply(&Event::TenureRecorded(Tenure { official, office, kind, from, until }));
    }
    for (id, name, other, kind) in [
        ("polavia", "Republic of Polavia", "Polavia", "state"),
        ("polta", "PolTA", "POLTA", "news agency"),
        ("vesk", "VESK", "Vesk agency", "news agency"),
        ("arpo", "Allied Rampart Pact Organization", "ARPO", "alliance"),
    ] {
        registry.apply(&Event::OrganisationRecorded(Organisation {
            id: OrganisationId::new(id).unwrap(),
            name: name.to_owned(),
            other_names: vec![other.to_owned()],
            classification: Some(kind.to_owned()),
            parent: None,
        }));
    }
    registry
}

/// The persons of the registry that `text` names, each with the office "… Secretary General" before
/// the name.
pub(crate) fn people(text: &StoryText<'_>, registry: &Registry) -> People {
    let mut people = People::default();
    for official in registry.officials().values() {
        let Some(at) = text.as_str().find(&official.name) else { continue };
        let before = text.get(0..at);
        let office = before.trim_end().ends_with("Secretary General").then(|| {
            let start = before.rfind("ARPO ").or_else(|| before.rfind("Secretary")).unwrap();
            let acting = before[..start].strip_suffix("Acting ").map_or(start, str::len);
            acting..before.trim_end().len()
        });
        let range = at..at + official.name.len();
        people.mentions.push(Mention {
            whole: office.clone().map_or(at, |it| it.start)..range.end,
            range: range.clone(),
            person: Some(people.persons.len()),
            kind: MentionKind::Name,
        });
        people.persons.push(Person {
            name: official.name.clone(),
            official: Some(official.id.clone()),
            candidates: Vec::new(),
            as_written: range,
            office,
            share: None,
            rank: None,
        });
    }
    people
}
