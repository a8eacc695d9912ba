//! Terms of all rules in one automaton, and where they occur in a text as whole words.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// So many terms are searched with a full table, which is fast and takes some kilobytes a term;
/// more of them with a compact automaton.
const MAX_TERMS_OF_TABLE: usize = 2_000;

/// Index of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TermId(usize);

/// Collects terms before they are compiled.
#[derive(Debug, Default)]
pub(super) struct Builder {
    ids: BTreeMap<String, TermId>,
}

impl Builder {
    /// The id of `term`; the same words in another case are the same term. `None` for a term
    /// without a word.
    pub(super) fn term(&mut self, term: &str) -> Option<TermId> {
        let folded = Words::of(term).folded;
        let folded = folded.trim().to_owned();
        let id = TermId(self.ids.len());
        let word = folded.chars().next().is_some_and(char::is_alphanumeric);
        word.then(|| *self.ids.entry(folded).or_insert(id))
    }

    pub(super) fn build(self) -> Terms {
        let mut terms: Vec<(TermId, Vec<String>)> = self
            .ids
            .into_iter()
            .map(|(term, id)| (id, term.split('*').map(str::to_owned).collect()))
            .collect();
        terms.sort_by_key(|it| it.0);
        let parts: Vec<Vec<String>> = terms.into_iter().map(|it| it.1).collect();
        let heads = parts.iter().map(|it| it.first().map_or("", String::as_str));
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind((parts.len() <= MAX_TERMS_OF_TABLE).then_some(AhoCorasickKind::DFA))
            .build(heads)
            .ok();
        Terms { automaton, parts }
    }
}

/// All terms, ready to be found.
#[derive(Debug)]
pub(super) struct Terms {
    /// Finds the first part of each term; `None` if the terms are too many for an automaton (2^31
    /// states).
    automaton: Option<AhoCorasick>,
    /// Each term cut at its stars, by id.
    parts: Vec<Vec<String>>,
}

/// One place where a term stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Number of the first word; those of the body are far from those of the headline.
    pub(super) word: usize,
}

/// How far the words of the body are from those of the headline: nothing is near across the border.
const APART: usize = usize::MAX / 2;

/// Where terms stand in one text: by term, then in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Occurrences {
    places: BTreeMap<TermId, Vec<Occurrence>>,
    /// For each term whether it occurs.
    present: Vec<bool>,
    /// Number of words of the text, where any term occurs.
    words: usize,
}

impl Occurrences {
    /// Every place of `term`, in the order of the text.
    pub(super) fn of(&self, term: TermId) -> &[Occurrence] {
        self.places.get(&term).map_or(&[], Vec::as_slice)
    }

    /// Whether `term` occurs.
    pub(super) fn has(&self, term: TermId) -> bool {
        self.present.get(term.0).copied().unwrap_or(false)
    }

    /// Number of words of the text; 0 where no term occurs.
    pub(super) const fn words(&self) -> usize {
        self.words
    }

    /// The terms that occur.
    pub(super) fn terms(&self) -> impl Iterator<Item = TermId> {
        self.places.keys().copied()
    }
}

impl Terms {
    /// Where the terms stand in a text whose body starts at byte `body`. A term whose words stand on
    /// both sides of that is none.
    pub(super) fn find(&self, words: &Words, body: usize) -> Occurrences {
        let mut found =
            Occurrences { present: vec![false; self.parts.len()], ..Default::default() };
        let Some(automaton) = &self.automaton else { return found };
        let mut starts = Vec::new();
        for hit in automaton.find_overlapping_iter(&words.folded) {
            let id = TermId(hit.pattern().as_usize());
            let Some(parts) = self.parts.get(id.0) else { continue };
            if words.starts_word(hit.start())
                && let Some(end) = words.match_end(hit.end(), parts)
            {
                if starts.is_empty() {
                    starts = words.starts();
                }
                let range = words.original(hit.start())..words.original(end);
                let number = starts.partition_point(|it| *it <= hit.start()).saturating_sub(1);
                let word = match (range.start < body, range.end > body) {
                    (true, true) => continue,
                    (true, false) => number,
                    (false, _) => number + APART,
                };
                found.places.entry(id).or_default().push(Occurrence { range, word });
                found.present.get_mut(id.0).into_iter().for_each(|it| *it = true);
            }
        }
        found.words = starts.len();
        for places in found.places.values_mut() {
            places.sort_by_key(|it| it.range.start);
            places.dedup();
        }
        found
    }
}

