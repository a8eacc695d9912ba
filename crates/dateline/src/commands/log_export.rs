//! `dateline log export`: the events as lines that `dateline log import` takes in.

use std::io;
use std::path::Path;

use dateline_log::{ExportError, LogReader as _, SledLog};
use serde_json::json;

use super::Outcome;
use crate::cli::LogExportArgs;
use crate::control::Server;
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
    let events = match store::open_existing(data) {
        Ok(log) => from_log(args, &log)?,
        Err(failure) => from_server(args, Server::behind(failure, data)?)?,
    };
    report(args, events)?;
    Ok(Exit::Done)
}

fn from_log(args: &LogExportArgs, log: &SledLog) -> Result<u64, Failure> {
    let to = log.head().map(|head| args.to.map_or(head, |to| to.min(head)));
    write(args, |out| {
        let Some(to) = to else { return Ok(0) };
        let bar = progress(0, "events");
        let outcome = dateline_log::export(log, args.from..=to, out, &mut follow(&bar));
        bar.finish_and_clear();
        outcome.map_err(|why| match why {
            ExportError::Read(why) => store::not_read(why),
            ExportError::Write { source, .. } => not_written(args, &source),
        })
    })
}

/// Takes the events from the server that owns the log; the file is written here.
fn from_server(args: &LogExportArgs, server: Server) -> Result<u64, Failure> {
    let lines = server.export(args.from, args.to)?;
    let events = lines.events;
    write(args, |out| {
        let bar = progress(0, "events");
        let outcome = lines.copy_to(out, &|why| not_written(args, why), &mut follow(&bar));
        bar.finish_and_clear();
        outcome
    })?;
    Ok(events)
}

/// Makes the file with what `fill` writes, as a whole or not at all.
fn write<T>(
    args: &LogExportArgs,
    fill: impl FnOnce(&mut EventWriter) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mut out = EventWriter::create(&args.file).map_err(|why| not_written(args, &why))?;
    let filled = fill(&mut out)?;
    out.finish().map_err(|why| not_written(args, &why))?;
    Ok(filled)
}

fn not_written(args: &LogExportArgs, why: &io::Error) -> Failure {
    if args.file.as_os_str() == "-" && why.kind() == io::ErrorKind::BrokenPipe {
        return Failure::reader_gone();
    }
    Failure::message(Exit::Storage, format_args!("{}: {why}", args.file.display()))
}

fn report(args: &LogExportArgs, events: u64) -> Result<(), Failure> {
    let first = (events > 0).then(|| args.from.get());
    let from = first.map(|it| it.to_string());
    let to = first.map(|it| (it + events - 1).to_string());
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
