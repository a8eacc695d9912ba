//! Who is named in a story, and where: the persons, every mention of each, and the organisations named.
//!
//! Statements, roles, dates and places are read with this in hand; it reads none of them itself.

mod apposition;
mod attach;
mod called;
mod cases;
mod company;
mod complement;
mod find;
mod fold;
mod given;
mod lexicon;
mod link;
#[cfg(test)]
mod namesakes;
mod noun;
mod office;
mod office_key;
mod read;
#[cfg(test)]
mod shared;
#[cfg(test)]
mod tests;
mod trie;
mod unknown;
mod words;

use std::ops::Range;
use std::rc::Rc;

use dateline_event::{OfficialId, OrganisationId};

pub(crate) use attach::Share;
pub(crate) use cases::nominatives;
pub(crate) use fold::{given_key, key, push_key};
pub(crate) use given::is_patronymic;
pub(crate) use lexicon::{Known, KnownOffice, Lexicon};
pub(crate) use office_key::OfficeKey;
pub(crate) use read::Marked;
#[cfg(test)]
pub(crate) use read::read;
pub(crate) use words::{JOURNALISTS, LISTS, class_of_compound};

/// Everybody and every body that a story names.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// One entry a person, in the order of first mention.
    pub(crate) persons: Vec<Person>,
    /// Every mention of a person, in the order of the text, none overlapping.
    pub(crate) mentions: Vec<Mention>,
    /// Every mention of an organisation, state or agency, in the order of the text, none overlapping. One inside of
    /// an office phrase is here too.
    pub(crate) organisations: Rc<[OrganisationMention]>,
}

/// One person of a story.
#[derive(Debug)]
pub(crate) struct Person {
    /// The registered name, else the fullest form printed.
    pub(crate) name: String,
    /// Who that is in the registry, where the name says it without doubt.
    pub(crate) official: Option<OfficialId>,
    /// The officials that the name may mean, where it may mean several.
    pub(crate) candidates: Vec<OfficialId>,
    /// The fullest form, the first of equals.
    pub(crate) as_written: Range<usize>,
    /// The office that the page attaches to one of the mentions, without rank; the first that has one.
    pub(crate) office: Option<Range<usize>>,
    /// Which share of that office is theirs, where several hold it.
    pub(crate) share: Option<Share>,
    /// Rank or honorific that the page prints with the name.
    pub(crate) rank: Option<Range<usize>>,
}

/// One place where a story means a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The name, or the office noun that stands for it.
    pub(crate) range: Range<usize>,
    /// The same with article, office and rank around it: what a sentence has as its subject.
    pub(crate) whole: Range<usize>,
    /// Index into [`People::persons`]; `None` for an office noun whose holder the story does not name.
    pub(crate) person: Option<usize>,
    /// How it is named.
    pub(crate) kind: MentionKind,
}

/// How a mention names a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MentionKind {
    /// By name, in full or in part.
    Name,
    /// By the office alone: "the Secretary General", "the ARPO chief".
    OfficeNoun,
}

/// One place where a story names an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrganisationMention {
    /// The name.
    pub(crate) range: Range<usize>,
    /// Which one.
    pub(crate) organisation: OrganisationId,
}
