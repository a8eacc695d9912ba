//! Unknown officials whom no office shows, but the company that they keep: who holds talks with an official, receives
//! one, speaks beside one in a transcript, or is said to have been in office.
//!
//! Only a known given name with a surname counts, and company only in a story that names an official.

use std::ops::Range;

use super::attach::TitledName;
use super::find::NameHit;
use super::office::Reading;
use super::{unknown, words};
use crate::tokens::Kind;

/// The names that the company of `names` shows to be those of officials.
pub(crate) fn names(reading: Reading<'_>, names: &[TitledName]) -> Vec<TitledName> {
    let tokens = reading.tokens;
    let mut taken = vec![false; tokens.len()];
    for range in names.iter().flat_map(|it| [&it.whole, &it.hit.tokens]) {
        taken.get_mut(range.clone()).into_iter().flatten().for_each(|it| *it = true);
    }
    let taken = |at: usize| taken.get(at).copied().unwrap_or(false);
    let officials = Officials::of(reading, names);
    let mut found = Vec::new();
    let mut free_from = 0;
    for at in tokens.capitals_from(0).iter().copied() {
        if at < free_from {
            continue;
        }
        let name = name_at(reading, at).filter(|it| !taken(it.start) && !taken(it.end - 1));
        free_from = name.as_ref().map_or(free_from, |it| it.end);
        let name = name.filter(|it| !is_journalist(reading, it.start));
        if let Some(name) = name.filter(|it| keeps_company(reading, &officials, it)) {
            found.push(TitledName::bare(NameHit { tokens: name, who: Vec::new() }));
        }
    }
    found
}

/// The officials of a text, as far as the company of others goes.
struct Officials {
    /// At which tokens their names start, with all that stands before; in order.
    starts: Vec<usize>,
    /// Whether one has a turn of a transcript.
    has_turn: bool,
}

impl Officials {
    fn of(reading: Reading<'_>, names: &[TitledName]) -> Self {
        let mut starts: Vec<usize> = names.iter().map(|it| it.whole.start).collect();
        starts.sort_unstable();
        let turn = |it: &TitledName| is_turn(reading, it.whole.start, it.hit.tokens.end);
        Self { starts, has_turn: names.iter().any(turn) }
    }

    /// Whether the name of one starts at one of `tokens`.
    fn start_in(&self, tokens: Range<usize>) -> bool {
        let next = self.starts.partition_point(|it| *it < tokens.start);
        self.starts.get(next).is_some_and(|it| *it < tokens.end)
    }
}

/// Whether a name from `start` to `end` opens a turn of a transcript.
fn is_turn(reading: Reading<'_>, start: usize, end: usize) -> bool {
    let tokens = reading.tokens;
    tokens.kind(end) == Kind::Colon
        && start.checked_sub(1).is_none_or(|it| tokens.kind(it) == Kind::Break)
}

/// A known given name and a surname, apart from other capitals.
fn name_at(reading: Reading<'_>, at: usize) -> Option<Range<usize>> {
    let tokens = reading.tokens;
    let starts = reading.is_given(at)
        && !reading.in_title_case(at)
        && at
            .checked_sub(1)
            .is_none_or(|it| !tokens.is_capital(it) || words::is_function_word(tokens.word(it)));
    let name = starts.then(|| unknown::name_at(reading, at)).flatten()?;
    (name.len() > 1 && name.end > name.start).then_some(name)
}

fn keeps_company(reading: Reading<'_>, officials: &Officials, name: &Range<usize>) -> bool {
    let beside_officials = !officials.starts.is_empty()
        && (follows_talks(reading, name.start)
            || meets_official(reading, officials, name.end)
            || is_general(reading, name.start)
            || (officials.has_turn && is_turn(reading, name.start, name.end)));
    beside_officials || was_in_office(reading, name.end) || is_appointed(reading, name.end)
}

/// "correspondent X spoke with": who asks for a living is in the company of everybody.
fn is_journalist(reading: Reading<'_>, start: usize) -> bool {
    start.checked_sub(1).is_some_and(|it| words::is_journalist(reading.tokens.word(it)))
}

/// "talks with X", "the conversation of X".
fn follows_talks(reading: Reading<'_>, start: usize) -> bool {
    let low = |back: usize| start.checked_sub(back).map_or("", |it| reading.tokens.low(it));
    let talk = matches!(
        low(2),
        "talks" | "negotiations" | "summit" | "consultations" | "conversation" | "counterpart"
    );
    talk && matches!(low(1), "with" | "of" | "between")
}

/// "X met with", "X received", and an official at once behind it.
fn meets_official(reading: Reading<'_>, officials: &Officials, end: usize) -> bool {
    const NEAR: usize = 5;
    let verb = reading.tokens.low(end);
    let with = (end..end + NEAR)
        .take_while(|it| reading.tokens.kind(*it) == Kind::Small)
        .find(|it| reading.tokens.low(*it) == "with");
    let converses =
        matches!(verb, "had" | "held" | "holds" | "met" | "spoke" | "talked" | "conferred");
    if converses && with.is_some_and(|it| officials.start_in(it + 1..it + 2)) {
        return true;
    }
    let meets = matches!(
        verb,
        "met" | "meets" | "received" | "receives" | "hosted" | "hosts" | "welcomed" | "welcomes"
    ) || (matches!(verb, "held" | "holds") && reading.tokens.low(end + 1) == "talks");
    meets && officials.start_in(end + 1..end + NEAR + 1)
}

/// "X, who had been in the post since", "X, who took over as Secretary General".
fn was_in_office(reading: Reading<'_>, end: usize) -> bool {
    const NEAR: usize = 8;
    let tokens = reading.tokens;
    let comma = usize::from(tokens.kind(end) == Kind::Comma);
    tokens.low(end + comma) == "who"
        && (end + comma..end + comma + NEAR).take_while(|it| tokens.is_word(*it)).any(|it| {
            matches!(tokens.low(it), "post" | "office" | "duties" | "presidency" | "chairmanship")
                || words::is_head(tokens.word(it))
        })
}

/// "X was appointed Minister", "X was relieved of the post of Minister".
fn is_appointed(reading: Reading<'_>, end: usize) -> bool {
    const NEAR: usize = 8;
    let tokens = reading.tokens;
    let passive = matches!(tokens.low(end), "was" | "is" | "has" | "been");
    let verb = (end + 1..end + 4).find(|it| {
        matches!(
            tokens.low(*it),
            "appointed"
                | "elected"
                | "re-elected"
                | "named"
                | "dismissed"
                | "relieved"
                | "nominated"
                | "sworn"
        )
    });
    passive
        && verb.is_some_and(|verb| {
            (verb + 1..=verb + NEAR)
                .take_while(|it| tokens.is_word(*it))
                .any(|it| words::is_head(tokens.word(it)))
        })
}

/// Somebody of a general's or admiral's rank.
fn is_general(reading: Reading<'_>, start: usize) -> bool {
    let before = start.checked_sub(1).map_or("", |it| reading.tokens.low(it));
    let high = before.ends_with("general") || before.ends_with("admiral") || before == "marshal";
    high && start.checked_sub(2).is_none_or(|it| reading.tokens.low(it) != "secretary")
}
