//! Reads the paragraphs of a story one after the other: finds cues and loose quotations, and joins
//! what belongs together.

use std::ops::Range;

use super::SaidStatement;
use super::content::{Content, Field, content, is_full, stands_alone};
use super::cues::{Cue, Shape, cues};
use super::dashes;
use super::line::{Line, Token};
use super::mentions::Mentions;
use super::phrases::Phrases;
use super::speakers::{Speaker, Speakers};
use super::words::{PREPOSITIONS, is_clause, is_possessive};
use crate::annotation::StatementKind;
use crate::people::People;
use crate::text::StoryText;

/// Most tokens of "told the X news agency" behind the verb.
const AGENCY_TOKENS: usize = 8;

/// What has been read so far.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) text: &'a StoryText<'a>,
    pub(super) people: &'a People,
    pub(super) mentions: &'a Mentions<'a>,
    pub(super) speakers: Speakers<'a>,
    pub(super) said: Vec<SaidStatement>,
    /// Whether the paragraph before ended inside of a quotation that belongs to the last statement.
    open: bool,
    /// Quotations of paragraphs that end inside of them, and of which nobody is known to say them
    /// yet.
    held: Vec<Range<usize>>,
    /// A cue with a colon at the end of the paragraph before: what it announces may follow.
    announced: Option<SaidStatement>,
    /// The tokens of the paragraph before, for their memory.
    tokens: Vec<Token>,
}

impl<'a> Reader<'a> {
    pub(super) fn of(
        text: &'a StoryText<'a>,
        people: &'a People,
        mentions: &'a Mentions<'a>,
    ) -> Self {
        let speakers = Speakers::at_start(text, people);
        Self {
            text,
            people,
            mentions,
            speakers,
            said: Vec::new(),
            open: false,
            held: Vec::new(),
            announced: None,
            tokens: Vec::new(),
        }
    }

    /// Reads the paragraph at `range`; what lies before `floor` (a dateline) is not part of its
    /// first sentence.
    pub(super) fn paragraph(&mut self, range: Range<usize>, floor: usize) {
        if let Some(found) =
            dashes::quotation(self.text, self.mentions, &self.speakers, range.clone())
        {
            self.say(found);
            return;
        }
        let line = Line::reusing(self.text, range, std::mem::take(&mut self.tokens));
        let phrases = Phrases::of(&line, self.mentions);
        let first = line.token_at(floor);
        let before = self.said.len();
        let mut used = vec![false; line.tokens.len()];
        for sentence in &line.sentences {
            let sentence = sentence.start.max(first)..sentence.end;
            if sentence.is_empty() {
                continue;
            }
            self.speakers.enter(phrases, &sentence);
            self.cued(phrases, &without_agency(&line, &sentence), &mut used);
            self.loose(phrases, &sentence, &mut used, before);
            self.speakers.leave(phrases, &sentence);
        }
        self.announced = self
            .announced
            .take()
            .filter(|it| it.cue.as_ref().is_some_and(|it| line.range.start <= it.start));
        let unclosed = line.quotes.last().is_some_and(|it| !it.closed);
        self.open = unclosed && (self.open || self.said.len() > before);
        self.tokens = line.tokens;
    }

    pub(super) fn say(&mut self, mut statement: SaidStatement) {
        let speaker = Speaker { person: statement.person, range: statement.speaker.clone() };
        self.speakers.heard(&speaker);
        if statement.kind == StatementKind::Direct {
            let held = std::mem::take(&mut self.held);
            statement.content.splice(0..0, held);
        }
        self.said.push(statement);
    }

    /// The end of the story: what was left open is said by whoever spoke last.
    pub(super) fn finish(&mut self) {
        let Some(last) = self.said.last() else { return };
        let (person, speaker) = (last.person, last.speaker.clone());
        let content = std::mem::take(&mut self.held);
        if !content.is_empty() {
            self.said.push(SaidStatement {
                content,
                cue: None,
                speaker,
                person,
                kind: StatementKind::Direct,
                verb: None,
                rule: "quotation-without-cue",
            });
        }
    }

