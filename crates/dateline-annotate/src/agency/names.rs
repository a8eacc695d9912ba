//! The names of agencies that the registry and the world know, and how one is found in a text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use dateline_event::OrganisationId;
use memchr::memmem::Finder;

use super::words::{PAPERS, WORLD_AGENCIES, bare_name};
use crate::registry::Registry;
use crate::text::{StoryText, last_characters};
use crate::tokens::Tokens;
use crate::vocabulary::STARTS_AGENCY;
use crate::word_hash::WordHash;
use crate::word_table::{self, WordTable};

/// Names of agencies by their first word in lower case. Made once for a registry.
#[derive(Debug)]
pub(crate) struct Agencies {
    names: HashMap<String, Vec<Agency>, WordHash>,
    /// The first words of all names, as registered and in capitals.
    firsts: HashSet<String, WordHash>,
    /// Whether some name, as registered or in capitals, starts with these two bytes: most compounds of a text are told
    /// from names by them.
    starts: Vec<bool>,
}

/// One name of an agency.
#[derive(Debug, Clone)]
struct Agency {
    printed: String,
    usual: Usual,
}

/// An agency under its usual name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Usual {
    pub(super) name: String,
    pub(super) organisation: Option<OrganisationId>,
}

impl Agencies {
    /// The agencies of `registry` and of the world; `words` gets to know with which words their names start.
    pub(crate) fn of(registry: &Registry, words: &mut WordTable) -> Self {
        let mut names: HashMap<String, Vec<Agency>, WordHash> = HashMap::default();
        let mut add = |printed: &str, usual: Usual| {
            let agency = Agency { printed: bare_name(printed).to_owned(), usual };
            names.entry(first_word(&agency.printed).to_lowercase()).or_default().push(agency);
        };
        for organisation in registry.organisations().values() {
            let kind = organisation.classification.as_deref().unwrap_or_default();
            if !kind.to_lowercase().contains("news agency") {
                continue;
            }
            for printed in std::iter::once(&organisation.name).chain(&organisation.other_names) {
                let (name, organisation) =
                    (organisation.name.clone(), Some(organisation.id.clone()));
                add(printed, Usual { name, organisation });
            }
        }
        for name in WORLD_AGENCIES.iter() {
            add(name, Usual { name: name.to_owned(), organisation: None });
        }
        let mut starts = vec![false; 1 << 16];
        let mut firsts = HashSet::default();
        for agency in names.values().flatten() {
            let capitals: String = agency.printed.chars().flat_map(char::to_uppercase).collect();
            for printed in [&agency.printed, &capitals] {
                let tokens = Tokens::of(printed, word_table::of_lists());
                if !tokens.low(0).is_empty() {
                    let first = words.add(tokens.low(0));
                    words.mark(first, STARTS_AGENCY);
                }
            }
            firsts.insert(first_word(&agency.printed).to_owned());
            firsts.insert(first_word(&capitals).to_owned());
            for start in
                [&agency.printed, &capitals].into_iter().filter_map(|it| start_of(it.as_bytes()))
            {
                starts.get_mut(start).into_iter().for_each(|it| *it = true);
            }
        }
        Self { names, firsts, starts }
    }

    /// Whether the name of an agency may start with token `word`, at byte `at` of `text`.
    pub(super) fn may_start(&self, text: &StoryText<'_>, word: usize, at: usize) -> bool {
        if text.tokens().is_plain(word) {
            return text.tokens().class(word).meets(STARTS_AGENCY);
        }
        let start = text.as_str().as_bytes().get(at..).and_then(start_of);
        start.and_then(|it| self.starts.get(it)).copied().unwrap_or(false)
    }

    /// The agency whose name `rest`, which starts with a word, starts with: the length of the name
    /// there, and its usual form. The longest name wins, then the registry's.
    pub(super) fn at_start(&self, rest: &str) -> Option<(usize, &Usual)> {
        let first = first_word(rest);
        if !self.firsts.contains(first) {
            return None;
        }
        let known = self.names.get(&first.to_lowercase())?;
        let fitting = known.iter().filter(|it| starts_with_name(rest, &it.printed));
        let best =
            fitting.rev().max_by_key(|it| (it.printed.len(), it.usual.organisation.is_some()))?;
        Some((best.printed.len(), &best.usual))
    }

