//! How well a written name fits a registered one.

use std::collections::{BTreeSet, HashMap};

use super::LinkRule;
use super::distance::{likeness, size};
use super::index::{Index, KnownName, KnownWord, WordAt, joined, plain, skeleton};
use super::sounds::{Script, Sound, sounds};
use super::words::{NameWord, is_junior};

/// Least likeness of each word; below it every point costs the whole name a point.
const LEAST_OF_A_WORD: u16 = 66;
/// What another form of a given name costs, by how much the script of the written name tells.
const FORM: u16 = 6;
const FORM_IN_A_POOR_SCRIPT: u16 = 10;
/// Least likeness to a form of a given name, which is one of many.
const LEAST_OF_A_FORM: u16 = 80;
/// What the other order of surname and given name costs.
const TURNED: u16 = 3;
const TURNED_IN_A_POOR_SCRIPT: u16 = 8;
/// What it costs that one is called the younger and the other is not.
const YOUNGER: u16 = 20;
/// What a surname costs that has no given name beside it.
const ALONE: u16 = 8;
/// Least number of consonants in a name that is compared without its gaps.
const LEAST_JOINED: usize = 3;

/// A written name, ready to be compared with many.
#[derive(Debug)]
pub(crate) struct Written {
    words: Vec<WrittenWord>,
    joined: [Vec<Sound>; 2],
    script: Script,
}

#[derive(Debug)]
struct WrittenWord {
    word: NameWord,
    /// The sounds of what it may be without the ending of a language.
    endings: Vec<Vec<Sound>>,
    /// The registered words that it sounds like, given names of which it may be a form among them.
    near: BTreeSet<WordAt>,
    /// How well it fits registered words, as far as that was asked.
    fits: HashMap<WordAt, u16>,
}

/// One word of each of two names.
#[derive(Debug, Clone, Copy)]
struct Pair {
    fit: u16,
    written: usize,
    known: usize,
}

impl Written {
    pub(crate) fn of(words: Vec<NameWord>, index: &Index) -> Self {
        let joined = joined(&words);
        let script = words.iter().map(|it| it.script).max().unwrap_or(Script::Latin);
        let words = words.into_iter().map(|word| WrittenWord {
            endings: without_ending(&word),
            near: index.words_like(&word.sounds).into_iter().collect(),
            fits: HashMap::new(),
            word,
        });
        Self { words: words.collect(), joined, script }
    }

    pub(crate) const fn len(&self) -> usize {
        self.words.len()
    }

    pub(crate) const fn script(&self) -> Script {
        self.script
    }

    /// The registered words that each word sounds like.
    pub(crate) fn near(&self) -> impl Iterator<Item = &BTreeSet<WordAt>> {
        self.words.iter().map(|it| &it.near)
    }

    /// The name without its gaps.
    pub(crate) fn joined(&self) -> &[Sound] {
        self.joined.first().map_or(&[], Vec::as_slice)
    }

    /// How well it fits `name`, from 0 to 100, and by what. `whole` says that the two are near when no gap is heard.
    pub(crate) fn fit(&mut self, index: &Index, name: &KnownName, whole: bool) -> (u16, LinkRule) {
        let pairs = self.pairs(index, name);
        let by_words = self.by_words(index, name, &pairs);
        let unlike = self.words.len() != name.words.len() || self.script == Script::Syllables;
        if whole && unlike && skeleton(self.joined()).len() >= LEAST_JOINED {
            let script = self.script.max(script_of_name(index, name));
            let fits = name.joined.iter().map(|it| likeness(self.joined(), it, script));
            let fit = fits.max().unwrap_or_default().saturating_sub(3);
            if fit > by_words.0 {
                return (fit, LinkRule::Joined);
            }
        }
        by_words
    }

    /// Which word stands for which, best first, each once.
    fn pairs(&mut self, index: &Index, name: &KnownName) -> Vec<Pair> {
        let poor = matches!(self.script, Script::Abjad | Script::Syllables);
        let mut all: Vec<Pair> = Vec::new();
        for (written, word) in self.words.iter_mut().enumerate() {
            for (known, at) in name.words.iter().enumerate() {
                all.push(Pair { fit: word.fit(index, *at, poor), written, known });
            }
        }
        all.sort_by_key(|it| (std::cmp::Reverse(it.fit), it.written, it.known));
        let mut taken: Vec<Pair> = Vec::new();
        for pair in all {
            if !taken.iter().any(|it| it.written == pair.written || it.known == pair.known) {
                taken.push(pair);
            }
        }
        taken
    }