    fn cued(&mut self, phrases: Phrases<'_>, sentence: &Range<usize>, used: &mut [bool]) {
        let line = phrases.line;
        let found = cues(phrases, sentence.clone());
        let mut floor = sentence.start;
        let mut speaker = Speaker::default();
        for (index, cue) in found.iter().enumerate() {
            if used.get(cue.verb.start).copied().unwrap_or(false) {
                continue;
            }
            let own = cue.subject.clone().map(|it| match cue.shape {
                Shape::Owned => self.speakers.owner(line.span(it)),
                // "in Ket's words"
                Shape::According if is_possessive(line.word(it.end - 1)) => {
                    self.speakers.owner(line.span(it))
                }
                Shape::SubjectFirst
                | Shape::VerbFirst
                | Shape::Elided
                | Shape::Place
                | Shape::According => self.named(phrases, sentence, it),
            });
            let head = sentence.start..cue.start;
            let own = own.unwrap_or_else(|| self.elided(phrases, head, &speaker));
            speaker = own.clone();
            let rest = found.get(index + 1..).unwrap_or_default();
            let ceiling = rest.iter().find_map(|it| coordinate(line, it)).unwrap_or(sentence.end);
            let field = Field { floor, ceiling: ceiling.max(cue.after), end: sentence.end };
            let content =
                content(phrases, cue, &field).or_else(|| orphan(line, cue, sentence, used));
            let content = content.filter(|it| !retells(it, used));
            let Some(content) = content else {
                let colon = line.mark(line.tokens.len() - 1) == Some(':');
                if colon && sentence.end == line.tokens.len() {
                    self.announced = Some(statement(line, cue, &own, &Content::Quoted(Vec::new())));
                }
                continue;
            };
            if self.is_agency(line, cue) {
                floor = cue.after;
                continue;
            }
            let last = take(&content, used);
            floor = cue.after.max(last);
            self.say(statement(line, cue, &own, &content));
        }
    }

    /// Who the subject of a cue is; "who" is whoever stands before it.
    fn named(
        &self,
        phrases: Phrases<'_>,
        sentence: &Range<usize>,
        subject: Range<usize>,
    ) -> Speaker {
        let line = phrases.line;
        let found = self.speakers.resolve(line.span(subject.clone()));
        if !line.is(subject.start, "who") {
            return found;
        }
        let comma = subject.start.checked_sub(1).filter(|it| line.mark(*it) == Some(','));
        let end = comma.unwrap_or(subject.start);
        let mention = phrases.mention_before(end).map(|it| it.whole.clone());
        let before = || phrases.before(sentence.start, end).map(|it| line.span(it));
        let person = mention.or_else(before).and_then(|it| self.speakers.resolve(it).person);
        Speaker { person, ..found }
    }

    /// The subject of a cue that has none of its own: that of the cue before, else that of `head`,
    /// the sentence up to the cue.
    fn elided(&self, phrases: Phrases<'_>, head: Range<usize>, before: &Speaker) -> Speaker {
        if before.range.is_some() {
            return before.clone();
        }
        let line = phrases.line;
        let hangs = |at: usize| at > head.start && line.has(at - 1, PREPOSITIONS);
        let mut mentions = phrases.mentions_in(&head).filter(|it| !hangs(it.0));
        if let Some((_, mention)) = mentions.next() {
            return self.speakers.resolve(mention.whole.clone());
        }
        let named = head.clone().find_map(|at| phrases.after(at, head.end));
        named.map(|it| self.speakers.resolve(phrases.line.span(it))).unwrap_or_default()
    }

    /// Whether the cue only says which agency reports.
    fn is_agency(&self, line: &Line<'_>, cue: &Cue) -> bool {
        let reports = line.word(cue.verb.end - 1);
        let Some(subject) = cue.subject.clone() else { return false };
        let words = line.get(line.span(subject));
        ["reported", "reports", "informs", "informed"].contains(&reports)
            && (words.split_whitespace().any(|it| it.eq_ignore_ascii_case("agency"))
                || self.text.agency().is_some_and(|it| it.eq_ignore_ascii_case(words)))
    }

