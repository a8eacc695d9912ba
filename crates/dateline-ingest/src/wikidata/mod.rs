//! Reads entities of Wikidata into registry events: who held which position (P39) when.
//!
//! An entity is read as `wbgetentities` and the dumps give it. A file holds one, an object with `entities`, a list, or
//! one a line, with or without the commas and brackets of a dump. Ids stay those of Wikidata.
//!
//! - A person is an entity with P39, or an instance of (P31) human. All its labels and aliases are names.
//! - An office is an entity that is the value of a P39, or says where it is held. It belongs to the organisation that it
//!   directs (P2389), else that it is part of (P361), else the country it is of (P1001). A position that is not in the
//!   file has its tenures read all the same; they wait for a registry that knows it.
//! - A tenure has the start (P580) and end (P582) of its statement, no more precise than they are given. An end is the
//!   last day, unless somebody else starts in the office on that day: then the day is the successor's. Who replaced whom
//!   (P1365, P1366) is not read, since it says nothing more.
//!
//! What is wrong in one statement never hides the others: it becomes a warning with its path.

mod entity;
mod time;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use dateline_event::date::{Day, Edtf};
use dateline_event::registry::{Office, Official, Organisation, Tenure, TenureId, TenureKind};
use dateline_event::{Event, OfficeId, OfficialId, OrganisationId};
use serde_json::Value;
use thiserror::Error;

use crate::import::{Import, json_value, kind_of};
use crate::tenures::{self, Holding, Seats, after};
use entity::{Claim, Entity};
use time::Bound;

/// Position held.
const POSITION: &str = "P39";
/// The properties by which a position says where it is held, the best first.
const PLACES: [&str; 3] = ["P2389", "P361", "P1001"];
/// Number of seats of a position.
const SEATS: &str = "P1342";
/// Qualifiers that say in what way a position is held: nature of statement, as, subject and object has role.
const MANNERS: [&str; 4] = ["P5102", "P794", "P2868", "P3831"];
/// The item for acting in the stead of somebody.
const ACTING: &str = "Q4676846";
/// Instance of, and what is a human, a country, a sovereign state.
const INSTANCE: &str = "P31";
const HUMAN: &str = "Q5";
const STATES: [&str; 2] = ["Q6256", "Q3624078"];

/// Why a file holds no entities at all.
#[derive(Debug, Error)]
pub enum WikidataError {
    /// No line of it is JSON; the message of the JSON reader ends with line and column.
    #[error("this is not JSON: {0}")]
    NotJson(#[source] serde_json::Error),
    /// It is JSON without an entity.
    #[error("there is no entity with an id and claims in it")]
    NoEntity,
}

/// Whether a file is one of entities: it speaks of claims, as no other registry does.
pub fn is_wikidata(bytes: &[u8]) -> bool {
    const WORD: &[u8] = b"\"claims\"";
    bytes.windows(WORD.len()).any(|it| it == WORD)
}

/// Reads entities. The events come in this order: organisations, officials, offices, tenures; within each in the order
/// of the file.
pub fn read(bytes: &[u8]) -> Result<Import, WikidataError> {
    let mut import = Import::default();
    let values = values(bytes, &mut import)?;
    let mut entities: Vec<Entity<'_>> = Vec::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (at, value) in &values {
        match Entity::of(value) {
            Ok(it) if !known.insert(it.id) => {
                import.warn(at, format!("the entity `{}` was there before; left out", it.id));
            }
            Ok(it) => entities.push(it),
            Err(why) => import.warn(at, format!("{why}; left out")),
        }
    }
    if entities.is_empty() && import.warnings.is_empty() {
        return Err(WikidataError::NoEntity);
    }
    let by_id = entities.iter().map(|it| (it.id, it)).collect();
    let mut draft = Draft { by_id, seats: BTreeMap::new(), import };
    draft.read(&entities);
    Ok(draft.import)
}

/// The JSON values that may be entities, each with its place.
fn values(bytes: &[u8], import: &mut Import) -> Result<Vec<(String, Value)>, WikidataError> {
    match json_value(bytes) {
        Ok(Value::Array(list)) => {
            Ok(list.into_iter().enumerate().map(|(at, it)| (format!("[{at}]"), it)).collect())
        }
        Ok(Value::Object(mut object)) => Ok(match object.remove("entities") {
            Some(Value::Object(all)) => {
                all.into_iter().map(|(id, it)| (format!("entities.{id}"), it)).collect()
            }
            Some(_) | None => vec![("entity".to_owned(), Value::Object(object))],
        }),
        Ok(_) => Err(WikidataError::NoEntity),
        Err(why) => lines(bytes, import).ok_or(WikidataError::NotJson(why)),
    }
}

/// One entity a line; `None` where no line is JSON.
fn lines(bytes: &[u8], import: &mut Import) -> Option<Vec<(String, Value)>> {
    let mut values = Vec::new();
    for (number, line) in bytes.split(|it| *it == b'\n').enumerate() {
        let line = line.trim_ascii();
        let line = line.strip_suffix(b",").unwrap_or(line);
        if line.is_empty() || line == b"[" || line == b"]" {
            continue;
        }
        let at = format!("line {}", number + 1);
        match serde_json::from_slice(line) {
            Ok(value) => values.push((at, value)),
            Err(why) => import.warn(&at, format!("this is not JSON: {why}; left out")),
        }
    }
    (!values.is_empty()).then_some(values)
}

