//! People whom stories name with an office and the registry does not know: proposals for its keepers.
//!
//! Spellings of one name are one proposal: other transliterations, initials for a given name, a surname alone where only
//! one fuller name has it. Which of them is a real official is for people to decide.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use dateline_event::{Span, StoryId};

use crate::annotation::{Annotation, Appearance};
use crate::annotator::day_of;
use crate::people::{given_key, is_patronymic, key};

/// An annotated story, with what a reader needs to find it.
#[derive(Debug, Clone, Copy)]
pub struct AnnotatedStory<'a> {
    /// Which story.
    pub story: StoryId,
    /// Who put it out.
    pub source: &'a str,
    /// Name or address of its page.
    pub page: &'a str,
    /// What was read out of it.
    pub annotation: &'a Annotation,
}

/// Somebody who may belong into the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The form of the name that most stories print; of equals the fuller, then the first in order.
    pub name: String,
    /// Other forms of more than one word, in order.
    pub other_names: Vec<String>,
    /// The offices as pages print them, the most frequent first.
    pub offices: Vec<NamedOffice>,
    /// How many stories name the person with an office.
    pub stories: usize,
    /// Who put these out, in order.
    pub sources: Vec<String>,
    /// First day of these stories, where any has one.
    pub first: Option<NaiveDate>,
    /// Last day.
    pub last: Option<NaiveDate>,
    /// Where it can be seen: in the earliest story.
    pub example: CandidateEvidence,
}

/// An office as pages print it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedOffice {
    /// The words, white space folded.
    pub label: String,
    /// How many stories give the person this office.
    pub stories: usize,
}

/// One place that names a candidate with an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidateEvidence {
    /// Which story.
    pub story: StoryId,
    /// Name or address of its page.
    pub page: String,
    /// Where the name stands on it.
    pub span: Span,
    /// Where the office stands on it.
    pub office_span: Option<Span>,
}

/// The candidates of `stories`, those of most stories first, then by name.
pub fn candidates<'a>(stories: impl Iterator<Item = AnnotatedStory<'a>>) -> Vec<Candidate> {
    let mut found: BTreeMap<NameKey, Vec<Naming<'a>>> = BTreeMap::new();
    for story in stories {
        for who in story.annotation.appearances.iter().filter(|it| is_unknown(it)) {
            found.entry(NameKey::of(&who.name)).or_default().push(Naming { story, who });
        }
    }
    let mut candidates: Vec<Candidate> =
        merged(found).into_values().filter_map(|it| candidate(&it)).collect();
    candidates.sort_by(|a, b| b.stories.cmp(&a.stories).then_with(|| a.name.cmp(&b.name)));
    candidates
}

/// One naming of somebody in one story.
#[derive(Debug, Clone, Copy)]
struct Naming<'a> {
    story: AnnotatedStory<'a>,
    who: &'a Appearance,
}

impl Naming<'_> {
    fn day(&self) -> Option<NaiveDate> {
        day_of(&self.story.annotation.published, &self.story.annotation.happened)
    }
}

fn is_unknown(who: &Appearance) -> bool {
    who.official.is_none() && who.candidates.is_empty() && who.office_as_written.is_some()
}

/// What the spellings of one name have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct NameKey {
    surname: String,
    given: Given,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Given {
    /// A surname alone.
    None,
    /// An initial.
    Initial(String),
    /// The key of a given name.
    Name(String),
}

impl NameKey {
    fn of(name: &str) -> Self {
        let words: Vec<&str> = name.split_whitespace().collect();
        let keys: Vec<String> = words.iter().map(|it| key(it)).collect();
        let ends_in_patronymic = keys.last().is_some_and(|it| is_patronymic(it));
        let (surname, given) = match (words.as_slice(), keys.as_slice()) {
            ([_, given, .., _], [surname, ..]) if ends_in_patronymic => (surname, Some(*given)),
            ([given, .., _], [.., surname]) => (surname, Some(*given)),
            (_, [surname]) => (surname, None),
            _ => return Self { surname: String::new(), given: Given::None },
        };
        let given = given.map_or(Given::None, |word| {
            let first = word.split('.').next().unwrap_or_default();
            if word.contains('.') || first.chars().count() == 1 {
                Given::Initial(key(first).chars().take(1).collect())
            } else {
                Given::Name(given_key(first))
            }
        });
        Self { surname: surname.clone(), given }
    }

    /// Whether this lesser form of a name can stand for the full name `other`.
    fn is_short_for(&self, other: &Self) -> bool {
        let Given::Name(full) = &other.given else { return false };
        self.surname == other.surname
            && match &self.given {
                Given::None => true,
                Given::Initial(letter) => full.starts_with(letter.as_str()),
                Given::Name(_) => false,
            }
    }
}