    /// Quotations that no cue took.
    fn loose(
        &mut self,
        phrases: Phrases<'_>,
        sentence: &Range<usize>,
        used: &mut [bool],
        before: usize,
    ) {
        let line = phrases.line;
        if line.quotes.is_empty() {
            return;
        }
        for at in sentence.clone() {
            let taken = used.get(at).copied().unwrap_or(true);
            let Some(quote) = line.quote(at).and_then(|it| line.quotes.get(it)) else { continue };
            if taken || !stands_alone(line, at, sentence.start) {
                continue;
            }
            let alone = sentence.clone().all(|it| !line.is_word(it));
            let here = self.said.len() > before;
            let joins = (alone && here) || (self.open && at == 0);
            if at == 0
                && let Some(mut announced) = self.announced.take()
            {
                announced.content.push(quote.inner.clone());
                self.say(announced);
            } else if let Some(last) = self.said.last_mut()
                && joins
                && last.kind == StatementKind::Direct
            {
                last.content.push(quote.inner.clone());
            } else if alone && !quote.closed {
                self.held.push(quote.inner.clone());
            } else if let Some(speaker) = self.beside(phrases, sentence, at) {
                self.say(SaidStatement {
                    content: vec![quote.inner.clone()],
                    cue: None,
                    speaker: speaker.range,
                    person: speaker.person,
                    kind: StatementKind::Direct,
                    verb: None,
                    rule: "quotation-without-cue",
                });
            }
            if let Some(it) = used.get_mut(at) {
                *it = true;
            }
        }
    }

    /// Who says a quotation without a cue: who is named beside it, else who spoke last.
    fn beside(&self, phrases: Phrases<'_>, sentence: &Range<usize>, at: usize) -> Option<Speaker> {
        let line = phrases.line;
        let words = sentence.clone().any(|it| line.is_word(it));
        if words {
            let word = (at + 1..sentence.end).find(|it| line.mark(*it).is_none());
            let behind = phrases.after(word.unwrap_or(sentence.end), sentence.end);
            let subject = behind.or_else(|| phrases.after(sentence.start, at));
            let beside = subject.map(|it| self.speakers.resolve(line.span(it)));
            if beside.as_ref().is_some_and(|it| it.person.is_some()) {
                return beside;
            }
            let mention = phrases.mentions_in(sentence).next();
            return mention.map(|it| self.speakers.resolve(it.1.whole.clone())).or(beside);
        }
        let here = self
            .said
            .last()
            .is_some_and(|it| it.content.iter().any(|it| line.range.contains(&it.start)));
        if !here
            && sentence.start > 0
            && let Some(subject) = self.speakers.subject()
        {
            return Some(subject.clone());
        }
        let last = self.said.last()?;
        if self.speakers.focus() == last.person || last.person.is_none() {
            return Some(Speaker { person: last.person, range: last.speaker.clone() });
        }
        Some(Speaker { person: self.speakers.focus(), range: None })
    }
}

/// `sentence` without ", an agency has learned" and its like at its end.
fn without_agency(line: &Line<'_>, sentence: &Range<usize>) -> Range<usize> {
    let learned = (sentence.start..sentence.end)
        .rev()
        .take(3)
        .any(|it| line.is(it, "learned") && line.is_one(it.saturating_sub(1), &["has", "have"]));
    if !learned {
        return sentence.clone();
    }
    let comma = sentence.clone().rev().find(|it| line.mark(*it) == Some(','));
    comma.map_or_else(|| sentence.clone(), |comma| sentence.start..comma)
}

/// Where the content of an earlier cue ends because `cue` goes on beside it, not inside of it.
fn coordinate(line: &Line<'_>, cue: &Cue) -> Option<usize> {
    let before = cue.start.checked_sub(1)?;
    let joined = line.is_one(before, &["and", "but", "while", "as", "then"]);
    let comma = line.mark(before).is_some_and(|it| matches!(it, ',' | ';'));
    let behind = joined && before.checked_sub(1).is_some_and(|it| line.mark(it).is_some());
    match cue.shape {
        Shape::Elided if line.quote(before).is_some() => Some(cue.start),
        Shape::Elided => (joined || comma).then_some(if behind { before - 1 } else { before }),
        Shape::SubjectFirst => {
            let parted = line.mark(before) == Some(';') || announces(line, cue.after);
            if behind { Some(before - 1) } else { parted.then_some(before + usize::from(!comma)) }
        }
        Shape::VerbFirst => {
            let quote = if comma { before.checked_sub(1)? } else { before };
            line.quote(quote).map(|_| quote)
        }
        Shape::Place | Shape::Owned | Shape::According => None,
    }
}

