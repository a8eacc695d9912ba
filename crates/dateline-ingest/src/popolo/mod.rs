//! Reads a registry in Popolo JSON (persons, organizations, posts, memberships) into registry
//! events.
//!
//! One object with the four lists is read, each of them optional. `end_date` is the last day of a
//! membership, as Popolo has it, so a tenure ends on the day (month, year) after. Beyond Popolo two
//! things are understood: a post's `maximum_memberships` (Open Civic Data; 1 where absent) says how
//! many may hold it at once, and a membership's `legislative_period_id` (`EveryPolitician`) takes
//! the dates of that entry of `events`.
//!
//! What is wrong in one entry never hides the others: it becomes a warning with its JSON path.

mod record;
mod tenure;

use std::collections::BTreeMap;

use dateline_event::id::IdError;
use dateline_event::registry::{Office, Official, Organisation};
use dateline_event::{Event, OfficeId, OfficialId, OrganisationId};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::import::{Import, json_value, kind_of};
use crate::tenures::Seats;
use record::Entry;

/// Why a file is no registry at all.
#[derive(Debug, Error)]
pub enum PopoloError {
    /// The bytes are no JSON; the message of the JSON reader ends with line and column.
    #[error("this is not JSON: {0}")]
    NotJson(#[source] serde_json::Error),
    /// The JSON is not one object.
    #[error(
        "a registry is one object with persons, organizations, posts and memberships, found {found}"
    )]
    NotAnObject {
        /// What stands there instead.
        found: &'static str,
    },
    /// The object has none of the four lists.
    #[error("none of persons, organizations, posts and memberships is here")]
    NothingKnown,
    /// One of the four is something else than a list.
    #[error("`{list}` is {found}, wanted a list")]
    NotAList {
        /// Which of them.
        list: &'static str,
        /// What stands there instead.
        found: &'static str,
    },
}

/// Reads a registry. The events come in this order: organisations, officials, offices, offices made
/// from memberships without a post, tenures; within each, in the order of the file.
pub fn read(json: &[u8]) -> Result<Import, PopoloError> {
    let file = json_value(json).map_err(PopoloError::NotJson)?;
    let Some(file) = file.as_object() else {
        return Err(PopoloError::NotAnObject { found: kind_of(&file) });
    };
    let lists = [
        list(file, "organizations")?,
        list(file, "persons")?,
        list(file, "posts")?,
        list(file, "memberships")?,
    ];
    if lists.iter().all(Option::is_none) {
        return Err(PopoloError::NothingKnown);
    }
    let [organizations, persons, posts, memberships] = lists.map(Option::unwrap_or_default);
    let mut draft = Draft::default();
    draft.organisations(organizations);
    draft.officials(persons);
    draft.offices(posts);
    let periods = tenure::periods(list(file, "events").ok().flatten().unwrap_or_default());
    tenure::read(&mut draft, memberships, &periods);
    Ok(draft.import)
}

fn list<'a>(
    file: &'a Map<String, Value>,
    name: &'static str,
) -> Result<Option<&'a [Value]>, PopoloError> {
    match file.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(entries)) => Ok(Some(entries)),
        Some(other) => Err(PopoloError::NotAList { list: name, found: kind_of(other) }),
    }
}

/// What was read so far, and what memberships may refer to.
#[derive(Default)]
struct Draft {
    import: Import,
    organisations: BTreeMap<OrganisationId, String>,
    officials: BTreeMap<OfficialId, String>,
    offices: BTreeMap<OfficeId, Seats>,
}

impl Draft {
    fn organisations(&mut self, list: &[Value]) {
        let mut parents = Vec::new();
        let mut read = Vec::new();
        for (entry, at) in entries("organizations", list) {
            let Some(entry) = self.entry(entry, &at) else { continue };
            let Some(id) = self.own_id(&entry, &at, OrganisationId::new) else { continue };
            let Some(name) = self.name(&entry, &at, "name") else { continue };
            if self.organisations.contains_key(&id) {
                self.import.warn(&at, format!("the id `{id}` was used before; left out"));
                continue;
            }
            self.organisations.insert(id.clone(), name.clone());
            parents.push((entry.text("parent_id"), at.clone()));
            self.unread(&entry, &at, &["memberships", "posts"]);
            let other_names = entry.names("other_names", &at, &mut self.import);
            let classification = entry.text("classification");
            read.push(Organisation { id, name, other_names, classification, parent: None });
        }
        let mut above: BTreeMap<OrganisationId, OrganisationId> = BTreeMap::new();
        for (organisation, (parent, at)) in read.iter_mut().zip(parents) {
            let Some(parent) = parent.and_then(|it| self.known_organisation(&it, &at)) else {
                continue;
            };
            if is_above(&above, &organisation.id, &parent) {
                let message = format!("`{parent}` belongs to it already; kept without it");
                self.import.warn(&format!("{at}.parent_id"), message);
            } else {
                above.insert(organisation.id.clone(), parent.clone());
                organisation.parent = Some(parent);
            }
        }
        self.import.events.extend(read.into_iter().map(Event::OrganisationRecorded));
    }

