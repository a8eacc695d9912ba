//! `dateline registry check`: what is doubtful or missing in the registry, for its keepers to settle.

use std::path::Path;

use dateline_annotate::{Registry, check};
use serde_json::json;

use super::Outcome;
use crate::cli::CheckArgs;
use crate::exit::Exit;
use crate::output::{counted, print, tell};
use crate::store;

/// Prints every finding on a line of its own, then how many there are on standard error.
pub(crate) fn run(args: &CheckArgs, data: &Path) -> Outcome {
    let log = store::open_existing(data)?;
    let mut registry = Registry::default();
    store::replay(&log, |_, event| {
        registry.apply(event);
    })?;
    let findings = check(&registry);
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
