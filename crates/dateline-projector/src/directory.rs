//! The registry as readers ask for it: an official with the tenures, a topic with what is above and below it.

use std::collections::{BTreeMap, BTreeSet};

use dateline_annotate::Registry;
use dateline_event::date::Edtf;
use dateline_event::registry::{Office, Official, Organisation, Tenure, TenureId, Topic};
use dateline_event::{OfficeId, OfficialId, OrganisationId, TopicId};

/// The registry, with the ways through it that its own order does not give.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Directory {
    pub(crate) registry: Registry,
    by_official: BTreeMap<OfficialId, Vec<TenureId>>,
    by_office: BTreeMap<OfficeId, Vec<TenureId>>,
    by_organisation: BTreeMap<OrganisationId, Vec<OfficeId>>,
    narrower: BTreeMap<TopicId, Vec<TopicId>>,
    with_broader: BTreeMap<TopicId, BTreeSet<TopicId>>,
    /// The organisation of each office, and those which it belongs to.
    bodies: BTreeMap<OfficeId, BTreeSet<OrganisationId>>,
}

/// An official with everything that the registry knows of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialView<'a> {
    /// The person.
    pub official: &'a Official,
    /// What the person held and holds: the latest start first, an unknown start last.
    pub tenures: Vec<TenureView<'a>>,
    /// Entries of the person's timeline that count at the view's position.
    pub entries: usize,
}

/// A tenure with its office and holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TenureView<'a> {
    /// Who held what, when.
    pub tenure: &'a Tenure,
    /// The holder; `None` where the registry does not have that official.
    pub official: Option<&'a Official>,
    /// The office; `None` where the registry does not have it.
    pub office: Option<&'a Office>,
    /// Where the office is held.
    pub organisation: Option<&'a Organisation>,
}

/// A topic with its place in the scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicView<'a> {
    /// The topic.
    pub topic: &'a Topic,
    /// The topics right above it, as far as the scheme has them, in the order recorded.
    pub broader: Vec<&'a Topic>,
    /// The topics right below it, by id.
    pub narrower: Vec<&'a Topic>,
    /// Entries of its timeline that count at the view's position.
    pub entries: usize,
}

impl Directory {
    pub(crate) fn new(registry: Registry) -> Self {
        let mut it = Self { registry, ..Self::default() };
        for (id, tenure) in it.registry.tenures() {
            it.by_official.entry(tenure.official.clone()).or_default().push(id.clone());
            it.by_office.entry(tenure.office.clone()).or_default().push(id.clone());
        }
        for office in it.registry.offices().values() {
            if let Some(organisation) = office.organisation.clone() {
                let bodies = with_parents(&it.registry, &organisation);
                it.bodies.insert(office.id.clone(), bodies);
                it.by_organisation.entry(organisation).or_default().push(office.id.clone());
            }
        }
        for topic in it.registry.topics().values() {
            for broader in &topic.broader {
                it.narrower.entry(broader.clone()).or_default().push(topic.id.clone());
            }
            it.with_broader.insert(topic.id.clone(), with_broader(&it.registry, &topic.id));
        }
        it
    }

    pub(crate) fn tenures_of(&self, official: &OfficialId) -> Vec<TenureView<'_>> {
        self.tenures(self.by_official.get(official))
    }

    pub(crate) fn holders_of(&self, office: &OfficeId) -> Vec<TenureView<'_>> {
        self.tenures(self.by_office.get(office))
    }

    pub(crate) fn offices_of(&self, organisation: &OrganisationId) -> Vec<&Office> {
        let ids = self.by_organisation.get(organisation).into_iter().flatten();
        ids.filter_map(|id| self.registry.offices().get(id)).collect()
    }

    pub(crate) fn topic(&self, id: &TopicId, entries: usize) -> Option<TopicView<'_>> {
        let topics = self.registry.topics();
        let topic = topics.get(id)?;
        let broader = topic.broader.iter().filter_map(|it| topics.get(it)).collect();
        let narrower = self.narrower.get(id).into_iter().flatten();
        let narrower = narrower.filter_map(|it| topics.get(it)).collect();
        Some(TopicView { topic, broader, narrower, entries })
    }

    /// `topic` and all topics above it, by id, as far as the scheme has them.
    pub(crate) fn with_broader(&self, topic: &TopicId) -> impl Iterator<Item = &TopicId> {
        self.with_broader.get(topic).into_iter().flatten()
    }

    /// The organisation of `office` and those which it belongs to, by id, as far as the registry has them.
    pub(crate) fn bodies_of(&self, office: &OfficeId) -> impl Iterator<Item = &OrganisationId> {
        self.bodies.get(office).into_iter().flatten()
    }

    fn tenures(&self, ids: Option<&Vec<TenureId>>) -> Vec<TenureView<'_>> {
        let all = self.registry.tenures();
        let found = ids.into_iter().flatten().filter_map(|id| all.get(id));
        let mut views: Vec<_> = found.map(|it| self.tenure(it)).collect();
        views.sort_by_key(|it| std::cmp::Reverse(it.tenure.from.and_then(Edtf::earliest)));
        views
    }

    fn tenure<'a>(&'a self, tenure: &'a Tenure) -> TenureView<'a> {
        let office = self.registry.offices().get(&tenure.office);
        let organisation = office.and_then(|it| it.organisation.as_ref());
        TenureView {
            tenure,
            official: self.registry.officials().get(&tenure.official),
            office,
            organisation: organisation.and_then(|id| self.registry.organisations().get(id)),
        }
    }
}

/// `topic` and all topics above it. A scheme with a ring in it is walked once round.
fn with_broader(registry: &Registry, topic: &TopicId) -> BTreeSet<TopicId> {
    let mut found = BTreeSet::new();
    let mut open = vec![topic];
    while let Some(id) = open.pop() {
        if let Some(topic) = registry.topics().get(id)
            && found.insert(id.clone())
        {
            open.extend(&topic.broader);
        }
    }
    found
}

/// `organisation` and all that it belongs to. A ring of organisations is walked once round.
fn with_parents(registry: &Registry, organisation: &OrganisationId) -> BTreeSet<OrganisationId> {
    let mut found = BTreeSet::new();
    let mut next = Some(organisation);
    while let Some(id) = next
        && let Some(organisation) = registry.organisations().get(id)
        && found.insert(id.clone())
    {
        next = organisation.parent.as_ref();
    }
    found
}
