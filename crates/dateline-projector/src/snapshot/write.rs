//! Writes a view.

use std::io::{self, Write};

use chrono::DateTime;
use dateline_annotate::Registry;
use dateline_event::{Event, Position};

use super::section::{Kind, write};
use super::{Head, MAGIC, Snapshot};
use crate::kin::SameStory;
use crate::pack::{Pack, pack_text};
use crate::page::Scope;
use crate::stored::ManyStored;
use crate::timeline::Timeline;
use crate::view::View;

/// Bytes after which a section ends: enough to be worth its digest, few enough to share them out to threads.
const SECTION_BYTES: usize = 4 * 1024 * 1024;

impl Snapshot {
    /// Writes it. Whoever writes a file should write another one and move it into place when this has come to its end.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { view, same, versions, mark } = self;
        out.write_all(MAGIC)?;
        // The head says how many follow, so they are counted before it is written.
        let mut counted = Sections { out: None, next: 1, bytes: Vec::new() };
        counted.view(view)?;
        counted.same(same)?;
        let head = Head {
            versions: *versions,
            position: view.position,
            recorded: view.recorded,
            mark: *mark,
            sections: counted.next - 1,
        };
        let mut bytes = Vec::new();
        head.pack(&mut bytes);
        write(out, Kind::Head, 0, &bytes)?;
        let mut sections = Sections { out: Some(out), next: 1, bytes: Vec::new() };
        sections.view(view)?;
        sections.same(same)?;
        out.flush()
    }
}

struct Sections<'a> {
    /// `None` to count them only.
    out: Option<&'a mut dyn Write>,
    /// Number of the next section.
    next: u64,
    /// Of the one that is being made.
    bytes: Vec<u8>,
}

impl Sections<'_> {
    fn end(&mut self, kind: Kind) -> io::Result<()> {
        if let Some(out) = &mut self.out {
            write(*out, kind, self.next, &self.bytes)?;
        }
        self.next += 1;
        self.bytes.clear();
        Ok(())
    }

    fn end_if_full(&mut self, kind: Kind) -> io::Result<()> {
        if self.bytes.len() < SECTION_BYTES { Ok(()) } else { self.end(kind) }
    }

    fn view(&mut self, view: &View) -> io::Result<()> {
        pack_registry(view.registry(), &mut self.bytes);
        self.end(Kind::Registry)?;
        self.bytes.extend_from_slice(view.shelf.dictionary());
        self.end(Kind::Dictionary)?;
        for (instant, position) in view.instants.iter() {
            instant.pack(&mut self.bytes);
            position.pack(&mut self.bytes);
            self.end_if_full(Kind::Instants)?;
        }
        self.end(Kind::Instants)?;
        let mut many = ManyStored::default();
        for (_, stored) in view.stories.iter() {
            many.push(stored);
            if many.len() >= SECTION_BYTES {
                many.take(&mut self.bytes);
                self.end(Kind::Stories)?;
            }
        }
        many.take(&mut self.bytes);
        self.end(Kind::Stories)?;
        for (id, facts) in view.unreported.iter() {
            id.pack(&mut self.bytes);
            facts.pack(&mut self.bytes);
            self.end_if_full(Kind::Unreported)?;
        }
        self.end(Kind::Unreported)?;
        for (scope, timeline) in view.timelines.iter() {
            scope.pack(&mut self.bytes);
            timeline.pack(&mut self.bytes);
            self.end_if_full(Kind::Timelines)?;
        }
        self.end(Kind::Timelines)
    }

    fn same(&mut self, same: &SameStory) -> io::Result<()> {
        same.packed().pack(&mut self.bytes);
        self.end(Kind::Groups)?;
        for text in same.live() {
            text.pack(&mut self.bytes);
            self.end_if_full(Kind::Texts)?;
        }
        self.end(Kind::Texts)
    }
}

/// The registry as the events that would record it, in the form in which a log holds them.
fn pack_registry(registry: &Registry, out: &mut Vec<u8>) {
    let officials = registry.officials().values().cloned().map(Event::OfficialRecorded);
    let bodies = registry.organisations().values().cloned().map(Event::OrganisationRecorded);
    let offices = registry.offices().values().cloned().map(Event::OfficeRecorded);
    let tenures = registry.tenures().values().cloned().map(Event::TenureRecorded);
    let topics = registry.topics().values().cloned().map(Event::TopicRecorded);
    let all = officials.chain(bodies).chain(offices).chain(tenures).chain(topics);
    for event in all {
        let event = event.into_new(super::read::MADE_BY, DateTime::UNIX_EPOCH);
        pack_text(&event.kind, out);
        u32::from(event.version).pack(out);
        pack_text(event.data.as_json(), out);
    }
}

impl Pack for Scope {
    fn pack(&self, out: &mut Vec<u8>) {
        let (kind, id) = match self {
            Self::Official(id) => (0, id.as_str()),
            Self::Office(id) => (1, id.as_str()),
            Self::Organisation(id) => (2, id.as_str()),
            Self::Topic(id) => (3, id.as_str()),
            Self::Source(id) => (4, id.as_str()),
            Self::Language(code) => (5, &**code),
            Self::Everything => (6, ""),
        };
        out.push(kind);
        pack_text(id, out);
    }

    fn unpack(from: &mut crate::pack::Unpacker<'_>) -> Option<Self> {
        let kind = from.byte()?;
        let id = crate::pack::unpack_text(from)?;
        Some(match kind {
            0 => Self::Official(id.parse().ok()?),
            1 => Self::Office(id.parse().ok()?),
            2 => Self::Organisation(id.parse().ok()?),
            3 => Self::Topic(id.parse().ok()?),
            4 => Self::Source(id.parse().ok()?),
            5 => Self::Language(id.into()),
            6 => Self::Everything,
            _ => return None,
        })
    }
}

impl Pack for Timeline {
    fn pack(&self, out: &mut Vec<u8>) {
        self.current.len().pack(out);
        let mut before = 0;
        for slot in self.current.iter() {
            // They are in order, so the distance to the one before is small.
            (slot.number() - before).pack(out);
            before = slot.number();
        }
        self.past.len().pack(out);
        for (key, traits) in self.past.iter() {
            key.place.pack(out);
            key.recorded_at().pack(out);
            key.until.pack(out);
            out.push(traits.byte());
        }
    }

    fn unpack(from: &mut crate::pack::Unpacker<'_>) -> Option<Self> {
        use crate::slot::{Place, Slot, Traits};
        use crate::timeline::PastKey;

        let (count, mut before) = (usize::unpack(from)?, 0_u64);
        let current = (0..count).map(|_| {
            before = before.checked_add(u64::unpack(from)?)?;
            Some(Slot::of_number(before))
        });
        let current = current.collect::<Option<Vec<_>>>()?;
        let past = (0..usize::unpack(from)?).map(|_| {
            let place = Place::unpack(from)?;
            let key = PastKey::new(place, Position::unpack(from)?, Position::unpack(from)?);
            Some((key, Traits::of_byte(from.byte()?)))
        });
        let past = past.collect::<Option<Vec<_>>>()?;
        Some(Self::of(current, past))
    }
}
