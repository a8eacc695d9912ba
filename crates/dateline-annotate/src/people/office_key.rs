//! Offices made comparable: the noun at their head and the words that tell one such office from another.

use std::borrow::Cow;
use std::ops::Range;

use dateline_event::{OfficeId, OrganisationId};

use super::words;
use crate::registry::Registry;
use crate::tokens::{Kind, Tokens, Word};
use crate::word_table;

/// What an office phrase says, without order and small words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct OfficeKey<'a> {
    /// The noun: `secretary general`, `president`.
    pub(crate) head: Cow<'a, str>,
    /// All other words in lower case.
    words: Words<'a>,
    /// Further words that the office would answer to: the names of its organisation.
    also: Words<'a>,
}

/// Different words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Words<'a>(Vec<Cow<'a, str>>);

impl<'a> Words<'a> {
    fn into_owned(self) -> Words<'static> {
        Words(self.0.into_iter().map(|it| Cow::Owned(it.into_owned())).collect())
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|it| &**it)
    }

    fn contains(&self, word: &str) -> bool {
        self.iter().any(|it| it == word)
    }

    fn add(&mut self, word: Cow<'a, str>) {
        if !self.contains(&word) {
            self.0.push(word);
        }
    }
}

impl OfficeKey<'static> {
    /// The key of the first office that `phrase` names; without a head where it names none.
    pub(crate) fn of(phrase: &str) -> Self {
        let tokens = Tokens::of(phrase, word_table::of_lists());
        OfficeKey::of_words((0..tokens.len()).map(|at| tokens.word(at))).into_owned()
    }

    /// The keys of all offices in `phrase`, which commas and dashes divide.
    pub(crate) fn each_of(phrase: &str) -> Vec<Self> {
        let parts = phrase.split(&[',', '–', '—'][..]).flat_map(|it| it.split(" - "));
        parts.map(Self::of).filter(|it| !it.head.is_empty()).collect()
    }

    /// The keys of all labels of a registered office.
    pub(crate) fn all_of(registry: &Registry, office: &OfficeId) -> Vec<Self> {
        let Some(office) = registry.offices().get(office) else { return Vec::new() };
        let mut also = Words::default();
        if let Some(organisation) = &office.organisation {
            add_names(registry, organisation, &mut also);
        }
        std::iter::once(&office.label)
            .chain(&office.other_labels)
            .map(|label| Self { also: also.clone(), ..Self::of(label) })
            .collect()
    }
}

impl<'a> OfficeKey<'a> {
    /// The same for the words of a phrase in lower case; empty ones are skipped.
    pub(crate) fn of_words(words: impl Iterator<Item = Word<'a>>) -> Self {
        let low: Vec<Word<'a>> = words.filter(|it| !it.is_empty()).collect();
        let complement = low.iter().position(|it| words::joins_complement(*it) || *it == "to");
        let reach = complement.unwrap_or(low.len());
        let head = low.iter().take(reach).rposition(|it| words::is_head(*it) || *it == "general");
        let mut key = Self::default();
        let named = head.and_then(|it| Some((it, *low.get(it)?)));
        let noun = named.map_or(0..0, |(head, noun)| {
            let before = head.checked_sub(1).and_then(|it| low.get(it)).copied();
            let general = noun == "general";
            let first = match before {
                Some(before) if general && words::is_head(before) => head - 1,
                Some(before) if matches!(before.low, "prime" | "vice" | "press") => head - 1,
                Some(_) | None => head,
            };
            key.head = head_of(before.filter(|_| first < head), noun);
            first..head + 1
        });
        for (at, word) in low.iter().enumerate() {
            if !noun.contains(&at) && is_telling(*word) {
                key.words.add(Cow::Borrowed(word.low));
            }
        }
        key
    }

    /// The key of one of the offices that a phrase for several holders means, "Presidents X (A) and Y (B)": `words` are
    /// those of the phrase, `place` those in the brackets behind the holder's name. What the phrase says behind its noun
    /// may be another holder's.
    pub(crate) fn of_share(
        words: impl Iterator<Item = Word<'a>>,
        place: impl Iterator<Item = Word<'a>>,
    ) -> Self {
        let own = words.take_while(|it| !words::joins_complement(*it)).map(singular);
        let mut key = Self::of_words(own);
        for word in place.filter(|it| !it.is_empty() && is_telling(*it)) {
            key.words.add(Cow::Borrowed(word.low));
        }
        key
    }

    /// Whether `word`, in lower case, is one of the words beside the noun.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// The same for the phrase of `tokens` at `range`.
    pub(crate) fn each_of_tokens(tokens: &'a Tokens, range: Range<usize>) -> Vec<Self> {
        let mut keys = Vec::new();
        let mut from = range.start;
        while from < range.end {
            let divides = |it: &usize| matches!(tokens.kind(*it), Kind::Comma | Kind::Dash);
            let end = (from..range.end).find(divides).unwrap_or(range.end);
            let key = Self::of_words((from..end).map(|it| tokens.word(it)));
            if !key.head.is_empty() {
                keys.push(key);
            }
            from = end + 1;
        }
        keys
    }

