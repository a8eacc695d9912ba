//! Names of places: whether capitalised words behind a preposition name one, and the usual form of
//! that name.

use std::collections::HashMap;
use std::ops::Range;

use dateline_event::OrganisationId;
use dateline_event::registry::Organisation;

use super::{Place, Reader};
use crate::registry::Registry;
use crate::word_list::WordList;

/// Words that make a name that of a body, a building, an office, a document or an event.
static NO_PLACE: WordList = WordList::new(
    "academy administration airport app bowl championship championships crash cup dialogue event \
     expo fair final finals game grand heritage kremlin language online open patrol pilot prix \
     prison race rally ring road store zoo year agency agreement alliance ambassador archive \
     army article assembly association bank board bureau cabinet center centre chairman chamber \
     charter church club college commission committee company concern conference congress \
     constitution convention corporation council court day department directorate duma embassy \
     exercise festival force forces forum foundation fund games general government group hall \
     headquarters hospital hotel house initiative institute league library majlis memorandum \
     minister ministers ministry mission museum network office olympics operation orchestra \
     organisation organization pact palace panel parliament partnership party plan police \
     president prime program programme project protocol residence school secretariat secretary \
     senate service session society staff stadium strategy studies summit supreme system theater \
     theatre treaty tribunal troops union university war week mr mrs ms dr his her their january \
     february march april may june july august september october november december monday \
     tuesday wednesday thursday friday saturday sunday spring autumn english russian french \
     german chinese arabic spanish turkish earlier addition internet facebook twitter telegram \
     part chapter paragraph section",
);

/// Words at the end of a name that take an article: "the Kerim Republic", "the Studenomorsk
/// Region".
static WITH_ARTICLE: WordList = WordList::new(
    "republic federation kingdom emirates states region oblast district province governorate \
     krai territory islands peninsula mountains valley sea ocean strait gulf netherlands \
     philippines maldives bahamas gambia caucasus hague vatican crimea arctic balkans sahel \
     donbas donbass",
);

/// Words written small inside of a name.
static JOINERS: WordList = WordList::new("upon de del la el al da do du");

/// What stands before "of" in the full name of a state or of a region.
static OF_STATE: WordList = WordList::new(
    "republic kingdom commonwealth emirate sultanate principality state region province",
);

/// Words written small that can follow a name without belonging to it.
static FUNCTION_WORDS: WordList = WordList::new(
    "a about after against ahead along amid among an and are as at be because before between \
     but by can could despite due during following for from had has have he his if in into is \
     it its last later may must near next not of on or over said says she since so some that \
     the their they this through to today told took under until upon was we were when where \
     which while who whose will with within would yesterday together also hosted hosts held",
);

impl Reader<'_> {
    /// The place that the words from `at` on name, `at` standing behind a preposition. None of them
    /// lies behind
    /// `end`.
    pub(super) fn name_at(&self, at: usize, end: usize) -> Option<Place> {
        let slice = self.text.get(at..end);
        let rest = slice.trim_start();
        let at = at + (slice.len() - rest.len());
        let (has_article, skip) = match rest.strip_prefix("the ") {
            Some(_) => (true, "the ".len()),
            None => (false, 0),
        };
        let words = capitalised(rest.get(skip..)?);
        let name = at + skip + words.name.start..at + skip + words.name.end;
        let place = self.named(name, end, has_article);
        // "In Moscow's Great Hall": what the hall belongs to.
        place.or_else(|| {
            let owner = words.owner?;
            self.named(at + skip + owner.start..at + skip + owner.end, end, has_article)
        })
    }

    fn named(&self, range: Range<usize>, end: usize, has_article: bool) -> Option<Place> {
        if range.is_empty() || self.is_somebody(&range) {
            return None;
        }
        let name = self.text.get(range.clone());
        if let Some(place) = self.registered(name, &range) {
            return Some(place);
        }
        let behind = self.text.get(range.end..end);
        let named = without_state_words(name);
        let is_state = named.len() < name.len();
        let range = range.end - named.len()..range.end;
        let is_wide = is_state || WITH_ARTICLE.has(&last_word(named).to_lowercase());
        is_place(named, behind, has_article && !is_state).then(|| Place {
            name: ordinary_case(named),
            range,
            organisation: None,
            is_wide,
        })
    }

    /// A state or region of the registry of that name, under the short form of it.
    fn registered(&self, name: &str, range: &Range<usize>) -> Option<Place> {
        let state = self.registry.organisations().get(self.territories.0.get(name)?)?;
        let name = short_name(state).to_owned();
        let organisation = Some(state.id.clone());
        Some(Place { name, range: range.clone(), organisation, is_wide: true })
    }

    /// Whether `range` touches the name of a person, or of an organisation that is no territory.
    fn is_somebody(&self, range: &Range<usize>) -> bool {
        let touches = |it: &Range<usize>| it.start < range.end && range.start < it.end;
        let is_body = |id| self.registry.organisations().get(id).is_none_or(|it| !is_territory(it));
        self.people.mentions.iter().any(|it| touches(&it.range))
            || self
                .people
                .organisations
                .iter()
                .any(|it| touches(&it.range) && is_body(&it.organisation))
    }
}

