//! The directory of a log: made, locked, and marked with the version of its layout.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::open::OpenError;

/// Version of the layout that this program writes and reads.
pub(super) const FORMAT_VERSION: u32 = 2;

const FORMAT_WORD: &str = "dateline-log";

/// Held for as long as this process owns the directory.
pub(super) struct Lock(#[expect(dead_code, reason = "the lock ends when the file is closed")] File);

/// Makes the directory if it is not there, locks it, and checks or writes its version.
pub(super) fn claim(directory: &Path) -> Result<Lock, OpenError> {
    fs::create_dir_all(directory).map_err(|error| OpenError::at(directory, &error))?;
    let lock_path = directory.join("lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&lock_path)
        .map_err(|error| OpenError::at(&lock_path, &error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(OpenError::InUse { directory: directory.to_owned() });
        }
        Err(TryLockError::Error(error)) => return Err(OpenError::at(&lock_path, &error)),
    }
    check_format(directory)?;
    Ok(Lock(file))
}

fn check_format(directory: &Path) -> Result<(), OpenError> {
    let path = directory.join("format");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return start_format(directory, &path);
        }
        Err(error) if error.kind() == io::ErrorKind::InvalidData => String::new(),
        Err(error) => return Err(OpenError::at(&path, &error)),
    };
    let version = text
        .strip_prefix(FORMAT_WORD)
        .and_then(|rest| rest.trim().parse::<u32>().ok())
        .ok_or_else(|| OpenError::NotALog { path: path.clone() })?;
    if version == FORMAT_VERSION {
        Ok(())
    } else {
        Err(OpenError::Version { directory: directory.to_owned(), found: version })
    }
}

/// Marks a new directory. One that has something in it already is left alone.
fn start_format(directory: &Path, path: &Path) -> Result<(), OpenError> {
    let at = |error: io::Error| OpenError::at(directory, &error);
    for entry in fs::read_dir(directory).map_err(at)? {
        // The second is what a crash in the middle of this function leaves.
        let name = entry.map_err(at)?.file_name();
        if name != "lock" && name != "format.new" {
            return Err(OpenError::NotALog { path: path.to_owned() });
        }
    }
    replace_file(path, format!("{FORMAT_WORD} {FORMAT_VERSION}\n").as_bytes())
        .map_err(|error| OpenError::at(path, &error))?;
    // The names of the directory and of its new parents must survive too.
    for made in directory.ancestors().skip(1).filter(|it| !it.as_os_str().is_empty()).take(2) {
        sync_directory(made).map_err(|error| OpenError::at(made, &error))?;
    }
    Ok(())
}

/// Writes a small file so that after a power cut it is there as a whole or not at all.
pub(super) fn replace_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let beside: PathBuf = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    path.parent().map_or(Ok(()), sync_directory)
}

/// Makes the names in a directory durable.
pub(super) fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}