/// Whether a comma or colon at `after` announces a quotation that stands alone.
fn announces(line: &Line<'_>, after: usize) -> bool {
    let marked = line.mark(after).is_some_and(|it| matches!(it, ',' | ':'));
    marked && is_full(line, after + 1)
}

/// What stands right before a sentence of nothing but a cue: `“Why?” Orlin asked.`, `Drills began.
/// The ministry reported.`
fn orphan(line: &Line<'_>, cue: &Cue, sentence: &Range<usize>, used: &[bool]) -> Option<Content> {
    let rest = cue.after.min(sentence.end)..sentence.end;
    let agency = rest.len() <= AGENCY_TOKENS && rest.clone().any(|it| line.is(it, "agency"));
    let short = cue.start == sentence.start && (rest.len() <= 3 || agency);
    let before = sentence.start.checked_sub(1)?;
    let free = !used.get(before).copied().unwrap_or(true);
    if short && free && line.quote(before).is_some() && is_full(line, before) {
        return Some(Content::Quoted(vec![before]));
    }
    let bare = cue.shape == Shape::SubjectFirst && (rest.len() <= 1 || agency);
    let told = line.sentences.iter().find(|it| it.end == sentence.start)?;
    let untold = used.get(told.clone())?.iter().all(|it| !it);
    let plain = told.clone().all(|it| line.quote(it).is_none());
    let stop = told.end.checked_sub(1).filter(|it| line.mark(*it) == Some('.'))?;
    let says = is_clause(line, told.clone());
    let content = std::iter::once(told.start..stop).collect();
    (short && bare && untold && plain && says)
        .then_some(Content::Reported(content, "sentence-before"))
}

/// Whether `content` is a part of a sentence in which something else was found to be said.
fn retells(content: &Content, used: &[bool]) -> bool {
    match content {
        Content::Quoted(_) => false,
        Content::Reported(ranges, _) => {
            let taken =
                |it: &Range<usize>| used.get(it.clone()).is_some_and(|it| it.contains(&true));
            ranges.iter().any(taken)
        }
    }
}

/// Marks what `content` covers; gives the token behind it.
fn take(content: &Content, used: &mut [bool]) -> usize {
    let mut mark = |range: Range<usize>| {
        used.get_mut(range.clone()).into_iter().flatten().for_each(|it| *it = true);
        range.end
    };
    match content {
        Content::Quoted(quotes) => quotes.iter().map(|it| mark(*it..*it + 1)).max().unwrap_or(0),
        Content::Reported(ranges, _) => ranges.iter().map(|it| mark(it.clone())).max().unwrap_or(0),
    }
}

fn statement(line: &Line<'_>, cue: &Cue, speaker: &Speaker, content: &Content) -> SaidStatement {
    let inner = |at: &usize| {
        let quote = line.quote(*at).and_then(|it| line.quotes.get(it));
        quote.map_or_else(|| line.span(*at..*at + 1), |it| it.inner.clone())
    };
    let (content, kind, rule) = match content {
        Content::Quoted(quotes) => {
            (quotes.iter().map(inner).collect(), StatementKind::Direct, "quotation")
        }
        Content::Reported(ranges, rule) => {
            let spans = ranges.iter().map(|it| line.span(it.clone())).collect();
            (spans, StatementKind::Indirect, *rule)
        }
    };
    let span = line.span(cue.verb.clone());
    SaidStatement {
        content,
        verb: Some(line.get(span.clone()).to_owned()),
        cue: Some(span),
        speaker: speaker.range.clone(),
        person: speaker.person,
        kind,
        rule,
    }
}
