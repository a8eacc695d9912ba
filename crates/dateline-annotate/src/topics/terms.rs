//! Terms of all rules, and where they occur in a text as whole words.
//!
//! A term starts where a word starts, so only the starts of words are looked at: the word there, or its first four bytes
//! where a star stands in the first word of the term, lead to the few terms that begin so, and these are compared letter
//! by letter. Text is folded while it is compared:
//! lower case, one blank for any white space, one form of apostrophe and hyphen.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::text::StoryText;
use crate::vocabulary::STARTS_TERM;
use crate::word_hash::WordHash;
use crate::word_table::{WordId, WordTable};

/// Index of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TermId(usize);

impl TermId {
    /// Its place among all terms.
    pub(super) const fn place(self) -> usize {
        self.0
    }
}

/// Collects terms before they are compiled.
#[derive(Debug, Default)]
pub(super) struct Builder {
    ids: BTreeMap<String, TermId>,
}

impl Builder {
    /// The id of `term`; the same words in another case are the same term. `None` for a term
    /// without a word.
    pub(super) fn term(&mut self, term: &str) -> Option<TermId> {
        let folded = folded(term);
        let folded = folded.trim().to_owned();
        let id = TermId(self.ids.len());
        let word = folded.chars().next().is_some_and(char::is_alphanumeric);
        word.then(|| *self.ids.entry(folded).or_insert(id))
    }

    /// The terms ready to be found; `words` gets to know with which words they start.
    pub(super) fn build(self, words: &mut WordTable) -> Terms {
        let mut terms: Vec<(TermId, Vec<String>)> = self
            .ids
            .into_iter()
            .map(|(term, id)| (id, term.split('*').map(str::to_owned).collect()))
            .collect();
        terms.sort_by_key(|it| it.0);
        let parts: Vec<Vec<String>> = terms.into_iter().map(|it| it.1).collect();
        let starts = parts.iter().enumerate().filter_map(|(place, parts)| {
            let head = parts.first()?;
            let word = head.find(|it: char| !it.is_alphanumeric());
            let word = word.or_else(|| (parts.len() == 1).then_some(head.len()));
            let word = word.and_then(|it| head.get(..it));
            let is_word = parts.len() == 1 && word.is_some_and(|it| it.len() == head.len());
            let opening = Opening::of_term(head.as_bytes());
            Some((head, word, Start { opening, is_word, term: TermId(place) }))
        });
        let mut by_word: HashMap<WordId, Vec<Start>, WordHash> = HashMap::default();
        let (mut prefixes, mut all) = (Vec::new(), Vec::new());
        for (head, word, start) in starts {
            all.push((head.as_bytes(), start));
            if let Some(word) = word {
                let word = words.add(word);
                words.mark(word, STARTS_TERM);
                by_word.entry(word).or_default().push(start);
            } else {
                prefixes.push((head.as_bytes(), start));
            }
        }
        let (prefixes, all) = (Buckets::of(&prefixes), Buckets::of(&all));
        Terms { parts, by_word, prefixes, all }
    }
}

/// All terms, ready to be found.
#[derive(Debug)]
pub(super) struct Terms {
    /// Each term cut at its stars, by id.
    parts: Vec<Vec<String>>,
    /// The terms of which the first word is known whole, by that word.
    by_word: HashMap<WordId, Vec<Start>, WordHash>,
    /// The others: a star stands in their first word.
    prefixes: Buckets,
    /// All of them, for words in compounds.
    all: Buckets,
}

/// Terms by their first bytes.
#[derive(Debug)]
struct Buckets {
    /// The terms by the bucket of their first four bytes.
    members: Vec<Start>,
    /// Where each bucket starts in `members`, and where the last one ends.
    starts: Vec<usize>,
    /// The terms whose first part is shorter than four bytes, by the first of them.
    short: Vec<Vec<Start>>,
    /// For each pair of bytes whether a term starts with them; one of a single byte makes it so for all.
    pairs: Vec<bool>,
}

impl Buckets {
    /// The buckets of terms with their first parts.
    fn of(terms: &[(&[u8], Start)]) -> Self {
        let mut buckets = vec![Vec::new(); BUCKETS];
        let mut short: Vec<Vec<Start>> = vec![Vec::new(); 1 << 8];
        let only_pairs = terms.iter().all(|it| it.0.len() > 1);
        let mut pairs = vec![!only_pairs; 1 << 16];
        for (head, start) in terms {
            let pair = head.first_chunk().map(|it| usize::from(u16::from_le_bytes(*it)));
            if let Some(it) = pair.and_then(|it| pairs.get_mut(it)) {
                *it = true;
            }
            let bucket = match **head {
                [first, second, third, fourth, ..] => {
                    buckets.get_mut(bucket_of([first, second, third, fourth]))
                }
                [first, ..] => short.get_mut(usize::from(first)),
                [] => None,
            };
            if let Some(it) = bucket {
                it.push(*start);
            }
        }
        let mut members = Vec::with_capacity(terms.len());
        let mut starts = Vec::with_capacity(BUCKETS + 1);
        for bucket in buckets {
            starts.push(members.len());
            members.extend(bucket);
        }
        starts.push(members.len());
        Self { members, starts, short, pairs }
    }

