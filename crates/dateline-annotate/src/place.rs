//! Where the main event of a story took place: the venue that its first sentences name, else the
//! place of its dateline. Nothing is right more often than a guess.

mod name;
mod venue;

#[cfg(test)]
mod tests;

use std::ops::Range;

use dateline_event::OrganisationId;
use dateline_event::story::Story;

use crate::annotation::{Evidence, Found};
use crate::people::People;
use crate::quoted::Quoted;
use crate::registry::Registry;
use crate::text::StoryText;
pub(crate) use name::Territories;

/// What places are read with.
struct Reader<'a> {
    text: &'a StoryText<'a>,
    story: &'a Story,
    people: &'a People,
    registry: &'a Registry,
    territories: &'a Territories,
    quoted: &'a Quoted,
}

/// A place where the text prints it.
#[derive(Debug, Clone)]
struct Place {
    range: Range<usize>,
    name: String,
    organisation: Option<OrganisationId>,
    /// Whether it is known to be a state or region, so that a city beside it says more.
    is_wide: bool,
}

/// The city, else the region or country, where the main event took place, under its English name.
pub(crate) fn find(
    text: &StoryText<'_>,
    story: &Story,
    people: &People,
    known: (&Registry, &Territories),
    quoted: &Quoted,
) -> Option<Found> {
    let (registry, territories) = known;
    let reader = Reader { text, story, people, registry, territories, quoted };
    reader
        .of_stamp()
        .or_else(|| reader.of_lead())
        .or_else(|| reader.of_bracket())
        .or_else(|| reader.of_title())
        .or_else(|| reader.of_dateline())
        .or_else(|| reader.of_further())
}

impl Reader<'_> {
    /// A line with date and place under the headline: the first of its places.
    fn of_stamp(&self) -> Option<Found> {
        let printed = self.story.stamp_place.as_deref()?;
        let mut parts = printed.split([',', ';', '–']).map(str::trim).filter(|it| !it.is_empty());
        let first = parts.clone().find(|it| !name::is_building(it)).or_else(|| parts.next())?;
        let evidence = Evidence { span: None, text: printed.to_owned() };
        let name = name::ordinary_case(first);
        Some(Found { name, organisation: None, evidence, rule: "place-stamp".to_owned() })
    }

    fn of_lead(&self) -> Option<Found> {
        let sentences = || self.lead_sentences().into_iter();
        let seat = || sentences().find_map(|it| self.seat(it));
        let place = sentences().find_map(|it| self.venue(it)).or_else(seat)?;
        Some(self.found(place, "place-lead"))
    }

    fn of_title(&self) -> Option<Found> {
        let title = self.text.paragraphs().iter().find(|it| it.is_title)?;
        let place = title.sentences.iter().find_map(|it| self.venue(it.clone()))?;
        Some(self.found(place, "place-title"))
    }

    /// "(7 February 2025, Irvashen)" behind the words that announce a speech.
    fn of_bracket(&self) -> Option<Found> {
        let place = self.dated_bracket()?;
        Some(self.found(place, "place-bracket"))
    }

    /// Where something was held by the paragraphs behind the lead.
    fn of_further(&self) -> Option<Found> {
        let place = self.further_sentences().into_iter().find_map(|it| self.venue(it))?;
        Some(self.found(place, "place-body"))
    }

    fn of_dateline(&self) -> Option<Found> {
        let dateline = self.story.dateline.as_ref()?;
        let name = dateline.place.clone()?;
        let evidence = Evidence { span: Some(dateline.span), text: name.clone() };
        let rule = "place-dateline".to_owned();
        Some(Found { name, organisation: None, evidence, rule })
    }

    fn found(&self, place: Place, rule: &str) -> Found {
        Found {
            evidence: Evidence {
                span: Some(self.text.on_page(place.range.clone())),
                text: self.text.get(place.range).to_owned(),
            },
            name: place.name,
            organisation: place.organisation,
            rule: rule.to_owned(),
        }
    }
}
