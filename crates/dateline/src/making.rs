//! A log in the making: it comes to its place as a whole or not at all, and what a kill left behind is cleared away.
//!
//! ```text
//! DATA/.log-Xy12ab/owner   says what this folder is; locked while somebody works in it
//! DATA/.log-Xy12ab/log/    the log, which becomes DATA/log
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

/// A folder for a log in the making; gone when dropped.
pub(crate) struct Making {
    folder: TempDir,
    /// Locked until the folder is gone. Nobody clears a folder away whose mark is locked.
    _owner: File,
}

impl Making {
    /// Makes the folder in `data`, and clears away those that nobody works in any more.
    pub(crate) fn start(data: &Path) -> io::Result<Self> {
        fs::create_dir_all(data)?;
        clear(data);
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(data)?;
        let mut owner = File::create_new(folder.path().join(OWNER))?;
        // The mark comes after the lock: a folder without it is nobody's to clear.
        owner.lock()?;
        owner.write_all(MARK.as_bytes())?;
        Ok(Self { folder, _owner: owner })
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
/// with our mark, whose lock is free, is removed.
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

/// Removes `folder` if it has our mark and nobody works in it; says whether it did.
fn remove_abandoned(folder: &Path) -> io::Result<bool> {
    let Ok(owner) = File::open(folder.join(OWNER)) else { return Ok(false) };
    if owner.try_lock().is_err() || io::read_to_string(&owner)? != MARK {
        return Ok(false);
    }
    fs::remove_dir_all(folder)?;
    Ok(true)
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

    fn folder(data: &Path, name: &str, mark: Option<&str>) {
        fs::create_dir_all(data.join(name).join("log")).unwrap();
        if let Some(mark) = mark {
            fs::write(data.join(name).join(OWNER), mark).unwrap();
        }
    }

    #[test]
    fn only_a_marked_folder_in_which_nobody_works_is_cleared_away() {
        let data = tempfile::tempdir().unwrap();
        let working = Making::start(data.path()).unwrap();
        for (name, mark) in [
            (".log-killed", Some(MARK)),
            (".log-begun", None),
            (".log-strange", Some("notes of mine")),
            (".log-starting", Some("")),
            ("log-book", Some(MARK)),
        ] {
            folder(data.path(), name, mark);
        }
        fs::write(data.path().join(".log-file"), MARK).unwrap();
        clear(data.path());
        assert!(!data.path().join(".log-killed").exists());
        for name in [".log-begun", ".log-strange", ".log-starting", "log-book", ".log-file"] {
            assert!(data.path().join(name).exists(), "{name}");
        }
        assert!(working.folder.path().exists());
        let place = working.folder.path().to_owned();
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
