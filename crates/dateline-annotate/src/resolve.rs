//! Which official a name alone means, in whatever script and spelling it is written; nobody where several could be.
//!
//! For names that come without a story: lists, other registries, what a reader types. Names in stories are found by
//! `people`, which has the words around them and must be much faster.
//!
//! A name is first looked up as it stands. Else its words are compared by sound with those of registered names, a given
//! name by its other forms too, and the best official is taken only when the fit is good and no other one fits nearly
//! as well. A wrong link is worse than none.

mod distance;
mod fit;
mod forms;
mod index;
mod sounds;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, HashMap};

use dateline_event::OfficialId;
use unicode_normalization::UnicodeNormalization as _;

use crate::registry::Registry;
use fit::Written;
use index::{Index, NameAt};
use sounds::Script;
use words::words_of;

/// Most candidates that a resolution names.
const MOST_CANDIDATES: usize = 5;
/// A word that more registered names have is no reason of its own to look at them all.
const MOST_OF_A_WORD: usize = 400;
/// By how much the best must fit better than the next one, of 100.
const MARGIN: u16 = 5;
/// Least fit at which a candidate is named.
const LEAST_NAMED: u16 = 60;

/// By what a name fits that of an official.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkRule {
    /// It is a registered name, apart from case and white space.
    Name,
    /// The same words, in any order, apart from accents, titles and joining marks.
    SameWords,
    /// The words sound alike, or are forms of one given name.
    Sound,
    /// Initials for given names.
    Initials,
    /// The same sound when no gap between words is heard.
    Joined,
    /// The surname alone.
    Surname,
}

impl LinkRule {
    /// The word used in files and on the terminal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::SameWords => "same-words",
            Self::Sound => "sound",
            Self::Initials => "initials",
            Self::Joined => "joined",
            Self::Surname => "surname",
        }
    }

    /// Least fit at which it links a name in `script`. The less a script tells of the sound, the less can be asked; what
    /// keeps wrong links out there is the margin.
    const fn least(self, script: Script) -> u16 {
        match (self, script) {
            (Self::Joined, _) => 92,
            (Self::Surname, _) => 88,
            (_, Script::Latin) => 84,
            (_, Script::Abjad) => 72,
            (_, Script::Voweled | Script::Syllables) => 74,
        }
    }
}

/// An official whom a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameCandidate {
    /// Who.
    pub official: OfficialId,
    /// How well the name fits, from 0 to 100.
    pub fit: u16,
    /// By what.
    pub rule: LinkRule,
}

/// Whom a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// The official; `None` where nobody fits well, or several do.
    pub official: Option<OfficialId>,
    /// Who fits best, the best first, then by id.
    pub candidates: Vec<NameCandidate>,
    /// Why it is linked, or why not, in words.
    pub reason: String,
}

/// Resolves names against a registry. It is built once, and then answers any number of names.
#[derive(Debug)]
pub struct NameResolver {
    officials: Vec<OfficialId>,
    /// Names as they are registered, folded.
    exact: HashMap<String, Vec<usize>>,
    index: Index,
}

