//! Dates that may be the page's day of publication, each with how far it is trusted.

use std::ops::Range;

use chrono::NaiveDate;
use dateline_event::date::Edtf;

use super::date_label::label_before;
use super::date_text::{self, FieldOrder, Form};
use super::found::Evidence;
use super::json_ld::{Standing, Work, WorkKind};
use super::meta_names::{DateOf, date_of};
use super::outline::{DateTag, Outline};
use super::printed_text::Line;
use super::region::{Dated, Region, Regions};
use super::script_data;

/// A date that may be the day of publication.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) edtf: Edtf,
    pub(super) day: NaiveDate,
    pub(super) evidence: Evidence,
    pub(super) range: Range<usize>,
    /// How far it is trusted, from 0 to 100.
    pub(super) trust: i32,
    /// Whether it is said to be the date of a change.
    pub(super) changed: bool,
}

/// What is known of a page before its dates are weighed.
pub(super) struct Setting<'a, 'b> {
    pub(super) markup: &'a str,
    pub(super) outline: &'b Outline<'a>,
    pub(super) works: &'b [Work<'a>],
    /// The place of the headline among the blocks of text.
    pub(super) headline: Option<usize>,
    pub(super) order: FieldOrder,
}

/// All candidates of a page.
pub(super) fn candidates(
    setting: &Setting<'_, '_>,
    regions: &mut Regions<'_, '_>,
) -> Vec<Candidate> {
    let mut all = Vec::new();
    of_json_ld(setting, &mut all);
    of_metas(setting, regions, &mut all);
    of_tags(setting, regions, &mut all);
    of_text(setting, regions, &mut all);
    of_scripts(setting, &mut all);
    of_titles(setting, &mut all);
    all
}

impl Candidate {
    fn new(edtf: Edtf, evidence: Evidence, range: Range<usize>, trust: i32) -> Option<Self> {
        let day = edtf.earliest()?;
        Some(Self { edtf, day, evidence, range, trust, changed: false })
    }
}

fn of_json_ld(setting: &Setting<'_, '_>, all: &mut Vec<Candidate>) {
    for (key, made) in
        [("datePublished", 0), ("dateCreated", 8), ("uploadDate", 4), ("dateModified", 60)]
    {
        for work in setting.works {
            let base = match (work.kind, work.standing) {
                (WorkKind::Article, Standing::Main) => 95,
                (WorkKind::Other, Standing::Main) => 80,
                (WorkKind::Article, Standing::Part) => 55,
                (WorkKind::Page, Standing::Main) => 78,
                (WorkKind::Other, Standing::Part) => 45,
                (WorkKind::Page, Standing::Part) => 30,
            };
            let Some(text) = work.text(key) else { continue };
            let Some(edtf) = date_text::read(text, setting.order) else { continue };
            let range = work.said(key).map_or(0..0, |it| it.range);
            let candidate = Candidate::new(edtf, Evidence::JsonLd(key), range, base - made);
            let changed = key == "dateModified";
            all.extend(candidate.map(|it| Candidate { changed, ..it }));
        }
    }
}

fn of_metas(setting: &Setting<'_, '_>, regions: &mut Regions<'_, '_>, all: &mut Vec<Candidate>) {
    for meta in &setting.outline.metas {
        let Some(of) = date_of(&meta.name) else { continue };
        let Some(edtf) = date_text::read(&meta.content.text, setting.order) else { continue };
        let mut trust = match of {
            DateOf::Publication if meta.name == "article:published_time" => 93,
            DateOf::Publication => 90,
            DateOf::Making => 82,
            DateOf::Unsaid => 74,
            DateOf::Change => 42,
        };
        if meta.place > 0 {
            let region = regions.region(meta.element);
            trust -= if region.comment { 80 } else { 0 } + if region.aside { 40 } else { 0 };
        }
        let evidence = Evidence::Meta(meta.name.clone());
        let changed = of == DateOf::Change;
        let candidate = Candidate::new(edtf, evidence, meta.content.range.clone(), trust);
        all.extend(candidate.map(|it| Candidate { changed, ..it }));
    }
}

/// Attributes of tags in the body: `datetime`, `content`, `title`.
fn of_tags(setting: &Setting<'_, '_>, regions: &mut Regions<'_, '_>, all: &mut Vec<Candidate>) {
    for found in &setting.outline.date_tags {
        let written = ["datetime", "content", "title"].iter().find_map(|it| {
            let attribute = found.tag.attribute(it)?;
            let edtf = date_text::read(&attribute.value(), setting.order)?;
            Some((edtf, attribute.range))
        });
        let Some((edtf, range)) = written else { continue };
        let region = regions.region(found.element);
        let (trust, changed) = trust_of_tag(setting, found, region);
        let candidate = Candidate::new(edtf, evidence_of_tag(found), range, trust);
        all.extend(candidate.map(|it| Candidate { changed, ..it }));
    }
}

