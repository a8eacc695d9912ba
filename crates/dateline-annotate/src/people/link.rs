//! Which names of a story are one person, and who that is in the registry.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;

use super::attach::TitledName;
use super::called::{Bearer, Called};
use super::find::NameHit;
use super::given;
use super::lexicon::{Index, Lexicon};
use super::office::Reading;
use super::office_key::OfficeKey;
use super::{company, words};
use crate::tokens::{Kind, Word};
use crate::word_hash::WordHash;

/// One person of a story while it is put together.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) identity: Identity,
    /// Places in [`Linked::names`], in the order of the text.
    pub(crate) names: Vec<usize>,
    /// The different words of all these names: the key of each, and as a given name.
    words: Vec<(&'a str, Cow<'a, str>)>,
    /// The different surnames and given names of these names; the latter as in `words`.
    forms: Vec<(&'a str, Cow<'a, str>)>,
}

/// Who a name means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Identity {
    /// This official.
    Official(Index),
    /// One of these, in the order of the registry; nothing tells which.
    OneOf(Vec<Index>),
    /// Nobody whom the registry knows.
    Unknown,
}

/// The names of a story, each given to one person.
#[derive(Debug, Default)]
pub(crate) struct Linked<'a> {
    pub(crate) names: Vec<TitledName>,
    pub(crate) drafts: Vec<Draft<'a>>,
    /// Which persons are called by a key, as surname or as a given name that few people bear, and the tokens at which
    /// they are.
    called: HashMap<&'a str, Vec<Called>, WordHash>,
    /// The first draft of each identity that is known.
    identities: HashMap<Identity, usize, WordHash>,
    /// Whose given name a key is.
    givens: HashMap<Cow<'a, str>, Bearer, WordHash>,
}

/// What linking looks at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) text: &'a str,
    pub(crate) reading: Reading<'a>,
    /// The day of the story, where the page prints it in full.
    pub(crate) day: Option<NaiveDate>,
    /// Set where the day could tell bearers of one name apart.
    pub(crate) asked_day: &'a Cell<bool>,
}

impl<'a> Scene<'a> {
    fn lexicon(&self) -> &'a Lexicon {
        self.reading.lexicon
    }

    pub(crate) fn office_key(&self, office: &Range<usize>) -> OfficeKey<'a> {
        OfficeKey::of_words(office.clone().map(|it| self.reading.tokens.word(it)))
    }

    /// The word of a name that stands for it alone.
    fn surname_at(&self, name: &TitledName) -> Option<usize> {
        name.hit.tokens.clone().rev().find(|it| self.reading.tokens.is_capital(*it))
    }

    /// Its key.
    fn surname(&self, name: &TitledName) -> &'a str {
        self.surname_at(name).map_or("", |it| self.reading.tokens.key(it))
    }

    fn given_at(name: &TitledName) -> Option<usize> {
        (name.hit.tokens.len() > 1).then_some(name.hit.tokens.start)
    }

    /// The key of the word at `at` as a given name.
    fn given_key(&self, at: usize) -> Cow<'a, str> {
        self.lexicon().given_key(self.reading.tokens, at)
    }
}

