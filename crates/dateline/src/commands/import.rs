//! `dateline registry import` and `dateline topics import`: appends what the registry does not know yet.

use std::path::Path;

use dateline_annotate::Registry;
use dateline_event::{Event, ExpectedPosition};
use dateline_ingest::import::Import;
use dateline_log::SledLog;
use dateline_log::limits::MAX_COMMIT_EVENTS;
use serde_json::json;

use super::Outcome;
use crate::cli::ImportArgs;
use crate::exit::{Exit, Failure};
use crate::output::{counted, print, tell};
use crate::{clock, registry_files, store};

/// Who says so, in the envelopes of what is imported.
const SOURCE: &str = "urn:dateline:import";

/// Appends the officials, organisations, offices and tenures of a Popolo file, or of entities of Wikidata.
pub(crate) fn registry(args: &ImportArgs, data: &Path) -> Outcome {
    append_new(args, data, registry_files::registry(&args.file)?)
}

/// Appends the topics of a SKOS file or plain list.
pub(crate) fn topics(args: &ImportArgs, data: &Path) -> Outcome {
    append_new(args, data, registry_files::topics(&args.file)?)
}

fn append_new(args: &ImportArgs, data: &Path, import: Import) -> Outcome {
    let log = store::open(data)?;
    let total = import.events.len();
    let appended = append(&log, import.events)?;
    for warning in &import.warnings {
        tell(format_args!("warning: {}: {warning}", args.file.display()));
    }
    let (unchanged, warnings) = (total - appended, import.warnings.len());
    if args.json {
        let list: Vec<String> = import.warnings.iter().map(ToString::to_string).collect();
        print(json!({ "appended": appended, "unchanged": unchanged, "warnings": list }))?;
    } else {
        let file = args.file.display();
        let warnings = counted(warnings, "warning", "warnings");
        print(format_args!("{file}: {appended} appended, {unchanged} known already, {warnings}"))?;
    }
    Ok(Exit::Done)
}

/// Appends the events that change the registry of `log`, and says how many they were.
pub(super) fn append(log: &SledLog, events: Vec<Event>) -> Result<usize, Failure> {
    let mut registry = Registry::default();
    store::replay(log, |_, event| {
        registry.apply(event);
    })?;
    let time = clock::now();
    let new: Vec<_> = events
        .into_iter()
        .filter(|it| registry.apply(it))
        .map(|it| (it.into_new(SOURCE, time), ExpectedPosition::Any))
        .collect();
    for commit in new.chunks(MAX_COMMIT_EVENTS) {
        store::append(log, commit.to_vec())?;
    }
    Ok(new.len())
}
