//! `dateline stories`: the stories of the log, copies of one as one, and those on one event together.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use dateline_projector::{Bond, EventGroup, Kinship, Reading};
use serde_json::json;

use super::Outcome;
use super::timeline::as_of;
use crate::cli::StoriesArgs;
use crate::exit::{Exit, Failure};
use crate::output::print;
use crate::print::stories_text;
use crate::{store, views};

/// Stories that are one, the one to show first.
type Copies = Vec<Arc<Reading>>;

/// Prints all stories that count, or counted then.
pub(crate) fn run(args: &StoriesArgs, data: &Path) -> Outcome {
    let as_of = args.as_of.as_deref().map(as_of).transpose()?;
    let log = Arc::new(store::open_existing(data)?);
    let kinship = Kinship::of_log(&*log, views::threads()).map_err(views::stopped)?;
    let view = views::of_log(data, log)?;
    let position = as_of.map_or(view.position(), |it| view.position_at(it));
    // Before the first event the record said nothing.
    let Some(position) = position else { return Ok(Exit::Done) };
    let mut events: BTreeMap<EventGroup, Vec<(Bond, Copies)>> = BTreeMap::new();
    for (bond, _) in kinship.stories_at(position) {
        let copies = kinship.copies(bond.story, position, &view);
        events.entry(bond.event).or_default().push((bond, copies));
    }
    for stories in events.into_values() {
        if args.json {
            stories.iter().try_for_each(|(bond, copies)| print_json(*bond, copies))?;
        } else {
            let told: Vec<_> = stories.iter().map(|it| it.1.as_slice()).collect();
            print(stories_text::event(&told))?;
        }
    }
    Ok(Exit::Done)
}

fn print_json(bond: Bond, copies: &Copies) -> Result<(), Failure> {
    copies.iter().enumerate().try_for_each(|(at, it)| {
        print(json!({
            "story": it.story(),
            "title": it.title(),
            "role": it.content().role,
            "source": it.source(),
            "address": it.content().address.as_ref().or(it.page().address.as_ref()),
            "page": it.page().name,
            "published": it.annotation().published.edtf,
            "recorded_at": it.recorded_at().to_string(),
            "same_story": bond.story.to_string(),
            "same_event": bond.event.to_string(),
            "shown": at == 0,
        }))
    })
}