/// The namings with those of a lesser form put to the only full name that it can stand for.
fn merged(found: BTreeMap<NameKey, Vec<Naming<'_>>>) -> BTreeMap<NameKey, Vec<Naming<'_>>> {
    let (full, lesser): (BTreeMap<_, _>, BTreeMap<_, _>) =
        found.into_iter().partition(|(name, _)| matches!(name.given, Given::Name(_)));
    let mut merged = full;
    for (name, namings) in lesser {
        let fuller: Vec<NameKey> =
            merged.keys().filter(|it| name.is_short_for(it)).cloned().collect();
        let target = match fuller.as_slice() {
            [one] => one.clone(),
            [] | [_, _, ..] => name,
        };
        merged.entry(target).or_default().extend(namings);
    }
    merged
}

fn candidate(namings: &[Naming<'_>]) -> Option<Candidate> {
    let days = || namings.iter().filter_map(Naming::day);
    let stories: BTreeSet<StoryId> = namings.iter().map(|it| it.story.story).collect();
    let sources: BTreeSet<&str> = namings.iter().map(|it| it.story.source).collect();
    let mut forms: Vec<(String, usize)> = counted(namings, |it| &it.who.name);
    let words = |it: &str| it.split_whitespace().count();
    forms.sort_by(|a, b| {
        b.1.cmp(&a.1).then_with(|| words(&b.0).cmp(&words(&a.0))).then_with(|| a.0.cmp(&b.0))
    });
    let name = forms
        .iter()
        .map(|it| &it.0)
        .find(|it| words(it) > 1)
        .or(forms.first().map(|it| &it.0))?
        .clone();
    let mut other_names: Vec<String> =
        forms.into_iter().map(|it| it.0).filter(|it| *it != name && words(it) > 1).collect();
    other_names.sort();
    let offices = counted(namings, |it| it.who.office_as_written.as_deref().unwrap_or_default());
    let first = namings.iter().min_by_key(|it| (it.day().is_none(), it.day(), it.story.story))?;
    Some(Candidate {
        name,
        other_names,
        offices: offices
            .into_iter()
            .map(|(label, stories)| NamedOffice { label, stories })
            .collect(),
        stories: stories.len(),
        sources: sources.into_iter().map(str::to_owned).collect(),
        first: days().min(),
        last: days().max(),
        example: CandidateEvidence {
            story: first.story.story,
            page: first.story.page.to_owned(),
            span: first.who.span,
            office_span: first.who.office_span,
        },
    })
}

/// The texts of `namings`, those that differ in case alone as one, each with the number of its stories; most first.
fn counted<'a>(
    namings: &'a [Naming<'a>],
    text: impl Fn(&'a Naming<'a>) -> &'a str,
) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, (String, BTreeSet<StoryId>)> = BTreeMap::new();
    for naming in namings {
        let text = text(naming).split_whitespace().collect::<Vec<_>>().join(" ");
        let entry = counts.entry(text.to_lowercase()).or_insert_with(|| (text, BTreeSet::new()));
        entry.1.insert(naming.story.story);
    }
    let mut counts: Vec<(String, usize)> =
        counts.into_values().map(|(text, stories)| (text, stories.len())).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotator::Annotator;
    use crate::registry::Registry;
    use crate::sample::stamped;

    fn found(bodies: &[(&str, &str)]) -> Vec<Candidate> {
        let annotator = Annotator::new(&Registry::default());
        let read: Vec<Annotation> =
            bodies.iter().map(|(day, body)| annotator.annotate(&stamped(day, body))).collect();
        candidates(read.iter().enumerate().map(|(at, annotation)| AnnotatedStory {
            story: StoryId::of_name(&at.to_string()),
            source: "polta",
            page: "page",
            annotation,
        }))
    }

    #[test]
    fn spellings_of_one_name_are_one_candidate_with_its_offices_and_days() {
        let found = found(&[
            ("2024-05-01", "Foreign Minister Konstantin Torkei spoke."),
            ("2024-06-01", "Minister of Foreign Affairs K. Torkei spoke."),
            ("2024-04-01", "Foreign Minister Konstantin Torkey spoke."),
            ("2024-04-02", "Foreign Minister Konstantin Torkei left."),
            ("2024-04-02", "Mayor of Narovets Hanna Selm left."),
        ]);
        let [torkei, selm] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((torkei.name.as_str(), torkei.stories), ("Konstantin Torkei", 4));
        assert_eq!(torkei.other_names, ["K. Torkei", "Konstantin Torkey"]);
        let offices: Vec<_> =
            torkei.offices.iter().map(|it| (it.label.as_str(), it.stories)).collect();
        assert_eq!(offices, [("Foreign Minister", 3), ("Minister of Foreign Affairs", 1)]);
        assert_eq!(torkei.first, NaiveDate::from_ymd_opt(2024, 4, 1));
        assert_eq!(torkei.last, NaiveDate::from_ymd_opt(2024, 6, 1));
        assert_eq!(torkei.example.story, StoryId::of_name("2"));
        assert_eq!((selm.name.as_str(), selm.stories), ("Hanna Selm", 1));
    }

    #[test]
    fn an_initial_that_two_names_share_stands_for_neither() {
        let found = found(&[
            ("2024-05-01", "Mayor of Narovets Konstantin Torkei spoke."),
            ("2024-05-01", "Governor of Narovets Kirill Torkei spoke."),
            ("2024-05-01", "Minister of Finance K. Torkei spoke."),
        ]);
        assert_eq!(found.len(), 3, "{found:?}");
    }
}
