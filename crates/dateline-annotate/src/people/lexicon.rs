//! What the registry knows, made ready for looking up words of a text. Built once, read by every story.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use dateline_event::registry::Tenure;
use dateline_event::{OfficeId, OfficialId, OrganisationId};

use super::fold;
use super::given;
use super::office_key::OfficeKey;
use super::trie::Trie;
use crate::registry::Registry;
use crate::tokens::{Kind, Tokens};
use crate::word_hash::WordHash;

/// Place of an official in [`Lexicon::officials`].
pub(crate) type Index = u32;

/// Names, organisations and offices of a registry.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    officials: Vec<Known>,
    /// Whole registered names, by the keys of their words.
    full: Trie<Index>,
    /// Who may be meant by the last (or, in names that put it first, the first) word of a name.
    surnames: HashMap<Box<str>, Vec<Index>, WordHash>,
    /// Who is registered under this single word.
    single: HashMap<Box<str>, Vec<Index>, WordHash>,
    organisations: Trie<OrganisationId>,
    /// Keys of words that are given names in many languages.
    common_given: HashSet<Box<str>, WordHash>,
    /// Keys of words that are given names in the registry.
    own_given: HashSet<Box<str>, WordHash>,
}

/// One registered official.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) id: OfficialId,
    pub(crate) name: String,
    /// Keys of the words before the surname, of all registered names.
    pub(crate) given: Vec<Box<str>>,
    /// Every tenure.
    pub(crate) offices: Vec<KnownOffice>,
}

/// An office that an official holds or held.
#[derive(Debug)]
pub(crate) struct KnownOffice {
    /// Its labels, ready for comparing.
    pub(crate) keys: Arc<[OfficeKey]>,
    pub(crate) tenure: Tenure,
}

impl Lexicon {
    pub(crate) fn of(registry: &Registry) -> Self {
        let mut lexicon = Self { common_given: given::keys(), ..Self::default() };
        let keys: BTreeMap<&OfficeId, Arc<[OfficeKey]>> = registry
            .offices()
            .keys()
            .map(|it| (it, OfficeKey::all_of(registry, it).into()))
            .collect();
        for official in registry.officials().values() {
            let offices = registry
                .tenures_of(&official.id)
                .map(|tenure| KnownOffice {
                    keys: keys.get(&tenure.office).cloned().unwrap_or_default(),
                    tenure: tenure.clone(),
                })
                .collect();
            let names = std::iter::once(&official.name).chain(&official.other_names);
            lexicon.add_official(&official.id, names, offices);
        }
        for organisation in registry.organisations().values() {
            for name in std::iter::once(&organisation.name).chain(&organisation.other_names) {
                let tokens = Tokens::of(name);
                let words = (0..tokens.len()).map(|at| tokens.low(at)).filter(|it| !it.is_empty());
                let words = words.skip_while(|it| *it == "the");
                lexicon.organisations.insert(words, organisation.id.clone());
            }
        }
        lexicon
    }

