//! Dates that a page declares as its publication and that cannot be: a day that no calendar has, a day
//! long before the web or behind the capture.

use std::ops::Range;

use super::candidate::{Candidate, Setting};
use super::date_text;
use super::found::Evidence;
use super::json_ld::Standing;
use super::meta_names::{DateOf, date_of};

/// Most refused dates of one page that are told.
const MAX_REFUSED: usize = 4;

/// Longest date that is shown, in characters.
const MAX_SHOWN: usize = 40;

/// A date that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    /// As the page writes it, cut at a few words.
    pub(crate) written: String,
    /// Where it stands, in bytes of the decoded markup.
    pub(crate) range: Range<usize>,
    /// Why it was.
    pub(crate) why: &'static str,
}

impl Refused {
    fn new(text: &str, range: Range<usize>, why: &'static str) -> Self {
        Self { written: text.trim().chars().take(MAX_SHOWN).collect(), range, why }
    }
}

/// The refused among the declared dates of a page; `beyond` are those that can be read and lie in years
/// in which the page cannot have been published.
pub(super) fn refused<'c>(
    setting: &Setting<'_, '_>,
    beyond: impl Iterator<Item = &'c Candidate>,
) -> Vec<Refused> {
    let is_declared = |it: &&Candidate| {
        !it.changed && matches!(it.evidence, Evidence::JsonLd("datePublished") | Evidence::Meta(_))
    };
    let mut all = impossible(setting);
    for it in beyond.filter(is_declared) {
        let found = it.found(setting.works);
        let why = "the page cannot have been published then";
        all.push(Refused::new(&found.value.to_string(), found.range, why));
    }
    all.truncate(MAX_REFUSED);
    all
}

fn impossible(setting: &Setting<'_, '_>) -> Vec<Refused> {
    let cannot_be =
        |text: &str| looks_like_iso(text.trim()) && date_text::read(text, setting.order).is_none();
    let why = "no calendar has this day";
    let of_metas =
        setting.outline.metas.iter().filter(|it| {
            date_of(&it.name) == Some(DateOf::Publication) && cannot_be(&it.content.text)
        });
    let mut all: Vec<Refused> =
        of_metas.map(|it| Refused::new(&it.content.text, it.content.range.clone(), why)).collect();
    let works = setting.works.iter().filter(|it| it.standing == Standing::Main);
    for said in works.filter_map(|it| it.said("datePublished")).filter(|it| cannot_be(&it.text)) {
        all.push(Refused::new(&said.text, said.range, why));
    }
    all
}

/// Whether a text starts like `2024-02-31`.
fn looks_like_iso(text: &str) -> bool {
    let digits = |range: Range<usize>| {
        text.as_bytes().get(range).is_some_and(|it| it.iter().all(u8::is_ascii_digit))
    };
    let dash = |at: usize| text.as_bytes().get(at) == Some(&b'-');
    digits(0..4) && dash(4) && digits(5..7) && dash(7) && digits(8..10)
}
