//! Stories whose layout says who speaks: the text of a speech, the turns of a transcript, the
//! answers of an interview. Every other paragraph is read for cues.

use std::ops::Range;

use super::SaidStatement;
use super::reader::Reader;
use super::speakers::Speaker;
use super::{speech, turns};
use crate::annotation::StatementKind;
use crate::people::Mention;
use crate::text::Paragraph;

/// Reads the body into `reader`.
pub(super) fn read(reader: &mut Reader<'_>) {
    let text = reader.text;
    let body: Vec<Paragraph> =
        text.paragraphs().iter().filter(|it| !it.is_title).cloned().collect();
    let (Some(first), Some(last)) = (body.first(), body.last()) else { return };
    let floor = text.dateline_end().unwrap_or(first.range.start);
    if let Some((start, speaker)) = speech::find(reader, &body) {
        let before = body.partition_point(|it| it.range.end <= start);
        plain(reader, body.get(..before).unwrap_or_default(), floor);
        let turns = turns::find(reader, &body);
        // Questions may follow a speech, as in a briefing.
        let asked = (before + 1..body.len()).find(|it| turns.get(*it).is_some_and(Option::is_some));
        let asked = asked.filter(|_| turns.get(before).is_some_and(Option::is_none));
        let end = asked.and_then(|it| body.get(it - 1)).unwrap_or(last).range.end;
        reader.say(spoken(speaker, start..end, "speech"));
        dialogue(reader, &body, turns, asked.unwrap_or(body.len()));
        return;
    }
    let turns = turns::find(reader, &body);
    let first = turns.iter().position(Option::is_some).unwrap_or(body.len());
    plain(reader, body.get(..first).unwrap_or_default(), floor);
    dialogue(reader, &body, turns, first);
}

/// Reads the turns from paragraph `first` on.
fn dialogue(
    reader: &mut Reader<'_>,
    body: &[Paragraph],
    turns: Vec<Option<turns::Turn>>,
    first: usize,
) {
    let text = reader.text;
    let mut open: Option<SaidStatement> = None;
    for (paragraph, turn) in body.iter().zip(turns).skip(first) {
        let range = paragraph.range.clone();
        if let Some(turn) = turn {
            if let Some(ended) = open.take() {
                reader.say(ended);
            }
            open = turn.said(range.end);
        } else if let Some(content) = open.as_mut().and_then(|it| it.content.last_mut())
            && text.get(range.clone()).contains(char::is_alphanumeric)
        {
            content.end = range.end;
        }
    }
    if let Some(ended) = open {
        reader.say(ended);
    }
}

fn plain(reader: &mut Reader<'_>, paragraphs: &[Paragraph], floor: usize) {
    for it in paragraphs {
        reader.paragraph(it.range.clone(), floor);
    }
}

/// A direct statement without a cue.
pub(super) fn spoken(speaker: Speaker, content: Range<usize>, rule: &'static str) -> SaidStatement {
    SaidStatement {
        content: std::iter::once(content).collect(),
        cue: None,
        speaker: speaker.range,
        person: speaker.person,
        kind: StatementKind::Direct,
        verb: None,
        rule,
    }
}

/// The mentions of persons in `range`.
pub(super) fn persons_in<'a>(
    reader: &Reader<'a>,
    range: &Range<usize>,
) -> impl Iterator<Item = &'a Mention> {
    let range = range.clone();
    reader.mentions.touching(&range).iter().filter(move |it| {
        range.start <= it.range.start && it.range.end <= range.end && it.person.is_some()
    })
}

/// The first person named in `range`.
pub(super) fn named(reader: &Reader<'_>, range: &Range<usize>) -> Option<Speaker> {
    let mention = persons_in(reader, range).next()?;
    Some(Speaker { person: mention.person, range: Some(mention.whole.clone()) })
}
