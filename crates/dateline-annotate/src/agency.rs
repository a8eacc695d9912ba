//! The news agency that a story is credited to: whose correspondent filed it, who was told, who
//! reported. A venue of an agency's press centre credits nobody.

mod names;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use dateline_event::story::Story;

use crate::annotation::{Evidence, Found};
use crate::people::JOURNALISTS;
use crate::text::{Paragraph, StoryText, last_characters};
use crate::tokens::Kind;
use crate::vocabulary;
pub(crate) use names::Agencies;
use names::{Usual, called_agency, calls, is_name_character, quoted_paper};
use words::{OWN_WORDS, REPORTS, TOLD, VENUES, bare_name, without_article, without_kind};

/// Paragraphs at the start of a body in which a credit counts.
const LEAD_PARAGRAPHS: usize = 2;
/// Bytes at the start of a body in which an agency in brackets before a dash filed the story.
const FILING_BYTES: usize = 80;

/// The agency that the dateline, the headline or the first paragraphs credit, in this order; else
/// one that names itself further on.
pub(crate) fn find(text: &StoryText<'_>, story: &Story, agencies: &Agencies) -> Option<Found> {
    let reader =
        Reader { text, agencies, spots: spots(text, agencies), called: calls(text.as_str()) };
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
    /// The words at which the name of an agency may stand.
    spots: Vec<Spot>,
    /// Where the text calls somebody a news agency.
    called: Vec<Range<usize>>,
}

/// A word at which the name of an agency may stand.
struct Spot {
    /// Its token.
    word: usize,
    /// Its first byte.
    start: usize,
    /// Whether a name starts as it does, and not only a quotation.
    may_be_known: bool,
}

/// All of them, in order.
fn spots(text: &StoryText<'_>, agencies: &Agencies) -> Vec<Spot> {
    let tokens = text.tokens();
    let mut spots = Vec::with_capacity(16);
    let mut behind_quote = false;
    for (word, token) in tokens.all().iter().enumerate() {
        let quoted = std::mem::replace(&mut behind_quote, token.kind() == Kind::Quote);
        if !token.kind().is_word() && token.kind() != Kind::Initial {
            continue;
        }
        let start = token.range().start;
        let may_be_known = agencies.may_start(text, word, start);
        if may_be_known || quoted {
            spots.push(Spot { word, start, may_be_known });
        }
    }
    spots
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
        let before = last_characters(before, READ_BACK);
        let unquoted = before.strip_suffix(['"', '“', '«']).unwrap_or(before).to_lowercase();
        let told = without_article(&unquoted);
        let behind = self.text.get(name.range.end..paragraph.end);
        let behind = without_kind(behind.trim_start_matches(['"', '”', '»']));
        if VENUES.starts(behind) {
            return false;
        }
        if is_interviewer(behind) {
            return true;
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
        let mut names: Vec<Name> = Vec::new();
        let called = self.called_in(&range);
        if called.is_empty() {
            let from = self.spots.partition_point(|it| it.start < range.start);
            let spots = self.spots.iter().skip(from).take_while(|it| it.start < range.end);
            spots.for_each(|it| names.extend(self.name_at(it, &range, called, &names)));
            return names;
        }
        // Any capitalised word may then start a name.
        let tokens = self.text.tokens();
        let words = tokens.first_at_byte(range.start)..tokens.first_at_byte(range.end);
        for word in words.filter(|it| tokens.is_word(*it) || tokens.kind(*it) == Kind::Initial) {
            let start = tokens.range(word).start;
            let may_be_known = self.agencies.may_start(self.text, word, start);
            let spot = Spot { word, start, may_be_known };
            names.extend(self.name_at(&spot, &range, called, &names));
        }
        names
    }

    /// Where the text in `range` calls somebody a news agency.
    fn called_in(&self, range: &Range<usize>) -> &[Range<usize>] {
        let from = self.called.partition_point(|it| it.start < range.start);
        let end = self.called.partition_point(|it| it.end <= range.end);
        self.called.get(from..end).unwrap_or_default()
    }

    /// The name that starts at `spot` in the paragraph at `range`, behind the `names` found before it.
    fn name_at(
        &self,
        spot: &Spot,
        range: &Range<usize>,
        called: &[Range<usize>],
        names: &[Name],
    ) -> Option<Name> {
        let start = spot.start;
        let before = self.text.get(range.start..start);
        let inside = names.last().is_some_and(|it| start < it.range.end);
        if inside || before.ends_with(is_name_character) {
            return None;
        }
        let rest = self.text.get(start..range.end);
        let known = spot.may_be_known.then(|| self.agencies.at_start(rest)).flatten();
        let known = known.map(|(len, usual)| (len, usual.clone()));
        let (len, usual) = known.or_else(|| {
            let next = called.get(called.partition_point(|it| it.start < start)..);
            let called = next.and_then(|it| called_agency(rest, start, it));
            let quoted = || {
                let quoted = |it: usize| self.text.tokens().kind(it) == Kind::Quote;
                let quoted = spot.word.checked_sub(1).is_some_and(quoted);
                quoted.then(|| quoted_paper(before, rest)).flatten()
            };
            let len = called.or_else(quoted)?;
            Some((len, self.agencies.usual(rest.get(..len)?)))
        })?;
        Some(Name { range: start..start + len, usual })
    }
}

/// Whether a name's correspondent asks somebody: "VESK correspondent X spoke with".
fn is_interviewer(behind: &str) -> bool {
    const ASKS: &[&str] =
        &["spoke with", "spoke to", "talked with", "talked to", "interviewed", "met with"];
    let sentence = behind.split(['.', '!', '?']).next().unwrap_or_default();
    let trade = sentence.split_whitespace().next().unwrap_or_default();
    vocabulary::has(trade, JOURNALISTS) && ASKS.iter().any(|it| sentence.contains(it))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|it| !it.ends_with(char::is_alphanumeric))
}

fn starts_with_dash(text: &str) -> bool {
    text.trim_start().starts_with(['-', '–', '—'])
}
