//! What the registry knows: officials, organisations, offices, tenures and topics, each as one event records it.
//!
//! The shapes follow Popolo (persons, organizations, posts, memberships) and SKOS (concepts).

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::date::Edtf;
use crate::id::{OfficeId, OfficialId, OrganisationId, TopicId};

/// `official.recorded`: a person who holds or held an office. Recording again replaces what was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Official {
    /// Which person.
    pub id: OfficialId,
    /// The name under which timelines show the person.
    pub name: String,
    /// Other spellings, initials, names in other scripts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<String>,
}

/// `organisation.recorded`: a body that has offices, a state, or a news agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Which organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Short forms and other spellings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<String>,
    /// What kind of body it is, in the registry's words, such as `state` or `news agency`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classification: Option<String>,
    /// The body that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<OrganisationId>,
}

/// `office.recorded`: a post that outlives its holders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Which office.
    pub id: OfficeId,
    /// Its name, as timelines show it.
    pub label: String,
    /// Other names of it that pages print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_labels: Vec<String>,
    /// Where it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
}

/// Identity of a tenure: made of who, what and since when, so that recording it again replaces it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TenureId(String);

impl TenureId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TenureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether an office is held in full or for the time being.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum TenureKind {
    /// Appointed or elected.
    #[default]
    Full,
    /// Acting, ad interim.
    Acting,
}

/// `tenure.recorded`: the days `[from, until)` on which an official holds an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// Who.
    pub official: OfficialId,
    /// What.
    pub office: OfficeId,
    /// Full or acting.
    #[serde(default)]
    pub kind: TenureKind,
    /// First day, as precise as it is known; `None`: not known, so every earlier day counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Edtf>,
    /// First day on which the office is no longer held; `None`: still held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Edtf>,
}

impl Tenure {
    /// The identity of this tenure.
    pub fn id(&self) -> TenureId {
        let from = self.from.map_or_else(|| "unknown".to_owned(), |it| it.to_string());
        TenureId(format!("{}:{}:{from}", self.official, self.office))
    }

    /// Whether the office was held on `day`. A start known to the month or year counts from its first day on, an
    /// end known to the month or year until its first day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        let started = self.from.and_then(Edtf::earliest).is_none_or(|it| it <= day);
        let ended = self.until.and_then(Edtf::earliest).is_some_and(|it| it <= day);
        started && !ended
    }
}

/// A label in a language (ISO 639-1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// ISO 639-1 code, `und` where none was given.
    pub language: String,
    /// The words.
    pub text: String,
}

/// `topic.recorded`: a subject, as a SKOS concept with labels and rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Which topic.
    pub id: TopicId,
    /// The name under which timelines show it, one a language (`skos:prefLabel`).
    pub labels: Vec<Label>,
    /// Other names (`skos:altLabel`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alt_labels: Vec<Label>,
    /// What it covers (`skos:definition`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// Wider topics (`skos:broader`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broader: Vec<TopicId>,
    /// When a story is on it: one of these holds. A topic without rules goes by its labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<TopicRule>,
}

impl Topic {
    /// Its name in `language`, else in English, else in the first that it has; its slug where it has no name.
    pub fn label(&self, language: &str) -> &str {
        let in_language = |wanted: &str| self.labels.iter().find(|it| it.language == wanted);
        in_language(language)
            .or_else(|| in_language("en"))
            .or_else(|| self.labels.first())
            .map_or(self.id.as_str(), |it| &it.text)
    }
}

/// A test of a text. A term is one or more words, matched as whole words without regard to case; a `*` at the end of
/// a word stands for any ending.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TopicRule {
    /// At least one of these terms occurs (no condition when empty).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    /// All of these terms occur.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<String>,
    /// None of these terms occurs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<String>,
    /// These terms occur near each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<Near>,
    /// How much one match says, from 1 (a hint) to 10 (this alone decides); 5 where nothing is said.
    #[serde(default = "TopicRule::ordinary_weight")]
    pub weight: u8,
}

impl TopicRule {
    const fn ordinary_weight() -> u8 {
        5
    }
}

/// Terms that occur within a number of words of each other.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Near {
    /// All of them occur in one stretch of words.
    pub terms: Vec<String>,
    /// Length of that stretch, in words.
    pub within: u32,
}
