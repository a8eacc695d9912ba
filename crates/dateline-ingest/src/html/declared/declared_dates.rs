//! Dates that a page declares where readers do not see them: JSON-LD, `<meta>` tags, data for scripts.

use super::candidate::{Candidate, Place, Setting};
use super::date_text;
use super::found::Evidence;
use super::headline::bare;
use super::json_ld::{Standing, Work, WorkKind};
use super::meta_names::{DateOf, date_of};
use super::region::Regions;
use super::script_data;

/// What is taken from trust in the dates of a work with another headline than the page's own.
const OF_ANOTHER_HEADLINE: i32 = 30;

/// Adds them to `all`.
pub(super) fn gather(
    setting: &Setting<'_, '_>,
    regions: &mut Regions<'_, '_>,
    all: &mut Vec<Candidate>,
) {
    of_json_ld(setting, all);
    of_metas(setting, regions, all);
    of_scripts(setting, all);
    of_titles(setting, all);
}

/// The dates of works in JSON-LD.
fn of_json_ld(setting: &Setting<'_, '_>, all: &mut Vec<Candidate>) {
    let is_own = |it: &Work<'_>| {
        let headline = it.text("headline").map(bare).filter(|it| !it.is_empty());
        headline.is_some_and(|it| setting.title.contains(&it) || it.contains(&setting.title))
    };
    let some_own = !setting.title.is_empty() && setting.works.iter().any(is_own);
    for (key, made) in
        [("datePublished", 0), ("dateCreated", 8), ("uploadDate", 4), ("dateModified", 53)]
    {
        for (index, work) in setting.works.iter().enumerate() {
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
            let foreign = some_own && work.kind == WorkKind::Article && !is_own(work);
            let base = if foreign { base - OF_ANOTHER_HEADLINE } else { base };
            let place = Place::InWork { work: index, key };
            let candidate = Candidate::new(edtf, Evidence::JsonLd(key), place, base - made);
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
        let candidate =
            Candidate::new(edtf, evidence, Place::Markup(meta.content.range.clone()), trust);
        all.extend(candidate.map(|it| Candidate { changed, ..it }));
    }
}

/// Data for scripts: trusted where it names one day alone.
fn of_scripts(setting: &Setting<'_, '_>, all: &mut Vec<Candidate>) {
    let dates = script_data::dates(&setting.outline.scripts, setting.order);
    let first = dates.first().and_then(|it| it.0.earliest());
    let lone = dates.iter().all(|it| it.0.earliest() == first);
    let trust = if lone { 58 } else { 39 };
    let candidate =
        |(edtf, range)| Candidate::new(edtf, Evidence::Script, Place::Markup(range), trust);
    all.extend(dates.into_iter().filter_map(candidate));
}

/// A date in the title of the page, which may be that of what it tells.
fn of_titles(setting: &Setting<'_, '_>, all: &mut Vec<Candidate>) {
    let titles = setting.outline.metas.iter().filter(|it| it.name == "og:title");
    for title in titles.take(1) {
        for it in date_text::days_in(&title.content.text, setting.order) {
            let evidence = Evidence::Meta(title.name.clone());
            all.extend(Candidate::new(
                it.edtf,
                evidence,
                Place::Markup(title.content.range.clone()),
                42,
            ));
        }
    }
}
