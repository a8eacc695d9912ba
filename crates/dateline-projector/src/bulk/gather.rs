//! Gathers what was read, story by story and timeline by timeline, and builds the view of it.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use dateline_event::{Position, StoryId};

use super::draft::{Draft, Drafted};
use crate::directory::Directory;
use crate::facts::{At, Facts};
use crate::ordered::in_order;
use crate::page::Scope;
use crate::part::Part;
use crate::progress::{Cancelled, Progress, Step, Watch};
use crate::record::StoryRecord;
use crate::shelf::{Blob, Shelf};
use crate::slot::{Slot, Traits};
use crate::stored::{Listing, Stored};
use crate::timeline::{PastKey, Timeline};
use crate::tree::Tree;
use crate::view::{Tally, View};

/// What was read so far.
pub(crate) struct Gathering {
    pub(crate) shelf: Shelf,
    pub(crate) directory: Arc<Directory>,
    last: Option<At>,
    /// Stories of which one event speaks, under the position of it, in the order of the log.
    plain: Vec<Arc<Stored>>,
    /// Where each story stands in `plain`.
    numbers: HashMap<StoryId, usize>,
    /// Stories of which several events speak, with all of those.
    amended: HashMap<StoryId, Vec<(At, Piece)>>,
    /// Stories of `plain` that are in `amended`.
    moved: HashSet<Position>,
    lists: HashMap<Scope, Lists>,
    instants: Vec<(DateTime<Utc>, Position)>,
}

/// The entries of one timeline, in no order.
type Lists = (Vec<Slot>, Vec<(PastKey, Traits)>);

/// What an event says of a story. Texts stay packed until the end.
enum Piece {
    Text(Blob),
    Other(Part),
}

/// A story that was read as a whole.
enum Whole {
    Reported(Box<(Stored, Listing)>),
    Unreported(StoryId, Facts),
}

/// Amended stories that a thread takes at once.
const SHARE_STORIES: usize = 64;

impl Gathering {
    pub(crate) fn new(shelf: Shelf, directory: Arc<Directory>) -> Self {
        Self {
            shelf,
            directory,
            last: None,
            plain: Vec::new(),
            numbers: HashMap::new(),
            amended: HashMap::new(),
            moved: HashSet::new(),
            lists: HashMap::new(),
            instants: Vec::new(),
        }
    }

    /// Takes in the next event.
    pub(crate) fn take(&mut self, draft: Draft) {
        let Draft { at, of } = draft;
        match of {
            Drafted::Text(text) => self.text(at, *text),
            Drafted::Part(id, part) => {
                if let (Some(other), Part::Ruling(ruling)) = (part.other(id), &part) {
                    let ruling = Part::Ruling(ruling.clone());
                    self.pieces(other).push((at, Piece::Other(ruling)));
                }
                self.pieces(id).push((at, Piece::Other(part)));
            }
            Drafted::Registry => {}
        }
        match self.instants.last_mut().filter(|it| it.0 == at.recorded) {
            Some(same) => same.1 = at.position,
            None => self.instants.push((at.recorded, at.position)),
        }
        self.last = Some(at);
    }

    fn text(&mut self, at: At, (stored, listing): (Stored, Listing)) {
        let id = stored.id;
        if self.amended.contains_key(&id) || self.numbers.contains_key(&id) {
            self.pieces(id).push((at, Piece::Text(stored.blob)));
            return;
        }
        self.numbers.insert(id, self.plain.len());
        self.plain.push(Arc::new(stored));
        self.list(listing);
    }

    fn list(&mut self, listing: Listing) {
        for (scope, slot) in listing.current {
            match self.lists.get_mut(&scope) {
                Some(lists) => lists.0.push(slot),
                None => self.lists.entry(scope).or_default().0.push(slot),
            }
        }
        for (scope, key, traits) in listing.past {
            self.lists.entry(scope).or_default().1.push((key, traits));
        }
    }

    /// What several events say of a story, to be added to.
    fn pieces(&mut self, id: StoryId) -> &mut Vec<(At, Piece)> {
        let Self { plain, numbers, moved, .. } = self;
        self.amended.entry(id).or_insert_with(|| {
            let first = numbers.get(&id).and_then(|it| plain.get(*it));
            let first = first.map(|stored| {
                moved.insert(stored.reported_at);
                // The blob says when it was recorded too.
                let at = At { position: stored.reported_at, recorded: DateTime::UNIX_EPOCH };
                (at, Piece::Text(stored.blob.clone()))
            });
            first.into_iter().collect()
        })
    }

    /// The view of what was gathered.
    pub(crate) fn view(
        mut self,
        threads: NonZeroUsize,
        watch: Watch<'_>,
    ) -> Result<View, Cancelled> {
        self.drop_moved();
        let unreported = self.read_amended(threads, watch)?;
        let Self { shelf, directory, last, plain: mut stories, lists, instants, .. } = self;
        stories.sort_unstable_by_key(|it| it.reported_at);
        let mut reported: Vec<_> = stories.iter().map(|it| (it.id, it.reported_at)).collect();
        reported.sort_unstable();
        let tally = Tally::of_all(&stories);
        Ok(View {
            position: last.map(|it| it.position),
            recorded: last.map(|it| it.recorded),
            directory,
            shelf,
            stories: Tree::from_sorted(stories.into_iter().map(|it| (it.reported_at, it))),
            reported: Tree::from_sorted(reported),
            unreported,
            timelines: timelines(lists, threads, watch)?,
            instants: Tree::from_sorted(instants),
            tally,
        })
    }

