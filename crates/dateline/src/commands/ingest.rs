//! `dateline ingest`: reads pages and appends what they report.

use std::path::Path;

use dateline_event::SourceId;
use dateline_ingest::FoundPage;
use dateline_log::{LogReader as _, SledLog};
use serde_json::json;

use crate::cli::IngestArgs;
use crate::exit::{Exit, Failure};
use crate::ingestion::{Report, Run};
use crate::output::{counted, print, tell};
use crate::reading::{Outcome, read_all};
use crate::store;

/// Reads the pages on all cores and takes them in the order of the paths. A page that cannot be read is named in the report; the others go on.
pub(crate) fn run(args: &IngestArgs, data: &Path) -> super::Outcome {
    let source = SourceId::new(&args.source).map_err(|why| Failure::new(Exit::Input, why))?;
    let log = store::open(data)?;
    let mut run = Run::over(&log, source.clone())?;
    let read = |_: &str, page: &FoundPage| (page.source.clone(), page.read(&source));
    read_all(&args.paths, read, |outcome| match outcome {
        Outcome::Page { path, result: (source, reading) } => {
            run.take(&path, source.as_ref(), &reading)
        }
        Outcome::Unread { message } => {
            run.unreadable(message);
            Ok(())
        }
    })?;
    run.commit()?;
    show(args, &log, &run.report)?;
    Ok(if run.report.unreadable == 0 { Exit::Done } else { Exit::Input })
}

fn show(args: &IngestArgs, log: &SledLog, report: &Report) -> Result<(), Failure> {
    let head = log.head().map(|it| it.to_string());
    let Report { pages, unreadable, reported, revised, sighted, unchanged, retracted, warnings } =
        report;
    if args.json {
        return print(json!({
            "pages": pages,
            "unreadable": unreadable,
            "reported": reported,
            "revised": revised,
            "sighted": sighted,
            "unchanged": unchanged,
            "retracted": retracted,
            "warnings": warnings,
            "head": head,
        }));
    }
    for warning in warnings {
        tell(format_args!("warning: {warning}"));
    }
    let head = head.unwrap_or_else(|| "none yet".to_owned());
    let mut parts = vec![
        format!("{} reported", counted(*reported, "story", "stories")),
        format!("{revised} revised"),
        format!("{unchanged} unchanged"),
    ];
    if *sighted > 0 {
        parts.push(format!("{sighted} seen on another page"));
    }
    if *retracted > 0 {
        parts.push(format!("{retracted} retracted before and left so"));
    }
    let (pages, parts) = (counted(*pages, "page", "pages"), parts.join(", "));
    let warnings = counted(warnings.len(), "warning", "warnings");
    print(format_args!("{pages}: {parts}; {warnings}; head of the log: {head}"))
}
