//! `dateline ingest`: reads pages and appends what they report.

use std::path::Path;

use dateline_event::{Event, ExpectedPosition, NewEvent, SourceId};
use dateline_ingest::{Capture, Decision, Reading, StoriesSoFar, decide, read_page};
use dateline_log::limits::{MAX_COMMIT_EVENTS, MAX_EVENT_BYTES};
use dateline_log::{LogReader as _, SledLog};
use serde_json::json;

use super::Outcome;
use crate::cli::IngestArgs;
use crate::exit::{Exit, Failure};
use crate::output::{print, progress, tell};
use crate::pages::{self, PageFile};
use crate::{clock, store};

/// Bytes of events that are gathered before they are appended as one commit; a larger event is a commit of its own.
const COMMIT_BYTES: usize = 512 * 1024;
/// Bytes that an envelope may add to the data of an event.
const ENVELOPE_BYTES: usize = 2048;

/// What became of the pages.
#[derive(Debug, Default)]
struct Report {
    pages: usize,
    unreadable: usize,
    reported: usize,
    revised: usize,
    unchanged: usize,
    retracted: usize,
    warnings: Vec<String>,
}

/// Reads every page in the order of the paths. A page that cannot be read is named in the report; the others go on.
pub(crate) fn run(args: &IngestArgs, data: &Path) -> Outcome {
    let source = SourceId::new(&args.source).map_err(|why| Failure::new(Exit::Input, why))?;
    let (files, unreadable) = pages::find(&args.paths);
    let log = store::open(data)?;
    let mut run = Run::over(&log, source)?;
    run.report.unreadable = unreadable.len();
    run.report.warnings.extend(unreadable.iter().map(ToString::to_string));
    let bar = progress(u64::try_from(files.len()).unwrap_or(u64::MAX), "pages");
    for file in &files {
        bar.set_message(file.name.clone());
        run.page(file)?;
        bar.inc(1);
    }
    run.commit()?;
    bar.finish_and_clear();
    show(args, &log, &run.report)?;
    Ok(if run.report.unreadable == 0 { Exit::Done } else { Exit::Input })
}

/// A run over many pages: what the log tells of stories, what waits to be appended, and the report.
struct Run<'log> {
    log: &'log SledLog,
    source: SourceId,
    known: StoriesSoFar,
    waiting: Vec<(NewEvent, ExpectedPosition)>,
    waiting_bytes: usize,
    report: Report,
}

impl<'log> Run<'log> {
    fn over(log: &'log SledLog, source: SourceId) -> Result<Self, Failure> {
        let mut known = StoriesSoFar::default();
        store::replay(log, |_, event| known.fold(event))?;
        let report = Report::default();
        Ok(Self { log, source, known, waiting: Vec::new(), waiting_bytes: 0, report })
    }

    fn page(&mut self, file: &PageFile) -> Result<(), Failure> {
        self.report.pages += 1;
        let bytes = match pages::read(&file.path) {
            Ok(bytes) => bytes,
            Err(problem) => {
                self.report.unreadable += 1;
                self.report.warnings.push(problem.to_string());
                return Ok(());
            }
        };
        let capture = Capture {
            name: &file.name,
            source: &self.source,
            address: None,
            captured: None,
            bytes: &bytes,
        };
        let reading = read_page(&capture);
        self.report.unreadable += usize::from(!reading.is_readable());
        for warning in &reading.warnings {
            self.report.warnings.push(format!("{}: {warning}", file.path.display()));
        }
        self.take(file, &reading)
    }

    fn take(&mut self, file: &PageFile, reading: &Reading) -> Result<(), Failure> {
        for decision in decide(&self.known, &self.source, reading) {
            match decision {
                Decision::Unchanged(_) => self.report.unchanged += 1,
                Decision::Retracted(_) => self.report.retracted += 1,
                Decision::Reported(event) => {
                    self.report.reported += usize::from(self.gather(file, event)?);
                }
                Decision::Revised(event) => {
                    self.report.revised += usize::from(self.gather(file, event)?);
                }
            }
        }
        Ok(())
    }

    /// Puts `event` with those that wait to be appended. Says whether it did: one over the log's limit is a warning.
    fn gather(&mut self, file: &PageFile, event: Event) -> Result<bool, Failure> {
        self.known.fold(&event);
        let new = event.into_new(&format!("urn:dateline:source:{}", self.source), clock::now());
        let bytes = new.data.as_json().len() + ENVELOPE_BYTES;
        if bytes > MAX_EVENT_BYTES {
            let path = file.path.display();
            let message = format!(
                "{path}: a story has {bytes} bytes, the log takes {MAX_EVENT_BYTES}; left out"
            );
            self.report.warnings.push(message);
            return Ok(false);
        }
        let is_full =
            self.waiting.len() == MAX_COMMIT_EVENTS || self.waiting_bytes + bytes > COMMIT_BYTES;
        let is_waiting = self.waiting.iter().any(|(it, _)| it.stream == new.stream);
        if is_full || is_waiting {
            self.commit()?;
        }
        let end = self.log.stream_end(&new.stream);
        self.waiting_bytes += bytes;
        self.waiting.push((new, end.map_or(ExpectedPosition::NoneYet, ExpectedPosition::At)));
        Ok(true)
    }

    fn commit(&mut self) -> Result<(), Failure> {
        self.waiting_bytes = 0;
        let events = std::mem::take(&mut self.waiting);
        if !events.is_empty() {
            store::append(self.log, events)?;
        }
        Ok(())
    }
}

fn show(args: &IngestArgs, log: &SledLog, report: &Report) -> Result<(), Failure> {
    let head = log.head().map(|it| it.to_string());
    let Report { pages, unreadable, reported, revised, unchanged, retracted, warnings } = report;
    if args.json {
        return print(json!({
            "pages": pages,
            "unreadable": unreadable,
            "reported": reported,
            "revised": revised,
            "unchanged": unchanged,
            "retracted": retracted,
            "warnings": warnings,
            "head": head,
        }));
    }
    for warning in warnings {
        tell(format_args!("warning: {warning}"));
    }
    let head = head.unwrap_or_else(|| "empty".to_owned());
    let counts = format!("{reported} stories reported, {revised} revised, {unchanged} unchanged");
    print(format_args!(
        "{pages} pages: {counts}; {} warnings; head of the log: {head}",
        warnings.len()
    ))
}
