//! Gathers what was read, story by story and timeline by timeline, and builds the view of it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use dateline_event::{Position, StoryId};

use super::draft::{Draft, Drafted};
use super::families::{Kindred, families};
use crate::directory::Directory;
use crate::facts::{At, Facts};
use crate::kin::{Regrouped, SameStory};
use crate::ordered::in_order;
use crate::page::Scope;
use crate::part::Part;
use crate::progress::{Cancelled, Progress, Step, Watch};
use crate::record::StoryRecord;
use crate::shelf::Shelf;
use crate::slab::Blob;
use crate::slot::{Slot, Traits};
use crate::stored::{Listing, Stored};
use crate::timeline::{PastKey, Timeline};
use crate::tree::Tree;
use crate::view::{Tally, View, amended};

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
    same: SameStory,
    /// Changes of groups, in order.
    changes: Vec<Regrouped>,
}

/// The entries of one timeline, in no order.
type Lists = (Vec<Slot>, Vec<(PastKey, Traits)>);

/// What an event says of a story. Texts stay packed until the end.
enum Piece {
    Text(Blob),
    Other(Part),
}

/// Whether a story counts of which these pieces are known, or none since it is plain.
fn counts(pieces: Option<&Vec<(At, Piece)>>, is_plain: bool) -> bool {
    let Some(pieces) = pieces else { return is_plain };
    let last = pieces.iter().rev().find_map(|(_, piece)| match piece {
        Piece::Text(_) | Piece::Other(Part::Text(_)) => Some(true),
        Piece::Other(Part::Retraction(_)) => Some(false),
        Piece::Other(Part::Sighting(_) | Part::Ruling(_)) => None,
    });
    last.unwrap_or(false)
}

/// Stories to be read as a whole, alone or with their copies.
struct Task {
    stories: Vec<(StoryId, Vec<(At, Piece)>)>,
    changes: Vec<Regrouped>,
}

