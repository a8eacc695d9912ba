//! A paragraph that a dash opens and whose cue stands between commas: "- We agreed, said Ket. - The
//! rest is paper."

use std::ops::Range;

use super::SaidStatement;
use super::cues::{Shape, cues};
use super::line::Line;
use super::mentions::Mentions;
use super::phrases::Phrases;
use super::speakers::Speakers;
use crate::annotation::StatementKind;
use crate::text::StoryText;

/// The statement of the paragraph at `range`, if a dash opens it and a cue closes one of its
/// sentences.
pub(super) fn quotation(
    text: &StoryText<'_>,
    mentions: &Mentions<'_>,
    speakers: &Speakers<'_>,
    range: Range<usize>,
) -> Option<SaidStatement> {
    let start = behind_dash(text.as_str(), range.clone())?;
    let line = Line::of(text, start..range.end);
    let phrases = Phrases::of(&line, mentions);
    let (sentence, cue) = line.sentences.iter().find_map(|sentence| {
        let found = cues(phrases, sentence.clone());
        let last = found.into_iter().rfind(|it| {
            let comma = comma_before(&line, it.start) > Some(sentence.start);
            // A dash before the cue parts it as surely as the end of the sentence does.
            let parted = it.start.checked_sub(1).and_then(|it| line.mark(it)).is_some_and(is_dash);
            let ends = it.after + 6 >= sentence.end || parted;
            comma && ends && !matches!(it.shape, Shape::Elided | Shape::Owned | Shape::According)
        })?;
        Some((sentence.clone(), last))
    })?;
    let first = line.span(0..comma_before(&line, cue.start)?);
    let rest = behind_dash(text.as_str(), line.span(sentence.end..line.tokens.len()));
    let mut content = vec![first];
    content.extend(rest.map(|it| it..range.end).filter(|it| !it.is_empty()));
    let cue_range = line.span(cue.verb.clone());
    let speaker = cue.subject.map(|it| speakers.resolve(line.span(it))).unwrap_or_default();
    Some(SaidStatement {
        content,
        verb: Some(line.get(cue_range.clone()).to_owned()),
        cue: Some(cue_range),
        speaker: speaker.range,
        person: speaker.person,
        kind: StatementKind::Direct,
        rule: "dash-quotation",
    })
}

/// The comma that ends the words said before the cue at `start`; a dash may stand between.
fn comma_before(line: &Line<'_>, start: usize) -> Option<usize> {
    let dash = start.checked_sub(1)?;
    let comma = if line.mark(dash).is_some_and(is_dash) { dash.checked_sub(1)? } else { dash };
    (line.mark(comma) == Some(',')).then_some(comma)
}

/// Whether `mark` is a dash or stands for one.
pub(super) const fn is_dash(mark: char) -> bool {
    matches!(mark, '-' | '–' | '—' | '―')
}

/// Where the words behind the dash at the start of `range` begin; `None` where there is no dash.
pub(super) fn behind_dash(text: &str, range: Range<usize>) -> Option<usize> {
    let slice = text.get(range.clone())?;
    let rest = slice.strip_prefix(is_dash)?;
    let words = rest.trim_start();
    (words.len() < rest.len() || slice.starts_with('—')).then(|| range.end - words.len())
}
