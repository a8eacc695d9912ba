//! Packed stories, compressed one by one, so that a view of a million stories fits into memory and any one of them is
//! at hand in microseconds.
//!
//! A story alone is too short to compress well. So the first stories of a fold become a dictionary, which all later
//! ones may refer to: those of one log share names, offices, phrases and addresses.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use zstd::zstd_safe::{CCtx, CDict, DCtx, DDict, compress_bound};

use crate::lately::Lately;
use crate::pack::{Pack, Unpacker};
use crate::slab::Blob;

/// Level of zstd. A snapshot of 50,000 stories is 5 % smaller than with the first level, and what that costs a fold is within
/// the machine's noise (docs/BENCHMARKS.md).
const LEVEL: i32 = 3;

/// Stories whose packed forms make a dictionary.
pub(crate) const SAMPLE_STORIES: usize = 64;

/// Most bytes of a dictionary. A longer one leaves the caches of a processor, and every story pays for that.
const MAX_DICTIONARY_BYTES: usize = 64 * 1024;

/// Most bytes of one packed story, a guard against a length that is none.
const MAX_STORY_BYTES: usize = 256 * 1024 * 1024;

/// How a blob is compressed: its first byte. The bytes that it has unpacked follow, and a frame.
const ALONE: u8 = 0;
const WITH_DICTIONARY: u8 = 1;

/// Most bytes before the frame of a blob: its kind, and the number of bytes of a story.
const MAX_HEAD_BYTES: usize = 1 + 5;

/// Compresses and brings back. Cheap to clone; clones share the dictionary, and what was brought back lately.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    dictionary: Option<Arc<Dictionary>>,
    pub(crate) lately: Arc<Lately>,
}

pub(crate) struct Dictionary {
    bytes: Vec<u8>,
    to_compress: CDict<'static>,
    to_decompress: DDict<'static>,
}

impl Dictionary {
    fn new(mut bytes: Vec<u8>) -> Self {
        bytes.truncate(MAX_DICTIONARY_BYTES);
        let to_compress = CDict::create(&bytes, LEVEL);
        let to_decompress = DDict::create(&bytes);
        Self { bytes, to_compress, to_decompress }
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dictionary of {} bytes", self.bytes.len())
    }
}

thread_local! {
    /// What zstd works with: some hundred kilobytes that are made once a thread.
    static WORK: RefCell<(CCtx<'static>, DCtx<'static>)> =
        RefCell::new((CCtx::create(), DCtx::create()));
}

impl Shelf {
    /// A shelf whose dictionary is made of `samples`, packed stories behind each other.
    pub(crate) fn with_samples(samples: Vec<u8>) -> Self {
        let dictionary = Some(Arc::new(Dictionary::new(samples)));
        Self { dictionary, lately: Arc::default() }
    }

    pub(crate) const fn has_dictionary(&self) -> bool {
        self.dictionary.is_some()
    }

    /// The bytes of the dictionary; empty where there is none.
    pub(crate) fn dictionary(&self) -> &[u8] {
        self.dictionary.as_ref().map_or(&[], |it| &it.bytes)
    }

    /// Compresses `packed`.
    pub(crate) fn put(&self, packed: &[u8]) -> Blob {
        let kind = if self.has_dictionary() { WITH_DICTIONARY } else { ALONE };
        let mut frame = Vec::with_capacity(compress_bound(packed.len()));
        let done = WORK.with_borrow_mut(|(work, _)| match &self.dictionary {
            Some(it) => work.compress_using_cdict(&mut frame, packed, &it.to_compress),
            None => work.compress(&mut frame, packed, LEVEL),
        });
        // The space is enough by `compress_bound`, and zstd fails for no other reason.
        debug_assert!(done.is_ok(), "zstd refused a story");
        let mut blob = Vec::with_capacity(frame.len() + MAX_HEAD_BYTES);
        blob.push(kind);
        packed.len().pack(&mut blob);
        blob.extend_from_slice(&frame);
        Blob::alone(blob)
    }

    /// Brings back the bytes of `blob`; `None` when it was put on another shelf, or is damaged.
    pub(crate) fn take(&self, blob: &[u8]) -> Option<Vec<u8>> {
        let mut from = Unpacker::new(blob);
        let (kind, bytes) = (from.byte()?, usize::unpack(&mut from)?);
        (bytes <= MAX_STORY_BYTES).then_some(())?;
        let mut packed = Vec::with_capacity(bytes);
        let frame = from.rest();
        let taken = WORK.with_borrow_mut(|(_, work)| match (kind, &self.dictionary) {
            (WITH_DICTIONARY, Some(it)) => {
                work.decompress_using_ddict(&mut packed, frame, &it.to_decompress).ok()
            }
            (ALONE, _) => work.decompress(&mut packed, frame).ok(),
            _ => None,
        })?;
        (taken == bytes).then_some(packed)
    }

    /// How many bytes `blob` has unpacked; `None` when it is damaged.
    pub(crate) fn unpacked_bytes(blob: &[u8]) -> Option<usize> {
        let mut from = Unpacker::new(blob);
        from.byte()?;
        usize::unpack(&mut from)
    }

    /// Brings back a value that was packed.
    pub(crate) fn unpack<T: Pack>(&self, blob: &[u8]) -> Option<T> {
        let packed = self.take(blob)?;
        let mut from = Unpacker::new(&packed);
        let value = T::unpack(&mut from)?;
        from.is_empty().then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "The minister opened the bridge over the river on Tuesday, the ministry said. ";

    fn pack(shelf: &Shelf, text: &str) -> Blob {
        let mut packed = Vec::new();
        text.to_owned().pack(&mut packed);
        shelf.put(&packed)
    }

    #[test]
    fn what_is_put_on_a_shelf_comes_back_with_and_without_a_dictionary() {
        let later = Shelf::with_samples(TEXT.repeat(3).into_bytes());
        for shelf in [Shelf::default(), later.clone()] {
            for text in ["", "short", &TEXT.repeat(40)] {
                let blob = pack(&shelf, text);
                assert_eq!(shelf.unpack::<String>(blob.bytes()).as_deref(), Some(text));
            }
        }
        // What was put there before there was a dictionary stays readable.
        let before = pack(&Shelf::default(), TEXT);
        assert_eq!(later.unpack::<String>(before.bytes()).as_deref(), Some(TEXT));
    }

    #[test]
    fn a_dictionary_makes_a_story_smaller_that_has_words_of_it() {
        let later = Shelf::with_samples(TEXT.as_bytes().to_vec());
        let sizes = [Shelf::default(), later].map(|it| pack(&it, TEXT).bytes().len());
        assert!(sizes[1] * 2 < sizes[0], "{sizes:?}");
    }

    #[test]
    fn a_damaged_blob_is_refused() {
        let shelf = Shelf::with_samples(TEXT.as_bytes().to_vec());
        let blob = pack(&shelf, TEXT);
        let blob = blob.bytes();
        assert_eq!(Shelf::default().unpack::<String>(blob), None);
        assert_eq!(shelf.unpack::<String>(&blob[..blob.len() - 1]), None);
        assert_eq!(shelf.unpack::<String>(&[9, 1, 1]), None);
    }
}