    /// Whether a term may start with the word of ASCII letters or digits at byte `at`.
    fn may_have(&self, lower: &str, at: usize) -> bool {
        let rest = lower.as_bytes().get(at..).unwrap_or_default();
        let pair = rest.first_chunk();
        let is_pair = |it: &[u8; 2]| self.pairs.get(usize::from(u16::from_le_bytes(*it))).copied();
        if !pair.and_then(is_pair).unwrap_or(true) {
            return false;
        }
        // Where other characters stand among the four, the text must be folded first.
        rest.first_chunk::<4>().is_none_or(|start| {
            !start.iter().all(u8::is_ascii_alphanumeric) || self.at(*start).next().is_some()
        })
    }

    /// The terms that a text may start with which goes on with these bytes.
    fn at(&self, start: [u8; 4]) -> impl Iterator<Item = &Start> {
        let bucket = bucket_of(start);
        let members = match (self.starts.get(bucket), self.starts.get(bucket + 1)) {
            (Some(from), Some(end)) => self.members.get(*from..*end).unwrap_or_default(),
            _ => &[],
        };
        let [first, ..] = start;
        let short = self.short.get(usize::from(first)).map_or(&[][..], Vec::as_slice);
        members.iter().chain(short)
    }
}

/// A term with how it starts.
#[derive(Debug, Clone, Copy)]
struct Start {
    opening: Opening,
    /// Whether the term is a single word and nothing else.
    is_word: bool,
    term: TermId,
}

/// The ASCII letters, digits and blanks, sixteen at most, with which a term starts: most terms of a bucket are told from
/// a text by these.
#[derive(Debug, Clone, Copy)]
struct Opening {
    letters: u128,
    mask: u128,
}

impl Opening {
    fn of_term(term: &[u8]) -> Self {
        let plain = term.iter().take_while(|it| it.is_ascii_alphanumeric() || **it == b' ');
        let (mut letters, mut mask) = ([0; 16], [0; 16]);
        for ((letter, covered), byte) in letters.iter_mut().zip(&mut mask).zip(plain) {
            (*letter, *covered) = (*byte, u8::MAX);
        }
        Self { letters: u128::from_le_bytes(letters), mask: u128::from_le_bytes(mask) }
    }

    /// Whether a text that goes on with these bytes may start with the term.
    const fn fits(self, text: u128) -> bool {
        text & self.mask == self.letters
    }
}

/// Whether some of these bytes stand for others in a folded text: white space other than single blanks, or no ASCII.
const fn is_folded(text: u128) -> bool {
    const ONES: u128 = u128::from_le_bytes([1; 16]);
    const HIGH: u128 = ONES << 7;
    // The high bit of each byte below 32; borrows of a lower byte only tell too many.
    let control = text.wrapping_sub(ONES << 5) & !text & HIGH;
    let not_blank = text ^ (ONES << 5);
    let blank = not_blank.wrapping_sub(ONES) & !not_blank & HIGH;
    text & HIGH != 0 || control != 0 || blank & (blank << 8) != 0
}

/// Buckets of terms; some thousand terms have few in each.
const BUCKETS: usize = 1 << 13;

/// The bucket of the terms that start with four such bytes.
fn bucket_of(start: [u8; 4]) -> usize {
    let hash = u32::from_le_bytes(start).wrapping_mul(0x9e37_79b1);
    usize::try_from(hash >> 19).map_or(0, |it| it % BUCKETS)
}

/// One place where a term stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub(super) term: TermId,
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Number of the first word; those of the body are far from those of the headline.
    pub(super) word: usize,
}

/// Terms whose bits stand in one number.
const BITS: usize = 64;

/// How far the words of the body are from those of the headline: nothing is near across the border.
const APART: usize = usize::MAX / 2;

/// Where terms stand in one text.
#[derive(Debug)]
pub(super) struct Occurrences {
    /// By term, then in the order of the text.
    places: Vec<Occurrence>,
    /// A bit for each term that occurs.
    present: Vec<u64>,
    /// How many terms occur before those of each number of `present`.
    before: Vec<usize>,
    /// Where the places of each term that occurs start, and where those of the last end.
    starts: Vec<usize>,
    /// Number of words of the text.
    words: usize,
}

