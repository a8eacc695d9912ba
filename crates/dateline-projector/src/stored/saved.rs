//! Stories as bytes, for a snapshot: what timelines ask for in front, the packed facts of all behind each other, so that
//! they are loaded as one slab.

use super::{Kin, Mark, Marks, Shared, Statements, Stored};
use crate::key::DayBasis;
use crate::pack::{Pack, Unpacker, packed_enum, packed_struct};
use crate::slab::Cut;
use crate::slot::{Place, Slot, Traits};
use crate::story::{Superseded, SupersededBy};

/// Stories that are being written.
#[derive(Debug, Default)]
pub(crate) struct ManyStored {
    fields: Vec<u8>,
    blobs: Vec<u8>,
}

impl ManyStored {
    /// Bytes so far.
    pub(crate) const fn len(&self) -> usize {
        self.fields.len() + self.blobs.len()
    }

    pub(crate) fn push(&mut self, stored: &Stored) {
        let Stored { id, reported_at, changed_at, marks, kin, found, statements, revisions, blob } =
            stored;
        let out = &mut self.fields;
        id.pack(out);
        reported_at.pack(out);
        changed_at.pack(out);
        marks.pack(out);
        kin.pack(out);
        found.pack(out);
        statements.count().pack(out);
        revisions.pack(out);
        blob.bytes().len().pack(out);
        self.blobs.extend_from_slice(blob.bytes());
    }

    /// Writes them behind `out`, and none are left.
    pub(crate) fn take(&mut self, out: &mut Vec<u8>) {
        self.fields.len().pack(out);
        out.append(&mut self.fields);
        out.append(&mut self.blobs);
    }

    /// The stories that `bytes` are; `None` when they are none.
    pub(crate) fn unpack(bytes: &[u8]) -> Option<Vec<Stored>> {
        let mut from = Unpacker::new(bytes);
        let fields = usize::unpack(&mut from)?;
        let mut fields = Unpacker::new(from.bytes(fields)?);
        let mut cut = Cut::new(from.rest().to_vec());
        let mut all = Vec::new();
        while !fields.is_empty() {
            all.push(one(&mut fields, &mut cut)?);
        }
        cut.is_over().then_some(all)
    }
}

/// The fields are read in the order in which they stand.
fn one(from: &mut Unpacker<'_>, blobs: &mut Cut) -> Option<Stored> {
    Some(Stored {
        id: Pack::unpack(from)?,
        reported_at: Pack::unpack(from)?,
        changed_at: Pack::unpack(from)?,
        marks: Pack::unpack(from)?,
        kin: Pack::unpack(from)?,
        found: Pack::unpack(from)?,
        statements: Statements::new(Pack::unpack(from)?),
        revisions: Pack::unpack(from)?,
        blob: blobs.next(usize::unpack(from)?)?,
    })
}

packed_struct!(Kin { shared, shown_by });
packed_struct!(Shared { from, recorded, others });
packed_struct!(Mark { place, basis, recorded_at, superseded });
packed_struct!(Superseded { at, by });
packed_enum!(SupersededBy { Revision = 0, Retraction = 1, Ruling = 2, Copy = 3 });
packed_enum!(DayBasis { Happened = 0, Published = 1, FirstPossible = 2, Unknown = 3 });

impl Pack for Place {
    fn pack(&self, out: &mut Vec<u8>) {
        Slot::new(*self, Traits::default()).number().pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Slot::of_number(u64::unpack(from)?).place())
    }
}

impl Pack for Marks {
    fn pack(&self, out: &mut Vec<u8>) {
        self.all().len().pack(out);
        for it in self.all() {
            it.pack(out);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match usize::unpack(from)? {
            1 => Mark::unpack(from).map(Self::One),
            many => {
                let marks: Option<Vec<Mark>> = (0..many).map(|_| Mark::unpack(from)).collect();
                marks.map(Self::of)
            }
        }
    }
}
