//! Saving a view, and starting from it in a process of its own, whose memory is that of the view.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use dateline_log::{LogReader, SledLog};
use dateline_projector::{Projector, Standard};

use super::generated::World;
use super::{fill, float, open, peak, processor_seconds, resident, threads, timed};

/// Names the directory to a child that is to start from the snapshot in it.
const DIRECTORY: &str = "DATELINE_BENCH_OPEN";

const FILE: &str = "view.snapshot";

pub(crate) fn run(projector: &Projector, log: &Arc<SledLog>, world: &World, directory: &Path) {
    let path = directory.join(FILE);
    let ((), seconds) = timed(|| {
        let mut out = BufWriter::new(File::create(&path).unwrap());
        projector.snapshot().unwrap().write(&mut out).unwrap();
    });
    let bytes = path.metadata().unwrap().len();
    println!("snapshot: {} MB, written in {seconds:.2} s", bytes / 1_000_000);
    // The children open other logs, since only one process may hold one.
    let (copy, empty) = (directory.join("copy"), directory.join("empty"));
    dateline_log::backup(&**log, &copy.join("log"), &mut |_| ()).unwrap();
    std::fs::rename(&path, copy.join(FILE)).unwrap();
    fill(&open(&empty), world, 0);
    let ([seconds, processor, held, most], [_, _, registry, _]) =
        (in_child(&copy), in_child(&empty));
    println!(
        "start from the snapshot: {seconds} s, {processor} s of processor, view and annotator ready"
    );
    let held: u64 = held.parse().unwrap();
    let registry: u64 = registry.parse().unwrap();
    let stories = u64::try_from(projector.views().current().counts().stories).unwrap();
    println!(
        "memory of a process with the view alone: {held} MB, of which registry and annotator {registry} MB; {:.0} MB \
         for 1,000,000 stories; {most} MB at most",
        float(held - registry) * 1_000_000.0 / float(stories)
    );
}

/// What a child tells that starts in `directory`: seconds, seconds of processor, MB held, MB at most.
fn in_child(directory: &Path) -> [String; 4] {
    let child = Command::new(std::env::current_exe().unwrap()).env(DIRECTORY, directory).output();
    let told = String::from_utf8(child.unwrap().stdout).unwrap();
    let words: Vec<String> = told.split_whitespace().map(ToOwned::to_owned).collect();
    std::fs::remove_dir_all(directory).unwrap();
    words.try_into().unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a benchmark tells its child what to do")]
fn directory() -> Option<String> {
    std::env::var(DIRECTORY).ok()
}

pub(crate) fn is_child() -> bool {
    directory().is_some()
}

/// Starts from the snapshot, or from the log where there is none, and tells how long it took and what it holds.
pub(crate) fn child() {
    let directory = directory().unwrap();
    let directory = Path::new(&directory);
    let log: Arc<dyn LogReader> = Arc::new(open(directory));
    let (before, processor) = (resident(), processor_seconds());
    let (_projector, seconds) = timed(|| {
        if let Ok(file) = File::open(directory.join(FILE)) {
            let file = BufReader::with_capacity(1 << 20, file);
            return Projector::from_snapshot(file, log, Arc::new(Standard), threads()).unwrap();
        }
        let mut projector = Projector::new(log, Arc::new(Standard), threads());
        projector.catch_up().unwrap();
        projector
    });
    let processor = processor_seconds() - processor;
    println!("{seconds:.2} {processor:.2} {} {}", resident() - before, peak());
}
