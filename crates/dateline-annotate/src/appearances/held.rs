//! Offices by the registry on the day of a story, and whether the page says otherwise.

use std::ops::Range;

use chrono::NaiveDate;

use crate::annotation::HeldOffice;
use crate::people::{Known, KnownOffice, Lexicon, OfficeKey, Person, Share};
use crate::registry::Registry;
use crate::text::StoryText;

/// What the registry says of a person on a day.
pub(super) struct Held {
    pub(super) offices: Vec<HeldOffice>,
    pub(super) disagreement: Option<String>,
}

/// The offices that `person` held on `day`, the one that the page prints first. Without a day, or a link to the
/// registry, none.
pub(super) fn offices(
    registry: &Registry,
    lexicon: &Lexicon,
    person: &Person,
    printed: Option<(&StoryText<'_>, &Range<usize>)>,
    day: Option<NaiveDate>,
) -> Held {
    let none = Held { offices: Vec::new(), disagreement: None };
    let known = person.official.as_ref().and_then(|it| lexicon.known(it));
    let (Some(known), Some(day)) = (known, day) else { return none };
    let share = person.share.as_ref();
    let printed_keys =
        printed.map_or_else(Vec::new, |(text, range)| printed_keys(text, range, share));
    let mut held: Vec<(usize, HeldOffice)> = known
        .offices_on(Some(day))
        .filter_map(|it| Some((likeness(&printed_keys, it), shown(registry, it)?)))
        .collect();
    held.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    let agrees = held.iter().any(|(likeness, _)| *likeness > 0);
    // Whoever has no tenure at all is not held against the page.
    let comparable = !agrees && !printed_keys.is_empty() && !known.offices.is_empty();
    let disagreement = printed.filter(|_| comparable).map(|printed| {
        let says = registry_says(registry, known, &printed_keys, &held);
        let printed = printed.0.get(printed.1.clone());
        format!("the page says `{printed}`, the registry has {says} on {day}")
    });
    Held { offices: held.into_iter().map(|(_, it)| it).collect(), disagreement }
}

fn printed_keys<'a>(
    text: &'a StoryText<'_>,
    range: &Range<usize>,
    share: Option<&Share>,
) -> Vec<OfficeKey<'a>> {
    let tokens = text.tokens();
    let office = tokens.places_in(range);
    match share {
        Some(share) => vec![share.key(tokens, office)],
        None => OfficeKey::each_of_tokens(tokens, office),
    }
}

/// How well an office fits what the page prints; 0 where it is another one.
fn likeness(printed: &[OfficeKey<'_>], office: &KnownOffice) -> usize {
    let pairs = printed.iter().flat_map(|it| office.keys.iter().map(|label| it.likeness(label)));
    pairs.max().unwrap_or(0)
}

fn shown(registry: &Registry, office: &KnownOffice) -> Option<HeldOffice> {
    let known = registry.offices().get(&office.tenure.office)?;
    let kind = office.tenure.kind;
    Some(HeldOffice { office: known.id.clone(), label: known.label.clone(), kind })
}

/// What the registry has instead: the printed office on other days, else the offices of this day.
fn registry_says(
    registry: &Registry,
    known: &Known,
    printed: &[OfficeKey<'_>],
    held: &[(usize, HeldOffice)],
) -> String {
    let other = known.offices.iter().find(|it| likeness(printed, it) > 0);
    match (other.and_then(|it| Some((&it.tenure, shown(registry, it)?))), held) {
        (Some((tenure, office)), _) => {
            let from = tenure.from.map_or_else(|| "an unknown day".to_owned(), |it| it.to_string());
            let until = tenure.until.map_or_else(|| "now".to_owned(), |it| it.to_string());
            format!("`{}` only from {from} until {until}, not", office.label)
        }
        (None, []) => "no office".to_owned(),
        (None, held) => {
            let labels: Vec<String> =
                held.iter().map(|(_, it)| format!("`{}`", it.label)).collect();
            labels.join(", ")
        }
    }
}
