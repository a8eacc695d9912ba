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
    let taken =
        |at: usize| names.iter().any(|it| it.whole.contains(&at) || it.hit.tokens.contains(&at));
    let mut found = Vec::new();
    let mut at = 0;
    while at < reading.tokens.len() {
        let name = name_at(reading, at).filter(|it| !taken(it.start) && !taken(it.end - 1));
        at = name.as_ref().map_or(at + 1, |it| it.end);
        if let Some(name) = name.filter(|it| keeps_company(reading, names, it)) {
            found.push(TitledName::bare(NameHit { tokens: name, who: Vec::new() }));
        }
    }
    found
}

/// A known given name and a surname, apart from other capitals.
fn name_at(reading: Reading<'_>, at: usize) -> Option<Range<usize>> {
    let tokens = reading.tokens;
    let starts = tokens.is_capital(at)
        && reading.lexicon.is_given(tokens.key(at))
        && !reading.in_title_case(at)
        && at
            .checked_sub(1)
            .is_none_or(|it| !tokens.is_capital(it) || words::is_function_word(tokens.word(it)));
    let name = starts.then(|| unknown::name_at(reading, at)).flatten()?;
    (name.len() > 1 && name.end > name.start).then_some(name)
}

fn keeps_company(reading: Reading<'_>, names: &[TitledName], name: &Range<usize>) -> bool {
    let beside_officials = !names.is_empty()
        && (follows_talks(reading, name.start)
            || meets_official(reading, names, name.end)
            || is_general(reading, name.start)
            || takes_turns(reading, names, name));
    beside_officials || was_in_office(reading, name.end) || is_appointed(reading, name.end)
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
fn meets_official(reading: Reading<'_>, names: &[TitledName], end: usize) -> bool {
    const NEAR: usize = 5;
    let starts_at = |at: usize| names.iter().any(|it| it.whole.start == at);
    let verb = reading.tokens.low(end);
    let with = (end..end + NEAR)
        .take_while(|it| reading.tokens.kind(*it) == Kind::Small)
        .find(|it| reading.tokens.low(*it) == "with");
    let converses =
        matches!(verb, "had" | "held" | "holds" | "met" | "spoke" | "talked" | "conferred");
    if converses && with.is_some_and(|it| starts_at(it + 1)) {
        return true;
    }
    let meets = matches!(
        verb,
        "met" | "meets" | "received" | "receives" | "hosted" | "hosts" | "welcomed" | "welcomes"
    ) || (matches!(verb, "held" | "holds") && reading.tokens.low(end + 1) == "talks");
    meets && names.iter().any(|it| (end + 1..=end + NEAR).contains(&it.whole.start))
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

/// A turn of a transcript in which an official has another turn.
fn takes_turns(reading: Reading<'_>, names: &[TitledName], name: &Range<usize>) -> bool {
    let tokens = reading.tokens;
    let turn = |start: usize, end: usize| {
        tokens.kind(end) == Kind::Colon
            && start.checked_sub(1).is_none_or(|it| tokens.kind(it) == Kind::Break)
    };
    turn(name.start, name.end) && names.iter().any(|it| turn(it.whole.start, it.hit.tokens.end))
}