impl NameResolver {
    /// A resolver that knows the names of all officials of `registry`.
    pub fn new(registry: &Registry) -> Self {
        let officials: Vec<OfficialId> = registry.officials().keys().cloned().collect();
        let names = || {
            registry.officials().values().enumerate().flat_map(|(at, it)| {
                std::iter::once(&it.name)
                    .chain(&it.other_names)
                    .map(move |name| (at, name.as_str()))
            })
        };
        let mut exact: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, name) in names() {
            let bearers = exact.entry(folded(name)).or_default();
            if !bearers.contains(&at) {
                bearers.push(at);
            }
        }
        Self { officials, exact, index: Index::of(names()) }
    }

    /// Whom `name` means.
    pub fn resolve(&self, name: &str) -> Resolution {
        if let Some(bearers) = self.exact.get(&folded(name)) {
            let candidates: Vec<_> =
                bearers.iter().filter_map(|it| self.candidate(*it, 100, LinkRule::Name)).collect();
            return decided(candidates, Script::Latin);
        }
        let words = words_of(name);
        let mut written = Written::of(words, &self.index);
        let mut best: BTreeMap<usize, (u16, LinkRule)> = BTreeMap::new();
        for (at, whole) in self.names_near(&written) {
            let Some(known) = self.index.names.get(at) else { continue };
            let fit = written.fit(&self.index, known, whole);
            let entry = best.entry(known.official).or_insert(fit);
            if fit.0 > entry.0 {
                *entry = fit;
            }
        }
        let mut candidates: Vec<NameCandidate> = best
            .into_iter()
            .filter(|(_, (fit, _))| *fit >= LEAST_NAMED)
            .filter_map(|(at, (fit, rule))| self.candidate(at, fit, rule))
            .collect();
        candidates.sort_by(|a, b| b.fit.cmp(&a.fit).then_with(|| a.official.cmp(&b.official)));
        candidates.truncate(MOST_CANDIDATES);
        decided(candidates, written.script())
    }

    fn candidate(&self, at: usize, fit: u16, rule: LinkRule) -> Option<NameCandidate> {
        let official = self.officials.get(at)?.clone();
        Some(NameCandidate { official, fit, rule })
    }

    /// The registered names worth comparing, each with whether it is near as a whole: those that share two words, or
    /// one that few have.
    fn names_near(&self, written: &Written) -> BTreeMap<NameAt, bool> {
        let mut shared: BTreeMap<NameAt, (usize, bool)> = BTreeMap::new();
        for near in written.near() {
            let words = near.iter().filter_map(|it| self.index.words.get(*it));
            let mut names: Vec<NameAt> = words.flat_map(|it| it.names.iter().copied()).collect();
            names.sort_unstable();
            names.dedup();
            let rare = names.len() <= MOST_OF_A_WORD || written.len() == 1;
            for at in names {
                let it = shared.entry(at).or_default();
                it.0 += 1;
                it.1 |= rare;
            }
        }
        let worth = shared.into_iter().filter(|(_, (words, rare))| *words > 1 || *rare);
        let mut found: BTreeMap<NameAt, bool> = worth.map(|(at, _)| (at, false)).collect();
        found.extend(self.index.names_like(written.joined()).into_iter().map(|at| (at, true)));
        found
    }
}

/// A text in Latin letters and lower case, whatever script it is in: for ids that people can read.
pub fn plain_name(name: &str) -> String {
    index::plain(name)
}

/// A name without regard to case and to the width and number of gaps.
fn folded(name: &str) -> String {
    let folded: String = name.nfc().flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The best of `candidates` if it is good and alone.
fn decided(candidates: Vec<NameCandidate>, script: Script) -> Resolution {
    let (official, reason) = match candidates.as_slice() {
        [] => (None, "no registered name is like it".to_owned()),
        [best, rest @ ..] => {
            let next = rest.first();
            let literal = matches!(best.rule, LinkRule::Name | LinkRule::SameWords);
            let alone = literal && next.is_none_or(|it| it.rule != best.rule);
            let margin = if alone { 1 } else { MARGIN };
            let least = best.rule.least(script);
            let rule = best.rule.as_str();
            match next.filter(|it| best.fit < it.fit + margin) {
                _ if best.fit < least => {
                    (None, format!("the best fits to {} by {rule}, wanted {least}", best.fit))
                }
                Some(next) => {
                    let (one, other) = (&best.official, &next.official);
                    (None, format!("`{one}` fits to {}, `{other}` to {}", best.fit, next.fit))
                }
                None => (Some(best.official.clone()), format!("fits to {} by {rule}", best.fit)),
            }
        }
    };
    Resolution { official, candidates, reason }
}
