//! Both logs pass the one suite.

use dateline_log::{MemoryLog, SledLog, conformance};

#[test]
fn the_memory_log_conforms() {
    conformance::run(&mut |clock| Box::new(MemoryLog::new(clock)));
}

#[test]
fn the_sled_log_conforms() {
    let mut directories = Vec::new();
    conformance::run(&mut |clock| {
        let directory = tempfile::tempdir().unwrap();
        let log = SledLog::open(directory.path(), clock).unwrap();
        directories.push(directory);
        Box::new(log)
    });
}
