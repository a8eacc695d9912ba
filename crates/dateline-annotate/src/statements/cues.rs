//! The words by which a sentence says that somebody said something: a verb of speech with its
//! subject, or "according to" and its like.

use std::ops::Range;

use super::attributions::{according, noted_by_the_way, owned};
use super::dashes::is_dash;
use super::lexicon::{Entry, Form, Frame, entries};
use super::line::Line;
use super::phrases::Phrases;
use super::verb_group::VerbGroup;
use super::words::{
    ATTITUDES, BE, BODIES, CUES, DATA, DETERMINERS, PREPOSITIONS, SPEECH, STANCES, contracted,
    is_possessive,
};

/// One cue of a sentence. All positions are token indices.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    /// The verb with "had", or the words that stand for one.
    pub(super) verb: Range<usize>,
    pub(super) frame: Frame,
    /// Who speaks; `None` where the words before the verb name nobody.
    pub(super) subject: Option<Range<usize>>,
    pub(super) shape: Shape,
    /// Where the clause of the cue starts: its subject, insertions and adverbs included.
    pub(super) start: usize,
    /// The first token behind verb, particle and, where that follows, subject.
    pub(super) after: usize,
}

/// How verb and subject stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// "Ket said"
    SubjectFirst,
    /// "said Ket"
    VerbFirst,
    /// "and added", ", saying": the subject is that of the clause before.
    Elided,
    /// "emphasized in the press service"
    Place,
    /// "Ket's claim"
    Owned,
    /// "according to Ket", "in his words"
    According,
}

/// The cues of `sentence`, in order.
pub(super) fn cues(phrases: Phrases<'_>, sentence: Range<usize>) -> Vec<Cue> {
    let mut found: Vec<Cue> = Vec::new();
    for at in sentence.clone().filter(|it| phrases.line.has(*it, CUES)) {
        let cue = according(phrases, &sentence, at)
            .or_else(|| owned(phrases, &sentence, at))
            .or_else(|| spoken(phrases, &sentence, at));
        if let Some(cue) = cue
            && found.last().is_none_or(|it| it.after <= cue.verb.start && !is_heard(it, &cue))
        {
            found.push(cue);
        }
    }
    found
}

/// Whether `cue` is the noun for what the one before says: "Ket wrote tweets".
fn is_heard(before: &Cue, cue: &Cue) -> bool {
    before.verb.end == cue.verb.start && cue.shape == Shape::SubjectFirst
}

fn spoken(phrases: Phrases<'_>, sentence: &Range<usize>, at: usize) -> Option<Cue> {
    let line = phrases.line;
    let (entry, end) = verb_at(line, sentence, at)?;
    if is_noun(line, sentence, at, entry) {
        return None;
    }
    let group = VerbGroup::before(line, sentence.start, at, entry.form);
    if !group.allows(line, entry) {
        return None;
    }
    let verb = Verb { phrases, sentence, entry, at, end, group };
    let named = verb.placed().or_else(|| verb.behind_subject()).or_else(|| verb.inverted());
    named.or_else(|| verb.hung())
}

/// A verb of speech in its sentence.
struct Verb<'a> {
    phrases: Phrases<'a>,
    sentence: &'a Range<usize>,
    entry: Entry,
    at: usize,
    /// Behind the verb and its particle.
    end: usize,
    group: VerbGroup,
}

impl Verb<'_> {
    fn cue(&self, subject: Option<Range<usize>>, shape: Shape, after: usize) -> Cue {
        let group = &self.group;
        let stance = is_stance(self.phrases.line, self.at);
        let shown = if group.is_perfect() || stance { group.start } else { self.at };
        Cue {
            verb: shown..self.end,
            frame: self.entry.frame,
            start: subject.as_ref().map_or(group.start, |it| it.start.min(group.start)),
            subject,
            shape,
            after,
        }
    }

    /// The token before the verb and its auxiliaries.
    fn previous(&self) -> Option<usize> {
        self.group.start.checked_sub(1).filter(|it| *it >= self.sentence.start)
    }

    fn is_behind_quote(&self) -> bool {
        self.previous().is_some_and(|it| self.phrases.line.quote(it).is_some())
    }

    fn is_behind_comma(&self) -> bool {
        let line = self.phrases.line;
        self.previous().is_some_and(|it| {
            let dash = line.mark(it).is_some_and(is_dash) && it > self.sentence.start;
            line.mark(if dash { it - 1 } else { it }) == Some(',')
        })
    }

    /// ", emphasized in the press service"
    fn placed(&self) -> Option<Cue> {
        let frame = self.entry.frame;
        let fits = (self.is_behind_comma() || self.is_behind_quote())
            && (frame.has(Frame::QUOTE) || frame.has(Frame::THAT));
        let place = place_after(self.phrases, self.end, self.sentence.end).filter(|_| fits)?;
        let after = place.end;
        Some(self.cue(Some(place), Shape::Place, after))
    }

    /// "Ket said"
    fn behind_subject(&self) -> Option<Cue> {
        let line = self.phrases.line;
        if self.is_behind_quote() || self.group.is_participle(self.entry) {
            return None;
        }
        let subject = self.phrases.before(self.sentence.start, self.group.start)?;
        if not_a_speaker(line, &subject) || is_decree(line, &subject) {
            return None;
        }
        let found = self.cue(Some(subject), Shape::SubjectFirst, self.end);
        Some(noted_by_the_way(line, self.sentence, found))
    }

    /// "said Ket"
    fn inverted(&self) -> Option<Cue> {
        let open = self.is_behind_quote() || self.is_behind_comma() || self.previous().is_none();
        let finite = !self.group.is_participle(self.entry);
        if !open || !finite || !self.entry.frame.has(Frame::QUOTE) {
            return None;
        }
        let subject = self.phrases.after(self.end, self.sentence.end)?;
        let after = subject.end;
        Some(self.cue(Some(subject), Shape::VerbFirst, after))
    }

    /// "and added", ", saying": the subject is that of the clause before.
    fn hung(&self) -> Option<Cue> {
        let line = self.phrases.line;
        let behind = |words: &[&str]| self.previous().is_some_and(|it| line.is_one(it, words));
        let joined = behind(&["and", "but", "then", "or"]);
        let quoted = self.is_behind_quote();
        let clause = self.entry.frame.has(Frame::THAT) && line.is(self.end, "that");
        let hangs = if self.group.is_participle(self.entry) {
            let says = line.is(self.at, "saying")
                && !self.previous().is_some_and(|it| line.has(it, PREPOSITIONS));
            joined || quoted || clause || says || self.is_behind_comma() || behind(&["by", "as"])
        } else {
            joined || quoted
        };
        hangs.then(|| self.cue(None, Shape::Elided, self.end))
    }
}

