//! From the people of a story to its appearances: one entry a person, with the offices that the registry knows of on
//! the day, where page and registry disagree, and what the person does in the story.

mod held;
mod role;

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

use crate::annotation::Appearance;
use crate::people::{Lexicon, MentionKind, People, Person};
use crate::registry::Registry;
use crate::text::StoryText;

pub(crate) use role::Utterance;

/// What appearances are made with.
pub(crate) struct Knowledge<'a> {
    /// The registry.
    pub(crate) registry: &'a Registry,
    /// The same, ready for looking up.
    pub(crate) lexicon: &'a Lexicon,
    /// The day of the story, where it is known.
    pub(crate) day: Option<NaiveDate>,
}

/// The appearances of all persons, in the order of first mention.
pub(crate) fn of(
    text: &StoryText<'_>,
    people: &People,
    said: &[Utterance],
    known: &Knowledge<'_>,
) -> Vec<Appearance> {
    let one = |(index, person): (usize, &Person)| {
        let shown = |range: &Range<usize>| text.get(range.clone()).to_owned();
        let printed = person.office.as_ref().map(shown);
        let Knowledge { registry, lexicon, day } = *known;
        let held = held::offices(registry, lexicon, person, printed.as_deref(), day);
        Appearance {
            name: person.name.clone(),
            official: person.official.clone(),
            candidates: person.candidates.clone(),
            as_written: shown(&person.as_written),
            span: text.on_page(person.as_written.clone()),
            other_forms: other_forms(text, people, index),
            office_as_written: printed,
            office_span: person.office.clone().map(|it| text.on_page(it)),
            rank: person.rank.as_ref().map(shown),
            held: held.offices,
            disagreement: held.disagreement,
            role: role::of(text, people, index, said),
        }
    };
    people.persons.iter().enumerate().map(one).collect()
}

/// The other spellings of a person's name in the story, and the office nouns that stand for it, each once, in order.
fn other_forms(text: &StoryText<'_>, people: &People, person: usize) -> Vec<String> {
    let fullest = people.persons.get(person).map(|it| text.get(it.as_written.clone()));
    let mut seen = BTreeSet::new();
    people
        .mentions
        .iter()
        .filter(|it| it.person == Some(person))
        .map(|it| match it.kind {
            MentionKind::Name => text.get(it.range.clone()),
            MentionKind::OfficeNoun => text.get(it.whole.clone()),
        })
        .filter(|form| Some(*form) != fullest && seen.insert(*form))
        .map(ToOwned::to_owned)
        .collect()
}
