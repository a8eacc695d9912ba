//! What the log says of stories, packed.

use dateline_event::date::{Basis, Edtf, PrintedDate};
use dateline_event::event::{Ruling, Verdict};
use dateline_event::registry::TenureKind;
use dateline_event::story::{Dateline, Headline, PageRef, Passage, Story, StoryRole};
use dateline_event::{
    OfficeId, OfficialId, OrganisationId, Piece, SourceId, Span, StoryId, TopicId,
};

use super::{Pack, Unpacker, pack_text, packed_enum, packed_struct, unpack_text};
use crate::facts::{Facts, Retraction};
use crate::story::{Revision, RulingRecord, Sighting};

packed_struct!(Revision { position, recorded, source, page, content });
packed_struct!(Passage { span, language });
packed_struct!(Retraction { position, reason });
packed_struct!(RulingRecord { position, recorded, ruling });
packed_struct!(Sighting { position, recorded, page, role, spans, published });
packed_struct!(PageRef { name, address, digest, captured });
packed_struct!(Headline { text, span });
packed_struct!(Dateline { place, date, agency, span });
packed_struct!(PrintedDate { edtf, basis, field, span, text });
packed_enum!(StoryRole { Article = 0, Teaser = 1 });
packed_enum!(Verdict { Is = 0, IsNot = 1 });
packed_enum!(TenureKind { Full = 0, Acting = 1 });
packed_enum!(Basis { PageDate = 0, Dateline = 1, Body = 2, Declared = 3, Inferred = 4 });

impl Facts {
    /// Packs all but what was found, which stands before it.
    pub(crate) fn pack_rest(&self, out: &mut Vec<u8>) {
        let Self { found: _, revisions, retractions, rulings, sightings } = self;
        revisions.pack(out);
        retractions.pack(out);
        rulings.pack(out);
        sightings.pack(out);
    }
}

impl Pack for Facts {
    fn pack(&self, out: &mut Vec<u8>) {
        self.found.pack(out);
        self.pack_rest(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self {
            found: Pack::unpack(from)?,
            revisions: Pack::unpack(from)?,
            retractions: Pack::unpack(from)?,
            rulings: Pack::unpack(from)?,
            sightings: Pack::unpack(from)?,
        })
    }
}

impl Pack for Story {
    fn pack(&self, out: &mut Vec<u8>) {
        let Self {
            role,
            title,
            body,
            pieces,
            address,
            language,
            passages,
            published,
            stamp_place,
            dateline,
        } = self;
        role.pack(out);
        title.pack(out);
        body.pack(out);
        Pieces(pieces.clone()).pack(out);
        address.pack(out);
        language.pack(out);
        passages.pack(out);
        published.pack(out);
        stamp_place.pack(out);
        dateline.pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self {
            role: Pack::unpack(from)?,
            title: Pack::unpack(from)?,
            body: Pack::unpack(from)?,
            pieces: Pieces::unpack(from)?.0,
            address: Pack::unpack(from)?,
            language: Pack::unpack(from)?,
            passages: Pack::unpack(from)?,
            published: Pack::unpack(from)?,
            stamp_place: Pack::unpack(from)?,
            dateline: Pack::unpack(from)?,
        })
    }
}

/// Pieces follow each other closely on both sides, so each is told by its distance from the one before.
struct Pieces(Vec<Piece>);

impl Pack for Pieces {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.len().pack(out);
        let (mut body, mut page) = (0, 0);
        for piece in &self.0 {
            for (span, before) in [(piece.body, &mut body), (piece.page, &mut page)] {
                (i64::from(span.start) - i64::from(*before)).pack(out);
                span.len().pack(out);
                *before = span.end;
            }
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let count = usize::unpack(from)?;
        let (mut body, mut page) = (0, 0);
        let mut span = |before: &mut u32| {
            let start = u32::try_from(i64::from(*before) + i64::unpack(from)?).ok()?;
            let span = Span::new(start, start.checked_add(u32::unpack(from)?)?);
            *before = span.end;
            Some(span)
        };
        let pieces =
            (0..count).map(|_| Some(Piece { body: span(&mut body)?, page: span(&mut page)? }));
        pieces.collect::<Option<Vec<_>>>().map(Self)
    }
}

impl Pack for Ruling {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Statement { story, span, official, verdict } => {
                out.push(0);
                story.pack(out);
                span.pack(out);
                official.pack(out);
                verdict.pack(out);
            }
            Self::Topic { story, topic, verdict } => {
                out.push(1);
                story.pack(out);
                topic.pack(out);
                verdict.pack(out);
            }
            Self::Same { story, other, verdict } => {
                out.push(2);
                story.pack(out);
                other.pack(out);
                verdict.pack(out);
            }
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let (kind, story) = (from.byte()?, StoryId::unpack(from)?);
        Some(match kind {
            0 => Self::Statement {
                story,
                span: Pack::unpack(from)?,
                official: Pack::unpack(from)?,
                verdict: Pack::unpack(from)?,
            },
            1 => Self::Topic { story, topic: Pack::unpack(from)?, verdict: Pack::unpack(from)? },
            2 => Self::Same { story, other: Pack::unpack(from)?, verdict: Pack::unpack(from)? },
            _ => return None,
        })
    }
}

/// What is packed as its text.
macro_rules! packed_id {
    ($($id:ty),*) => {$(
        impl Pack for $id {
            fn pack(&self, out: &mut Vec<u8>) {
                pack_text(self.as_str(), out);
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                Self::new(unpack_text(from)?).ok()
            }
        }
    )*};
}

packed_id!(OfficialId, OfficeId, OrganisationId, TopicId, SourceId);

impl Pack for StoryId {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.uuid().as_bytes());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let bytes = from.bytes(16)?.try_into().ok()?;
        Some(Self::from_bytes(bytes))
    }
}

impl Pack for Edtf {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_text(&self.to_string(), out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        unpack_text(from)?.parse().ok()
    }
}
