//! What the registry knows, made ready for looking up words of a text. Built once, read by every story.

use std::borrow::Cow;
use std::collections::BTreeMap;
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
use crate::vocabulary::{IN_ORGANISATION, STARTS_ORGANISATION};
use crate::word_table::{self, KeyId, WordId, WordTable};

/// Place of an official in [`Lexicon::officials`].
pub(crate) type Index = u32;

/// Names, organisations and offices of a registry.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: WordTable,
    officials: Vec<Known>,
    /// Whole registered names, by the keys of their words.
    full: Trie<KeyId, Index>,
    /// What each key of a word of names means, by its number.
    keys: Vec<NameKey>,
    organisations: Trie<WordId, OrganisationId>,
}

/// What the key of a word of names means.
#[derive(Debug, Default)]
struct NameKey {
    /// Who may be meant by it as the last (or, in names that put it first, the first) word of a name.
    surname: Vec<Index>,
    /// Who is registered under it alone.
    single: Vec<Index>,
    /// The same as a given name.
    given: Option<Box<str>>,
    /// Whether a registered name starts with it.
    starts_name: bool,
    /// Whether it is a given name in many languages.
    is_common_given: bool,
    /// Whether it is a given name in the registry.
    is_own_given: bool,
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
    pub(crate) keys: Arc<[OfficeKey<'static>]>,
    pub(crate) tenure: Tenure,
}

impl Lexicon {
    /// What `registry` knows. `words` has the words that are known apart from it.
    pub(crate) fn of(registry: &Registry, words: WordTable) -> Self {
        let mut lexicon = Self { words, ..Self::default() };
        for key in given::keys() {
            lexicon.name_key(&key).is_common_given = true;
        }
        let keys: BTreeMap<&OfficeId, Arc<[OfficeKey<'static>]>> = registry
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
                lexicon.add_organisation(name, &organisation.id);
            }
        }
        lexicon.words.finish();
        lexicon
    }

    /// All words that are known.
    pub(crate) const fn words(&self) -> &WordTable {
        &self.words
    }

    fn name_key(&mut self, key: &str) -> &mut NameKey {
        let place = self.words.add_key(key).place();
        if self.keys.len() <= place {
            self.keys.resize_with(place + 1, NameKey::default);
        }
        let known = self.keys.get_mut(place).expect("the list was made long enough just now");
        known.given.get_or_insert_with(|| fold::given_key(key).into());
        known
    }

