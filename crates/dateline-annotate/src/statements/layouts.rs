//! Stories whose layout says who speaks: the text of a speech, the turns of a transcript, the dashes of an
//! interview. Every other paragraph is read for cues.

use std::ops::Range;

use dateline_event::story::StoryRole;

use super::SaidStatement;
use super::dashes::behind_dash;
use super::reader::Reader;
use super::speakers::Speaker;
use crate::annotation::StatementKind;
use crate::text::{Paragraph, StoryText};

/// A transcript has at least so many turns, an interview so many lines with a dash.
const TURNS: usize = 2;
/// The words before the colon of a turn are at most so many.
const NAME_WORDS: usize = 14;

/// Reads the body into `reader`.
pub(super) fn read(reader: &mut Reader<'_>) {
    let text = reader.text;
    let body: Vec<Paragraph> =
        text.paragraphs().iter().filter(|it| !it.is_title).cloned().collect();
    let Some(first) = body.first() else { return };
    let floor = text.dateline_end().unwrap_or(first.range.start);
    let plain = |reader: &mut Reader<'_>, paragraphs: &[Paragraph]| {
        for it in paragraphs {
            reader.paragraph(it.range.clone(), floor);
        }
    };
    if let Some((start, speaker)) = speech(reader, &body) {
        let before: Vec<_> = body.iter().filter(|it| it.range.end <= start).cloned().collect();
        plain(reader, &before);
        let end = body.last().map_or(start, |it| it.range.end);
        reader.say(spoken(speaker, vec![start..end], "speech"));
        return;
    }
    let turns: Vec<Option<Turn>> = body.iter().map(|it| turn(reader, it)).collect();
    if turns.iter().flatten().count() >= TURNS {
        return transcript(reader, &body, turns, plain);
    }
    if is_interview(text, &body) {
        return interview(reader, &body, plain);
    }
    plain(reader, &body);
}

fn spoken(speaker: Speaker, content: Vec<Range<usize>>, rule: &'static str) -> SaidStatement {
    SaidStatement {
        content,
        cue: None,
        speaker: speaker.range,
        person: speaker.person,
        kind: StatementKind::Direct,
        verb: None,
        rule,
    }
}

/// Where a speech starts and who gives it, if the story is the text of one.
fn speech(reader: &Reader<'_>, body: &[Paragraph]) -> Option<(usize, Speaker)> {
    let text = reader.text;
    let announced = body.iter().position(|it| {
        let words = text.get(it.range.clone());
        words.ends_with(':') && announces_speech(words)
    });
    let titled = text.paragraphs().iter().find(|it| it.is_title);
    let titled = titled.filter(|it| announces_speech(text.get(it.range.clone())));
    let from = announced.map_or(0, |it| it + 1);
    if announced.is_none() && titled.is_none() && !is_first_person_teaser(text, body) {
        return None;
    }
    let address = |it: &&Paragraph| is_address(text.get(it.range.clone()));
    let own = |it: &&Paragraph| is_first_person(text.get(it.range.clone()));
    let rest = body.get(from..)?;
    let start = rest.iter().find(|it| address(it) || own(it))?.range.start;
    let place = announced.and_then(|it| body.get(it)).or(titled).map(|it| it.range.clone());
    let speaker = place.and_then(|range| named(reader, &range));
    let lead = || announced.and_then(|_| named(reader, &body.first()?.range));
    Some((start, speaker.or_else(lead).unwrap_or_default()))
}

/// The first person named in `range`.
fn named(reader: &Reader<'_>, range: &Range<usize>) -> Option<Speaker> {
    let inside = |it: &&crate::people::Mention| {
        range.start <= it.range.start && it.range.end <= range.end && it.person.is_some()
    };
    let mention = reader.people.mentions.iter().find(inside)?;
    Some(Speaker { person: mention.person, range: Some(mention.whole.clone()) })
}

fn announces_speech(words: &str) -> bool {
    const NOUNS: &[&str] = &["speech", "address", "remarks", "statement", "message", "greeting"];
    let lower = words.to_lowercase();
    let text_of = ["text of the ", "transcript of the ", "full text of "];
    NOUNS.iter().any(|noun| {
        let by = format!("{noun} by ");
        let of = format!("{noun} of ");
        let opens =
            lower.starts_with(&by) || lower.starts_with(&of) || lower.contains(&format!(" {by}"));
        opens || text_of.iter().any(|it| lower.contains(&format!("{it}{noun}")))
    })
}

fn is_address(words: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "dear ",
        "mr ",
        "mr. ",
        "mrs ",
        "mrs. ",
        "madam",
        "ladies and",
        "distinguished",
        "esteemed",
        "excellenc",
        "your ",
        "colleagues",
        "friends",
        "respected",
        "fellow ",
        "comrades",
    ];
    let lower = words.to_lowercase();
    let short = lower.split_whitespace().count() <= 30;
    short
        && OPENINGS.iter().any(|it| lower.starts_with(it))
        && lower.ends_with(['!', ',', '.', ':'])
}

/// Whether `words` are said by somebody of themselves, and not in quotation marks. An initial is no pronoun.
fn is_first_person(words: &str) -> bool {
    let bare = |it: &str| {
        let it = it.trim_end_matches([',', ';', '!', '?', ':']);
        matches!(it, "I" | "me" | "my" | "My" | "myself" | "I'm" | "I’m" | "I've" | "I’ve")
    };
    !words.contains(['"', '“', '«', '„']) && words.split_whitespace().any(bare)
}

