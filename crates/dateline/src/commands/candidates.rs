//! `dateline registry candidates`: people whom stories name with an office and the registry does not know.

use std::path::Path;
use std::sync::Arc;

use dateline_annotate::{Candidate, candidates};
use serde_json::{Value, json};

use super::Outcome;
use crate::cli::CandidatesArgs;
use crate::exit::Exit;
use crate::output::{counted, print, tell};
use crate::print::candidates_popolo;
use crate::{annotated, store, views};

/// Offices of a candidate that are printed as text.
const SHOWN_OFFICES: usize = 3;

/// Prints the candidates, those of most stories first.
pub(crate) fn run(args: &CandidatesArgs, data: &Path) -> Outcome {
    let view = views::of_log(data, Arc::new(store::open_existing(data)?))?;
    let readings = annotated::readings(&view);
    let mut found = candidates(annotated::stories(&readings));
    found.retain(|it| it.stories >= args.at_least);
    if args.popolo {
        print(candidates_popolo::file(&found, view.registry()))?;
    } else {
        for it in &found {
            if args.json {
                print(as_json(it))?;
            } else {
                print(as_text(it))?;
            }
        }
    }
    let stories = counted(readings.len(), "story", "stories");
    tell(format_args!("{stories}: {}", counted(found.len(), "candidate", "candidates")));
    Ok(Exit::Done)
}

fn as_json(it: &Candidate) -> Value {
    let offices: Vec<Value> =
        it.offices.iter().map(|it| json!({ "label": it.label, "stories": it.stories })).collect();
    json!({
        "name": it.name,
        "other_names": it.other_names,
        "offices": offices,
        "stories": it.stories,
        "sources": it.sources,
        "first": it.first,
        "last": it.last,
        "example": {
            "story": it.example.story,
            "page": it.example.page,
            "span": it.example.span,
            "office_span": it.example.office_span,
        },
    })
}

fn as_text(it: &Candidate) -> String {
    let mut words = vec![it.name.clone()];
    let offices = it.offices.iter().take(SHOWN_OFFICES).map(|it| it.label.as_str());
    words.push(offices.collect::<Vec<_>>().join(" / "));
    words.push(counted(it.stories, "story", "stories"));
    words.push(counted(it.sources.len(), "source", "sources"));
    words.extend(match (it.first, it.last) {
        (Some(first), Some(last)) if first == last => Some(first.to_string()),
        (Some(first), Some(last)) => Some(format!("{first} to {last}")),
        (None | Some(_), _) => None,
    });
    let span = it.example.span;
    words.push(format!("such as {} at {}..{}", it.example.page, span.start, span.end));
    if !it.other_names.is_empty() {
        words.push(format!("also {}", it.other_names.join(", ")));
    }
    words.join(" \u{b7} ")
}
