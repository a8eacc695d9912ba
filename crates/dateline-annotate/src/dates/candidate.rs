//! The dates of a story that can be the day of its main event, each with how well it stands.

use std::ops::Range;

use chrono::Weekday;
use dateline_event::date::printed::{DateExpression, YearSaid};
use dateline_event::date::{Edtf, Precision};

use super::Reader;
use super::context::{context, opens_held};
use crate::lead::{lead, speaks_for_itself};

/// A date or a word for a day that can be the day of the event.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) range: Range<usize>,
    pub(super) date: Said,
    pub(super) is_ahead: bool,
    /// The smaller, the better it stands.
    pub(super) rank: Rank,
}

/// How a text names a day.
#[derive(Debug, Clone)]
pub(super) enum Said {
    /// By a date, with what it says of its year.
    Date(Edtf, YearSaid),
    /// By "today" and the like, in lower case.
    Word(&'static str),
    /// By the weekday alone.
    Weekday(Weekday),
}

/// Where a candidate stands, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A date in a main clause of the first sentences.
    Lead,
    /// A date in a relative clause there.
    Aside,
    /// "today", or a weekday, in the first sentences.
    Word,
    /// A date in the headline.
    Title,
    /// A date further on that says that something was held.
    Held,
}

/// Sentences of the first paragraph that count as its lead.
const LEAD_SENTENCES: usize = 3;
/// Paragraphs behind the first in which a date counts when it says that something was held.
const HELD_PARAGRAPHS: usize = 2;

impl Reader<'_> {
    /// The candidates, best first.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        let lead = lead(self.text).unwrap_or(usize::MAX);
        for (index, paragraph) in self.text.paragraphs().iter().enumerate() {
            let rank = match index.checked_sub(lead) {
                _ if paragraph.is_title => Rank::Title,
                None | Some(1..=HELD_PARAGRAPHS) => Rank::Held,
                Some(0) => Rank::Lead,
                Some(_) => break,
            };
            for (index, sentence) in paragraph.sentences.iter().enumerate() {
                let late = rank == Rank::Lead && index >= LEAD_SENTENCES;
                let rank = if late { Rank::Held } else { rank };
                self.read_sentence(sentence.clone(), rank, &mut found);
            }
        }
        found.sort_by_key(|it| it.rank);
        found
    }

    fn read_sentence(&self, sentence: Range<usize>, rank: Rank, found: &mut Vec<Candidate>) {
        if rank != Rank::Title && speaks_for_itself(self.text, sentence.clone()) {
            return;
        }
        let first = self.expressions.partition_point(|it| it.range.start < sentence.start);
        let behind = self.expressions.get(first..).unwrap_or_default();
        let dates = behind.iter().take_while(|it| it.range.start < sentence.end);
        found.extend(dates.filter_map(|it| self.dated(it, &sentence, rank)));
        if rank == Rank::Lead {
            self.read_day_words(&sentence, found);
        }
    }

    /// `date` as a candidate, where nothing around it says that it dates something else.
    fn dated(
        &self,
        date: &DateExpression,
        sentence: &Range<usize>,
        rank: Rank,
    ) -> Option<Candidate> {
        let range = date.range.clone();
        if self.is_filing(&range) || self.quoted.holds(range.start) {
            return None;
        }
        let is_range = matches!(date.edtf, Edtf::Interval(..));
        let before = self.text.get(sentence.start..range.start);
        let mut context = context(before, is_range)?;
        context.is_held |=
            opens_held(before, self.text.get(range.end..sentence.end.max(range.end)));
        // A month, or a date further on, must be said to be that of something held.
        let precise = date.edtf.precision() >= Precision::Day;
        if !context.is_held && (!precise || rank == Rank::Held) {
            return None;
        }
        let aside = rank == Rank::Lead && context.is_aside;
        let rank = if aside { Rank::Aside } else { rank };
        let date = Said::Date(date.edtf, date.year);
        Some(Candidate { range, date, is_ahead: context.is_ahead, rank })
    }

    /// Finds "today" and weekdays that stand without a date.
    fn read_day_words(&self, sentence: &Range<usize>, found: &mut Vec<Candidate>) {
        let text = self.text.get(sentence.clone());
        let mut start = 0;
        for word in text.split(|it: char| !it.is_alphabetic()) {
            let range = sentence.start + start..sentence.start + start + word.len();
            let behind = text.get(start + word.len()..).unwrap_or_default();
            start += word.len() + behind.chars().next().map_or(0, char::len_utf8);
            let named = DAY_WORDS.iter().find(|it| word.eq_ignore_ascii_case(it));
            let date = match named {
                Some(lower) => Said::Word(lower),
                None => match weekday(word) {
                    Some(it) => Said::Weekday(it),
                    None => continue,
                },
            };
            let possessive = behind.starts_with(['\'', '’', '-']);
            let next = self.expressions.partition_point(|it| it.range.end <= range.start);
            let dated =
                self.expressions.get(next).is_some_and(|it| it.range.contains(&range.start));
            if possessive || dated || self.quoted.holds(range.start) || self.is_filing(&range) {
                continue;
            }
            let Some(context) = context(self.text.get(sentence.start..range.start), false) else {
                continue;
            };
            let on =
                matches!(date, Said::Word(_)) || self.dates_clause(sentence, range.start, behind);
            if on {
                found.push(Candidate { range, date, is_ahead: context.is_ahead, rank: Rank::Word });
            }
        }
    }

    /// Whether a weekday that ends before `behind` dates its clause: "met on Wednesday", "said
    /// Wednesday"; not "a Wednesday", "Ash Wednesday", "the Wednesday Herald".
    fn dates_clause(&self, sentence: &Range<usize>, at: usize, behind: &str) -> bool {
        let before = self.text.get(sentence.start..at).trim_end();
        let last = before.rsplit(' ').next().unwrap_or_default();
        let named = last.starts_with(char::is_uppercase)
            && last != "On"
            && last.len() == last.trim_end_matches(',').len();
        let follows_name =
            behind.trim_start().starts_with(char::is_uppercase) && behind.starts_with(' ');
        !matches!(last, "a" | "the" | "every" | "each" | "next" | "of" | "per" | "any")
            && !named
            && !follows_name
    }

    /// Whether `range` is the day of the dateline, which says when the story was filed.
    fn is_filing(&self, range: &Range<usize>) -> bool {
        let dateline = self.story.dateline.as_ref();
        dateline.is_some_and(|it| it.span.contains(self.text.on_page(range.clone())))
    }
}

/// Words for a day that is counted from another.
const DAY_WORDS: &[&str] = &["today", "yesterday", "tomorrow"];

fn weekday(word: &str) -> Option<Weekday> {
    let name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        .contains(&word);
    name.then(|| word.parse().ok()).flatten()
}
