//! The news agency that a story is credited to: whose correspondent filed it, who was told, who
//! reported. A venue of an agency's press centre credits nobody.

mod names;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use dateline_event::story::Story;

use crate::annotation::{Evidence, Found};
use crate::text::{Paragraph, StoryText};
use crate::tokens::Kind;
pub(crate) use names::Agencies;
use names::{Usual, called_agency, calls_an_agency, is_name_character, quoted_paper};
use words::{OWN_WORDS, REPORTS, TOLD, VENUES, bare_name, without_article, without_kind};

/// Paragraphs at the start of a body in which a credit counts.
const LEAD_PARAGRAPHS: usize = 2;
/// Bytes at the start of a body in which an agency in brackets before a dash filed the story.
const FILING_BYTES: usize = 80;

/// The agency that the dateline, the headline or the first paragraphs credit, in this order; else
/// one that names itself further on.
pub(crate) fn find(text: &StoryText<'_>, story: &Story, agencies: &Agencies) -> Option<Found> {
    let reader = Reader { text, agencies };
    let body = || text.paragraphs().iter().filter(|it| !it.is_title);
    reader
        .of_dateline(story)
        .or_else(|| text.paragraphs().iter().find_map(|it| reader.of_title(it)))
        .or_else(|| body().take(LEAD_PARAGRAPHS).find_map(|it| reader.of_lead(it)))
        .or_else(|| body().find_map(|it| reader.of_self_reference(it)))
        .or_else(|| reader.of_signature(body().next_back()?))
}

/// Characters before a name that are read to tell whether it is credited.
const READ_BACK: usize = 300;

struct Reader<'a> {
    text: &'a StoryText<'a>,
    agencies: &'a Agencies,
}

/// An agency's name where a text prints it.
struct Name {
    range: Range<usize>,
    usual: Usual,
}

impl Reader<'_> {
    fn of_dateline(&self, story: &Story) -> Option<Found> {
        let dateline = story.dateline.as_ref()?;
        let printed = dateline.agency.as_deref()?;
        let Usual { name, organisation } = self.agencies.usual(printed);
        let evidence = Evidence { span: Some(dateline.span), text: printed.to_owned() };
        Some(Found { name, organisation, evidence, rule: "agency-dateline".to_owned() })
    }

    /// "X News Agency: …" and "X: …", and credits such as "grants X an interview".
    fn of_title(&self, paragraph: &Paragraph) -> Option<Found> {
        if !paragraph.is_title {
            return None;
        }
        let names = self.names(paragraph.range.clone());
        let opens = |it: &&Name| {
            let behind = self.text.get(it.range.end..paragraph.range.end);
            it.range.start == paragraph.range.start && without_kind(behind).starts_with([':', '|'])
        };
        let credited = |it: &&Name| self.is_credited(it, &paragraph.range);
        let name = names.iter().find(opens).or_else(|| names.iter().find(credited))?;
        Some(self.found(name, "agency-title"))
    }

    fn of_lead(&self, paragraph: &Paragraph) -> Option<Found> {
        let names = self.names(paragraph.range.clone());
        let credited = names.iter().find(|it| self.is_credited(it, &paragraph.range))?;
        Some(self.found(credited, "agency-credit"))
    }

    /// "X has learned" and "a correspondent of X reports" credit X wherever they stand.
    fn of_self_reference(&self, paragraph: &Paragraph) -> Option<Found> {
        let names = self.names(paragraph.range.clone());
        let own = names.iter().find(|it| {
            let behind = self.text.get(it.range.end..paragraph.range.end);
            OWN_WORDS.starts(without_kind(behind))
        })?;
        Some(self.found(own, "agency-self-reference"))
    }

    /// The name alone in the last line of the story.
    fn of_signature(&self, last: &Paragraph) -> Option<Found> {
        let line = self.text.get(last.range.clone()).trim_matches(|it: char| !it.is_alphanumeric());
        let name = self.names(last.range.clone()).into_iter().next()?;
        (bare_name(line).len() == name.range.len()).then(|| self.found(&name, "agency-signature"))
    }

    fn found(&self, name: &Name, rule: &str) -> Found {
        Found {
            name: name.usual.name.clone(),
            organisation: name.usual.organisation.clone(),
            evidence: Evidence {
                span: Some(self.text.on_page(name.range.clone())),
                text: self.text.get(name.range.clone()).to_owned(),
            },
            rule: rule.to_owned(),
        }
    }

    /// Whether the words around a name make it the one who was told, or who reported.
    fn is_credited(&self, name: &Name, paragraph: &Range<usize>) -> bool {
        let before = self.text.get(paragraph.start..name.range.start).trim_end();
        let opens = before.len() < FILING_BYTES;
        let before = last_characters(before);
        let unquoted = before.strip_suffix(['"', '“', '«']).unwrap_or(before).to_lowercase();
        let told = without_article(&unquoted);
        let behind = self.text.get(name.range.end..paragraph.end);
        let behind = without_kind(behind.trim_start_matches(['"', '”', '»']));
        if VENUES.starts(behind) {
            return false;
        }
        let sentence = told.rsplit(['.', '!', '?']).next().unwrap_or_default();
        let interviewed = sentence.contains("interview")
            && ["to", "with", "for", "by"].iter().any(|it| ends_with_word(told, it));
        let in_marks = before.ends_with('/') && behind.starts_with('/')
            || before.ends_with('(')
                && opens
                && behind.strip_prefix(')').is_some_and(starts_with_dash);
        interviewed
            || in_marks
            || TOLD.ends(told)
            || OWN_WORDS.starts(behind)
            || REPORTS.starts(behind)
    }

    /// Names of agencies in `range`: those that are known, and any that the page itself calls a
    /// news agency.
    fn names(&self, range: Range<usize>) -> Vec<Name> {
        let tokens = self.text.tokens();
        let mut names: Vec<Name> = Vec::new();
        let calls_one = calls_an_agency(self.text.get(range.clone()));
        let words = tokens.first_at_byte(range.start)..tokens.first_at_byte(range.end);
        for word in words.filter(|it| tokens.is_word(*it) || tokens.kind(*it) == Kind::Initial) {
            let start = tokens.range(word).start;
            let quoted = word.checked_sub(1).is_some_and(|it| tokens.kind(it) == Kind::Quote);
            let may_be_known = self.agencies.may_start(self.text.as_str(), start);
            if !(may_be_known || calls_one || quoted) {
                continue;
            }
            let rest = self.text.get(start..range.end);
            let before = self.text.get(range.start..start);
            let inside = names.last().is_some_and(|it| start < it.range.end);
            if inside || before.ends_with(is_name_character) {
                continue;
            }
            let known = may_be_known.then(|| self.agencies.at_start(rest)).flatten();
            let known = known.map(|(len, usual)| (len, usual.clone()));
            let named = known.or_else(|| {
                let called = calls_one.then(|| called_agency(rest)).flatten();
                let len = called.or_else(|| quoted_paper(before, rest))?;
                Some((len, self.agencies.usual(rest.get(..len)?)))
            });
            if let Some((len, usual)) = named {
                names.push(Name { range: start..start + len, usual });
            }
        }
        names
    }
}

/// The end of `text`, as far as the words before a name are read.
fn last_characters(text: &str) -> &str {
    let from = text.char_indices().nth_back(READ_BACK - 1).map_or(0, |it| it.0);
    text.get(from..).unwrap_or(text)
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|it| !it.ends_with(char::is_alphanumeric))
}

fn starts_with_dash(text: &str) -> bool {
    text.trim_start().starts_with(['-', '–', '—'])
}