/// The body or paper in which something is said: "emphasized in the press service". It ends the
/// sentence.
fn place_after(phrases: Phrases<'_>, verb_end: usize, ceiling: usize) -> Option<Range<usize>> {
    let line = phrases.line;
    let place = phrases
        .after(verb_end + 1, ceiling)
        .filter(|_| line.is_one(verb_end, &["in", "by", "at"]))?;
    let body = place.clone().any(|it| line.has(it, BODIES));
    (body && place.end + 1 >= ceiling).then_some(place)
}

/// The entry of the verb at `at` and the token behind its particle.
fn verb_at(line: &Line<'_>, sentence: &Range<usize>, at: usize) -> Option<(Entry, usize)> {
    if is_stance(line, at) {
        let be = at > sentence.start
            && (1..3).any(|back| at >= sentence.start + back && line.has(at - back, BE));
        let frame = Frame::THAT;
        return be.then_some((Entry { form: Form::Past, frame, particle: "" }, at + 1));
    }
    if let Some(end) = made_clear(line, at) {
        let (form, frame) = (Form::Past, Frame::THAT);
        return Some((Entry { form, frame, particle: "" }, end));
    }
    if !line.has(at, SPEECH) {
        return None;
    }
    let word = line.word(at);
    let lower;
    let word = if at == sentence.start && line.is_capital(at) {
        lower = word.to_lowercase();
        lower.as_str()
    } else {
        word
    };
    let fits = |it: &&Entry| it.particle.is_empty() || line.is(at + 1, it.particle);
    let entry = entries(word).iter().find(fits)?;
    let noun = (at + 1..at + 5).find(|it| line.has(*it, ATTITUDES) && line.is(it + 1, "that"));
    if let Some(noun) = noun.filter(|_| entry.frame.has(Frame::ATTITUDE)) {
        return Some((Entry { frame: Frame::THAT, ..*entry }, noun + 1));
    }
    Some((*entry, at + 1 + usize::from(!entry.particle.is_empty())))
}

/// Whether the word at `at` follows "be" to make a stance.
fn is_stance(line: &Line<'_>, at: usize) -> bool {
    line.has(at, STANCES) && !line.is_capital(at)
}

/// The token behind "made it clear" and "made clear", where a clause follows.
fn made_clear(line: &Line<'_>, at: usize) -> Option<usize> {
    let made = line.is_one(at, &["made", "makes", "make"]);
    let clear = (at + 1..at + 4).find(|it| line.is(*it, "clear")).filter(|_| made)?;
    line.is(clear + 1, "that").then_some(clear + 1)
}

/// Whether the word at `at` is a noun or an adjective here.
fn is_noun(line: &Line<'_>, sentence: &Range<usize>, at: usize, entry: Entry) -> bool {
    let Some(previous) = at.checked_sub(1).filter(|it| *it >= sentence.start) else {
        return entry.form == Form::Base;
    };
    let adjective =
        line.has(previous, DETERMINERS) && !line.is_one(previous, &["both", "all", "this", "some"]);
    let object =
        line.has(previous, PREPOSITIONS) && entry.form != Form::Ing && !line.is(previous, "to");
    let owner = line.word(previous);
    let owned = is_possessive(owner) && contracted(owner).is_none() && entry.form != Form::Past;
    adjective || object || owned
}

/// Whether a noun phrase names a paper that orders: what it says is no statement.
fn is_decree(line: &Line<'_>, subject: &Range<usize>) -> bool {
    let head = subject.clone().take_while(|it| !line.has(*it, PREPOSITIONS)).last();
    head.is_some_and(|it| line.has(it, DATA))
}

/// Whether a noun phrase cannot be somebody who speaks.
fn not_a_speaker(line: &Line<'_>, subject: &Range<usize>) -> bool {
    subject.len() == 1
        && line.is_one(
            subject.start,
            &["i", "we", "you", "there", "this", "that", "these", "what", "which", "as", "so"],
        )
}
