//! One section of a snapshot: what it holds, its length and its digest.

use std::io::{self, Read, Write};

use super::{DIGEST_BYTES, SnapshotError};

/// Most bytes of a section. A longer one is none of ours.
const MAX_SECTION_BYTES: u32 = 1 << 30;

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Head,
    Registry,
    Dictionary,
    Instants,
    Stories,
    Unreported,
    Timelines,
    Groups,
    Texts,
}

impl Kind {
    const ALL: [Self; 9] = [
        Self::Head,
        Self::Registry,
        Self::Dictionary,
        Self::Instants,
        Self::Stories,
        Self::Unreported,
        Self::Timelines,
        Self::Groups,
        Self::Texts,
    ];

    fn byte(self) -> u8 {
        let at = Self::ALL.iter().position(|it| *it == self);
        at.and_then(|it| u8::try_from(it).ok()).unwrap_or(u8::MAX)
    }

    fn of_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte)).copied()
    }
}

/// A section as it stands in the file, not checked yet.
#[derive(Debug)]
pub(crate) struct Section {
    number: u64,
    kind: u8,
    stated: [u8; DIGEST_BYTES],
    bytes: Vec<u8>,
}

/// The digest takes in the number, so that sections that changed places are found.
fn digest(kind: u8, number: u64, bytes: &[u8]) -> [u8; DIGEST_BYTES] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[kind]);
    hasher.update(&number.to_le_bytes());
    hasher.update(bytes);
    *hasher.finalize().as_bytes()
}

/// Writes the section with this number.
pub(crate) fn write(out: &mut dyn Write, kind: Kind, number: u64, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).ok().filter(|it| *it <= MAX_SECTION_BYTES);
    let length = length.ok_or_else(|| io::Error::other("a section of a snapshot is too long"))?;
    out.write_all(&[kind.byte()])?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&digest(kind.byte(), number, bytes))?;
    out.write_all(bytes)
}

impl Section {
    /// Reads the next section, which has this number, in place of what `bytes` has.
    pub(crate) fn read(
        from: &mut dyn Read,
        number: u64,
        mut bytes: Vec<u8>,
    ) -> Result<Self, SnapshotError> {
        let (mut kind, mut length, mut stated) = ([0], [0; 4], [0; DIGEST_BYTES]);
        from.read_exact(&mut kind)?;
        from.read_exact(&mut length)?;
        from.read_exact(&mut stated)?;
        let length = u32::from_le_bytes(length);
        if length > MAX_SECTION_BYTES {
            let what = format!("section {number} claims to have {length} bytes");
            return Err(SnapshotError::Damaged { what });
        }
        bytes.clear();
        from.take(length.into()).read_to_end(&mut bytes)?;
        let [kind] = kind;
        Ok(Self { number, kind, stated, bytes })
    }

    pub(crate) const fn number(&self) -> u64 {
        self.number
    }

    /// What it holds, once its digest has been found right.
    pub(crate) fn checked(&self) -> Result<(Kind, &[u8]), SnapshotError> {
        if digest(self.kind, self.number, &self.bytes) != self.stated {
            return Err(self.damaged("its digest does not match"));
        }
        let kind = Kind::of_byte(self.kind).ok_or_else(|| self.damaged("its kind is unknown"))?;
        Ok((kind, &self.bytes))
    }

    /// What it was read into, for the next one.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(crate) fn damaged(&self, what: &str) -> SnapshotError {
        SnapshotError::Damaged { what: format!("section {}: {what}", self.number) }
    }
}
