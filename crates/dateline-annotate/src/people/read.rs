//! From a text to [`People`]: names, offices and organisations, one step after the other.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use chrono::NaiveDate;

use super::attach::{self, Attached};
use super::link::{self, Draft, Identity, Linked, Scene};
use super::office::{self, Reading};
use super::{Lexicon, Mention, MentionKind, OrganisationMention, People, Person, find, noun};
use crate::text::StoryText;
use crate::tokens::Tokens;

/// Everybody and every body that `text` names. `day` is the day of the story, where it is known: it tells bearers of
/// one name apart, and which offices they held.
#[cfg(test)]
pub(crate) fn read(text: &StoryText<'_>, lexicon: &Lexicon, day: Option<NaiveDate>) -> People {
    let marked = Marked::of(text, lexicon);
    marked.people(text, lexicon, &marked.linked(text, lexicon, day))
}

/// The names of a text given to persons, with the day on which that was done.
#[derive(Debug)]
pub(crate) struct LinkedOn<'a> {
    linked: Linked<'a>,
    day: Option<NaiveDate>,
    /// Whether another day could give other persons.
    asked_day: bool,
}

impl LinkedOn<'_> {
    /// The same on another day; `None` where that can give other persons.
    pub(crate) fn on(self, day: Option<NaiveDate>) -> Option<Self> {
        (!self.asked_day).then_some(Self { day, ..self })
    }
}

/// A text with its names and offices found, before anything that depends on a day.
#[derive(Debug)]
pub(crate) struct Marked {
    named: Vec<bool>,
    title_case: Vec<bool>,
    attached: Attached,
    organisations: Rc<[OrganisationMention]>,
    /// Set where a day could have told bearers of one name apart.
    asked_day: Cell<bool>,
}

impl Marked {
    pub(crate) fn of(text: &StoryText<'_>, lexicon: &Lexicon) -> Self {
        let tokens = text.tokens();
        let hits = find::names(tokens, lexicon);
        let mut named = vec![false; tokens.len()];
        for at in hits.iter().flat_map(|it| it.tokens.clone()) {
            if let Some(it) = named.get_mut(at) {
                *it = true;
            }
        }
        let title_case = title_case(text, tokens);
        let reading = Reading { tokens, lexicon, named: &named, title_case: &title_case };
        let phrases = office::phrases(reading);
        let attached = attach::attach(reading, hits, phrases);
        let organisations = organisations(tokens, lexicon).into();
        Self { named, title_case, attached, organisations, asked_day: Cell::new(false) }
    }

    /// Whether another day than `before`, with which `people` were read, can give other people.
    pub(crate) fn goes_by_day(&self, people: &People, before: Option<NaiveDate>) -> bool {
        let linked = people.persons.iter().any(|it| it.official.is_some());
        let unsure = people.persons.iter().any(|it| !it.candidates.is_empty());
        unsure || linked && (before.is_some() || !self.attached.alone.is_empty())
    }

    /// The names given to persons. `day` is the day of the story, where it is known: it tells bearers of one name apart.
    pub(crate) fn linked<'a>(
        &'a self,
        text: &'a StoryText<'_>,
        lexicon: &'a Lexicon,
        day: Option<NaiveDate>,
    ) -> LinkedOn<'a> {
        self.asked_day.set(false);
        let linked = link::link(self.scene(text, lexicon, day), self.attached.names.clone());
        LinkedOn { linked, day, asked_day: self.asked_day.get() }
    }

    fn scene<'a>(
        &'a self,
        text: &'a StoryText<'_>,
        lexicon: &'a Lexicon,
        day: Option<NaiveDate>,
    ) -> Scene<'a> {
        let (named, title_case) = (self.named.as_slice(), self.title_case.as_slice());
        let reading = Reading { tokens: text.tokens(), lexicon, named, title_case };
        Scene { text: text.as_str(), reading, day, asked_day: &self.asked_day }
    }

    /// Everybody and every body that the text names.
    pub(crate) fn people(
        &self,
        text: &StoryText<'_>,
        lexicon: &Lexicon,
        on: &LinkedOn<'_>,
    ) -> People {
        let Self { attached, organisations, .. } = self;
        let LinkedOn { linked, day, .. } = on;
        let tokens = text.tokens();
        let scene = self.scene(text, lexicon, *day);
        let mut mentions = name_mentions(tokens, linked);
        let nouns = noun::nouns(scene, linked, &attached.alone);
        mentions.extend(nouns.into_iter().map(|it| Mention {
            range: tokens.bytes(&it.range),
            whole: tokens.bytes(&it.whole),
            person: it.draft,
            kind: MentionKind::OfficeNoun,
        }));
        mentions.sort_by_key(|it| (it.range.start, it.range.end));
        drop_overlaps(&mut mentions);
        let persons = linked.drafts.iter().map(|it| person(scene, linked, it)).collect();
        People { persons, mentions, organisations: Rc::clone(organisations) }
    }
}

