//! The news agency that a story is credited to: whose correspondent filed it, who was told, who
//! reported. A venue of an agency's press centre credits nobody.

mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use dateline_event::OrganisationId;
use dateline_event::story::Story;

use crate::annotation::{Evidence, Found};
use crate::registry::Registry;
use crate::text::StoryText;
use words::{
    OWN_WORDS, REPORTS, TOLD, VENUES, WORLD_AGENCIES, bare_name, called_agency, ends_with_words,
    is_name_character, starts_with_name, without_article, without_kind,
};

/// Paragraphs at the start of a body in which a credit counts.
const LEAD_PARAGRAPHS: usize = 2;

/// The agency that the dateline, the headline or the first paragraphs credit, in this order.
pub(crate) fn find(text: &StoryText<'_>, story: &Story, registry: &Registry) -> Option<Found> {
    let reader = Reader { text, registry };
    reader
        .of_dateline(story)
        .or_else(|| reader.of_title())
        .or_else(|| reader.of_lead())
        .or_else(|| reader.of_self_reference())
}

struct Reader<'a> {
    text: &'a StoryText<'a>,
    registry: &'a Registry,
}

/// An agency's name where a text prints it.
struct Name {
    range: Range<usize>,
    usual: String,
    organisation: Option<OrganisationId>,
}

