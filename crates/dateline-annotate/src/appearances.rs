//! From the people of a story to its appearances: one entry a person, with the offices that the registry knows of on
//! the day, where page and registry disagree, and what the person does in the story.

mod held;
mod role;

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

use crate::annotation::Appearance;
use crate::people::{Lexicon, Mention, MentionKind, People, Person};
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
    let told = Told::of(people, said);
    let one = |(index, person): (usize, &Person)| {
        let shown = |range: &Range<usize>| text.get(range.clone()).to_owned();
        let printed = person.office.as_ref().map(shown);
        let Knowledge { registry, lexicon, day } = *known;
        let office = person.office.as_ref().map(|it| (text, it));
        let held = held::offices(registry, lexicon, person, office, day);
        Appearance {
            name: person.name.clone(),
            official: person.official.clone(),
            candidates: person.candidates.clone(),
            as_written: shown(&person.as_written),
            span: text.on_page(person.as_written.clone()),
            other_forms: other_forms(text, person, told.mentions_of(index)),
            office_as_written: printed,
            office_span: person.office.clone().map(|it| text.on_page(it)),
            rank: person.rank.as_ref().map(shown),
            held: held.offices,
            disagreement: held.disagreement,
            role: role::of(text, &told, index),
        }
    };
    people.persons.iter().enumerate().map(one).collect()
}

/// What a story says of each person, ready for looking up.
struct Told<'a> {
    people: &'a People,
    said: &'a [Utterance],
    /// The persons of all mentions with the place of each, in order.
    mentions: Vec<(usize, usize)>,
    /// For each person whether something is said by them.
    speaks: Vec<bool>,
    /// The stretches of all that is said, in the order of the text, with the place of each in `said`.
    spoken: Vec<Spoken>,
}

/// A stretch of something said.
struct Spoken {
    range: Range<usize>,
    said: usize,
    /// The furthest end of this stretch and those before it.
    reach: usize,
}

impl<'a> Told<'a> {
    fn of(people: &'a People, said: &'a [Utterance]) -> Self {
        let mentions = people.mentions.iter().enumerate();
        let mut mentions: Vec<(usize, usize)> =
            mentions.filter_map(|(place, it)| Some((it.person?, place))).collect();
        mentions.sort_unstable();
        let mut speaks = vec![false; people.persons.len()];
        for person in said.iter().filter_map(|it| it.person) {
            speaks.get_mut(person).into_iter().for_each(|it| *it = true);
        }
        let stretches = said.iter().enumerate().flat_map(|(said, it)| {
            it.content.iter().map(move |it| Spoken { range: it.clone(), said, reach: it.end })
        });
        let mut spoken: Vec<Spoken> = stretches.collect();
        spoken.sort_by_key(|it| it.range.start);
        let mut reach = 0;
        for it in &mut spoken {
            reach = reach.max(it.reach);
            it.reach = reach;
        }
        Self { people, said, mentions, speaks, spoken }
    }

    fn speaks(&self, person: usize) -> bool {
        self.speaks.get(person).copied().unwrap_or(false)
    }

    /// The mentions of a person, in the order of the text.
    fn mentions_of(&self, person: usize) -> impl Iterator<Item = &'a Mention> {
        let from = self.mentions.partition_point(|it| it.0 < person);
        let own = self.mentions.iter().skip(from).take_while(move |it| it.0 == person);
        own.filter_map(|it| self.people.mentions.get(it.1))
    }

    /// The first of the statements whose words hold all of `range`.
    fn spoken_around(&self, range: &Range<usize>) -> Option<&'a Utterance> {
        let next = self.spoken.partition_point(|it| it.range.start <= range.start);
        let before = self.spoken.get(..next)?.iter().rev();
        let around = before.take_while(|it| it.reach >= range.end);
        let around = around.filter(|it| it.range.end >= range.end).map(|it| it.said).min();
        self.said.get(around?)
    }
}

/// The other spellings of a person's name in the story, and the office nouns that stand for it, each once, in order.
fn other_forms<'a>(
    text: &StoryText<'_>,
    person: &Person,
    mentions: impl Iterator<Item = &'a Mention>,
) -> Vec<String> {
    let fullest = text.get(person.as_written.clone());
    let mut seen = BTreeSet::new();
    mentions
        .map(|it| match it.kind {
            MentionKind::Name => text.get(it.range.clone()),
            MentionKind::OfficeNoun => text.get(it.whole.clone()),
        })
        .filter(|form| *form != fullest && seen.insert(*form))
        .map(ToOwned::to_owned)
        .collect()
}
