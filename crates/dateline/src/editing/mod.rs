//! Carries out what clients of the API have changed. The server owns the log, so this is its only writer, and what it
//! knows of stories and registry is kept up by folding what it appends.

mod draft;
mod known;
mod requests;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use dateline_event::{Event, ExpectedPosition, NewEvent, Position, SourceId};
use dateline_graphql::{
    CommandError, Commands, Ingested, Mandate, PageGiven, Previewed, RebuildStarted, Written,
};
use dateline_ingest::{Capture, Reading, read_page};
use dateline_log::limits::{MAX_COMMIT_BYTES, MAX_COMMIT_EVENTS};
use dateline_log::{LogReader as _, SledLog};
use dateline_projector::{Changes, RebuildError, Views};
use lru::LruCache;

use crate::exit::Failure;
use crate::follow::Rebuilder;
use crate::{clock, store, views};
use draft::{Draft, ENVELOPE_BYTES};
use known::Known;
use requests::Request;

/// Idempotency keys of rebuilds that are remembered.
const REBUILDS: NonZeroUsize = NonZeroUsize::new(1024).expect("not zero");

/// The writer behind the API.
pub(crate) struct Editing {
    log: Arc<SledLog>,
    views: Views,
    rebuilder: Rebuilder,
    /// Made at the first command, since it takes a replay. Whoever has it writes.
    known: Mutex<Option<Known>>,
    /// Held by the preview that runs: each takes all cores.
    previewing: Mutex<()>,
    rebuilds: Mutex<LruCache<Mandate, Option<Position>>>,
}

impl Editing {
    /// A writer of `log`, whose views are `views`.
    pub(crate) fn of(log: Arc<SledLog>, views: Views, rebuilder: Rebuilder) -> Self {
        Self {
            log,
            views,
            rebuilder,
            known: Mutex::new(None),
            previewing: Mutex::new(()),
            rebuilds: Mutex::new(LruCache::new(REBUILDS)),
        }
    }

    /// Does `work` with what the log says, while nobody else writes. What a failure leaves behind is not known, so it is
    /// read again then.
    fn writing<T>(
        &self,
        work: impl FnOnce(&mut Known) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        let mut guard = locked(&self.known);
        let mut known = match guard.take() {
            Some(known) => known,
            None => Known::of(&self.log).map_err(|why| failed(&why))?,
        };
        let done = work(&mut known);
        if !matches!(done, Err(CommandError::Failed(_))) {
            *guard = Some(known);
        }
        done
    }

    /// Appends `facts`, which belong to `request`, as one commit.
    fn append(
        &self,
        known: &mut Known,
        request: Option<Request>,
        facts: Vec<(Event, NewEvent)>,
    ) -> Result<Written, CommandError> {
        let mut streams = Vec::new();
        let mut commit = Vec::with_capacity(facts.len());
        let (events, new): (Vec<_>, Vec<_>) = facts.into_iter().unzip();
        for mut event in new {
            event.correlation = request.map(Request::correlation);
            // Behind the first event of a stream the position of its end is not known yet, and nobody else writes.
            let expected = if streams.contains(&event.stream) {
                ExpectedPosition::Any
            } else {
                let end = self.log.stream_end(&event.stream);
                end.map_or(ExpectedPosition::NoneYet, ExpectedPosition::At)
            };
            streams.push(event.stream.clone());
            commit.push((event, expected));
        }
        let appended = commit.len();
        if appended == 0 {
            return Ok(Written { position: self.log.head(), ..Written::default() });
        }
        let written = store::append(&self.log, commit).map_err(|why| failed(&why))?;
        let mut position = written.first;
        for event in &events {
            known.fold(position, request, event);
            position = position.next();
        }
        Ok(Written { position: Some(written.last), appended, is_replayed: false })
    }
}

