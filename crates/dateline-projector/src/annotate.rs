//! Runs the annotator over many stories on several threads. The results keep the order of the stories, so the number
//! of threads never shows in a view.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dateline_annotate::{Annotation, Annotator, Registry};
use dateline_event::story::Story;

use crate::progress::{Cancelled, Progress, Step, Watch};
use crate::story::Revision;

/// Makes an annotator for a registry. Projectors take it as an argument, so that tests can put a small one in.
pub trait Annotate: Send + Sync {
    /// The annotator for `registry`. It must be a pure function: the same registry and story give the same
    /// annotation, on any thread, at any time.
    fn prepare(&self, registry: &Registry) -> Prepared;
}

/// An annotator that is ready for one registry.
pub type Prepared = Arc<dyn Fn(&Story) -> Annotation + Send + Sync>;

impl<F: Fn(&Registry) -> Prepared + Send + Sync> Annotate for F {
    fn prepare(&self, registry: &Registry) -> Prepared {
        self(registry)
    }
}

/// The annotator of dateline.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standard;

impl Annotate for Standard {
    fn prepare(&self, registry: &Registry) -> Prepared {
        let annotator = Annotator::new(registry);
        Arc::new(move |story| annotator.annotate(story))
    }
}

/// Stories that a thread takes at once: few enough to share them out evenly and to stop soon.
const SHARE: usize = 32;

/// What `annotator` finds in each of `revisions`, in their order.
pub(crate) fn annotate_all(
    annotator: &Prepared,
    revisions: &[Arc<Revision>],
    threads: NonZeroUsize,
    watch: Watch<'_>,
) -> Result<Vec<Arc<Annotation>>, Cancelled> {
    let shares: Vec<_> = revisions.chunks(SHARE).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some((at, share)) = take(&next, &shares) {
            let done = at * SHARE;
            if watch(Progress::new(Step::Annotating, done, revisions.len())).is_break() {
                // Nobody else starts another share either.
                next.store(shares.len(), Ordering::Relaxed);
                return ControlFlow::Break(());
            }
            let annotations = share.iter().map(|it| Arc::new(annotator(&it.content)));
            found.push((at, annotations.collect::<Vec<_>>()));
        }
        ControlFlow::Continue(found)
    };
    let workers = threads.get().min(shares.len());
    let results = if workers <= 1 { vec![work()] } else { on_threads(workers, &work) };
    let mut found = Vec::with_capacity(shares.len());
    for result in results {
        match result {
            ControlFlow::Continue(part) => found.extend(part),
            ControlFlow::Break(()) => return Err(Cancelled),
        }
    }
    found.sort_unstable_by_key(|(at, _)| *at);
    Ok(found.into_iter().flat_map(|(_, annotations)| annotations).collect())
}

fn take<'a, T>(next: &AtomicUsize, shares: &[&'a [T]]) -> Option<(usize, &'a [T])> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    shares.get(at).map(|share| (at, *share))
}

/// Runs `work` on as many threads as `workers` says, and gives back what each returned. A panic in one of them goes
/// on in the caller.
fn on_threads<T: Send>(workers: usize, work: &(dyn Fn() -> T + Sync)) -> Vec<T> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let joined = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined.map(|it| it.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}
