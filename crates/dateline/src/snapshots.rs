//! Views saved beside the log, in `view.snapshot` of the data directory. It may be deleted at any time.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline_log::LogReader;
use dateline_projector::{Projector, Snapshot, SnapshotError, Standard};

/// The file in the data directory.
const FILE: &str = "view.snapshot";

/// What it is called while it is being written.
const MAKING: &str = "view.snapshot.making";

/// Bytes that are read or written at once.
const BUFFER_BYTES: usize = 1024 * 1024;

/// A projector over `log` that goes on from the snapshot in `data`, where there is one that can be used. It has not
/// caught up yet.
pub(crate) fn projector(data: &Path, log: Arc<dyn LogReader>, threads: NonZeroUsize) -> Projector {
    let path = data.join(FILE);
    match open(&path, Arc::clone(&log), threads) {
        Ok(Some(projector)) => projector,
        Ok(None) => Projector::new(log, Arc::new(Standard), threads),
        Err(why) => {
            let path = path.display();
            tracing::warn!("{path} is not used, and the log is folded instead: {why}");
            Projector::new(log, Arc::new(Standard), threads)
        }
    }
}

fn open(
    path: &Path,
    log: Arc<dyn LogReader>,
    threads: NonZeroUsize,
) -> Result<Option<Projector>, SnapshotError> {
    let file = match File::open(path) {
        Ok(file) => BufReader::with_capacity(BUFFER_BYTES, file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    Projector::from_snapshot(file, log, Arc::new(Standard), threads).map(Some)
}

/// Saves what `projector` serves, in place of what was saved before. A failure costs the next start some time and
/// nothing else, so it is a warning.
pub(crate) fn save(projector: &Projector, data: &Path) {
    let path = data.join(FILE);
    let saved = projector.snapshot().map_err(io::Error::other).and_then(|it| write(&it, data));
    if let Err(why) = saved {
        tracing::warn!("{}: the view is not saved: {why}", path.display());
    }
}

/// Writes another file and moves it into place once it is on the disk.
fn write(snapshot: &Snapshot, data: &Path) -> io::Result<()> {
    let making: PathBuf = data.join(MAKING);
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, File::create(&making)?);
    let written = snapshot.write(&mut out).and_then(|()| out.flush());
    written.and_then(|()| out.get_ref().sync_all()).inspect_err(|_| {
        // What is left of it would be overwritten by the next one.
        let _ = fs::remove_file(&making);
    })?;
    fs::rename(&making, data.join(FILE))?;
    File::open(data)?.sync_all()
}
