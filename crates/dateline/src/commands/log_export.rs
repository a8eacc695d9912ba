//! `dateline log export`: the events as lines that `dateline log import` takes in.

use std::io;
use std::path::Path;

use dateline_event::Position;
use dateline_log::{ExportError, LogReader as _};
use serde_json::json;

use super::Outcome;
use crate::cli::LogExportArgs;
use crate::event_files::EventWriter;
use crate::exit::{Exit, Failure};
use crate::output::{counted, follow, print, progress, tell};
use crate::store;

/// Writes the events between two positions to a file or to standard output.
pub(crate) fn run(args: &LogExportArgs, data: &Path) -> Outcome {
    if let Some(to) = args.to.filter(|to| *to < args.from) {
        let order = format_args!("--to {to} lies before --from {}", args.from).to_string();
        return Err(Failure::message(Exit::Input, order));
    }
    let log = store::open_existing(data)?;
    let to = log.head().map(|head| args.to.map_or(head, |to| to.min(head)));
    let mut out = EventWriter::create(&args.file).map_err(|why| not_written(args, &why))?;
    let mut events = 0;
    if let Some(to) = to {
        let bar = progress(0, "events");
        let outcome = dateline_log::export(&log, args.from..=to, &mut out, &mut follow(&bar));
        bar.finish_and_clear();
        events = outcome.map_err(|why| match why {
            ExportError::Read(why) => store::not_read(why),
            ExportError::Write { source, .. } => not_written(args, &source),
        })?;
    }
    out.finish().map_err(|why| not_written(args, &why))?;
    report(args, events, to.filter(|_| events > 0))?;
    Ok(Exit::Done)
}

fn not_written(args: &LogExportArgs, why: &io::Error) -> Failure {
    if args.file.as_os_str() == "-" && why.kind() == io::ErrorKind::BrokenPipe {
        return Failure::reader_gone();
    }
    Failure::message(Exit::Storage, format_args!("{}: {why}", args.file.display()))
}

fn report(args: &LogExportArgs, events: u64, to: Option<Position>) -> Result<(), Failure> {
    let from = to.map(|_| args.from.to_string());
    let to = to.map(|it| it.to_string());
    let text = if args.json {
        json!({ "events": events, "from": from, "to": to }).to_string()
    } else {
        let number = usize::try_from(events).unwrap_or(usize::MAX);
        let places = from.zip(to).map(|(from, to)| format!(", positions {from} to {to}"));
        let events = counted(number, "event", "events");
        format!("{}: {events}{}", args.file.display(), places.unwrap_or_default())
    };
    if args.file.as_os_str() != "-" {
        return print(text);
    }
    if args.json {
        tell(text);
    }
    Ok(())
}
