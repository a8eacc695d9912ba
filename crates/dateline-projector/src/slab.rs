//! Where packed stories lie: many behind each other in one allocation, so that a million of them take little more than
//! their bytes, and are loaded without an allocation for each.

use std::fmt;
use std::sync::Arc;

/// Bytes after which a slab ends. A story that is replaced keeps its bytes until the whole slab goes.
const SLAB_BYTES: usize = 1024 * 1024;

/// A packed story: a part of a slab, which stays as long as any story of it does.
#[derive(Clone)]
pub(crate) struct Blob {
    slab: Arc<Slab>,
    start: u32,
    len: u32,
}

struct Slab(Box<[u8]>);

impl Blob {
    /// A blob in a slab of its own.
    pub(crate) fn alone(bytes: Vec<u8>) -> Self {
        let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        Self { slab: Arc::new(Slab(bytes.into_boxed_slice())), start: 0, len }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        let start = usize::try_from(self.start).unwrap_or(usize::MAX);
        let len = usize::try_from(self.len).unwrap_or(usize::MAX);
        self.slab.0.get(start..start.saturating_add(len)).unwrap_or_default()
    }

    /// Whether `other` is this very place of this very slab.
    pub(crate) fn is_the_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.slab, &other.slab) && (self.start, self.len) == (other.start, other.len)
    }

    /// Moves `blobs`, which lie behind each other then, into as few slabs as they need.
    pub(crate) fn gather<'a>(blobs: impl IntoIterator<Item = &'a mut Self>) {
        let (mut waiting, mut bytes) = (Vec::new(), 0);
        for blob in blobs {
            bytes += blob.bytes().len();
            waiting.push(blob);
            if bytes >= SLAB_BYTES {
                move_into_one(&mut waiting, bytes);
                bytes = 0;
            }
        }
        move_into_one(&mut waiting, bytes);
    }
}

/// Empties `blobs`, which have so many bytes together.
fn move_into_one(blobs: &mut Vec<&mut Blob>, bytes: usize) {
    let mut all = Vec::with_capacity(bytes);
    for blob in blobs.iter() {
        all.extend_from_slice(blob.bytes());
    }
    let mut cut = Cut::new(all);
    for blob in blobs.drain(..) {
        // There is no next one only where they are too long for one slab together.
        if let Some(moved) = cut.next(blob.bytes().len()) {
            *blob = moved;
        }
    }
}

/// A slab from whose start blobs are cut.
pub(crate) struct Cut {
    slab: Arc<Slab>,
    next: usize,
}

impl Cut {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self { slab: Arc::new(Slab(bytes.into_boxed_slice())), next: 0 }
    }

    /// The next `len` bytes; `None` when they are not there.
    pub(crate) fn next(&mut self, len: usize) -> Option<Blob> {
        let end = self.next.checked_add(len).filter(|it| *it <= self.slab.0.len())?;
        let (start, len) = (u32::try_from(self.next).ok()?, u32::try_from(len).ok()?);
        self.next = end;
        Some(Blob { slab: Arc::clone(&self.slab), start, len })
    }

    /// Whether all of it was cut.
    pub(crate) fn is_over(&self) -> bool {
        self.next == self.slab.0.len()
    }
}

impl PartialEq for Blob {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Blob {}

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blob of {} bytes", self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blobs_keep_their_bytes_when_they_are_moved_into_slabs() {
        let bytes = |at: u8| vec![at; if at == 3 { SLAB_BYTES + 1 } else { usize::from(at) }];
        let mut blobs: Vec<_> = (0..9).map(|at| Blob::alone(bytes(at))).collect();
        Blob::gather(&mut blobs);
        for (at, blob) in (0..9).zip(&blobs) {
            assert_eq!(blob.bytes(), bytes(at));
        }
        assert!(Arc::ptr_eq(&blobs[4].slab, &blobs[8].slab));
        assert!(!Arc::ptr_eq(&blobs[3].slab, &blobs[4].slab));
    }

    #[test]
    fn no_more_is_cut_from_a_slab_than_it_has() {
        let mut cut = Cut::new(vec![7; 10]);
        assert_eq!(cut.next(4).unwrap().bytes(), [7; 4]);
        assert_eq!(cut.next(7), None);
        assert_eq!(cut.next(usize::MAX), None);
        assert!(!cut.is_over());
        assert_eq!(cut.next(6).unwrap().bytes(), [7; 6]);
        assert!(cut.is_over());
        assert_eq!(cut.next(1), None);
    }
}
