//! `dateline registry check`: what is doubtful or missing in the registry, by itself and by what stories say, for its keepers to settle.

use std::path::Path;
use std::sync::Arc;

use dateline_annotate::{check, vacancies};
use serde_json::json;

use super::Outcome;
use crate::cli::CheckArgs;
use crate::exit::Exit;
use crate::output::{counted, print, tell};
use crate::{annotated, store, views};

/// Prints every finding on a line of its own, then how many there are on standard error. Offices that stories name
/// and nobody holds come last.
pub(crate) fn run(args: &CheckArgs, data: &Path) -> Outcome {
    let view = views::of_log(data, Arc::new(store::open_existing(data)?))?;
    let registry = view.registry();
    let readings = annotated::readings(&view);
    let mut findings = check(registry);
    findings.extend(vacancies(registry, annotated::stories(&readings)));
    for finding in &findings {
        if args.json {
            print(json!({ "finding": finding.to_string() }))?;
        } else {
            print(finding)?;
        }
    }
    let officials = counted(registry.officials().len(), "official", "officials");
    tell(format_args!("{officials}: {}", counted(findings.len(), "finding", "findings")));
    Ok(Exit::Done)
}
