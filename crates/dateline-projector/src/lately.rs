//! Stories that were asked for lately, unpacked: the newest page of a timeline is asked for again and again while the log
//! goes on, and few of its stories change.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;

use crate::directory::Directory;
use crate::record::StoryRecord;
use crate::slab::Blob;

/// Space for all of them, in bytes of packed form before compression; in memory they take about twice that.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The part of the space that one story may take; a larger one is unpacked anew each time.
const PART: usize = 64;

/// Unpacked stories. Views that follow each other share them.
pub(crate) struct Lately(Mutex<State>);

struct State {
    /// By where the packed story lies: it stays there while this holds it.
    stories: LruCache<usize, Unpacked>,
    bytes: usize,
}

struct Unpacked {
    blob: Blob,
    /// Under whose registry it was read.
    directory: Arc<Directory>,
    record: Arc<StoryRecord>,
    bytes: usize,
}

impl Default for Lately {
    fn default() -> Self {
        Self(Mutex::new(State { stories: LruCache::unbounded(), bytes: 0 }))
    }
}

impl Lately {
    /// The story of `blob`, whose packed form has so many `bytes`, read under `directory`; `unpack` brings it back if it
    /// is not here.
    pub(crate) fn get(
        &self,
        blob: &Blob,
        (bytes, directory): (usize, &Arc<Directory>),
        unpack: impl FnOnce() -> Option<Arc<StoryRecord>>,
    ) -> Option<Arc<StoryRecord>> {
        let place = blob.bytes().as_ptr().addr();
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().stories.get(&place)
            && known.blob.is_the_same(blob)
            && Arc::ptr_eq(&known.directory, directory)
        {
            return Some(Arc::clone(&known.record));
        }
        let record = unpack()?;
        if bytes <= MAX_BYTES / PART {
            let (blob, directory) = (blob.clone(), Arc::clone(directory));
            let record = Arc::clone(&record);
            lock().put(place, Unpacked { blob, directory, record, bytes });
        }
        Some(record)
    }
}

impl State {
    fn put(&mut self, place: usize, unpacked: Unpacked) {
        self.bytes += unpacked.bytes;
        if let Some((_, old)) = self.stories.push(place, unpacked) {
            self.bytes -= old.bytes;
        }
        while self.bytes > MAX_BYTES {
            let Some((_, old)) = self.stories.pop_lru() else { break };
            self.bytes -= old.bytes;
        }
    }
}

impl fmt::Debug for Lately {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lately").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;

    fn state(lately: &Lately) -> (usize, usize) {
        let state = lately.0.lock().unwrap();
        (state.stories.len(), state.bytes)
    }

    /// A record of nothing.
    fn record() -> Arc<StoryRecord> {
        Arc::new(StoryRecord::of_nothing(Facts::default()))
    }

    #[test]
    fn a_story_is_unpacked_once_under_one_registry_until_others_take_its_space() {
        let lately = Lately::default();
        let directories = [Arc::default(), Arc::<Directory>::default()];
        let blobs: Vec<_> = (0..2 * PART).map(|at| Blob::alone(vec![0; at + 1])).collect();
        let each = MAX_BYTES / PART;
        let get = |at: usize, directory: usize, bytes: usize| {
            let mut was_unpacked = false;
            let unpack = || {
                was_unpacked = true;
                Some(record())
            };
            assert!(lately.get(&blobs[at], (bytes, &directories[directory]), unpack).is_some());
            was_unpacked
        };
        assert!(get(0, 0, each) && !get(0, 0, each));
        assert!(get(0, 1, each) && !get(0, 1, each));
        assert_eq!(state(&lately), (1, each));
        assert!(get(1, 1, each + 1) && get(1, 1, each + 1));
        for at in 1..2 * PART {
            assert!(get(at, 1, each));
            assert!(state(&lately).1 <= MAX_BYTES);
        }
        assert!(!get(2 * PART - 1, 1, each) && get(0, 1, each));
        assert!(lately.get(&blobs[1], (1, &directories[0]), || None).is_none());
    }
}