/// Links all names, then the surnames that stand alone.
pub(crate) fn link(scene: Scene<'_>, mut names: Vec<TitledName>) -> Linked<'_> {
    names.extend(company::names(scene.reading, &names));
    let mut linked = Linked::default();
    let (full, lone): (Vec<_>, Vec<_>) = names.into_iter().partition(|it| it.hit.tokens.len() > 1);
    for name in full {
        let identity = narrow(scene, &name.hit.who, Some(&name));
        let draft = linked.draft_of_full(scene, &identity, &name);
        linked.add(scene, draft, identity, name);
    }
    for name in lone {
        add_lone(scene, &mut linked, name);
    }
    for mut name in bare_surnames(scene, &linked) {
        name.find_rank(scene.reading);
        add_bare(scene, &mut linked, name);
    }
    linked.in_order()
}

/// Whom of `who` the name means: by the office that it bears, then by who is in office on the day.
fn narrow(scene: Scene<'_>, who: &[Index], name: Option<&TitledName>) -> Identity {
    let mut left = who.to_vec();
    left.sort_unstable();
    left.dedup();
    let name = name.filter(|_| left.len() > 1);
    if let Some(key) = name.and_then(|it| it.office_key(scene.reading.tokens)) {
        let agreement = |it: &Index| {
            let known = scene.lexicon().official(*it)?;
            known.offices.iter().flat_map(|it| it.keys.iter()).map(|it| key.agreement(it)).max()
        };
        let best = left.iter().filter_map(agreement).max().filter(|it| *it > 0);
        if best.is_some() {
            left.retain(|it| agreement(it) == best);
        }
    }
    if left.len() > 1 {
        scene.asked_day.set(true);
    }
    if left.len() > 1 && scene.day.is_some() {
        let in_office = |it: &Index| {
            scene
                .lexicon()
                .official(*it)
                .is_some_and(|it| it.offices_on(scene.day).next().is_some())
        };
        if left.iter().any(in_office) {
            left.retain(in_office);
        }
    }
    match left.as_slice() {
        [] => Identity::Unknown,
        [one] => Identity::Official(*one),
        [_, ..] => Identity::OneOf(left),
    }
}

impl<'a> Linked<'a> {
    fn add(
        &mut self,
        scene: Scene<'a>,
        draft: Option<usize>,
        identity: Identity,
        name: TitledName,
    ) {
        let draft = draft.unwrap_or_else(|| self.new_draft(identity));
        let (surname, given) = (scene.surname(&name), Scene::given_at(&name));
        let (start, tokens) = (name.hit.tokens.start, scene.reading.tokens);
        self.call(surname, draft, start);
        if let Some(given) = given.filter(|it| !scene.lexicon().is_common_given(tokens, *it)) {
            self.call(tokens.key(given), draft, start);
        }
        let given = given.map_or(Cow::Borrowed(""), |it| scene.given_key(it));
        if let Some(it) = self.drafts.get_mut(draft) {
            it.names.push(self.names.len());
            for at in name.hit.tokens.clone() {
                let key = tokens.key(at);
                if it.words.iter().all(|known| known.0 != key) {
                    it.words.push((key, scene.given_key(at)));
                }
            }
            if it.forms.iter().all(|known| known.0 != surname || known.1 != given) {
                it.forms.push((surname, given.clone()));
            }
        }
        let bearer = self.givens.entry(given).or_insert(Bearer::One(draft));
        if *bearer != Bearer::One(draft) {
            *bearer = Bearer::Several;
        }
        self.names.push(name);
    }

    fn new_draft(&mut self, identity: Identity) -> usize {
        let place = self.drafts.len();
        if identity != Identity::Unknown {
            self.identities.entry(identity.clone()).or_insert(place);
        }
        let (names, words, forms) = (Vec::new(), Vec::new(), Vec::new());
        self.drafts.push(Draft { identity, names, words, forms });
        place
    }

    /// Takes note that a draft is called by `key` at token `start`.
    fn call(&mut self, key: &'a str, draft: usize, start: usize) {
        let called = self.called.entry(key).or_default();
        match called.iter_mut().find(|it| it.draft == draft) {
            Some(known) => known.add(start),
            None => called.push(Called::new(draft, start)),
        }
    }

    /// The person of this identity; nobody for one that nobody knows.
    fn draft_of(&self, identity: &Identity) -> Option<usize> {
        self.identities.get(identity).copied()
    }

    /// The person to whom a full name belongs, where one was met before.
    fn draft_of_full(
        &self,
        scene: Scene<'_>,
        identity: &Identity,
        name: &TitledName,
    ) -> Option<usize> {
        if *identity != Identity::Unknown {
            return self.draft_of(identity);
        }
        let surname = scene.surname(name);
        let called = self.called.get(surname)?.iter().map(|it| it.draft);
        let one = Scene::given_at(name).map_or(Cow::Borrowed(""), |it| scene.given_key(it));
        let agrees = |two: &str| {
            let is_letter = |it: &str| it.chars().nth(1).is_none() && !it.is_empty();
            let short = is_letter(&one) || is_letter(two);
            *one == *two || (short && one.chars().next() == two.chars().next())
        };
        let same = |place: &usize| {
            self.drafts.get(*place).is_some_and(|draft| {
                draft.identity == Identity::Unknown
                    && draft.forms.iter().any(|it| it.0 == surname && agrees(&it.1))
            })
        };
        called.filter(same).min()
    }

    /// The person of this surname: the only one, else the one named last before token `at`.
    fn draft_of_surname(&self, key: &str, at: usize) -> Option<usize> {
        self.called.get(key)?.iter().map(|it| (it.distance(at), it.draft)).min().map(|it| it.1)
    }

    /// The persons of this surname: those named before token `at`, the last of them first, then the others.
    fn drafts_of_surname(&self, key: &str, at: usize) -> Vec<usize> {
        let called = self.called.get(key).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<(usize, usize)> =
            called.iter().map(|it| (it.distance(at), it.draft)).collect();
        found.sort_unstable();
        found.into_iter().map(|it| it.1).collect()
    }

    pub(crate) fn names_of(&self, draft: &Draft<'_>) -> impl Iterator<Item = &TitledName> {
        draft.names.iter().filter_map(|it| self.names.get(*it))
    }

    /// The same with the names of each person in the order of the text, and persons by their first name.
    fn in_order(mut self) -> Self {
        let start = |names: &[TitledName], it: usize| {
            names.get(it).map_or(usize::MAX, |it| it.hit.tokens.start)
        };
        for draft in &mut self.drafts {
            draft.names.sort_by_key(|it| start(&self.names, *it));
        }
        self.drafts.sort_by_key(|draft| {
            draft.names.first().map_or(usize::MAX, |it| start(&self.names, *it))
        });
        self
    }
}

/// A surname alone that an office or a form of address shows to be a name.
fn add_lone<'a>(scene: Scene<'a>, linked: &mut Linked<'a>, name: TitledName) {
    let at = name.hit.tokens.start;
    let key = scene.surname(&name);
    let draft = linked.draft_of_surname(key, at);
    let bearers = scene.surname_at(&name).filter(|_| name.hit.who.is_empty());
    let bearers = bearers.map(|it| scene.lexicon().by_surname(scene.reading.tokens, it));
    let who = bearers.unwrap_or(&name.hit.who);
    let identity = narrow(scene, who, Some(&name));
    let identity = match (&identity, name.office_key(scene.reading.tokens)) {
        (Identity::Official(index), Some(key)) if draft.is_none() => {
            // Somebody of the same surname in quite another office is somebody else.
            let known = scene.lexicon().official(*index);
            let fits = known.is_some_and(|it| {
                it.offices.iter().flat_map(|it| it.keys.iter()).any(|it| key.agreement(it) > 0)
            });
            if fits { identity } else { Identity::OneOf(vec![*index]) }
        }
        _ => identity,
    };
    let draft = draft.or_else(|| linked.draft_of(&identity));
    linked.add(scene, draft, identity, name);
}

