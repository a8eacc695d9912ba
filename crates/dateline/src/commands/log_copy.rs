//! `dateline log backup` and `dateline log restore`: a verified copy of the log, and the way back.

use std::path::Path;

use dateline_log::SledLog;
use serde_json::json;

use super::Outcome;
use crate::cli::{LogBackupArgs, LogRestoreArgs};
use crate::control::{Server, Whole};
use crate::exit::{Exit, Failure};
use crate::output::{counted, follow, print, progress, waiting};
use crate::store;

/// Copies the log to a directory: by itself, or by the server that owns the log.
pub(crate) fn backup(args: &LogBackupArgs, data: &Path) -> Outcome {
    let copied = match store::open_existing(data) {
        Ok(log) => copy(&log, &args.dir)?,
        Err(failure) => {
            let server = Server::behind(failure, data)?;
            waiting("the server makes the copy", || server.backup(&args.dir))?
        }
    };
    if args.json { report_json(&copied) } else { report(&args.dir, &copied) }
}

/// Copies a backup into the data directory.
pub(crate) fn restore(args: &LogRestoreArgs, data: &Path) -> Outcome {
    if store::is_there(data) {
        let hint = "`--data DIR` names a directory without one";
        let at = data.display();
        return Err(Failure::message(
            Exit::Input,
            format_args!("{at}: there is a log here already; {hint}"),
        ));
    }
    if !store::is_there(&args.dir) {
        let hint = "wanted a directory that `dateline log backup` made";
        let at = args.dir.display();
        return Err(Failure::message(Exit::Input, format_args!("{at}: no backup; {hint}")));
    }
    let bar = progress(0, "events");
    let outcome = store::restore(&args.dir, data, &mut follow(&bar));
    bar.finish_and_clear();
    let copied = Whole::from(outcome?);
    if args.json { report_json(&copied) } else { report(data, &copied) }
}

fn copy(log: &SledLog, to: &Path) -> Result<Whole, Failure> {
    let bar = progress(0, "events");
    let outcome = store::copy(log, to, &mut follow(&bar));
    bar.finish_and_clear();
    Ok(Whole::from(outcome?))
}

/// Prints what was copied, as text.
fn report(to: &Path, copied: &Whole) -> Outcome {
    let events = usize::try_from(copied.events).unwrap_or(usize::MAX);
    let events = counted(events, "event", "events");
    print(format_args!("{}: {events} copied and verified", to.display()))?;
    print(format_args!("chain head: {}", copied.chain))?;
    Ok(Exit::Done)
}

/// Prints what was copied, as one JSON object.
fn report_json(copied: &Whole) -> Outcome {
    print(json!({ "events": copied.events, "head": copied.head, "chain": copied.chain }))?;
    Ok(Exit::Done)
}
