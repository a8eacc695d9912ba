//! `dateline timeline`: what an official said and did, or what was reported on a topic, newest first.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use dateline_event::{OfficialId, Position, TopicId};
use dateline_projector::{AsOf, Entry, Query, Scope, Sighted, View};
use serde_json::{Value, json};

use super::Outcome;
use crate::cli::TimelineArgs;
use crate::exit::{Exit, Failure};
use crate::output::print;
use crate::print::timeline_text::Extent;
use crate::print::{timeline_json, timeline_text};
use crate::{store, views};

/// Names that are offered when nothing has the one that was typed.
const OFFERED: usize = 5;

/// Prints the timeline of one official or topic.
pub(crate) fn run(args: &TimelineArgs, data: &Path) -> Outcome {
    let as_of = args.as_of.as_deref().map(as_of).transpose()?;
    let view = views::of_log(Arc::new(store::open_existing(data)?))?;
    let scope = match (&args.official, &args.topic) {
        (Some(name), _) => Scope::Official(official(&view, name)?),
        (None, Some(name)) => Scope::Topic(topic(&view, name)?),
        // The arguments hold one of the two.
        (None, None) => return Ok(Exit::NotFound),
    };
    let mut query = Query::newest(args.limit);
    (query.from, query.to, query.as_of) = (args.from, args.to, as_of);
    show(args, &view, &scope, &query)?;
    Ok(Exit::Done)
}

fn show(args: &TimelineArgs, view: &View, scope: &Scope, query: &Query) -> Result<(), Failure> {
    let page = view.timeline(scope, query);
    let position = view.position().map(|it| it.to_string());
    if args.json {
        let entries: Vec<Value> = page
            .items
            .iter()
            .map(|it| timeline_json::entry(it, &sightings(view, query, it)))
            .collect();
        return print(json!({
            "of": named(view, scope),
            "position": position,
            "entries": entries,
            "has_more": page.has_next,
        }));
    }
    let is_whole = query.from.is_none() && query.to.is_none() && query.as_of.is_none();
    let of = is_whole.then(|| view.entries(scope));
    let extent = Extent { shown: page.items.len(), of };
    print(timeline_text::heading(&named(view, scope), &extent, view.position()))?;
    for entry in &page.items {
        print(format_args!(
            "\n{}",
            timeline_text::entry(entry, sightings(view, query, entry).len())
        ))?;
    }
    if page.has_next {
        print(format_args!(
            "\nThere is more; `--limit {}` shows more of it.",
            args.limit.saturating_mul(2)
        ))?;
    }
    Ok(())
}

/// The pages on which the story of `entry` had been seen when the timeline is asked for.
fn sightings<'a>(view: &'a View, query: &Query, entry: &Entry) -> Vec<Sighted<'a>> {
    let position = query.as_of.map_or(view.position(), |it| view.position_at(it));
    let seen = |at| Some(view.story(&entry.story())?.sightings_at(at));
    position.and_then(seen).unwrap_or_default()
}

/// The name under which a timeline is shown.
fn named(view: &View, scope: &Scope) -> String {
    match scope {
        Scope::Official(id) => {
            view.official(id).map_or_else(|| id.to_string(), |it| it.official.name.clone())
        }
        Scope::Topic(id) => view
            .topic(id)
            .and_then(|it| it.topic.labels.first().map(|label| label.text.clone()))
            .unwrap_or_else(|| id.to_string()),
    }
}

/// A position, or an instant in RFC 3339.
fn as_of(text: &str) -> Result<AsOf, Failure> {
    if let Ok(position) = text.parse::<Position>() {
        return Ok(AsOf::Position(position));
    }
    match DateTime::parse_from_rfc3339(text) {
        Ok(instant) => Ok(AsOf::Instant(instant.with_timezone(&Utc))),
        Err(_) => Err(Failure::message(
            Exit::Input,
            format_args!(
                "--as-of is `{text}`, wanted a position such as 40 or an instant such as 2026-01-31T12:00:00Z"
            ),
        )),
    }
}

/// The official with this id, or the only one with this name.
fn official(view: &View, typed: &str) -> Result<OfficialId, Failure> {
    let officials = view.registry().officials();
    if let Some(id) = OfficialId::new(typed).ok().filter(|it| officials.contains_key(it)) {
        return Ok(id);
    }
    let wanted = typed.to_lowercase();
    let has_name = |name: &String| name.to_lowercase() == wanted;
    let mut named =
        officials.values().filter(|it| has_name(&it.name) || it.other_names.iter().any(has_name));
    match (named.next(), named.next()) {
        (Some(one), None) => return Ok(one.id.clone()),
        (Some(one), Some(other)) => {
            let message = format!(
                "`{typed}` names several officials, such as {} and {}; give an id",
                one.id, other.id
            );
            return Err(Failure::message(Exit::NotFound, message));
        }
        (None, _) => {}
    }
    let alike = officials.values().filter(|it| {
        let name = it.name.to_lowercase();
        wanted.split_whitespace().any(|word| name.contains(word))
    });
    let offered: Vec<String> =
        alike.take(OFFERED).map(|it| format!("{} ({})", it.id, it.name)).collect();
    Err(not_found("official", typed, &offered))
}

fn topic(view: &View, typed: &str) -> Result<TopicId, Failure> {
    let topics = view.registry().topics();
    if let Some(id) = TopicId::new(typed).ok().filter(|it| topics.contains_key(it)) {
        return Ok(id);
    }
    let wanted = typed.to_lowercase();
    let alike = topics.values().filter(|it| {
        it.id.as_str().contains(&wanted)
            || it.labels.iter().any(|label| label.text.to_lowercase().contains(&wanted))
    });
    let offered: Vec<String> = alike.take(OFFERED).map(|it| it.id.to_string()).collect();
    Err(not_found("topic", typed, &offered))
}

fn not_found(what: &str, typed: &str, offered: &[String]) -> Failure {
    let hint = match offered {
        [] => format!("; the registry has no {what} like it"),
        some => format!("; did you mean {}?", some.join(", ")),
    };
    Failure::message(Exit::NotFound, format_args!("no {what} `{typed}`{hint}"))
}
