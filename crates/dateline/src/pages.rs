//! Finds and opens the files that hold captured pages. What a page means is not known here.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Largest file that is read whole, in bytes: registries and topic schemes. Pages are read from start to end.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// One file that may hold a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageFile {
    /// Where it is; `-` is standard input.
    pub(crate) path: PathBuf,
    /// Its name without folders.
    pub(crate) name: String,
}

/// A file or folder that cannot be read, and why.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}", path.display())]
pub(crate) struct Unreadable {
    /// Which.
    pub(crate) path: PathBuf,
    /// Why, in one line.
    pub(crate) why: String,
}

impl Unreadable {
    fn new(path: &Path, why: &dyn fmt::Display) -> Self {
        Self { path: path.to_owned(), why: why.to_string() }
    }
}

/// All files at and below `paths`, in the order of their paths, and what could not be looked into. Hidden files and
/// folders below a folder are passed over; links are followed only where they are named themselves.
pub(crate) fn find(paths: &[PathBuf]) -> (Vec<PageFile>, Vec<Unreadable>) {
    let (mut files, mut unreadable) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            files.push(PageFile { path: path.clone(), name: "standard input".to_owned() });
            continue;
        }
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => below(path, &mut files, &mut unreadable),
            Ok(_) => files.push(page_file(path)),
            Err(error) => unreadable.push(Unreadable::new(path, &error)),
        }
    }
    (files, unreadable)
}

fn below(folder: &Path, files: &mut Vec<PageFile>, unreadable: &mut Vec<Unreadable>) {
    let visible = |name: &std::ffi::OsStr| !name.to_string_lossy().starts_with('.');
    let walk = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|it| it.depth() == 0 || visible(it.file_name()));
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_file() => files.push(page_file(entry.path())),
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                unreadable.push(Unreadable { path, why });
            }
        }
    }
}

fn page_file(path: &Path) -> PageFile {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    PageFile { path: path.to_owned(), name }
}

/// A file, opened for reading. Refuses what is no regular file, which could make the program wait for ever.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read>, Unreadable> {
    let fail = |error: io::Error| Unreadable::new(path, &error);
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::stdin()));
    }
    let found = fs::metadata(path).map_err(fail)?;
    if found.is_dir() {
        return Err(Unreadable::new(path, &"is a folder, wanted a file"));
    }
    if !found.is_file() {
        return Err(Unreadable::new(path, &"is neither a file nor a folder"));
    }
    Ok(Box::new(File::open(path).map_err(fail)?))
}

/// The bytes of a file that is read whole. Refuses files over [`MAX_FILE_BYTES`].
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    open(path)?
        .take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Unreadable::new(path, &error))?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > MAX_FILE_BYTES {
        let limit = MAX_FILE_BYTES / (1024 * 1024);
        return Err(Unreadable::new(path, &format_args!("is larger than {limit} MiB")));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_files_in_order_and_no_hidden_ones() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.txt", ".hidden"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let (files, unreadable) = find(&[folder.path().to_owned()]);
        let names: Vec<_> = files.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["a.txt", "b.txt"]);
        assert!(unreadable.is_empty());
    }

    #[test]
    fn a_path_that_is_missing_is_named() {
        let (files, unreadable) = find(&["no/such/page.txt".into()]);
        assert!(files.is_empty());
        assert!(unreadable[0].to_string().starts_with("no/such/page.txt: "));
    }
}