    fn into_owned(self) -> OfficeKey<'static> {
        OfficeKey {
            head: Cow::Owned(self.head.into_owned()),
            words: self.words.into_owned(),
            also: self.also.into_owned(),
        }
    }

    /// Whether a noun phrase of this key can stand for the office `full`: the same or a vaguer noun, and no word that
    /// the office does not answer to.
    pub(crate) fn stands_for(&self, full: &OfficeKey<'_>) -> bool {
        if self.head == "head" && self.words.iter().eq(["state"]) {
            return matches!(&*full.head, "president" | "king" | "queen" | "emir" | "sultan");
        }
        if self.head == "head" && self.words.contains("government") {
            return full.head == "prime minister";
        }
        let same = self.head == full.head;
        let vague = matches!(&*self.head, "head" | "chief" | "leader")
            && matches!(
                &*full.head,
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
    pub(crate) fn agreement(&self, other: &OfficeKey<'_>) -> usize {
        usize::from(self.head == other.head)
            + self.words.iter().filter(|it| other.answers_to(it)).count()
    }

    /// How well the two may be one office: 0 where they are not, more for more words in common. Either may say less
    /// than the other, but a deputy is not the office.
    pub(crate) fn likeness(&self, other: &OfficeKey<'_>) -> usize {
        let forth = self.stands_for(other);
        let back = other.stands_for(self);
        if forth || back { 1 + self.agreement(other) } else { 0 }
    }

    fn answers_to(&self, word: &str) -> bool {
        self.words.contains(word)
            || self.also.contains(word)
            || self.words.iter().chain(self.also.iter()).any(|own| same_stem(own, word))
            || matches!(word, "organization" | "organisation" | "pact" | "alliance" | "country")
    }

    /// A deputy is not meant by the bare noun.
    fn is_no_lesser_than(&self, noun: &OfficeKey<'_>) -> bool {
        LESSER.iter().all(|it| !self.words.contains(it) || noun.words.contains(it))
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

/// The noun for one holder of a noun for several.
fn singular(word: Word<'_>) -> Word<'_> {
    if !words::is_plural_head(word) {
        return word;
    }
    let low = match word.low {
        "chairmen" => "chairman",
        "spokesmen" => "spokesman",
        "secretaries" => "secretary",
        "deputies" => "deputy",
        low => low.strip_suffix('s').unwrap_or(low),
    };
    Word { low, class: words::HEADS }
}

/// The noun of an office, with the word before it that belongs to it, one for all that mean the same.
fn head_of<'a>(before: Option<Word<'a>>, noun: Word<'a>) -> Cow<'a, str> {
    let plain = match (before.map(|it| it.low), noun.low) {
        (None, "secretary-general") | (Some("secretary"), "general") => "secretary general",
        (None, "chairwoman" | "chairperson" | "chair" | "speaker") => "chairman",
        (None, "premier") | (Some("prime"), "minister") => "prime minister",
        (None, "spokesman" | "spokeswoman" | "spokesperson") | (Some("press"), "secretary") => {
            "press secretary"
        }
        (None, "director-general") | (Some("director"), "general") => "director general",
        (None, "advisor") => "adviser",
        (Some(before), noun) => return Cow::Owned([before, noun].join(" ")),
        (None, noun) => noun,
    };
    Cow::Borrowed(plain)
}

/// `Varegia` and `Varegian`: a long common start, and short, different ends.
fn same_stem(one: &str, other: &str) -> bool {
    if one.as_bytes().first() != other.as_bytes().first() {
        return false;
    }
    let (common, longest) = if one.is_ascii() && other.is_ascii() {
        let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
        (same, one.len().max(other.len()))
    } else {
        let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        (same, one.chars().count().max(other.chars().count()))
    };
    common >= 4 && longest - common <= 4
}

fn add_names(registry: &Registry, organisation: &OrganisationId, out: &mut Words<'_>) {
    let mut next = Some(organisation);
    // Registries nest a few levels; a ring of parents ends here too.
    for _ in 0..4 {
        let Some(known) = next.and_then(|it| registry.organisations().get(it)) else { break };
        for name in std::iter::once(&known.name).chain(&known.other_names) {
            let tokens = Tokens::of(name, word_table::of_lists());
            let words = (0..tokens.len()).map(|at| tokens.word(at));
            let telling = words.filter(|it| !it.is_empty() && is_telling(*it));
            telling.for_each(|it| out.add(Cow::Owned(it.low.to_owned())));
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
