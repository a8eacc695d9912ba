//! What a person does in a story: says something, takes part in what happens, or is only named.

use std::ops::Range;

use super::Told;
use crate::annotation::{AppearanceRole, StatementKind};
use crate::people::{Mention, MentionKind, People};
use crate::text::{Paragraph, StoryText, last_characters};

/// What of a statement decides roles.
#[derive(Debug, Clone)]
pub(crate) struct Utterance {
    /// Index of the speaker in [`People::persons`].
    pub(crate) person: Option<usize>,
    /// The words said.
    pub(crate) content: Vec<Range<usize>>,
    /// Whether they are the words themselves or what they meant.
    pub(crate) kind: StatementKind,
}

/// The role of one person: a speaker says at least one statement; somebody whom the story names only inside of what
/// others said, in a signature, or as the owner of something, is mentioned; anybody else takes part.
pub(super) fn of(text: &StoryText<'_>, told: &Told<'_>, person: usize) -> AppearanceRole {
    if told.speaks(person) {
        return AppearanceRole::Speaker;
    }
    let takes_part = told.mentions_of(person).any(|it| acts(text, told, it));
    if takes_part { AppearanceRole::Participant } else { AppearanceRole::Mentioned }
}

fn acts(text: &StoryText<'_>, told: &Told<'_>, mention: &Mention) -> bool {
    if let Some(spoken) = told.spoken_around(&mention.range) {
        return match spoken.kind {
            StatementKind::Direct => {
                mention.kind == MentionKind::Name && is_addressed(text, mention)
            }
            StatementKind::Indirect => is_said_to_act(text, mention, spoken),
        };
    }
    let Some(paragraph) = paragraph_of(text, mention) else { return false };
    !(is_signature(text, told.people, paragraph, mention) || is_owner_or_topic(text, mention))
}

fn paragraph_of<'a>(text: &'a StoryText<'_>, mention: &Mention) -> Option<&'a Paragraph> {
    let behind = text.paragraphs().partition_point(|it| it.range.start <= mention.range.start);
    let paragraph = text.paragraphs().get(behind.checked_sub(1)?)?;
    (mention.range.start < paragraph.range.end).then_some(paragraph)
}

