//! The words by which a sentence says that somebody said something: a verb of speech with its subject, or
//! "according to" and its like.

use std::ops::Range;

use super::lexicon::{Entry, Form, Frame, STANCES, entries};
use super::line::Line;
use super::phrases::Phrases;
use super::words::{
    BE, BODIES, BOUNDARIES, Contracted, DATA, DETERMINERS, DO, HAVE, MODALS, NEGATIONS,
    PREPOSITIONS, contracted, is_adverb, is_possessive,
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
    for at in sentence.clone() {
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

/// "Ket's claim that": a noun for what somebody says, who owns it, and a clause.
fn owned(phrases: Phrases<'_>, sentence: &Range<usize>, at: usize) -> Option<Cue> {
    let line = phrases.line;
    let owner = at.checked_sub(1).filter(|it| *it >= sentence.start)?;
    if !line.is_one(at, REPORTS) || !line.is(at + 1, "that") {
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

/// Nouns for what somebody says.
const REPORTS: &[&str] = &[
    "claim",
    "claims",
    "assertion",
    "assertions",
    "statement",
    "argument",
    "suggestion",
    "allegation",
    "allegations",
    "warning",
    "promise",
    "pledge",
    "vow",
    "contention",
    "insistence",
    "admission",
    "accusation",
    "announcement",
    "remark",
    "comment",
    "comments",
    "remarks",
    "declaration",
    "prediction",
    "complaint",
    "assurance",
    "assurances",
    "conviction",
    "view",
    "opinion",
];

fn according(phrases: Phrases<'_>, sentence: &Range<usize>, at: usize) -> Option<Cue> {
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
        let named = phrases
            .after(object, sentence.end)
            .or_else(|| plain_noun(line, object, sentence.end))?;
        let head = named
            .clone()
            .take_while(|it| *it == named.start || !line.is_one(*it, PREPOSITIONS))
            .last();
        let data = head.is_some_and(|it| line.is_one(it, DATA));
        return (!data).then(|| cue(at..object, named));
    }
    if line.is(at, "in") && line.is_one(at + 1, &["his", "her", "their"]) {
        let noun = at + 2;
        let opinion = line.is_one(noun, &["words", "opinion", "view"]);
        return opinion.then(|| cue(at..noun + 1, at + 1..noun));
    }
    if line.is(at, "in") && line.is(at + 1, "the") && line.is_one(at + 2, &["words", "opinion"]) {
        let subject = phrases.after(at + 4, sentence.end).filter(|_| line.is(at + 3, "of"))?;
        return Some(cue(at..at + 4, subject));
    }
    None
}

/// A noun phrase without article: "according to experts", "according to preliminary figures".
fn plain_noun(line: &Line<'_>, start: usize, ceiling: usize) -> Option<Range<usize>> {
    let stops = |at: &usize| {
        !line.is_word(*at) || line.is_one(*at, BOUNDARIES) || line.is_one(*at, PREPOSITIONS)
    };
    let end = (start..ceiling).find(stops).unwrap_or(ceiling);
    (start < end).then_some(start..end)
}

fn spoken(phrases: Phrases<'_>, sentence: &Range<usize>, at: usize) -> Option<Cue> {
    let line = phrases.line;
    let (entry, verb_end) = verb_at(line, sentence, at)?;
    if is_noun(line, sentence, at, entry) {
        return None;
    }
    let group = Group::read(line, sentence, at, entry.form);
    if !group.allows(line, entry) {
        return None;
    }
    let shown = if group.perfect { group.start } else { at };
    let cue = |subject: Option<Range<usize>>, shape: Shape, after: usize| Cue {
        verb: shown..verb_end,
        frame: entry.frame,
        start: subject.as_ref().map_or(group.start, |it| it.start.min(group.start)),
        subject,
        shape,
        after,
    };
    let previous = group.start.checked_sub(1).filter(|it| *it >= sentence.start);
    let behind_quote = previous.is_some_and(|it| line.quote(it).is_some());
    let behind_comma = previous.is_some_and(|it| line.mark(it) == Some(','));
    let place = (behind_comma || behind_quote)
        .then(|| place_after(phrases, verb_end, sentence.end))
        .flatten()
        .filter(|_| entry.frame.has(Frame::QUOTE) || entry.frame.has(Frame::THAT));
    if let Some(place) = place {
        let after = place.end;
        return Some(cue(Some(place), Shape::Place, after));
    }
    if !behind_quote
        && !participle(entry, &group)
        && let Some(subject) = phrases.before(sentence.start, group.start)
        && !not_a_speaker(line, &subject)
    {
        return Some(cue(Some(subject), Shape::SubjectFirst, verb_end));
    }
    let finite = !participle(entry, &group);
    if finite
        && (behind_quote || behind_comma || previous.is_none())
        && entry.frame.has(Frame::QUOTE)
    {
        if let Some(subject) = phrases.after(verb_end, sentence.end) {
            let after = subject.end;
            return Some(cue(Some(subject), Shape::VerbFirst, after));
        }
    }
    let joined = previous.is_some_and(|it| line.is_one(it, &["and", "but", "then", "or"]));
    let hung = participle(entry, &group)
        && (behind_comma
            || behind_quote
            || joined
            || (entry.frame.has(Frame::THAT) && line.is(verb_end, "that"))
            || previous.is_some_and(|it| line.is_one(it, &["by", "as"])));
    let elided = (joined && finite) || hung || (finite && behind_quote);
    elided.then(|| cue(None, Shape::Elided, verb_end))
}

/// The body or paper in which something is said: "emphasized in the press service". It ends the sentence.
fn place_after(phrases: Phrases<'_>, verb_end: usize, ceiling: usize) -> Option<Range<usize>> {
    let line = phrases.line;
    let place = phrases
        .after(verb_end + 1, ceiling)
        .filter(|_| line.is_one(verb_end, &["in", "by", "at"]))?;
    let body = place.clone().any(|it| line.is_one(it, BODIES));
    (body && place.end + 1 >= ceiling).then_some(place)
}

/// The entry of the verb at `at` and the token behind its particle.
fn verb_at(line: &Line<'_>, sentence: &Range<usize>, at: usize) -> Option<(Entry, usize)> {
    let word = line.word(at);
    if STANCES.contains(&word) {
        let be = at > sentence.start
            && (1..3).any(|back| at >= sentence.start + back && line.is_one(at - back, BE));
        let frame = Frame::THAT;
        return be.then_some((Entry { form: Form::Past, frame, particle: "" }, at + 1));
    }
    let lower;
    let word = if at == sentence.start && line.is_capital(at) {
        lower = word.to_lowercase();
        lower.as_str()
    } else {
        word
    };
    let fits = |it: &&Entry| it.particle.is_empty() || line.is(at + 1, it.particle);
    let entry = entries(word).iter().find(fits)?;
    Some((*entry, at + 1 + usize::from(!entry.particle.is_empty())))
}

/// Whether the word at `at` is a noun or an adjective here.
fn is_noun(line: &Line<'_>, sentence: &Range<usize>, at: usize, entry: Entry) -> bool {
    let Some(previous) = at.checked_sub(1).filter(|it| *it >= sentence.start) else {
        return entry.form == Form::Base;
    };
    let adjective = line.is_one(previous, DETERMINERS)
        && !line.is_one(previous, &["both", "all", "this", "some"]);
    let object =
        line.is_one(previous, PREPOSITIONS) && entry.form != Form::Ing && !line.is(previous, "to");
    let owner = line.word(previous);
    let owned = is_possessive(owner) && contracted(owner).is_none() && entry.form != Form::Past;
    adjective || object || owned
}

fn participle(entry: Entry, group: &Group) -> bool {
    entry.form == Form::Ing && !group.be
}

/// The words between a subject and its verb.
struct Group {
    start: usize,
    perfect: bool,
    be: bool,
    does: bool,
    modal: bool,
    to: bool,
    negated: bool,
}

impl Group {
    fn contracted(&mut self, auxiliary: Contracted, form: Form) {
        match auxiliary {
            Contracted::IsOrHas if form == Form::Ing => self.be = true,
            Contracted::Are => self.be = true,
            Contracted::IsOrHas | Contracted::Have | Contracted::HadOrWould => {
                self.perfect = form == Form::Past;
                self.modal = form == Form::Base;
            }
            Contracted::Will => self.modal = true,
        }
    }

    fn read(line: &Line<'_>, sentence: &Range<usize>, at: usize, form: Form) -> Self {
        let mut group = Self {
            start: at,
            perfect: false,
            be: false,
            does: false,
            modal: false,
            to: false,
            negated: false,
        };
        while group.start > sentence.start {
            let before = group.start - 1;
            group.negated |=
                line.is_one(before, NEGATIONS) || line.is_one(before, &["declined", "refused"]);
            if let Some((_, auxiliary)) = contracted(line.word(before)) {
                group.contracted(auxiliary, form);
                break;
            }
            if line.is_one(before, HAVE) {
                group.perfect = true;
            } else if line.is_one(before, BE) {
                group.be = true;
            } else if line.is_one(before, DO) {
                group.does = true;
            } else if line.is_one(before, MODALS) {
                group.modal = true;
            } else if line.is(before, "to") && group.start == at {
                group.to = true;
            } else if !is_adverb(line.word(before)) || line.is_capital(before) {
                break;
            }
            group.start = before;
        }
        group
    }

    /// Whether a verb of this form can be a report behind these words.
    fn allows(&self, line: &Line<'_>, entry: Entry) -> bool {
        if self.negated || self.to || self.modal {
            return false;
        }
        let stance = entry.frame == Frame::THAT && entry.form == Form::Past;
        match entry.form {
            Form::Past => !self.be || stance,
            Form::Base => {
                self.does || self.start.checked_sub(1).is_some_and(|it| is_plural(line, it))
            }
            Form::Third => !self.be && !self.perfect && !self.does,
            Form::Ing => true,
        }
    }
}

fn is_plural(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    line.is_one(at, &["they", "people", "who", "men", "women", "police"])
        || (word.ends_with('s') && !word.ends_with("ss") && !is_possessive(word) && word.len() > 3)
}

/// Whether a noun phrase cannot be somebody who speaks.
fn not_a_speaker(line: &Line<'_>, subject: &Range<usize>) -> bool {
    subject.len() == 1
        && line.is_one(
            subject.start,
            &["i", "we", "you", "there", "this", "that", "these", "what", "which", "as", "so"],
        )
}
