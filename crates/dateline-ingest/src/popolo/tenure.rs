//! Memberships into tenures: who held what, from when until when.

use std::collections::BTreeMap;

use dateline_event::date::Edtf;
use dateline_event::registry::{Office, Tenure, TenureId, TenureKind};
use dateline_event::{Event, OfficeId, OfficialId, OrganisationId};
use serde_json::Value;

use super::record::Entry;
use super::{Draft, entries};
use crate::tenures::{self, Holding, Seats, after};

/// First and last day of each legislative period, as the file has them.
pub(super) type Periods = BTreeMap<String, (Option<String>, Option<String>)>;

/// Reads the dates of the entries of `events`.
pub(super) fn periods(list: &[Value]) -> Periods {
    let entry = |value| {
        let entry = Entry::of(value)?;
        Some((entry.text("id")?, (entry.text("start_date"), entry.text("end_date"))))
    };
    list.iter().filter_map(entry).collect()
}

/// Reads `memberships` into tenures, and into offices where a membership has a role and no post.
pub(super) fn read(draft: &mut Draft, memberships: &[Value], periods: &Periods) {
    let mut made: BTreeMap<OfficeId, Office> = BTreeMap::new();
    let mut seen: BTreeMap<TenureId, String> = BTreeMap::new();
    let mut holdings: Vec<Holding> = Vec::new();
    for (value, at) in entries("memberships", memberships) {
        let Some(entry) = draft.entry(value, &at) else { continue };
        let Some(official) = person(draft, &entry, &at) else { continue };
        let Some(held) = held(draft, &entry, &at) else { continue };
        let Some((from, last)) = days(draft, &entry, &at, periods) else { continue };
        let until = last.and_then(after);
        let tenure = Tenure { official, office: held.id(), kind: kind(&entry), from, until };
        if let Some(earlier) = seen.get(&tenure.id()) {
            let message = format!("same person, office and start as {earlier}; left out");
            draft.import.warn(&at, message);
            continue;
        }
        seen.insert(tenure.id(), at.clone());
        if let Held::Made(office) = held {
            draft.offices.insert(office.id.clone(), Seats::Unlimited);
            made.insert(office.id.clone(), office);
        }
        holdings.push(Holding { at, tenure, last });
    }
    tenures::warn(&holdings, &draft.offices, &mut draft.import);
    draft.import.events.extend(made.into_values().map(Event::OfficeRecorded));
    let tenures = holdings.into_iter().map(|it| Event::TenureRecorded(it.tenure));
    draft.import.events.extend(tenures);
}

/// What a membership gives its person.
enum Held {
    /// A post of the file.
    Post(OfficeId),
    /// Membership itself, made into an office.
    Made(Office),
}

impl Held {
    fn id(&self) -> OfficeId {
        match self {
            Self::Post(id) => id.clone(),
            Self::Made(office) => office.id.clone(),
        }
    }
}

fn person(draft: &mut Draft, entry: &Entry<'_>, at: &str) -> Option<OfficialId> {
    let Some(id) = entry.text("person_id") else {
        draft.import.warn(at, "no person_id; left out");
        return None;
    };
    let known = OfficialId::new(&id).ok().filter(|it| draft.officials.contains_key(it));
    if known.is_none() {
        draft.import.warn(at, format!("there is no person `{id}`; left out"));
    }
    known
}

fn held(draft: &mut Draft, entry: &Entry<'_>, at: &str) -> Option<Held> {
    let organisation = entry.text("organization_id");
    let Some(post) = entry.text("post_id") else {
        return member(draft, entry, organisation.as_deref(), at).map(Held::Made);
    };
    let known = OfficeId::new(&post).ok().filter(|it| draft.offices.contains_key(it));
    if known.is_none() {
        draft.import.warn(at, format!("there is no post `{post}`; left out"));
    } else if let Some(organisation) = organisation {
        draft.known_organisation(&organisation, at);
    }
    known.map(Held::Post)
}

/// The office of those who are, say, `member` of an organisation.
fn member(
    draft: &mut Draft,
    entry: &Entry<'_>,
    organisation: Option<&str>,
    at: &str,
) -> Option<Office> {
    let role = entry.text("role").map(|it| without_acting(&it)).filter(|it| !it.is_empty());
    let (Some(role), Some(organisation)) = (role, organisation) else {
        let message = "neither a post_id nor a role with an organization_id; left out";
        draft.import.warn(at, message);
        return None;
    };
    let known = OrganisationId::new(organisation).ok();
    let known = known.and_then(|id| draft.organisations.get_key_value(&id));
    let Some((id, name)) = known.map(|(id, name)| (id.clone(), name.clone())) else {
        draft.import.warn(at, format!("there is no organization `{organisation}`; left out"));
        return None;
    };
    let slug: Vec<String> = role.split_whitespace().map(str::to_lowercase).collect();
    match OfficeId::new(&format!("{id}:{}", slug.join("-"))) {
        Ok(office) => Some(Office {
            id: office,
            label: format!("{role} of {name}"),
            other_labels: Vec::new(),
            organisation: Some(id),
        }),
        Err(why) => {
            draft.import.warn(at, format!("{why}; left out"));
            None
        }
    }
}

/// Words by which a role says that an office is held for the time being.
const FOR_THE_TIME_BEING: [&str; 4] = ["acting", "interim", "a.i.", "caretaker"];

fn is_acting(word: &str) -> bool {
    let word = word.to_lowercase();
    FOR_THE_TIME_BEING.contains(&word.as_str())
}

fn without_acting(role: &str) -> String {
    let words: Vec<&str> = role.split_whitespace().filter(|it| !is_acting(it)).collect();
    words.join(" ")
}

fn kind(entry: &Entry<'_>) -> TenureKind {
    let says_so = ["role", "label"]
        .iter()
        .filter_map(|field| entry.text(field))
        .any(|text| text.split_whitespace().any(is_acting));
    if says_so { TenureKind::Acting } else { TenureKind::Full }
}

/// First and last day of a membership; `None` when one of them is no date or the end lies before
/// the start.
fn days(
    draft: &mut Draft,
    entry: &Entry<'_>,
    at: &str,
    periods: &Periods,
) -> Option<(Option<Edtf>, Option<Edtf>)> {
    let period = entry.text("legislative_period_id").and_then(|id| periods.get(&id));
    let (first, last) = period.cloned().unwrap_or_default();
    let from = day(draft, entry.text("start_date").or(first), &format!("{at}.start_date")).ok()?;
    let last = day(draft, entry.text("end_date").or(last), &format!("{at}.end_date")).ok()?;
    if let (Some(from), Some(last)) = (from, last)
        && from.earliest() > last.latest()
    {
        draft.import.warn(at, format!("it ends on {last}, before it starts on {from}; left out"));
        return None;
    }
    Some((from, last))
}

/// A date of Popolo, of which the calendar part counts; a warning and `Err` when it is none.
fn day(draft: &mut Draft, text: Option<String>, at: &str) -> Result<Option<Edtf>, ()> {
    let Some(text) = text else { return Ok(None) };
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    match date.parse::<Edtf>() {
        Ok(Edtf::Date(moment)) if moment.calendar().year().is_some() => {
            Ok(Some(Edtf::day(moment.calendar())))
        }
        Ok(_) | Err(_) => {
            let message = format!(
                "`{text}` is no date like 2024-07-25, 2024-07 or 2024; its membership is left out"
            );
            draft.import.warn(at, message);
            Err(())
        }
    }
}
