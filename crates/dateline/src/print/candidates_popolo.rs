//! Candidates as a Popolo file that `dateline registry import` takes.
//!
//! A person gets an id made of the name. An office that the registry has under the very label keeps its id and its
//! organisation; another one gets an id made of its label. A membership starts on the first day on which a story showed
//! it, which is all that is known, and has no end.

use std::collections::{BTreeMap, BTreeSet};

use dateline_annotate::{Candidate, Registry, plain_name};
use dateline_event::registry::Office;
use dateline_event::{OrganisationId, id::MAX_ID_BYTES};
use serde_json::{Value, json};

/// The file, on several lines, for people to look through.
pub(crate) fn file(candidates: &[Candidate], registry: &Registry) -> String {
    let mut popolo = Popolo::new(registry);
    for it in candidates {
        popolo.add(it);
    }
    let file = json!({
        "persons": popolo.persons,
        "organizations": popolo.organisations(),
        "posts": popolo.posts.values().collect::<Vec<_>>(),
        "memberships": popolo.memberships,
    });
    format!("{file:#}")
}

struct Popolo<'a> {
    registry: &'a Registry,
    labels: BTreeMap<String, Option<&'a Office>>,
    ids: BTreeSet<String>,
    persons: Vec<Value>,
    posts: BTreeMap<String, Value>,
    named: BTreeSet<OrganisationId>,
    memberships: Vec<Value>,
}

impl<'a> Popolo<'a> {
    fn new(registry: &'a Registry) -> Self {
        let mut labels: BTreeMap<String, Option<&Office>> = BTreeMap::new();
        for office in registry.offices().values() {
            for label in std::iter::once(&office.label).chain(&office.other_labels) {
                // A label of two offices is that of neither.
                labels
                    .entry(label.to_lowercase())
                    .and_modify(|it| *it = None)
                    .or_insert(Some(office));
            }
        }
        Self {
            registry,
            labels,
            ids: registry.officials().keys().map(ToString::to_string).collect(),
            persons: Vec::new(),
            posts: BTreeMap::new(),
            named: BTreeSet::new(),
            memberships: Vec::new(),
        }
    }

    fn add(&mut self, candidate: &Candidate) {
        let id = self.fresh(&format!("p-{}", slug(&candidate.name)));
        let names: Vec<Value> =
            candidate.other_names.iter().map(|it| json!({ "name": it })).collect();
        self.persons.push(json!({ "id": id, "name": candidate.name, "other_names": names }));
        for office in &candidate.offices {
            let post = self.post(&office.label);
            let mut membership = json!({ "person_id": id, "post_id": post });
            if let (Some(first), Some(fields)) = (candidate.first, membership.as_object_mut()) {
                fields.insert("start_date".to_owned(), json!(first));
            }
            if !self.memberships.contains(&membership) {
                self.memberships.push(membership);
            }
        }
    }

    /// An id that nobody has yet: `wanted`, else with a number.
    fn fresh(&mut self, wanted: &str) -> String {
        let numbered = (2_u32..).map(|it| format!("{wanted}-{it}"));
        let id =
            std::iter::once(wanted.to_owned()).chain(numbered).find(|it| !self.ids.contains(it));
        let id = id.unwrap_or_default();
        self.ids.insert(id.clone());
        id
    }

    /// The id of the post with this label.
    fn post(&mut self, label: &str) -> String {
        // As many may hold it as stories say: which of them did when is for people to find out.
        const SEATS: u32 = 1000;
        let known = self.labels.get(&label.to_lowercase()).copied().flatten();
        let Some(office) = known else {
            let id = format!("o-{}", slug(label));
            let post = json!({ "id": id, "label": label, "maximum_memberships": SEATS });
            self.posts.entry(id.clone()).or_insert(post);
            return id;
        };
        let above = |it: &OrganisationId| self.registry.organisations().get(it)?.parent.clone();
        self.named.extend(std::iter::successors(office.organisation.clone(), above));
        let id = office.id.to_string();
        self.posts.entry(id.clone()).or_insert_with(|| {
            let labels: Vec<Value> =
                office.other_labels.iter().map(|it| json!({ "name": it })).collect();
            json!({
                "id": office.id,
                "label": office.label,
                "other_labels": labels,
                "organization_id": office.organisation,
                "maximum_memberships": SEATS,
            })
        });
        id
    }

    fn organisations(&self) -> Vec<Value> {
        let known = self.named.iter().filter_map(|it| self.registry.organisations().get(it));
        let entry = |it: &dateline_event::registry::Organisation| {
            let names: Vec<Value> = it.other_names.iter().map(|it| json!({ "name": it })).collect();
            json!({
                "id": it.id,
                "name": it.name,
                "other_names": names,
                "classification": it.classification,
                "parent_id": it.parent,
            })
        };
        known.map(entry).collect()
    }
}

/// `name` as part of an id: Latin letters and digits in lower case, joined by hyphens.
fn slug(name: &str) -> String {
    let plain = plain_name(name);
    let words = plain.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    slug.chars().take(MAX_ID_BYTES / 2).collect()
}