/// Whether a teaser prints the first words of a speech: its first sentence is in the first person.
fn is_first_person_teaser(text: &StoryText<'_>, body: &[Paragraph]) -> bool {
    let first = body.first().and_then(|it| it.sentences.first());
    text.role() == StoryRole::Teaser
        && first.is_some_and(|it| {
            let words = text.get(it.clone());
            is_address(words) || is_first_person(words)
        })
}

/// The start of a turn: who takes it, and where the words start.
#[derive(Debug, Clone)]
enum Turn {
    Speaks(Speaker, usize),
    /// "Question:", and whoever asks.
    Asks,
    Answers(usize),
}

fn turn(reader: &Reader<'_>, paragraph: &Paragraph) -> Option<Turn> {
    let words = reader.text.get(paragraph.range.clone());
    let (name, said) = words.split_once(':')?;
    let start = paragraph.range.end - said.trim_start().len();
    let name = name.trim_matches(|it: char| !it.is_alphanumeric() && it != '.');
    if said.trim().is_empty() || name.is_empty() {
        return None;
    }
    if ["question", "q", "reporter", "journalist"].iter().any(|it| name.eq_ignore_ascii_case(it)) {
        return Some(Turn::Asks);
    }
    if ["answer", "a"].iter().any(|it| name.eq_ignore_ascii_case(it)) {
        return Some(Turn::Answers(start));
    }
    let range = paragraph.range.start..paragraph.range.start + words.find(':')?;
    let short = name.split_whitespace().count() <= NAME_WORDS;
    let mention = reader.people.mentions.iter().find(|it| {
        range.start <= it.whole.start && it.range.end <= range.end && it.range.end + 2 >= range.end
    });
    let shouted = name.split_whitespace().count() <= 3
        && name.chars().filter(|it| it.is_alphabetic()).count() >= 3
        && !name.chars().any(char::is_lowercase);
    if !short
        || (mention.is_none() && !shouted)
        || name.contains(['“', '"', ',', ';']) && mention.is_none()
    {
        return None;
    }
    let person = mention.and_then(|it| it.person);
    Some(Turn::Speaks(Speaker { person, range: Some(range) }, start))
}

fn transcript(
    reader: &mut Reader<'_>,
    body: &[Paragraph],
    turns: Vec<Option<Turn>>,
    plain: impl Fn(&mut Reader<'_>, &[Paragraph]),
) {
    let first = turns.iter().position(Option::is_some).unwrap_or(body.len());
    plain(reader, body.get(..first).unwrap_or_default());
    let interviewee = interviewee(reader, body);
    let mut open: Option<SaidStatement> = None;
    for (paragraph, turn) in body.iter().zip(turns).skip(first) {
        let range = paragraph.range.clone();
        match turn {
            None => {
                let last = open.as_mut().and_then(|it| it.content.last_mut());
                if let Some(last) = last.filter(|_| has_words(reader.text.get(range.clone()))) {
                    last.end = range.end;
                }
                continue;
            }
            Some(next) => {
                open.take().into_iter().for_each(|it| reader.say(it));
                open = match next {
                    Turn::Asks => None,
                    Turn::Speaks(speaker, start) => {
                        Some(spoken(speaker, vec![start..range.end], "transcript-turn"))
                    }
                    Turn::Answers(start) => {
                        Some(spoken(interviewee.clone(), vec![start..range.end], "transcript-turn"))
                    }
                };
            }
        }
    }
    open.into_iter().for_each(|it| reader.say(it));
}

fn has_words(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

fn is_interview(text: &StoryText<'_>, body: &[Paragraph]) -> bool {
    let dashed: Vec<&Paragraph> =
        body.iter().filter(|it| behind_dash(text.as_str(), it.range.clone()).is_some()).collect();
    let asked = dashed.iter().filter(|it| asks(text, it)).count();
    dashed.len() >= TURNS && asked >= 1 && asked < dashed.len()
}

fn asks(text: &StoryText<'_>, paragraph: &Paragraph) -> bool {
    text.get(paragraph.range.clone()).ends_with('?')
}

/// Whom an interview is with: the first person of the headline, else of the lead.
fn interviewee(reader: &Reader<'_>, body: &[Paragraph]) -> Speaker {
    let title = reader.text.paragraphs().iter().find(|it| it.is_title).map(|it| it.range.clone());
    let lead = body.first().map(|it| it.range.clone());
    title.into_iter().chain(lead).find_map(|it| named(reader, &it)).unwrap_or_default()
}

fn interview(
    reader: &mut Reader<'_>,
    body: &[Paragraph],
    plain: impl Fn(&mut Reader<'_>, &[Paragraph]),
) {
    let text = reader.text;
    let dash = |it: &Paragraph| behind_dash(text.as_str(), it.range.clone());
    let first = body.iter().position(|it| dash(it).is_some()).unwrap_or(body.len());
    plain(reader, body.get(..first).unwrap_or_default());
    let speaker = interviewee(reader, body);
    let mut open: Option<SaidStatement> = None;
    for paragraph in body.iter().skip(first) {
        let Some(start) = dash(paragraph) else {
            if let Some(last) = open.as_mut().and_then(|it| it.content.last_mut()) {
                last.end = paragraph.range.end;
            }
            continue;
        };
        open.take().into_iter().for_each(|it| reader.say(it));
        let answers = !asks(text, paragraph);
        open = answers
            .then(|| spoken(speaker.clone(), vec![start..paragraph.range.end], "interview-answer"));
    }
    open.into_iter().for_each(|it| reader.say(it));
}
