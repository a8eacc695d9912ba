//! The registry as the log has it at one position: who is who, who held what when, and the topics.

mod tenures;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dateline_event::registry::{Office, Official, Organisation, Tenure, TenureId, Topic};
use dateline_event::{Event, OfficeId, OfficialId, OrganisationId, TopicId};

use tenures::Tenures;

/// Officials, organisations, offices, tenures and topics, as the events up to some position leave them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registry {
    officials: BTreeMap<OfficialId, Official>,
    organisations: BTreeMap<OrganisationId, Organisation>,
    offices: BTreeMap<OfficeId, Office>,
    tenures: Tenures,
    topics: BTreeMap<TopicId, Topic>,
}

impl Registry {
    /// Takes in one event. Says whether the registry is another one now; events about stories never change it.
    pub fn apply(&mut self, event: &Event) -> bool {
        match event {
            Event::OfficialRecorded(it) => record(&mut self.officials, it.id.clone(), it),
            Event::OrganisationRecorded(it) => record(&mut self.organisations, it.id.clone(), it),
            Event::OfficeRecorded(it) => record(&mut self.offices, it.id.clone(), it),
            Event::TenureRecorded(it) => self.tenures.record(it),
            Event::TopicRecorded(it) => record(&mut self.topics, it.id.clone(), it),
            Event::OfficialWithdrawn(it) => self.officials.remove(&it.id).is_some(),
            Event::OrganisationWithdrawn(it) => self.organisations.remove(&it.id).is_some(),
            Event::OfficeWithdrawn(it) => self.offices.remove(&it.id).is_some(),
            Event::TenureWithdrawn(it) => self.tenures.withdraw(&it.id),
            Event::TopicWithdrawn(it) => self.topics.remove(&it.id).is_some(),
            Event::StoryReported(_)
            | Event::StoryRevised(_)
            | Event::StoryRetracted(_)
            | Event::StorySighted(_)
            | Event::RulingMade(_) => false,
        }
    }

    /// Whether the registry already says what `event` says, so that applying it would change nothing.
    pub fn has(&self, event: &Event) -> bool {
        match event {
            Event::OfficialRecorded(it) => self.officials.get(&it.id) == Some(it),
            Event::OrganisationRecorded(it) => self.organisations.get(&it.id) == Some(it),
            Event::OfficeRecorded(it) => self.offices.get(&it.id) == Some(it),
            Event::TenureRecorded(it) => self.tenures.all().get(&it.id()) == Some(it),
            Event::TopicRecorded(it) => self.topics.get(&it.id) == Some(it),
            Event::OfficialWithdrawn(it) => !self.officials.contains_key(&it.id),
            Event::OrganisationWithdrawn(it) => !self.organisations.contains_key(&it.id),
            Event::OfficeWithdrawn(it) => !self.offices.contains_key(&it.id),
            Event::TenureWithdrawn(it) => !self.tenures.all().contains_key(&it.id),
            Event::TopicWithdrawn(it) => !self.topics.contains_key(&it.id),
            Event::StoryReported(_)
            | Event::StoryRevised(_)
            | Event::StoryRetracted(_)
            | Event::StorySighted(_)
            | Event::RulingMade(_) => true,
        }
    }

    /// All officials, by id.
    pub const fn officials(&self) -> &BTreeMap<OfficialId, Official> {
        &self.officials
    }

    /// All organisations, by id.
    pub const fn organisations(&self) -> &BTreeMap<OrganisationId, Organisation> {
        &self.organisations
    }

    /// All offices, by id.
    pub const fn offices(&self) -> &BTreeMap<OfficeId, Office> {
        &self.offices
    }

    /// All tenures, by id.
    pub const fn tenures(&self) -> &BTreeMap<TenureId, Tenure> {
        self.tenures.all()
    }

    /// All topics, by id.
    pub const fn topics(&self) -> &BTreeMap<TopicId, Topic> {
        &self.topics
    }

    /// Who held `office` on `day`, in the order of their tenures' ids.
    pub fn holders<'a>(
        &'a self,
        office: &OfficeId,
        day: NaiveDate,
    ) -> impl Iterator<Item = &'a Tenure> + use<'a> {
        self.tenures.of_office(office).filter(move |it| it.covers(day))
    }

    /// What `official` held on `day`, in the order of the tenures' ids.
    pub fn held<'a>(
        &'a self,
        official: &OfficialId,
        day: NaiveDate,
    ) -> impl Iterator<Item = &'a Tenure> + use<'a> {
        self.tenures_of(official).filter(move |it| it.covers(day))
    }

    /// Every tenure of `office`, in the order of the tenures' ids.
    pub fn tenures_in<'a>(
        &'a self,
        office: &OfficeId,
    ) -> impl Iterator<Item = &'a Tenure> + use<'a> {
        self.tenures.of_office(office)
    }

    /// Every tenure of `official`, in the order of the tenures' ids.
    pub fn tenures_of<'a>(
        &'a self,
        official: &OfficialId,
    ) -> impl Iterator<Item = &'a Tenure> + use<'a> {
        self.tenures.of_official(official)
    }
}

fn record<K: Ord, V: Clone + PartialEq>(map: &mut BTreeMap<K, V>, id: K, value: &V) -> bool {
    map.get(&id) != Some(value) && {
        map.insert(id, value.clone());
        true
    }
}