    fn add_official<'a>(
        &mut self,
        id: &OfficialId,
        names: impl Iterator<Item = &'a String>,
        offices: Vec<KnownOffice>,
    ) {
        let index = Index::try_from(self.officials.len()).unwrap_or(Index::MAX);
        let mut known = Known { id: id.clone(), name: String::new(), given: Vec::new(), offices };
        for name in names {
            if known.name.is_empty() {
                known.name.clone_from(name);
            }
            self.add_name(index, name, &mut known.given);
        }
        self.officials.push(known);
    }

    fn add_name(&mut self, index: Index, name: &str, given: &mut Vec<Box<str>>) {
        let tokens = Tokens::of(name);
        let words: Vec<Box<str>> = (0..tokens.len())
            .filter(|at| tokens.is_word(*at))
            .map(|at| fold::key(tokens.low(at)).into())
            .collect();
        let initials = (0..tokens.len()).any(|at| tokens.kind(at) == Kind::Initial);
        let Some((last, before)) = words.split_last() else { return };
        if before.is_empty() {
            push_once(self.surnames.entry(last.clone()).or_default(), index);
            if !initials {
                push_once(self.single.entry(last.clone()).or_default(), index);
            }
            return;
        }
        self.full.insert(words.iter().map(|it| &**it), index);
        if !given::is_patronymic(last) {
            push_once(self.surnames.entry(last.clone()).or_default(), index);
        }
        for word in before {
            let key: Box<str> = fold::given_key(word).into();
            if let Some(first) = before.first().filter(|it| *it == word && it.len() > 2) {
                self.own_given.insert(first.clone());
            }
            if !given.contains(&key) {
                given.push(key);
            }
        }
    }

    /// The official of this id.
    pub(crate) fn known(&self, id: &OfficialId) -> Option<&Known> {
        // The registry gives its officials in the order of their ids.
        let at = self.officials.binary_search_by(|it| it.id.cmp(id)).ok()?;
        self.officials.get(at)
    }

    pub(crate) fn official(&self, index: Index) -> Option<&Known> {
        usize::try_from(index).ok().and_then(|it| self.officials.get(it))
    }

    /// The longest registered name that starts at token `at`: its number of tokens and whose it is. A line end may cut
    /// it.
    pub(crate) fn full_name(&self, tokens: &Tokens, at: usize) -> Option<(usize, &[Index])> {
        let places = || {
            (at..tokens.len())
                .filter(|it| tokens.kind(*it) != Kind::Break)
                .take_while(|it| !tokens.key_or_low(*it).is_empty())
        };
        let (length, who) = self.full.longest(places().map(|it| tokens.key_or_low(it)))?;
        let last = places().nth(length.checked_sub(1)?)?;
        Some((last + 1 - at, who))
    }

    /// Who may be meant by this word as a surname.
    pub(crate) fn by_surname(&self, key: &str) -> &[Index] {
        self.surnames.get(key).map_or(&[], Vec::as_slice)
    }

    /// Who is registered under this word alone.
    pub(crate) fn by_single_name(&self, key: &str) -> &[Index] {
        self.single.get(key).map_or(&[], Vec::as_slice)
    }

    /// The longest organisation that starts at token `at`: its number of tokens and which may be meant.
    pub(crate) fn organisation(
        &self,
        tokens: &Tokens,
        at: usize,
    ) -> Option<(usize, &[OrganisationId])> {
        let places = || {
            (at..tokens.len())
                .filter(|it| tokens.kind(*it) != Kind::Possessive)
                .take_while(|it| !tokens.low(*it).is_empty())
                .take(LONGEST_ORGANISATION)
        };
        let (length, values) = self.organisations.longest(places().map(|it| tokens.low(it)))?;
        let last = places().nth(length.checked_sub(1)?)?;
        Some((last + 1 - at, values))
    }

    /// Whether some organisation's name has this word.
    pub(crate) fn is_organisation_word(&self, low: &str) -> bool {
        self.organisations.has_word(low)
    }

    /// Whether the key is that of a given name.
    pub(crate) fn is_given(&self, key: &str) -> bool {
        self.common_given.contains(key) || self.own_given.contains(key)
    }

    /// Whether the key is that of a given name that many people bear.
    pub(crate) fn is_common_given(&self, key: &str) -> bool {
        self.common_given.contains(key)
    }

    /// Whether the registry has `who` in an office like `key` at any time; `None` where it has them in none at all.
    pub(crate) fn has_held(&self, who: &[Index], key: &OfficeKey) -> Option<bool> {
        let mut offices =
            who.iter().filter_map(|it| self.official(*it)).flat_map(|it| &it.offices).peekable();
        offices.peek()?;
        Some(offices.any(|it| it.keys.iter().any(|label| key.likeness(label) > 0)))
    }

    /// Whether `index` may be called by this given name or initial.
    pub(crate) fn answers_to(&self, index: Index, given: &str) -> bool {
        let wanted = fold::given_key(given);
        self.official(index).is_some_and(|it| {
            it.given.iter().any(|own| {
                **own == *wanted
                    || (wanted.chars().count() == 1 && own.chars().next() == wanted.chars().next())
                    || (own.chars().count() == 1 && own.chars().next() == wanted.chars().next())
            })
        })
    }
}

/// Longest name of an organisation that is looked for, in words.
const LONGEST_ORGANISATION: usize = 16;

impl Known {
    /// The offices held on `day`; all of them where the day is not known.
    pub(crate) fn offices_on(&self, day: Option<NaiveDate>) -> impl Iterator<Item = &KnownOffice> {
        self.offices.iter().filter(move |it| day.is_none_or(|day| it.tenure.covers(day)))
    }
}

fn push_once(list: &mut Vec<Index>, index: Index) {
    if !list.contains(&index) {
        list.push(index);
    }
}