struct Draft<'a> {
    by_id: BTreeMap<&'a str, &'a Entity<'a>>,
    seats: BTreeMap<OfficeId, Seats>,
    import: Import,
}

impl<'a> Draft<'a> {
    fn read(&mut self, entities: &'a [Entity<'a>]) {
        let persons: Vec<&Entity<'_>> = entities.iter().filter(|it| is_person(it)).collect();
        let positions: BTreeSet<&str> =
            persons.iter().flat_map(|it| it.claims(POSITION)).filter_map(|it| it.item()).collect();
        let is_office = |it: &Entity<'_>| {
            positions.contains(it.id)
                || PLACES.iter().any(|place| it.claims(place).next().is_some())
        };
        let offices: Vec<&Entity<'_>> =
            entities.iter().filter(|it| !is_person(it) && is_office(it)).collect();
        let places: BTreeMap<&str, &str> =
            offices.iter().filter_map(|it| Some((it.id, self.place(it)?))).collect();
        let bodies: BTreeSet<&str> = places.values().copied().collect();
        for entity in entities {
            if is_person(entity)
                || positions.contains(entity.id)
                || bodies.contains(entity.id)
                || is_office(entity)
            {
                continue;
            }
            self.import
                .warn(entity.id, "neither a person nor an office nor where one is held; left out");
        }
        for entity in entities.iter().filter(|it| bodies.contains(it.id)) {
            self.organisation(entity);
        }
        for person in &persons {
            self.official(person);
        }
        for office in
            offices.iter().filter(|it| !bodies.contains(it.id) || positions.contains(it.id))
        {
            self.office(office, places.get(office.id).copied());
        }
        let mut holdings: Vec<Holding> = Vec::new();
        let mut seen: BTreeMap<TenureId, String> = BTreeMap::new();
        for person in &persons {
            for claim in person.claims(POSITION) {
                let Some(holding) = self.holding(person, &claim) else { continue };
                if let Some(earlier) = seen.insert(holding.tenure.id(), holding.at.clone()) {
                    let message = format!("same person, office and start as {earlier}; left out");
                    self.import.warn(&holding.at, message);
                    continue;
                }
                holdings.push(holding);
            }
        }
        hand_over(&mut holdings);
        tenures::warn(&holdings, &self.seats, &mut self.import);
        let tenures = holdings.into_iter().map(|it| Event::TenureRecorded(it.tenure));
        self.import.events.extend(tenures);
    }

    /// Where a position is held, as far as the file knows that entity.
    fn place(&mut self, office: &Entity<'a>) -> Option<&'a str> {
        let named = PLACES.iter().flat_map(|it| office.claims(it));
        let named: Vec<(&str, String)> =
            named.filter_map(|it| Some((it.item()?, it.at(office.id)))).collect();
        let known = named.iter().find_map(|(id, _)| self.by_id.get_key_value(*id).map(|it| *it.0));
        if let (None, Some((id, at))) = (known, named.first()) {
            self.import.warn(at, format!("`{id}` is not in this file; kept without it"));
        }
        known
    }

    fn organisation(&mut self, entity: &Entity<'_>) {
        let Some((name, other_names)) = self.names(entity) else { return };
        let Some(id) = self.id(entity.id, OrganisationId::new) else { return };
        let is_state =
            entity.claims(INSTANCE).filter_map(|it| it.item()).any(|it| STATES.contains(&it));
        let classification = is_state.then(|| "state".to_owned());
        let organisation = Organisation { id, name, other_names, classification, parent: None };
        self.import.events.push(Event::OrganisationRecorded(organisation));
    }

    fn official(&mut self, entity: &Entity<'_>) {
        let Some((name, other_names)) = self.names(entity) else { return };
        let Some(id) = self.id(entity.id, OfficialId::new) else { return };
        self.import.events.push(Event::OfficialRecorded(Official { id, name, other_names }));
    }

    fn office(&mut self, entity: &Entity<'_>, place: Option<&str>) {
        let Some((label, other_labels)) = self.names(entity) else { return };
        let Some(id) = self.id(entity.id, OfficeId::new) else { return };
        let seats = entity.claims(SEATS).find_map(|it| it.number());
        let many = label.to_lowercase().starts_with("member");
        let seats = match seats {
            None if many => Seats::Unlimited,
            seats => Seats::AtMost(seats.unwrap_or(1)),
        };
        self.seats.insert(id.clone(), seats);
        let named = place.and_then(|it| self.by_id.get(it)).is_some_and(|it| it.name().is_some());
        let organisation = place.filter(|_| named).and_then(|it| OrganisationId::new(it).ok());
        self.import.events.push(Event::OfficeRecorded(Office {
            id,
            label,
            other_labels,
            organisation,
        }));
    }

    /// The name of an entity and its other names; a warning where it has none.
    fn names(&mut self, entity: &Entity<'_>) -> Option<(String, Vec<String>)> {
        let name = entity.name();
        if name.is_none() {
            self.import.warn(entity.id, "no label in any language; left out");
        }
        let name = name?.to_owned();
        let other_names = entity.other_names(&name);
        Some((name, other_names))
    }

    fn id<T>(
        &mut self,
        id: &str,
        make: fn(&str) -> Result<T, dateline_event::id::IdError>,
    ) -> Option<T> {
        make(id).map_err(|why| self.import.warn(id, format!("{why}; left out"))).ok()
    }

    /// What one P39 says.
    fn holding(&mut self, person: &Entity<'_>, claim: &Claim<'_>) -> Option<Holding> {
        let at = claim.at(person.id);
        if person.name().is_none() {
            self.import.warn(&at, format!("`{}` has no label; left out", person.id));
            return None;
        }
        if claim.is_deprecated() {
            self.import.warn(&at, "its rank is deprecated; left out");
            return None;
        }
        let Some(position) = claim.item() else {
            self.import.warn(&at, "the position is not known; left out");
            return None;
        };
        let known = self.by_id.get(position).copied();
        if known.is_none_or(|it| it.name().is_none()) {
            let message =
                format!("the position `{position}` is not in this file; the tenure waits for it");
            self.import.warn(&at, message);
        }
        let (from, last) = self.days(claim, &at)?;
        let acting = self.is_acting(claim) || known.and_then(Entity::name).is_some_and(says_acting);
        let kind = if acting { TenureKind::Acting } else { TenureKind::Full };
        let official = self.id(person.id, OfficialId::new)?;
        let office = self.id(position, OfficeId::new)?;
        let until = last.and_then(after);
        Some(Holding { at, tenure: Tenure { official, office, kind, from, until }, last })
    }

    /// First and last day; `None` when nothing can be said of them that is not wrong.
    fn days(&mut self, claim: &Claim<'_>, at: &str) -> Option<(Option<Edtf>, Option<Edtf>)> {
        let mut bound = |property: &'static str| {
            let (bound, doubt) = time::bound(claim.qualifiers(property));
            if let Some(doubt) = doubt {
                self.import.warn(&format!("{at}.qualifiers.{property}"), doubt);
            }
            bound
        };
        let (from, last) = (bound("P580"), bound("P582"));
        let last = match last {
            Bound::Known(last) => Some(last),
            Bound::Open => None,
            Bound::Unknown => {
                // Without an end it would count as held today.
                self.import.warn(at, "it ended on a day that is not known; left out");
                return None;
            }
        };
        let from = match from {
            Bound::Known(from) => Some(from),
            Bound::Open | Bound::Unknown => None,
        };
        if let (Some(from), Some(last)) = (from, last)
            && from.earliest() > last.latest()
        {
            self.import
                .warn(at, format!("it ends on {last}, before it starts on {from}; left out"));
            return None;
        }
        Some((from, last))
    }

    fn is_acting(&self, claim: &Claim<'_>) -> bool {
        let manners =
            MANNERS.iter().flat_map(|it| claim.qualifiers(it)).filter_map(entity::item_of);
        manners.into_iter().any(|it| {
            it == ACTING || self.by_id.get(it).and_then(|it| it.name()).is_some_and(says_acting)
        })
    }
}