impl Reader<'_> {
    fn of_dateline(&self, story: &Story) -> Option<Found> {
        let dateline = story.dateline.as_ref()?;
        let printed = dateline.agency.as_deref()?;
        let (name, organisation) = self.usual_name(printed);
        let evidence = Evidence { span: Some(dateline.span), text: printed.to_owned() };
        Some(Found { name, organisation, evidence, rule: "agency-dateline".to_owned() })
    }

    /// "X News Agency: …" and "X: …", and credits such as "grants X an interview".
    fn of_title(&self) -> Option<Found> {
        let title = self.text.paragraphs().iter().find(|it| it.is_title)?;
        let names = self.names(title.range.clone());
        let first = names.iter().find(|it| {
            let behind = self.text.get(it.range.end..title.range.end);
            let behind = without_kind(behind);
            it.range.start == title.range.start && behind.trim_start().starts_with([':', '|'])
        });
        first.map(|it| self.found(it, "agency-title")).or_else(|| {
            let credited = names.iter().find(|it| self.is_credited(it, &title.range));
            credited.map(|it| self.found(it, "agency-title"))
        })
    }

    fn of_lead(&self) -> Option<Found> {
        let body = self.text.paragraphs().iter().filter(|it| !it.is_title);
        body.take(LEAD_PARAGRAPHS).find_map(|paragraph| {
            let names = self.names(paragraph.range.clone());
            let credited = names.iter().find(|it| self.is_credited(it, &paragraph.range));
            credited.map(|it| self.found(it, "agency-credit"))
        })
    }

    /// "X has learned" and "a correspondent of X reports" credit X wherever they stand; so does its
    /// name alone in the last line.
    fn of_self_reference(&self) -> Option<Found> {
        let mut body = self.text.paragraphs().iter().filter(|it| !it.is_title);
        let learned = body.clone().find_map(|paragraph| {
            let names = self.names(paragraph.range.clone());
            let own = names.iter().find(|it| {
                let behind = self.text.get(it.range.end..paragraph.range.end);
                let behind = without_kind(behind).trim_start();
                OWN_WORDS.iter().any(|it| behind.starts_with(it))
            });
            own.map(|it| self.found(it, "agency-self-reference"))
        });
        learned.or_else(|| {
            let last = body.next_back()?;
            let name = self.names(last.range.clone()).into_iter().next()?;
            let bare =
                self.text.get(last.range.clone()).trim_matches(|it: char| !it.is_alphanumeric());
            (without_kind(bare).len() == name.range.len() || bare.len() == name.range.len())
                .then(|| self.found(&name, "agency-signature"))
        })
    }

    fn found(&self, name: &Name, rule: &str) -> Found {
        Found {
            name: name.usual.clone(),
            organisation: name.organisation.clone(),
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
        let before = before.strip_suffix(['"', '“', '«']).unwrap_or(before).to_lowercase();
        let before = without_article(&before);
        let behind = self.text.get(name.range.end..paragraph.end);
        let behind = without_kind(behind.trim_start_matches(['"', '”', '»'])).trim_start();
        let at_start =
            before.is_empty() || before.ends_with(['.', '!', '?', '(', ')', '–', '—', ',']);
        if VENUES.iter().any(|it| behind.to_lowercase().starts_with(it)) {
            return false;
        }
        TOLD.iter().any(|it| ends_with_words(before, it))
            || OWN_WORDS.iter().any(|it| behind.starts_with(it))
            || before.ends_with('/') && behind.starts_with('/')
            || REPORTS.iter().any(|it| behind.starts_with(it))
            || behind.starts_with("an interview")
            || (ends_with_words(before, "according to") || ends_with_words(before, "as"))
                && !behind.starts_with("'s")
            || at_start && behind.starts_with("correspondent")
    }

    /// Names of agencies in `range`: those of the registry and of [`WORLD_AGENCIES`], and any that
    /// the page itself calls a news agency.
    fn names(&self, range: Range<usize>) -> Vec<Name> {
        let slice = self.text.get(range.clone());
        let mut names = Vec::new();
        let mut at = 0;
        for word in slice.split_inclusive(|it: char| !is_name_character(it)) {
            let start = at;
            at += word.len();
            if !word.starts_with(char::is_alphanumeric)
                || names.last().is_some_and(|it: &Name| it.range.end > range.start + start)
            {
                continue;
            }
            let Some(rest) = slice.get(start..) else { continue };
            if let Some((len, usual, organisation)) = self.name_at(rest) {
                let start = range.start + start;
                names.push(Name { range: start..start + len, usual, organisation });
            }
        }
        names
    }

    /// The agency whose name `rest` starts with: the length of the name there, and its usual form.
    fn name_at(&self, rest: &str) -> Option<(usize, String, Option<OrganisationId>)> {
        let registered = self.agencies().filter(|it| starts_with_name(rest, it.0));
        let registered = registered
            .map(|(printed, name, id)| (printed.len(), name.to_owned(), Some(id.clone())));
        let known = WORLD_AGENCIES.iter().filter(|it| starts_with_name(rest, it));
        let known = known.map(|it| (it.len(), (*it).to_owned(), None));
        registered
            .chain(known)
            .max_by_key(|it| (it.0, it.2.is_some()))
            .or_else(|| called_agency(rest))
    }

    /// Every name of every agency of the registry, with its registered form.
    fn agencies(&self) -> impl Iterator<Item = (&str, &str, &OrganisationId)> {
        let agencies = self.registry.organisations().values().filter(|it| {
            it.classification.as_deref().is_some_and(|it| it.to_lowercase().contains("news agency"))
        });
        agencies.flat_map(|it| {
            let names = std::iter::once(&it.name).chain(&it.other_names);
            names.map(move |name| (name.as_str(), it.name.as_str(), &it.id))
        })
    }

    /// The registered form of a printed name, else the usual one, else the name without "News
    /// Agency".
    fn usual_name(&self, printed: &str) -> (String, Option<OrganisationId>) {
        let bare = bare_name(printed);
        let same =
            |name: &str| name.eq_ignore_ascii_case(bare) || name.eq_ignore_ascii_case(printed);
        if let Some((_, name, id)) = self.agencies().find(|it| same(it.0)) {
            return (name.to_owned(), Some(id.clone()));
        }
        let known = WORLD_AGENCIES.iter().find(|it| it.eq_ignore_ascii_case(bare));
        (known.map_or(bare, |it| it).to_owned(), None)
    }
}
