//! `dateline search`: the entries of which a story has the words of a query, newest first, with the places of the words.

use std::path::Path;
use std::sync::Arc;

use dateline_log::LogReader;
use dateline_projector::{Entry, Filter, Query, Reading, Scope, View};
use dateline_search::{Evidence, Query as WordQuery};
use serde_json::{Value, json};

use super::Outcome;
use super::timeline::as_of;
use crate::cli::{ScopeArgs, SearchArgs};
use crate::exit::{Exit, Failure};
use crate::output::print;
use crate::print::timeline_text::Extent;
use crate::print::{search_text, timeline_json, timeline_text};
use crate::scopes::scopes;
use crate::words_index::{WordsIndex, failed};
use crate::{store, views};

/// Prints what was found; nothing found is no error.
pub(crate) fn run(args: &SearchArgs, data: &Path) -> Outcome {
    let input = |why: &dyn std::fmt::Display| Failure::message(Exit::Input, format_args!("{why}"));
    let query: WordQuery = args.query.parse().map_err(|why| input(&why))?;
    let as_of = args.as_of.as_deref().map(as_of).transpose()?;
    let source = args.source.as_deref().map(str::parse).transpose();
    let source = source.map_err(|why| input(&format_args!("--source: {why}")))?;
    let log: Arc<dyn LogReader> = Arc::new(store::open_existing(data)?);
    let view = views::of_log(data, Arc::clone(&log))?;
    let mut also = asked(args, &view)?;
    let words = WordsIndex::open(data, log)?;
    words.follow(&view).map_err(failed)?;
    let among = words.find(&view, &query, as_of).map_err(failed)?;
    let filter = Filter {
        from: args.from,
        to: args.to,
        source,
        language: args.language.clone(),
        among: Some(Arc::new(among)),
        ..Filter::default()
    };
    let scope = also.pop().unwrap_or(Scope::Everything);
    let filter = Filter { also, ..filter };
    let asked = Query { filter, as_of, ..Query::newest(args.limit) };
    show(args, (&view, &query), &scope, &asked)?;
    Ok(Exit::Done)
}

/// The timelines in which an entry has to be.
fn asked(args: &SearchArgs, view: &View) -> Result<Vec<Scope>, Failure> {
    let (official, topic) = (args.official.clone(), args.topic.clone());
    scopes(&ScopeArgs { official, topic, office: Vec::new(), organisation: Vec::new() }, view)
}

fn show(
    args: &SearchArgs,
    (view, words): (&View, &WordQuery),
    scope: &Scope,
    asked: &Query,
) -> Result<(), Failure> {
    let page = view.timeline(scope, asked);
    let count = view.count(scope, &asked.filter, asked.as_of);
    let told: Vec<_> = page.items.iter().map(|it| (it, evidence(words, it))).collect();
    if args.json {
        let entries: Vec<Value> = told.iter().map(|(it, found)| entry_json(it, found)).collect();
        return print(json!({
            "query": args.query,
            "position": view.position().map(|it| it.to_string()),
            "entries": entries,
            "entry_count": count,
            "has_more": page.has_next,
        }));
    }
    let extent = Extent { shown: told.len(), of: Some(count) };
    print(timeline_text::heading(&args.query, &extent, view.position()))?;
    for (entry, (_, found)) in &told {
        print(format_args!("\n{}", search_text::entry(entry, found)))?;
    }
    Ok(())
}

/// The copy of `entry` that has words of the query, the one that is shown before the others, and where.
fn evidence<'e>(words: &WordQuery, entry: &'e Entry) -> (&'e Arc<Reading>, Vec<Evidence>) {
    let shown = entry.reading();
    let copies = [shown].into_iter().chain(entry.sources());
    let mut found = copies.map(|it| (it, words.evidence(it)));
    found.find(|it| !it.1.is_empty()).unwrap_or((shown, Vec::new()))
}

fn entry_json(entry: &Entry, (reading, found): &(&Arc<Reading>, Vec<Evidence>)) -> Value {
    let mut value = timeline_json::entry(entry, &[]);
    let place = |it: &Evidence| {
        json!({
            "in": if it.in_title { "title" } else { "body" },
            "words": it.words,
            "span": it.span,
            "before": it.before,
            "after": it.after,
        })
    };
    if let Some(fields) = value.as_object_mut() {
        fields.remove("seen_on");
        let places: Vec<Value> = found.iter().map(place).collect();
        let page = reading.page();
        fields.insert(
            "evidence".to_owned(),
            json!({
                "story": reading.story(),
                "page": page,
                "places": places,
            }),
        );
    }
    value
}