/// States and regions of a registry by each of their names. Made once for a registry.
#[derive(Debug)]
pub(crate) struct Territories(HashMap<String, OrganisationId>);

impl Territories {
    pub(crate) fn of(registry: &Registry) -> Self {
        let mut territories = HashMap::new();
        for it in registry.organisations().values().filter(|it| is_territory(it)) {
            for name in std::iter::once(&it.name).chain(&it.other_names) {
                // The first of equals, as the registry gives them in the order of their ids.
                territories.entry(name.clone()).or_insert_with(|| it.id.clone());
            }
        }
        Self(territories)
    }
}

pub(super) fn is_territory(organisation: &Organisation) -> bool {
    let kind = organisation.classification.as_deref().unwrap_or_default();
    kind.split(|it: char| !it.is_alphabetic()).any(|word| {
        let territories = ["state", "region", "country", "city", "territory"];
        territories.iter().any(|it| word.eq_ignore_ascii_case(it))
    })
}

/// The shortest of the names that is no abbreviation.
fn short_name(state: &Organisation) -> &str {
    let names = std::iter::once(&state.name).chain(&state.other_names);
    let whole = names.filter(|it| it.chars().any(char::is_lowercase) && !it.contains('\''));
    whole.map(String::as_str).min_by_key(|it| it.len()).unwrap_or(&state.name)
}

/// Capitalised words, with the possessive before them: `Varegia's Studenomorsk`.
struct Capitalised {
    name: Range<usize>,
    owner: Option<Range<usize>>,
}

/// The stretch of capitalised words at the start of `text`: `St. Marinburg`, `Port Meridian`,
/// `Republic of Polavia`.
fn capitalised(text: &str) -> Capitalised {
    let (mut start, mut end, mut at, mut owner) = (0, 0, 0, None);
    for word in text.split(' ') {
        let behind = text.get(at + word.len()..).unwrap_or_default().trim_start();
        let so_far = text.get(start..end).unwrap_or_default();
        let bare = word.trim_end_matches(|it: char| !it.is_alphanumeric());
        let joins = !so_far.is_empty()
            && behind.starts_with(char::is_uppercase)
            && (JOINERS.has(word) || word == "of" && starts_state(so_far));
        if !joins && !bare.starts_with(char::is_uppercase) {
            break;
        }
        if let Some(name) = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")) {
            owner = Some(start..at + name.len());
            start = at + word.len() + 1;
            end = start;
        } else if !joins {
            end = at + bare.len();
            let closed = word.len() > bare.len() && !matches!(bare, "St" | "Mt" | "Ft" | "Ste");
            if closed {
                break;
            }
        }
        at += word.len() + 1;
    }
    let end = end.min(text.len());
    Capitalised { name: start.min(end)..end, owner }
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or_default()
}

fn starts_state(name: &str) -> bool {
    OF_STATE.has(&last_word(name).to_lowercase())
}

/// `Republic of Polavia` without its first words.
fn without_state_words(name: &str) -> &str {
    match name.split_once(" of ") {
        Some((kind, rest)) if starts_state(kind) => rest,
        Some(_) | None => name,
    }
}

/// Whether `name` can be that of a place. `needs_article_word` where "the" stands before it.
fn is_place(name: &str, behind: &str, needs_article_word: bool) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split([' ', '-']);
    let is_abbreviation = name.chars().filter(|it| it.is_uppercase()).count() > 1
        && !name.chars().any(char::is_lowercase);
    let next = behind.strip_prefix(' ').unwrap_or_default();
    let next: String = next.chars().take_while(|it| it.is_alphanumeric()).collect();
    let qualifies = next.starts_with(char::is_lowercase) && !FUNCTION_WORDS.has(&next);
    let is_adjective =
        ["ian", "ish", "ese", "can", "ean", "ic"].iter().any(|it| lower.ends_with(it));
    let takes_article = WITH_ARTICLE.has(last_word(&lower));
    !is_abbreviation
        && !name.chars().any(|it| it.is_ascii_digit())
        && name.chars().count() > 2
        && !words.any(is_body_word)
        && !(qualifies && (is_adjective || needs_article_word && !takes_article))
        && (!needs_article_word || takes_article)
        && !behind.starts_with(['-', '‑'])
}

/// Whether a part of a line with date and place is a building, so that the place stands behind it.
pub(super) fn is_building(part: &str) -> bool {
    let lower = part.to_lowercase();
    lower.starts_with("the ") && !WITH_ARTICLE.has(last_word(&lower))
        || lower.split([' ', '-']).any(is_body_word)
}

/// Whether `lower` is a word that makes a name that of a body, a building or an event.
pub(super) fn is_body_word(lower: &str) -> bool {
    NO_PLACE.has(lower)
}

/// A name in capitals in ordinary spelling: `PORT MERIDIAN` becomes `Port Meridian`.
pub(super) fn ordinary_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut starts = true;
    let mut text = String::with_capacity(name.len());
    for found in name.chars() {
        if starts {
            text.push(found);
        } else {
            text.extend(found.to_lowercase());
        }
        starts = !found.is_alphabetic();
    }
    text
}