    fn officials(&mut self, list: &[Value]) {
        for (entry, at) in entries("persons", list) {
            let Some(entry) = self.entry(entry, &at) else { continue };
            let Some(id) = self.own_id(&entry, &at, OfficialId::new) else { continue };
            let Some(name) = self.name(&entry, &at, "name") else { continue };
            if self.officials.contains_key(&id) {
                self.import.warn(&at, format!("the id `{id}` was used before; left out"));
                continue;
            }
            self.officials.insert(id.clone(), name.clone());
            self.unread(&entry, &at, &["memberships"]);
            let mut other_names = entry.names("other_names", &at, &mut self.import);
            other_names.retain(|it| *it != name);
            let official = Official { id, name, other_names };
            self.import.events.push(Event::OfficialRecorded(official));
        }
    }

    fn offices(&mut self, list: &[Value]) {
        for (entry, at) in entries("posts", list) {
            let Some(entry) = self.entry(entry, &at) else { continue };
            let Some(id) = self.own_id(&entry, &at, OfficeId::new) else { continue };
            let Some(label) = self.name(&entry, &at, "label") else { continue };
            if self.offices.contains_key(&id) {
                self.import.warn(&at, format!("the id `{id}` was used before; left out"));
                continue;
            }
            let seats = Seats::AtMost(entry.number("maximum_memberships").unwrap_or(1));
            self.offices.insert(id.clone(), seats);
            self.unread(&entry, &at, &["memberships"]);
            let mut other_labels = entry.names("other_labels", &at, &mut self.import);
            other_labels.retain(|it| *it != label);
            let organisation = entry.text("organization_id");
            let organisation = organisation.and_then(|it| self.known_organisation(&it, &at));
            let office = Office { id, label, other_labels, organisation };
            self.import.events.push(Event::OfficeRecorded(office));
        }
    }

    /// The fields of an entry, or a warning when it is no object.
    fn entry<'a>(&mut self, value: &'a Value, at: &str) -> Option<Entry<'a>> {
        let entry = Entry::of(value);
        if entry.is_none() {
            self.import.warn(at, format!("found {}, wanted an object; left out", kind_of(value)));
        }
        entry
    }

    fn own_id<T>(
        &mut self,
        entry: &Entry<'_>,
        at: &str,
        make: fn(&str) -> Result<T, IdError>,
    ) -> Option<T> {
        let Some(id) = entry.text("id") else {
            self.import.warn(at, "no id; left out");
            return None;
        };
        match make(&id) {
            Ok(id) => Some(id),
            Err(why) => {
                self.import.warn(at, format!("{why}; left out"));
                None
            }
        }
    }

    fn name(&mut self, entry: &Entry<'_>, at: &str, field: &str) -> Option<String> {
        let name = entry.text(field);
        if name.is_none() {
            self.import.warn(at, format!("no {field}; left out"));
        }
        name
    }

    fn known_organisation(&mut self, id: &str, at: &str) -> Option<OrganisationId> {
        let known = OrganisationId::new(id).ok().filter(|it| self.organisations.contains_key(it));
        if known.is_none() {
            let message = format!("there is no organization `{id}`; kept without it");
            self.import.warn(at, message);
        }
        known
    }

    /// Warns of lists inside of an entry that Popolo allows and that are not read.
    fn unread(&mut self, entry: &Entry<'_>, at: &str, fields: &[&str]) {
        for field in fields {
            if entry.has_entries(field) {
                let message =
                    format!("`{field}` inside of an entry is not read; list it at the top");
                self.import.warn(at, message);
            }
        }
    }
}

/// Whether `upper` is `lower` or an organisation that it belongs to. It ends, since `above` has no
/// ring.
fn is_above(
    above: &BTreeMap<OrganisationId, OrganisationId>,
    upper: &OrganisationId,
    lower: &OrganisationId,
) -> bool {
    std::iter::successors(Some(lower), |it| above.get(*it)).any(|it| it == upper)
}

fn entries<'a>(
    name: &'a str,
    list: &'a [Value],
) -> impl Iterator<Item = (&'a Value, String)> + use<'a> {
    list.iter().enumerate().map(move |(index, entry)| (entry, format!("{name}[{index}]")))
}

#[cfg(test)]
mod tests;