    fn add_organisation(&mut self, name: &str, id: &OrganisationId) {
        let tokens = Tokens::of(name, word_table::of_lists());
        let words = (0..tokens.len()).map(|at| tokens.low(at)).filter(|it| !it.is_empty());
        let words: Vec<WordId> =
            words.skip_while(|it| *it == "the").map(|it| self.words.add(it)).collect();
        for word in &words {
            self.words.mark(*word, IN_ORGANISATION);
        }
        if let Some(first) = words.first() {
            self.words.mark(*first, STARTS_ORGANISATION);
        }
        self.organisations.insert(words, id.clone());
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
        let tokens = Tokens::of(name, word_table::of_lists());
        let words = (0..tokens.len()).filter(|at| tokens.is_word(*at)).map(|at| tokens.low(at));
        let words: Vec<String> = words
            .map(|it| {
                self.words.add(it);
                fold::key(it)
            })
            .collect();
        let initials = (0..tokens.len()).any(|at| tokens.kind(at) == Kind::Initial);
        let Some((last, before)) = words.split_last() else { return };
        if before.is_empty() {
            let key = self.name_key(last);
            push_once(&mut key.surname, index);
            if !initials {
                push_once(&mut key.single, index);
            }
            return;
        }
        for word in &words {
            self.name_key(word);
        }
        let keys: Vec<KeyId> = words.iter().map(|it| self.words.add_key(it)).collect();
        self.full.insert(keys, index);
        if !given::is_patronymic(last) {
            push_once(&mut self.name_key(last).surname, index);
        }
        for (place, word) in before.iter().enumerate() {
            let key: Box<str> = fold::given_key(word).into();
            if place == 0 {
                self.name_key(word).starts_name = true;
            }
            if before.first().is_some_and(|it| it == word && it.len() > 2) {
                self.name_key(word).is_own_given = true;
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
        if !self.key(tokens.key_id(at)).is_some_and(|it| it.starts_name) {
            return None;
        }
        let places = || (at..tokens.len()).filter(|it| tokens.kind(*it) != Kind::Break);
        // A name is of words: an initial, a figure or a mark ends it.
        let key = |at: usize| {
            if tokens.kind(at) == Kind::Small {
                return self.words.spelled(tokens.word_id(at));
            }
            if tokens.is_capital(at) { tokens.key_id(at) } else { KeyId::UNKNOWN }
        };
        let (length, who) = self.full.longest(places().map(key))?;
        let last = places().nth(length.checked_sub(1)?)?;
        Some((last + 1 - at, who))
    }

    fn key(&self, key: KeyId) -> Option<&NameKey> {
        self.keys.get(key.place()).filter(|_| key != KeyId::UNKNOWN)
    }

    /// Who may be meant by the word at `at` as a surname.
    pub(crate) fn by_surname(&self, tokens: &Tokens, at: usize) -> &[Index] {
        self.key(tokens.key_id(at)).map_or(&[], |it| it.surname.as_slice())
    }

    /// Who is registered under the word at `at` alone.
    pub(crate) fn by_single_name(&self, tokens: &Tokens, at: usize) -> &[Index] {
        self.key(tokens.key_id(at)).map_or(&[], |it| it.single.as_slice())
    }

    /// The longest organisation that starts at token `at`: its number of tokens and which may be meant.
    pub(crate) fn organisation(
        &self,
        tokens: &Tokens,
        at: usize,
    ) -> Option<(usize, &[OrganisationId])> {
        if !tokens.class(at).meets(STARTS_ORGANISATION) {
            return None;
        }
        let places = || (at..tokens.len()).filter(|it| tokens.kind(*it) != Kind::Possessive);
        let words = places().take(LONGEST_ORGANISATION).map(|it| tokens.word_id(it));
        let (length, values) = self.organisations.longest(words)?;
        let last = places().nth(length.checked_sub(1)?)?;
        Some((last + 1 - at, values))
    }

    /// Whether the word at `at` is a given name.
    pub(crate) fn is_given(&self, tokens: &Tokens, at: usize) -> bool {
        self.key(tokens.key_id(at)).is_some_and(|it| it.is_common_given || it.is_own_given)
    }

    /// Whether the word at `at` is a given name that many people bear.
    pub(crate) fn is_common_given(&self, tokens: &Tokens, at: usize) -> bool {
        self.key(tokens.key_id(at)).is_some_and(|it| it.is_common_given)
    }

    /// The key of the word at `at` as a given name.
    pub(crate) fn given_key<'a>(&'a self, tokens: &Tokens, at: usize) -> Cow<'a, str> {
        match self.key(tokens.key_id(at)).and_then(|it| it.given.as_deref()) {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(fold::given_key(tokens.key(at))),
        }
    }

    /// Whether the registry has `who` in an office like `key` at any time; `None` where it has them in none at all.
    pub(crate) fn has_held(&self, who: &[Index], key: &OfficeKey<'_>) -> Option<bool> {
        let mut offices =
            who.iter().filter_map(|it| self.official(*it)).flat_map(|it| &it.offices).peekable();
        offices.peek()?;
        Some(offices.any(|it| it.keys.iter().any(|label| key.likeness(label) > 0)))
    }

    /// Whether `index` may be called by this given name, as [`Self::given_key`], or initial.
    pub(crate) fn answers_to(&self, index: Index, wanted: &str) -> bool {
        let is_initial = |it: &str| it.chars().nth(1).is_none() && !it.is_empty();
        let first = wanted.chars().next();
        self.official(index).is_some_and(|it| {
            it.given.iter().any(|own| {
                **own == *wanted
                    || (is_initial(wanted) || is_initial(own)) && own.chars().next() == first
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
