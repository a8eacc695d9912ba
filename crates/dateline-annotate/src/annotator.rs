//! The annotator: everything of this crate, in the order in which one reading needs the other.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use dateline_event::date::Edtf;
use dateline_event::story::Story;

use crate::agency::{self, Agencies};
use crate::annotation::{Annotation, Resolved};
use crate::appearances::{self, Utterance};
use crate::dates;
use crate::people::{Lexicon, Marked};
use crate::place::{self, Territories};
use crate::quoted::Quoted;
use crate::registry::Registry;
use crate::statements::{self, SaidStatement};
use crate::text::StoryText;
use crate::topics::Topics;
use crate::word_table;

/// Reads stories with a registry in hand. It is built once for a registry, which is costly, and then reads any number
/// of stories, on any number of threads; the same story always gives the same annotation.
#[derive(Debug)]
pub struct Annotator {
    registry: Registry,
    lexicon: Lexicon,
    agencies: Agencies,
    topics: Topics,
    territories: Territories,
}

/// A part of the work on a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Cutting the text into tokens, sentences and quotations.
    Text,
    /// Who is named, and with which office.
    People,
    /// When it came out, and when it happened.
    Dates,
    /// What somebody said.
    Statements,
    /// What each person does in it.
    Appearances,
    /// Where it happened.
    Place,
    /// Whose story it is.
    Agency,
    /// What it is about.
    Topics,
}

impl Annotator {
    /// An annotator that knows what `registry` says now.
    pub fn new(registry: &Registry) -> Self {
        let mut words = word_table::of_lists().clone();
        let agencies = Agencies::of(registry, &mut words);
        let topics = Topics::new(registry, &mut words);
        Self {
            registry: registry.clone(),
            lexicon: Lexicon::of(registry, words),
            agencies,
            topics,
            territories: Territories::of(registry),
        }
    }

    /// The registry that it was built from.
    pub const fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Everything that `story` says, read anew.
    pub fn annotate(&self, story: &Story) -> Annotation {
        self.annotate_in_parts(story, |_| ())
    }

    /// The same; calls `done` behind each part of the work, so that a caller with a clock sees where time goes.
    pub fn annotate_in_parts(&self, story: &Story, mut done: impl FnMut(Part)) -> Annotation {
        let text = StoryText::of(story, self.lexicon.words());
        let printed = printed_day(story);
        let quoted = Quoted::of(&text);
        done(Part::Text);
        let marked = Marked::of(&text, &self.lexicon);
        let mut linked = marked.linked(&text, &self.lexicon, printed);
        let mut people = marked.people(&text, &self.lexicon, &linked);
        done(Part::People);
        let (published, happened) = dates::resolve(&text, story, &people, &self.registry, &quoted);
        let day = day_of(&published, &happened).or(printed);
        done(Part::Dates);
        if day != printed && marked.goes_by_day(&people, printed) {
            // Who held an office could not be looked up before the day was known.
            linked = linked.on(day).unwrap_or_else(|| marked.linked(&text, &self.lexicon, day));
            people = marked.people(&text, &self.lexicon, &linked);
        }
        done(Part::People);
        let said = statements::read(&text, &people);
        done(Part::Statements);
        let utterances: Vec<Utterance> = said.iter().map(utterance).collect();
        let known =
            appearances::Knowledge { registry: &self.registry, lexicon: &self.lexicon, day };
        let appearances = appearances::of(&text, &people, &utterances, &known);
        done(Part::Appearances);
        let place =
            place::find(&text, story, &people, (&self.registry, &self.territories), &quoted);
        done(Part::Place);
        let agency = agency::find(&text, story, &self.agencies);
        done(Part::Agency);
        let topics = self.topics.assign(&text);
        done(Part::Topics);
        // One appearance a person, in the same order.
        let statements = said.iter().map(|it| it.published(&text, Some)).collect();
        done(Part::Statements);
        Annotation { published, happened, place, agency, appearances, statements, topics }
    }
}

fn utterance(said: &SaidStatement) -> Utterance {
    Utterance { person: said.person, content: said.content.clone(), kind: said.kind }
}

/// The day on which offices are looked up: when it came out, else when it happened.
pub(crate) fn day_of(published: &Resolved, happened: &Resolved) -> Option<NaiveDate> {
    [published, happened].into_iter().filter_map(|it| it.edtf).find_map(Edtf::earliest)
}

/// The day on which the page says the story came out, where it prints one in full.
fn printed_day(story: &Story) -> Option<NaiveDate> {
    let stamp = story.published.as_ref().map(|it| it.edtf);
    let filed = story.dateline.as_ref().and_then(|it| it.date.as_ref()).map(|it| it.edtf);
    stamp.into_iter().chain(filed).find_map(Edtf::earliest)
}
