//! A story as a view holds it: what timelines ask for at hand, the rest packed.

mod saved;

use std::num::NonZeroU32;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use dateline_annotate::Registry;
use dateline_event::{Position, StoryId};

use crate::concern::{Concerns, concerns};
use crate::directory::Directory;
use crate::facts::{At, Facts};
use crate::key::{DayBasis, EntryKey};
use crate::pack::Pack;
use crate::record::StoryRecord;
use crate::shelf::Shelf;
use crate::slab::Blob;
use crate::slot::{Place, Slot, Traits};
use crate::standing::Standing;
use crate::story::{Reading, Superseded};
use crate::timeline::PastKey;

pub(crate) use saved::ManyStored;

/// A story with its whole history, packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) id: StoryId,
    /// Position of the first report.
    pub(crate) reported_at: Position,
    /// Position of the last event that bears on how it reads.
    pub(crate) changed_at: Position,
    pub(crate) marks: Marks,
    /// How it stood with its copies, of the few that ever had some.
    pub(crate) kin: Option<Box<Kin>>,
    /// Digest of what the annotator found in its texts.
    pub(crate) found: u64,
    pub(crate) statements: Statements,
    /// Texts that it had.
    pub(crate) revisions: u32,
    /// Its [`Facts`].
    pub(crate) blob: Blob,
}

/// With the two counts of an `Arc` 128 bytes, which allocators have a size for.
const MAX_STORED_BYTES: usize = 112;

const _: () = assert!(size_of::<Stored>() <= MAX_STORED_BYTES, "a million stories would not fit");

/// How many statements the reading that counts has; none for a retracted story, which has no such reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Statements {
    /// One more than there are, so that both fit into four bytes.
    following: Option<NonZeroU32>,
}

impl Statements {
    pub(crate) fn of(counting: Option<&Reading>) -> Self {
        let count = counting.map(|it| it.annotation().statements.len());
        Self::new(count.map(|it| u32::try_from(it).unwrap_or(u32::MAX)))
    }

    const fn new(count: Option<u32>) -> Self {
        let following = match count {
            Some(it) => Some(NonZeroU32::MIN.saturating_add(it)),
            None => None,
        };
        Self { following }
    }

    /// `None` for a retracted story.
    pub(crate) fn count(self) -> Option<u32> {
        self.following.map(|it| it.get() - 1)
    }
}

/// How a story stood with its copies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Kin {
    /// Of each mark that stands for several stories, or began with an event of another one.
    shared: Vec<Shared>,
    /// From which position on which story is shown for it, itself included.
    shown_by: Vec<(Position, StoryId)>,
}

/// A mark that is not of one story alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shared {
    /// The position from which on it counts.
    from: Position,
    /// When the log took that event.
    pub(crate) recorded: DateTime<Utc>,
    /// The other stories, in the order in which they are shown.
    pub(crate) others: Vec<StoryId>,
}

/// The entries of which a story is the one that is shown, oldest first: for a story without copies one for each of its
/// readings; none for a story that was always behind another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Marks {
    /// That of most stories, which are reported once and read once.
    One(Mark),
    Many(Box<[Mark]>),
}

/// What a timeline shows of a reading without unpacking it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) place: Place,
    pub(crate) basis: DayBasis,
    pub(crate) recorded_at: Position,
    pub(crate) superseded: Option<Superseded>,
}

impl Marks {
    pub(crate) fn all(&self) -> &[Mark] {
        match self {
            Self::One(mark) => std::slice::from_ref(mark),
            Self::Many(marks) => marks,
        }
    }

    pub(crate) fn of(mut marks: Vec<Mark>) -> Self {
        match (marks.pop(), marks.is_empty()) {
            (Some(one), true) => Self::One(one),
            (last, _) => {
                marks.extend(last);
                Self::Many(marks.into_boxed_slice())
            }
        }
    }
}

impl Mark {
    fn of(reading: &Reading) -> Self {
        Self {
            place: Place::new(reading.key().day(), reading.reported_at),
            basis: reading.day_basis(),
            recorded_at: reading.recorded_at(),
            superseded: reading.superseded(),
        }
    }

    pub(crate) fn key(&self) -> EntryKey {
        EntryKey::new(self.place.day(), self.place.reported_at(), self.recorded_at)
    }

    pub(crate) fn counts_at(&self, position: Position) -> bool {
        self.recorded_at <= position && self.superseded.is_none_or(|it| it.at > position)
    }
}

impl Stored {
    /// Takes over the entries that an earlier state of the story had.
    pub(crate) fn with_entries_of(mut self, earlier: Option<&Self>) -> Self {
        self.marks = earlier.map_or_else(|| Marks::of(Vec::new()), |it| it.marks.clone());
        self.kin = earlier.and_then(|it| it.kin.clone());
        self
    }

    /// Begins an entry for the story and its copies at position `at`. Says what is listed of it, and whether it was
    /// listed otherwise, or not at all, since it was reported.
    pub(crate) fn begin(&mut self, standing: &Standing, at: At) -> (Mark, Traits) {
        let At { position: from, recorded } = at;
        let mark = Mark { recorded_at: from, superseded: None, ..Mark::of(&standing.shown) };
        let mut marks = self.marks.all().to_vec();
        let amended = !marks.is_empty() || from != self.reported_at;
        marks.push(mark);
        self.marks = Marks::of(marks);
        if !standing.others.is_empty() || from != standing.shown.recorded_at() {
            let others = standing.others.clone();
            self.kin.get_or_insert_default().shared.push(Shared { from, recorded, others });
        }
        (mark, if amended { Traits::AMENDED } else { Traits::default() })
    }

