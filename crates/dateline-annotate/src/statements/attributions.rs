//! Cues other than a subject and its verb: "according to Ket", "in his words", "as Ket put it",
//! "Ket's claim that".

use std::ops::Range;

use super::cues::{Cue, Shape};
use super::lexicon::Frame;
use super::line::Line;
use super::phrases::Phrases;
use super::words::{BOUNDARIES, DATA, PREPOSITIONS, REPORTS, is_possessive};

/// What somebody has who is named by what they have: "according to his data".
const OWNED: &[&str] = &["data", "information", "words", "estimates", "figures", "calculations"];

/// The cue that starts at `at` without a verb of speech, if one does.
pub(super) fn according(phrases: Phrases<'_>, sentence: &Range<usize>, at: usize) -> Option<Cue> {
    let line = phrases.line;
    let cue = |verb: Range<usize>, subject: Range<usize>| Cue {
        frame: Frame::BARE,
        start: verb.start.min(subject.start),
        after: subject.end.max(verb.end),
        verb,
        subject: Some(subject),
        shape: Shape::According,
    };
    if line.is(at, "according") && line.is(at + 1, "to") {
        let object = at + 2;
        if line.is_one(object, &["him", "her", "them"]) {
            return Some(cue(at..object, object..object + 1));
        }
        let owned = line.is_one(object, &["his", "her", "their"]) && line.is_one(object + 1, OWNED);
        if owned {
            return Some(Cue { after: object + 2, ..cue(at..object, object..object + 1) });
        }
        let named = phrases
            .after(object, sentence.end)
            .or_else(|| plain_noun(line, object, sentence.end))?;
        let head = named
            .clone()
            .take_while(|it| *it == named.start || !line.has(*it, PREPOSITIONS))
            .last();
        let data = head.is_some_and(|it| line.has(it, DATA));
        return (!data).then(|| cue(at..object, named));
    }
    if line.is(at, "as") && (at == sentence.start || line.mark(at - 1) == Some(',')) {
        let puts = (at + 1..sentence.end).find(|it| line.is_one(*it, &["put", "puts"]))?;
        let subject = phrases.before(at + 1, puts).filter(|_| line.is(puts + 1, "it"))?;
        return Some(Cue { start: at, after: puts + 2, ..cue(puts..puts + 2, subject) });
    }
    if let Some(noun) = opinion_of(line, at, sentence.end) {
        return Some(cue(at..noun + 1, at + 1..noun));
    }
    if line.is(at, "in") && line.is(at + 1, "the") && line.is_one(at + 2, &["words", "opinion"]) {
        let subject = phrases.after(at + 4, sentence.end).filter(|_| line.is(at + 3, "of"))?;
        return Some(cue(at..at + 4, subject));
    }
    None
}

/// The noun of "in his words", "by Ket's estimate", whose phrase starts at `at`.
fn opinion_of(line: &Line<'_>, at: usize, ceiling: usize) -> Option<usize> {
    /// Words of the longest owner.
    const LONGEST: usize = 6;
    const IN: &[&str] = &[
        "words",
        "opinion",
        "view",
        "version",
        "account",
        "assessment",
        "estimation",
        "judgment",
        "judgement",
        "telling",
    ];
    const BY: &[&str] = &[
        "estimate",
        "estimates",
        "account",
        "count",
        "reckoning",
        "calculation",
        "calculations",
        "admission",
    ];
    let nouns = if line.is(at, "in") {
        IN
    } else if line.is(at, "by") {
        BY
    } else {
        return None;
    };
    let noun = (at + 2..ceiling.min(at + 2 + LONGEST)).find(|it| line.is_one(*it, nouns))?;
    let owner = noun - 1;
    let owns = line.is_one(owner, &["his", "her", "their"]) && owner == at + 1
        || is_possessive(line.word(owner)) && (at + 1..owner).all(|it| line.is_word(it));
    owns.then_some(noun)
}

/// A noun phrase without article: "according to experts", "according to preliminary figures".
fn plain_noun(line: &Line<'_>, start: usize, ceiling: usize) -> Option<Range<usize>> {
    let stops =
        |at: &usize| !line.is_word(*at) || line.has(*at, BOUNDARIES) || line.has(*at, PREPOSITIONS);
    let end = (start..ceiling).find(stops).unwrap_or(ceiling);
    (start < end).then_some(start..end)
}

/// "Ket's claim that": a noun for what somebody says, who owns it, and a clause.
pub(super) fn owned(phrases: Phrases<'_>, sentence: &Range<usize>, at: usize) -> Option<Cue> {
    let line = phrases.line;
    let owner = at.checked_sub(1).filter(|it| *it >= sentence.start)?;
    if !line.has(at, REPORTS) || !line.is(at + 1, "that") {
        return None;
    }
    let subject = if line.is_one(owner, &["his", "her", "their"]) {
        owner..at
    } else {
        phrases.before(sentence.start, at).filter(|_| is_possessive(line.word(owner)))?
    };
    Some(Cue {
        verb: at..at + 1,
        frame: Frame::THAT,
        start: subject.start,
        subject: Some(subject),
        shape: Shape::Owned,
        after: at + 1,
    })
}

/// Words of those who are told, at most.
const LISTENERS: usize = 5;

/// "as Ket noted," between commas is like "according to Ket".
pub(super) fn noted_by_the_way(line: &Line<'_>, sentence: &Range<usize>, cue: Cue) -> Cue {
    let as_ = cue.start.checked_sub(1).filter(|it| *it >= sentence.start && line.is(*it, "as"));
    let opens = as_.is_some_and(|it| it == sentence.start || line.mark(it - 1) == Some(','));
    // "as Ket told journalists,"
    let told = cue.frame.has(Frame::TOLD) && cue.shape == Shape::SubjectFirst;
    let listener = (cue.after..cue.after + LISTENERS).find(|it| !line.is_word(*it));
    let after = listener.filter(|_| told && as_.is_some()).unwrap_or(cue.after);
    let cue = Cue { after, ..cue };
    let closes = line.mark(cue.after).is_some() && line.quote(cue.after + 1).is_none();
    match as_ {
        Some(start) if opens && closes => Cue { start, shape: Shape::According, ..cue },
        Some(_) | None => cue,
    }
}
