//! Reads a view, on several threads: one section is checked and unpacked while the next ones are read.

use std::io::Read;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use dateline_annotate::Registry;
use dateline_event::{Envelope, Event, NewEvent, Payload, Position, StoryId, StreamId};
use dateline_log::LogReader;

use super::section::{Kind, Section};
use super::{Head, MAGIC, SnapshotError, Versions, mark_of};
use crate::bulk::kin;
use crate::directory::Directory;
use crate::facts::Facts;
use crate::kin::{LiveText, PackedSame, SameStory};
use crate::ordered::in_order;
use crate::pack::{Pack, Unpacker, unpack_text};
use crate::page::Scope;
use crate::shelf::Shelf;
use crate::stored::Stored;
use crate::timeline::Timeline;
use crate::tree::Tree;
use crate::view::{Tally, View, amended};

/// Who says what a snapshot says of the registry.
pub(super) const MADE_BY: &str = "/snapshot";

/// Reads a snapshot of `log` by an annotator of version `annotator`.
pub(crate) fn read(
    mut from: impl Read + Send,
    log: &dyn LogReader,
    annotator: u32,
    threads: NonZeroUsize,
) -> Result<(View, SameStory), SnapshotError> {
    let mut magic = [0; MAGIC.len()];
    from.read_exact(&mut magic).map_err(|_| SnapshotError::NotASnapshot)?;
    if magic != *MAGIC {
        return Err(SnapshotError::NotASnapshot);
    }
    let first = Section::read(&mut from, 0)?;
    let head = match first.checked()? {
        (Kind::Head, bytes) => Head::unpack(&mut Unpacker::new(bytes)),
        _ => None,
    };
    let head = head.ok_or_else(|| first.damaged("it is no head"))?;
    head.versions.check(Versions::with_annotator(annotator))?;
    let mark = head.position.map(|it| mark_of(log, it)).transpose()?.flatten();
    if mark != head.mark || (head.position.is_some() && mark.is_none()) {
        return Err(SnapshotError::OtherLog);
    }
    sections(from, &head, threads)?.view(&head)
}

/// What is in one section.
enum Part {
    Registry(Registry),
    Dictionary(Vec<u8>),
    Instants(Vec<(DateTime<Utc>, Position)>),
    Stories(Vec<Arc<Stored>>),
    Unreported(Vec<(StoryId, Arc<Facts>)>),
    Timelines(Vec<(Scope, Timeline)>),
    Groups(PackedSame),
    Texts(Vec<LiveText<'static>>),
}

/// All sections, each kind in its order.
#[derive(Default)]
struct Parts(Vec<(u64, Part)>);

fn sections(
    from: impl Read + Send,
    head: &Head,
    threads: NonZeroUsize,
) -> Result<Parts, SnapshotError> {
    let count = usize::try_from(head.sections).unwrap_or(usize::MAX);
    // Whoever is free reads the next section, so its number does not follow from the job.
    let input = Mutex::new((from, 1_u64));
    let work = |_: usize| {
        let section = {
            let mut input = input.lock().unwrap_or_else(PoisonError::into_inner);
            let (from, next) = &mut *input;
            let section = Section::read(from, *next)?;
            *next += 1;
            section
        };
        let part = part(&section)?;
        Ok((section.number(), part))
    };
    let mut parts = Parts::default();
    let ended = in_order(count, threads, &work, &mut |part| match part {
        Ok(part) => {
            parts.0.push(part);
            ControlFlow::Continue(())
        }
        Err(why) => ControlFlow::Break(why),
    });
    if let ControlFlow::Break(why) = ended {
        return Err(why);
    }
    parts.0.sort_by_key(|it| it.0);
    Ok(parts)
}

fn part(section: &Section) -> Result<Part, SnapshotError> {
    let (kind, bytes) = section.checked()?;
    let mut from = Unpacker::new(bytes);
    let from = &mut from;
    let part = match kind {
        Kind::Head => None,
        Kind::Registry => registry(from).map(Part::Registry),
        Kind::Dictionary => Some(Part::Dictionary(bytes.to_vec())),
        Kind::Instants => {
            all(from, |it| Some((Pack::unpack(it)?, Pack::unpack(it)?))).map(Part::Instants)
        }
        Kind::Stories => all(from, Pack::unpack).map(Part::Stories),
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

impl Parts {
    fn view(self, head: &Head) -> Result<(View, SameStory), SnapshotError> {
        let damaged = |what: &str| SnapshotError::Damaged { what: what.to_owned() };
        let (mut registry, mut dictionary) = (Registry::default(), Vec::new());
        let (mut instants, mut stories) = (Vec::new(), Vec::new());
        let (mut unreported, mut timelines) = (Vec::new(), Vec::new());
        let (mut groups, mut texts) = (None, Vec::new());
        for (_, part) in self.0 {
            match part {
                Part::Registry(it) => registry = it,
                Part::Dictionary(it) => dictionary = it,
                Part::Instants(it) => instants.extend(it),
                Part::Stories(it) => stories.extend(it),
                Part::Unreported(it) => unreported.extend(it),
                Part::Timelines(it) => timelines.extend(it),
                Part::Groups(it) => groups = Some(it),
                Part::Texts(it) => texts.extend(it),
            }
        }
        let same = groups.and_then(|it| SameStory::unpacked(it, texts));
        let same = same.ok_or_else(|| damaged("its groups are not whole"))?;
        let in_order = stories.is_sorted_by(|a, b| a.reported_at < b.reported_at)
            && instants.is_sorted_by(|a, b| a.0 < b.0)
            && unreported.is_sorted_by(|a, b| a.0 < b.0)
            && timelines.is_sorted_by(|a, b| a.0 < b.0);
        if !in_order {
            return Err(damaged("its sections are not in order"));
        }
        let mut reported: Vec<_> = stories.iter().map(|it| (it.id, it.reported_at)).collect();
        reported.sort_unstable();
        let (tally, amended) = (Tally::of_all(&stories), amended(&stories));
        let empty = dictionary.is_empty();
        let view = View {
            position: head.position,
            recorded: head.recorded,
            directory: Arc::new(Directory::new(registry)),
            shelf: if empty { Shelf::default() } else { Shelf::with_samples(dictionary) },
            stories: Tree::from_sorted(stories.into_iter().map(|it| (it.reported_at, it))),
            reported: Tree::from_sorted(reported),
            unreported: Tree::from_sorted(unreported),
            timelines: Tree::from_sorted(timelines),
            amended,
            kin: kin(&same),
            instants: Tree::from_sorted(instants),
            tally,
        };
        Ok((view, same))
    }
}
