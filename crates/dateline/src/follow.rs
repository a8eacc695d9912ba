//! Keeps the views of a server up with its log, on a thread of its own: live events at once, a changed registry by a
//! rebuild beside the serving view.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use dateline_log::LogReader;
use dateline_projector::{Caught, PaceMaker, Projector, Rebuilding, Views};

use crate::output::tell;
use crate::snapshots;

/// Longest time until a stop is seen while nothing happens in the log.
const LOOK_UP_EVERY: Duration = Duration::from_millis(200);

/// A rebuild starts when nothing was appended for as long as the last one took, within these bounds: an import is many
/// events and should be one rebuild, but where a rebuild takes a moment, waiting for more would be what readers feel.
const MIN_QUIET: Duration = Duration::from_millis(20);
const MAX_QUIET: Duration = Duration::from_millis(500);

/// Longest time that a rebuild waits for quiet.
const MAX_WAIT_FOR_QUIET: Duration = Duration::from_secs(10);

/// Time until an event that could not be taken in is tried again.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// A projector that follows its log until this is dropped or stopped.
pub(crate) struct Following {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<Projector>>,
    data: PathBuf,
    rebuilds: Arc<AtomicU64>,
    rebuilder: Rebuilder,
}

/// Has the view of a server rebuilt when somebody wants that.
#[derive(Clone)]
pub(crate) struct Rebuilder {
    wanted: Arc<Mutex<Option<String>>>,
    views: Views,
}

impl Rebuilder {
    /// Asks for a rebuild, for `reason`. Says whether that starts one: not where one waits or runs.
    pub(crate) fn ask(&self, reason: String) -> bool {
        let mut wanted = self.wanted();
        let is_free = wanted.is_none() && self.views.status().rebuilding.is_none();
        if is_free {
            *wanted = Some(reason);
        }
        is_free
    }

    /// What is wanted, which is not wanted any more then.
    fn take(&self) -> Option<String> {
        self.wanted().take()
    }

    fn wanted(&self) -> MutexGuard<'_, Option<String>> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Has `projector` follow `log`, which lies in `data`.
pub(crate) fn follow(projector: Projector, log: Arc<dyn LogReader>, data: &Path) -> Following {
    let stop = Arc::new(AtomicBool::new(false));
    let rebuilds = Arc::new(AtomicU64::new(0));
    let (stopped, counted) = (Arc::clone(&stop), Arc::clone(&rebuilds));
    let rebuilder = Rebuilder { wanted: Arc::default(), views: projector.views() };
    let asked = rebuilder.clone();
    let follower = Follower {
        projector,
        log,
        stop: stopped,
        rebuilds: counted,
        rebuilder: asked,
        quiet: MIN_QUIET,
    };
    let thread = std::thread::spawn(move || follower.run());
    Following { stop, thread: Some(thread), data: data.to_owned(), rebuilds, rebuilder }
}

impl Following {
    /// A way to have the view rebuilt.
    pub(crate) fn rebuilder(&self) -> Rebuilder {
        self.rebuilder.clone()
    }

    /// How often the view was rebuilt, counted as it goes on.
    pub(crate) fn rebuilds(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.rebuilds)
    }
}

impl Drop for Following {
    /// Stops following, and saves the view.
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(Ok(projector)) = self.thread.take().map(JoinHandle::join) {
            snapshots::save(&projector, &self.data);
        }
    }
}

struct Follower {
    projector: Projector,
    log: Arc<dyn LogReader>,
    stop: Arc<AtomicBool>,
    rebuilds: Arc<AtomicU64>,
    rebuilder: Rebuilder,
    /// How long nothing must be appended before a rebuild.
    quiet: Duration,
}

