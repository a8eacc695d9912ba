//! What is doubtful in a registry as a whole, whatever files it came from: for its keepers to
//! settle.
//!
//! Nothing here stops the annotator; it reads stories with any registry. What can be seen in one
//! file is reported when that file is read, and not again here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use dateline_event::registry::Tenure;
use dateline_event::{OfficeId, OfficialId, OrganisationId, TopicId};

use crate::registry::Registry;

/// One doubt about a registry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// A tenure of somebody whom the registry does not know, or took back.
    NoSuchOfficial {
        /// Who.
        official: OfficialId,
        /// What the tenure is of.
        office: OfficeId,
    },
    /// A tenure of an office that the registry does not know, or took back.
    NoSuchOffice {
        /// What.
        office: OfficeId,
        /// Whose tenure it is.
        official: OfficialId,
    },
    /// An office or organisation that belongs to an organisation that is not there.
    NoSuchOrganisation {
        /// The organisation that is not there.
        organisation: OrganisationId,
        /// Id of the office or organisation that names it.
        named_by: String,
    },
    /// A topic below a topic that is not there.
    NoSuchTopic {
        /// The topic that is not there.
        topic: TopicId,
        /// The topic that names it.
        named_by: TopicId,
    },
    /// One name, without regard to case, of several officials: a page that prints it alone means
    /// one of them, and which one is left to the office and the day.
    SharedName {
        /// The name, as the first of them has it.
        name: String,
        /// Whose name it is, in the order of the ids.
        officials: Vec<OfficialId>,
    },
    /// An official without a tenure: no office can be told from the day.
    NeverInOffice {
        /// Who.
        official: OfficialId,
    },
    /// An office that stories name on days on which nobody held it.
    Vacant {
        /// Which.
        office: OfficeId,
        /// How many stories do so.
        stories: usize,
        /// The first of their days.
        first: NaiveDate,
        /// The last of their days.
        last: NaiveDate,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchOfficial { official, office } => {
                write!(f, "a tenure of `{office}` is held by `{official}`, who is not recorded")
            }
            Self::NoSuchOffice { office, official } => {
                write!(f, "`{official}` holds `{office}`, which is not recorded")
            }
            Self::NoSuchOrganisation { organisation, named_by } => {
                write!(f, "`{named_by}` belongs to `{organisation}`, which is not recorded")
            }
            Self::NoSuchTopic { topic, named_by } => {
                write!(f, "the topic `{named_by}` is below `{topic}`, which is not recorded")
            }
            Self::SharedName { name, officials } => {
                let ids: Vec<&str> = officials.iter().map(OfficialId::as_str).collect();
                write!(f, "the name `{name}` is that of {}", ids.join(", "))
            }
            Self::NeverInOffice { official } => write!(f, "`{official}` never holds an office"),
            Self::Vacant { office, stories, first, last } => {
                let name = if *stories == 1 { "story names" } else { "stories name" };
                write!(f, "{stories} {name} `{office}`, which nobody held then: {first}")?;
                if first == last { Ok(()) } else { write!(f, " to {last}") }
            }
        }
    }
}

/// Everything doubtful in `registry`, in a fixed order, each once.
pub fn check(registry: &Registry) -> Vec<Finding> {
    let mut found: BTreeSet<Finding> = BTreeSet::new();
    for tenure in registry.tenures().values() {
        found.extend(dangling(registry, tenure));
    }
    let in_office: BTreeSet<&OfficialId> =
        registry.tenures().values().map(|it| &it.official).collect();
    let idle = registry.officials().keys().filter(|it| !in_office.contains(it));
    found.extend(idle.map(|it| Finding::NeverInOffice { official: it.clone() }));
    found.extend(homeless(registry));
    for topic in registry.topics().values() {
        let unknown = topic.broader.iter().filter(|it| !registry.topics().contains_key(it));
        found.extend(
            unknown
                .map(|it| Finding::NoSuchTopic { topic: it.clone(), named_by: topic.id.clone() }),
        );
    }
    found.extend(shared_names(registry));
    found.into_iter().collect()
}

fn dangling(registry: &Registry, tenure: &Tenure) -> Vec<Finding> {
    let (official, office) = (tenure.official.clone(), tenure.office.clone());
    let mut found = Vec::new();
    if !registry.officials().contains_key(&official) {
        let (official, office) = (official.clone(), office.clone());
        found.push(Finding::NoSuchOfficial { official, office });
    }
    if !registry.offices().contains_key(&office) {
        found.push(Finding::NoSuchOffice { office, official });
    }
    found
}

