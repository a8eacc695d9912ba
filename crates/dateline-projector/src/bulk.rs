//! Folds a whole log at once, on all cores.
//!
//! ```text
//!   1. the registry      what the log says of it up to the end, since stories are read under that one
//!   2. stories           threads: decode ─► annotate ─► list ─► pack      in order, here: gather
//!   3. amended stories   those with more than one event, and those with copies, each as a whole, on threads too
//!   4. timelines         sorted and built whole, on threads
//! ```
//!
//! Nothing that is read stays unpacked, so a rebuild takes little more memory than the view that it makes.

mod draft;
mod families;
mod gather;
mod source;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;

use dateline_annotate::Registry;
use dateline_event::{Event, Position};
use dateline_log::ReadError;

use crate::annotate::{Annotate, Prepared};
use crate::directory::Directory;
use crate::fold::decode;
use crate::kin::SameStory;
use crate::ordered::in_order;
use crate::pack::Pack;
use crate::progress::{Cancelled, Progress, Step, Watch};
use crate::projector::FollowError;
use crate::shelf::{SAMPLE_STORIES, Shelf};
use crate::view::View;

use draft::{Reader, texts};
use gather::Gathering;
pub(crate) use gather::kin;
pub(crate) use source::{InHand, Source};

/// Events that a thread takes at once.
const SHARE_EVENTS: usize = 256;

/// Events that a thread looks through at once for those of the registry.
const SCAN_EVENTS: usize = 8192;

/// What is folded, and with what.
pub(crate) struct Bulk<'a> {
    pub(crate) source: &'a dyn Source,
    /// Position of the last event to take in.
    pub(crate) head: Option<Position>,
    /// Events about the registry that are taken to stand behind all others.
    pub(crate) supposed: &'a [Event],
    pub(crate) annotate: &'a dyn Annotate,
    pub(crate) threads: NonZeroUsize,
}

/// A view with all that a fold needs to go on from it.
pub(crate) struct Made {
    pub(crate) view: View,
    /// Which stories are the same, as of its position.
    pub(crate) same: Arc<SameStory>,
    /// The annotator that read it.
    pub(crate) prepared: Prepared,
}

/// Why a fold came to nothing.
pub(crate) enum Stopped {
    /// An event that cannot be taken in; what stands up to `good` can.
    At {
        good: Option<Position>,
        why: FollowError,
    },
    Cancelled(Cancelled),
}

impl Bulk<'_> {
    pub(crate) fn run(&self, watch: Watch<'_>) -> Result<Made, Stopped> {
        let mut registry = self.registry(watch)?;
        for event in self.supposed {
            registry.apply(event);
        }
        let prepared = self.annotate.prepare(&registry);
        let directory = Arc::new(Directory::new(registry));
        let shelf = self.shelf(&prepared);
        let mut gathering = Gathering::new(shelf, directory);
        self.gather(&prepared, &mut gathering, watch)?;
        let (view, same) = gathering.view(self.threads, watch).map_err(Stopped::Cancelled)?;
        Ok(Made { view, same: Arc::new(same), prepared })
    }

    fn total(&self) -> usize {
        self.head.map_or(0, |it| usize::try_from(it.get()).unwrap_or(usize::MAX))
    }

    /// The registry as the log has it at the end.
    fn registry(&self, watch: Watch<'_>) -> Result<Registry, Stopped> {
        let (mut registry, mut done) = (Registry::default(), 0);
        let total = self.total();
        let scan = |job: usize| {
            let (from, limit) = share(job, SCAN_EVENTS, total);
            self.source.read_kinds(from, limit, is_of_registry).collect::<Vec<_>>()
        };
        let shares = total.div_ceil(SCAN_EVENTS);
        let ended = in_order(shares, self.threads, &scan, &mut |envelopes| {
            if watch(Progress::new(Step::Replaying, done, total)).is_break() {
                return ControlFlow::Break(Stopped::Cancelled(Cancelled));
            }
            done = total.min(done + SCAN_EVENTS);
            for envelope in envelopes {
                let event = match envelope {
                    Ok(it) => decode(&it, it.position).map_err(|why| (it.position, why.into())),
                    Err(why) => Err((first_bad(&why), FollowError::Read(why))),
                };
                match event {
                    Ok(event) => registry.apply(&event),
                    Err((at, why)) => return ControlFlow::Break(Stopped::before(at, why)),
                };
            }
            ControlFlow::Continue(())
        });
        match ended {
            ControlFlow::Continue(()) => Ok(registry),
            ControlFlow::Break(why) => Err(why),
        }
    }

    /// A shelf with a dictionary of the first stories of the log, if it has that many. What cannot be read is told when
    /// its turn comes.
    fn shelf(&self, prepared: &Prepared) -> Shelf {
        let first = self.source.read_kinds(Position::FIRST, self.total(), is_of_a_text);
        let sample: Vec<_> = first.map_while(Result::ok).take(SAMPLE_STORIES).collect();
        if sample.len() < SAMPLE_STORIES {
            return Shelf::default();
        }
        let mut samples = Vec::new();
        for facts in sample.iter().filter_map(|it| texts(it, prepared)) {
            facts.pack(&mut samples);
        }
        Shelf::with_samples(samples)
    }

    /// Reads all events and takes down what they say.
    fn gather(
        &self,
        prepared: &Prepared,
        gathering: &mut Gathering,
        watch: Watch<'_>,
    ) -> Result<(), Stopped> {
        let (total, mut done) = (self.total(), 0);
        let (shelf, directory) = (gathering.shelf.clone(), Arc::clone(&gathering.directory));
        let reader = Reader { prepared, shelf: &shelf, directory: &directory };
        let work = |job: usize| {
            let (from, limit) = share(job, SHARE_EVENTS, total);
            reader.read(self.source, from, limit)
        };
        let ended = in_order(total.div_ceil(SHARE_EVENTS), self.threads, &work, &mut |share| {
            if watch(Progress::new(Step::Annotating, done, total)).is_break() {
                return ControlFlow::Break(Stopped::Cancelled(Cancelled));
            }
            done = total.min(done + SHARE_EVENTS);
            let (drafts, failure) = share;
            for draft in drafts {
                gathering.take(draft);
            }
            match failure {
                None => ControlFlow::Continue(()),
                Some((at, why)) => ControlFlow::Break(Stopped::before(at, why)),
            }
        });
        match ended {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(why) => Err(why),
        }
    }
}

impl Stopped {
    fn before(at: Position, why: FollowError) -> Self {
        Self::At { good: Position::new(at.get() - 1), why }
    }
}

/// The first position of a share and how many follow in it.
fn share(job: usize, size: usize, total: usize) -> (Position, usize) {
    let before = job * size;
    let from = u64::try_from(before).ok().and_then(|it| Position::new(it + 1));
    (from.unwrap_or(Position::FIRST), size.min(total - before))
}

/// The first position that an error puts in doubt.
pub(crate) fn first_bad(why: &ReadError) -> Position {
    match why {
        ReadError::Damaged(damage) => damage.first,
        ReadError::Storage { position, .. } => *position,
    }
}

fn is_of_registry(kind: &str) -> bool {
    !kind.starts_with("story.") && !kind.starts_with("ruling.")
}

fn is_of_a_text(kind: &str) -> bool {
    kind == "story.reported" || kind == "story.revised"
}