    fn by_words(&self, index: &Index, name: &KnownName, pairs: &[Pair]) -> (u16, LinkRule) {
        let word_of = |it: &Pair| {
            let known = name.words.get(it.known).and_then(|at| index.words.get(*at))?;
            Some((&self.words.get(it.written)?.word, &known.word))
        };
        let (mut sum, mut most) = (0_u32, 0_u32);
        for pair in pairs {
            let Some((written, known)) = word_of(pair) else { continue };
            let weight = size(&written.sounds).max(size(&known.sounds)).clamp(120, 400);
            sum += u32::from(weight) * u32::from(pair.fit);
            most += u32::from(weight);
        }
        let mut score = u16::try_from(sum / most.max(1)).unwrap_or_default();
        let initials = pairs.iter().filter_map(word_of).any(|(a, b)| a.initial || b.initial);
        let apart = self.words.len().abs_diff(name.words.len());
        let same = apart == 0 && pairs.iter().all(|it| it.fit == 100);
        let weakest = pairs.iter().map(|it| it.fit).min().unwrap_or_default();
        let alone = pairs.len() == 1 && apart > 0;
        let mut cost = LEAST_OF_A_WORD.saturating_sub(weakest);
        cost += u16::try_from(apart.min(3)).unwrap_or_default();
        cost += if same { 0 } else { self.cost_of_order(pairs) };
        cost += if initials && apart > 1 { 20 } else { 0 };
        cost += if self.is_younger() == is_younger(index, name) { 0 } else { YOUNGER };
        cost += if alone { ALONE } else { 0 };
        score = score.saturating_sub(cost);
        let rule = if same {
            LinkRule::SameWords
        } else if alone {
            LinkRule::Surname
        } else if initials {
            LinkRule::Initials
        } else {
            LinkRule::Sound
        };
        (score, rule)
    }

    /// What it costs that words stand in another order, or that the last one stands for nothing.
    fn cost_of_order(&self, pairs: &[Pair]) -> u16 {
        let poor = matches!(self.script, Script::Abjad | Script::Syllables);
        let mut order: Vec<(usize, usize)> =
            pairs.iter().map(|it| (it.written, it.known)).collect();
        order.sort_unstable();
        let turned = !order.is_sorted_by_key(|it| it.1);
        let last = self.words.len().checked_sub(1);
        let last_is_left = last.is_some_and(|last| order.iter().all(|it| it.0 != last));
        let turned = match (turned, poor) {
            (false, _) => 0,
            (true, false) => TURNED,
            (true, true) => TURNED_IN_A_POOR_SCRIPT,
        };
        turned + if last_is_left { TURNED } else { 0 }
    }

    fn is_younger(&self) -> bool {
        self.words.iter().any(|it| is_junior(&it.word.low))
    }
}

fn is_younger(index: &Index, name: &KnownName) -> bool {
    name.words.iter().filter_map(|it| index.words.get(*it)).any(|it| is_junior(&it.word.low))
}

fn script_of_name(index: &Index, name: &KnownName) -> Script {
    let words = name.words.iter().filter_map(|it| index.words.get(*it));
    words.map(|it| it.word.script).max().unwrap_or(Script::Latin)
}

impl WrittenWord {
    fn fit(&mut self, index: &Index, at: WordAt, poor: bool) -> u16 {
        if let Some(fit) = self.fits.get(&at) {
            return *fit;
        }
        let fit =
            index.words.get(at).map_or(0, |it| self.fit_anew(it, self.near.contains(&at), poor));
        self.fits.insert(at, fit);
        fit
    }

    fn fit_anew(&self, known: &KnownWord, near: bool, poor: bool) -> u16 {
        let word = &self.word;
        if word.initial || known.word.initial {
            return if word.sounds.first() == known.word.sounds.first() { 88 } else { 0 };
        }
        let script = word.script.max(known.word.script);
        if script == Script::Latin && plain(&word.low) == plain(&known.word.low) {
            return 100;
        }
        let own = likeness(&word.sounds, &known.word.sounds, script).min(98);
        if !near {
            return own;
        }
        let endings = self.endings.iter();
        let ending = endings.map(|it| likeness(it, &known.word.sounds, script)).max();
        let heard = || self.endings.iter().chain([&word.sounds]);
        let forms =
            known.forms.iter().flat_map(|form| heard().map(move |it| likeness(it, form, script)));
        let form = forms.max().filter(|it| *it >= LEAST_OF_A_FORM).unwrap_or_default();
        let form = form.saturating_sub(if poor { FORM_IN_A_POOR_SCRIPT } else { FORM });
        own.max(ending.unwrap_or_default().saturating_sub(4)).max(form)
    }
}

/// Endings that languages add to a name: of women in Czech, of the nominative in Latin and Latvian, of cases in Russian
/// and Ukrainian.
const ENDINGS: &[&str] = &[
    "ovou", "ova", "ová", "us", "s", "as", "is", "a", "ом", "ым", "ой", "ого", "ому", "ову", "ова",
    "ове", "у", "ю", "а", "е", "я", "и", "і",
];

fn without_ending(word: &NameWord) -> Vec<Vec<Sound>> {
    const SHORTEST: usize = 3;
    let stems = ENDINGS.iter().filter_map(|it| word.low.strip_suffix(it));
    stems.filter(|it| it.chars().count() >= SHORTEST).map(|it| sounds(it, word.script)).collect()
}
