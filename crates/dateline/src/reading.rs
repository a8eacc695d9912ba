//! Reads the pages of many files on all cores. Memory stays bounded, however large a file is.

use std::io::Read;
use std::path::PathBuf;

use dateline_ingest::{Found, FoundPage, captures};
use indicatif::ProgressBar;

use crate::exit::Failure;
use crate::in_order::{Piece, in_order};
use crate::output::{counted, reading_progress};
use crate::pages::{self, PageFile};

/// What became of a page.
pub(crate) enum Outcome<R> {
    /// It was read.
    Page {
        /// Path of its file, and record where there are records, for messages.
        path: String,
        /// What the work on it gave.
        result: R,
    },
    /// It could not be, or its file could not.
    Unread {
        /// Why, with the path.
        message: String,
    },
}

enum Item {
    Page { path: String, page: Box<FoundPage> },
    Unread { message: String },
}

/// Lets `work` read every page at and below `paths`, and gives the outcomes to `take` in the order of the files and of
/// the pages in them.
pub(crate) fn read_all<R: Send>(
    paths: &[PathBuf],
    work: impl Fn(&str, &FoundPage) -> R + Sync,
    mut take: impl FnMut(Outcome<R>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (files, unreadable) = pages::find(paths);
    for problem in unreadable {
        take(Outcome::Unread { message: problem.to_string() })?;
    }
    let bar = reading_progress(size(&files));
    let source = |give: &mut dyn FnMut(Piece<Item>) -> bool| {
        for file in &files {
            if !read_file(file, &bar, give) {
                return;
            }
        }
    };
    let work = |item: Item| match item {
        Item::Page { path, page } => {
            let result = work(&path, &page);
            Outcome::Page { path, result }
        }
        Item::Unread { message } => Outcome::Unread { message },
    };
    let mut pages = 0;
    let outcome = in_order(source, work, |outcome| {
        pages += 1;
        bar.set_message(counted(pages, "page", "pages"));
        // What is printed would run into the bar.
        bar.suspend(|| take(outcome))
    });
    bar.finish_and_clear();
    outcome
}

/// The size of all files in bytes; `None` with standard input among them.
fn size(files: &[PageFile]) -> Option<u64> {
    let sizes = files.iter().map(|it| std::fs::metadata(&it.path).ok().map(|it| it.len()));
    sizes.sum()
}

/// Hands over the pages of `file`. Says whether more are wanted.
fn read_file(
    file: &PageFile,
    bar: &ProgressBar,
    give: &mut dyn FnMut(Piece<Item>) -> bool,
) -> bool {
    let reader: Box<dyn Read> = match pages::open(&file.path) {
        Ok(reader) => Box::new(bar.wrap_read(reader)),
        Err(problem) => {
            let message = problem.to_string();
            return give(Piece { bytes: message.len(), content: Item::Unread { message } });
        }
    };
    for found in captures(&file.name, reader) {
        let piece = match found {
            Found::Page(page) => {
                let path = path_of(file, &page.name);
                Piece { bytes: page.bytes.len(), content: Item::Page { path, page } }
            }
            Found::Unread { name, warning } => {
                let message = format!("{}: {warning}", path_of(file, &name));
                Piece { bytes: message.len(), content: Item::Unread { message } }
            }
        };
        if !give(piece) {
            return false;
        }
    }
    true
}

/// The path of `file`, and of the page `name` in it.
fn path_of(file: &PageFile, name: &str) -> String {
    let path = file.path.display();
    match name.strip_prefix(&file.name) {
        Some(record) => format!("{path}{record}"),
        None => format!("{path} ({name})"),
    }
}