fn homeless(registry: &Registry) -> Vec<Finding> {
    let offices = registry
        .offices()
        .values()
        .filter_map(|it| Some((it.organisation.clone()?, it.id.to_string())));
    let organisations = registry
        .organisations()
        .values()
        .filter_map(|it| Some((it.parent.clone()?, it.id.to_string())));
    offices
        .chain(organisations)
        .filter(|(organisation, _)| !registry.organisations().contains_key(organisation))
        .map(|(organisation, named_by)| Finding::NoSuchOrganisation { organisation, named_by })
        .collect()
}

fn shared_names(registry: &Registry) -> Vec<Finding> {
    let mut by_name: BTreeMap<String, (String, BTreeSet<OfficialId>)> = BTreeMap::new();
    for official in registry.officials().values() {
        for name in std::iter::once(&official.name).chain(&official.other_names) {
            let named = by_name
                .entry(name.to_lowercase())
                .or_insert_with(|| (name.clone(), BTreeSet::new()));
            named.1.insert(official.id.clone());
        }
    }
    by_name
        .into_values()
        .filter(|(_, officials)| officials.len() > 1)
        .map(|(name, officials)| Finding::SharedName {
            name,
            officials: officials.into_iter().collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use dateline_event::Event;
    use dateline_event::registry::{
        Label, Office, Official, Organisation, Tenure, TenureKind, Topic,
    };

    use super::*;

    fn official(id: &str, name: &str, other_names: &[&str]) -> Event {
        Event::OfficialRecorded(Official {
            id: id.parse().unwrap(),
            name: name.to_owned(),
            other_names: other_names.iter().map(ToString::to_string).collect(),
        })
    }

    fn tenure(official: &str, office: &str) -> Event {
        Event::TenureRecorded(Tenure {
            official: official.parse().unwrap(),
            office: office.parse().unwrap(),
            kind: TenureKind::Full,
            from: None,
            until: None,
        })
    }

    fn office(id: &str, organisation: &str) -> Event {
        Event::OfficeRecorded(Office {
            id: id.parse().unwrap(),
            label: "Secretary General".to_owned(),
            other_labels: Vec::new(),
            organisation: Some(organisation.parse().unwrap()),
        })
    }

    fn organisation(id: &str, parent: Option<&str>) -> Event {
        Event::OrganisationRecorded(Organisation {
            id: id.parse().unwrap(),
            name: "Allied Rampart Pact Organization".to_owned(),
            other_names: Vec::new(),
            classification: None,
            parent: parent.map(|it| it.parse().unwrap()),
        })
    }

    fn topic(id: &str, broader: &str) -> Event {
        Event::TopicRecorded(Topic {
            id: id.parse().unwrap(),
            labels: vec![Label { language: "en".to_owned(), text: "Drills".to_owned() }],
            alt_labels: Vec::new(),
            definition: None,
            broader: vec![broader.parse().unwrap()],
            rules: Vec::new(),
        })
    }

    fn findings(events: &[Event]) -> Vec<String> {
        let mut registry = Registry::default();
        for event in events {
            registry.apply(event);
        }
        check(&registry).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_whole_registry_gives_no_finding() {
        let whole = [
            organisation("arpo", None),
            office("sg", "arpo"),
            official("ket", "Miroslav Ket", &["M. Ket"]),
            tenure("ket", "sg"),
        ];
        assert_eq!(findings(&whole), [""; 0]);
    }

    #[test]
    fn what_is_named_and_not_recorded_is_found() {
        let torn = [
            organisation("staff", Some("arpo")),
            office("sg", "pact"),
            official("ket", "Miroslav Ket", &[]),
            tenure("ket", "chief"),
            tenure("ardin", "sg"),
            topic("drills", "military"),
        ];
        assert_eq!(
            findings(&torn),
            [
                "a tenure of `sg` is held by `ardin`, who is not recorded",
                "`ket` holds `chief`, which is not recorded",
                "`staff` belongs to `arpo`, which is not recorded",
                "`sg` belongs to `pact`, which is not recorded",
                "the topic `drills` is below `military`, which is not recorded",
            ]
        );
    }

    #[test]
    fn a_name_of_two_officials_is_found_and_so_is_one_without_an_office() {
        let alike = [
            organisation("arpo", None),
            office("sg", "arpo"),
            official("ket", "Miroslav Ket", &["M. Ket", "Ket"]),
            official("ket-2", "Milena Ket", &["M. KET"]),
            tenure("ket", "sg"),
        ];
        assert_eq!(
            findings(&alike),
            ["the name `M. Ket` is that of ket, ket-2", "`ket-2` never holds an office"]
        );
    }
}
