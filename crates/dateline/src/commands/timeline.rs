//! `dateline timeline`: what an official said and did, or what was reported on a topic, newest first; or how much of it
//! there is, day by day to year by year.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use dateline_event::Position;
use dateline_projector::annotation::{AppearanceRole, StatementKind};
use dateline_projector::{AsOf, Chart, Entry, Filter, Interval, Query, Scope, Sighted, View};
use serde_json::{Value, json};

use super::Outcome;
use crate::cli::{CountBy, Part, Speech, TimelineArgs};
use crate::exit::{Exit, Failure};
use crate::output::print;
use crate::print::timeline_text::Extent;
use crate::print::{timeline_json, timeline_text};
use crate::scopes::{named, scopes};
use crate::{store, views};

/// Prints the timeline that was asked for.
pub(crate) fn run(args: &TimelineArgs, data: &Path) -> Outcome {
    let as_of = args.as_of.as_deref().map(as_of).transpose()?;
    let view = views::of_log(data, Arc::new(store::open_existing(data)?))?;
    let mut scopes = scopes(&args.scope, &view)?.into_iter();
    let Some(scope) = scopes.next() else { return Ok(Exit::NotFound) };
    let filter = Filter { also: scopes.collect(), ..filter(args)? };
    let query = Query { filter, as_of, ..Query::newest(args.limit) };
    match args.count_by {
        Some(interval) => show_chart(args, &view, &scope, &query, interval.into())?,
        None => show(args, &view, &scope, &query)?,
    }
    Ok(Exit::Done)
}

fn filter(args: &TimelineArgs) -> Result<Filter, Failure> {
    let roles = args.part.iter().map(|it| match it {
        Part::Speaker => AppearanceRole::Speaker,
        Part::Participant => AppearanceRole::Participant,
        Part::Mentioned => AppearanceRole::Mentioned,
    });
    let source = args.source.as_deref().map(|it| {
        it.parse().map_err(|why| Failure::message(Exit::Input, format_args!("--source: {why}")))
    });
    Ok(Filter {
        from: args.from,
        to: args.to,
        also: Vec::new(),
        roles: roles.collect(),
        statements: args.statements.map(|it| match it {
            Speech::Direct => StatementKind::Direct,
            Speech::Indirect => StatementKind::Indirect,
        }),
        source: source.transpose()?,
        language: args.language.clone(),
        among: None,
    })
}

impl From<CountBy> for Interval {
    fn from(by: CountBy) -> Self {
        match by {
            CountBy::Day => Self::Day,
            CountBy::Week => Self::Week,
            CountBy::Month => Self::Month,
            CountBy::Year => Self::Year,
        }
    }
}

/// The name of all timelines whose common entries are shown.
fn heading(view: &View, scope: &Scope, filter: &Filter) -> String {
    let all = [scope].into_iter().chain(&filter.also).map(|it| named(view, it));
    all.collect::<Vec<_>>().join(" · ")
}

fn show(args: &TimelineArgs, view: &View, scope: &Scope, query: &Query) -> Result<(), Failure> {
    let page = view.timeline(scope, query);
    let position = view.position().map(|it| it.to_string());
    let name = heading(view, scope, &query.filter);
    let of = view.count(scope, &query.filter, query.as_of);
    if args.json {
        let entries: Vec<Value> = page
            .items
            .iter()
            .map(|it| timeline_json::entry(it, &sightings(view, query, it)))
            .collect();
        return print(json!({
            "of": name,
            "position": position,
            "entries": entries,
            "entry_count": of,
            "has_more": page.has_next,
        }));
    }
    let extent = Extent { shown: page.items.len(), of: Some(of) };
    print(timeline_text::heading(&name, &extent, view.position()))?;
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

fn show_chart(
    args: &TimelineArgs,
    view: &View,
    scope: &Scope,
    query: &Query,
    interval: Interval,
) -> Result<(), Failure> {
    let Chart { bars, without_day } = view.chart(scope, &query.filter, query.as_of, interval);
    let name = heading(view, scope, &query.filter);
    if args.json {
        let position = view.position().map(|it| it.to_string());
        let bars: Vec<Value> = bars
            .iter()
            .map(|it| json!({ "from": it.from, "to": it.to, "entries": it.entries }))
            .collect();
        return print(json!({
            "of": name,
            "position": position,
            "bars": bars,
            "without_day": without_day,
        }));
    }
    let total = view.count(scope, &query.filter, query.as_of);
    let extent = Extent { shown: total, of: Some(total) };
    print(timeline_text::heading(&name, &extent, view.position()))?;
    for bar in bars {
        let days = if bar.from == bar.to {
            bar.from.to_string()
        } else {
            format!("{} to {}", bar.from, bar.to)
        };
        print(format_args!("  {days}  {:>7}", bar.entries))?;
    }
    if without_day > 0 {
        print(format_args!("  without a day  {without_day:>7}"))?;
    }
    Ok(())
}

/// The pages on which the story of `entry` had been seen when the timeline is asked for.
fn sightings<'a>(view: &View, query: &Query, entry: &'a Entry) -> Vec<Sighted<'a>> {
    let position = query.as_of.map_or(view.position(), |it| view.position_at(it));
    position.map(|at| entry.record().sightings_at(at)).unwrap_or_default()
}

/// A position, or an instant in RFC 3339.
pub(super) fn as_of(text: &str) -> Result<AsOf, Failure> {
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
