//! What was last acknowledged, written beside the store after each commit: a store that comes back
//! shorter than its witness has lost events. sled alone would cut off a damaged end without a word.
//!
//! The file has two slots, used in turn, so that one of them is whole at any moment. It is not
//! synced after each commit and so may be behind after a power cut, but never ahead.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use dateline_event::Position;

use super::directory::replace_file;
use crate::chain::{ChainHead, DIGEST_BYTES};

const SLOT_BYTES: usize = 8 + 2 * DIGEST_BYTES;

/// The head and the chain up to it, as acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Acknowledged {
    pub(super) events: u64,
    pub(super) chain: ChainHead,
}

pub(super) struct Witness {
    file: File,
    path: PathBuf,
    next_slot: u64,
}

/// What a witness file says.
#[derive(Clone, Copy)]
pub(super) enum Testimony {
    /// There is no file.
    Absent,
    /// There is a file and neither slot of it is whole.
    Broken,
    /// The newer of the whole slots.
    Says(Acknowledged),
}

impl Witness {
    /// Opens the file, or makes one that says that nothing was acknowledged.
    pub(super) fn open(path: &Path) -> io::Result<(Self, Testimony)> {
        let mut testimony = Testimony::Absent;
        if path.try_exists()? {
            testimony = Testimony::Broken;
        } else {
            let empty = encode(Acknowledged { events: 0, chain: ChainHead::EMPTY });
            replace_file(path, &[empty, empty].concat())?;
        }
        let file = File::options().read(true).write(true).open(path)?;
        if matches!(testimony, Testimony::Broken) {
            let mut bytes = [[0; SLOT_BYTES]; 2];
            for (slot, at) in bytes.iter_mut().zip([0, slot_offset(1)]) {
                match file.read_exact_at(slot, at) {
                    Ok(()) => {}
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {}
                    Err(error) => return Err(error),
                }
            }
            let newest = bytes.iter().filter_map(decode).max_by_key(|it| it.events);
            testimony = newest.map_or(Testimony::Broken, Testimony::Says);
        }
        Ok((Self { file, path: path.to_owned(), next_slot: 0 }, testimony))
    }

    /// Notes what was acknowledged.
    pub(super) fn note(&mut self, acknowledged: Acknowledged) -> io::Result<()> {
        self.file.write_all_at(&encode(acknowledged), slot_offset(self.next_slot))?;
        self.next_slot = 1 - self.next_slot;
        Ok(())
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

fn slot_offset(slot: u64) -> u64 {
    let bytes = u64::try_from(SLOT_BYTES).expect("a slot is small");
    slot * bytes
}

fn encode(acknowledged: Acknowledged) -> [u8; SLOT_BYTES] {
    let mut slot = [0; SLOT_BYTES];
    let content = [&acknowledged.events.to_le_bytes()[..], acknowledged.chain.as_bytes()].concat();
    let digest = blake3::hash(&content);
    for (to, from) in slot.iter_mut().zip(content.iter().chain(digest.as_bytes())) {
        *to = *from;
    }
    slot
}

fn decode(slot: &[u8; SLOT_BYTES]) -> Option<Acknowledged> {
    let (content, digest) = slot.split_last_chunk::<DIGEST_BYTES>()?;
    let (events, chain) = content.split_first_chunk()?;
    let (chain, _) = chain.split_first_chunk()?;
    (blake3::hash(content).as_bytes() == digest).then(|| Acknowledged {
        events: u64::from_le_bytes(*events),
        chain: ChainHead::from_bytes(*chain),
    })
}

impl Acknowledged {
    pub(super) fn head(&self) -> Option<Position> {
        Position::new(self.events)
    }
}
