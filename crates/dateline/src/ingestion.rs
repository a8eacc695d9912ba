//! Takes pages into the log: reads each, decides what is new in it, and appends that in commits of a good size.

use dateline_event::{Event, ExpectedPosition, NewEvent, SourceId};
use dateline_ingest::{Decision, Reading, StoriesSoFar, decide};
use dateline_log::limits::{MAX_COMMIT_EVENTS, MAX_EVENT_BYTES};
use dateline_log::{LogReader as _, SledLog};

use crate::exit::Failure;
use crate::{clock, store};

/// Bytes of events that are gathered before they are appended as one commit; a larger event is a commit of its own.
const COMMIT_BYTES: usize = 512 * 1024;
/// Bytes that an envelope may add to the data of an event.
const ENVELOPE_BYTES: usize = 2048;

/// What became of the pages.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// Pages that were asked for and found.
    pub(crate) pages: usize,
    /// Paths and pages of which something could not be read.
    pub(crate) unreadable: usize,
    /// Stories that the log did not have.
    pub(crate) reported: usize,
    /// Stories that say something else now.
    pub(crate) revised: usize,
    /// Stories that the log has just so, and not yet from this page.
    pub(crate) sighted: usize,
    /// Stories that the log has just so.
    pub(crate) unchanged: usize,
    /// Stories that were retracted and are printed still.
    pub(crate) retracted: usize,
    /// What could not be read or placed, each with its page.
    pub(crate) warnings: Vec<String>,
}

/// A run over many pages: what the log tells of stories, what waits to be appended, and the report.
pub(crate) struct Run<'log> {
    log: &'log SledLog,
    source: SourceId,
    known: StoriesSoFar,
    waiting: Vec<(NewEvent, ExpectedPosition)>,
    waiting_bytes: usize,
    /// What became of the pages so far.
    pub(crate) report: Report,
}

impl<'log> Run<'log> {
    /// A run that knows what `log` tells of stories.
    pub(crate) fn over(log: &'log SledLog, source: SourceId) -> Result<Self, Failure> {
        let mut known = StoriesSoFar::default();
        store::replay(log, |_, event| known.fold(event))?;
        let report = Report::default();
        Ok(Self { log, source, known, waiting: Vec::new(), waiting_bytes: 0, report })
    }

    /// Takes what was read of a page, which `source` put out, or the source of the run. `path` names it in warnings.
    /// What is new waits for [`Run::commit`] where it does not fill a commit.
    pub(crate) fn take(
        &mut self,
        path: &str,
        source: Option<&SourceId>,
        reading: &Reading,
    ) -> Result<(), Failure> {
        let source = source.unwrap_or(&self.source).clone();
        self.report.pages += 1;
        self.report.unreadable += usize::from(!reading.is_readable());
        for warning in &reading.warnings {
            self.report.warnings.push(format!("{path}: {warning}"));
        }
        for decision in decide(&self.known, &source, reading) {
            match decision {
                Decision::Unchanged(_) => self.report.unchanged += 1,
                Decision::Retracted(_) => self.report.retracted += 1,
                Decision::Reported(event) => {
                    self.report.reported += usize::from(self.gather(path, &source, event)?);
                }
                Decision::Sighted(event) => {
                    self.report.sighted += usize::from(self.gather(path, &source, event)?);
                }
                Decision::Revised(event) => {
                    self.report.revised += usize::from(self.gather(path, &source, event)?);
                }
            }
        }
        Ok(())
    }

    /// Counts a page that could not even be opened, or taken out of its file.
    pub(crate) fn unreadable(&mut self, message: String) {
        self.report.unreadable += 1;
        self.report.warnings.push(message);
    }

    /// Puts `event` with those that wait to be appended. Says whether it did: one over the log's limit is a warning.
    fn gather(&mut self, path: &str, source: &SourceId, event: Event) -> Result<bool, Failure> {
        self.known.fold(&event);
        let is_sighting = matches!(event, Event::StorySighted(_));
        let new = event.into_new(&format!("urn:dateline:source:{source}"), clock::now());
        let bytes = new.data.as_json().len() + ENVELOPE_BYTES;
        if bytes > MAX_EVENT_BYTES {
            let message = format!(
                "{path}: a story has {bytes} bytes, the log takes {MAX_EVENT_BYTES}; left out"
            );
            self.report.warnings.push(message);
            return Ok(false);
        }
        let is_full =
            self.waiting.len() == MAX_COMMIT_EVENTS || self.waiting_bytes + bytes > COMMIT_BYTES;
        // A sighting is as true behind any other event of its story. Teasers are repeated on page after page, and
        // would else make a commit of each.
        let is_waiting = || self.waiting.iter().any(|(it, _)| it.stream == new.stream);
        if is_full || (!is_sighting && is_waiting()) {
            self.commit()?;
        }
        let end = || self.log.stream_end(&new.stream);
        let expected = if is_sighting {
            ExpectedPosition::Any
        } else {
            end().map_or(ExpectedPosition::NoneYet, ExpectedPosition::At)
        };
        self.waiting_bytes += bytes;
        self.waiting.push((new, expected));
        Ok(true)
    }

    /// Appends what waits, and returns when it is durable.
    pub(crate) fn commit(&mut self) -> Result<(), Failure> {
        self.waiting_bytes = 0;
        let events = std::mem::take(&mut self.waiting);
        if !events.is_empty() {
            store::append(self.log, events)?;
        }
        Ok(())
    }
}
