//! Offices made comparable: the noun at their head and the words that tell one such office from another.

use std::collections::BTreeSet;
use std::ops::Range;

use dateline_event::{OfficeId, OrganisationId};

use super::words;
use crate::registry::Registry;
use crate::tokens::{Kind, Tokens, Word};

/// What an office phrase says, without order and small words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct OfficeKey {
    /// The noun: `secretary general`, `president`.
    pub(crate) head: String,
    /// All other words in lower case.
    pub(crate) words: BTreeSet<Box<str>>,
    /// Further words that the office would answer to: the names of its organisation.
    also: BTreeSet<Box<str>>,
}

impl OfficeKey {
    /// The key of the first office that `phrase` names; without a head where it names none.
    pub(crate) fn of(phrase: &str) -> Self {
        let tokens = Tokens::of(phrase);
        Self::of_words((0..tokens.len()).map(|at| tokens.word(at)))
    }

    /// The same for the words of a phrase in lower case; empty ones are skipped.
    pub(crate) fn of_words<'a>(words: impl Iterator<Item = Word<'a>>) -> Self {
        let low: Vec<Word<'_>> = words.filter(|it| !it.is_empty()).collect();
        let complement = low.iter().position(|it| words::joins_complement(*it) || *it == "to");
        let reach = complement.unwrap_or(low.len());
        let head = low.iter().take(reach).rposition(|it| words::is_head(*it) || *it == "general");
        let Some(head) = head else {
            return Self {
                words: low
                    .into_iter()
                    .filter(|it| is_telling(*it))
                    .map(|it| it.low.into())
                    .collect(),
                ..Self::default()
            };
        };
        let general = low.get(head).is_some_and(|it| *it == "general");
        let first = match head.checked_sub(1).and_then(|it| low.get(it)) {
            Some(before) if general && words::is_head(*before) => head - 1,
            Some(before) if matches!(before.low, "prime" | "vice" | "press") => head - 1,
            Some(_) | None => head,
        };
        let noun: Vec<&str> =
            low.iter().skip(first).take(head + 1 - first).map(|it| it.low).collect();
        let rest = low.iter().enumerate().filter(|(at, _)| !(first..=head).contains(at));
        Self {
            head: plain_head(&noun.join(" ")),
            words: rest
                .map(|(_, it)| *it)
                .filter(|it| is_telling(*it))
                .map(|it| it.low.into())
                .collect(),
            also: BTreeSet::new(),
        }
    }

    /// The keys of all offices in a phrase that commas and dashes divide.
    pub(crate) fn each_of(phrase: &str) -> Vec<Self> {
        let parts = phrase.split(&[',', '–', '—'][..]).flat_map(|it| it.split(" - "));
        parts.map(Self::of).filter(|it| !it.head.is_empty()).collect()
    }

    /// The same for the phrase of `tokens` in `range`.
    pub(crate) fn each_of_tokens(tokens: &Tokens, range: Range<usize>) -> Vec<Self> {
        let parts: Vec<usize> = range.collect();
        let parts = parts.split(|it| matches!(tokens.kind(*it), Kind::Comma | Kind::Dash));
        let key = |it: &[usize]| Self::of_words(it.iter().map(|it| tokens.word(*it)));
        parts.map(key).filter(|it| !it.head.is_empty()).collect()
    }

    /// The keys of all labels of a registered office.
    pub(crate) fn all_of(registry: &Registry, office: &OfficeId) -> Vec<Self> {
        let Some(office) = registry.offices().get(office) else { return Vec::new() };
        let mut also = BTreeSet::new();
        if let Some(organisation) = &office.organisation {
            add_names(registry, organisation, &mut also);
        }
        std::iter::once(&office.label)
            .chain(&office.other_labels)
            .map(|label| Self { also: also.clone(), ..Self::of(label) })
            .collect()
    }

    /// Whether a noun phrase of this key can stand for the office `full`: the same or a vaguer noun, and no word that
    /// the office does not answer to.
    pub(crate) fn stands_for(&self, full: &Self) -> bool {
        if self.head == "head" && self.words.len() == 1 && self.words.contains("state") {
            return matches!(
                full.head.as_str(),
                "president" | "king" | "queen" | "emir" | "sultan"
            );
        }
        if self.head == "head" && self.words.contains("government") {
            return full.head == "prime minister";
        }
        let same = self.head == full.head;
        let vague = matches!(self.head.as_str(), "head" | "chief" | "leader")
            && matches!(
                full.head.as_str(),
                "head"
                    | "chief"
                    | "secretary general"
                    | "chairman"
                    | "president"
                    | "director general"
                    | "executive secretary"
                    | "director"
            );
        (same || vague)
            && full.is_no_lesser_than(self)
            && self.words.iter().all(|it| full.answers_to(it))
    }

    /// How many words the two have in common, the noun included.
    pub(crate) fn agreement(&self, other: &Self) -> usize {
        usize::from(self.head == other.head)
            + self.words.iter().filter(|it| other.answers_to(it)).count()
    }

    /// How well the two may be one office: 0 where they are not, more for more words in common. Either may say less
    /// than the other, but a deputy is not the office.
    pub(crate) fn likeness(&self, other: &Self) -> usize {
        let forth = self.stands_for(other);
        let back = other.stands_for(self);
        if forth || back { 1 + self.agreement(other) } else { 0 }
    }

    fn answers_to(&self, word: &str) -> bool {
        self.words.contains(word)
            || self.also.contains(word)
            || self.words.iter().chain(&self.also).any(|own| same_stem(own, word))
            || matches!(word, "organization" | "organisation" | "pact" | "alliance" | "country")
    }

    /// A deputy is not meant by the bare noun.
    fn is_no_lesser_than(&self, noun: &Self) -> bool {
        LESSER.iter().all(|it| !self.words.contains(*it) || noun.words.contains(*it))
    }
}

