//! What the words around a date say of it: whether it dates the event that is told, something
//! before it, a document or a holiday.

use crate::text::last_characters;
use crate::word_list::WordList;

/// What the words of its sentence before a date make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Context {
    /// Whether it stands in a relative clause ("whose trip fell on 9 March").
    pub(super) is_aside: bool,
    /// Whether its clause tells of something to come.
    pub(super) is_ahead: bool,
    /// Whether its clause says that something was held or took place.
    pub(super) is_held: bool,
}

/// Characters before a date that are read: the words of no sensible sentence lie further back.
const READ_BACK: usize = 400;

/// Words before a day that make it the age of a document or the limit of a time, not the day of an
/// event.
static NO_EVENT: WordList = WordList::new(
    "since dated until till by before after from starting beginning effective than through \
     following no № for",
);

/// "On the morning of 5 June": here "of" dates an event.
static PARTS_OF_DAY: WordList =
    WordList::new("morning evening afternoon night day hours noon eve week days");

/// Words before "on" or right before the day that make it the date of a holiday.
static HOLIDAYS: WordList = WordList::new("Day Eve holiday anniversary birthday");

/// Words that tell of something to come.
static AHEAD: WordList = WordList::new(
    "will shall upcoming forthcoming scheduled planned slated plans intends convenes gathers begins starts opens",
);

/// Verbs in the past by which a date is that of what somebody said, whatever they said of the future.
static SAID: WordList = WordList::new(
    "said told announced stated noted stressed added declared confirmed explained warned reported",
);

/// Words that say that something took place.
static HELD: WordList = WordList::new("held place hosted hosts");

/// Words before a date that opens its sentence, and behind such a date in which what it dates is looked for.
const OPENING: (usize, usize) = (2, 24);

/// Whether the sentence goes on to say that something was held, behind a date that opens it: "From 16 to 24 September
/// the range hosted".
pub(super) fn opens_held(before: &str, behind: &str) -> bool {
    let is_first = before.split_whitespace().nth(OPENING.0).is_none();
    let mut words = behind.split(|it: char| !it.is_alphabetic()).take(OPENING.1);
    is_first && words.any(|it| HELD.has(it))
}

/// Reads the words of a sentence before a date. `None`: the date cannot be that of the event of its
/// clause. `is_range` says whether the date is a range of days.
pub(super) fn context(before: &str, is_range: bool) -> Option<Context> {
    let before = last_characters(before, READ_BACK);
    let mut back = before
        .rsplit(|it: char| !(it.is_alphanumeric() || matches!(it, '\'' | '’' | '-' | '№')))
        .filter(|it| !it.is_empty());
    let mut last = back.next().unwrap_or_default();
    if matches!(last, "the" | "early" | "late") {
        last = back.next().unwrap_or_default();
    }
    let second = back.next().unwrap_or_default();
    let opens_range =
        is_range && matches!(last.to_lowercase().as_str(), "from" | "for" | "through");
    let of_document = last == "of" && !PARTS_OF_DAY.has(second);
    let of_holiday = HOLIDAYS.has(last) || last == "on" && HOLIDAYS.has(second);
    let limits = NO_EVENT.has(last.to_lowercase().as_str()) && !opens_range;
    let Clause { told, is_ahead, is_held } = Clause::of(clause(before));
    let is_ahead = is_ahead || told.contains(" to be held") || told.contains(" is to ");
    let limits_event = limits && !(is_ahead && last == "for");
    if limits_event || of_document || of_holiday {
        return None;
    }
    Some(Context { is_aside: is_aside(before), is_ahead, is_held })
}

/// The clause at the end of `before`: what stands behind the last semicolon.
fn clause(before: &str) -> &str {
    before.rsplit(';').next().unwrap_or(before)
}

/// What the words of a clause say.
struct Clause<'t> {
    /// What stands behind the last verb of speech: "will not send soldiers, she said on".
    told: &'t str,
    /// Whether that tells of something to come.
    is_ahead: bool,
    /// Whether the clause says that something took place.
    is_held: bool,
}

impl<'t> Clause<'t> {
    fn of(clause: &'t str) -> Self {
        let mut found = Self { told: clause, is_ahead: false, is_held: false };
        let mut start = 0;
        for word in clause.split(|it: char| !it.is_alphabetic()) {
            let end = start + word.len();
            found.is_held |= HELD.has(word);
            found.is_ahead |= AHEAD.has(word);
            let rest = clause.get(end..).unwrap_or_default();
            if SAID.has(word) {
                (found.told, found.is_ahead) = (rest, false);
            }
            start = end + rest.chars().next().map_or(0, char::len_utf8);
        }
        found
    }
}

/// Whether a relative clause is open at the end of `before`: a comma, a relative word, and no comma
/// since.
fn is_aside(before: &str) -> bool {
    let last = before.trim_end_matches(", ").rsplit(", ").next().unwrap_or_default();
    let starts_relative = ["which ", "who ", "whose ", "whom ", "where ", "when "]
        .iter()
        .any(|it| last.trim_start().starts_with(it));
    starts_relative && before.contains(", ")
}
