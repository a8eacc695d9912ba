//! A view as text: the same view gives the same bytes on every machine, however it was made.

use std::io::{self, Write};

use dateline_annotate::Registry;
use dateline_event::Position;
use serde::Serialize;
use serde_json::json;

use crate::page::Scope;
use crate::record::StoryRecord;
use crate::slot::{Place, Traits};
use crate::stored::Stored;
use crate::view::View;

impl View {
    /// Writes all that is in the view, one JSON object a line: its position and counts, the registry, each story with
    /// its texts, readings and entries, each group of stories that are the same, each timeline with its entries in order, superseded ones included, and the instants.
    /// Two views are the same when this is. The form is for comparing, not for storing: it may change.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_canonical(&self, out: &mut impl Write) -> io::Result<()> {
        let (position, recorded, counts) = (self.position(), self.recorded(), self.counts());
        line(out, &json!({ "position": position, "recorded": recorded, "counts": counts }))?;
        registry(out, self.registry())?;
        for (id, _) in self.reported.iter() {
            if let Some(record) = self.story(id) {
                story(out, &record)?;
            }
            if let Some(stored) = self.stored(id) {
                entries(out, stored)?;
            }
        }
        for ((changed_at, reported_at), ()) in self.amended.iter() {
            line(out, &json!({ "changed": changed_at, "reported": reported_at }))?;
        }
        for (id, group) in self.kin.iter() {
            line(out, &json!({ "story": id, "is_one_with": &**group }))?;
        }
        for (id, facts) in self.unreported.iter() {
            line(out, &json!({ "unreported": id }))?;
            lines(out, "ruling", &facts.rulings)?;
        }
        for (scope, timeline) in self.timelines.iter() {
            line(out, &json!({ "timeline": name(scope), "entries": timeline.current.len() }))?;
            for slot in timeline.current.iter() {
                let place = slot.place();
                let recorded = self.stories.get(&place.reported_at()).and_then(|it| it.current());
                let recorded = recorded.map(|it| it.recorded_at);
                entry(out, place, recorded, None, slot.traits())?;
            }
            for (key, traits) in timeline.past.iter() {
                entry(out, key.place, Some(key.recorded_at()), Some(key.until), *traits)?;
            }
        }
        for (instant, position) in self.instants.iter() {
            line(out, &json!({ "instant": instant, "position": position }))?;
        }
        Ok(())
    }
}

fn registry(out: &mut impl Write, registry: &Registry) -> io::Result<()> {
    lines(out, "official", registry.officials().values())?;
    lines(out, "organisation", registry.organisations().values())?;
    lines(out, "office", registry.offices().values())?;
    lines(out, "tenure", registry.tenures().values())?;
    lines(out, "topic", registry.topics().values())
}

fn story(out: &mut impl Write, record: &StoryRecord) -> io::Result<()> {
    line(out, &json!({ "story": record.id(), "status": record.status().as_str() }))?;
    lines(out, "revision", record.revisions())?;
    for it in &record.facts().retractions {
        line(out, &json!({ "retraction": it.position, "reason": &*it.reason }))?;
    }
    lines(out, "ruling", record.rulings())?;
    lines(out, "sighting", &record.facts().sightings)?;
    for it in record.readings() {
        line(
            out,
            &json!({
                "reading": it.recorded_at(),
                "recorded": it.recorded(),
                "revision": it.revision().position,
                "superseded": it.superseded(),
                "key": it.key().to_string(),
                "annotation": it.annotation(),
            }),
        )?;
    }
    Ok(())
}

/// The entries of which a story is the one that is shown.
fn entries(out: &mut impl Write, stored: &Stored) -> io::Result<()> {
    for mark in stored.marks.all() {
        let shared = stored.shared(mark);
        line(
            out,
            &json!({
                "entry": mark.key().to_string(),
                "basis": mark.basis.as_str(),
                "superseded": mark.superseded,
                "recorded": shared.map(|it| it.recorded),
                "others": shared.map(|it| &it.others),
            }),
        )?;
    }
    lines(out, "shown_by", stored.all_shown_by())
}

fn entry(
    out: &mut impl Write,
    place: Place,
    recorded: Option<Position>,
    superseded: Option<Position>,
    traits: Traits,
) -> io::Result<()> {
    line(
        out,
        &json!({
            "day": place.day(),
            "reported": place.reported_at(),
            "recorded": recorded,
            "superseded": superseded,
            "traits": traits.byte(),
        }),
    )
}

fn name(scope: &Scope) -> String {
    match scope {
        Scope::Official(id) => format!("official {id}"),
        Scope::Office(id) => format!("office {id}"),
        Scope::Organisation(id) => format!("organisation {id}"),
        Scope::Topic(id) => format!("topic {id}"),
        Scope::Source(id) => format!("source {id}"),
        Scope::Language(code) => format!("language {code}"),
        Scope::Everything => "everything".to_owned(),
    }
}

fn lines<'a, T: Serialize + 'a>(
    out: &mut impl Write,
    what: &str,
    values: impl IntoIterator<Item = &'a T>,
) -> io::Result<()> {
    values.into_iter().try_for_each(|it| line(out, &json!({ what: it })))
}

fn line(out: &mut impl Write, value: &serde_json::Value) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
