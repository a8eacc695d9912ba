//! What narrows the year of a day that is printed without one: tenures of the offices that the
//! story names, and days that it prints whole.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use dateline_event::date::printed::YearSaid;
use dateline_event::date::{Edtf, Precision};
use dateline_event::registry::{Tenure, TenureKind};

use super::Reader;
use super::context::context;
use crate::annotation::Evidence;
use crate::people::Person;
use crate::word_list::WordList;

/// The days on which an official whom the story names held the office that it prints with the name.
pub(super) struct Held<'a> {
    pub(super) tenures: Vec<&'a Tenure>,
    /// "the acting tenure of X as Y".
    pub(super) words: String,
    pub(super) evidence: Evidence,
}

impl Held<'_> {
    pub(super) fn covers(&self, date: Edtf) -> bool {
        let (Some(first), Some(last)) = (date.earliest(), date.latest()) else { return false };
        self.tenures.iter().any(|it| it.covers(first) && it.covers(last))
    }

    /// First year in which the office was held; `None` where the registry does not know.
    pub(super) fn first_year(&self) -> Option<i32> {
        let starts: Option<Vec<i32>> =
            self.tenures.iter().map(|it| it.from?.start().calendar().year()).collect();
        starts?.into_iter().min()
    }

    /// Last year in which the office was held; `None` while it is held.
    pub(super) fn last_year(&self) -> Option<i32> {
        let ends: Option<Vec<i32>> =
            self.tenures.iter().map(|it| it.until?.start().calendar().year()).collect();
        ends?.into_iter().max()
    }
}

/// A bound that a day printed whole sets: the story tells of it as past, or as to come.
pub(super) struct Bound {
    pub(super) day: NaiveDate,
    pub(super) is_past: bool,
    pub(super) evidence: Evidence,
}

/// Words before an office that say that it is held no more, or not yet.
static NOT_NOW: WordList = WordList::new("former ex late then future designate elect");

/// Words of an office phrase that do not tell it from others.
static FILLERS: WordList =
    WordList::new("the of and a an for to in acting interim new newly elected");

impl<'a> Reader<'a> {
    /// One entry for each official whom the story names with an office that the registry knows of
    /// them.
    pub(super) fn held(&self) -> Vec<Held<'a>> {
        self.people.persons.iter().filter_map(|it| self.held_by(it)).collect()
    }

    fn held_by(&self, person: &Person) -> Option<Held<'a>> {
        let official = person.official.as_ref()?;
        let range = person.office.clone()?;
        let phrase = self.text.get(range.clone());
        let before = self.text.get(0..range.start).trim_end();
        let word = before.rsplit(|it: char| !it.is_alphabetic()).next().unwrap_or_default();
        let word = word.to_lowercase();
        let word = word.as_str();
        let words = words(phrase);
        if NOT_NOW.has(word) || words.iter().any(|it| NOT_NOW.has(it)) {
            return None;
        }
        let acting = words.iter().any(|it| it == "acting" || it == "interim") || word == "acting";
        let kind = if acting { TenureKind::Acting } else { TenureKind::Full };
        let registry = self.registry;
        let tenures: Vec<&Tenure> = registry
            .tenures_of(official)
            .filter(|it| it.kind == kind)
            .filter(|it| self.is_office(it, &words))
            .collect();
        let label = &registry.offices().get(&tenures.first()?.office)?.label;
        let kind = if acting { "acting tenure" } else { "tenure" };
        let words = format!("the {kind} of {} as {label}", person.name);
        Some(Held { tenures, words, evidence: self.evidence(range) })
    }

    /// Whether `phrase` names the office of `tenure`: its words are among those of a label, or the
    /// other way round.
    fn is_office(&self, tenure: &Tenure, phrase: &BTreeSet<String>) -> bool {
        let Some(office) = self.registry.offices().get(&tenure.office) else { return false };
        let phrase: BTreeSet<_> = without_fillers(phrase);
        std::iter::once(&office.label).chain(&office.other_labels).any(|label| {
            let label = words(label);
            let label = without_fillers(&label);
            !label.is_empty()
                && !phrase.is_empty()
                && (label.is_subset(&phrase) || phrase.is_subset(&label))
        })
    }

    /// Days printed whole outside of quotations, which the story tells as past or as to come.
    pub(super) fn bounds(&self) -> Vec<Bound> {
        let whole = self.expressions.iter().filter(|it| {
            it.year == YearSaid::Printed
                && it.edtf.precision() >= Precision::Day
                && !self.quoted.holds(it.range.start)
        });
        whole
            .filter_map(|date| {
                let sentence = self.sentence_at(date.range.start)?;
                let is_range = matches!(date.edtf, Edtf::Interval(..));
                let context = context(self.text.get(sentence.start..date.range.start), is_range)?;
                let day = if context.is_ahead { date.edtf.latest() } else { date.edtf.earliest() };
                let evidence = self.evidence(date.range.clone());
                Some(Bound { day: day?, is_past: !context.is_ahead, evidence })
            })
            .collect()
    }

    fn sentence_at(&self, at: usize) -> Option<std::ops::Range<usize>> {
        let paragraphs = self.text.paragraphs();
        let paragraph = paragraphs.get(paragraphs.partition_point(|it| it.range.end <= at))?;
        let sentences = &paragraph.sentences;
        let sentence = sentences.get(sentences.partition_point(|it| it.end <= at))?;
        sentence.contains(&at).then(|| sentence.clone())
    }
}

fn words(phrase: &str) -> BTreeSet<String> {
    phrase
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn without_fillers(words: &BTreeSet<String>) -> BTreeSet<&str> {
    words.iter().map(String::as_str).filter(|it| !FILLERS.has(it)).collect()
}
