//! Dates that stand on the page itself: in its text, and in the attributes of its tags.

use super::candidate::{Candidate, Place, Setting};
use super::date_label::{label_before, label_behind, whole_label};
use super::date_text::{self, DayInText, Form};
use super::found::Evidence;
use super::outline::DateTag;
use super::printed_text::Line;
use super::region::{Dated, Region, Regions};

/// Adds them to `all`.
pub(super) fn gather(
    setting: &Setting<'_, '_>,
    regions: &mut Regions<'_, '_>,
    all: &mut Vec<Candidate>,
) {
    of_tags(setting, regions, all);
    of_text(setting, regions, all);
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
        let candidate = Candidate::new(edtf, evidence_of_tag(found), Place::Markup(range), trust);
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
    let near = nearness(setting.headline, place);
    if region.comment {
        bonus -= if near > 5 { 10 } else { 60 };
    }
    if region.aside {
        bonus -= if near > 5 { 10 } else { 34 };
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

/// Dates in the text of the page.
fn of_text(setting: &Setting<'_, '_>, regions: &mut Regions<'_, '_>, all: &mut Vec<Candidate>) {
    for block in &setting.outline.blocks {
        let line = Line::of(block);
        let mut label = block.before.as_ref().map_or(Dated::No, |it| whole_label(&it.decoded()));
        for found in date_text::days_in(&line.text, setting.order) {
            let region = regions.region(line.element_at(found.range.start));
            let before = line.text.get(..found.range.start).unwrap_or_default();
            if !before.trim().is_empty() {
                label = label_before(before);
            }
            let behind = line.text.get(found.range.end..).unwrap_or_default();
            if label == Dated::No {
                label = label_behind(behind);
            }
            let changed = label == Dated::Updated
                || (region.dated == Dated::Updated && label != Dated::Published);
            let dated = if changed { Dated::Updated } else { region.dated.max(label) };
            let trust = trust_of_text(dated, before, behind, &found)
                + place_bonus(setting, block.place, region);
            let place = Place::Markup(line.in_markup(&found.range, setting.markup));
            let candidate = Candidate::new(found.edtf, Evidence::PageText, place, trust);
            all.extend(candidate.map(|it| Candidate { changed, ..it }));
        }
    }
}

/// Trust in a date in a text, with what stands before and behind it in its line.
fn trust_of_text(dated: Dated, before: &str, behind: &str, found: &DayInText) -> i32 {
    let by_label = match dated {
        Dated::Updated => 44,
        Dated::Published => 72,
        Dated::Date => 66,
        Dated::Meta => 60,
        Dated::No => 46,
    };
    let by_words = match (count_words(before), count_words(behind)) {
        (before, behind) if before + behind <= 6 => 4,
        (before, behind) if before + behind <= 16 => 0,
        // A text that starts with its date, in brackets or behind the place.
        (0..=2, _) if !tells_when(before) => 0,
        _ if dated == Dated::Published => -8,
        _ => -24,
    };
    let by_form = match found.form {
        Form::Full => 0,
        Form::Ambiguous => -3,
        Form::ShortYear => -4,
    };
    let by_clock = if found.edtf.start().clock().is_some() { 3 } else { 0 };
    by_label + by_words + by_form + by_clock
}

/// Whether a sentence starts with a day on which something happens.
fn tells_when(before: &str) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "am", "vom", "ab", "on", "from", "since", "le", "du", "el", "il", "dal", "em", "op", "den",
        "w", "dnia", "dne", "в", "во", "с", "у",
    ];
    let last = before.split_whitespace().last().unwrap_or_default().to_lowercase();
    PREPOSITIONS.contains(&last.as_str())
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}