impl Occurrences {
    /// Every place of `term`, in the order of the text.
    pub(super) fn of(&self, term: TermId) -> &[Occurrence] {
        let block = term.0 / BITS;
        let (Some(bits), Some(before)) = (self.present.get(block), self.before.get(block)) else {
            return &[];
        };
        let bit = 1 << (term.0 % BITS);
        if bits & bit == 0 {
            return &[];
        }
        let earlier = usize::try_from((bits & (bit - 1)).count_ones()).unwrap_or_default();
        let at = before + earlier;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => self.places.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Adds a place of `term`, which starts with the next word. None that reaches from the headline into the body,
    /// which starts at byte `body`.
    fn add(&mut self, term: TermId, range: Range<usize>, body: usize) {
        let word = match (range.start < body, range.end > body) {
            (true, true) => return,
            (true, false) => self.words,
            (false, _) => self.words + APART,
        };
        if let Some(it) = self.present.get_mut(term.0 / BITS) {
            *it |= 1 << (term.0 % BITS);
        }
        self.places.push(Occurrence { term, range, word });
    }

    /// Brings the places, which are in the order of the text, into that of their terms.
    fn sort(&mut self) {
        self.places.sort_by_key(|it| it.term);
        let mut count = 0;
        for bits in &self.present {
            self.before.push(count);
            count += usize::try_from(bits.count_ones()).unwrap_or_default();
        }
        self.starts.reserve(count + 1);
        let mut end = 0;
        for places in self.places.chunk_by(|one, other| one.term == other.term) {
            self.starts.push(end);
            end += places.len();
        }
        self.starts.push(end);
    }

    /// Whether `term` occurs.
    pub(super) fn has(&self, term: TermId) -> bool {
        self.present.get(term.0 / BITS).is_some_and(|it| it >> (term.0 % BITS) & 1 != 0)
    }

    /// Number of words of the text.
    pub(super) const fn words(&self) -> usize {
        self.words
    }

    /// The terms that occur, each once for every group of its places.
    pub(super) fn terms(&self) -> impl Iterator<Item = TermId> {
        self.places
            .chunk_by(|one, other| one.term == other.term)
            .filter_map(|it| it.first())
            .map(|it| it.term)
    }
}

/// A text in which terms are looked for.
#[derive(Debug, Clone, Copy)]
struct Searched<'t> {
    /// Headline and body, ASCII letters in lower case.
    lower: &'t str,
    /// The byte at which the body starts.
    body: usize,
}

impl Terms {
    /// Bytes of a term without its stars.
    pub(super) fn length(&self, term: TermId) -> usize {
        self.parts.get(term.0).into_iter().flatten().map(String::len).sum()
    }

    /// Where the terms stand in a text. A term whose words stand on both sides of the end of the headline is none.
    pub(super) fn find(&self, text: &StoryText<'_>) -> Occurrences {
        let searched = Searched { lower: text.lower(), body: text.body().start };
        let present = vec![0; self.parts.len() / BITS + 1];
        let before = Vec::with_capacity(present.len());
        let places = Vec::with_capacity(text.lower().len() / 32);
        let mut found = Occurrences { places, present, before, starts: Vec::new(), words: 0 };
        let tokens = text.tokens();
        for (place, token) in tokens.all().iter().enumerate() {
            if token.is_plain() {
                let at = token.range().start;
                if token.class().meets(STARTS_TERM) {
                    let terms = self.by_word.get(&tokens.word_id(place));
                    let terms = terms.map_or(&[][..], Vec::as_slice);
                    self.find_by_word(searched, token.range(), terms, &mut found);
                }
                if self.prefixes.may_have(searched.lower, at) {
                    let terms = self.prefixes.at(start_at(searched.lower, at));
                    self.find_at(searched, at, terms, &mut found);
                }
                found.words += 1;
            } else if tokens.has_letters(place) {
                self.find_inside(searched, token.range(), &mut found);
            }
        }
        found.sort();
        found
    }

    /// The terms that start inside of a token of several words: `vice-president`, `I.N.`
    fn find_inside(&self, text: Searched<'_>, token: Range<usize>, found: &mut Occurrences) {
        let mut inside = false;
        for (at, letter) in text.lower.get(token.clone()).unwrap_or_default().char_indices() {
            let is_part = letter.is_alphanumeric();
            if is_part && !inside {
                let at = token.start + at;
                self.find_at(text, at, self.all.at(start_at(text.lower, at)), found);
                found.words += 1;
            }
            inside = is_part;
        }
    }

    /// Which of `terms`, all of which start with the word at `word`, stand there.
    fn find_by_word(
        &self,
        text: Searched<'_>,
        word: Range<usize>,
        terms: &[Start],
        found: &mut Occurrences,
    ) {
        if terms.iter().all(|it| it.is_word) {
            for start in terms {
                found.add(start.term, word.clone(), text.body);
            }
        } else {
            self.find_at(text, word.start, terms.iter(), found);
        }
    }