/// The subject of a reported clause about what happens: "President X will take part in the summit, the agency said".
fn is_said_to_act(text: &StoryText<'_>, mention: &Mention, spoken: &Utterance) -> bool {
    const ARTICLE: usize = "the ".len();
    const ACTS: &[&str] = &[
        "will",
        "is to",
        "is taking",
        "is due",
        "is expected",
        "plans",
        "arrived",
        "arrives",
        "has arrived",
        "took part",
        "takes part",
        "attended",
        "met",
        "meets",
    ];
    let subject =
        spoken.content.first().is_some_and(|it| mention.whole.start <= it.start + ARTICLE);
    let end = mention.whole.end.max(mention.range.end);
    let Some(paragraph) = paragraph_of(text, mention) else { return false };
    let after = text.get(end.min(paragraph.range.end)..paragraph.range.end).trim_start();
    let acts = ACTS.iter().any(|it| {
        after.strip_prefix(it).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    subject && acts
}

/// Somebody greeted by name and title at the start of a paragraph of a speech: "Madam Secretary General X, delegates!"
fn is_addressed(text: &StoryText<'_>, mention: &Mention) -> bool {
    const SALUTATION: usize = 12;
    const ADDRESS: &[&str] = &[
        "mr",
        "mrs",
        "ms",
        "madam",
        "madame",
        "dear",
        "esteemed",
        "distinguished",
        "honourable",
        "honorable",
        "excellency",
        "respected",
    ];
    let Some(paragraph) = paragraph_of(text, mention) else { return false };
    let before = text.get(paragraph.range.start..mention.whole.start.max(paragraph.range.start));
    let words = before.split(|it: char| !it.is_alphabetic()).filter(|it| !it.is_empty());
    let words: Vec<&str> = words.take(SALUTATION + 1).collect();
    let last = words.last().map(|it| it.to_lowercase());
    let own = text.get(mention.whole.clone()).split_whitespace().next().map(str::to_lowercase);
    let addressed = |it: Option<String>| {
        it.is_some_and(|it| ADDRESS.contains(&it.trim_end_matches(['.', ',']).to_owned().as_str()))
    };
    words.len() <= SALUTATION
        && mention.whole.len() > mention.range.len()
        && (addressed(last) || addressed(own))
}

/// A line that is nothing but the office and name of whoever put the story out.
fn is_signature(
    text: &StoryText<'_>,
    people: &People,
    paragraph: &Paragraph,
    mention: &Mention,
) -> bool {
    if paragraph.is_title {
        return false;
    }
    let before = text.get(paragraph.range.start..mention.whole.start.max(paragraph.range.start));
    let after = text.get(mention.whole.end.min(paragraph.range.end)..paragraph.range.end);
    let bare = |it: &str| it.chars().all(|it| !it.is_alphanumeric());
    let alone = || {
        let same = |it: &&Mention| {
            paragraph.range.contains(&it.range.start) && it.person == mention.person
        };
        people.mentions.iter().filter(same).count() == 1
    };
    let only_line = || text.paragraphs().iter().filter(|it| !it.is_title).take(2).count() == 1;
    let article = || before.trim().eq_ignore_ascii_case("the");
    bare(after) && (bare(before) || article()) && !only_line() && alone()
}

/// Things that somebody owns or is the subject of: "the message of President X", "a portrait of X".
const OWNED: &[&str] = &[
    "address",
    "anniversary",
    "appeal",
    "behalf",
    "article",
    "birthday",
    "book",
    "candidacy",
    "career",
    "death",
    "decision",
    "decree",
    "directive",
    "election",
    "era",
    "government",
    "idea",
    "inauguration",
    "initiative",
    "instruction",
    "instructions",
    "letter",
    "memory",
    "message",
    "name",
    "nomination",
    "order",
    "policy",
    "portrait",
    "position",
    "power",
    "presidency",
    "proposal",
    "proposals",
    "resignation",
    "rule",
    "speech",
    "statement",
    "successor",
    "supporters",
    "tenure",
    "term",
    "words",
];

/// Words that make a name the subject of thought or talk, not somebody present.
const ABOUT: &[&str] =
    &["about", "candidate", "candidacy", "concerning", "regarding", "succeeding", "replacing"];

/// Characters before a mention that are read to tell what it is in its sentence.
const READ_BACK: usize = 400;

fn is_owner_or_topic(text: &StoryText<'_>, mention: &Mention) -> bool {
    let start = mention.whole.start;
    let sentences = paragraph_of(text, mention).map_or(&[][..], |it| &it.sentences);
    let place = sentences.partition_point(|it| it.end <= start);
    let sentence = sentences.get(place).filter(|it| it.start <= start);
    let Some(sentence) = sentence else { return false };
    let before = text.get(sentence.start..start.max(sentence.start));
    let before = last_characters(before, READ_BACK).to_lowercase();
    let mut words =
        before.split(|it: char| !it.is_alphanumeric()).rev().filter(|it| !it.is_empty());
    let last = words.next().unwrap_or_default();
    let one_before = words.next().unwrap_or_default();
    let of_owned = matches!(last, "of" | "from") && OWNED.contains(&one_before);
    let apposed = before.trim_end().ends_with(',') && before.contains("candidate");
    let after = text.get(mention.range.end..sentence.end.max(mention.range.end));
    let owns = ["'s ", "’s "].iter().any(|mark| {
        after.strip_prefix(mark).is_some_and(|rest| {
            let next = rest.split(|it: char| !it.is_alphanumeric()).find(|it| !it.is_empty());
            next.is_some_and(|it| OWNED.contains(&it.to_lowercase().as_str()))
        })
    });
    let succeeds = last == "by" && matches!(one_before, "replaced" | "succeeded");
    of_owned || succeeds || owns || apposed || ABOUT.contains(&last)
}