    /// Takes stories of which more was said later out of what was listed when they came.
    fn drop_moved(&mut self) {
        if self.moved.is_empty() {
            return;
        }
        self.plain.retain(|it| !self.moved.contains(&it.reported_at));
        for (current, _) in self.lists.values_mut() {
            current.retain(|it| !self.moved.contains(&it.place().reported_at()));
        }
    }

    /// Reads the stories of which several events speak, and gives the facts of those that were never reported.
    fn read_amended(
        &mut self,
        threads: NonZeroUsize,
        watch: Watch<'_>,
    ) -> Result<Tree<StoryId, Arc<Facts>>, Cancelled> {
        let mut amended: Vec<_> = std::mem::take(&mut self.amended).into_iter().collect();
        amended.sort_unstable_by_key(|it| it.0);
        let (total, mut done) = (amended.len(), 0);
        let shares: Vec<_> = chunks(amended, SHARE_STORIES);
        let (shelf, directory) = (self.shelf.clone(), Arc::clone(&self.directory));
        let work = |job: usize| {
            let share = shares.get(job).map(taken).unwrap_or_default();
            let whole = share.into_iter().map(|(id, pieces)| whole(id, pieces, &shelf, &directory));
            whole.collect::<Vec<_>>()
        };
        let mut unreported = Tree::default();
        let ended = in_order(shares.len(), threads, &work, &mut |share: Vec<Whole>| {
            done += share.len();
            for whole in share {
                match whole {
                    Whole::Reported(it) => {
                        self.plain.push(Arc::new(it.0));
                        self.list(it.1);
                    }
                    Whole::Unreported(id, facts) => {
                        unreported.insert(id, Arc::new(facts));
                    }
                }
            }
            watch(Progress::new(Step::Folding, done, total)).map_break(|()| Cancelled)
        });
        match ended {
            ControlFlow::Continue(()) => Ok(unreported),
            ControlFlow::Break(why) => Err(why),
        }
    }
}

/// A story from all that was said of it, in order.
fn whole(id: StoryId, pieces: Vec<(At, Piece)>, shelf: &Shelf, directory: &Directory) -> Whole {
    let mut facts = Facts::default();
    for (at, piece) in pieces {
        match piece {
            Piece::Other(part) => facts.take(at, part),
            Piece::Text(blob) => {
                let text: Facts = shelf.unpack(&blob).expect("a text was packed on this shelf");
                for (revision, found) in text.revisions.into_iter().zip(text.found) {
                    facts.take_found(Arc::unwrap_or_clone(revision), found);
                }
            }
        }
    }
    match StoryRecord::of(id, facts, &directory.registry) {
        Ok(record) => {
            let listing = Listing::of(&record, directory);
            Whole::Reported(Box::new((Stored::new(&record, shelf), listing)))
        }
        Err(facts) => Whole::Unreported(id, facts),
    }
}

/// Sorts and builds all timelines.
fn timelines(
    lists: HashMap<Scope, Lists>,
    threads: NonZeroUsize,
    watch: Watch<'_>,
) -> Result<Tree<Scope, Timeline>, Cancelled> {
    let mut lists: Vec<_> = lists.into_iter().collect();
    lists.retain(|(_, (current, past))| !current.is_empty() || !past.is_empty());
    lists.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let total = lists.len();
    let shares = chunks(lists, SHARE_TIMELINES);
    let work = |job: usize| {
        let share = shares.get(job).map(taken).unwrap_or_default();
        let built = share.into_iter().map(|(scope, (current, past))| {
            let timeline = Timeline::of(current, past);
            (scope, timeline)
        });
        built.collect::<Vec<_>>()
    };
    let mut timelines = Vec::with_capacity(total);
    let ended = in_order(shares.len(), threads, &work, &mut |share| {
        timelines.extend(share);
        watch(Progress::new(Step::Folding, timelines.len(), total)).map_break(|()| Cancelled)
    });
    match ended {
        ControlFlow::Continue(()) => Ok(Tree::from_sorted(timelines)),
        ControlFlow::Break(why) => Err(why),
    }
}

/// Timelines that a thread takes at once: they differ much in length.
const SHARE_TIMELINES: usize = 16;

/// `all` in shares, each for one thread to take.
fn chunks<T>(all: Vec<T>, size: usize) -> Vec<Mutex<Vec<T>>> {
    let mut all = all.into_iter().peekable();
    let mut shares = Vec::new();
    while all.peek().is_some() {
        shares.push(Mutex::new(all.by_ref().take(size).collect()));
    }
    shares
}

fn taken<T>(share: &Mutex<Vec<T>>) -> Vec<T> {
    std::mem::take(&mut *share.lock().unwrap_or_else(PoisonError::into_inner))
}