    /// Ends the entry that counts, and gives it.
    pub(crate) fn end(&mut self, superseded: Superseded) -> Option<Mark> {
        let mut marks = self.marks.all().to_vec();
        let last = marks.last_mut()?;
        last.superseded = Some(superseded);
        let mark = *last;
        self.marks = Marks::of(marks);
        Some(mark)
    }

    /// Takes down that `shown` is shown for it from `at` on.
    pub(crate) fn stands_behind(&mut self, shown: StoryId, at: Position) {
        if self.kin.is_none() && shown == self.id {
            return;
        }
        let kin = self.kin.get_or_insert_default();
        if kin.shown_by.last().is_none_or(|it| it.1 != shown) {
            kin.shown_by.push((at, shown));
        }
    }

    /// From which position on which story was shown for it; empty for one that never had copies.
    pub(crate) fn all_shown_by(&self) -> &[(Position, StoryId)] {
        self.kin.as_ref().map_or(&[], |it| &it.shown_by)
    }

    /// The story that was shown for it at `position`.
    pub(crate) fn shown_by(&self, position: Position) -> StoryId {
        let all = self.all_shown_by().iter().rev();
        all.into_iter().find(|it| it.0 <= position).map_or(self.id, |it| it.1)
    }

    /// What is shared of the entry of `mark`; `None` where it is of this story alone.
    pub(crate) fn shared(&self, mark: &Mark) -> Option<&Shared> {
        let all = &self.kin.as_ref()?.shared;
        all.get(all.binary_search_by_key(&mark.recorded_at, |it| it.from).ok()?)
    }

    /// The entry that counted at `position`, where the story was the one that was shown.
    pub(crate) fn mark_at(&self, position: Position) -> Option<&Mark> {
        self.marks.all().iter().rev().find(|it| it.counts_at(position))
    }
}

impl Stored {
    /// Packs a story that has no copies. `record` holds its facts and readings.
    pub(crate) fn new(record: &StoryRecord, shelf: &Shelf) -> Self {
        let facts = record.facts();
        let mut packed = Vec::with_capacity(USUAL_BYTES);
        // What was found stands first, so that its digest is that of the first bytes.
        facts.found.pack(&mut packed);
        let digest = blake3::hash(&packed);
        facts.pack_rest(&mut packed);
        let (digest, _) = digest.as_bytes().split_first_chunk().unwrap_or((&[0; 8], &[]));
        Self {
            id: record.id(),
            reported_at: record.reported_at(),
            changed_at: facts.changed_at().unwrap_or(record.reported_at()),
            marks: Marks::of(record.readings().iter().map(|it| Mark::of(it)).collect()),
            kin: None,
            found: u64::from_le_bytes(*digest),
            statements: Statements::of(record.current().map(|it| &**it)),
            revisions: u32::try_from(facts.revisions.len()).unwrap_or(u32::MAX),
            blob: shelf.put(&packed),
        }
    }

    /// The entry that counts at the view's position; `None` for a story that another one is shown for.
    pub(crate) fn current(&self) -> Option<&Mark> {
        self.marks.all().last().filter(|it| it.superseded.is_none())
    }

    /// What the log says of the story.
    ///
    /// # Panics
    /// Never: what a view holds was packed by this program with the same shelf, or came out of a snapshot whose
    /// digest and version are right.
    pub(crate) fn facts(&self, shelf: &Shelf) -> Facts {
        shelf.unpack(self.blob.bytes()).expect("a story was packed on this shelf")
    }

    /// The story with all its readings; it is unpacked if it was not asked for lately.
    pub(crate) fn recalled(
        &self,
        shelf: &Shelf,
        directory: &Arc<Directory>,
    ) -> Option<Arc<StoryRecord>> {
        let bytes = Shelf::unpacked_bytes(self.blob.bytes())?;
        let unpack = || self.record(shelf, &directory.registry);
        shelf.lately.get(&self.blob, (bytes, directory), unpack)
    }

    /// The story with all its readings, unpacked.
    pub(crate) fn record(&self, shelf: &Shelf, registry: &Registry) -> Option<Arc<StoryRecord>> {
        StoryRecord::new(self.id, self.facts(shelf), registry).map(Arc::new)
    }
}

/// Bytes that a packed story usually stays under.
const USUAL_BYTES: usize = 8 * 1024;

/// The lists that a story without copies is in: for each timeline what counts, or what counted.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) current: Vec<(crate::page::Scope, Slot)>,
    pub(crate) past: Vec<(crate::page::Scope, PastKey, Traits)>,
}

impl Listing {
    pub(crate) fn of(record: &StoryRecord, directory: &Directory) -> Self {
        let mut listing = Self::default();
        let amended = if record.readings().len() > 1 { Traits::AMENDED } else { Traits::default() };
        for reading in record.readings() {
            let of: Concerns = concerns(reading.revision(), reading.annotation(), directory);
            let mark = Mark::of(reading);
            for (scope, traits) in of {
                match mark.superseded {
                    None => {
                        let slot = Slot::new(mark.place, traits.with(amended));
                        listing.current.push((scope, slot));
                    }
                    Some(superseded) => {
                        let key = PastKey::new(mark.place, mark.recorded_at, superseded.at);
                        listing.past.push((scope, key, traits));
                    }
                }
            }
        }
        listing
    }
}