    /// The usual form of a name that is known to be an agency's: as registered, else as the world
    /// writes it, else as printed, without "News Agency".
    pub(super) fn usual(&self, printed: &str) -> Usual {
        let bare = bare_name(printed);
        let known = self.names.get(&first_word(bare).to_lowercase()).into_iter().flatten();
        let same = known.filter(|it| it.printed.eq_ignore_ascii_case(bare));
        let best = same.max_by_key(|it| it.usual.organisation.is_some());
        let unknown = || Usual { name: bare.to_owned(), organisation: None };
        best.map_or_else(unknown, |it| it.usual.clone())
    }
}

/// The first two bytes of a text, as a number. No name is shorter.
fn start_of(text: &[u8]) -> Option<usize> {
    let [first, second, ..] = text else { return None };
    Some(usize::from(u16::from_be_bytes([*first, *second])))
}

fn first_word(text: &str) -> &str {
    text.split(|it| !is_name_character(it)).next().unwrap_or_default()
}

/// Whether `text` starts with `name` as whole words, or with it in capitals. `trend` is no `Trend`.
fn starts_with_name(text: &str, name: &str) -> bool {
    let Some(head) = text.get(..name.len()) else { return false };
    let capitals = || head.chars().eq(name.chars().flat_map(char::to_uppercase));
    (head == name || capitals())
        && !text.get(name.len()..).is_some_and(|it| it.starts_with(char::is_alphanumeric))
}

/// Longer names, with the words for a news agency behind them, are not looked for.
const MAX_CHARACTERS: usize = 60;

/// What stands behind a name that the page itself calls a news agency.
const KINDS: [&str; 4] =
    [" news agency", " News Agency", " information agency", " Information Agency"];

/// Where `text` calls anything a news agency, in order.
pub(super) fn calls(text: &str) -> Vec<Range<usize>> {
    // The end of all of [`KINDS`].
    static GENCY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("gency"));
    let ends = GENCY.find_iter(text.as_bytes()).map(|it| it + "gency".len());
    let called = |end: usize| {
        let before = text.get(..end)?;
        let kind = KINDS.iter().find(|it| before.ends_with(**it))?;
        Some(end - kind.len()..end)
    };
    ends.filter_map(called).collect()
}

/// Length of a name at the start of `rest`, at byte `start` of the text, that the page itself calls a news agency at
/// the first of `called`, which lie behind it.
pub(super) fn called_agency(rest: &str, start: usize, called: &[Range<usize>]) -> Option<usize> {
    const NO_NAMES: [&str; 7] = ["The", "A", "This", "State", "National", "Official", "One"];
    let first = called.first()?;
    if !rest.starts_with(char::is_uppercase) {
        return None;
    }
    // No name is that long in bytes either.
    let at = first.start.checked_sub(start).filter(|it| *it <= MAX_CHARACTERS * 4)?;
    let name = rest.get(..at)?;
    let whole = rest.get(..first.end.checked_sub(start)?)?;
    if whole.chars().count() > MAX_CHARACTERS {
        return None;
    }
    let is_name =
        |it: &str| it.starts_with(char::is_uppercase) && it.chars().all(is_name_character);
    let words = name.split(' ').count();
    (words <= 3 && name.split(' ').all(is_name) && !NO_NAMES.contains(&name)).then_some(name.len())
}

/// Characters before a name in which a word for a paper stands: the longest with a blank before it, and some more.
const LONGEST_PAPER: usize = 21;

/// Marks that open the name of a paper.
const QUOTES: [char; 3] = ['“', '"', '«'];

/// Length of a name at the start of `rest` that stands in quotation marks behind a word for a paper.
pub(super) fn quoted_paper(before: &str, rest: &str) -> Option<usize> {
    let called = before.strip_suffix(QUOTES)?.trim_end();
    // All words for papers end in one of these.
    if !called.ends_with(['e', 'l', 'n', 'r', 'y', 'E', 'L', 'N', 'R', 'Y']) {
        return None;
    }
    let near = last_characters(called, LONGEST_PAPER).to_lowercase();
    let paper = PAPERS.iter().any(|it| near.strip_suffix(it).is_some_and(|it| it.ends_with(' ')));
    if !paper {
        return None;
    }
    let near = rest.char_indices().nth(MAX_CHARACTERS + 1).map_or(rest, |it| rest.split_at(it.0).0);
    near.find(['”', '"', '»']).filter(|it| *it <= MAX_CHARACTERS)
}

pub(super) fn is_name_character(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '-' | '\'' | '’')
}