impl Follower {
    fn run(mut self) -> Projector {
        while !self.stopped() {
            match self.projector.advance() {
                Ok(Caught::Up(seen)) => match self.rebuilder.take() {
                    Some(reason) => self.rebuild(&reason),
                    None => {
                        self.log.wait_behind(seen, LOOK_UP_EVERY);
                    }
                },
                Ok(Caught::RegistryChanges(at)) => {
                    self.wait_for_quiet();
                    // Whoever wants a rebuild gets this one.
                    self.rebuilder.take();
                    self.rebuild(&format!("the event at position {at} changes the registry"));
                }
                // The projector has said why, and the view says so to whoever asks for its state. A rebuild would stop
                // at the same event.
                Err(_) => {
                    self.rebuilder.take();
                    self.sleep(RETRY_AFTER);
                }
            }
        }
        self.projector
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    fn sleep(&self, time: Duration) {
        let until = Instant::now() + time;
        while !self.stopped() && Instant::now() < until {
            std::thread::sleep(LOOK_UP_EVERY.min(time));
        }
    }

    /// Waits until nothing is appended for a while.
    fn wait_for_quiet(&self) {
        let until = Instant::now() + MAX_WAIT_FOR_QUIET;
        while !self.stopped() && Instant::now() < until {
            if self.log.wait_behind(self.log.head(), self.quiet).is_none() {
                return;
            }
        }
    }

    /// Folds the log again for `reason`, while the view that there is serves.
    fn rebuild(&mut self, reason: &str) {
        let (views, start) = (self.projector.views(), Instant::now());
        let pace = Mutex::new(PaceMaker::default());
        let watch = |progress| {
            let mut pace = pace.lock().unwrap_or_else(PoisonError::into_inner);
            let pace = pace.at(progress, start.elapsed());
            views.rebuilds(Some(Rebuilding { reason: reason.to_owned(), progress, pace }));
            if self.stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let rebuilt = self.projector.rebuild().run(&watch);
        views.rebuilds(None);
        self.quiet = start.elapsed().clamp(MIN_QUIET, MAX_QUIET);
        match rebuilt.map(|it| self.projector.adopt(it)) {
            Ok(_) => {
                self.rebuilds.fetch_add(1, Ordering::Relaxed);
                let seconds = start.elapsed().as_secs_f64();
                tracing::info!("the view was rebuilt in {seconds:.1} s, since {reason}");
            }
            Err(_) if self.stopped() => {}
            Err(why) => {
                tell(format_args!("the view was not rebuilt, the last good one serves: {why}"));
                self.sleep(RETRY_AFTER);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;
    use std::sync::mpsc;

    use chrono::DateTime;
    use dateline_event::Position;
    use dateline_event::event::Event;
    use dateline_event::registry::Official;
    use dateline_event::story::{PageRef, Story, StoryReported, StoryRole, digest};
    use dateline_event::{ExpectedPosition, Piece, Span, StoryId};
    use dateline_log::{LogWriter as _, MemoryLog};
    use dateline_projector::{Scope, Standard};

    use super::*;

    /// Longest time until a reader sees what was appended, a rebuild included.
    const PATIENCE: Duration = Duration::from_secs(60);

    fn append(log: &MemoryLog, event: Event) -> Position {
        let event = event.into_new("test", DateTime::UNIX_EPOCH);
        log.append(vec![(event, ExpectedPosition::Any)]).unwrap().last
    }

    fn official(id: &str, name: &str) -> Event {
        let name = name.to_owned();
        Event::OfficialRecorded(Official { id: id.parse().unwrap(), name, other_names: Vec::new() })
    }

    fn story(number: u32) -> Event {
        let body = format!("Minister Arvo Lemmik said that bridge {number} would be opened.");
        let len = u32::try_from(body.chars().count()).unwrap();
        let page = PageRef {
            name: format!("{number}.txt"),
            address: None,
            digest: digest(body.as_bytes()),
            captured: None,
        };
        let content = Story {
            role: StoryRole::Article,
            title: None,
            body,
            pieces: Piece::lines([Span::new(0, len)]),
            address: None,
            language: "en".to_owned(),
            published: None,
            passages: Vec::new(),
            stamp_place: None,
            dateline: None,
        };
        let story = StoryId::of_name(&number.to_string());
        let source = "test".parse().unwrap();
        Event::StoryReported(Box::new(StoryReported { story, source, page, content }))
    }

    #[test]
    fn a_server_sees_live_events_and_a_changed_registry_and_saves_its_view_at_the_end() {
        let data = tempfile::tempdir().unwrap();
        let log = Arc::new(MemoryLog::new(Box::new(|| DateTime::UNIX_EPOCH)));
        append(&log, official("p-1", "Somebody Else"));
        let reader: Arc<dyn LogReader> = log.clone();
        let mut projector =
            Projector::new(Arc::clone(&reader), Arc::new(Standard), NonZeroUsize::MIN);
        projector.catch_up().unwrap();
        let views = projector.views();
        let (publish, published) = mpsc::channel();
        views.on_publish(Box::new(move |view| {
            let _ = publish.send(Arc::clone(view));
        }));
        let following = follow(projector, Arc::clone(&reader), data.path());
        let lemmik = Scope::Official("p-lemmik".parse().unwrap());
        let wait_for = |position: Position| loop {
            let view = published.recv_timeout(PATIENCE).unwrap();
            if view.position() >= Some(position) {
                return view;
            }
        };
        let view = wait_for(append(&log, story(1)));
        assert_eq!((view.counts().stories, view.entries(&lemmik)), (1, 0));
        append(&log, official("p-lemmik", "Arvo Lemmik"));
        let view = wait_for(append(&log, story(2)));
        assert_eq!((view.counts().stories, view.entries(&lemmik)), (2, 2));
        assert_eq!((views.status().lag, views.status().rebuilding), (0, None));
        drop(following);
        let again = snapshots::projector(data.path(), reader, NonZeroUsize::MIN);
        assert_eq!(again.views().current().position(), view.position());
    }
}
