//! The turns of a transcript ("Ket: Good afternoon.") and the questions and answers of an
//! interview, which dashes open.

use super::SaidStatement;
use super::dashes::behind_dash;
use super::layouts::{persons_in, spoken};
use super::reader::Reader;
use super::speakers::Speaker;
use crate::people::{JOURNALISTS, Mention};
use crate::text::{Paragraph, StoryText};
use crate::tokens::Kind;

/// A transcript has at least so many turns, an interview so many lines with a dash.
const TURNS: usize = 2;
/// The words before the colon of a turn are at most so many.
const NAME_WORDS: usize = 14;
/// The same where nobody known is named, and the words are in capitals.
const CAPITAL_WORDS: usize = 3;

/// Who asks in a transcript.
const ASKERS: &[&str] = &[
    "question",
    "q",
    "reporter",
    "correspondent",
    "journalist",
    "moderator",
    "host",
    "presenter",
    "anchor",
    "interviewer",
];

/// What a paragraph starts.
#[derive(Debug, Clone)]
pub(super) enum Turn {
    /// A question of whoever asks.
    Asks,
    /// Words of a speaker, from a byte of the text on, and the rule that found them.
    Speaks(Speaker, usize, &'static str),
}

impl Turn {
    /// The statement that it starts, up to the end of its first paragraph.
    pub(super) fn said(self, end: usize) -> Option<SaidStatement> {
        match self {
            Self::Asks => None,
            Self::Speaks(speaker, start, rule) => Some(spoken(speaker, start..end, rule)),
        }
    }
}

/// The turn that each paragraph starts; none at all where the story is neither transcript nor
/// interview.
pub(super) fn find(reader: &Reader<'_>, body: &[Paragraph]) -> Vec<Option<Turn>> {
    let answers = interviewee(reader, body);
    let names = repeated_names(reader.text, body);
    let turn = |it: &Paragraph| turn(reader, it, &answers, &names);
    let turns: Vec<Option<Turn>> = body.iter().map(turn).collect();
    if turns.iter().flatten().count() >= TURNS {
        return turns;
    }
    if is_interview(reader.text, body) {
        return body.iter().map(|it| dashed(reader.text, it, &answers)).collect();
    }
    vec![None; body.len()]
}

/// Whom an interview is with: the first person of the headline, else of the lead, who is no journalist.
fn interviewee(reader: &Reader<'_>, body: &[Paragraph]) -> Speaker {
    let title = reader.text.paragraphs().iter().find(|it| it.is_title);
    let lead = body.first();
    let named = |it: &Paragraph| {
        let answers = |it: &&Mention| !is_journalist(reader.text, it);
        let mention = persons_in(reader, &it.range).find(answers)?;
        Some(Speaker { person: mention.person, range: Some(mention.whole.clone()) })
    };
    title.into_iter().chain(lead).find_map(named).unwrap_or_default()
}

/// Whether the words before a name say that its bearer asks for a living: "correspondent X", "interviewed by X".
fn is_journalist(text: &StoryText<'_>, mention: &Mention) -> bool {
    const NEAR: usize = 4;
    let tokens = text.tokens();
    let name = tokens.first_at_byte(mention.range.start);
    let before = (name.saturating_sub(NEAR)..name).rev();
    before.take_while(|it| tokens.kind(*it) != Kind::Break).any(|it| {
        tokens.class(it).meets(JOURNALISTS) || matches!(tokens.low(it), "editor" | "interviewed")
    })
}

/// The names of two or three words, each with a capital, that stand before the colon of several paragraphs.
fn repeated_names<'t>(text: &'t StoryText<'_>, body: &[Paragraph]) -> Vec<&'t str> {
    let is_name = |it: &&str| {
        let words = || it.split(' ');
        let is_word = |it: &str| {
            it.starts_with(char::is_uppercase)
                && it.chars().all(|it| it.is_alphabetic() || "-'’.".contains(it))
        };
        (2..=3).contains(&words().count()) && words().all(is_word)
    };
    let labels = body.iter().filter_map(|it| text.get(it.range.clone()).split_once(':'));
    let mut names: Vec<&str> = labels.map(|it| it.0).filter(is_name).collect();
    names.sort_unstable();
    let groups = names.chunk_by(|one, other| one == other).filter(|it| it.len() >= TURNS);
    groups.filter_map(|it| it.first().copied()).collect()
}

fn turn(
    reader: &Reader<'_>,
    paragraph: &Paragraph,
    answers: &Speaker,
    names: &[&str],
) -> Option<Turn> {
    const RULE: &str = "transcript-turn";
    let words = reader.text.get(paragraph.range.clone());
    let (name, said) = words.split_once(':')?;
    let start = paragraph.range.end - said.trim_start().len();
    let range = paragraph.range.start..paragraph.range.start + name.len();
    let name = name.trim_matches(|it: char| !it.is_alphanumeric() && it != '.');
    // "Question (PolTA)": who asks is no part of the word.
    let label = name.split_once(" (").map_or(name, |it| it.0);
    let is = |words: &[&str]| words.iter().any(|it| label.eq_ignore_ascii_case(it));
    if said.trim().is_empty() || name.is_empty() {
        return None;
    }
    let bodies = &reader.people.organisations;
    let place = bodies.partition_point(|it| it.range.start < range.start);
    let body = bodies.get(place).is_some_and(|it| it.range == range);
    if body || is(ASKERS) {
        return Some(Turn::Asks);
    }
    if is(&["answer", "a"]) {
        return Some(Turn::Speaks(answers.clone(), start, RULE));
    }
    let mention = reader.mentions.touching(&range).iter().find(|it| {
        let inside = range.start <= it.whole.start && it.range.end <= range.end;
        inside && (it.whole.end.max(it.range.end) + 2 >= range.end || is_shouted(name))
    });
    let count = name.split_whitespace().count();
    let fits = match mention {
        Some(_) => count <= NAME_WORDS,
        None => count <= CAPITAL_WORDS && is_shouted(name) || names.contains(&name),
    };
    let person = mention.and_then(|it| it.person);
    fits.then_some(Turn::Speaks(Speaker { person, range: Some(range) }, start, RULE))
}

/// Whether `name` is a name in capitals.
fn is_shouted(name: &str) -> bool {
    name.chars().filter(|it| it.is_uppercase()).count() >= 3
        && name.chars().all(|it| it.is_uppercase() || it.is_whitespace() || ".,-'’".contains(it))
}

fn is_interview(text: &StoryText<'_>, body: &[Paragraph]) -> bool {
    let opened = |it: &&Paragraph| behind_dash(text.as_str(), it.range.clone()).is_some();
    let dashed: Vec<&Paragraph> = body.iter().filter(opened).collect();
    let asked = dashed.iter().filter(|it| asks(text, it)).count();
    dashed.len() >= TURNS && asked >= 1 && asked < dashed.len()
}

fn dashed(text: &StoryText<'_>, paragraph: &Paragraph, answers: &Speaker) -> Option<Turn> {
    let start = behind_dash(text.as_str(), paragraph.range.clone())?;
    Some(if asks(text, paragraph) {
        Turn::Asks
    } else {
        Turn::Speaks(answers.clone(), start, "interview-answer")
    })
}

fn asks(text: &StoryText<'_>, paragraph: &Paragraph) -> bool {
    text.get(paragraph.range.clone()).ends_with('?')
}