fn evidence_of_tag(found: &DateTag<'_>) -> Evidence {
    match found.tag.value("itemprop") {
        Some(name) => Evidence::Microdata(name.into_owned()),
        None => Evidence::Datetime,
    }
}

fn trust_of_tag(setting: &Setting<'_, '_>, found: &DateTag<'_>, region: Region) -> (i32, bool) {
    let itemprop = found.tag.value("itemprop").unwrap_or_default().to_ascii_lowercase();
    let pubdate = found.tag.attribute("pubdate").is_some();
    let changed = itemprop == "datemodified" || region.dated == Dated::Updated;
    let mut trust = if itemprop == "datepublished" || pubdate {
        88
    } else if changed {
        34
    } else if itemprop == "datecreated" || region.dated == Dated::Published {
        84
    } else {
        70
    };
    trust += place_bonus(setting, found.place, region);
    (trust, changed)
}

/// What the part of the page adds to or takes from trust in a date.
fn place_bonus(setting: &Setting<'_, '_>, place: usize, region: Region) -> i32 {
    let mut bonus = 0;
    if region.comment {
        bonus -= 60;
    }
    let near = nearness(setting.headline, place);
    if region.aside {
        bonus -= if near > 5 { 10 } else { 30 };
    }
    if region.story {
        bonus += 3;
    }
    bonus + near
}

/// Dates just behind the headline are trusted most, those just before it next.
fn nearness(headline: Option<usize>, place: usize) -> i32 {
    let Some(headline) = headline else { return 0 };
    if place >= headline {
        match place - headline {
            0..=3 => 8,
            4..=8 => 5,
            9..=15 => 0,
            16..=40 => -8,
            _ => -14,
        }
    } else {
        match headline - place {
            0..=3 => 6,
            4..=8 => 0,
            _ => -16,
        }
    }
}

/// Data for scripts: trusted where it names one day alone.
fn of_scripts(setting: &Setting<'_, '_>, all: &mut Vec<Candidate>) {
    let dates = script_data::dates(&setting.outline.scripts, setting.order);
    let first = dates.first().and_then(|it| it.0.earliest());
    let lone = dates.iter().all(|it| it.0.earliest() == first);
    let trust = if lone { 58 } else { 39 };
    let candidates = dates.into_iter();
    all.extend(candidates.filter_map(|it| Candidate::new(it.0, Evidence::Script, it.1, trust)));
}

/// A date in the title of the page, which may be that of what it tells.
fn of_titles(setting: &Setting<'_, '_>, all: &mut Vec<Candidate>) {
    let titles = setting.outline.metas.iter().filter(|it| it.name == "og:title");
    for title in titles.take(1) {
        for it in date_text::days_in(&title.content.text, setting.order) {
            let evidence = Evidence::Meta(title.name.clone());
            all.extend(Candidate::new(it.edtf, evidence, title.content.range.clone(), 42));
        }
    }
}

fn of_text(setting: &Setting<'_, '_>, regions: &mut Regions<'_, '_>, all: &mut Vec<Candidate>) {
    for block in &setting.outline.blocks {
        let line = Line::of(block);
        for found in date_text::days_in(&line.text, setting.order) {
            let region = regions.region(line.element_at(found.range.start));
            let before = line.text.get(..found.range.start).unwrap_or_default();
            let behind = line.text.get(found.range.end..).unwrap_or_default();
            let label = match (before.trim().is_empty(), &block.before) {
                (true, Some(text)) => label_before(&text.decoded()),
                _ => label_before(before),
            };
            let words = count_words(before) + count_words(behind);
            let changed = label == Dated::Updated
                || (region.dated == Dated::Updated && label != Dated::Published);
            let mut trust = match (region.dated.max(label), changed) {
                (_, true) => 44,
                (Dated::Published, false) => 72,
                (Dated::Date, false) => 66,
                (Dated::Meta, false) => 60,
                (Dated::No | Dated::Updated, false) => 46,
            };
            trust += match (words, count_words(before)) {
                (0..=6, _) => 4,
                (7..=16, _) => 0,
                // A text that starts with its date, in brackets or behind the place.
                (_, 0..=1) => -6,
                _ => -24,
            };
            trust -= match found.form {
                Form::Full => 0,
                Form::Ambiguous => 3,
                Form::ShortYear => 4,
            };
            trust += place_bonus(setting, block.place, region);
            let range = line.in_markup(&found.range, setting.markup);
            let candidate = Candidate::new(found.edtf, Evidence::PageText, range, trust);
            all.extend(candidate.map(|it| Candidate { changed, ..it }));
        }
    }
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}