impl Commands for Editing {
    fn ingest(
        &self,
        by: &Mandate,
        source: SourceId,
        pages: Vec<PageGiven>,
    ) -> Result<Ingested, CommandError> {
        let request = Request::of_pages(by, &source, &pages);
        let readings: Vec<_> =
            pages.iter().map(|it| (it.name.as_str(), read(it, &source))).collect();
        self.writing(|known| {
            let earlier = known.requests.earlier(request)?;
            let mut draft = Draft::over(&known.stories, &source);
            for (name, reading) in &readings {
                draft.take(name, reading);
            }
            let (facts, stories, warnings) = draft.into_parts();
            if let Some(written) = earlier {
                return Ok(Ingested { written, stories, warnings });
            }
            fits(&facts)?;
            let written = self.append(known, request, facts)?;
            Ok(Ingested { written, stories, warnings })
        })
    }

    fn record(&self, by: &Mandate, fact: Event) -> Result<Written, CommandError> {
        let source = format!("urn:dateline:key:{}", by.key);
        let new = fact.clone().into_new(&source, clock::now());
        let request = Request::of_fact(by, &new);
        self.writing(|known| {
            if let Some(written) = known.requests.earlier(request)? {
                return Ok(written);
            }
            if !known.lacks(&fact, &self.views.current())? {
                return Ok(Written { position: self.log.head(), ..Written::default() });
            }
            let facts = vec![(fact, new)];
            fits(&facts)?;
            self.append(known, request, facts)
        })
    }

    fn rebuild(&self, by: &Mandate) -> Result<RebuildStarted, CommandError> {
        let mut rebuilds = locked(&self.rebuilds);
        let known = by.idempotency_key.as_ref().and_then(|_| rebuilds.get(by));
        if let Some(position) = known {
            return Ok(RebuildStarted { position: *position, is_new: false });
        }
        let position = self.log.head();
        let is_new = self.rebuilder.ask(format!("the holder of the key `{}` wants it", by.key));
        if by.idempotency_key.is_some() {
            rebuilds.put(by.clone(), position);
        }
        Ok(RebuildStarted { position, is_new })
    }

    fn preview(
        &self,
        facts: Vec<Event>,
        is_wanted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Previewed, CommandError> {
        let _alone = match self.previewing.try_lock() {
            Ok(guard) => guard,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => {
                let message = "another preview is under way; ask again when it is over";
                return Err(CommandError::Busy(message.to_owned()));
            }
        };
        let before = self.views.current();
        let rebuild = views::projector(Arc::<SledLog>::clone(&self.log)).rebuild();
        let watch =
            |_| if is_wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        match rebuild.suppose(&facts, before.position(), &watch) {
            Ok(after) => {
                let changes = Changes::between(&before, &after);
                Ok(Previewed { position: before.position(), changes })
            }
            Err(RebuildError::Cancelled(_)) => {
                Err(CommandError::Busy("nobody waits for the preview any more".to_owned()))
            }
            Err(RebuildError::Follow(why)) => Err(failed(&views::stopped(why))),
        }
    }
}

fn read(page: &PageGiven, source: &SourceId) -> Reading {
    let capture = Capture::new(&page.name, source, &page.bytes);
    read_page(&Capture { address: page.address.as_deref(), captured: page.captured, ..capture })
}

/// Whether `facts` fit in one commit, so that all of them are written or none.
fn fits(facts: &[(Event, NewEvent)]) -> Result<(), CommandError> {
    let bytes: usize = facts.iter().map(|it| it.1.data.as_json().len() + ENVELOPE_BYTES).sum();
    if facts.len() <= MAX_COMMIT_EVENTS && bytes <= MAX_COMMIT_BYTES {
        return Ok(());
    }
    let message = format!(
        "{} events of {bytes} bytes, at most {MAX_COMMIT_EVENTS} of {MAX_COMMIT_BYTES} bytes are written at once; hand in \
         less",
        facts.len()
    );
    Err(CommandError::Invalid { field: "pages".to_owned(), message })
}

fn failed(why: &Failure) -> CommandError {
    CommandError::Failed(why.to_string())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
