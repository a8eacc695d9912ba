//! Saving a view, and starting from it in a process of its own, whose memory is that of the view.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use dateline_log::{LogReader, SledLog};
use dateline_projector::{Projector, Standard};

use super::{float, open, peak, resident, threads, timed};

/// Names the directory to a child that is to start from the snapshot in it.
const DIRECTORY: &str = "DATELINE_BENCH_OPEN";

const FILE: &str = "view.snapshot";

pub(crate) fn run(projector: &mut Projector, log: &Arc<SledLog>, directory: &Path) {
    let path = directory.join(FILE);
    let ((), seconds) = timed(|| {
        let mut out = BufWriter::new(File::create(&path).unwrap());
        projector.snapshot().unwrap().write(&mut out).unwrap();
    });
    let bytes = path.metadata().unwrap().len();
    println!("snapshot: {} MB, written in {seconds:.2} s", bytes / 1_000_000);
    // The child opens another copy of the log, since only one process may hold one.
    let copy = directory.join("copy");
    dateline_log::backup(&**log, &copy.join("log"), &mut |_| ()).unwrap();
    std::fs::rename(&path, copy.join(FILE)).unwrap();
    let child =
        Command::new(std::env::current_exe().unwrap()).env(DIRECTORY, &copy).status().unwrap();
    assert!(child.success());
    std::fs::remove_dir_all(&copy).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "a benchmark tells its child what to do")]
fn directory() -> Option<String> {
    std::env::var(DIRECTORY).ok()
}

pub(crate) fn is_child() -> bool {
    directory().is_some()
}

pub(crate) fn child() {
    let directory = directory().unwrap();
    let directory = Path::new(&directory);
    let log: Arc<dyn LogReader> = Arc::new(open(directory));
    let before = resident();
    let (projector, seconds) = timed(|| {
        let file = BufReader::with_capacity(1 << 20, File::open(directory.join(FILE)).unwrap());
        Projector::from_snapshot(file, log, Arc::new(Standard), threads()).unwrap()
    });
    let stories = u64::try_from(projector.views().current().counts().stories).unwrap();
    let held = resident() - before;
    println!("start from the snapshot: {seconds:.2} s, view and annotator ready");
    println!(
        "memory of a process with the view alone: {held} MB, {:.0} MB for 1,000,000 stories; {} MB at most",
        float(held) * 1_000_000.0 / float(stories),
        peak()
    );
}