/// Shortest key of a word in capitals that is taken for a surname alone; shorter ones are acronyms.
const SHORTEST_IN_CAPITALS: usize = 3;

/// Capitalised words that are the surname of somebody named in the story, or, with a cue, of one registered official.
fn bare_surnames(scene: Scene<'_>, linked: &Linked<'_>) -> Vec<TitledName> {
    let tokens = scene.reading.tokens;
    let mut taken = vec![false; tokens.len()];
    for name in &linked.names {
        for at in name.hit.tokens.clone() {
            if let Some(it) = taken.get_mut(at) {
                *it = true;
            }
        }
    }
    let mut found = Vec::new();
    for at in tokens.capitals_from(0).iter().copied() {
        if taken.get(at).copied().unwrap_or(true) {
            continue;
        }
        let key = tokens.key(at);
        let lexicon = scene.lexicon();
        let is_called = linked.called.contains_key(key);
        let may_be_name = is_called
            || !lexicon.by_surname(tokens, at).is_empty()
            || !lexicon.by_single_name(tokens, at).is_empty()
            || given::is_patronymic(tokens.key(at + 1));
        if !may_be_name {
            continue;
        }
        if is_called && let Some((start, _)) = repeated(scene, linked, &taken, at) {
            found.push(NameHit { tokens: start..at + 1, who: Vec::new() });
            continue;
        }
        let is_shorter = |most: usize| key.chars().nth(most - 1).is_none();
        let acronym = tokens.kind(at) == Kind::Upper && is_shorter(SHORTEST_IN_CAPITALS);
        if acronym || is_shorter(2) || !stands_alone(scene, &taken, at) {
            continue;
        }
        if is_called {
            found.push(NameHit { tokens: at..at + 1, who: Vec::new() });
        } else if let Some(hit) = given_and_patronymic(scene, linked, at) {
            found.push(hit);
        } else if let [one] = scene.lexicon().by_single_name(tokens, at) {
            found.push(NameHit { tokens: at..at + 1, who: vec![*one] });
        } else if let [one] = scene.lexicon().by_surname(tokens, at)
            && has_cue(scene, at)
        {
            found.push(NameHit { tokens: at..at + 1, who: vec![*one] });
        }
    }
    found.into_iter().map(TitledName::bare).collect()
}

