//! Reads a view, on several threads: one section is checked and unpacked while the next one is read.

use std::io::Read;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use dateline_annotate::Registry;
use dateline_event::{Envelope, Event, NewEvent, Payload, Position, StoryId, StreamId};
use dateline_log::LogReader;

use super::section::{Kind, Section};
use super::{Head, MAGIC, SnapshotError, Versions, mark_of};
use crate::annotate::{Annotate, Prepared};
use crate::bulk::{Made, kin};
use crate::directory::Directory;
use crate::facts::Facts;
use crate::kin::{LiveText, PackedSame, SameStory};
use crate::pack::{Pack, Unpacker, unpack_text};
use crate::page::Scope;
use crate::shelf::Shelf;
use crate::stored::{ManyStored, Stored};
use crate::timeline::Timeline;
use crate::tree::Tree;
use crate::view::{Tally, View, amended};

/// Who says what a snapshot says of the registry.
pub(super) const MADE_BY: &str = "/snapshot";

/// Reads a snapshot of `log`, to go on from it with `annotate`.
pub(crate) fn read(
    mut from: impl Read + Send,
    log: &dyn LogReader,
    annotate: &dyn Annotate,
    threads: NonZeroUsize,
) -> Result<Made, SnapshotError> {
    let mut magic = [0; MAGIC.len()];
    from.read_exact(&mut magic).map_err(|_| SnapshotError::NotASnapshot)?;
    if magic != *MAGIC {
        return Err(SnapshotError::NotASnapshot);
    }
    let first = Section::read(&mut from, 0, Vec::new())?;
    let head = match first.checked()? {
        (Kind::Head, bytes) => Head::unpack(&mut Unpacker::new(bytes)),
        _ => None,
    };
    let head = head.ok_or_else(|| first.damaged("it is no head"))?;
    head.versions.check(Versions::with_annotator(annotate.version()))?;
    let mark = head.position.map(|it| mark_of(log, it)).transpose()?.flatten();
    if mark != head.mark || (head.position.is_some() && mark.is_none()) {
        return Err(SnapshotError::OtherLog);
    }
    sections(from, &head, annotate, threads)?.made(&head)
}

