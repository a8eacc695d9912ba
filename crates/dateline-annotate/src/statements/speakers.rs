//! Who is meant by the subject of a cue: a mention, a pronoun, an office noun, or nobody who is
//! named.

use std::ops::Range;

use super::phrases::Phrases;
use super::words::{PREPOSITIONS, ROLES, contracted, is_possessive};
use crate::people::{Mention, People};
use crate::text::StoryText;
use crate::vocabulary::{self, class_of};

/// A speaker, as far as the page says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Speaker {
    /// Index into [`People::persons`].
    pub(super) person: Option<usize>,
    /// Where the page names the speaker.
    pub(super) range: Option<Range<usize>>,
}

/// Whom pronouns mean at a place in the story.
#[derive(Debug)]
pub(super) struct Speakers<'a> {
    text: &'a StoryText<'a>,
    people: &'a People,
    /// The person whom "he" or "she" means here.
    focus: Option<usize>,
    /// Whom the sentence before starts with.
    subject: Option<Speaker>,
}

impl<'a> Speakers<'a> {
    /// At the start of the body, where the headline names whom a pronoun means.
    pub(super) fn at_start(text: &'a StoryText<'a>, people: &'a People) -> Self {
        let mut titled = people.mentions.iter().take_while(|it| text.in_title(it.range.start));
        let focus = titled.find_map(|it| it.person);
        Self { text, people, focus, subject: None }
    }

    /// The person whom a pronoun means here.
    pub(super) fn focus(&self) -> Option<usize> {
        self.focus
    }

    /// Whom the sentence before starts with.
    pub(super) const fn subject(&self) -> Option<&Speaker> {
        self.subject.as_ref()
    }

    /// Takes note of who speaks. Somebody of whom only an office is known is meant by "he" from now
    /// on; a body never is.
    pub(super) fn heard(&mut self, speaker: &Speaker) {
        let is_unnamed = || {
            let words = speaker.range.clone().map_or("", |it| self.text.get(it));
            words.split_whitespace().any(|it| vocabulary::has(it, ROLES))
        };
        if speaker.person.is_some() || is_unnamed() {
            self.focus = speaker.person;
        }
    }

    /// Takes note of the subject of a sentence that has been read.
    pub(super) fn leave(&mut self, phrases: Phrases<'_>, sentence: &Range<usize>) {
        let subject = phrases.after(sentence.start, sentence.end);
        let subject = subject.map(|it| self.resolve(phrases.line.span(it)));
        self.subject = subject.filter(|it| it.person.is_some() || it.range.is_some());
    }

    /// Takes note of whom a sentence names first, other than by the way ("of Ket", "Ket's").
    pub(super) fn enter(&mut self, phrases: Phrases<'_>, sentence: &Range<usize>) {
        let line = phrases.line;
        let free = |at: usize| !line.has(at.saturating_sub(1), PREPOSITIONS);
        let mut mentions = phrases.mentions_in(sentence).filter(|it| free(it.0));
        let first = mentions.find(|it| it.1.person.is_some() && !self.owns(it.1));
        self.focus = first.and_then(|it| it.1.person).or(self.focus);
    }

    /// Who the noun phrase at `range` is.
    pub(super) fn resolve(&self, range: Range<usize>) -> Speaker {
        let words = self.text.get(range.clone());
        let person = if is_third_person(words) {
            self.focus
        } else if let Some(mention) = self.head(&range) {
            mention.person.or_else(|| is_definite(words).then_some(self.focus).flatten())
        } else {
            is_office_noun(words).then_some(self.focus).flatten()
        };
        Speaker { person, range: Some(range) }
    }

    /// Who owns what is said: "Ket's claim", "his claim".
    pub(super) fn owner(&self, range: Range<usize>) -> Speaker {
        let named = self.mentions_in(&range).find(|it| it.whole.end + "’s".len() >= range.end);
        let other = self.resolve(range);
        let person = named.map_or(other.person, |it| it.person);
        Speaker { person, ..other }
    }

    /// The mentions that touch `range`.
    fn mentions_in(&self, range: &Range<usize>) -> impl Iterator<Item = &'a Mention> {
        let mentions = &self.people.mentions;
        let from = mentions.partition_point(|it| it.range.end <= range.start);
        let end = range.end;
        mentions.iter().skip(from).take_while(move |it| it.range.start < end)
    }

    /// The mention that is the head of the noun phrase at `range`, if one is; one of a known person
    /// before an office noun.
    fn head(&self, range: &Range<usize>) -> Option<&'a Mention> {
        let mut heads =
            self.mentions_in(range).filter(|it| !self.owns(it) && !self.hangs(it, range));
        let first = heads.next()?;
        if first.person.is_some() {
            return Some(first);
        }
        heads.find(|it| it.person.is_some()).or(Some(first))
    }

    /// Whether what belongs to the mentioned person follows: "Ket's spokesman".
    fn owns(&self, mention: &Mention) -> bool {
        let (name, tail) = (
            self.text.get(mention.range.clone()),
            self.text.as_str().get(mention.range.end..).unwrap_or_default(),
        );
        is_possessive(name) && name.len() > 3 && name.contains(['\'', '’'])
            || tail.starts_with("'s")
            || tail.starts_with("’s")
    }

    /// Whether the mention hangs on a noun before it: "the spokesman for Ket".
    fn hangs(&self, mention: &Mention, range: &Range<usize>) -> bool {
        let before = self.text.as_str().get(range.start..mention.whole.start).unwrap_or_default();
        let clause = before.rsplit([',', '(']).next().unwrap_or_default();
        clause.split_whitespace().next_back().is_some_and(|it| class_of(it).meets(PREPOSITIONS))
    }
}

fn is_third_person(words: &str) -> bool {
    const PRONOUNS: &[&str] = &["he", "she", "him", "her", "his", "who"];
    // Bytes of the longest, contracted with an auxiliary.
    const LONGEST: usize = "she’ll".len();
    if words.len() > LONGEST {
        return false;
    }
    let words = contracted(words).map_or(words, |it| it.0);
    PRONOUNS.iter().any(|it| words.eq_ignore_ascii_case(it))
}

fn is_definite(words: &str) -> bool {
    words.split_whitespace().next().is_some_and(|it| it.eq_ignore_ascii_case("the"))
}

/// Whether `words` are "the" and a short name of an office.
fn is_office_noun(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let head = words.split_whitespace().take_while(|it| !class_of(it).meets(PREPOSITIONS));
    let last = head.last().unwrap_or_default();
    let spokes = last.to_lowercase().starts_with("spokes");
    is_definite(words) && (2..=4).contains(&count) && !spokes && vocabulary::has(last, ROLES)
}