/// Where a name starts that ends in the surname at `at` and repeats somebody's given name or initials, and whose.
fn repeated(
    scene: Scene<'_>,
    linked: &Linked<'_>,
    taken: &[bool],
    at: usize,
) -> Option<(usize, usize)> {
    const LONGEST: usize = 4;
    let tokens = scene.reading.tokens;
    let free = |it: &usize| !taken.get(*it).copied().unwrap_or(false);
    linked.drafts_of_surname(tokens.key(at), at).into_iter().find_map(|draft| {
        let given = linked.drafts.get(draft).map_or(&[][..], |it| &it.words);
        let agrees = |it: &usize| {
            let key = scene.given_key(*it);
            let short = tokens.kind(*it) == Kind::Initial;
            !key.is_empty()
                && given.iter().any(|own| own.1 == key || (short && own.1.starts_with(&*key)))
        };
        let before = (at.saturating_sub(LONGEST)..at).rev();
        let start = before.take_while(|it| free(it) && agrees(it)).last()?;
        Some((start, draft))
    })
}

fn add_bare<'a>(scene: Scene<'a>, linked: &mut Linked<'a>, name: TitledName) {
    let at = name.hit.tokens.start;
    let identity = narrow(scene, &name.hit.who, None);
    let last = name.hit.tokens.end.saturating_sub(1);
    let of_name = repeated(scene, linked, &[], last).filter(|_| name.hit.tokens.len() > 1);
    let of_name = of_name.map(|(_, draft)| draft);
    let of_surname = || linked.draft_of_surname(scene.surname(&name), at);
    let draft = of_name.or_else(of_surname).or_else(|| draft_of_given(scene, linked, at));
    let draft = draft.or_else(|| linked.draft_of(&identity));
    linked.add(scene, draft, identity, name);
}

/// Whether the capitalised word at `at` is no part of a longer run of capitalised words.
fn stands_alone(scene: Scene<'_>, taken: &[bool], at: usize) -> bool {
    let tokens = scene.reading.tokens;
    if scene.reading.in_title_case(at) {
        return true;
    }
    let part = |it: usize| {
        tokens.is_capital(it)
            && !taken.get(it).copied().unwrap_or(false)
            && !words::is_honorific(tokens.word(it))
            && !words::is_rank(tokens.word(it))
            && !words::is_head(tokens.word(it))
            && !words::is_function_word(tokens.word(it))
    };
    let before = at.checked_sub(1).is_some_and(part);
    let patronymic = given::is_patronymic(tokens.key(at + 1));
    !before && (!part(at + 1) || patronymic)
}

/// Whether the words around a surname say that it is a person's: an honorific before it, or a verb of saying or acting
/// behind it.
fn has_cue(scene: Scene<'_>, at: usize) -> bool {
    let tokens = scene.reading.tokens;
    let before = at.checked_sub(1).map_or(Word::default(), |it| tokens.word(it));
    let behind = tokens.word(at + 1);
    let long = tokens.low(at).chars().count() >= 4;
    let personal =
        !words::is_body_word(tokens.word(at)) && !words::is_function_word(tokens.word(at));
    let colon = tokens.kind(at + 1) == Kind::Colon;
    let cued = words::is_honorific(before)
        || words::is_saying(behind)
        || words::is_acting(behind)
        || words::is_saying(before)
        || (words::is_head(before) && tokens.is_word(at))
        || colon;
    long && personal && cued
}

/// `Arkady Platonovich`, where the story has one Arkady and no such surname.
fn given_and_patronymic(scene: Scene<'_>, linked: &Linked<'_>, at: usize) -> Option<NameHit> {
    let tokens = scene.reading.tokens;
    let fits =
        given::is_patronymic(tokens.key(at + 1)) && draft_of_given(scene, linked, at).is_some();
    fits.then(|| NameHit { tokens: at..at + 2, who: Vec::new() })
}

/// The only person of the story with the given name at token `at`.
fn draft_of_given(scene: Scene<'_>, linked: &Linked<'_>, at: usize) -> Option<usize> {
    let wanted = scene.given_key(at);
    match linked.givens.get(&wanted)? {
        Bearer::One(draft) => Some(*draft),
        Bearer::Several => None,
    }
}