/// Stories that were read as a whole.
struct Whole {
    reported: Vec<Stored>,
    listing: Listing,
    unreported: Vec<(StoryId, Arc<Facts>)>,
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
            same: SameStory::default(),
            changes: Vec::new(),
        }
    }

    /// Takes in the next event.
    pub(crate) fn take(&mut self, draft: Draft) {
        let Draft { at, of, said } = draft;
        let Self { same, amended, numbers, .. } = self;
        let counts = |it: &StoryId| counts(amended.get(it), numbers.contains_key(it));
        self.changes.extend(same.take(at, said, &counts));
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

    /// The view of what was gathered, and which stories are the same in it.
    pub(crate) fn view(
        mut self,
        threads: NonZeroUsize,
        watch: Watch<'_>,
    ) -> Result<(View, SameStory), Cancelled> {
        let families = families(std::mem::take(&mut self.changes));
        for story in families.iter().flat_map(|it| &it.stories) {
            self.pieces(*story);
        }
        self.drop_moved();
        let unreported = self.read_amended(families, threads, watch)?;
        let Self { shelf, directory, last, plain: mut stories, lists, instants, same, .. } = self;
        stories.sort_unstable_by_key(|it| it.reported_at);
        // Nobody else has them yet.
        Blob::gather(stories.iter_mut().filter_map(Arc::get_mut).map(|it| &mut it.blob));
        let mut reported: Vec<_> = stories.iter().map(|it| (it.id, it.reported_at)).collect();
        reported.sort_unstable();
        let (tally, amended) = (Tally::of_all(&stories), amended(&stories));
        let view = View {
            position: last.map(|it| it.position),
            recorded: last.map(|it| it.recorded),
            directory,
            shelf,
            stories: Tree::from_sorted(stories.into_iter().map(|it| (it.reported_at, it))),
            reported: Tree::from_sorted(reported),
            unreported,
            timelines: timelines(lists, threads, watch)?,
            amended,
            kin: kin(&same),
            instants: Tree::from_sorted(instants),
            tally,
        };
        Ok((view, same))
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

    /// Reads the stories of which several events speak, and those with copies, and gives the facts of those that were
    /// never reported.
    fn read_amended(
        &mut self,
        families: Vec<Kindred>,
        threads: NonZeroUsize,
        watch: Watch<'_>,
    ) -> Result<Tree<StoryId, Arc<Facts>>, Cancelled> {
        let tasks = self.tasks(families);
        let (total, mut done) = (tasks.len(), 0);
        let shares: Vec<_> = chunks(tasks, SHARE_STORIES);
        let (shelf, directory) = (self.shelf.clone(), Arc::clone(&self.directory));
        let work = |job: usize| {
            let share = shares.get(job).map(taken).unwrap_or_default();
            share.into_iter().map(|it| it.done(&shelf, &directory)).collect::<Vec<_>>()
        };
        let mut unreported = Tree::default();
        let ended = in_order(shares.len(), threads, &work, &mut |share: Vec<Whole>| {
            done += share.len();
            for whole in share {
                self.plain.extend(whole.reported.into_iter().map(Arc::new));
                self.list(whole.listing);
                for (id, facts) in whole.unreported {
                    unreported.insert(id, facts);
                }
            }
            watch(Progress::new(Step::Folding, done, total)).map_break(|()| Cancelled)
        });
        match ended {
            ControlFlow::Continue(()) => Ok(unreported),
            ControlFlow::Break(why) => Err(why),
        }
    }

    fn tasks(&mut self, families: Vec<Kindred>) -> Vec<Task> {
        let mut amended = std::mem::take(&mut self.amended);
        let mut tasks: Vec<Task> = Vec::new();
        for Kindred { stories, changes } in families {
            let stories = stories.into_iter().filter_map(|it| amended.remove_entry(&it));
            tasks.push(Task { stories: stories.collect(), changes });
        }
        let mut alone: Vec<_> = amended.into_iter().collect();
        alone.sort_unstable_by_key(|it| it.0);
        tasks.extend(alone.into_iter().map(|it| Task { stories: vec![it], changes: Vec::new() }));
        tasks
    }
}

impl Task {
    fn done(self, shelf: &Shelf, directory: &Directory) -> Whole {
        let Self { mut stories, changes } = self;
        if changes.is_empty()
            && let Some((id, pieces)) = stories.pop()
        {
            return alone(id, facts(pieces, shelf), shelf, directory);
        }
        let (mut records, mut unreported) = (BTreeMap::new(), Vec::new());
        for (id, pieces) in stories {
            match StoryRecord::of(id, facts(pieces, shelf), &directory.registry) {
                Ok(record) => drop(records.insert(id, Arc::new(record))),
                Err(facts) => unreported.push((id, Arc::new(facts))),
            }
        }
        let (reported, listing) = super::families::whole(&records, &changes, (shelf, directory));
        Whole { reported, listing, unreported }
    }
}

/// A story without copies.
fn alone(id: StoryId, facts: Facts, shelf: &Shelf, directory: &Directory) -> Whole {
    match StoryRecord::of(id, facts, &directory.registry) {
        Ok(record) => {
            let listing = Listing::of(&record, directory);
            let reported = vec![Stored::new(&record, shelf)];
            Whole { reported, listing, unreported: Vec::new() }
        }
        Err(facts) => {
            let unreported = vec![(id, Arc::new(facts))];
            Whole { reported: Vec::new(), listing: Listing::default(), unreported }
        }
    }
}

/// All that was said of a story, in order.
fn facts(pieces: Vec<(At, Piece)>, shelf: &Shelf) -> Facts {
    let mut facts = Facts::default();
    for (at, piece) in pieces {
        match piece {
            Piece::Other(part) => facts.take(at, part),
            Piece::Text(blob) => {
                let text: Facts =
                    shelf.unpack(blob.bytes()).expect("a text was packed on this shelf");
                for (revision, found) in text.revisions.into_iter().zip(text.found) {
                    facts.take_found(Arc::unwrap_or_clone(revision), found);
                }
            }
        }
    }
    facts
}

/// The group of each story that has copies.
pub(crate) fn kin(same: &SameStory) -> Tree<StoryId, Arc<[StoryId]>> {
    let mut all = Vec::new();
    for group in same.joined().map(Arc::<[StoryId]>::from) {
        all.extend(group.iter().map(|it| (*it, Arc::clone(&group))));
    }
    all.sort_unstable();
    Tree::from_sorted(all)
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