/// How many bytes at the start of `text` are folded by lower case alone: ASCII letters, digits and marks, and single
/// blanks behind them.
fn plain_length(text: &[u8]) -> usize {
    let mut before = b' ';
    for (at, byte) in text.iter().enumerate() {
        let plain = byte.is_ascii_graphic() || *byte == b' ' && before != b' ';
        if !plain {
            return at;
        }
        before = *byte;
    }
    text.len()
}

/// A text folded for matching: lower case, one blank for any white space, one form of apostrophe
/// and hyphen.
#[derive(Debug, Default)]
pub(super) struct Words {
    folded: String,
    /// From which byte of the folded text on the original stands how many bytes further on (or back).
    shifts: Vec<(usize, isize)>,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self { folded: String::with_capacity(text.len() + 1), ..Self::default() };
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|it| !it.is_empty()) {
            let plain = plain_length(rest.as_bytes());
            let from = words.folded.len();
            words.folded.push_str(rest.get(..plain).unwrap_or_default());
            words.folded.get_mut(from..).into_iter().for_each(str::make_ascii_lowercase);
            at += plain;
            if let Some(found) = rest.get(plain..).and_then(|it| it.chars().next()) {
                words.push(at, found);
                at += found.len_utf8();
                words.shift(at);
            }
        }
        words
    }

    fn push(&mut self, at: usize, found: char) {
        match found {
            _ if found.is_whitespace() => {
                if !self.folded.ends_with(' ') {
                    self.folded.push(' ');
                }
            }
            '’' | '‘' => self.folded.push('\''),
            '‑' | '‐' => self.folded.push('-'),
            _ => {
                // All characters that one becomes stand where it does.
                for lower in found.to_lowercase() {
                    self.shift(at);
                    self.folded.push(lower);
                }
            }
        }
    }

    /// Takes note that byte `original` stands behind what is folded so far.
    fn shift(&mut self, original: usize) {
        let shift = original.cast_signed() - self.folded.len().cast_signed();
        if self.shifts.last().map_or(0, |it| it.1) != shift {
            self.shifts.push((self.folded.len(), shift));
        }
    }

    /// Where the words start in the folded text.
    pub(super) fn starts(&self) -> Vec<usize> {
        let mut starts = Vec::with_capacity(self.folded.len() / 5);
        let mut inside = false;
        for (at, byte) in self.folded.bytes().enumerate() {
            let is_part = match byte {
                _ if byte.is_ascii() => byte.is_ascii_alphanumeric(),
                // Behind the first byte of a character.
                0x80..=0xbf => inside,
                _ => {
                    let found = self.folded.get(at..).and_then(|it| it.chars().next());
                    found.is_some_and(char::is_alphanumeric)
                }
            };
            if is_part && !inside {
                starts.push(at);
            }
            inside = is_part;
        }
        starts
    }

    fn original(&self, at: usize) -> usize {
        let next = self.shifts.partition_point(|it| it.0 <= at);
        let shift = next.checked_sub(1).and_then(|it| self.shifts.get(it)).map_or(0, |it| it.1);
        at.saturating_add_signed(shift)
    }

    fn starts_word(&self, at: usize) -> bool {
        let before = self.folded.get(..at).unwrap_or_default();
        !before.ends_with(char::is_alphanumeric)
    }

    /// Where a term ends whose first part ends at `end`, if the rest of it follows there.
    fn match_end(&self, mut end: usize, parts: &[String]) -> Option<usize> {
        let (_, rest) = parts.split_first()?;
        for part in rest {
            let tail = self.folded.get(end..)?;
            let ending = tail.find(|it: char| !it.is_alphanumeric()).unwrap_or(tail.len());
            tail.get(ending..)?.starts_with(part.as_str()).then_some(())?;
            end += ending + part.len();
        }
        let behind = self.folded.get(end..)?;
        (!behind.starts_with(char::is_alphanumeric)).then_some(end)
    }
}
