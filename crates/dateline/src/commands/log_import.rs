//! `dateline log import`: appends what `dateline log export` wrote, at the same positions and times.

use std::path::Path;

use dateline_event::{Envelope, Event};
use dateline_log::{AppendError, EventLog as _, ImportError, SledLog, Verified};
use serde_json::json;

use super::Outcome;
use crate::cli::LogImportArgs;
use crate::event_files::EventLines;
use crate::exit::{Exit, Failure};
use crate::output::{counted, follow, print, progress};
use crate::store;

/// Checks every line of a file and appends all or nothing of it.
pub(crate) fn run(args: &LogImportArgs, data: &Path) -> Outcome {
    let lines = EventLines::open(&args.file)
        .map_err(|why| Failure::message(Exit::Input, named(args, &why)))?;
    let (events, now) = if store::is_there(data) {
        take_in(args, &lines, &store::open(data)?)?
    } else {
        store::make_whole(data, |directory| take_in(args, &lines, &store::open_at(directory)?))?
    };
    report(args, events, now)?;
    Ok(Exit::Done)
}

/// Appends the lines to `log`, and verifies all of it.
fn take_in(
    args: &LogImportArgs,
    lines: &EventLines,
    log: &SledLog,
) -> Result<(u64, Verified), Failure> {
    let bar = progress(0, "events");
    let outcome = dateline_log::import(log, &mut || lines.read(), &readable, &mut follow(&bar));
    bar.finish_and_clear();
    let events = outcome.map_err(|why| not_taken(args, &why))?;
    let verified = log.verify(&mut |_| {}).map_err(store::not_read)?;
    Ok((events, verified))
}

/// An event that this program cannot decode would stop every replay from then on.
fn readable(envelope: &Envelope) -> Result<(), String> {
    Event::decode(envelope).map(drop).map_err(|why| why.to_string())
}

fn not_taken(args: &LogImportArgs, why: &ImportError) -> Failure {
    let exit = match why {
        ImportError::Input { .. }
        | ImportError::Line { .. }
        | ImportError::Order { .. }
        | ImportError::Append { source: AppendError::Refused(_), .. } => Exit::Input,
        ImportError::Append { source: AppendError::Unknown(_), .. } => Exit::Storage,
    };
    Failure::message(exit, named(args, why))
}

fn named(args: &LogImportArgs, why: &dyn std::fmt::Display) -> String {
    let file = &args.file;
    if file.as_os_str() == "-" {
        format!("standard input: {why}")
    } else {
        format!("{}: {why}", file.display())
    }
}

fn report(args: &LogImportArgs, events: u64, now: Verified) -> Result<(), Failure> {
    let (head, chain) = (now.head.map(|it| it.to_string()), now.chain.to_string());
    if args.json {
        return print(json!({ "imported": events, "head": head, "chain": chain }));
    }
    let imported = counted(usize::try_from(events).unwrap_or(usize::MAX), "event", "events");
    let head = head.map_or_else(|| "the log is empty".to_owned(), |it| format!("head at {it}"));
    print(format_args!("{}: {imported} imported, {head}", args.file.display()))?;
    print(format_args!("chain head: {chain}"))
}