/// Ends tenures on the day on which somebody else starts in the office, where that is their last day.
fn hand_over(holdings: &mut [Holding]) {
    let starts: Vec<(OfficeId, OfficialId, Edtf)> = holdings
        .iter()
        .filter_map(|it| {
            let Tenure { office, official, from, .. } = &it.tenure;
            Some((office.clone(), official.clone(), (*from)?))
        })
        .collect();
    let mut by_office: BTreeMap<&OfficeId, Vec<(&OfficialId, Edtf)>> = BTreeMap::new();
    for (office, official, from) in &starts {
        by_office.entry(office).or_default().push((official, *from));
    }
    for holding in holdings {
        let Some(last) = holding.last else { continue };
        let starts = by_office.get(&holding.tenure.office).map_or(&[][..], Vec::as_slice);
        let follows = |(official, from): &(&OfficialId, Edtf)| {
            **official != holding.tenure.official && *from == last
        };
        let starts_then = holding.tenure.from == Some(last);
        if !starts_then && starts.iter().any(follows) {
            holding.tenure.until = Some(last);
            let before = last.earliest().and_then(|it| it.pred_opt());
            holding.last = before.map(|it| Edtf::day(Day::of(it)));
        }
    }
}

fn is_person(entity: &Entity<'_>) -> bool {
    entity.claims(POSITION).next().is_some()
        || entity.claims(INSTANCE).any(|it| it.item() == Some(HUMAN))
}

/// Whether a label says that an office is held for the time being.
fn says_acting(label: &str) -> bool {
    label
        .split_whitespace()
        .next()
        .is_some_and(|it| ["acting", "interim", "caretaker"].contains(&it.to_lowercase().as_str()))
}

/// What stands there in place of an entity, for messages.
fn no_entity(value: &Value) -> String {
    format!("found {}, wanted an entity with an id", kind_of(value))
}
