//! What a story says that somebody said: quotations, reported speech, turns of a transcript,
//! answers of an interview, and speeches.
//!
//! One cue is one statement. Acts without content, decisions and unattributed text are none.

mod attributions;
mod content;
mod cues;
mod dashes;
mod layouts;
mod lexicon;
mod line;
#[cfg(test)]
mod manner;
mod mentions;
mod phrases;
mod quotes;
mod reader;
mod speakers;
mod speech;
#[cfg(test)]
mod stances;
#[cfg(test)]
mod tests;
mod turns;
mod verb_group;
mod words;

use std::ops::Range;

use crate::annotation::{Statement, StatementKind};
use crate::people::People;
use crate::text::StoryText;
pub(crate) use lexicon::verb_forms;
use mentions::Mentions;
use reader::Reader;
pub(crate) use words::{FIRST_PERSON, LISTS, SPEECH};

/// One statement, in byte ranges of the story's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SaidStatement {
    /// What was said, without the marks around it; more than one range where the cue splits it.
    pub(crate) content: Vec<Range<usize>>,
    /// The verb of the cue, or the words that stand for one.
    pub(crate) cue: Option<Range<usize>>,
    /// Where the page names the speaker: a noun phrase or a pronoun.
    pub(crate) speaker: Option<Range<usize>>,
    /// Index into [`People::persons`]; `None` for bodies and for people whom the story does not
    /// name.
    pub(crate) person: Option<usize>,
    /// Direct or indirect.
    pub(crate) kind: StatementKind,
    /// The words of the cue.
    pub(crate) verb: Option<String>,
    /// Name of the rule that found it.
    pub(crate) rule: &'static str,
}

impl SaidStatement {
    /// The statement as the annotation shows it. `appearance_of` turns the index of a person into
    /// that of an appearance.
    pub(crate) fn published(
        &self,
        text: &StoryText<'_>,
        appearance_of: impl Fn(usize) -> Option<usize>,
    ) -> Statement {
        let pieces: Vec<&str> = self.content.iter().map(|it| text.get(it.clone())).collect();
        Statement {
            speaker: self.person.and_then(appearance_of),
            kind: self.kind,
            verb: self.verb.clone(),
            text: pieces.join(" "),
            spans: self.content.iter().map(|it| text.on_page(it.clone())).collect(),
            speaker_span: self.speaker.clone().map(|it| text.on_page(it)),
            cue_span: self.cue.clone().map(|it| text.on_page(it)),
            rule: self.rule.to_owned(),
        }
    }
}

/// The statements of a story, in the order of the text.
pub(crate) fn read(text: &StoryText<'_>, people: &People) -> Vec<SaidStatement> {
    let mentions = Mentions::of(&people.mentions);
    let mut reader = Reader::of(text, people, &mentions);
    layouts::read(&mut reader);
    reader.finish();
    let mut said = reader.said;
    said.sort_by_key(|it| it.content.first().map_or(0, |it| it.start));
    said
}
