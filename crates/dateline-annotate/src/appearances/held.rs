//! Offices by the registry on the day of a story, and whether the page says otherwise.

use chrono::NaiveDate;
use dateline_event::registry::Tenure;

use crate::annotation::HeldOffice;
use crate::people::{OfficeKey, Person};
use crate::registry::Registry;

/// What the registry says of a person on a day.
pub(super) struct Held {
    pub(super) offices: Vec<HeldOffice>,
    pub(super) disagreement: Option<String>,
}

/// The offices that `person` held on `day`, the one that the page prints first. Without a day, or a link to the
/// registry, none.
pub(super) fn offices(
    registry: &Registry,
    person: &Person,
    printed: Option<String>,
    day: Option<NaiveDate>,
) -> Held {
    let none = Held { offices: Vec::new(), disagreement: None };
    let (Some(official), Some(day)) = (&person.official, day) else { return none };
    let printed_keys = printed.as_deref().map(OfficeKey::each_of).unwrap_or_default();
    let agreement = |tenure: &Tenure| {
        let labels = OfficeKey::all_of(registry, &tenure.office);
        let best = printed_keys.iter().flat_map(|it| labels.iter().map(|label| it.likeness(label)));
        best.max().unwrap_or(0)
    };
    let mut held: Vec<(usize, HeldOffice)> = registry
        .held(official, day)
        .filter_map(|tenure| {
            let office = registry.offices().get(&tenure.office)?;
            let held = HeldOffice {
                office: office.id.clone(),
                label: office.label.clone(),
                kind: tenure.kind,
            };
            Some((agreement(tenure), held))
        })
        .collect();
    held.sort_by_key(|(agreement, _)| std::cmp::Reverse(*agreement));
    let agrees = held.iter().any(|(agreement, _)| *agreement > 0);
    let disagreement =
        printed.filter(|_| !agrees && !printed_keys.is_empty()).and_then(|printed| {
            let ever = registry.tenures().values().filter(|it| it.official == *official);
            disagreement(registry, ever, &held, (&printed, day))
        });
    Held { offices: held.into_iter().map(|(_, it)| it).collect(), disagreement }
}

/// In words, what page and registry say, where the registry knows the printed office from other days, or knows others
/// on this day.
fn disagreement<'a>(
    registry: &Registry,
    mut ever: impl Iterator<Item = &'a Tenure>,
    held: &[(usize, HeldOffice)],
    (printed, day): (&str, NaiveDate),
) -> Option<String> {
    let keys = OfficeKey::each_of(printed);
    let other = ever.find(|tenure| {
        let labels = OfficeKey::all_of(registry, &tenure.office);
        keys.iter().any(|it| labels.iter().any(|label| it.likeness(label) > 0))
    });
    let known = match (other, held) {
        (Some(tenure), _) => {
            let label = registry.offices().get(&tenure.office).map_or("", |it| &it.label);
            let from = tenure.from.map_or_else(|| "an unknown day".to_owned(), |it| it.to_string());
            let until = tenure.until.map_or_else(|| "now".to_owned(), |it| it.to_string());
            format!("`{label}` from {from} until {until}")
        }
        (None, []) => "no office".to_owned(),
        (None, held) => {
            let labels: Vec<String> =
                held.iter().map(|(_, it)| format!("`{}`", it.label)).collect();
            labels.join(", ")
        }
    };
    Some(format!("the page says `{printed}`, the registry has {known} on {day}"))
}
