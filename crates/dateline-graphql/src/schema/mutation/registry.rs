//! What facts about the registry are recorded with.

use async_graphql::{ID, InputObject};
use dateline_event::registry::{Label, Office, Official, Organisation, Tenure, Topic, TopicRule};
use dateline_event::{Event, OfficeId, OfficialId, OrganisationId, TopicId};

use super::input::plain;
use super::problem::{Problem, invalid};
use crate::schema::global_id::Kind;
use crate::schema::office::TenureKindValue;
use crate::schema::scalar::Edtf;

macro_rules! recorded {
    ($($(#[$doc:meta])* $input:ident, $fields:ident { $(#[$flat:meta])* $what:ident };)*) => {$(
        $(#[$doc])*
        #[derive(InputObject)]
        pub(super) struct $input {
            /// What you call this change, so that asking twice changes once; a UUID, say.
            pub(super) idempotency_key: Option<String>,
            $(#[$flat])*
            $what: $fields,
        }

        impl $input {
            /// The fact.
            pub(super) fn fact(&self) -> Result<Event, Problem> {
                self.$what.fact(stringify!($what))
            }
        }
    )*};
}

recorded! {
    /// An office to be recorded.
    RecordOfficeInput, OfficeInput {
        /// The office.
        office
    };
    /// An official to be recorded.
    RecordOfficialInput, OfficialInput {
        /// The official.
        official
    };
    /// An organisation to be recorded.
    RecordOrganisationInput, OrganisationInput {
        /// The organisation.
        organisation
    };
    /// A tenure to be recorded.
    RecordTenureInput, TenureInput {
        /// The tenure.
        tenure
    };
    /// A topic to be recorded.
    RecordTopicInput, TopicInput {
        /// The topic.
        topic
    };
}

/// An official as the registry is to have it.
#[derive(InputObject)]
pub(super) struct OfficialInput {
    /// The name under which timelines show the person.
    name: String,
    /// Other spellings, initials, names in other scripts.
    #[graphql(default)]
    other_names: Vec<String>,
    /// The id in the registry, such as `p-42`.
    registry_id: String,
}

impl OfficialInput {
    pub(super) fn fact(&self, at: &str) -> Result<Event, Problem> {
        let id = OfficialId::new(&self.registry_id);
        let id = id.map_err(|it| invalid(&format!("{at}.registryId"), it.to_string()))?;
        let name = named(at, "name", &self.name)?;
        Ok(Event::OfficialRecorded(Official { id, name, other_names: self.other_names.clone() }))
    }
}

/// An organisation as the registry is to have it.
#[derive(InputObject)]
pub(super) struct OrganisationInput {
    /// What kind of body it is, such as `state` or `news agency`.
    classification: Option<String>,
    /// Its name.
    name: String,
    /// Short forms and other spellings.
    #[graphql(default)]
    other_names: Vec<String>,
    /// The body that it belongs to: its global id, or its id in the registry.
    parent_id: Option<ID>,
    /// The id in the registry.
    registry_id: String,
}

impl OrganisationInput {
    pub(super) fn fact(&self, at: &str) -> Result<Event, Problem> {
        let id = OrganisationId::new(&self.registry_id);
        let id = id.map_err(|it| invalid(&format!("{at}.registryId"), it.to_string()))?;
        Ok(Event::OrganisationRecorded(Organisation {
            id,
            name: named(at, "name", &self.name)?,
            other_names: self.other_names.clone(),
            classification: self.classification.clone(),
            parent: organisation(at, "parentId", self.parent_id.as_ref())?,
        }))
    }
}

/// An office as the registry is to have it.
#[derive(InputObject)]
pub(super) struct OfficeInput {
    /// Its name, as timelines show it.
    label: String,
    /// Where it is held: the organisation's global id, or its id in the registry.
    organisation_id: Option<ID>,
    /// Other names of it that pages print.
    #[graphql(default)]
    other_labels: Vec<String>,
    /// The id in the registry.
    registry_id: String,
}

impl OfficeInput {
    pub(super) fn fact(&self, at: &str) -> Result<Event, Problem> {
        let id = OfficeId::new(&self.registry_id);
        let id = id.map_err(|it| invalid(&format!("{at}.registryId"), it.to_string()))?;
        Ok(Event::OfficeRecorded(Office {
            id,
            label: named(at, "label", &self.label)?,
            other_labels: self.other_labels.clone(),
            organisation: organisation(at, "organisationId", self.organisation_id.as_ref())?,
        }))
    }
}

/// A tenure as the registry is to have it.
#[derive(InputObject)]
pub(super) struct TenureInput {
    /// The first day; null where it is not known.
    from: Option<Edtf>,
    /// Acting or full.
    kind: TenureKindValue,
    /// The office: its global id, or its id in the registry.
    office_id: ID,
    /// The official: the global id, or the id in the registry.
    official_id: ID,
    /// The first day that is no longer part of it; null where it goes on, or is not known.
    until: Option<Edtf>,
}

impl TenureInput {
    pub(super) fn fact(&self, at: &str) -> Result<Event, Problem> {
        let (of_official, of_office) = (format!("{at}.officialId"), format!("{at}.officeId"));
        let official = plain(&of_official, &self.official_id, Kind::Official)?;
        let office = plain(&of_office, &self.office_id, Kind::Office)?;
        let (from, until) = (self.from.as_ref().map(|it| it.0), self.until.as_ref().map(|it| it.0));
        let first = from.and_then(dateline_event::date::Edtf::earliest);
        if let (Some(first), Some(end)) =
            (first, until.and_then(dateline_event::date::Edtf::earliest))
            && end <= first
        {
            return Err(invalid(&format!("{at}.until"), "a tenure ends behind its first day"));
        }
        Ok(Event::TenureRecorded(Tenure {
            official: OfficialId::new(&official)
                .map_err(|it| invalid(&of_official, it.to_string()))?,
            office: OfficeId::new(&office).map_err(|it| invalid(&of_office, it.to_string()))?,
            kind: self.kind.into(),
            from,
            until,
        }))
    }
}

/// Weight of a rule about which nothing is said, of 10.
const ORDINARY_WEIGHT: u8 = 5;

/// A topic as the scheme is to have it.
#[derive(InputObject)]
pub(super) struct TopicInput {
    /// The topics above it: global ids, or slugs.
    #[graphql(default)]
    broader: Vec<ID>,
    /// What it takes in, for people.
    definition: Option<String>,
    /// Its names, one a language.
    labels: Vec<LabelInput>,
    /// Its slug, such as `civil-defence`.
    slug: String,
    /// Words any of which makes a story one on the topic; without them it goes by its labels.
    #[graphql(default)]
    terms: Vec<String>,
}

/// A name in a language.
#[derive(InputObject)]
struct LabelInput {
    /// ISO 639-1 code.
    language: String,
    /// The name.
    text: String,
}

impl TopicInput {
    pub(super) fn fact(&self, at: &str) -> Result<Event, Problem> {
        let of_broader = format!("{at}.broader");
        let broader = self.broader.iter().map(|it| {
            let slug = plain(&of_broader, it, Kind::Topic)?;
            TopicId::new(&slug).map_err(|why| invalid(&of_broader, why.to_string()))
        });
        let labels = self.labels.iter().map(|it| {
            let text = named(at, "labels", &it.text)?;
            Ok(Label { language: it.language.clone(), text })
        });
        let labels: Vec<_> = labels.collect::<Result<_, Problem>>()?;
        if labels.is_empty() {
            return Err(invalid(&format!("{at}.labels"), "a topic has a label"));
        }
        let any = self.terms.clone();
        let rule = TopicRule { any, weight: ORDINARY_WEIGHT, ..TopicRule::default() };
        Ok(Event::TopicRecorded(Topic {
            id: TopicId::new(&self.slug)
                .map_err(|it| invalid(&format!("{at}.slug"), it.to_string()))?,
            labels,
            alt_labels: Vec::new(),
            definition: self.definition.clone(),
            broader: broader.collect::<Result<_, _>>()?,
            rules: if self.terms.is_empty() { Vec::new() } else { vec![rule] },
        }))
    }
}

fn organisation(at: &str, field: &str, id: Option<&ID>) -> Result<Option<OrganisationId>, Problem> {
    let Some(id) = id else { return Ok(None) };
    let field = format!("{at}.{field}");
    let id = plain(&field, id, Kind::Organisation)?;
    OrganisationId::new(&id).map(Some).map_err(|it| invalid(&field, it.to_string()))
}

/// A name that people read, which is not empty.
fn named(at: &str, field: &str, name: &str) -> Result<String, Problem> {
    let name = name.trim();
    if name.is_empty() {
        return Err(invalid(&format!("{at}.{field}"), "this name is empty"));
    }
    Ok(name.to_owned())
}
