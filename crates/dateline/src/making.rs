//! A log in the making: it comes to its place as a whole or not at all, and what a kill left behind is cleared away.
//!
//! ```text
//! DATA/.log-Xy12ab/         locked while somebody works in it
//! DATA/.log-Xy12ab/owner    says what this folder is
//! DATA/.log-Xy12ab/log/     the log, which becomes DATA/log
//! ```

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::output::tell;

/// How the name of the folder of a log in the making starts.
const PREFIX: &str = ".log-";

/// The file that marks such a folder, and what it says.
const OWNER: &str = "owner";
const MARK: &str = "dateline: a log in the making\n";

/// How often a folder is made again that somebody cleared away before it was locked.
const ATTEMPTS: usize = 3;

/// A folder for a log in the making; gone when dropped.
pub(crate) struct Making {
    folder: TempDir,
    /// The folder, locked until it is gone. Nobody clears away what is locked.
    _lock: File,
}

impl Making {
    /// Makes the folder in `data`, and clears away those that nobody works in any more.
    pub(crate) fn start(data: &Path) -> io::Result<Self> {
        fs::create_dir_all(data)?;
        clear(data);
        let mut attempt = 1;
        loop {
            match Self::marked(data) {
                Err(why) if why.kind() == io::ErrorKind::NotFound && attempt < ATTEMPTS => {
                    attempt += 1;
                }
                other => return other,
            }
        }
    }

    fn marked(data: &Path) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(data)?;
        let lock = File::open(folder.path())?;
        lock.lock()?;
        File::create_new(folder.path().join(OWNER))?.write_all(MARK.as_bytes())?;
        Ok(Self { folder, _lock: lock })
    }

    /// Where the log is made.
    pub(crate) fn log(&self) -> std::path::PathBuf {
        self.folder.path().join("log")
    }

    /// Moves the log to `place`. A log that came to be there meanwhile stays, and that is an error.
    pub(crate) fn put(self, place: &Path) -> io::Result<()> {
        fs::rename(self.log(), place)?;
        place.parent().map_or(Ok(()), |data| File::open(data)?.sync_all())
    }
}

/// Removes from `data` the folders of logs in the making whose makers were killed, and tells of each. Only a folder
/// whose lock is free, and that has our mark or nothing in it yet, is removed.
pub(crate) fn clear(data: &Path) {
    let Ok(entries) = fs::read_dir(data) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_str().is_some_and(|it| it.starts_with(PREFIX))
            && entry.file_type().is_ok_and(|it| it.is_dir());
        if !ours {
            continue;
        }
        let folder = entry.path();
        let name = folder.display();
        match remove_abandoned(&folder) {
            Ok(false) => {}
            Ok(true) => tell(format_args!("{name}: left by a run that was killed, removed")),
            Err(why) => tell(format_args!("warning: {name}: left by a run that was killed: {why}")),
        }
    }
}

/// Removes `folder` if it is ours and nobody works in it; says whether it did.
fn remove_abandoned(folder: &Path) -> io::Result<bool> {
    let Ok(lock) = File::open(folder) else { return Ok(false) };
    if lock.try_lock().is_err() {
        return Ok(false);
    }
    let mark = match fs::read_to_string(folder.join(OWNER)) {
        Ok(mark) => mark,
        Err(why) if why.kind() == io::ErrorKind::NotFound => String::new(),
        Err(why) => return Err(why),
    };
    // A kill may have come before the mark was written, and then there is nothing else.
    let begun =
        mark.is_empty() && fs::read_dir(folder)?.flatten().all(|it| it.file_name() == OWNER);
    let ours = mark == MARK || begun;
    if ours {
        fs::remove_dir_all(folder)?;
    }
    Ok(ours)
}

/// Copies the files of the folder `from` to the new folder `to`, and makes them durable. Nothing is written to `from`,
/// and the copies can be written whatever the modes of the files are.
pub(crate) fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    let mut folders = Vec::new();
    for entry in WalkDir::new(from).sort_by_file_name() {
        let entry = entry?;
        let inside = entry.path().strip_prefix(from).map_err(io::Error::other)?;
        let copy = if inside.as_os_str().is_empty() { to.to_owned() } else { to.join(inside) };
        if entry.file_type().is_dir() {
            fs::create_dir(&copy)?;
            folders.push(copy);
        } else if entry.file_type().is_file() {
            let mut file = File::create_new(copy)?;
            io::copy(&mut File::open(entry.path())?, &mut file)?;
            file.sync_all()?;
        } else {
            let what = format!("{} is neither a file nor a folder", entry.path().display());
            return Err(io::Error::other(what));
        }
    }
    folders.iter().try_for_each(|it| File::open(it)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_folder_of_ours_in_which_nobody_works_is_cleared_away() {
        let data = tempfile::tempdir().unwrap();
        let working = Making::start(data.path()).unwrap();
        let folder = |name: &str, owner: Option<&str>, log: &str| {
            fs::create_dir_all(data.path().join(name).join(log)).unwrap();
            if let Some(owner) = owner {
                fs::write(data.path().join(name).join(OWNER), owner).unwrap();
            }
        };
        folder(".log-killed", Some(MARK), "log");
        folder(".log-begun", Some(""), "");
        folder(".log-empty", None, "");
        folder(".log-unmarked", Some(""), "log");
        folder(".log-strange", Some("notes of mine"), "log");
        folder(".log-stranger", None, "notes");
        folder("log-book", Some(MARK), "log");
        fs::write(data.path().join(".log-file"), MARK).unwrap();
        clear(data.path());
        for name in [".log-killed", ".log-begun", ".log-empty"] {
            assert!(!data.path().join(name).exists(), "{name}");
        }
        for name in [".log-unmarked", ".log-strange", ".log-stranger", "log-book", ".log-file"] {
            assert!(data.path().join(name).exists(), "{name}");
        }
        let place = working.folder.path().to_owned();
        assert!(place.join(OWNER).exists());
        drop(working);
        assert!(!place.exists());
    }

    #[test]
    fn a_copy_of_files_that_nobody_may_write_can_be_written() {
        let data = tempfile::tempdir().unwrap();
        let (from, to) = (data.path().join("from"), data.path().join("to"));
        fs::create_dir_all(from.join("sled/blobs")).unwrap();
        fs::write(from.join("sled/db"), "bytes").unwrap();
        let mut mode = fs::metadata(from.join("sled/db")).unwrap().permissions();
        mode.set_readonly(true);
        fs::set_permissions(from.join("sled/db"), mode).unwrap();
        copy_files(&from, &to).unwrap();
        assert_eq!(fs::read_to_string(to.join("sled/db")).unwrap(), "bytes");
        assert!(!fs::metadata(to.join("sled/db")).unwrap().permissions().readonly());
        assert!(to.join("sled/blobs").is_dir());
        assert!(copy_files(&from, &to).is_err(), "what is there is not written over");
    }
}