/// What is in one section.
enum Part {
    /// With all that is made of it, so that nobody waits for that at the end.
    Registry(Box<Directory>, Prepared),
    Dictionary(Vec<u8>),
    Instants(Vec<(DateTime<Utc>, Position)>),
    Stories(Vec<Arc<Stored>>),
    Unreported(Vec<(StoryId, Arc<Facts>)>),
    Timelines(Vec<(Scope, Timeline)>),
    Groups(PackedSame),
    Texts(Vec<LiveText<'static>>),
}

/// Sections with their numbers.
type Parts = Vec<(u64, Part)>;

/// The sections that nobody has read yet.
struct Input<R> {
    from: R,
    /// Number of the next section.
    next: u64,
    last: u64,
}

/// Reads all sections. Whoever is free takes the next one, and keeps what is in it until the end.
fn sections(
    from: impl Read + Send,
    head: &Head,
    annotate: &dyn Annotate,
    threads: NonZeroUsize,
) -> Result<Whole, SnapshotError> {
    let input = Mutex::new(Input { from, next: 1, last: head.sections });
    let parts = std::thread::scope(|scope| {
        let others: Vec<_> =
            (1..threads.get()).map(|_| scope.spawn(|| share(&input, annotate))).collect();
        let mut parts = share(&input, annotate);
        for other in others {
            let more = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            parts = parts.and_then(|mut parts| {
                parts.extend(more?);
                Ok(parts)
            });
        }
        parts
    });
    Ok(Whole::of(parts?))
}

/// What one thread reads.
fn share<R: Read>(
    input: &Mutex<Input<R>>,
    annotate: &dyn Annotate,
) -> Result<Parts, SnapshotError> {
    let (mut parts, mut bytes) = (Parts::new(), Vec::new());
    loop {
        let section = {
            let mut input = input.lock().unwrap_or_else(PoisonError::into_inner);
            if input.next > input.last {
                return Ok(parts);
            }
            let number = input.next;
            input.next += 1;
            Section::read(&mut input.from, number, bytes)
        };
        let part = section.and_then(|section| {
            let part = part(&section, annotate)?;
            Ok((section.number(), part, section.into_bytes()))
        });
        match part {
            Ok((number, part, read)) => {
                parts.push((number, part));
                bytes = read;
            }
            Err(why) => {
                // The others need not go on.
                input.lock().unwrap_or_else(PoisonError::into_inner).last = 0;
                return Err(why);
            }
        }
    }
}

fn part(section: &Section, annotate: &dyn Annotate) -> Result<Part, SnapshotError> {
    let (kind, bytes) = section.checked()?;
    let mut from = Unpacker::new(bytes);
    let from = &mut from;
    let part = match kind {
        Kind::Head => None,
        Kind::Registry => registry(from).map(|it| {
            let prepared = annotate.prepare(&it);
            Part::Registry(Box::new(Directory::new(it)), prepared)
        }),
        Kind::Dictionary => Some(Part::Dictionary(bytes.to_vec())),
        Kind::Instants => {
            all(from, |it| Some((Pack::unpack(it)?, Pack::unpack(it)?))).map(Part::Instants)
        }
        Kind::Stories => ManyStored::unpack(bytes)
            .map(|it| Part::Stories(it.into_iter().map(Arc::new).collect())),
        Kind::Unreported => {
            all(from, |it| Some((Pack::unpack(it)?, Pack::unpack(it)?))).map(Part::Unreported)
        }
        Kind::Timelines => {
            all(from, |it| Some((Pack::unpack(it)?, Pack::unpack(it)?))).map(Part::Timelines)
        }
        Kind::Groups => PackedSame::unpack(from).map(Part::Groups),
        Kind::Texts => all(from, Pack::unpack).map(Part::Texts),
    };
    part.ok_or_else(|| section.damaged("it does not have the shape of its kind"))
}

/// All that is in a section.
fn all<T>(
    from: &mut Unpacker<'_>,
    each: impl Fn(&mut Unpacker<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let mut found = Vec::new();
    while !from.is_empty() {
        found.push(each(from)?);
    }
    Some(found)
}

fn registry(from: &mut Unpacker<'_>) -> Option<Registry> {
    let mut registry = Registry::default();
    while !from.is_empty() {
        let kind = unpack_text(from)?.to_owned();
        let version = u16::try_from(u32::unpack(from)?).ok()?;
        let data = Payload::from_json(unpack_text(from)?.to_owned()).ok()?;
        let event = NewEvent {
            id: dateline_event::id::NAMESPACE,
            stream: StreamId::new(&kind).ok()?,
            kind,
            version,
            source: MADE_BY.to_owned(),
            time: DateTime::UNIX_EPOCH,
            correlation: None,
            causation: None,
            data,
        };
        let recorded = DateTime::UNIX_EPOCH;
        let envelope = Envelope { position: Position::FIRST, recorded, event };
        registry.apply(&Event::decode(&envelope).ok()?);
    }
    Some(registry)
}

/// All that a snapshot has.
#[derive(Default)]
struct Whole {
    registry: Option<(Box<Directory>, Prepared)>,
    dictionary: Vec<u8>,
    instants: Vec<(DateTime<Utc>, Position)>,
    stories: Vec<Arc<Stored>>,
    unreported: Vec<(StoryId, Arc<Facts>)>,
    timelines: Vec<(Scope, Timeline)>,
    groups: Option<PackedSame>,
    texts: Vec<LiveText<'static>>,
}

impl Whole {
    /// Of sections in any order.
    fn of(mut parts: Parts) -> Self {
        parts.sort_unstable_by_key(|it| it.0);
        let mut whole = Self::default();
        for (_, part) in parts {
            match part {
                Part::Registry(directory, prepared) => whole.registry = Some((directory, prepared)),
                Part::Dictionary(it) => whole.dictionary = it,
                Part::Instants(it) => whole.instants.extend(it),
                Part::Stories(it) => whole.stories.extend(it),
                Part::Unreported(it) => whole.unreported.extend(it),
                Part::Timelines(it) => whole.timelines.extend(it),
                Part::Groups(it) => whole.groups = Some(it),
                Part::Texts(it) => whole.texts.extend(it),
            }
        }
        whole
    }

    fn made(mut self, head: &Head) -> Result<Made, SnapshotError> {
        let damaged = |what: &str| SnapshotError::Damaged { what: what.to_owned() };
        let in_order = self.stories.is_sorted_by(|a, b| a.reported_at < b.reported_at)
            && self.instants.is_sorted_by(|a, b| a.0 < b.0)
            && self.unreported.is_sorted_by(|a, b| a.0 < b.0)
            && self.timelines.is_sorted_by(|a, b| a.0 < b.0);
        if !in_order {
            return Err(damaged("its sections are not in order"));
        }
        let (directory, prepared) =
            self.registry.take().ok_or_else(|| damaged("it has no registry"))?;
        let (groups, texts) = (self.groups.take(), std::mem::take(&mut self.texts));
        let (same, mut view) = std::thread::scope(|scope| {
            let same = scope.spawn(|| SameStory::unpacked(groups?, texts));
            let view = self.view(head, directory);
            (same.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), view)
        });
        let same = same.ok_or_else(|| damaged("its groups are not whole"))?;
        view.kin = kin(&same);
        Ok(Made { view, same: Arc::new(same), prepared })
    }

    /// The view, but for the groups of its stories.
    fn view(self, head: &Head, directory: Box<Directory>) -> View {
        let Self { dictionary, instants, stories, unreported, timelines, .. } = self;
        let mut reported: Vec<_> = stories.iter().map(|it| (it.id, it.reported_at)).collect();
        reported.sort_unstable();
        let (tally, amended) = (Tally::of_all(&stories), amended(&stories));
        let empty = dictionary.is_empty();
        View {
            position: head.position,
            recorded: head.recorded,
            directory: Arc::from(directory),
            shelf: if empty { Shelf::default() } else { Shelf::with_samples(dictionary) },
            stories: Tree::from_sorted(stories.into_iter().map(|it| (it.reported_at, it))),
            reported: Tree::from_sorted(reported),
            unreported: Tree::from_sorted(unreported),
            timelines: Tree::from_sorted(timelines),
            amended,
            kin: Tree::default(),
            instants: Tree::from_sorted(instants),
            tally,
        }
    }
}