/// For each token, whether it stands in a headline that gives almost every word a capital.
fn title_case(text: &StoryText<'_>, tokens: &Tokens) -> Vec<bool> {
    const FEWEST: usize = 5;
    let mut flags = vec![false; tokens.len()];
    for paragraph in text.paragraphs().iter().filter(|it| it.is_title) {
        let inside =
            tokens.first_at_byte(paragraph.range.start)..tokens.first_at_byte(paragraph.range.end);
        let long = |at: &usize| tokens.is_word(*at) && tokens.low(*at).chars().nth(3).is_some();
        let all = inside.clone().filter(long).count();
        let capital = inside.clone().filter(|it| long(it) && tokens.is_capital(*it)).count();
        let every = all >= FEWEST && capital * 10 >= all * 9;
        for flag in flags.iter_mut().take(inside.end).skip(inside.start) {
            *flag = every;
        }
    }
    flags
}

fn name_mentions(tokens: &Tokens, linked: &Linked<'_>) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (person, draft) in linked.drafts.iter().enumerate() {
        mentions.extend(linked.names_of(draft).map(|name| Mention {
            range: tokens.bytes(&name.hit.tokens),
            whole: tokens.bytes(&name.whole),
            person: Some(person),
            kind: MentionKind::Name,
        }));
    }
    mentions
}

fn drop_overlaps(mentions: &mut Vec<Mention>) {
    let mut end = 0;
    mentions.retain(|it| {
        let free = it.range.start >= end;
        if free {
            end = it.range.end;
        }
        free
    });
}

fn person(scene: Scene<'_>, linked: &Linked<'_>, draft: &Draft<'_>) -> Person {
    let tokens = scene.reading.tokens;
    let forms: Vec<_> =
        linked.names_of(draft).map(|it| (fullness(tokens, &it.hit.tokens), it)).collect();
    let most = forms.iter().map(|it| it.0).max();
    let full = forms.iter().filter(|it| Some(it.0) == most).map(|it| it.1);
    let fullest = full.clone().next().map_or(0..0, |it| tokens.bytes(&it.hit.tokens));
    // The office beside the fullest form says more than the short one beside a surname in a headline.
    let titled = full.chain(linked.names_of(draft)).find(|it| it.office.is_some());
    let office = titled.and_then(|it| it.office.as_ref());
    let rank = linked.names_of(draft).find_map(|it| it.rank.as_ref());
    let lexicon = scene.reading.lexicon;
    let id = |it: &u32| lexicon.official(*it).map(|it| it.id.clone());
    let (name, official, candidates) = match &draft.identity {
        Identity::Official(index) => {
            let known = lexicon.official(*index);
            (known.map(|it| it.name.clone()), known.map(|it| it.id.clone()), Vec::new())
        }
        Identity::OneOf(several) => (None, None, several.iter().filter_map(id).collect()),
        Identity::Unknown => (None, None, Vec::new()),
    };
    Person {
        name: name.unwrap_or_else(|| usual_spelling(scene.text, fullest.clone())),
        official,
        candidates,
        as_written: fullest,
        office: office.map(|it| tokens.bytes(it)),
        share: titled.and_then(|it| it.share.clone()),
        rank: rank.map(|it| tokens.bytes(it)),
    }
}

/// How full a form of a name is: whole words that are no patronymic, then all words, then letters apart from case.
fn fullness(tokens: &Tokens, name: &Range<usize>) -> (usize, usize) {
    let words = name.clone().filter(|it| tokens.is_word(*it)).count();
    let patronymics =
        name.clone().filter(|it| super::given::is_patronymic(tokens.key(*it))).count();
    let ends_in_patronymic = name
        .end
        .checked_sub(1)
        .is_some_and(|it| name.len() == 2 && super::given::is_patronymic(tokens.key(it)));
    let whole = if ends_in_patronymic { words - patronymics.min(words) } else { words };
    (whole, name.len())
}

/// A name on one line, its capitals as in running text.
fn usual_spelling(text: &str, name: Range<usize>) -> String {
    let words = text.get(name).unwrap_or_default().split_whitespace();
    let words: Vec<String> = words
        .map(|word| {
            let shouted = word.chars().count() > 2
                && !word.chars().any(char::is_lowercase)
                && !word.contains('.');
            let mut letters = word.chars();
            match letters.next() {
                Some(first) if shouted => first.to_string() + &letters.as_str().to_lowercase(),
                Some(_) | None => word.to_owned(),
            }
        })
        .collect();
    words.join(" ")
}

fn organisations(tokens: &Tokens, lexicon: &Lexicon) -> Vec<OrganisationMention> {
    let mut found = Vec::new();
    let mut free_from = 0;
    for at in tokens.capitals_from(0).iter().copied() {
        if at < free_from {
            continue;
        }
        if let Some((length, [organisation])) = lexicon.organisation(tokens, at) {
            free_from = at + length;
            let range = tokens.bytes(&(at..free_from));
            found.push(OrganisationMention { range, organisation: organisation.clone() });
        }
    }
    found
}