/// Words that make an office another one.
const LESSER: &[&str] = &["deputy", "vice", "assistant", "former"];

fn is_telling(word: Word<'_>) -> bool {
    !(words::is_determiner(word)
        || words::joins_complement(word)
        || words::joins_outward(word)
        || words::is_no_part(word)
        || matches!(word.low, "and" | "acting" | "mr" | "interim"))
}

fn plain_head(noun: &str) -> String {
    match noun {
        "secretary-general" => "secretary general".to_owned(),
        "chairwoman" | "chairperson" | "chair" | "speaker" => "chairman".to_owned(),
        "premier" => "prime minister".to_owned(),
        "spokesman" | "spokeswoman" | "spokesperson" => "press secretary".to_owned(),
        "director-general" => "director general".to_owned(),
        "advisor" => "adviser".to_owned(),
        other => other.to_owned(),
    }
}

/// `Varegia` and `Varegian`: a long common start, and short, different ends.
fn same_stem(one: &str, other: &str) -> bool {
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let longest = one.chars().count().max(other.chars().count());
    common >= 4 && longest - common <= 4
}

fn add_names(registry: &Registry, organisation: &OrganisationId, out: &mut BTreeSet<Box<str>>) {
    let mut next = Some(organisation);
    // Registries nest a few levels; a ring of parents ends here too.
    for _ in 0..4 {
        let Some(known) = next.and_then(|it| registry.organisations().get(it)) else { break };
        for name in std::iter::once(&known.name).chain(&known.other_names) {
            let tokens = Tokens::of(name);
            let words = (0..tokens.len()).map(|at| tokens.word(at));
            let telling = words.filter(|it| !it.is_empty() && is_telling(*it));
            out.extend(telling.map(|it| it.low.into()));
        }
        next = known.parent.as_ref();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_noun_stands_for_the_office_but_not_for_its_deputy() {
        let noun = OfficeKey::of("Secretary General");
        assert!(noun.stands_for(&OfficeKey::of("ARPO Acting Secretary General")));
        assert!(!noun.stands_for(&OfficeKey::of("Deputy Secretary General of the ARPO")));
        assert!(OfficeKey::of("ARPO chief").stands_for(&OfficeKey::of("ARPO Secretary General")));
        assert!(!OfficeKey::of("SBF chief").stands_for(&OfficeKey::of("ARPO Secretary General")));
        assert!(OfficeKey::of("head of state").stands_for(&OfficeKey::of("President of Polavia")));
        assert!(
            OfficeKey::of("Polavian president").stands_for(&OfficeKey::of("President of Polavia"))
        );
    }
}