    /// Which of `terms` stand at the start of a word, at byte `at`.
    fn find_at<'t>(
        &self,
        text: Searched<'_>,
        at: usize,
        terms: impl Iterator<Item = &'t Start>,
        found: &mut Occurrences,
    ) {
        let opening = sixteen_at(text.lower, at);
        let folded = is_folded(opening);
        for Start { term, .. } in terms.filter(|it| folded || it.opening.fits(opening)) {
            let Some(parts) = self.parts.get(term.0) else { continue };
            let Some(end) = match_end(text.lower, at, parts) else { continue };
            found.add(*term, at..end, text.body);
        }
    }
}

/// The sixteen bytes of a text from `at` on; zeros behind its end.
fn sixteen_at(text: &str, at: usize) -> u128 {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let sixteen = rest.first_chunk().copied();
    u128::from_le_bytes(sixteen.unwrap_or_else(|| {
        let mut sixteen = [0; 16];
        sixteen.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
        sixteen
    }))
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The first four bytes of the folded text from `at` on; zeros behind its end.
fn start_at(lower: &str, at: usize) -> [u8; 4] {
    let bytes = lower.as_bytes();
    if let Some(start) = bytes.get(at..).and_then(|it| it.first_chunk::<4>()) {
        if start.iter().all(u8::is_ascii_lowercase) {
            return *start;
        }
        // No white space but single blanks.
        let plain = start.iter().all(|it| it.is_ascii_graphic() || *it == b' ');
        let [_, second, third, fourth] = *start;
        if plain && (second, third) != (b' ', b' ') && (third, fourth) != (b' ', b' ') {
            return *start;
        }
    }
    let mut start = [0; 4];
    let (mut free, mut letter) = (start.iter_mut(), [0; 4]);
    for (found, _) in Folded::of(lower, at).take(letter.len()) {
        for (byte, place) in found.encode_utf8(&mut letter).bytes().zip(free.by_ref()) {
            *place = byte;
        }
    }
    start
}

/// The byte behind the term of these parts, where it stands at byte `at`.
fn match_end(lower: &str, at: usize, parts: &[String]) -> Option<usize> {
    let (first, rest) = parts.split_first()?;
    let mut end = behind(lower, at, first)?;
    for part in rest {
        let tail = lower.get(end..)?;
        let ending = tail.find(|it: char| !it.is_alphanumeric()).unwrap_or(tail.len());
        end = behind(lower, end + ending, part)?;
    }
    let tail = lower.get(end..)?;
    (!tail.starts_with(char::is_alphanumeric)).then_some(end)
}

/// The byte behind `part`, which is folded, where it stands at byte `at`.
fn behind(lower: &str, at: usize, part: &str) -> Option<usize> {
    let text = lower.as_bytes().get(at..)?;
    let same = text.iter().zip(part.as_bytes()).take_while(|(a, b)| a == b).count();
    if same == part.len() && !part.ends_with(' ') {
        return Some(at + same);
    }
    let differs = text.get(same).zip(part.as_bytes().get(same));
    let behind_blank = part.get(..same).is_some_and(|it| it.ends_with(' '));
    let plain = |it: u8| it.is_ascii_graphic() || it == b' ' && !behind_blank;
    if differs.is_some_and(|(a, b)| plain(*a) && b.is_ascii()) {
        return None;
    }
    let mut end = at;
    let mut letters = Folded::of(lower, at);
    for wanted in part.chars() {
        let (found, after) = letters.next()?;
        if found != wanted {
            return None;
        }
        end = after;
    }
    Some(end)
}

/// A text folded for matching, letter by letter: lower case, one blank for any white space, one form of apostrophe and
/// hyphen; each with the byte behind what it stands for.
struct Folded<'t> {
    text: &'t str,
    at: usize,
    /// What is left of a character that becomes several.
    rest: Option<std::char::ToLowercase>,
}

impl<'t> Folded<'t> {
    const fn of(text: &'t str, at: usize) -> Self {
        Self { text, at, rest: None }
    }
}

impl Iterator for Folded<'_> {
    type Item = (char, usize);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(letter) = self.rest.as_mut().and_then(Iterator::next) {
            return Some((letter, self.at));
        }
        let found = char_at(self.text, self.at)?;
        self.at += found.len_utf8();
        let letter = match found {
            _ if found.is_whitespace() => {
                let tail = self.text.get(self.at..).unwrap_or_default();
                self.at = self.text.len() - tail.trim_start().len();
                ' '
            }
            '’' | '‘' => '\'',
            '‑' | '‐' => '-',
            _ => {
                let mut letters = found.to_lowercase();
                let first = letters.next().unwrap_or(found);
                self.rest = Some(letters);
                first
            }
        };
        Some((letter, self.at))
    }
}

/// A term folded for matching.
fn folded(term: &str) -> String {
    Folded::of(term, 0).map(|it| it.0).collect()
}
