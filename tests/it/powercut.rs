//! Power cuts: the data directory lies on an ext4 file system in a loop device, whose backing file is cloned at random
//! moments while writers run. A clone is what the disk would hold if the power were cut then: what is only in the page
//! cache of the file system is not in it. Mounted again, it must hold all that was acknowledged before the clone began.
//!
//! The clone is one moment in time because the backing file lies on XFS, where `cp --reflink` shares the blocks of the
//! file under its lock, and because the loop device writes to it directly, past any other cache.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::drill::{self, Acknowledged, Dice};

/// Rounds unless `DATELINE_POWERCUT_ROUNDS` says otherwise.
const ROUNDS: u64 = 50;

/// Clones that are taken of one run of the writers, at most.
const CLONES_IN_A_RUN: u64 = 5;

/// Most acknowledgements between two clones.
const MOST_ACKNOWLEDGEMENTS: u64 = 300;

#[test]
#[ignore = "needs root, loop devices and mkfs.xfs; `just powercut` runs it"]
fn every_acknowledged_event_survives_a_power_cut() {
    let mut dice = Dice::of_environment();
    let rounds = drill::number_of("DATELINE_POWERCUT_ROUNDS").unwrap_or(ROUNDS);
    let mut round = 0;
    let mut acknowledged = 0;
    while round < rounds {
        let disk = Disk::new();
        let mut known = Acknowledged::default();
        let mut child = drill::start(&disk.data(), 1 + dice.below(64));
        for _ in 0..CLONES_IN_A_RUN.min(rounds - round) {
            let enough = usize::try_from(1 + dice.below(MOST_ACKNOWLEDGEMENTS)).expect("small");
            drill::read_some(&mut child, enough, &mut known);
            disk.clone_to("clone");
            let events = disk.mounted("clone", |data| drill::check(data, &known));
            round += 1;
            eprintln!("cut {round}: {} acknowledged before, {events} in the clone", known.len());
        }
        acknowledged += known.len();
        drill::kill(child, &mut known);
    }
    eprintln!("{rounds} power cuts, {acknowledged} events acknowledged before them, none lost");
}

/// That the test can fail: what was written and not synced is not in a clone.
#[test]
#[ignore = "needs root, loop devices and mkfs.xfs; `just powercut` runs it"]
fn a_clone_lacks_what_was_not_synced() {
    let disk = Disk::new();
    std::fs::create_dir_all(disk.data()).expect("a folder is made");
    std::fs::write(disk.data().join("synced"), "x").expect("a file is written");
    run("sync", &[&disk.data().join("synced"), &disk.data()]);
    std::fs::write(disk.data().join("not-synced"), "x").expect("a file is written");
    disk.clone_to("clone");
    disk.mounted("clone", |data| {
        assert!(data.join("synced").exists());
        assert!(!data.join("not-synced").exists(), "the clone has more than the disk had");
    });
}

/// An ext4 file system in a file on an XFS file system in a file.
struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    fn new() -> Self {
        let disk = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for name in ["outer", "inner", "clone"] {
            std::fs::create_dir(disk.at(name)).expect("a folder is made");
        }
        run("truncate", &["-s".as_ref(), "1500M".as_ref(), disk.at("outer.img").as_path()]);
        run(
            "mkfs.xfs",
            &["-q".as_ref(), "-m".as_ref(), "reflink=1".as_ref(), &disk.at("outer.img")],
        );
        run("mount", &["-o".as_ref(), "loop".as_ref(), &disk.at("outer.img"), &disk.at("outer")]);
        let image = disk.image("disk");
        run("truncate", &["-s".as_ref(), "600M".as_ref(), &image]);
        run("mkfs.ext4", &["-q".as_ref(), &image]);
        let arguments = ["-f", "--show", "--direct-io=on"].map(Path::new);
        let device = run("losetup", &[&arguments[..], &[&image]].concat());
        let mounted = run("mount", &[Path::new(device.trim()), &disk.at("inner")]);
        // Once it is mounted, the device goes when the mount goes.
        run("losetup", &["-d".as_ref(), Path::new(device.trim())]);
        drop(mounted);
        disk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn image(&self, name: &str) -> PathBuf {
        self.at("outer").join(name)
    }

    /// Where the writers work.
    fn data(&self) -> PathBuf {
        self.at("inner").join("data")
    }

    /// Takes the disk as it is at this moment.
    fn clone_to(&self, name: &str) {
        run("cp", &["--reflink=always".as_ref(), &self.image("disk"), &self.image(name)]);
    }

    /// Gives the data directory of a clone to `look`.
    fn mounted<T>(&self, name: &str, look: impl FnOnce(&Path) -> T) -> T {
        let place = self.at("clone");
        run("mount", &["-o".as_ref(), "loop".as_ref(), &self.image(name), &place]);
        let found = look(&place.join("data"));
        run("umount", &[&place]);
        found
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        for name in ["clone", "inner", "outer"] {
            // What is not mounted gives an error, and then there is nothing to do.
            let _ = Command::new("umount").arg("-l").arg(self.at(name)).output();
        }
    }
}

/// Runs a tool of the system and gives what it prints.
fn run(program: &str, arguments: &[&Path]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|why| panic!("cannot run here: `{program}`: {why}"));
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cannot run here: {program} {arguments:?}: {complaint}");
    String::from_utf8(output.stdout).expect("it prints text")
}
